"""Setbacks typed as keys: a paper unsigned, a case not taken, somebody else at the desk, no writing."""

from __future__ import annotations

from pathlib import Path

from tests import halls
from tests.line import Line, line
from tests.stories import typed
from tests.stories.typed import (
    PHONE,
    Keyboard,
    asked,
    founding,
    hall,
    hand_in,
    history,
    identify,
    register,
    states,
)
from tests.stories.typed_by_command import HAND_IN, Commands

__all__ = ["founding", "hall", "line"]

OTHER, OTHER_NUMBER = "欧阳示例", "34052419800101001X"


def test_a_paper_is_not_signed_is_told_once_and_brought(hall: Path, line: Line) -> None:
    """The row fails, the notice is read before it prints, the paper comes, and the case passes."""
    with Keyboard(hall, "--as", halls.CLERK) as clerk:
        clerk.sign_in(halls.CLERK)
        hand_in(clerk)
        case = register(clerk)
        identify(clerk)
        clerk.press("f4")
        clerk.sees("结论：还有 7 行未审")
        unsigned(clerk)
        noticed(clerk)
        notice = notice_in(line, hall, case)
        brought(clerk)
        clerk.leave()

    text = "".join(typed.sheet(hall, notice).split())
    assert "有1项需要补正" in text
    assert "无法取得居民户口簿" in text
    assert "未签名" in text
    assert asked(line, hall, "case", "show", case)["case"]["shown"] == "packing"
    acts = [act for act, _, _ in history(line, hall)]
    mine = ("register", "identify", "review", "notice", "resubmit")
    assert [act for act in acts if act in mine] == [*mine, "review"]
    assert line("journal", "verify", "--json").exit_code == 0


def unsigned(clerk: Keyboard) -> None:
    """Two rows pass, the third has no signature, the rest is not needed."""
    clerk.press("space", "space", "enter")
    clerk.sees("[ ] 填写不全", "[ ] 未签名")
    clerk.press("down")
    clerk.press("space", "ctrl+s")
    clerk.sees("1 行不符")
    clerk.press("ctrl+n", "ctrl+n", "ctrl+n", "ctrl+n")
    clerk.press("f5")
    clerk.sees("“告知”现在不能办：先按 ^S 保存审查结果")
    clerk.press("ctrl+s")
    clerk.sees("已保存 7 行", "F5 一次性告知")


def noticed(clerk: Keyboard) -> None:
    """Left once with Esc from the preview, and printed the second time."""
    clerk.press("f5")
    clerk.sees("补正期限")
    clerk.press("enter")
    clerk.sees("【一次性告知单】", "Enter 打印")
    clerk.press("escape")
    clerk.sees("补正期限")
    clerk.press("enter")
    clerk.sees("【一次性告知单】", "Enter 打印")
    clerk.press("enter")
    clerk.sees("一次性告知单已打印，办件待补正")


def notice_in(line: Line, hall: Path, case: str) -> str:
    """The number of the notice; it has been printed once, the look before it took none."""
    papers = asked(line, hall, "paper", "list", "--of", case)["papers"]
    (notice,) = [paper for paper in papers if paper["kind"] == "notice"]
    assert notice["state"] == "made"
    return str(notice["number"])


def brought(clerk: Keyboard) -> None:
    """The signed paper comes, and passes."""
    clerk.sees("补正提交", "[ ] 待补")
    clerk.press("space", "ctrl+s")
    clerk.sees("补正已登记：1 行", "结论：还有 1 行未审")
    clerk.press("space", "ctrl+s")
    clerk.sees("形式审查通过", "下一步：装袋（F2）")


