"""The reference case typed as keys: few to the seal, and past mishaps to the end it has by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import halls
from tests.builders import WAYBILL
from tests.line import Line, line
from tests.stories import typed
from tests.stories.typed import (
    NAME,
    NUMBER,
    PHONE,
    PLACE,
    Keyboard,
    asked,
    founding,
    hall,
    hand_in,
    history,
    number_in,
    register,
    states,
    twin,
)
from tests.stories.typed_by_command import RETURN, by_command

__all__ = ["founding", "hall", "line", "twin"]

#: What issue and clerk hope for: keys beyond typed data and scans, from the worklist to the seal.
GOAL = 40


def test_the_reference_case_takes_at_most_forty_keys(
    hall: Path, line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    """Item by initials, one citizen, five rows pass, one envelope: from the worklist to sealed."""
    with Keyboard(hall, "--as", halls.CLERK) as clerk:
        clerk.sign_in(halls.CLERK)
        clerk.keys.clear()

        hand_in(clerk)
        case = register(clerk)
        clerk.press("f2")
        clerk.sees("核验方式")
        clerk.press("enter", "enter")
        clerk.sees("已办：身份核验")
        clerk.press("f2")
        clerk.sees("结论：还有 7 行未审")
        clerk.press(*["space"] * 5, "ctrl+n", "ctrl+n", "ctrl+s")
        clerk.sees("形式审查通过", "下一步：装袋（F2）")
        clerk.press("f2")
        clerk.sees("0/5")
        clerk.press(*["space"] * 5, "ctrl+s")
        envelope, packing_list = printed(clerk)
        clerk.scan(envelope)
        clerk.scan(packing_list)
        seal(clerk)
        clerk.leave()

    keys = clerk.keys[:-1]
    with capsys.disabled():
        print(f"\n{len(keys)} keys from the worklist to the seal: {' '.join(keys)}")
    assert len(keys) <= GOAL
    shown = asked(line, hall, "case", "show", case)
    assert shown["case"]["shown"] == "sealed"
    assert [row["state"] for row in shown["rows"]] == ["passed"] * 5 + ["not_applicable"] * 2
    assert line("journal", "verify", "--json").exit_code == 0


def printed(clerk: Keyboard) -> tuple[str, str]:
    """The numbers of face and list, once they are in the tray."""
    text = clerk.sees("已装袋", "请扫封套面和内件清单", "清单 tray/")
    numbers = number_in(text, r"面 tray/(\d{20})"), number_in(text, r"清单 tray/(\d{20})")
    assert all((clerk.home / "tray" / f"{number}.pdf").exists() for number in numbers)
    return numbers


def seal(clerk: Keyboard) -> None:
    """Both are scanned: a place, nothing secret, the seal."""
    clerk.sees("写上放在哪个货位")
    clerk.fill("A-01")
    clerk.press("space")
    clerk.sees("封好封套，^S 封装")
    clerk.press("ctrl+s")
    clerk.sees("已封装，在货位 A-01")


def test_a_case_with_mishaps_ends_as_by_command(hall: Path, twin: Path, line: Line) -> None:
    """Esc, two power cuts, scans at the wrong moment, refusals, a window too small: nothing of it is left.

    The journal of both halls has the same acts by the same people, and everything is in the same state. What
    the story did differently on purpose, half-typed drafts and refused acts, writes no entry.
    """
    badge = typed.badge(line, hall)
    half_typed(hall)
    case = half_reviewed(hall, badge)
    finished(hall, case, badge)

    by_command(line, twin, badge)

    assert history(line, hall) == history(line, twin)
    assert states(line, hall, case) == states(line, twin, case)
    assert states(line, hall, case)["case"] == ("closed", "passed", "given")
    for home in (hall, twin):
        assert asked(line, home, "draft", "list", as_=halls.CLERK)["drafts"] == []
        assert line("journal", "verify", "--json").exit_code == 0


def half_typed(hall: Path) -> None:
    """The hand-in: the power goes in the middle of a name."""
    with Keyboard(hall, "--as", halls.CLERK) as clerk:
        clerk.sign_in(halls.CLERK)
        clerk.press("f2")
        clerk.sees("收件登记", "证件号码")
        clerk.type(typed.ITEM)
        clerk.sees(">59")
        clerk.press("enter")
        clerk.type(PLACE)
        clerk.sees("青秀区", "[1]")
        clerk.press("enter", "enter")
        clerk.fill(NUMBER)
        clerk.type(NAME[:2])
        clerk.kill()


def gone_on_with(clerk: Keyboard) -> str:
    """The draft is there with half a name; it is finished, left, taken up again and registered."""
    resume(clerk)
    clerk.sees("开具户籍类证明", "[1]  南宁市公安局青秀分局", NUMBER, f"姓名        {NAME[:2]}")
    to_field(clerk, "姓名")
    clerk.over(NAME)
    clerk.press("enter")
    clerk.type(PHONE)
    stay(clerk, "还没有登记")
    clerk.press("escape")
    clerk.sees("离开这个画面吗？")
    clerk.press("enter")
    clerk.sees("工作台")
    resume(clerk)
    clerk.sees(NUMBER, NAME, PHONE)
    clerk.press("ctrl+a")
    clerk.sees("照清单收下 3 行")
    return register(clerk)


def to_field(clerk: Keyboard, label: str) -> None:
    """Go up or down until one types in the field of this label.

    Half a drawing leaves the cursor anywhere for a moment, so it counts only where it is found a second time.
    """
    for _ in range(20):
        at = clerk.row_of(label)
        if clerk.settled_row() == at:
            return
        clerk.press("up" if clerk.screen.cursor.y > at else "down")
    raise AssertionError(f"the cursor does not come to {label}:\n{clerk.text}")


def stay(clerk: Keyboard, unsaved: str) -> None:
    """Esc, a question because of what is not saved, and Esc again: nothing has happened."""
    clerk.press("escape")
    clerk.sees("离开这个画面吗？", unsaved)
    clerk.press("escape")
    clerk.wait_until_gone("离开这个画面吗？")


def resume(clerk: Keyboard) -> None:
    """Go on with the one draft there is."""
    clerk.sees("草稿          1")
    clerk.press("f3", "enter")
    clerk.sees("草稿：接着")


def half_reviewed(hall: Path, badge: str) -> str:
    """The draft becomes a case; it is looked at, and the power goes again in the middle of the review."""
    with Keyboard(hall, "--as", halls.CLERK) as clerk:
        clerk.sign_in(halls.CLERK)
        case = gone_on_with(clerk)
        looked_at(clerk, badge)
        clerk.press("f4")
        begun(clerk)
        clerk.kill()
    return case


def looked_at(clerk: Keyboard, badge: str) -> None:
    """A key too early, a list left with Esc, and a scan over the question that is open."""
    clerk.press("f6")
    clerk.sees("“封装”现在不能办")
    clerk.press("ctrl+o")
    clerk.sees("其他办理")
    clerk.press("escape")
    clerk.wait_until_gone("其他办理")
    clerk.press("f3")
    clerk.sees("核验方式")
    clerk.scan(badge)
    clerk.sees("请先关闭这个对话框", "核验方式")
    clerk.press("enter", "enter")
    clerk.sees("已办：身份核验", "✓ 已核验")


def begun(clerk: Keyboard) -> None:
    """Three rows, and a window that is too small for a while."""
    clerk.sees("结论：还有 7 行未审")
    clerk.press("space", "space", "space")
    clerk.sees("3 行未存")
    clerk.resize(40, 10)
    clerk.sees("80")
    assert "3 行未存" not in clerk.text
    clerk.resize(80, 24)
    clerk.sees("3 行未存", "结论：还有 4 行未审")


def finished(hall: Path, case: str, badge: str) -> None:
    """The review's draft is there; from it up to the end without another power cut."""
    with Keyboard(hall, "--as", halls.CLERK) as clerk:
        clerk.sign_in(halls.CLERK)
        resume(clerk)
        clerk.sees("3 行未存", "结论：还有 4 行未审")
        clerk.press("space", "space", "ctrl+n", "ctrl+n", "ctrl+s")
        clerk.sees("形式审查通过", "工作台")
        envelope, packing_list = mailed(clerk, case)
        carried(clerk, envelope, badge)
        answered(clerk, case, envelope, packing_list)
        collected(clerk)
        clerk.leave()


