"""Print jobs go to their printers beside the screens, as long as somebody is signed in at the window."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from textual.message import Message

from workstation.domain.printing import PrintJob, PrintState
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.hands import Hands
from workstation.screens.taking import Taking

if TYPE_CHECKING:
    from integrations.printers.states import Condition
    from workstation.acts.sending import Sender

#: Seconds from one look at the printers to the next.
_EACH = 1.0
#: What nothing needs to be said about: the printer is at it.
_FINE = frozenset({"idle", "processing", "waiting", "completed", "toner_low", "paper_low", "busy"})


class Sending(Taking):
    """An application that works off the print jobs of its window."""

    class Looked(Message, bubble=False):
        """The printers have been looked at: what is on its way may have come further."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sending = Hands("print")
        self._sender: Sender | None = None
        self._is_sending = False
        self.holds_prints = False
        """Whether the queue is held between two papers."""
        self._told_sights: dict[str, str] = {}

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is at the desk."""
        raise NotImplementedError

    def done(self, text: str) -> None:
        """Say that something is done."""
        raise NotImplementedError

    def send_prints(self) -> None:
        """Look after what is on its way to a printer, until nothing is."""
        if self.is_signed_in and not self.desk.readonly and not self._is_sending:
            self._is_sending = True
            self.run_worker(self._send(), group="prints")

    def sight(self, job: PrintJob) -> Condition | None:
        """What was last seen of a job at its printer."""
        return self._sender.sights.get(job.id) if self._sender else None

    async def _send(self) -> None:
        try:
            while self.is_signed_in and await self._round():
                await self.between_looks()
        except Explained as error:
            self.attention(f"打印队列停下了：{error.what}{error.why}")
        finally:
            self._is_sending = False

    async def between_looks(self) -> None:
        """Wait until the printers are to be looked at again."""
        await asyncio.sleep(_EACH)

    async def _round(self) -> bool:
        """Whether anything is still on its way."""
        desk = self.desk

        def work() -> tuple[list[PrintJob], list[PrintJob]]:
            from workstation.acts import sending

            self._sender = self._sender or sending.Sender()
            self._sender.held = self.holds_prints
            return self._sender.round(desk), sending.live(desk)

        changed, live = await self.by(self.sending, work)
        for job in changed:
            self._tell_of(job)
        for job in live:
            self._tell_sight(job)
        for screen in self.screen_stack[-1:]:
            screen.post_message(self.Looked())
        return bool(live)

    def _tell_of(self, job: PrintJob) -> None:
        if job.state in (PrintState.UNSURE, PrintState.FAILED):
            self.attention(f"“{job.printer}”{word(job.state)}（{job.paper[-5:]}），请到打印队列处理。")
        elif job.state == PrintState.PRINTED and self._told_sights.pop(job.printer, "idle") not in _FINE:
            # What was told of the printer is past, and must not stand there any longer.
            self.done(f"“{job.printer}”好了：{word(job.state)}（{job.paper[-5:]}）。")

    def _tell_sight(self, job: PrintJob) -> None:
        seen = self.sight(job)
        if seen is None:
            return
        before, self._told_sights[job.printer] = self._told_sights.get(job.printer, "idle"), seen.id
        if seen.id in _FINE and before not in _FINE:
            self.done(f"“{job.printer}”好了：{seen.what}。")
        elif seen.id not in _FINE and seen.id != before:
            self.attention(f"“{job.printer}”：{seen.what}。{seen.next}")
