"""Each of the 137 items of the national list handed in: received and packed, or guided; never turned away.

One hall takes them all in, on papers that are not drawn; when it closes, its journal must tell every one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from forms import items
from forms.items import Item, Path
from tests import builders
from tests.builders import a_person, an_intake, as_role, papers_of, refused
from tests.engines import fresh_place
from workstation.acts import departures, formal_review, hall_items, hints, packing, papers, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding, Intake
from workstation.domain import codes
from workstation.domain.case import AGENT_ROWS, Case, CaseState, Holder, RowState
from workstation.domain.roles import Role

pytestmark = pytest.mark.engine

LIST = {
    Path.RECEIVED: 37,
    Path.JOINT: 4,
    Path.ONLINE: 68,
    Path.LOCAL: 6,
    Path.PENDING: 19,
    Path.ONSITE: 2,
    Path.NOT_IN_PROVINCE: 1,
}
#: Items that have a checklist of their own; all others have the generic one.
OWN = {"58", "59", "60", "61", "62", "63", "64", "65", "66", "76", "77", "83", "99", "130", "131"}
#: The channel that each path names, and how the paper says it.
WAYS = {
    Path.ONLINE: ("online", "全程网办"),
    Path.LOCAL: ("local", "本地就办"),
    Path.ONSITE: ("onsite", "现场办理"),
    Path.NOT_IN_PROVINCE: ("other_authority", "其他部门"),
}
UNSAID = "2020年清单未载明方式"


def done_by(*paths: Path) -> pytest.MarkDecorator:
    """The items with these paths, each a test of its own under its number."""
    found = [item for item in items.all_items() if item.path in paths]
    return pytest.mark.parametrize("item", found, ids=[item.code for item in found])


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One hall for the whole list; at the end its journal agrees with all that was done in it."""
    folder = tmp_path_factory.mktemp("list")
    with builders.no_ink(), fresh_place(folder) as place:
        desk = builders.a_desk(place, folder / "tray")
        with closing(desk.store.engine):
            yield desk
            with desk.reading() as reading:
                cases = [case.number for case in reading.cases.where()]
            builders.assert_true_ledger(desk, *cases)


def taken_in(hall: Desk, intake: Intake) -> Case:
    """Registered: whatever the item, there is a number and a 收件凭证 before anything else is asked."""
    case = registration.register(hall, intake)
    (slip,) = papers_of(hall, case.number)
    assert codes.parse(case.number).kind == codes.Kind.CASE
    assert (case.state, slip.kind) == (CaseState.REGISTERED, "intake_slip")
    return case


def passed(hall: Desk, number: str) -> str:
    """The person was looked at, and the papers passed the formal review."""
    builders.identified(hall, number)
    return builders.review_all(hall, number).state


def packed(hall: Desk, consignment: str) -> Counter[str]:
    """The papers on the packing list of its new envelope, by name."""
    listed = builders.paper_of(hall, packing.pack(hall, [consignment]).number, "packing_list").number
    with hall.reading() as reading:
        return Counter(row["name"] for row in papers.facts_of(reading, listed)["rows"])


def to_bring(item: Item) -> list[str]:
    """What an applicant who comes in person may have to bring, with the condition where there is one."""
    rows = [row for row in items.for_item(item.code).rows if row.id not in AGENT_ROWS]
    return [f"{row.name}：{row.condition}" if row.condition else row.name for row in rows]


def asked_for(item: Item) -> Counter[str]:
    """The papers that the item always asks for, by name."""
    return Counter(row.name for row in items.for_item(item.code).rows if row.condition is None)


def told_to_go(hall: Desk, item: Item, number: str) -> dict[str, Any]:
    """What stands on the 办事指引单 of a guided case, which has its papers back and was not declined."""
    (paper,) = papers_of(hall, number, "guidance")
    with hall.reading() as reading:
        facts = papers.facts_of(reading, paper.number)
        acts = {entry.act for entry in reading.journal_of(number)}
        holders = {piece.holder for piece in reading.pieces.where(case_number=number)}
    assert (builders.case_of(hall, number).state, holders) == (CaseState.GUIDED, {Holder.APPLICANT})
    assert acts == {"register", "guide", "make_paper"}
    assert [row["name"] for row in facts["rows"]] == to_bring(item)
    return facts


def test_the_list_is_whole() -> None:
    """137 items, and so many of each path; 15 have a checklist of their own, all of them received."""
    own = {item for item in items.all_items() if items.folder_of(item.code)}

    assert Counter(item.path for item in items.all_items()) == LIST
    assert sum(LIST.values()) == 137
    assert {item.code for item in own} == OWN
    assert {item.path for item in own} == {Path.RECEIVED}


