"""Noun `deadline`, typed: each leg day by day, in words and as JSON; pauses begun and ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.domain.consignment import ConsignmentState


@pytest.fixture
def accepted(counter: Line) -> str:
    """A consignment that its office has accepted."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        name = builders.a_consignment(desk, ConsignmentState.ACCEPTED).id
    desk.store.engine.close()
    return name


def test_a_leg_is_told_day_by_day(counter: Line, accepted: str) -> None:
    """Sign, title, where it stands; start, rule, end, and each day with its number or why it has none."""
    lines = counter("deadline", "why", accepted, "--leg", "decide", as_="1001").out.splitlines()

    assert lines[0].startswith(f"· 受理→决定　{accepted}　")
    assert lines[0].endswith("进行中")
    assert lines[1].startswith("  起点：")
    assert lines[2] == "  依据：行政许可法第四十二条、第八十二条：20 个工作日"
    assert lines[3].startswith("  终点：")
    assert lines[4].endswith("不计　起算日不计")
    assert "第 20 日" in lines[-1]


def test_as_json_every_day_is_an_entry(counter: Line, accepted: str) -> None:
    """With its number, or 0 and why; a leg that has not begun has none."""
    legs = counter("deadline", "why", accepted, "--json", as_="1001").json["legs"]

    found = {leg["leg"]: leg for leg in legs}
    decide = found["decide"]
    assert (decide["state"], decide["rule"], decide["limit"], decide["counted"]) == ("running", "law", 20, 20)
    assert decide["due"] == decide["days"][-1]["day"]
    assert decide["due_at"] == f"{decide['due']}T17:00:00+08:00"
    assert [day["number"] for day in decide["days"] if day["number"]] == list(range(1, 21))
    assert (found["serve"]["state"], found["serve"]["days"], found["serve"]["due"]) == ("ahead", [], None)
    whole = counter("deadline", "why", accepted.partition("-")[0], as_="1001").out
    assert whole.startswith("✓ 收件→告知")
    assert "? 揽收→妥投" in whole
    assert "没有人登记，也没有收到消息。" in whole


def test_a_pause_begins_and_ends(counter: Line, accepted: str) -> None:
    """While it lasts the end is open; afterwards its days are named."""
    today = counter("deadline", "pause", accepted, "correcting", "--json", as_="1001").json["pause"]["since"]
    why = ("deadline", "why", accepted, "--leg", "decide")
    assert "终点：暂停中（补正等待），结束后还有 20 个工作日" in counter(*why, as_="1001").out

    ended = counter("deadline", "resume", accepted, as_="1001").out

    assert ended == f"已登记：{accepted} 的补正等待到 {today} 为止，次日起继续计算。\n"
    begun = counter(
        "deadline", "pause", accepted, "hearing", "--told-on", today, "--note", "示例", as_="1001"
    )
    assert (begun.exit_code, begun.code) == (3, "pause-overlaps")


def test_what_cannot_pause_is_refused(counter: Line, accepted: str) -> None:
    """Untold, unknown, not begun; and an unknown leg is wrong usage."""
    assert counter("deadline", "pause", accepted, "hearing", as_="1001").code == "pause-not-told"
    assert counter("deadline", "pause", accepted, "feiertag", as_="1001").exit_code == 2
    assert counter("deadline", "resume", accepted, as_="1001").code == "pause-none"
    assert counter("deadline", "why", accepted, "--leg", "way", as_="1001").exit_code == 2
    assert counter("deadline", "why", "1" * 20, as_="1001").code == "case-not-found"
