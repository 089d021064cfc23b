"""The worklists: each holds what stands in its state, newest first, page by page, people masked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.builders import a_case, a_consignment, an_envelope
from tests.engines import Place
from workstation.acts import catalogue, departures, hall_items, registration, results, waiting, worklists
from workstation.acts.desk import Desk
from workstation.acts.inputs import EXAMPLE_ITEM
from workstation.acts.worklists import Key, Line, Page, Worklist
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.words import WORDS
from workstation.store.personal import PersonalKeys
from workstation.store.protocols import Engine
from workstation.store.protocols import Line as Found

pytestmark = pytest.mark.engine

ENDED = (CaseState.DECLINED, CaseState.GUIDED, CaseState.WITHDRAWN, CaseState.CLOSED)
STORED = (CaseState.REGISTERED, CaseState.TO_CORRECT, CaseState.SERVED)
ON_THE_WAY = tuple(state for state in ConsignmentState if state != ConsignmentState.DONE)


@pytest.fixture
def desk(place: Place, tmp_path: Path, undrawn: None) -> Iterator[Desk]:
    """The first clerk at window 1 of a hall in which nothing has happened yet."""
    opened = builders.a_desk(place, tmp_path / "tray")
    yield opened
    opened.store.engine.close()


def ids(page: Page) -> list[str]:
    """The records on a page, in its order."""
    return [line.id for line in page.lines]


def listed(desk: Desk, name: str) -> list[str]:
    """The records on the first page of a list."""
    return ids(worklists.page(desk, name))


def only(desk: Desk, name: str) -> Line:
    """The one line of a list."""
    (line,) = worklists.page(desk, name).lines
    return line


def registered(desk: Desk, count: int) -> list[str]:
    """As many cases that have only been registered, newest first."""
    return [registration.register(desk, builders.an_intake()).number for _ in range(count)][::-1]


def forwards(desk: Desk, name: str, count: int) -> list[Page]:
    """All pages of a list, each asked for behind the last line of the one before."""
    pages = [worklists.page(desk, name, count=count)]
    while pages[-1].more_after:
        pages.append(worklists.page(desk, name, after=pages[-1].lines[-1].key, count=count))
    return pages


def backwards(desk: Desk, name: str, count: int) -> list[Page]:
    """All pages of a list from its end, each asked for before the first line of the one behind it."""
    pages = [worklists.page(desk, name, last=True, count=count)]
    while pages[0].more_before:
        pages.insert(0, worklists.page(desk, name, before=pages[0].lines[0].key, count=count))
    return pages


# --- what is on a list


@pytest.mark.parametrize("state", STORED)
def test_a_case_is_on_the_list_of_its_state(desk: Desk, state: CaseState) -> None:
    """And on that of all, and on no other."""
    number = a_case(desk, state).number

    assert {name for name in Worklist if listed(desk, name)} == {state.value, "all"}
    assert listed(desk, state) == listed(desk, "all") == [number]


@pytest.mark.parametrize("state", ENDED)
def test_what_has_ended_is_on_one_list(desk: Desk, state: CaseState) -> None:
    """However it ended; its consignments are no work any more, whatever they stand at."""
    number = a_case(desk, state).number

    assert {name for name in Worklist if listed(desk, name)} == {"ended", "all"}
    assert (only(desk, "ended").id, only(desk, "ended").state) == (number, state)


@pytest.mark.parametrize("state", ON_THE_WAY)
def test_a_consignment_is_on_the_list_of_its_state(desk: Desk, state: ConsignmentState) -> None:
    """With the number that opens its case; in the list of all, the case shows this state."""
    consignment = a_consignment(desk, state)

    assert {name for name in Worklist if listed(desk, name)} == {state.value, "all"}
    assert (only(desk, state).id, only(desk, state).number) == (consignment.id, consignment.case_number)
    assert only(desk, "all").state == state


def test_a_withdrawn_consignment_is_no_work(desk: Desk) -> None:
    """It was to be packed until the applicant took everything back."""
    case = a_case(desk).number
    assert listed(desk, "packing") == [f"{case}-1"]

    departures.withdraw(desk, case)

    assert listed(desk, "packing") == []
    assert worklists.counts(desk)["packing"] == 0


def test_a_consignment_is_packed_only_when_its_case_has_passed(desk: Desk) -> None:
    """Until then the case is on the list of its own state."""
    registered(desk, 2)
    passed = a_consignment(desk).id

    assert listed(desk, "packing") == [passed]
    assert worklists.counts(desk)["packing"] == 1


def test_a_case_for_two_offices_shows_the_slower_one(desk: Desk) -> None:
    """Each consignment is on its own list; in the list of all, from either end, the least advanced counts."""
    case = a_case(desk, offices=2).number
    builders.advance(desk, f"{case}-1", ConsignmentState.ACCEPTED)

    assert (listed(desk, "accepted"), listed(desk, "packing")) == ([f"{case}-1"], [f"{case}-2"])
    assert only(desk, "all").state == ConsignmentState.PACKING
    assert worklists.page(desk, "all", last=True).lines == worklists.page(desk, "all").lines


def test_tasks_and_what_they_are_about(desk: Desk) -> None:
    """A task opens its object; where that belongs to one case, its item and applicant are told."""
    lost = an_envelope(desk, EnvelopeState.LOST).number
    asked = a_consignment(desk, ConsignmentState.HANDED_OVER).case_number
    departures.withdraw(desk, asked)
    short = a_consignment(desk, ConsignmentState.RESULT_RETURNING).id
    results.arrive(desk, short, [], place="R-01")

    tasks = worklists.page(desk, "tasks").lines

    assert [(line.number, line.state) for line in tasks] == [
        (short, "contents_differ"),
        (asked, "withdrawal"),
        (lost, "lost"),
    ]
    assert [(line.item, line.applicant) for line in tasks] == [("59", "覃**"), ("59", "覃**"), ("", "")]
    assert {line.by for line in tasks} == {"1001"}


def test_acts_that_wait(place: Place, tmp_path: Path, undrawn: None) -> None:
    """In a hall with one clerk; dropped, they are gone."""
    desk = builders.a_desk(place, tmp_path / "tray", staff=builders.ONE_CLERK)
    (number,) = registered(desk, 1)
    with pytest.raises(waiting.Waits):
        departures.decline(desk, number, reason="not_this_item", text="应办理另一事项")

    line = only(desk, "waiting")
    waiting.drop(desk, line.id)

    assert (line.number, line.id, line.state, line.by) == (number, f"{number}-w1", "decline", "1001")
    assert line.applicant == "覃**"
    assert listed(desk, "waiting") == []
    desk.store.engine.close()


# --- what a line tells


def test_a_line_of_a_case(desk: Desk) -> None:
    """Item, applicant, when and by whom it was registered."""
    case = a_case(desk, CaseState.REGISTERED)
    with desk.reading() as reading:
        title = catalogue.item(reading, "59").title

    assert only(desk, "registered") == Line(
        key=(case.registered_at, case.number),
        number=case.number,
        id=case.number,
        state="registered",
        item="59",
        title=title,
        applicant="覃**",
        office="",
        at=case.registered_at,
        by="1001",
    )


def test_a_line_of_a_consignment(desk: Desk) -> None:
    """Its home office, and since when it has been so; the clerk is the one who registered the case."""
    consignment = a_consignment(desk, ConsignmentState.SEALED)

    line = only(desk, "sealed")

    assert (line.office, line.at, line.by) == (consignment.office_name, consignment.changed_at, "1001")
    assert line.at > only(desk, "all").at


def test_nobody_is_shown_in_clear(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a person only the name is opened at all."""
    a_consignment(desk)
    a_case(desk, CaseState.REGISTERED)
    opened = set()
    real = PersonalKeys.open

    def watched(keys: PersonalKeys, place: str, blob: bytes) -> bytes:
        opened.add(place.partition("|")[0])
        return real(keys, place, blob)

    monkeypatch.setattr(PersonalKeys, "open", watched)
    pages = [worklists.page(desk, name) for name in Worklist]

    assert "示例" not in str([line.applicant for page in pages for line in page.lines])
    assert opened == {"cases.applicant_name"}


