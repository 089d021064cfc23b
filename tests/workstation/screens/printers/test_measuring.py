"""校准, from the sheet to the offset that is kept: printed, measured, shown, and only then written."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrations.printers.states import CONDITIONS, Condition
from tests.builders import at
from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.screens.filling import fill_in, values
from tests.workstation.screens.printers.hands import screen, standing, told
from tests.workstation.screens.stage import Clerk
from workstation.acts import calibrating, printers
from workstation.acts.desk import Desk
from workstation.domain.printing import Calibration
from workstation.screens.dialogs import Reading


async def measured(clerk: Clerk, left: str, top: str) -> None:
    """Two distances, typed in."""
    await fill_in(clerk, left=left, top=top)
    await clerk.press("ctrl+s")


def test_a_calibration_prints_its_sheet_and_shows_the_offset_first(
    desk: Desk, tmp_path: Path, laser: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Printed on the stock, measured, shown, and kept with Enter."""
    sheets: list[str] = []

    def printed(_: Desk, name: str, stock: str) -> Condition:
        sheets.append(f"{name} {stock}")
        return CONDITIONS["completed"]

    monkeypatch.setattr(calibrating, "print_sheet", printed)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f8")
        assert values(clerk) == {"printer": "信封机", "stock": "C5", "how": "print"}
        await clerk.press("ctrl+s")
        assert clerk.message == "校准页已在“信封机”上打出。"
        clerk.sees("正好的应各为 20.0")
        await measured(clerk, "２１．３", "18.9 mm")
        clerk.sees("保存校准吗？", "信封机　C5", "页面向左 1.3、向下 1.1 毫米")
        await clerk.press("enter")
        assert "已校准“信封机”的 C5" in clerk.message
        clerk.sees("C5 向左 1.3、向下 1.1 毫米")

    told(desk, tmp_path, story)

    assert sheets == ["信封机 C5"]
    kept = {each.stock: (each.offset_left, each.offset_top) for each in corrections(desk)}
    assert kept == {"C5": (-13, 11), "ZL": (15, -3)}


def corrections(desk: Desk) -> tuple[Calibration, ...]:
    """What 信封机 corrects."""
    return standing(desk, "信封机").calibrations


def test_a_sheet_that_does_not_come_out_is_told(desk: Desk, tmp_path: Path, laser: FakePrinter) -> None:
    """The real sheet to a printer that is off: why, what next, and nothing is asked."""
    laser.script = ["cut before reading"]

    async def story(clerk: Clerk) -> None:
        await clerk.press("f8", "ctrl+s")
        clerk.sees("校准页没有在“信封机”上打出来", "连不上打印机", "calibration-not-printed")
        await clerk.press("enter")
        assert clerk.app.screen is screen(clerk)

    told(desk, tmp_path, story)


@pytest.mark.parametrize(
    ("left", "top", "says"),
    [
        ("二十", "20", "左边毫米不是毫米数"),
        ("20", "-3", "上边毫米不是毫米数"),
        ("90", "20", "与应有的距离相差太多"),
        ("1.2.3", "20", "左边毫米不是毫米数"),
    ],
)
def test_a_distance_nobody_can_have_measured_is_asked_for_again(
    desk: Desk, tmp_path: Path, left: str, top: str, says: str
) -> None:
    """Both stay as they were typed; nothing is kept."""

    async def story(clerk: Clerk) -> None:
        await ready_to_measure(clerk)
        await measured(clerk, left, top)
        clerk.sees(says)
        assert values(clerk) == {"left": left, "top": top}
        await measured(clerk, "20.0", "20.0")
        clerk.sees("页面向右 0、向下 0 毫米")

    told(desk, tmp_path, story)

    assert [each.stock for each in corrections(desk)] == ["ZL"]


async def ready_to_measure(clerk: Clerk) -> None:
    """The sheet lies there already."""
    await clerk.press("f8")
    clerk.app.screen.query_one("#field-how").focus()
    await clerk.press("left", "ctrl+s")


def test_an_offset_that_is_not_wanted_is_not_kept(desk: Desk, tmp_path: Path) -> None:
    """Esc at the question; what was measured is there the next time."""

    async def story(clerk: Clerk) -> None:
        await ready_to_measure(clerk)
        await measured(clerk, "21.3", "18.9")
        await clerk.press("escape")
        await clerk.press("f8", "ctrl+s")
        assert values(clerk) == {"left": "21.3", "top": "18.9"}

    told(desk, tmp_path, story)

    assert [each.stock for each in corrections(desk)] == ["ZL"]


def test_a_printer_retired_meanwhile_is_not_calibrated(desk: Desk, tmp_path: Path) -> None:
    """The refusal is read; the distances wait."""

    async def story(clerk: Clerk) -> None:
        await ready_to_measure(clerk)
        await measured(clerk, "21.3", "18.9")
        printers.retire(at(desk, "3001"), "信封机")
        await clerk.press("enter")
        clerk.sees("printer-retired")
        await clerk.press("enter")
        assert "量得的距离" in (clerk.screen.unsaved or "")

    told(desk, tmp_path, story)


def test_what_prints_from_the_tray_is_corrected_by_hand(desk: Desk, tmp_path: Path) -> None:
    """The sheet is laid there and its place told; then what to write, and where."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f8", "left", "ctrl+s")
        clerk.sees("校准页已放进出纸盘", "按原大小")
        assert (desk.tray / "calibration-C5.pdf").exists()
        await measured(clerk, "21.3", "18.9")
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees("[C5]", "offset_left = -1.3", "offset_top = 1.1", "envelopes.toml")

    told(desk, tmp_path, story)

    assert [each.stock for each in corrections(desk)] == ["ZL"]
