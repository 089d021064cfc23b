"""What every screen has: keys that say why not, help and palette, one step back, a polite word when small."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from forms import pinyin
from tests import builders
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import NARROW, Clerk, a_counter, play
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.errors import Refused
from workstation.screens import doors
from workstation.screens.base import CounterScreen
from workstation.screens.dialogs import Asked, Confirm, Form, Pick
from workstation.screens.palette.palette import _runs_through
from workstation.widgets.themes import THEMES

#: Keys that a terminal or its window manager keeps for itself.
TAKEN = {"f10", "f11", "ctrl+c", "ctrl+z"}


def screens() -> list[type[CounterScreen]]:
    """Every screen's class."""
    import importlib

    return [importlib.import_module(f"workstation.screens.{name}.screen").OPENS for name in doors.names()]


@pytest.mark.parametrize("name", doors.names())
def test_each_screen_is_whole(name: str) -> None:
    """A folder has a door with title and initials, rules of style of its own, and something to say at F1."""
    door = doors.door(name)
    folder = Path(doors.__file__).parent / name
    sheet = (folder / "screen.tcss").read_text(encoding="utf-8")
    kind = next(each for each in screens() if f".{name}." in each.__module__)

    assert door.title
    assert door.initials == pinyin.initials(door.title)
    assert door.explains
    assert kind.explains
    rules = [line.split("{")[0].strip() for line in sheet.splitlines() if "{" in line]
    assert rules or not sheet.strip()
    source = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    own = tuple(re.findall(r"^class (\w+)\(", source, re.MULTILINE))
    assert all(part.strip().startswith(own) for rule in rules for part in rule.split(","))


@pytest.mark.parametrize("kind", screens(), ids=lambda kind: kind.__name__)
def test_no_act_is_on_a_bare_letter(kind: type[CounterScreen]) -> None:
    """An input method eats letters and a scanner types them: acts are on function keys and Ctrl alone."""
    keys = [do.key for do in kind.DOES if do.key]

    assert not [key for key in keys if len(key) == 1 or key in TAKEN]
    assert len(set(keys)) == len(keys)
    for do in kind.DOES:
        assert callable(getattr(kind, f"do_{do.name}"))
        readings = pinyin.name_initials(do.label)
        assert any(_runs_through(reading, do.initials) for reading in readings), do.label


def test_an_act_that_is_not_possible_says_why(desk: Desk, tmp_path: Path) -> None:
    """It is crossed out below, and pressing its key tells the reason."""

    async def story(clerk: Clerk) -> None:
        assert "F3 草稿×" in clerk.keys
        await clerk.press("f3")
        clerk.sees("“草稿”现在不能办：没有草稿")

    play(a_counter(desk, tmp_path), story)


def test_a_reason_goes_with_the_next_key(desk: Desk, tmp_path: Path) -> None:
    """It may no longer hold; pressed again, the key tells it again."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        assert clerk.message == "“草稿”现在不能办：没有草稿"
        await clerk.press("down")
        assert clerk.message == ""
        clerk.misses("现在不能办")
        await clerk.press("f3", "f3")
        assert clerk.message == "“草稿”现在不能办：没有草稿"

    play(a_counter(desk, tmp_path), story)


@pytest.mark.parametrize("way", ["done", "attention", "trouble"])
def test_any_other_message_stays_through_the_next_key(desk: Desk, tmp_path: Path, way: str) -> None:
    """Results, warnings and refusals are read when there is time, also where a reason stood before."""
    texts = {"done": "已封装：一件", "attention": "请核对。", "trouble": "没有写成。磁盘已满。请清理。"}

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        if way == "trouble":
            clerk.app.trouble(Refused("x", what="没有写成。", why="磁盘已满。", next="请清理。"))
        else:
            getattr(clerk.app, way)(texts[way])
        await clerk.press("down", "up")
        assert clerk.message == texts[way]
        clerk.sees(texts[way])

    play(a_counter(desk, tmp_path), story)


def test_the_help_is_made_from_the_keys(desk: Desk, tmp_path: Path) -> None:
    """What is under the cursor first, then every key, with why one is not possible."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f1")
        clerk.sees("列表：↑↓", "F2", "登记一个新的办件", "×现在不能：没有草稿")
        await clerk.press("end")
        await clerk.pilot.pause(0.1)
        clerk.sees("锁屏、换人", "查找")
        await clerk.press("escape")
        clerk.misses("帮助\n")

    play(a_counter(desk, tmp_path), story)


