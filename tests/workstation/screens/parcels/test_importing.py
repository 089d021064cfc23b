"""导入轨迹表: a file with events, what comes of it, and a file in which something is wrong."""

from __future__ import annotations

from pathlib import Path

from tests import builders
from tests.builders import WAYBILL
from tests.workstation.acts.parcels import open_kinds, waybill_of
from tests.workstation.screens.parcels.mailed import told
from tests.workstation.screens.stage import Clerk, Story, a_counter, play
from workstation.acts import track_files
from workstation.acts.desk import Desk
from workstation.screens.long_form import LongForm
from workstation.screens.parcels.screen import ParcelsScreen
from workstation.screens.table_files import Faults
from workstation.widgets.field import Field


def seen(desk: Desk, folder: Path, story: Story) -> None:
    """Play a story on everything that is on its way."""
    play(a_counter(desk, folder, "parcels"), story)


def a_file(folder: Path, *rows: str) -> Path:
    """A table as somebody has copied it from the web site."""
    path = folder / "轨迹.csv"
    path.write_text("\n".join([",".join(track_files.HEADS), *rows, ""]), encoding="utf-8")
    return path


def a_row(**cells: str) -> str:
    """One event; what is not given is empty."""
    return ",".join(cells.get(head, "") for head in track_files.HEADS)


async def import_from(clerk: Clerk, path: Path) -> None:
    """^O, the file, ^S."""
    await clerk.press("ctrl+o", "end", "enter")
    assert isinstance(clerk.app.screen, LongForm)
    await clerk.fill("path", str(path))
    await clerk.press("ctrl+s")


def delivered(waybill: str = WAYBILL) -> str:
    """Signed for at the reception."""
    return a_row(运单号=waybill, 时间="2026-11-21 10:00", 状态="收发室")


def test_a_file_is_taken_in_and_told(desk: Desk, tmp_path: Path) -> None:
    """What has become of each parcel, the task it asks for, and what was left out."""
    envelope = told(desk)
    path = a_file(tmp_path, delivered(), delivered("EE123456785CN"))

    async def story(clerk: Clerk) -> None:
        await import_from(clerk, path)
        clerk.sees(f"{WAYBILL}　妥投　新轨迹 1 条", "! 待办：签收待核实", "没有导入：EE123456785CN")
        await clerk.press("enter")
        assert "2 行，新轨迹 1 条，1 件邮件有更新" in clerk.message
        clerk.sees("! 待办：签收待核实")
        assert clerk.screen.unsaved is None

    seen(desk, tmp_path, story)

    assert waybill_of(desk, envelope.number).mail_state == "delivered"
    assert open_kinds(desk, envelope.number) == ["signing_doubtful"]


def test_a_file_that_is_known_changes_nothing(desk: Desk, tmp_path: Path) -> None:
    """It may be taken in as often as one likes."""
    told(desk)
    path = a_file(tmp_path, delivered())
    track_files.import_table(desk, path.name, path)
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await import_from(clerk, path)
        assert "新轨迹 0 条" in clerk.message
        assert isinstance(clerk.app.screen, ParcelsScreen)

    seen(desk, tmp_path, story)

    assert builders.head(desk) == before


def test_all_that_is_wrong_is_listed_and_nothing_is_taken(desk: Desk, tmp_path: Path) -> None:
    """The path is still there for the next try; left without it, the screen asks."""
    told(desk)
    path = a_file(tmp_path, delivered(), delivered("123"))
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await import_from(clerk, path)
        assert isinstance(clerk.app.screen, Faults)
        clerk.sees("有 1 处不对，一行也没有导入", "不是邮政运单号")
        await clerk.press("escape")
        assert clerk.app.screen.query_one("#field-path", Field).value == str(path)
        await clerk.press("escape")
        assert clerk.screen.unsaved

    seen(desk, tmp_path, story)

    assert builders.head(desk) == before


def test_a_file_that_is_not_there_is_told_in_the_form(desk: Desk, tmp_path: Path) -> None:
    """And can be named again."""
    told(desk)

    async def story(clerk: Clerk) -> None:
        await import_from(clerk, tmp_path / "没有.csv")
        assert isinstance(clerk.app.screen, LongForm)
        clerk.sees("✗ ")
        await clerk.fill("path", str(a_file(tmp_path, delivered())))
        await clerk.press("ctrl+s")
        clerk.sees(f"{WAYBILL}　妥投")

    seen(desk, tmp_path, story)
