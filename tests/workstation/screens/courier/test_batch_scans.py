"""Each scan goes into the batch at once, with the waybill that follows it; refusals stop none."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import WAYBILL, an_envelope, at, badge, paper_of, with_second
from tests.workstation.screens import stage
from tests.workstation.screens.courier.hands import along, courier, faces, is_courier, waybills
from tests.workstation.screens.courier.scenes import an_envelope_to
from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts import batches, handover, packing, users, waiting
from workstation.acts.batches import Sheet
from workstation.acts.desk import Desk
from workstation.domain.codes import HallCode, Kind, compose
from workstation.domain.envelope import EnvelopeState
from workstation.screens.base import CounterScreen

SEALED = EnvelopeState.SEALED
OTHER_WAYBILL = "1136281381692"


def test_an_extra_one_has_a_sign(desk: Desk, batch: str) -> None:
    """Sealed after the batch was opened: it goes along, with + and a bell."""
    extra = an_envelope_to(desk, "示例市后到的派出所")

    async def story(clerk: Clerk) -> None:
        await clerk.scan(extra)
        clerk.sees("多出 1", "+", "〔多出〕", "+ 多出：已扫，不在应交之列")
        assert isinstance(clerk.app, stage.Seated)
        assert clerk.app.bells == 1

    courier(desk, story)

    assert along(desk, batch) == {extra}


def test_a_repeat_is_told_as_one(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """At once by the label, later by the act, without a dialog; its waybill may still follow."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelopes[0])
        await clerk.scan(envelopes[0])
        assert "同一个条码，没有再办" in clerk.message
        clerk.screen.take_scan(*faces(envelopes[:1]))
        await clerk.settle()
        clerk.sees("= 重复", "已扫 1")
        assert "已经扫过了" in clerk.message
        assert is_courier(clerk.app.screen)
        await clerk.scan(WAYBILL)

    courier(desk, story)

    assert [w.number for w in waybills(desk, envelopes[0])] == [WAYBILL]


