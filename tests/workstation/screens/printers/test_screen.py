"""打印机: what is known of each, how it is when asked, where papers go, and a calibration."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.printers.states import CONDITIONS, Condition
from tests import builders
from tests.builders import at
from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.screens.filling import close, fill_in, values
from tests.workstation.screens.printers.hands import screen, standing, told
from tests.workstation.screens.printers.scenes import HOSTILE
from tests.workstation.screens.stage import WIDE, Clerk
from workstation.acts import printers
from workstation.acts.desk import Desk
from workstation.domain.printing import Route
from workstation.screens.dialogs import Confirm, Form, Refusal
from workstation.screens.printers.screen import PrintersScreen


def route(desk: Desk, window: int, use: str) -> Route | None:
    """Where papers of a window go, if somebody has said so."""
    found = [each for each in printers.routes(desk) if (each.window, each.use) == (window, use)]
    return found[0] if found else None


# --- looking


def test_printers_and_routes_stand_there_as_they_are(desk: Desk, tmp_path: Path) -> None:
    """Those in service first; the correction of the one under the cursor; every window's routes."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("✓ 在用 信封机", "✓ 在用 激光机", "- 停用 旧机")
        clerk.sees("校准：ZL 向右 1.5、向上 0.3 毫米", "2 号   文书     出纸盘", "封套面   信封机")
        await clerk.press("down")
        clerk.sees("校准：还没有校准过")

    told(desk, tmp_path, story)


def test_a_hall_without_printers_says_where_papers_go(desk: Desk, tmp_path: Path) -> None:
    """Into the tray; there is nobody to ask."""

    async def story(clerk: Clerk) -> None:
        screen(clerk)._list.show([])
        assert screen(clerk).why_not("ask") == "还没有打印机"
        clerk.sees("还没有登记打印机；纸面都放进出纸盘")

    told(desk, tmp_path, story)


@pytest.mark.parametrize("role", ["1001", "4001", "read-only"])
def test_who_does_not_set_printers_up_sees_all_of_them(desk: Desk, tmp_path: Path, role: str) -> None:
    """Each key says whose it is; to ask how a printer is writes nothing."""
    looking = replace(desk, readonly=True) if role == "read-only" else at(desk, role)
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        clerk.sees("信封机", "激光机")
        for key in ("f2", "f4", "f6", "f7", "f8"):
            await clerk.press(key)
            assert "现在不能办" in clerk.message
        await clerk.press("f5")
        clerk.sees("打印机空闲")

    told(looking, tmp_path, story)

    assert builders.head(desk) == before


def test_names_that_would_steer_the_screen_are_shown_as_they_are(desk: Desk, tmp_path: Path) -> None:
    """In the list, below it, in routes and in the question."""
    printers.add(desk, HOSTILE[0], "ipp://[/oops]/", dpi=203)
    printers.set_route(desk, "sheet", printer=HOSTILE[0], window=3)

    async def story(clerk: Clerk) -> None:
        await clerk.press("home")
        clerk.sees(HOSTILE[0], "ipp://[/oops]/")
        await clerk.press("f6")
        clerk.sees(f"停用“{HOSTILE[0]}”吗？", "3 号窗口的文书")

    told(desk, tmp_path, story, WIDE)


# --- asking


def test_a_printer_is_asked_how_it_is(desk: Desk, tmp_path: Path, laser: FakePrinter) -> None:
    """In its line and below it, with what to do; Enter asks too."""
    laser.state, laser.reasons = "stopped", ["media-jam-error"]

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")
        assert "“信封机”：打印机卡纸" in clerk.message
        clerk.sees("刚才问过：打印机卡纸。打开打印机取出卡住的纸")
        laser.state, laser.reasons = "", []
        await clerk.press("enter")
        clerk.sees("打印机空闲")
        clerk.misses("刚才问过：打印机卡纸")

    told(desk, tmp_path, story)


def test_a_printer_that_is_off_is_told_so(desk: Desk, tmp_path: Path, laser: FakePrinter) -> None:
    """With what to look at."""
    laser.script = ["cut before reading"]

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")
        clerk.sees("连不上打印机", "检查打印机的电源和网线")

    told(desk, tmp_path, story)