def test_an_organisation_is_shown_by_its_name(desk: Desk) -> None:
    """It is public record."""
    company = builders.a_person(
        "榕城示例有限公司", id_kind="unified_credit_code", id_number="91350100M000100Y43"
    )
    agent = builders.a_person("张三")
    registration.register(desk, builders.an_intake(applicant=company, agent=agent))

    assert only(desk, "registered").applicant == "榕城示例有限公司"


def test_titles_are_those_of_today(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The hall's own items included; an item that nobody knows any more is told by its code."""
    hall_items.add(builders.at(desk, "2001"), EXAMPLE_ITEM)
    registration.register(desk, builders.an_intake(item=EXAMPLE_ITEM.code, materials=()))

    assert only(desk, "registered").title == EXAMPLE_ITEM.title
    monkeypatch.setattr(catalogue, "all_items", lambda _: ())
    assert only(desk, "registered").title == EXAMPLE_ITEM.code


# --- pages


@pytest.mark.parametrize("name", ["registered", "all"])
@pytest.mark.parametrize("count", [1, 2, 3, 7, 8])
def test_pages_meet_from_both_ends(desk: Desk, name: str, count: int) -> None:
    """Every line once, newest first, whichever way they are turned."""
    numbers = registered(desk, 7)

    there, back = forwards(desk, name, count), backwards(desk, name, count)

    assert [number for page in there for number in ids(page)] == numbers
    assert [number for page in back for number in ids(page)] == numbers
    for pages in (there, back):
        assert [page.more_before for page in pages] == [False] + [True] * (len(pages) - 1)
        assert [page.more_after for page in pages] == [True] * (len(pages) - 1) + [False]


def test_what_has_ended_is_one_list_by_time(desk: Desk) -> None:
    """Its pages go on through all the states it is made of."""
    numbers = [a_case(desk, state).number for state in ENDED][::-1]

    assert [ids(page) for page in forwards(desk, "ended", 1)] == [[number] for number in numbers]
    assert [ids(page) for page in backwards(desk, "ended", 3)] == [numbers[:1], numbers[1:]]


@pytest.mark.parametrize("name", ["registered", "all"])
def test_lines_of_one_moment_are_parted_by_their_number(desk: Desk, name: str) -> None:
    """None is lost between two pages, none is shown twice."""
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)
    clock.stop(desk.store.now())
    numbers = registered(desk, 5)

    assert len({line.at for line in worklists.page(desk, name).lines}) == 1
    assert [n for page in forwards(desk, name, 2) for n in ids(page)] == numbers
    assert [n for page in backwards(desk, name, 2) for n in ids(page)] == numbers


