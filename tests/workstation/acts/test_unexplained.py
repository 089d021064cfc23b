"""What keeps a day open: one of each kind in a clean day, named with its place, settled or explained."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import builders
from tests.builders import an_envelope, as_role, at, refused
from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.acts import closing
from tests.workstation.acts.closing import LEFT, POLICY, TODAY, TOMORROW, Left, closed, days_pass
from workstation.acts import results, unexplained, whereabouts
from workstation.acts.desk import Desk
from workstation.acts.unexplained import REASONS, WHYS, Said, Unexplained
from workstation.domain.consignment import ConsignmentState
from workstation.domain.day_close import CloseState, DayReason
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import Role
from workstation.errors import Refused, WrongUsage


def dark(desk: Desk, day: str | None = None) -> list[Unexplained]:
    """What nobody has explained."""
    found = unexplained.listed(desk, policy=POLICY, day=day)
    return [one for one in found if one.explained is None]


def explained(desk: Desk, one: Unexplained, said: Said | None = None, day: str | None = None) -> DayReason:
    """The supervisor says why it may stay."""
    said = said or Said("next_day")
    return unexplained.explain(at(desk, "2001"), one.kind, one.object, said, policy=POLICY, day=day)


def assert_refused_for(desk: Desk, left: Left) -> Unexplained:
    """The day cannot be closed, for this thing alone, which is named with its place."""
    (one,) = dark(desk)
    assert (one.why, one.object) == (left.why, left.number)
    assert left.place in one.place
    with refused(desk, "day-unexplained") as caught:
        closed(desk)
    assert "有 1 件说不清" in caught.value.what
    assert left.number in caught.value.why
    assert one.place in caught.value.why
    assert one.said in caught.value.why
    assert one.then in caught.value.next
    return one


@pytest.fixture
def clean(desk: Desk) -> Desk:
    """A hall after a day on which all that was done is explained."""
    closing.a_clean_day(desk)
    assert dark(desk) == []
    return desk


def test_a_clean_day_closes(clean: Desk) -> None:
    """Nothing is in its way."""
    assert closed(clean).state == CloseState.DAY_CLOSED


@pytest.mark.parametrize("kind", LEFT)
def test_one_thing_keeps_the_day_open_until_it_is_settled(clean: Desk, kind: str) -> None:
    """Refused by its number and its place; after the act that settles it the day closes."""
    left = LEFT[kind](clean)
    assert_refused_for(clean, left)

    left.settle()

    assert dark(clean) == []
    assert closed(clean).state == CloseState.DAY_CLOSED
    builders.assert_true_ledger(clean)


#: Whoever acts next at that window makes the paper.
STAYING = [kind for kind in LEFT if kind != "paper of a power cut"]


@pytest.mark.parametrize("kind", STAYING)
def test_one_thing_keeps_the_day_open_until_it_is_explained(clean: Desk, kind: str) -> None:
    """With a reason of a supervisor it may stay overnight as it is."""
    one = assert_refused_for(clean, LEFT[kind](clean))

    said = explained(clean, one)

    assert (said.day, said.kind, said.object, said.why) == (TODAY, one.kind, one.object, one.why)
    (still,) = unexplained.listed(clean, policy=POLICY)
    assert still.explained == said
    assert closed(clean).state == CloseState.DAY_CLOSED


@pytest.mark.parametrize("print_", [closing.unsure_print, closing.failed_print])
@pytest.mark.parametrize("way", ["settled", "explained"])
def test_a_print_keeps_the_day_open(
    routed: Desk, laser: FakePrinter, print_: Callable[[Desk, FakePrinter], Left], way: str
) -> None:
    """Nobody knows whether it came out, or it did not; the printer is named."""
    left = print_(routed, laser)
    one = assert_refused_for(routed, left)

    left.settle() if way == "settled" else explained(routed, one)

    assert closed(routed).state == CloseState.DAY_CLOSED


def test_every_trouble_is_tried() -> None:
    """No kind of unexplained thing is left out above, and each has its words."""
    printed = {"unsure", "print_failed"}
    tried = {"packing", "missed_pickup", "no_waybill", "unexplained", "order_in_doubt"}
    tried |= {"never_made", "batch_open", "task_idle"}

    assert tried | printed == set(WHYS)
    assert all(told and then for told, then in WHYS.values())
    assert set(unexplained._OF_MAIL) <= set(whereabouts.REASONS)


@pytest.mark.parametrize("state", [EnvelopeState.SEALED, EnvelopeState.VOID, EnvelopeState.OPENED])
def test_what_explains_itself_is_not_asked_about(desk: Desk, state: str) -> None:
    """On its shelf before the next pickup, void, or acknowledged."""
    an_envelope(desk, state)

    assert dark(desk) == []


def test_a_result_whose_number_nobody_told_is_not_asked_about(desk: Desk) -> None:
    """The home office has posted it and named no waybill: that is not for this hall to find out tonight."""
    results.result_return(desk, builders.a_consignment(desk, ConsignmentState.DECIDED).id)

    assert dark(desk) == []
    assert closed(desk).state == CloseState.DAY_CLOSED


def test_another_trouble_of_the_same_thing_is_not_explained_by_the_first(desk: Desk) -> None:
    """What was said of an envelope being packed says nothing of it when no courier came for it."""
    number = an_envelope(desk).number
    explained(desk, dark(desk)[0])
    assert dark(desk) == []
    builders.sealed(desk, number)
    days_pass(desk, 0.3)

    (one,) = dark(desk)

    assert (one.object, one.why) == (number, "missed_pickup")
    again = explained(desk, one, Said("next_pickup"))
    assert (again.id, again.version, again.why) == (f"{TODAY}:envelope:{number}", 2, "missed_pickup")
    assert dark(desk) == []


def test_an_explanation_is_for_one_night(desk: Desk) -> None:
    """The day after has to be explained anew."""
    an_envelope(desk)
    explained(desk, dark(desk)[0])
    closed(desk)

    days_pass(desk)

    assert [one.why for one in dark(desk)] == ["packing"]
    assert dark(desk, TODAY) == []


def test_another_reason_is_told_in_words(desk: Desk) -> None:
    """`other` alone explains nothing; the note is kept like personal text and no part of the journal."""
    an_envelope(desk)
    (one,) = dark(desk)
    with pytest.raises(WrongUsage) as caught:
        explained(desk, one, Said("other"))
    assert caught.value.code == "note-missing"

    said = explained(desk, one, Said("other", "封口机坏了"))

    assert said.note == "封口机坏了"
    with desk.reading() as reading:
        (entry,) = [e for e in reading.journal() if e.act == "explain_day"]
    assert "封口机" not in entry.body
    assert '"reason":"other"' in entry.body


def test_only_what_is_unexplained_is_explained(clean: Desk) -> None:
    """A thing that explains itself, or a number of nothing, is refused; so are unknown kinds and reasons."""
    number = an_envelope(clean, EnvelopeState.SEALED).number
    fine = Unexplained("envelope", number, "", "packing")
    with refused(clean, "not-unexplained"):
        explained(clean, fine)
    with refused(clean, "not-unexplained"):
        explained(clean, Unexplained("batch", "[/oops]\x1b", "", "batch_open"))
    with refused(clean, "code-unknown"):
        explained(clean, Unexplained("parcel", number, "", "packing"))
    with refused(clean, "code-unknown"):
        explained(clean, fine, Said("because"))


def test_a_day_to_come_and_a_closed_day_are_not_explained(desk: Desk) -> None:
    """Nobody knows yet how tomorrow ends; a closed day's sheet is printed."""
    an_envelope(desk)
    (one,) = dark(desk)
    with refused(desk, "day-to-come"):
        explained(desk, one, day=TOMORROW)
    explained(desk, one)
    closed(desk)
    with refused(desk, "day-closed"):
        explained(desk, one)
    days_pass(desk)
    with refused(desk, "day-closed"):
        explained(desk, one, day=TODAY)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR, Role.AUDITOR, Role.COURIER])
def test_only_a_supervisor_explains(desk: Desk, role: str) -> None:
    """Whoever left it cannot excuse it."""
    an_envelope(desk)
    (one,) = dark(desk)

    with refused(desk, "wrong-role"):
        unexplained.explain(as_role(desk, role), one.kind, one.object, Said("next_day"), policy=POLICY)


def test_a_refusal_names_a_dozen_and_counts_the_rest(desk: Desk) -> None:
    """A hall with a full shelf of open envelopes is not told a page of numbers."""
    for _ in range(14):
        an_envelope(desk)

    with pytest.raises(Refused) as caught:
        closed(desk)

    assert "有 14 件说不清" in caught.value.what
    assert caught.value.why.count("封套 2") == 12
    assert "还有 2 件" in caught.value.why
    assert set(REASONS) >= {"other", "next_pickup"}