def test_while_one_is_asked_everything_else_goes_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A silent printer takes half a minute: lists move and acts are done meanwhile; it is not asked twice."""
    answer = threading.Event()

    def slow(_: Desk, name: str) -> Condition:
        assert answer.wait(20), name
        return CONDITIONS["unreachable"]

    monkeypatch.setattr(printers, "ask", slow)

    async def story(clerk: Clerk) -> None:
        screen(clerk).do_ask()
        await clerk.pilot.pause()
        assert screen(clerk).why_not("ask") == "正在问，请稍候"
        assert await clerk.app.look(printers.routes)
        await clerk.app.do(lambda: printers.set_route(desk, "sheet", printer=None))
        answer.set()
        await clerk.settle()
        assert screen(clerk).why_not("ask") is None
        clerk.sees("连不上打印机")

    told(desk, tmp_path, story)


def test_one_may_leave_while_a_printer_is_asked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Esc goes back at once; the answer comes to nobody."""
    answer = threading.Event()

    def slow(_: Desk, name: str) -> Condition:
        assert answer.wait(20), name
        return CONDITIONS["idle"]

    monkeypatch.setattr(printers, "ask", slow)

    async def story(clerk: Clerk) -> None:
        screen(clerk).do_ask()
        await clerk.pilot.pause()
        await clerk.pilot.press("escape")
        await clerk.pilot.pause()
        assert not isinstance(clerk.screen, PrintersScreen)
        answer.set()
        await clerk.settle()

    told(desk, tmp_path, story)


# --- added, changed, retired


def test_a_printer_is_added(desk: Desk, tmp_path: Path) -> None:
    """Full-width digits are digits."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await fill_in(clerk, printer="标签机", uri="ipp://192.168.1.30/ipp/print", dpi="２０３")
        await clerk.press("ctrl+s")
        assert "已登记打印机“标签机”" in clerk.message
        clerk.sees("✓ 在用 标签机")

    told(desk, tmp_path, story)

    assert standing(desk, "标签机").printer.dpi == 203


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"uri": "192.168.1.30"}, "地址不是打印机的地址"),
        ({"dpi": "很细"}, "分辨率不是数"),
        ({"dpi": "60"}, "分辨率印不出扫得稳的条码"),
        ({"certificate": "/nowhere/cert.pem"}, "证书没有这个文件"),
        ({"printer": "名" * 21}, "名称太长了"),
    ],
)
def test_a_wrong_answer_is_asked_again_and_nothing_typed_is_lost(
    desk: Desk, tmp_path: Path, typed: dict[str, str], says: str
) -> None:
    """The refusal stands in the form, in the form's own words; Esc keeps what was typed for the next time."""
    given = {"printer": "标签机", "uri": "ipp://192.168.1.30/", "dpi": "300", "certificate": ""} | typed
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await fill_in(clerk, **given)
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Form)
        clerk.sees(says)
        assert values(clerk) == given
        await close(clerk)
        await clerk.press("f2")
        assert values(clerk) == given

    told(desk, tmp_path, story)

    assert builders.head(desk) == before


def test_a_name_that_is_taken_is_refused_and_the_answers_wait(desk: Desk, tmp_path: Path) -> None:
    """Another name, and it is done."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await fill_in(clerk, printer="激光机", uri="ipp://192.168.1.30/", dpi="300")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Refusal)
        await clerk.press("enter", "f2")
        assert values(clerk)["uri"] == "ipp://192.168.1.30/"
        await fill_in(clerk, printer="激光机二")
        await clerk.press("ctrl+s")
        assert "已登记打印机“激光机二”" in clerk.message

    told(desk, tmp_path, story)


def test_leaving_with_answers_in_no_act_asks_first(desk: Desk, tmp_path: Path) -> None:
    """They are in no draft."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await fill_in(clerk, printer="标签机")
        await close(clerk)
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, Confirm)
        clerk.sees("填过还没有办成：新增打印机")

    told(desk, tmp_path, story)


