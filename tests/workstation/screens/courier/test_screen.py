"""The courier's screen from the badge on: what is open, what was today, and who may look."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import WAYBILL, at, badge, paper_of
from tests.workstation.screens import stage
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.courier.hands import along, courier, is_courier, waybills
from tests.workstation.screens.courier.scenes import HOSTILE, an_envelope_to
from tests.workstation.screens.stage import NARROW, WIDE, Clerk, a_counter, play
from workstation.acts import batches, handover, users
from workstation.acts.desk import Desk

# --- opening


def test_a_badge_scanned_elsewhere_asks_here(desk: Desk, envelopes: list[str]) -> None:
    """The badge comes with the screen; Esc opens no batch, and F2 takes a badge that is typed."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("开交寄批次？", "应交 3 个封套")
        await clerk.press("escape")
        assert batches.open_here(desk) is None
        await clerk.press("f2")
        await clerk.fill("badge", badge(desk))
        await clerk.press("enter")
        clerk.sees("开交寄批次？")
        await clerk.press("ctrl+s")
        clerk.sees("应交 3")

    courier(desk, story, badge=badge(desk))

    assert batches.open_here(desk) is not None


def test_a_badge_of_nobody_at_work_is_told_in_the_line(desk: Desk) -> None:
    """A courier who left, and a number that is no badge: no question, no batch, two bells."""
    number = badge(desk)
    users.disable_user(at(desk, "3001"), "5001")

    async def story(clerk: Clerk) -> None:
        await clerk.scan(number)
        assert is_courier(clerk.app.screen)
        assert "胸牌不认识" in clerk.message
        clerk.sees("✗ 不能办")
        await clerk.press("f2")
        await clerk.fill("badge", "1001")
        await clerk.press("enter")
        assert "胸牌不认识" in clerk.message

    courier(desk, story)

    assert batches.today(desk) == []


def test_an_envelope_before_the_badge_is_told(desk: Desk, envelopes: list[str], opened: Opened) -> None:
    """It is not opened before the courier's eyes; a case is nothing for this screen."""
    case = builders.consignments_in(desk, envelopes[0])[0].case_number

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelopes[0])
        assert "还没有开批次" in clerk.message
        assert opened == []
        await clerk.scan(case)

    courier(desk, story)

    assert opened == [("case", {"number": case})]


def test_a_batch_not_finished_is_gone_on_with(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """After kill -9 the screen opens on the same store with everything scanned, whatever badge comes."""
    played = a_counter(desk, desk.tray.parent, "courier")

    async def first(clerk: Clerk) -> None:
        await clerk.scan(envelopes[0])
        await clerk.scan(WAYBILL)
        await clerk.scan(envelopes[1])

    async def again(clerk: Clerk) -> None:
        clerk.sees("已扫 2", "未扫 1")
        assert f"批次 {batch} 还没有交接完（揽投员 5001），接着扫" in clerk.message
        await clerk.press("f2")
        assert "本窗口的批次还没有交接完" in clerk.message
        await clerk.scan(badge(desk))
        assert "这里只扫封套面和运单" in clerk.message
        await clerk.scan(envelopes[2])
        clerk.sees("已扫 3")

    play(played, first)
    courier(desk, again, badge=badge(desk))

    assert along(desk, batch) == set(envelopes)
    assert [w.number for w in waybills(desk, envelopes[0])] == [WAYBILL]


# --- batches of today


def test_the_batches_of_today_are_listed_and_shown(desk: Desk, envelopes: list[str]) -> None:
    """Enter shows one; its sheet can be read, and reprinted for a reason; a badge begins the next."""
    batch = builders.handed_over(desk, *envelopes[:2]).number
    first = paper_of(desk, batch, "handover_sheet").number

    async def story(clerk: Clerk) -> None:
        clerk.sees("今天的批次", batch, "5001", "已交寄")
        await clerk.press("f6")
        assert f"{first}.pdf" in re.sub(r"[\s│>]", "", clerk.text)
        await clerk.press("enter", "enter")
        clerk.sees("已扫 2", "不交 1", "〔暂缓交寄〕", first)
        await clerk.press("f9", "enter")
        assert "已补打交接清单" in clerk.message
        await clerk.press("escape")
        clerk.sees("今天的批次")
        await clerk.scan(paper_of(desk, batch, "handover_sheet").number)
        clerk.sees("不交 1")
        await clerk.scan(badge(desk))
        clerk.sees("应交 1 个封套")

    courier(desk, story)

    copy = paper_of(desk, batch, "handover_sheet")
    assert (copy.copy, copy.replaces, copy.reason) == (2, first, "damaged")


def test_another_windows_batch_can_only_be_looked_at(desk: Desk, envelopes: list[str]) -> None:
    """It is told where it belongs; scanning into it and closing it are not offered."""
    batch = builders.batched(replace(desk, window=2), envelopes[0]).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("这是 2 号窗口的批次", "已扫 1", "^S 交接×")
        await clerk.scan(envelopes[1])
        await clerk.press("ctrl+s")
        assert "是 2 号窗口的批次" in clerk.message

    courier(desk, story, number=batch)

    assert along(desk, batch) == {envelopes[0]}


def test_a_batch_that_does_not_exist_is_told(desk: Desk) -> None:
    """The screen opens all the same."""

    async def story(clerk: Clerk) -> None:
        assert "没有编号为 0 的交寄批次" in clerk.message
        assert is_courier(clerk.app.screen)

    courier(desk, story, number="0")


# --- who looks


def test_an_auditor_only_looks(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """Every act says whose it is; a scan is refused in words."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("应交 3", "^S 交接×", "F3 封套×")
        await clerk.press("ctrl+s")
        assert "“交寄”由窗口人员、值班长办理" in clerk.message
        await clerk.scan(envelopes[0])
        assert "审计员不能办理“交寄扫描”" in clerk.message

    courier(at(desk, "4001"), story)

    assert along(desk, batch) == set()


def test_a_desk_that_only_looks_opens_no_batch(desk: Desk) -> None:
    """A badge is answered by the reason."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(badge(desk))
        assert "本次只看不写" in clerk.message

    app = a_counter(replace(desk, readonly=True), desk.tray.parent, "courier")
    play(app, story)

    assert batches.today(desk) == []


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_no_person_and_no_item_is_shown(desk: Desk, batch: str, size: tuple[int, int]) -> None:
    """Nor what another screen has said before: the courier looks at this one."""

    async def story(clerk: Clerk) -> None:
        clerk.app.done("已登记：覃示例")
        clerk.app.go("courier")
        await clerk.settle()
        clerk.sees("示例市第1公安局")
        clerk.misses("覃示例", "户籍", "450103199003070004")
        clerk.app.go("worklist")
        await clerk.settle()
        clerk.app.done("已登记：覃示例")
        await clerk.press("escape")
        assert is_courier(clerk.app.screen)
        clerk.misses("覃示例")

    play(a_counter(desk, desk.tray.parent, "worklist"), story, size)


def test_names_of_offices_are_text(desk: Desk, tmp_path: Path) -> None:
    """Markup stays what it is, and a long name is told in full by the line below."""
    numbers = [an_envelope_to(desk, name) for name in HOSTILE]
    handover.open_batch(desk, badge(desk))

    async def story(clerk: Clerk) -> None:
        clerk.sees(*HOSTILE[:3])
        for number in numbers:
            await clerk.scan(number)
        clerk.sees("[/oops]示例局")
        await clerk.press("tab")
        clerk.sees(HOSTILE[3])
        assert max(stage.widths(clerk.text)) <= 120

    courier(desk, story, WIDE)
