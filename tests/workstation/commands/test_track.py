"""Noun `track`, typed: what a carrier has told, by any number; and a table from its web site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.builders import WAYBILL, undrawn
from tests.line import Line
from tests.workstation.acts.parcels import an_event, mailed
from workstation import bootstrap
from workstation.acts import tracking
from workstation.acts.desk import Desk
from workstation.domain.times import SHANGHAI, local

__all__ = ["undrawn"]


@pytest.fixture
def desk(counter: Line, undrawn: None) -> Iterator[Desk]:
    """The hall of the command line, the first clerk at its window."""
    assert counter.home is not None
    opened = bootstrap.open_hall(counter.home)
    yield builders.at(opened.desk, "1001")
    opened.close()


def test_a_track_is_shown_newest_first(counter: Line, desk: Desk) -> None:
    """State, alarms and marks in Chinese; in JSON codes, times with their zone, and no sentence in clear."""
    envelope = mailed(desk)
    now = desk.store.now()
    events = [an_event(code, now + step) for step, code in enumerate(("203", "704/60", "743", "Z99"))]
    tracking.take(desk, WAYBILL, events, source=tracking.SYNC)

    shown = counter("track", "show", envelope.number, as_="1001")
    found = counter("track", "show", WAYBILL, "--json", as_="1001").json

    assert shown.exit_code == 0, shown.err
    first, head, newest, *others = shown.out.splitlines()
    assert first.startswith(f"{WAYBILL}　寄出　{envelope.number}　已揽收（自 ")
    assert first.endswith("，妥投被撤销")
    assert head.split() == ["时间", "轨迹", "机构", "注意"]
    assert newest.endswith("不认识的代码，不改变状态")
    assert others[1].endswith("已被冲销")
    assert "已交寄" not in shown.out
    assert "交寄" in shown.out.partition("本大厅：")[2]
    (parcel,) = found["parcels"]
    assert (parcel["state"], parcel["alarms"]) == ("picked_up", ["mail_undone"])
    assert parcel["since"] == local(now).astimezone(SHANGHAI).isoformat("T", "milliseconds")
    assert [event["code"] for event in parcel["events"]] == ["Z99", "743", "704", "203"]
    assert {event["text"] for event in parcel["events"]} == {"***"}
    assert [event["cancelled"] for event in parcel["events"]] == [False, False, True, False]


def test_what_was_never_told_of_is_said_so(counter: Line, desk: Desk) -> None:
    """A parcel without events, an envelope without a waybill, a number nobody knows: each in its words."""
    mailed(desk)
    bare = builders.an_envelope(desk)

    assert "寄递企业还没有说过它。" in counter("track", "show", WAYBILL, as_="1001").out
    assert "还没有绑定运单" in counter("track", "show", bare.number, as_="1001").out
    unknown = counter("track", "show", "1136281381699", "--json", as_="1001")
    assert (unknown.exit_code, unknown.code) == (3, "track-not-found")


def test_a_table_is_imported(counter: Line, desk: Desk, tmp_path: Path) -> None:
    """What is new, what it led to, what was left out and what nobody understands; the second time nothing."""
    envelope = mailed(desk)
    day = local(desk.store.now()).strftime("%Y-%m-%d")
    path = tmp_path / "轨迹.csv"
    rows = [
        f"{WAYBILL},{day} 01:00,203,",
        f"{WAYBILL},{day} 02:00,signed:60,",
        f"{WAYBILL},{day} 03:00,,已取走",
    ]
    path.write_text("\n".join(["运单号,时间,代码,状态", *rows, f"1136281381699,{day} 01:00,203,"]))

    said = counter("track", "import", str(path), as_="1001")
    again = counter("track", "import", str(path), "--json", as_="1001").json

    assert said.exit_code == 0, said.err
    assert said.out.splitlines() == [
        "读了 4 行，新轨迹 3 条，1 件邮件有更新。",
        f"{WAYBILL}（{envelope.number}）：妥投",
        "　待办：签收待核实",
        "有 1 条没有认得的代码或状态，照原文留存，不改变邮件的状态。",
        "这些运单没有绑在本大厅的封套上，没有导入：1136281381699。",
    ]
    assert (again["rows"], again["new"], again["taken"]) == (4, 0, [])
    assert again["unknown"] == ["1136281381699"]


def test_a_faulty_table_is_refused_whole(counter: Line, desk: Desk, tmp_path: Path) -> None:
    """Wrong usage, with the row and the column; so is a file that is none."""
    mailed(desk)
    path = tmp_path / "轨迹.csv"
    path.write_text(f"运单号,时间,代码\n{WAYBILL},昨天,203\n")

    refused = counter("track", "import", str(path), "--json", as_="1001")
    missing = counter("track", "import", str(tmp_path / "没有.csv"), "--json", as_="1001")

    assert (refused.exit_code, refused.code) == (2, "file-rows")
    assert "第 2 行“时间”" in refused.json["error"]["why"]
    assert (missing.exit_code, missing.code) == (4, "file-unreadable")
