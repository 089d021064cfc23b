"""Orders go to the carrier, and tracks are asked for, beside the screens, as long as somebody is signed in.

All of it happens in one thread of its own; the ledger is held act by act, so the screens never wait for it.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from textual.message import Message

from workstation.domain.mail import MailOrder
from workstation.domain.roles import may
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.policies import MailPolicy
from workstation.screens.hands import Hands
from workstation.screens.sending import Sending

if TYPE_CHECKING:
    from workstation.acts.desk import Desk
    from workstation.acts.ordering import Orderer
    from workstation.acts.syncing import Status, Syncer

#: Seconds to the next look: while parcels are still to be asked about, orders are due, and nothing is.
_AT_ONCE, _SOON, _LATER = 0.2, 3.0, 30.0
#: Seconds from one time parcels are asked about to the next.
_SYNC_EACH = 60.0
#: So many parcels at a time, then it is an order's turn again.
_PORTION = 40
#: Why the carrier is told nothing just now, by the reason of its error; other reasons are each order's own.
_TROUBLES = {
    "unreachable": "连不上邮政，单子都在账上，连上后自动下单。",
    "misconfigured": "寄递企业的账号没有配好，单子都在账上；请系统管理员检查账号文件。",
}


@dataclass(frozen=True)
class _Looked:
    """What came of one look at the mail."""

    stuck: Sequence[MailOrder]
    """This window's orders that wait for a person, where they may have become more."""
    trouble: str | None
    """Why the carrier is not told what is due."""
    is_answering: bool
    """Whether nothing is known against the carrier."""
    wait: float
    synced: Status | None


