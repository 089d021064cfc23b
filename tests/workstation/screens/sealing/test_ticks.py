"""What is ticked goes into a draft and comes back; a scan is worth something only with its own envelope."""

from __future__ import annotations

import json

import pytest

from tests import builders
from tests.builders import a_case, an_envelope, paper_of
from workstation.acts import packing, papers, scanning
from workstation.acts.desk import Desk
from workstation.screens.sealing.bag import FACES, Bag, look
from workstation.screens.sealing.ticks import Ticks, judge

FULL = Ticks(
    chosen="13501021012632400019-1",
    joined=("13501021012632400027-1",),
    confirmed={"b", "a"},
    without={"c"},
    scans={"envelope": "23501021012632400010"},
    place="A-01",
    inspector="1002",
)


def judged(desk: Desk, bag: Bag, number: str) -> tuple[str | None, str]:
    """What a number is worth here: the kind it is taken as, or what is said."""
    found = judge(scanning.scan(desk, number), bag)
    return (found.kind, found.wrong) if found else (None, "")


def test_a_draft_gives_back_what_was_ticked() -> None:
    """As JSON and back; the same ticks make the same body, whatever their order."""
    body = json.loads(json.dumps(FULL.body()))

    assert Ticks.of(body) == FULL
    assert body["confirmed"] == ["a", "b"]
    assert Ticks.of({}) == Ticks()


@pytest.mark.parametrize("name", ["joined", "confirmed", "without", "scans", "place", "inspector"])
def test_anything_ticked_is_something_to_lose(name: str) -> None:
    """Each by itself; which consignment was chosen, and blanks, are nothing."""
    assert not Ticks.of({name: FULL.body()[name]}).is_empty
    assert Ticks.of({"chosen": FULL.chosen, "place": "  "}).is_empty


def test_ticks_of_papers_that_went_elsewhere_are_let_go(desk: Desk) -> None:
    """A draft may be older than what has happened since."""
    bag = look(desk, a_case(desk).number)
    here = bag.pieces[0].id
    ticks = Ticks(confirmed={here, "elsewhere"}, without={"gone"}, joined=("x",))

    ticks.fit(bag)

    assert (ticks.confirmed, ticks.without, ticks.joined) == ({here}, set(), ("x",))
    assert ticks.left_to_confirm(bag) == len(bag.pieces) - 1
    assert ticks.first_to_confirm(bag) == 1


def test_scans_of_void_faces_are_let_go(desk: Desk) -> None:
    """After a reprint the new label is scanned; what was typed stays."""
    envelope = an_envelope(desk).number
    sheet = paper_of(desk, envelope, "packing_list").number
    ticks = Ticks(scans={"envelope": envelope, "packing_list": sheet}, place="A-01", confirmed={"x"})
    papers.reprint(desk, sheet, reason="damaged")

    ticks.fit(look(desk, envelope))

    assert ticks == Ticks(scans={"envelope": envelope}, place="A-01")


def test_a_sealed_envelope_leaves_nothing_ticked(desk: Desk) -> None:
    """Nothing is asked about on the way out."""
    envelope = an_envelope(desk).number
    builders.sealed(desk, envelope)
    ticks = Ticks.of(FULL.body())

    ticks.fit(look(desk, envelope))

    assert ticks.is_empty


def test_the_faces_of_this_envelope_are_taken(desk: Desk) -> None:
    """Both kinds, as what they are."""
    envelope = an_envelope(desk).number
    bag = look(desk, envelope)

    assert [judged(desk, bag, paper_of(desk, envelope, kind).number)[0] for kind in FACES] == list(FACES)


def test_faces_of_another_envelope_say_what_belongs_together(desk: Desk) -> None:
    """The number that was read, the envelope it is of, and what is wanted here."""
    here, there = an_envelope(desk).number, an_envelope(desk).number
    bag, number = look(desk, here), paper_of(desk, there, "packing_list").number

    found = judge(scanning.scan(desk, number), bag)

    assert found is not None
    assert found.kind is None
    assert "不是一套" in found.wrong
    wanted = paper_of(desk, here, "packing_list").number
    assert all(each in found.told for each in (number, there, here, wanted))


def test_a_reply_slip_is_told_by_name(desk: Desk) -> None:
    """One's own says where to scan; another envelope's says that it is another's."""
    here, there = an_envelope(desk).number, an_envelope(desk).number
    bag = look(desk, here)

    assert "这是回执联" in judged(desk, bag, paper_of(desk, here, "reply_slip").number)[1]
    assert "不是一套" in judged(desk, bag, paper_of(desk, there, "reply_slip").number)[1]


def test_other_codes_and_an_unprinted_envelope_are_nobodys_business(desk: Desk) -> None:
    """A case's number, and any face before there is an envelope here: left to the frame."""
    case, other = a_case(desk).number, an_envelope(desk).number

    assert judge(scanning.scan(desk, other), look(desk, case)) is None
    envelope = packing.pack(desk, [case]).number
    assert judge(scanning.scan(desk, case), look(desk, envelope)) is None