def test_what_may_not_go_is_told_by_its_words(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """Void, another hall's, not sealed, in another batch, another paper: none stops the next scan."""
    void = envelopes[0]
    packing.reopen(with_second(desk), void, reason="other")
    unsealed = an_envelope(desk).number
    next_window = replace(desk, window=2)
    builders.batched(next_window, envelopes[1])
    listed = paper_of(desk, envelopes[2], "packing_list").number
    stranger = compose(
        Kind.ENVELOPE, HallCode("350200", 1), window=1, day=datetime.date(2026, 11, 20), serial=1
    )
    told = {
        void: "已作废",
        stranger: "别的大厅",
        unsealed: "待封口",
        envelopes[1]: "已扫进另一个批次",
        listed: "这里只扫封套面和运单；扫到的是内件清单",
        WAYBILL: "请先扫它的封套",
    }

    async def story(clerk: Clerk) -> None:
        for code, words in told.items():
            await clerk.scan(code)
            assert words in clerk.message, code
            assert is_courier(clerk.app.screen)
            clerk.sees("✗ 不能办")
        await clerk.scan(envelopes[2])
        clerk.sees("已扫 1", "不交 1", "〔作废〕")

    courier(desk, story)

    assert along(desk, batch) == {envelopes[2]}


def test_no_scan_is_lost_while_one_is_written(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """A burst waits in its queue, a refusal among it; until it is written one can neither close nor leave."""

    async def story(clerk: Clerk) -> None:
        screen = clerk.screen
        for scanned in faces([envelopes[0], envelopes[0], *envelopes[1:]]):
            assert screen.take_scan(scanned)
        assert screen.why_not("close") == "还有扫描正在写入"
        screen.action_back()
        assert "4 个扫描正在写入" in clerk.message
        await clerk.settle()
        clerk.sees("已扫 3", "未扫 0")
        assert screen.why_not("close") is None

    courier(desk, story)

    assert along(desk, batch) == set(envelopes)


def test_a_scan_that_comes_before_the_screen_is_there_waits(
    desk: Desk, batch: str, envelopes: list[str]
) -> None:
    """What was scanned while the batch was being read goes into it then."""

    async def story(clerk: Clerk) -> None:
        clerk.app.go("courier")
        while not is_courier(clerk.app.screen):
            await clerk.pilot.pause(0)
        screen = clerk.app.screen
        assert isinstance(screen, CounterScreen)
        assert screen.take_scan(*faces(envelopes[:1]))
        await clerk.settle()

    play(a_counter(desk, desk.tray.parent, "worklist"), story)

    assert along(desk, batch) == set(envelopes[:1])


def test_many_envelopes_stay_quick(desk: Desk, batch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan reads the one envelope, not the batch: the whole is read when the screen opens, once."""
    extra = [an_envelope(desk, SEALED).number for _ in range(8)]
    read: list[str] = []
    whole = batches.sheet

    def counted(desk: Desk, number: str) -> Sheet:
        read.append(number)
        return whole(desk, number)

    monkeypatch.setattr(batches, "sheet", counted)

    async def story(clerk: Clerk) -> None:
        for scanned in faces(extra):
            clerk.screen.take_scan(scanned)
        await clerk.settle()
        clerk.sees("已扫 8", "多出 8")

    courier(desk, story)

    assert read == [batch]


# --- waybills


def test_a_waybill_follows_its_envelope(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """Right after it, by scan, with no second person; the next one asks for its own envelope first."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelopes[0])
        await clerk.scan(WAYBILL)
        clerk.sees(f"运单 {WAYBILL} 已绑", "有")
        await clerk.scan(OTHER_WAYBILL)
        assert "请先扫它的封套" in clerk.message
        await clerk.scan(envelopes[1])
        await clerk.scan(WAYBILL)
        assert "正用在别的封套上" in clerk.message
        await clerk.scan(OTHER_WAYBILL)
        assert "已绑" in clerk.message

    courier(desk, story)

    bound = [(w.number, w.how, w.second) for n in envelopes for w in waybills(desk, n)]
    assert bound == [(WAYBILL, "scanned", None), (OTHER_WAYBILL, "scanned", None)]


def test_a_typed_waybill_is_typed_twice_before_a_second_person(
    desk: Desk, batch: str, envelopes: list[str]
) -> None:
    """Bound to the envelope under the cursor on the right; two that differ are asked again."""
    users.set_pin(at(desk, "1002"), "1002", "730184")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        assert "没有等运单的封套" in clerk.message
        for number in envelopes[:2]:
            await clerk.scan(number)
        await clerk.press("tab", "down", "f4")
        await clerk.fill("waybill", WAYBILL)
        await clerk.fill("again", OTHER_WAYBILL)
        await clerk.press("enter")
        clerk.sees("两遍输入的运单号不一样")
        await clerk.fill("waybill", WAYBILL)
        await clerk.fill("again", WAYBILL)
        await clerk.press("enter")
        clerk.sees("要第二人确认")
        await clerk.fill("code", "1002")
        await clerk.fill("pin", "730184")
        await clerk.press("enter")
        assert "已绑" in clerk.message

    courier(desk, story)

    (bound,) = waybills(desk, envelopes[0])
    assert (bound.number, bound.how, bound.second) == (WAYBILL, "typed", "1002")
    assert waybills(desk, envelopes[1]) == []


def test_a_face_that_cannot_be_scanned_is_typed(desk: Desk, batch: str, envelopes: list[str]) -> None:
    """A wrong number is refused in a dialog; after a right one the waybill may be scanned."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.fill("face", "123")
        await clerk.press("enter")
        clerk.sees("✗", "paper-not-found")
        await clerk.press("enter", "f3")
        await clerk.fill("face", envelopes[0])
        await clerk.press("enter")
        clerk.sees("已扫 1")
        await clerk.scan(WAYBILL)

    courier(desk, story)

    assert along(desk, batch) == set(envelopes[:1])
    assert [w.number for w in waybills(desk, envelopes[0])] == [WAYBILL]


def test_with_one_clerk_a_typed_waybill_waits(tmp_path: Path, undrawn: None) -> None:
    """It is noted; the supervisor confirms it later, when the envelope has long been scanned."""
    desk = stage.a_desk(tmp_path, staff=builders.ONE_CLERK)
    envelope = an_envelope(desk, SEALED).number
    handover.open_batch(desk, badge(desk))

    async def story(clerk: Clerk) -> None:
        await clerk.scan(envelope)
        await clerk.press("f4")
        await clerk.fill("waybill", WAYBILL)
        await clerk.fill("again", WAYBILL)
        await clerk.press("enter")
        assert "待第二人确认" in clerk.message

    courier(desk, story)

    (waits,) = waiting.listed(desk)
    assert waybills(desk, envelope) == []
    waiting.confirm(at(desk, "2001"), waits.id)
    assert [w.number for w in waybills(desk, envelope)] == [WAYBILL]
    desk.store.engine.close()