class Mailing(Sending):
    """An application that works off what its window has to tell a carrier, and to ask of it."""

    class Mailed(Message, bubble=False):
        """The mail has been looked at: an order or a parcel may have come further."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mailing = Hands("mail")
        self.orderer: Orderer | None = None
        self.syncer: Syncer | None = None
        self.last_sync = ""
        """What was asked of parcels on their way and when; empty: nothing is asked here."""
        self.carrier_trouble = ""
        """Why the carrier is told nothing just now; empty: it answers."""
        self._sync_at = 0.0
        self._woken = asyncio.Event()
        self._is_mailing = self._is_leaving = False
        self._told_stuck: set[tuple[str, int]] = set()
        self._told_stopped = ""

    @property
    def mail_policy(self) -> MailPolicy:
        """How the carrier is asked."""
        raise NotImplementedError

    def send_mail(self) -> None:
        """Look after the mail, now: what an act has promised goes out at once."""
        self._woken.set()
        if not self._is_mailing and self._may_mail:
            self._is_mailing = True
            self.run_worker(self._mail(), group="mail")

    def rest_from_mail(self, last: Callable[[], None] | None = None) -> None:
        """Begin nothing more, and finish when what is on the wire has come to its end."""
        self._is_leaving = True
        for worker in (self.orderer, self.syncer):
            if worker is not None:
                worker.held = True
        self.mailing.rest(last)

    async def between_mail(self, seconds: float) -> None:
        """Wait until the mail is to be looked at again, or something has been done."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()

    @property
    def _may_mail(self) -> bool:
        operator = self.desk.operator if self.is_signed_in else None
        return operator is not None and not self.desk.readonly and may(operator.role, "send_order")

    async def _mail(self) -> None:
        is_first = True
        try:
            while self._may_mail:
                self._woken.clear()
                wait = await self._mail_round(is_first=is_first)
                is_first = False
                await self.between_mail(wait)
        finally:
            self._is_mailing = False

    async def _mail_round(self, *, is_first: bool) -> float:
        """Look once; gives the seconds until the next time."""
        desk = self.desk
        try:
            looked = await self.by(self.mailing, lambda: self._worked_off(desk, is_first=is_first))
        except Explained as error:
            # The store or the disk may be back by then; acts tell of themselves.
            if error.what != self._told_stopped:
                self._told_stopped = error.what
                self.attention(f"下单停下了：{error.what}{error.why}")
            return _LATER
        self._told_stopped = ""
        self._tell_trouble(looked)
        self._tell_stuck(looked.stuck)
        if looked.synced is not None:
            self.last_sync = told_of_sync(looked.synced, desk.store.now())
        for screen in self.screen_stack[-1:]:
            screen.post_message(self.Mailed())
        return looked.wait

    # --- in the thread of the mail

    def _worked_off(self, desk: Desk, *, is_first: bool) -> _Looked:
        from workstation.acts import ordering, orders, syncing

        orderer = self.orderer = self.orderer or ordering.Orderer(self.mail_policy)
        syncer = self.syncer = self.syncer or syncing.Syncer(self.mail_policy)
        orderer.held = syncer.held = self._is_leaving
        changed = orderer.round(desk)
        known = [one.order for one in orders.listed(desk) if one.needs_person] if changed or is_first else []
        asked, wait = self._synced(desk, syncer)
        is_due = bool(ordering.due(desk))
        # What no order waits for any more is nobody's trouble.
        trouble = (orderer.trouble if is_due else None) or syncer.trouble
        return _Looked(
            stuck=[order for order in known if order.window == desk.window],
            trouble=trouble.reason if trouble else None,
            is_answering=orderer.trouble is None and syncer.trouble is None,
            wait=min(wait, _SOON if is_due else _LATER),
            synced=syncing.status(desk) if asked or is_first else None,
        )

    def _synced(self, desk: Desk, syncer: Syncer) -> tuple[bool, float]:
        """Whether any parcel was asked about, and the seconds until the next are."""
        if time.monotonic() < self._sync_at:
            return False, _LATER
        came = syncer.round(desk, budget=_PORTION)
        is_over = not (came.asked and came.left)
        self._sync_at = time.monotonic() + (_SYNC_EACH if is_over else 0)
        return came.asked > 0, _LATER if is_over else _AT_ONCE

    # --- telling

    def _tell_trouble(self, looked: _Looked) -> None:
        """Once when the carrier falls silent, and once when it is back."""
        before, self.carrier_trouble = self.carrier_trouble, _TROUBLES.get(looked.trouble or "", "")
        if self.carrier_trouble and self.carrier_trouble != before:
            self.attention(self.carrier_trouble)
        elif before and looked.is_answering:
            self.done("邮政连上了，接着下单。")

    def _tell_stuck(self, orders: Sequence[MailOrder]) -> None:
        """What needs a person, each once: nothing more happens to it by itself."""
        anew = [order for order in orders if (order.id, order.version) not in self._told_stuck]
        self._told_stuck |= {(order.id, order.version) for order in anew}
        if not anew:
            return
        from workstation.domain.codes import short_form  # with the check digits of a library

        first = f"封套 …{short_form(anew[0].envelope)} {word(anew[0].state)}"
        more = f"等 {len(anew)} 单" if len(anew) > 1 else ""
        self.attention(f"{first}{more}，要人管：请到“下单”处理。")


def told_of_sync(status: Status, now: int) -> str:
    """What was asked of parcels on their way, when, and when it will be next; empty if nothing is asked."""
    if status.carrier is None or status.asked_at is None:
        return ""
    asked = status.answered + status.not_found + status.failed
    silent = f"，{status.failed} 件没有回音" if status.failed else ""
    unknown = f"，{status.not_found} 件查不到" if status.not_found else ""
    then = f"；下次 {_clock(status.next_at, now)}" if status.next_at else ""
    left = f"；还有 {status.due} 件待问" if status.due else then
    return f"邮件轨迹：{_clock(status.asked_at, now)} 问过，共 {asked} 件{silent}{unknown}{left}"


def _clock(at: int, now: int) -> str:
    is_today = local(at).date() == local(now).date()
    return f"{local(at):%H:%M}" if is_today else f"{local(at):%m-%d %H:%M}"
