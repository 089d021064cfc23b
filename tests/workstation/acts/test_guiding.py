"""指引 on paper: the channel an item's path names, what to bring, what the clerk has helped with (帮办)."""

from __future__ import annotations

from typing import Any

import pytest

from forms import items
from tests import builders
from tests.builders import an_intake, refused, with_second
from tests.engines import OPENING
from workstation.acts import departures, formal_review, notices, papers, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import Finding
from workstation.domain.case import CaseState
from workstation.domain.times import local

pytestmark = pytest.mark.usefixtures("undrawn")


def registered(desk: Desk, item: str) -> str:
    """A hand-in of an item with a generic checklist."""
    return registration.register(desk, an_intake(item=item, materials=())).number


def told(desk: Desk, case: str) -> dict[str, Any]:
    """What the 办事指引单 says."""
    face = builders.paper_of(desk, case, "guidance").number
    with desk.reading() as reading:
        return papers.facts_of(reading, face)


def item_of_path(path: str) -> str:
    """The first item of the list that goes this way."""
    return next(item.code for item in items.all_items() if item.path == path)


@pytest.mark.parametrize(
    ("path", "channel"),
    [("online", "online"), ("local", "local"), ("onsite", "onsite"), ("not_in_province", "other_authority")],
)
def test_the_channel_is_the_one_the_path_names(desk: Desk, path: str, channel: str) -> None:
    """The clerk may name another; without one the list decides."""
    case = registered(desk, item_of_path(path))

    assert departures.guide(desk, case, text="该方式更快").channel == channel
    assert told(desk, case)["guidance.channel"] == departures.CHANNELS[channel]


def test_where_the_list_names_no_way_the_clerk_does(desk: Desk) -> None:
    """2020年清单未载明方式: nothing is guessed."""
    case = registered(desk, item_of_path("pending"))

    with refused(desk, "channel-missing"):
        departures.guide(desk, case, text="按统一部署")
    assert departures.guide(desk, case, channel="local", text="按统一部署").channel == "local"


def test_the_paper_says_where_why_and_what_to_bring(desk: Desk) -> None:
    """The entry as the clerk gives it; the rows that are always asked for."""
    case = registered(desk, item_of_path("online"))

    departures.guide(desk, case, text="网上可全程办理", entry="国家政务服务平台“跨省通办”专区")

    facts = told(desk, case)
    assert facts["guidance.entry"] == "国家政务服务平台“跨省通办”专区"
    assert facts["guidance.why"].startswith("网上可全程办理（办理方式：")
    assert [row["name"] for row in facts["rows"]]


def test_without_an_entry_none_is_invented(desk: Desk) -> None:
    """It then says whose publication to go by."""
    case = registered(desk, item_of_path("online"))

    departures.guide(desk, case, text="网上可全程办理")

    assert told(desk, case)["guidance.entry"] == "请按事项主管部门公布的入口办理"


def test_help_at_the_counter_is_recorded_with_its_number(desk: Desk) -> None:
    """帮办: the number the platform gave is the case's, on paper and in the ledger."""
    case = registered(desk, item_of_path("online"))

    guided = departures.guide(desk, case, text="网上可全程办理", assisted=("provincial", "3500-2026-1"))

    assert guided.assisted == 1
    assert [number.number for number in builders.numbers_of(desk, case)] == ["3500-2026-1"]
    assert told(desk, case)["guidance.assist"] == "省政务服务平台办件号 3500-2026-1"


def test_help_names_a_system_there_is(desk: Desk) -> None:
    """And a number that can be kept."""
    case = registered(desk, item_of_path("online"))

    with refused(desk, "code-unknown"):
        departures.guide(desk, case, text="x", assisted=("telephone", "1"))
    with refused(desk, "plain-text-empty"):
        departures.guide(desk, case, text="x", assisted=("provincial", " "))


def test_what_goes_elsewhere_is_not_reviewed_here(desk: Desk) -> None:
    """The refusal says how the item is done, and that guiding is the next step."""
    case = registered(desk, item_of_path("online"))

    with refused(desk, "item-not-collected") as caught:
        formal_review.review(desk, case, [Finding(row="application")])

    assert "case guide" in caught.value.next


def test_the_slip_of_what_is_guided_does_not_speak_of_mailing(desk: Desk) -> None:
    """收件凭证 says what becomes of the papers: mailed to whom, or handed back with a 办事指引单."""
    guided = registration.register(desk, an_intake(item=item_of_path("online"), offices=(), materials=()))
    mailed = registration.register(desk, an_intake())

    said = []
    for case in (guided, mailed):
        face = builders.paper_of(desk, case.number, "intake_slip").number
        with desk.reading() as reading:
            said.append(papers.facts_of(reading, face)["slip.way"])

    assert "当场退还" in said[0]
    assert "寄往示例市第1公安局示例派出所" in said[1]


def test_who_is_sent_to_another_authority_is_told_which(desk: Desk) -> None:
    """行政许可法 32(2): the right authority is named, on the case too."""
    case = builders.a_case(desk, CaseState.REGISTERED).number
    with refused(desk, "authority-missing"):
        departures.decline(with_second(desk), case, reason="not_this_authority", text="属民政部门职权")

    declined = departures.decline(
        with_second(desk), case, reason="not_this_authority", text="属民政部门职权", authority="示例市民政局"
    )

    assert declined.right_authority == "示例市民政局"


def test_a_notice_tells_its_limit(desk: Desk) -> None:
    """Five working days from 收件; a Friday's end on the next Friday."""
    case = builders.a_case(desk, CaseState.TO_CORRECT)

    with desk.reading() as reading:
        (notice,) = reading.notices.where(case_number=case.number)
        facts = papers.facts_of(reading, notice.paper)
    assert (notice.tell_by, notice.tell_by_provisional) == ("2026-11-27", 0)
    assert facts["notice.limit"] == "收件之日起5个工作日内，至 2026-11-27"


def test_a_limit_in_a_year_without_a_table_is_provisional(desk: Desk) -> None:
    """2027 has not been announced: the paper says so, and so does the record."""
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)
    clock.stop(OPENING + 38 * 24 * 3600 * 1000)
    case = builders.a_case(desk, CaseState.TO_CORRECT)

    with desk.reading() as reading:
        (notice,) = reading.notices.where(case_number=case.number)
        facts = papers.facts_of(reading, notice.paper)
    assert local(case.registered_at).date().isoformat() == "2026-12-28"
    assert notice.tell_by_provisional == 1
    assert "暂定" in facts["notice.limit"]
    with desk.reading() as reading:
        assert notices.tell_by(reading, case).is_provisional