def test_a_case_is_not_taken_with_a_second_person(hall: Path, line: Line) -> None:
    """A wrong digit is told beside its field; the supervisor confirms, with a PIN that is wrong at first."""
    with Keyboard(hall, "--as", halls.CLERK) as clerk:
        clerk.sign_in(halls.CLERK)
        hand_in(clerk, name=OTHER, number=f"{OTHER_NUMBER[:-1]}1")
        clerk.press("ctrl+s")
        clerk.sees("✗ 居民身份证号码校验位不符", OTHER, PHONE)
        clerk.over(OTHER_NUMBER)
        case = register(clerk)
        declined(clerk)
        clerk.leave()

    assert states(line, hall, case)["case"] == ("declined", "none", None)
    assert ("decline", halls.CLERK, halls.SUPERVISOR) in history(line, hall)
    pieces = asked(line, hall, "case", "show", case)["pieces"]
    assert {piece["holder"] for piece in pieces} == {"applicant"}


def declined(clerk: Keyboard) -> None:
    """Asked for, confirmed by another one with a PIN that is wrong at first."""
    clerk.press("ctrl+o")
    clerk.sees("其他办理")
    clerk.choose("不予收件")
    clerk.sees("窗口没有否决权")
    clerk.press("enter")
    clerk.type("所交材料与本事项无关")
    clerk.press("ctrl+s")
    clerk.sees("要第二人确认")
    clerk.fill(halls.SUPERVISOR, "111111")
    clerk.sees("工号或PIN不对", halls.SUPERVISOR)
    clerk.press("enter")
    clerk.fill(halls.PINS[halls.SUPERVISOR])
    clerk.sees("已办：不予收件", "不予收件")


def test_a_half_typed_hand_in_waits_for_its_clerk(hall: Path, line: Line) -> None:
    """Locked and taken over by another clerk, who works on; the first one finds everything as it was."""
    with Keyboard(hall, "--as", halls.CLERK) as clerk:
        clerk.sign_in(halls.CLERK)
        hand_in(clerk)
        clerk.press("ctrl+l")
        clerk.sees("已锁屏")
        assert typed.NUMBER not in clerk.text
        taken_over(clerk, halls.OTHER_CLERK)
        clerk.sees("工作台", "陈二（窗口人员）")
        hand_in(clerk, name=OTHER, number=OTHER_NUMBER)
        case = register(clerk)
        clerk.press("ctrl+l")
        clerk.sees("已锁屏")
        taken_over(clerk, halls.CLERK)
        clerk.sees("工作台", "林一（窗口人员）", "草稿          1")
        clerk.press("f3", "enter")
        clerk.sees("草稿：接着", typed.NUMBER, typed.NAME, PHONE)
        own = register(clerk)
        clerk.leave()

    registered = [(act, who) for act, who, _ in history(line, hall) if act == "register"]
    assert registered == [("register", halls.OTHER_CLERK), ("register", halls.CLERK)]
    assert asked(line, hall, "case", "show", case)["case"]["clerk"] == halls.OTHER_CLERK
    assert asked(line, hall, "case", "show", own)["case"]["clerk"] == halls.CLERK


def taken_over(clerk: Keyboard, code: str) -> None:
    """换人: another code, and its password."""
    clerk.press("up")
    clerk.over(code)
    clerk.press("enter")
    clerk.fill(halls.PASSWORDS[code])
    clerk.wait_until_gone("已锁屏")


def test_who_only_looks_writes_nothing(hall: Path, line: Line) -> None:
    """With --readonly the screens open and show; what would write says why not."""
    case = Commands(line, hall)("case", "register", stdin=HAND_IN)["case"]["number"]
    before = history(line, hall)

    with Keyboard(hall, "--as", halls.CLERK, "--readonly") as clerk:
        clerk.sign_in(halls.CLERK)
        clerk.sees("只读")
        clerk.scan(case)
        clerk.sees(f"办件 {case[-5:]}")
        clerk.press("f3")
        clerk.sees("现在不能办", "只看不写")
        clerk.press("escape")
        clerk.sees("工作台", "F2 收件×")
        clerk.press("f2")
        clerk.sees("“收件”现在不能办：本次只看不写")
        clerk.leave()

    assert history(line, hall) == before
    assert asked(line, hall, "case", "show", case)["case"]["state"] == "registered"
