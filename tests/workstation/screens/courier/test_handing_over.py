"""Both sides count: the missing get their reasons, both confirm, and the sheet is there."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import at, badge, envelope_of
from tests.workstation.screens.courier.hands import along, courier, is_courier, sheet
from tests.workstation.screens.stage import Clerk
from workstation.acts import batches, handover, users
from workstation.acts.desk import Desk
from workstation.domain.envelope import BatchState, EnvelopeState
from workstation.domain.roles import Role

SEALED, GONE = EnvelopeState.SEALED, EnvelopeState.HANDED_OVER


def test_a_handover_takes_one_key_a_side(desk: Desk, envelopes: list[str]) -> None:
    """Badge, Enter, scans, ^S, badge, ^S: all change hands, and the sheet's text and place are shown."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(badge(desk))
        clerk.sees("开交寄批次？", "揽投员 5001", "应交 3 个封套")
        await clerk.press("enter")
        clerk.sees("应交 3", "已扫 0", "未扫 3", "多出 0")
        for number in envelopes:
            await clerk.scan(number)
        clerk.sees("已扫 3", "未扫 0", "都扫到了")
        await clerk.press("ctrl+s")
        clerk.sees("双方确认交接", "交 3 件")
        await clerk.scan(badge(desk))
        await clerk.press("ctrl+s")
        clerk.sees("交接清单", "出纸盘", "本交接清单编号")
        await clerk.press("enter")
        clerk.sees("已交寄 3 件", "交接清单", "请双方核对、签名")

    courier(desk, story)

    (taken,) = batches.today(desk)
    assert (taken.batch.state, taken.count, taken.batch.courier) == (BatchState.CLOSED, 3, "5001")
    assert {envelope_of(desk, number).state for number in envelopes} == {GONE}
    builders.assert_true_ledger(desk)


def test_the_clerk_may_confirm_before_the_courier(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """Either first; the badge may be typed; one alone hands nothing over, nor does another's badge."""

    async def story(clerk: Clerk) -> None:
        for number in envelopes:
            await clerk.scan(number)
        await clerk.press("ctrl+s", "ctrl+s")
        clerk.sees("✓ 已确认", "· 待确认")
        assert sheet(desk, batch).is_open
        await clerk.fill("badge", envelopes[0])
        await clerk.press("enter")
        clerk.sees("这不是本批次揽投员 5001 的胸牌")
        await clerk.fill("badge", "12")
        await clerk.press("enter")
        clerk.sees("位数不够")
        assert sheet(desk, batch).is_open
        await clerk.fill("badge", badge(desk))
        await clerk.press("enter")

    courier(desk, story)

    assert not sheet(desk, batch).is_open


def test_another_couriers_badge_signs_nothing(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """Who opened the batch takes it; an envelope scanned meanwhile waits until one has gone back."""
    administrator = at(desk, "3001")
    new = users.NewUser(code="5002", name="吴示例", role=Role.COURIER)
    users.add_user(administrator, new)

    async def story(clerk: Clerk) -> None:
        for number in envelopes[:2]:
            await clerk.scan(number)
        await clerk.press("ctrl+s", "down", "enter", "ctrl+s")
        await clerk.scan(badge(desk, "5002"))
        clerk.sees("这不是本批次揽投员 5001 的胸牌")
        await clerk.scan(envelopes[2])
        clerk.sees("请先按 Esc 返回")
        await clerk.press("escape")
        assert "没有交接，批次仍开着" in clerk.message

    courier(desk, story)

    assert sheet(desk, batch).is_open
    assert along(desk, batch) == set(envelopes[:2])


# --- closing


def test_every_missing_envelope_gets_its_reason(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """One by one, by place; the reasons stand in the list, in the question and in the ledger."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelopes[0])
        await clerk.press("ctrl+s")
        clerk.sees("应交的封套没有扫到", envelopes[1], "货位 A-01", "回去再找")
        await clerk.press("down", "down", "enter")
        clerk.sees(envelopes[2])
        await clerk.press("down", "enter")
        clerk.sees("双方确认交接", "交 1 件", "不交 2 件：", "未找到 1", "暂缓交寄 1")
        await clerk.press("ctrl+s")
        await clerk.scan(badge(desk))

    courier(desk, story)

    closed = sheet(desk, batch)
    assert {p.number: p.left_out for p in closed.left_out} == dict(
        zip(envelopes[1:], ("not_found", "held_back"), strict=True)
    )
    assert [envelope_of(desk, number).state for number in envelopes] == [GONE, SEALED, SEALED]


def test_one_reason_may_hold_for_all_the_rest(desk: Desk, batch: str) -> None:
    """A courier who takes nothing: two answers, no sheet, and the window is free."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s", "end", "enter")
        clerk.sees("不交 3 件：揽投员未收 3", "不出交接清单")
        await clerk.press("ctrl+s")
        await clerk.scan(badge(desk))
        clerk.sees("没有封套交寄，没有交接清单")

    courier(desk, story)

    assert sheet(desk, batch).paper is None
    assert [p.left_out for p in sheet(desk, batch).left_out] == ["courier_refused"] * 3


@pytest.mark.parametrize("keys", [("escape",), ("enter",)])
def test_one_goes_back_and_looks(desk: Desk, batch: str, envelopes: list[str], keys: tuple[str, ...]) -> None:
    """Esc, or Enter on the first answer: nothing is handed over, and what was named is still there."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s", "down", "enter")
        clerk.sees(envelopes[1])
        await clerk.press(*keys)
        clerk.sees("没有交接，批次仍开着", "〔暂缓交寄〕")
        await clerk.scan(envelopes[1])
        await clerk.press("ctrl+s")
        clerk.sees(envelopes[2])

    courier(desk, story)

    assert sheet(desk, batch).is_open


def test_an_envelope_found_over_the_question_goes_in(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """Its question goes away; another one's scan goes in behind it."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        clerk.sees("应交的封套没有扫到", envelopes[0])
        await clerk.scan(envelopes[2])
        clerk.sees("应交的封套没有扫到", envelopes[0])
        await clerk.scan(envelopes[0])
        clerk.sees("应交的封套没有扫到", envelopes[1])
        await clerk.scan(envelopes[1])
        clerk.sees("双方确认交接", "交 3 件")

    courier(desk, story)

    assert along(desk, batch) == set(envelopes)


def test_a_reason_may_be_named_before(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """Enter on the left; one who finds the envelope after all just scans it."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "down", "down", "enter")
        clerk.sees("〔未找到〕")
        await clerk.scan(envelopes[0])
        clerk.misses("〔未找到〕")
        assert is_courier(clerk.app.screen)

    courier(desk, story)

    assert along(desk, batch) == {envelopes[0]}


def test_leaving_keeps_the_batch_open_and_says_so(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """Esc asks nothing: there is nothing to lose."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelopes[0])
        await clerk.press("escape")
        assert not is_courier(clerk.app.screen)
        assert f"批次 {batch} 没有交接，仍开着" in clerk.message

    courier(desk, story)

    assert along(desk, batch) == {envelopes[0]}


def test_a_batch_closed_meanwhile_is_told(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """Somebody else closed it: the next scan says so, and the screen shows it as it is."""

    async def story(clerk: Clerk) -> None:
        handover.hand_over(desk, batch, missing=builders.unscanned(desk, batch))
        await clerk.scan(envelopes[0])
        assert "现在是“已交寄”" in clerk.message
        clerk.sees("^S 交接×", "不交 3")

    courier(desk, story)

    assert envelope_of(desk, envelopes[0]).state == SEALED
