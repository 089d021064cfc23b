"""A scan works on every screen, with any focus and over dialogs; what was typed before it is still there."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts import scan_log
from workstation.acts.desk import Desk
from workstation.acts.scanning import Scanned
from workstation.domain.case import CaseState
from workstation.screens.base import CounterScreen
from workstation.screens.dialogs import Asked, Confirm, Form, Refusal
from workstation.widgets.field import Entry, Field
from workstation.widgets.record_list import RecordList


@pytest.fixture
def case(desk: Desk) -> str:
    """A case to scan."""
    return builders.a_case(desk, CaseState.REGISTERED).number


def log(desk: Desk) -> list[str]:
    """The grades in the log, newest first."""
    return [noted.grade for noted in scan_log.listed(desk, count=50)]


def test_a_scan_on_a_list_opens_what_it_is(desk: Desk, case: str, tmp_path: Path, opened: Opened) -> None:
    """From the worklist, with the focus on a list: the case, told by word and sign, and logged."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("end", "up")
        before = clerk.app.screen.query_one("#states", RecordList).cursor
        await clerk.scan(case)
        assert clerk.app.screen.query_one("#states", RecordList).cursor == before
        clerk.sees("✓ 认得", case)

    play(a_counter(desk, tmp_path), story)

    assert opened == [("case", {"number": case})]
    assert log(desk) == ["recognised"]


@pytest.mark.parametrize("end", ["enter", "tab"])
def test_the_focused_input_gets_back_what_it_held(
    desk: Desk, case: str, tmp_path: Path, opened: Opened, end: str
) -> None:
    """Half-typed text, with the cursor in the middle of it."""

    async def story(clerk: Clerk) -> None:
        form = Form("问", [Asked("name", "姓名"), Asked("phone", "电话")])
        clerk.app.push_screen(form)
        await clerk.settle()
        await clerk.type("覃示例")
        await clerk.press("left")
        await clerk.scan(case, end)
        entry = form.query(Entry).first()
        assert (entry.value, entry.cursor_position, entry.has_focus) == ("覃示例", 2, True)
        assert form.is_current

    play(a_counter(desk, tmp_path), story)

    assert opened == []  # the dialog is still to be answered
    assert log(desk) == ["recognised"]


def test_a_dialog_may_use_a_scan_itself(desk: Desk, case: str, tmp_path: Path) -> None:
    """It is asked first, the screen below it next."""
    taken: list[Scanned] = []

    class Taking(Form):
        def take_scan(self, scanned: Scanned) -> bool:
            taken.append(scanned)
            return True

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(Taking("问", [Asked("name", "姓名")]))
        await clerk.settle()
        await clerk.scan(case)

    play(a_counter(desk, tmp_path), story)

    assert [scanned.object for scanned in taken] == [case]


def test_the_screen_below_a_dialog_may_use_it(
    desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen that waits for a scan gets it, whatever asks above it."""
    taken: list[str] = []

    def take(_: CounterScreen, scanned: Scanned) -> bool:
        taken.append(scanned.object)
        return True

    monkeypatch.setattr("workstation.screens.worklist.screen.WorklistScreen.take_scan", take, raising=False)

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(Confirm("真的？"))
        await clerk.settle()
        await clerk.scan(case)
        assert isinstance(clerk.app.screen, Confirm)

    play(a_counter(desk, tmp_path), story)

    assert taken == [case]


def test_an_enter_of_a_scan_presses_nothing(desk: Desk, case: str, tmp_path: Path, opened: Opened) -> None:
    """Neither a dialog's yes nor a refusal that nobody has read."""
    answers: list[bool | None] = []

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(Confirm("真的？"), answers.append)
        await clerk.settle()
        await clerk.scan(case)
        await clerk.scan(case[:-3])
        assert isinstance(clerk.app.screen, Confirm)
        clerk.sees("不认识")

    play(a_counter(desk, tmp_path), story)

    assert answers == []
    assert log(desk) == ["unknown", "recognised"]


def test_what_cannot_be_read_stays_in_the_field(desk: Desk, tmp_path: Path) -> None:
    """It may have been typing that came late: told and logged, and not a character is lost."""

    async def story(clerk: Clerk) -> None:
        form = Form("问", [Asked("id", "证件号码")])
        clerk.app.push_screen(form)
        await clerk.settle()
        await clerk.scan("350102199001010")
        assert form.query_one(Field).value == "350102199001010"
        assert form.is_current
        clerk.sees("不认识")

    play(a_counter(desk, tmp_path), story)

    (noted,) = scan_log.listed(desk, count=5)
    assert "350102199001010" not in repr(noted)


def test_bells_tell_the_grades_apart(desk: Desk, case: str, tmp_path: Path, opened: Opened) -> None:
    """None for what is known, one for a repeat, two for a void face, three for what nobody knows."""
    envelope = builders.an_envelope(desk, "void")

    async def story(clerk: Clerk) -> None:
        heard: list[int] = []
        for code in (case, case, envelope.number, "13501029992632400018"):
            before = app.bells
            await clerk.scan(code) if code != case or heard != [0] else await again(clerk, code)
            await clerk.pilot.pause(0.6)
            heard.append(app.bells - before)
        assert heard == [0, 1, 2, 3]

    async def again(clerk: Clerk, code: str) -> None:
        clerk.app.scanned(code)
        await clerk.settle()

    app = a_counter(desk, tmp_path)
    play(app, story)

    assert log(desk) == ["unknown", "refused", "repeated", "recognised"]


def test_a_scan_over_a_refusal_is_told(desk: Desk, case: str, tmp_path: Path, opened: Opened) -> None:
    """The refusal stays until somebody has read it; the scan is told below and has to be done again."""
    from workstation.acts.refusals import nobody_signed_in

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(Refusal(nobody_signed_in()))
        await clerk.settle()
        await clerk.scan(case)
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("请先关闭这个对话框", "没有登录")

    play(a_counter(desk, tmp_path), story)

    assert opened == []


def test_full_width_digits_are_a_scan(desk: Desk, case: str, tmp_path: Path, opened: Opened) -> None:
    """An input method that is on sends them so."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan("".join(chr(ord(digit) + 0xFEE0) for digit in case))
        clerk.sees("✓ 认得")

    play(a_counter(desk, tmp_path), story)

    assert opened == [("case", {"number": case})]


def test_the_scanner_screen_shows_what_comes(desk: Desk, case: str, tmp_path: Path, opened: Opened) -> None:
    """Every key with its gap, and what was made of them; a key typed alone is not shown elsewhere."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(case)
        await clerk.pilot.pause(0.4)
        clerk.sees("2.0 毫秒", "一次完整的扫描", f"U+{ord(case[-1]):04X}")
        await clerk.press("f2")
        clerk.sees("还没有按键")

    play(a_counter(desk, tmp_path, "scanner"), story)
