"""The questions of all screens: a list as high as it is long, and the cursor at the answer that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workstation.screens.stage import NARROW, WIDE, Clerk, a_counter, play
from workstation.acts.desk import Desk
from workstation.errors import Explained, WrongUsage
from workstation.screens.dialogs import Asked, Form, Pick, about, told
from workstation.screens.long_form import LongForm

ASKED = (
    Asked("source", "来源", required=True),
    Asked("source_date", "来源日期"),
    Asked("phone", "打哪里"),
    Asked("limits.accept", "受理几天"),
    Asked("payer_out", "谁付", codes={"window": "本窗口", "home": "属地"}),
)


def wrong(why: str) -> Explained:
    """A refusal of what was typed."""
    return WrongUsage("x", what="没有办理。", why=why, next="请改正。")


def box(clerk: Clerk) -> list[str]:
    """The lines within the border of the dialog."""
    first, last = (next(n for n, line in enumerate(clerk.lines) if sign in line) for sign in "╭╰")
    return [line.split("│", 1)[-1] for line in clerk.lines[first + 1 : last]]


# --- a list to choose from


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize(("count", "text", "high"), [(2, "", 5), (2, "一句。\n两句。", 7), (13, "", 16)])
def test_a_list_is_as_high_as_it_is_long(
    desk: Desk, tmp_path: Path, size: tuple[int, int], count: int, text: str, high: int
) -> None:
    """Title, text, a line for each and the keys, in small and large windows."""

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(Pick("哪一个？", [(str(n), f"第 {n} 个") for n in range(count)], text=text))
        await clerk.settle()
        assert len(box(clerk)) == high
        clerk.sees("哪一个？", f"第 {count - 1} 个", "Esc 取消")

    play(a_counter(desk, tmp_path), story, size)


@pytest.mark.parametrize("size", [NARROW, WIDE])
@pytest.mark.parametrize("text", ["", "一句。\n两句。", "很长的一句话，" * 12])
def test_a_long_list_is_scrolled_within_the_box(
    desk: Desk, tmp_path: Path, size: tuple[int, int], text: str
) -> None:
    """The box is as high as it was; its text, the last line and the keys are all there."""

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(Pick("哪一个？", [(str(n), f"第 {n} 个") for n in range(40)], text=text))
        await clerk.settle()
        assert len(box(clerk)) == 16
        clerk.sees("哪一个？", text[:3], ">第 0 个", "Esc 取消")
        await clerk.press("end")
        clerk.sees(">第 39 个", "Esc 取消")

    play(a_counter(desk, tmp_path), story, size)


def test_a_list_of_nothing_says_so(desk: Desk, tmp_path: Path) -> None:
    """In one line."""

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(Pick("哪一个？", []))
        await clerk.settle()
        clerk.sees("（空）")
        assert len(box(clerk)) == 4

    play(a_counter(desk, tmp_path), story)


# --- a form given back


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("来源日期不是日历上的日期。（命令：字段 source_date）", "来源日期不是日历上的日期。"),
        ("去程邮费“甲”不认识。（命令：字段 payer_out）", "谁付“甲”不认识。"),
        ("部门电话号码位数不对。（命令：字段 office.phone）", "打哪里号码位数不对。"),
        ("时限的一段不认识。（命令：字段 limits）", "时限的一段不认识。"),
        ("去程邮费不认识。", "去程邮费不认识。"),
    ],
)
def test_a_refusal_calls_an_answer_what_the_form_calls_it(why: str, said: str) -> None:
    """The one the refusal is about, and no other; nothing is left that is for the command line."""
    assert told(WrongUsage("x", what=why, why=why, next=""), ASKED) == f"✗ {said}{said}"


@pytest.mark.parametrize(
    ("field", "label"),
    [
        ("source_date", "来源日期"),
        ("office.phone", "打哪里"),
        ("limits.accept", "受理几天"),
        ("limits", None),
        ("rows", None),
        (None, None),
    ],
)
def test_a_refusal_is_about_the_answer_it_names(field: str | None, label: str | None) -> None:
    """By its whole name or its own; what the form does not ask for is not looked for."""
    found = about(wrong(f"不行。（命令：字段 {field}）" if field else "不行。"), ASKED)

    assert (found.label if found else None) == label


@pytest.mark.parametrize("kind", ["form", "long"])
@pytest.mark.parametrize(
    ("why", "source", "at"),
    [
        ("不是日历上的日期。（命令：字段 source_date）", "公报", "source_date"),
        ("不是日历上的日期。（命令：字段 source_date）", "", "source_date"),
        ("不认识。（命令：字段 payer_out）", "公报", "payer_out"),
        ("这个文件打不开。", "", "source"),
        ("这个文件打不开。", "公报", "phone"),
    ],
)
def test_a_form_given_back_begins_at_what_is_wrong(
    desk: Desk, tmp_path: Path, kind: str, why: str, source: str, at: str
) -> None:
    """Where the refusal tells; or else at what is missing, or at the top. The refusal stands below."""
    first = Asked("phone", "打哪里", value="0771-5550009")
    asked = [first, *(Asked("source", "来源", value=source, required=True), *ASKED[1:2], *ASKED[3:])]

    async def story(clerk: Clerk) -> None:
        form = (
            Form("问", asked, wrong=wrong(why))
            if kind == "form"
            else LongForm("问", asked, {}, wrong=wrong(why))
        )
        clerk.app.push_screen(form)
        await clerk.settle()
        clerk.sees("✗ 没有办理。")
        clerk.misses("命令：")
        focused = clerk.app.focused
        assert focused is not None
        names = [each.name for each in focused.ancestors_with_self if each.name]
        assert names[0] == at

    play(a_counter(desk, tmp_path), story)


def test_a_form_that_is_new_begins_at_its_first(desk: Desk, tmp_path: Path) -> None:
    """And says nothing is wrong."""

    async def story(clerk: Clerk) -> None:
        form = Form("问", ASKED)
        clerk.app.push_screen(form)
        await clerk.settle()
        await clerk.type("gb")
        clerk.misses("✗")
        assert form.values["source"] == "gb"

    play(a_counter(desk, tmp_path), story)