def to_worklist(clerk: Keyboard) -> None:
    """Step by step back to the first screen."""
    for _ in range(6):
        if "全部办件" in clerk.text:
            return
        clerk.press("escape")
    clerk.sees("全部办件")


def mailed(clerk: Keyboard, case: str) -> tuple[str, str]:
    """Packed with an Esc in between, the slip scanned for the list; gives the numbers of face and list."""
    clerk.scan(case)
    clerk.sees("下一步：装袋（F2）")
    clerk.press("f2")
    clerk.sees("0/5")
    clerk.press(*["space"] * 5)
    stay(clerk, "还没有装袋")
    clerk.press("ctrl+s")
    envelope, packing_list = printed(clerk)
    slip = slip_of(clerk.home, packing_list)
    clerk.scan(slip)
    clerk.sees("这是回执联")
    clerk.press("ctrl+s")
    clerk.sees("现在不能办")
    clerk.scan(envelope)
    clerk.scan(packing_list)
    seal(clerk)
    clerk.press("escape")
    clerk.sees("下一步：交寄（F2）")
    clerk.press("f2")
    return envelope, packing_list


def carried(clerk: Keyboard, envelope: str, badge: str) -> None:
    """The courier's badge, the envelope, its waybill, and both confirm; the sheet names nobody."""
    clerk.sees("请揽投员扫胸牌开批次")
    clerk.scan(badge)
    clerk.sees("本窗口应交 1 个封套")
    clerk.press("enter")
    clerk.sees("已开批次")
    clerk.scan(envelope)
    clerk.sees("已扫 1")
    clerk.scan(WAYBILL)
    clerk.sees("已绑")
    clerk.press("ctrl+s")
    clerk.sees("双方确认交接")
    clerk.press("ctrl+s")
    clerk.scan(badge)
    sheet = number_in(clerk.sees("已交寄 1 件", "本交接清单编号"), r"(\d{20})　本交接清单编号")
    assert NAME[0] not in typed.sheet(clerk.home, sheet)
    clerk.press("escape")