def test_a_printer_is_changed_and_a_retired_one_comes_back(desk: Desk, tmp_path: Path) -> None:
    """The form holds what is known."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("end", "f4")
        clerk.sees("停用的打印机，更改后恢复在用")
        assert values(clerk)["uri"] == "http://192.168.1.6/"
        await fill_in(clerk, dpi="600")
        await clerk.press("ctrl+s")
        assert "已更改打印机“旧机”，在用。" in clerk.message

    told(desk, tmp_path, story)

    known = standing(desk, "旧机").printer
    assert (known.dpi, known.state) == (600, "in_service")


def test_what_somebody_has_changed_meanwhile_is_not_overwritten(desk: Desk, tmp_path: Path) -> None:
    """Their change is told, and what was typed is kept."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await fill_in(clerk, dpi="600")
        printers.change(at(desk, "3001"), "信封机", dpi=203)
        await clerk.press("ctrl+s")
        clerk.sees("changed-meanwhile", "3001")
        await clerk.press("enter", "f4")
        assert values(clerk)["dpi"] == "600"

    told(desk, tmp_path, story)

    assert standing(desk, "信封机").printer.dpi == 203


def test_a_retired_printer_gives_its_routes_to_the_tray(desk: Desk, tmp_path: Path) -> None:
    """After a question that names them; Enter alone is no."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6")
        clerk.sees("停用“信封机”吗？", "1 号窗口的封套面 → 信封机，用 ZL")
        await clerk.press("enter")
        assert standing(desk, "信封机").printer.state == "in_service"
        await clerk.press("f6", "ctrl+y")
        assert "已停用打印机“信封机”" in clerk.message
        await clerk.press("end")
        assert screen(clerk).why_not("retire") == "早已停用；用“更改”恢复"

    told(desk, tmp_path, story)

    found = route(desk, 1, "envelope")
    assert found is not None
    assert found.printer is None


# --- where papers go


def test_this_window_s_sheets_get_the_printer_under_the_cursor(desk: Desk, tmp_path: Path) -> None:
    """The form is filled that far."""
    printers.set_route(desk, "sheet", printer=None)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f7")
        assert values(clerk) == {"window": "1", "use": "sheet", "printer": "信封机", "stock": "C5"}
        await clerk.press("ctrl+s")
        assert "1 号窗口的文书 → 信封机。" in clerk.message

    told(desk, tmp_path, story)

    found = route(desk, 1, "sheet")
    assert found is not None
    assert (found.printer, found.stock) == ("信封机", None)


def test_a_route_is_changed_from_its_line(desk: Desk, tmp_path: Path) -> None:
    """Tab, Enter: the form holds it; another envelope, and the tray."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("tab", "home", "enter")
        assert values(clerk) == {"window": "1", "use": "envelope", "printer": "信封机", "stock": "ZL"}
        clerk.app.screen.query_one("#field-stock").focus()
        await clerk.press("left")
        clerk.app.screen.query_one("#field-printer").focus()
        await clerk.press("left", "ctrl+s")
        assert "1 号窗口的封套面 → 出纸盘，用 DL。" in clerk.message

    told(desk, tmp_path, story)

    found = route(desk, 1, "envelope")
    assert found is not None
    assert (found.printer, found.stock) == (None, "DL")


@pytest.mark.parametrize("window", ["0", "100", "一"])
def test_a_window_there_is_not_is_asked_for_again(desk: Desk, tmp_path: Path, window: str) -> None:
    """Nothing is set, nothing is lost."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f7")
        await fill_in(clerk, window=window)
        await clerk.press("ctrl+s")
        clerk.sees("窗口号")
        assert isinstance(clerk.app.screen, Form)
        assert values(clerk)["window"] == window

    told(desk, tmp_path, story)

    assert {each.window for each in printers.routes(desk)} == {1, 2}


def test_stocks_of_the_hall_that_cannot_be_read_are_told(desk: Desk, tmp_path: Path) -> None:
    """Its own file is broken: it is named before anything is asked."""
    (desk.tray.parent / "envelopes.toml").write_text("[C5", encoding="utf-8")

    async def story(clerk: Clerk) -> None:
        for key in ("f7", "f8"):
            await clerk.press(key)
            clerk.sees("stock-file-wrong")
            await clerk.press("enter")

    told(desk, tmp_path, story)