@done_by(Path.RECEIVED)
def test_what_is_received_is_reviewed_and_packed(hall: Desk, item: Item) -> None:
    """By its own checklist or the generic one: every paper asked for lies in the envelope."""
    case = taken_in(hall, an_intake(item=item.code))

    assert passed(hall, case.number) == CaseState.REVIEWED
    assert packed(hall, case.number) == asked_for(item)
    assert case.checklist_version.startswith("generic/") == (item.code not in OWN)
    assert case.checklist_version.endswith(items.for_item(item.code).version)


@done_by(Path.JOINT)
def test_what_is_done_jointly_has_one_consignment_for_each_authority(hall: Desk, item: Item) -> None:
    """多地联办: one hand-in, two offices, two envelopes, and each office gets its papers."""
    case = taken_in(hall, an_intake(item=item.code, offices=2))

    assert passed(hall, case.number) == CaseState.REVIEWED
    sent = [packed(hall, consignment.id) for consignment in builders.consignments_of(hall, case.number)]

    with hall.reading() as reading:
        there = {c.office_code: c.envelope for c in reading.consignments.where(case_number=case.number)}
    assert sent == [asked_for(item), asked_for(item)]
    assert len(there) == len(set(there.values())) == 2


@done_by(*WAYS)
def test_what_is_done_elsewhere_is_guided_there(hall: Desk, item: Item) -> None:
    """Its papers are not reviewed here; the applicant goes with a paper that names the item's own channel."""
    case = taken_in(hall, an_intake(item=item.code))
    with refused(hall, "item-not-collected") as caught:
        builders.review_all(hall, case.number)

    guided = departures.guide(hall, case.number, text="按清单载明的方式办理")

    facts = told_to_go(hall, item, case.number)
    assert "case guide" in caught.value.next
    assert (guided.channel, facts["guidance.channel"]) == WAYS[item.path]
    assert item.mode_text in facts["guidance.why"]


@done_by(Path.PENDING)
def test_what_the_list_leaves_open_is_guided_where_the_clerk_says(hall: Desk, item: Item) -> None:
    """The list names no way: the clerk is told so before and after, and must name the channel."""
    intake = an_intake(item=item.code)
    warnings = {hint.code: hint.text for hint in hints.before_intake(hall, intake).warnings}
    number = taken_in(hall, intake).number
    with refused(hall, "item-not-collected") as caught:
        builders.review_all(hall, number)
    with refused(hall, "channel-missing"):
        departures.guide(hall, number, text="按主管部门公布的方式办理")

    departures.guide(hall, number, channel="online", text="按主管部门公布的方式办理")

    assert UNSAID in warnings["path-not-received"]
    assert UNSAID in caught.value.why
    assert told_to_go(hall, item, number)["guidance.channel"] == "全程网办"


@done_by(Path.PENDING)
def test_what_the_list_leaves_open_is_received_once_the_hall_says_so(hall: Desk, item: Item) -> None:
    """A supervisor notes the hall's own mode, and the case that waits is reviewed and packed."""
    number = taken_in(hall, an_intake(item=item.code)).number
    with refused(hall, "item-not-collected"):
        builders.review_all(hall, number)
    supervisor = as_role(hall, Role.SUPERVISOR)

    hall_items.set_mode(
        supervisor, item.code, ["collect_elsewhere"], source="示例大厅的决定", source_date="2026-11-20"
    )

    assert passed(hall, number) == CaseState.REVIEWED
    assert builders.case_of(hall, number).path == Path.RECEIVED
    assert packed(hall, number) == asked_for(item)


def test_who_acts_for_another_brings_the_power_of_attorney(hall: Desk) -> None:
    """Item 131 has no rows for an agent: with one the 授权委托书 is asked for, and is missed if it lacks."""
    listed = {row.id for row in items.for_item("131").rows}
    number = taken_in(hall, an_intake(item="131", agent=a_person("李代办"))).number
    builders.identified(hall, number)
    rows = {row.row_id: row for row in builders.open_rows(hall, number)}
    without = [builders.passing(row) for row in rows.values() if row.row_id != "authorisation"]

    missed = formal_review.review(hall, number, [*without, Finding(row="authorisation")])
    whole = builders.review_all(hall, number)

    with hall.reading() as reading:
        row = reading.rows.get(number, "authorisation")
    assert {"authorisation", "agent_id"}.isdisjoint(listed)
    assert (rows["authorisation"].name, rows["authorisation"].condition) == ("授权委托书", None)
    assert (missed.state, whole.state) == (CaseState.REGISTERED, CaseState.REVIEWED)
    assert row
    assert row.state == RowState.PASSED
    assert "授权委托书" in packed(hall, number)