def slip_of(hall: Path, packing_list: str) -> str:
    """The code on the slip, as the home office reads it from the paper."""
    text = typed.sheet(hall, packing_list)
    return number_in(text, r"(5\d{3} \d{4} \d{4} \d{4} \d{4})\n(?:.*\n){,2}回执联编号").replace(" ", "")


def answered(clerk: Keyboard, case: str, envelope: str, packing_list: str) -> None:
    """The office reads its code out, wrongly at first; accepts, decides, posts the result."""
    short = number_in(typed.sheet(clerk.home, packing_list), r"回执短码 (\d{5})")
    to_worklist(clerk)
    clerk.press("f8")
    clerk.sees("到件", "南宁市公安局青秀分局")
    clerk.fill(short)
    clerk.sees("属地签收", "对方单位")
    clerk.press("enter", "enter")
    clerk.fill("南昌")
    clerk.sees("✗", "没有认出是哪个单位", short)
    clerk.press("enter", "enter")
    clerk.over("青秀")
    clerk.press("enter")
    clerk.sees(f"属地已签收：南宁市公安局青秀分局，封套 {envelope[-5:]}")
    clerk.fill(case)
    clerk.sees("等属地答复")
    clerk.press("f4")
    clerk.sees("属地文号")
    clerk.fill("示例受〔2026〕7号")
    clerk.sees("属地已受理，等决定")
    decided(clerk)


def decided(clerk: Keyboard) -> None:
    """The decision with its one paper, and the waybill it comes back under."""
    clerk.press("f6")
    clerk.sees("结果方式")
    clerk.press("enter", "enter")
    clerk.fill("示例证〔2026〕7号", "户籍证明")
    clerk.press("enter")
    clerk.sees("1. 户籍证明 1 份")
    clerk.press("enter")
    clerk.sees("等回寄 F7")
    clerk.press("f7")
    clerk.sees("回程运单号")
    clerk.scan(RETURN)
    clerk.sees("再输一遍", RETURN)
    clerk.press("ctrl+s")
    clerk.sees("结果在路上")


def collected(clerk: Keyboard) -> None:
    """The return envelope is scanned and checked; the applicant collects, rates, and it ends."""
    to_worklist(clerk)
    clerk.press("f8")
    clerk.sees("到件")
    clerk.scan(RETURN)
    clerk.sees("应收 1 项，还没有核对")
    clerk.press("space")
    clerk.sees("1 项都在")
    clerk.press("ctrl+s")
    clerk.sees("写上放在哪个货位")
    clerk.type("R-03")
    clerk.press("ctrl+s")
    clerk.sees("已到窗", "内件相符")
    clerk.press("f9")
    clerk.sees("送达回证", "请领取人出示证件")
    clerk.press("ctrl+s")
    clerk.sees("先核对领取人的证件")
    clerk.press("space", "ctrl+s")
    clerk.sees("已送达：送达回证已打印")
    clerk.press("f2")
    clerk.sees("评价：已邀请")
    clerk.press("f2")
    clerk.sees("申请人评价了吗？")
    clerk.choose("已在设备上评价")
    clerk.sees("评价：已在设备上评价")
    clerk.press("f9")
    clerk.sees("已办结：")