@pytest.mark.parametrize("state", [ConsignmentState.PACKING, ConsignmentState.SEALED])
@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_page_may_end_between_two_consignments_of_a_case(
    desk: Desk, state: ConsignmentState, count: int
) -> None:
    """The next one begins with the other."""
    for _ in range(2):
        case = a_case(desk, offices=2).number
        for ordinal in (1, 2):
            builders.advance(desk, f"{case}-{ordinal}", state)
    whole = listed(desk, state)

    assert len(whole) == len(set(whole)) == 4
    assert whole[0].endswith("-2")
    assert [name for page in forwards(desk, state, count) for name in ids(page)] == whole
    assert [name for page in backwards(desk, state, count) for name in ids(page)] == whole


def test_consignments_go_by_their_latest_change(desk: Desk) -> None:
    """What was sealed last is on top, whichever case was first; what is to be packed goes by its case."""
    first, second = a_case(desk).number, a_case(desk).number
    assert listed(desk, "packing") == [f"{second}-1", f"{first}-1"]

    builders.advance(desk, f"{second}-1", ConsignmentState.SEALED)
    builders.advance(desk, f"{first}-1", ConsignmentState.SEALED)

    assert listed(desk, "sealed") == [f"{first}-1", f"{second}-1"]


def test_the_line_of_the_key_may_have_left(desk: Desk) -> None:
    """The page goes on from where it stood."""
    numbers = registered(desk, 3)
    middle = worklists.page(desk, "registered").lines[1]
    departures.withdraw(desk, middle.id)

    after = worklists.page(desk, "registered", after=middle.key)
    before = worklists.page(desk, "registered", before=middle.key)

    assert (ids(after), after.more_before, after.more_after) == (numbers[2:], True, False)
    assert (ids(before), before.more_before, before.more_after) == (numbers[:1], False, True)


