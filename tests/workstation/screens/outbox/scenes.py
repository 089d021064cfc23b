"""Moments of the outbox worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.builders import at
from tests.workstation.screens.outbox.outgoing import STICKER, a_bare, an_order, ordering
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import orders
from workstation.acts.desk import Desk
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import OrderState

#: What a carrier may say.
HOSTILE = "[bold]x[/] [/oops] [@click=app.quit]x[/] \x1b]0;x\x07 𠮷𬀩㐂·" + "收件人电话格式不对" * 9
#: Sent as often as it may be by itself.
DOUBT = {"reason": "tries_spent", "next_try_at": None, "attempts": 5}


def every_state(desk: Desk, said: str = "B0001 收件人电话格式不对") -> None:
    """An order in each state, as the worker leaves them, and an envelope nobody has ordered for."""
    for state in OrderState:
        if state in (OrderState.REFUSED, OrderState.CANCEL_REFUSED):
            an_order(desk, state, reason="refused", reason_text=said, next_try_at=None)
        elif state in (OrderState.UNSURE, OrderState.CANCEL_UNSURE):
            an_order(desk, state, **DOUBT)
        else:
            an_order(desk, state)


def _empty(folder: Path) -> tuple[Seated, Story]:
    """Nothing to be ordered, and no envelope without a waybill."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")

    return a_counter(a_desk(folder), folder, "outbox"), story


def _every(folder: Path) -> tuple[Seated, Story]:
    """Every state while the carrier cannot be reached; the cursor on one nobody knows of."""
    desk = ordering(a_desk(folder))
    every_state(desk)
    app = a_counter(desk, folder, "outbox")
    app.carrier_trouble = "连不上邮政，单子都在账上，连上后自动下单。"
    app.last_sync = "邮件轨迹：15:20 问过，共 12 件，1 件没有回音；下次 15:50"

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")

    return app, story


def _whose(folder: Path) -> tuple[Seated, Story]:
    """A label is scanned while the cursor is on an order in doubt."""
    desk = ordering(a_desk(folder))
    an_order(desk, OrderState.UNSURE, **DOUBT)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(STICKER)

    return a_counter(desk, folder, "outbox"), story


def _stuck_on(folder: Path) -> tuple[Seated, Story]:
    """An envelope, then the sticker on it, in a hall without a network."""
    desk = a_desk(folder)
    a_bare(desk, EnvelopeState.HANDED_OVER)
    number = a_bare(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(number)
        await clerk.scan(STICKER)

    return a_counter(desk, folder, "outbox"), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """What a carrier says may steer no terminal; an office with a very long name."""
    desk = ordering(a_desk(folder))
    every_state(desk, HOSTILE)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")

    return a_counter(desk, folder, "outbox"), story


def _refused(folder: Path) -> tuple[Seated, Story]:
    """Somebody was faster."""
    desk = ordering(a_desk(folder))
    order = an_order(desk, OrderState.REFUSED, reason="refused", reason_text="B0001", next_try_at=None)

    async def story(clerk: Clerk) -> None:
        orders.drop(at(desk, "1002"), order.id)
        await clerk.press("ctrl+s")

    return a_counter(desk, folder, "outbox"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "empty": _empty,
    "every": _every,
    "whose": _whose,
    "sticker": _stuck_on,
    "hostile": _hostile,
    "refused": _refused,
}