@pytest.mark.parametrize("key", ["/", "、", "／"])
def test_a_slash_searches_from_anywhere(desk: Desk, tmp_path: Path, opened: Opened, key: str) -> None:
    """Also the mark that an input method makes of it."""

    async def story(clerk: Clerk) -> None:
        await clerk.press(key)

    play(a_counter(desk, tmp_path), story)

    assert opened == [("search", {})]


def test_a_slash_is_a_slash_while_typing(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """In an input it is typed."""

    async def story(clerk: Clerk) -> None:
        form = Form("问", [Asked("x", "文字")])
        clerk.app.push_screen(form)
        await clerk.settle()
        await clerk.type("1/2")
        assert form.values == {"x": "1/2"}

    play(a_counter(desk, tmp_path), story)

    assert opened == []


def test_esc_goes_one_step_back_and_asks_what_would_be_lost(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen with something unsaved is left only after a yes; the first screen stays."""
    kind = "workstation.screens.scanner.screen.ScannerScreen"

    async def story(clerk: Clerk) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(f"{kind}.unsaved", property(lambda _: "有没存的东西。"), raising=False)
            await clerk.press("escape")
            clerk.sees("有没存的东西")
            await clerk.press("escape")
            clerk.sees("扫描枪检查")
            await clerk.press("escape")
            await clerk.press("enter")
            clerk.sees("工作台")
        await clerk.press("escape")
        clerk.sees("工作台", "退出按 Ctrl+Q")

    play(a_counter(desk, tmp_path, "scanner"), story)


def test_ctrl_q_asks_only_where_something_is_open(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter does not leave then; Ctrl+Y does."""

    async def story(clerk: Clerk) -> None:
        monkeypatch.setattr(type(clerk.screen), "unsaved", property(lambda _: "收件登记没有办完。"))
        await clerk.press("ctrl+q", "enter")
        assert clerk.app.is_running
        clerk.misses("现在退出吗")
        await clerk.press("ctrl+q", "ctrl+y")

    app = a_counter(desk, tmp_path)
    play(app, story)

    assert app.return_value == 0


@pytest.mark.parametrize("size", [(40, 10), (79, 24), (80, 23), (20, 3)])
def test_a_window_too_small_says_what_it_needs(desk: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
    """Politely; and everything is there again when it is large enough, dialogs with what was typed too."""

    async def story(clerk: Clerk) -> None:
        form = Form("问", [Asked("x", "文字")])
        clerk.app.push_screen(form)
        await clerk.settle()
        await clerk.type("示例")
        await clerk.pilot.resize_terminal(*size)
        await clerk.settle()
        clerk.sees("窗口太小了")
        clerk.misses("示例")
        await clerk.pilot.resize_terminal(*NARROW)
        await clerk.settle()
        clerk.sees("示例", "工作台")
        assert form.values == {"x": "示例"}

    play(a_counter(desk, tmp_path), story)


def test_a_practice_hall_says_so_above_and_below(tmp_path: Path) -> None:
    """On every screen, in words; and no other hall does."""
    from dataclasses import replace

    from tests.engines import HALL
    from tests.workstation.screens.stage import a_desk

    desk = a_desk(tmp_path, hall=replace(HALL, digit=9, practice=1))

    async def story(clerk: Clerk) -> None:
        assert clerk.lines[0].count("【演练】") == 2

    play(a_counter(desk, tmp_path), story)
    desk.store.engine.close()


@pytest.mark.parametrize("theme", THEMES)
def test_another_look_is_kept(desk: Desk, tmp_path: Path, theme: str) -> None:
    """For this window, in its settings."""

    async def story(clerk: Clerk) -> None:
        clerk.app.dress(theme)
        await clerk.settle()
        assert clerk.app.theme == theme
        clerk.sees("工作台")

    play(a_counter(desk, tmp_path), story)

    assert f'theme = "{theme}"' in (tmp_path / "settings.toml").read_text(encoding="utf-8")


def test_a_form_asks_one_thing_after_the_other(desk: Desk, tmp_path: Path) -> None:
    """Enter goes on, what is required is not left out, arrows choose, a blank ticks."""
    answers: list[dict[str, str] | None] = []

    async def story(clerk: Clerk) -> None:
        asked = [
            Asked("name", "姓名", required=True),
            Asked("way", "方式", {"phone": "电话", "fax": "传真"}),
            Asked("sure", "核对过", tick=True),
        ]
        clerk.app.push_screen(Form("问", asked), answers.append)
        await clerk.settle()
        await clerk.press("ctrl+s")
        clerk.sees("必填")
        await clerk.type("覃")
        await clerk.press("enter", "right", "enter", "space", "enter")

    play(a_counter(desk, tmp_path), story)

    assert answers == [{"name": "覃", "way": "fax", "sure": "yes"}]


def test_a_pick_gives_the_code_of_its_line(desk: Desk, tmp_path: Path) -> None:
    """And nothing at Esc."""
    answers: list[str | None] = []

    async def story(clerk: Clerk) -> None:
        for keys in (("down", "enter"), ("escape",)):
            clerk.app.push_screen(Pick("哪一个", [("a", "甲"), ("b", "乙")]), answers.append)
            await clerk.settle()
            await clerk.press(*keys)

    play(a_counter(desk, tmp_path), story)

    assert answers == ["b", None]


def test_an_act_in_progress_is_not_done_twice(desk: Desk, tmp_path: Path) -> None:
    """A key pressed again while the first is still at work does nothing but say so."""
    import threading

    done: list[int] = []
    wait = threading.Event()

    def slow(_: Desk) -> int:
        wait.wait(5)
        done.append(1)
        return 1

    async def story(clerk: Clerk) -> None:
        clerk.app.perform(slow)
        clerk.app.perform(slow)
        wait.set()
        await clerk.settle()
        clerk.sees("上一步还在办理")

    play(a_counter(desk, tmp_path), story)

    assert done == [1]


def test_an_error_nobody_foresaw_is_told_and_nothing_is_lost(desk: Desk, tmp_path: Path) -> None:
    """By its class alone, with no value; the screen is still there."""

    def breaks(_: Desk) -> None:
        raise RuntimeError("覃示例 450103199003070004")

    async def story(clerk: Clerk) -> None:
        clerk.app.perform(breaks)
        await clerk.settle()
        clerk.sees("没有预料到的错误", "RuntimeError")
        clerk.misses("450103199003070004")
        await clerk.press("enter")
        clerk.sees("工作台")

    play(a_counter(desk, tmp_path), story)


def test_the_second_person_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    """A wrong PIN is told in the same dialog; Esc leaves the act undone."""
    from workstation.acts import departures

    case = builders.a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        clerk.app.perform(
            lambda at: departures.decline(at, case, reason="not_this_item", text="不属于办理范围")
        )
        await clerk.settle()
        clerk.sees("“不予收件”要第二人确认")
        await clerk.type("1002")
        await clerk.press("enter")
        await clerk.type("000000")
        await clerk.press("enter")
        clerk.sees("✗", "1002")
        await clerk.type("111111")  # the cursor is where the PIN belongs: it is never seen
        clerk.misses("111111")
        await clerk.press("escape")
        clerk.sees("没有第二人确认，没有办理")

    play(a_counter(desk, tmp_path), story)

    assert builders.case_of(desk, case).state == CaseState.REGISTERED


def test_the_line_above_names_hall_window_and_person(desk: Desk, tmp_path: Path) -> None:
    """So that nobody works under another's name unaware."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("榕城政务服务中心　1 号窗口　林一鸣（窗口人员）")

    play(a_counter(desk, tmp_path), story)


def test_a_question_that_could_lose_something_is_not_answered_by_enter(desk: Desk, tmp_path: Path) -> None:
    """Its yes is a key of its own."""
    answers: list[bool | None] = []

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(Confirm("丢弃吗？", safe=True), answers.append)
        await clerk.settle()
        await clerk.press("enter")
        clerk.app.push_screen(Confirm("丢弃吗？", safe=True), answers.append)
        await clerk.settle()
        await clerk.press("ctrl+y")

    play(a_counter(desk, tmp_path), story)

    assert answers == [False, True]