@pytest.mark.parametrize("name", Worklist)
def test_an_empty_list_has_an_empty_page(desk: Desk, name: str) -> None:
    """From either end, and beside a key that somebody kept."""
    key: Key = (1, "1")

    for page in (
        worklists.page(desk, name),
        worklists.page(desk, name, last=True),
        worklists.page(desk, name, after=key),
        worklists.page(desk, name, before=key),
    ):
        assert page == Page((), more_before=False, more_after=False)


def test_behind_the_end_there_is_only_what_is_before(desk: Desk) -> None:
    """Beside the only line of a list the page is empty, and says where something is."""
    registered(desk, 1)
    key = only(desk, "registered").key

    assert worklists.page(desk, "registered", after=key) == Page((), more_before=True, more_after=False)
    assert worklists.page(desk, "registered", before=key) == Page((), more_before=False, more_after=True)


@pytest.mark.parametrize(("wanted", "given"), [(0, 0), (-5, 0), (2, 2), (10**9, 3)])
def test_a_page_has_an_end(desk: Desk, monkeypatch: pytest.MonkeyPatch, wanted: int, given: int) -> None:
    """However many lines are asked for."""
    monkeypatch.setattr(worklists, "LONGEST", 3)
    registered(desk, 4)

    page = worklists.page(desk, "registered", count=wanted)

    assert (len(page.lines), page.more_after) == (given, True)


def test_a_list_that_there_is_not(desk: Desk) -> None:
    """Is a mistake of the program, told at once."""
    with pytest.raises(ValueError, match="nonsense"):
        worklists.page(desk, "nonsense")


class Counting:
    """An engine that counts its questions."""

    def __init__(self, engine: Engine, patch: pytest.MonkeyPatch) -> None:
        self.asked = 0
        self._rows = engine.rows
        patch.setattr(engine, "rows", self.rows)

    def rows(self, statement: str, values: Mapping[str, Any]) -> Any:
        """Count, then ask."""
        self.asked += 1
        found: list[Found] = list(self._rows(statement, values))
        return found


@pytest.mark.parametrize("name", ["registered", "packing", "all"])
def test_a_page_asks_as_often_whatever_is_on_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """A page of one line and of six take the same questions, and few."""
    registered(desk, 3)
    for _ in range(3):
        a_consignment(desk)
    key = worklists.page(desk, name).lines[0].key
    counting = Counting(desk.store.engine, monkeypatch)

    asked = []
    for count in (1, 6):
        counting.asked = 0
        worklists.page(desk, name, after=key, count=count)
        asked.append(counting.asked)

    assert asked[0] == asked[1] <= 4


# --- counts


def test_counts_of_the_lists(desk: Desk) -> None:
    """Every list where something waits has its count, as many as it has lines; the others have none."""
    registered(desk, 2)
    a_case(desk, CaseState.GUIDED)
    a_consignment(desk, ConsignmentState.ACCEPTED)
    a_case(desk, offices=2)
    an_envelope(desk, EnvelopeState.LOST)

    counts = worklists.counts(desk)

    assert set(Worklist) - counts.keys() == {"ended", "all"}
    assert counts == {name: len(listed(desk, name)) for name in counts}
    assert {name: n for name, n in counts.items() if n} == {
        "registered": 2,
        "packing": 2,
        "accepted": 1,
        "handed_over": 1,
        "tasks": 1,
    }


def test_a_long_list_is_not_counted_to_its_end(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """One more than `MOST` says that there are more; people read a plus."""
    monkeypatch.setattr(worklists, "MOST", 2)
    registered(desk, 4)
    for _ in range(2):
        a_consignment(desk)

    counts = worklists.counts(desk)

    assert (counts["registered"], worklists.counted(counts["registered"])) == (3, "2+")
    assert (counts["packing"], worklists.counted(counts["packing"])) == (2, "2")


def test_every_list_has_a_title() -> None:
    """In the words of the counter; no two are the same."""
    titles = [worklists.title(name) for name in Worklist]

    assert len(set(titles)) == len(titles)
    assert all("\u4e00" <= text[0] <= "\u9fff" for text in titles)
    assert worklists.title("registered") == WORDS["registered"]
