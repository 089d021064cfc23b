"""What becomes of a scan: it is asked what it means, told, logged, and used by the screen it belongs to."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from workstation.domain.words import word
from workstation.errors import Explained
from workstation.policies import ScannerPolicy
from workstation.screens.base import CounterScreen, Dialog
from workstation.screens.performing import Performing

if TYPE_CHECKING:
    from workstation.acts.scanning import Scanned, Taken
    from workstation.domain.bursts import Verdict
    from workstation.domain.grades import Grade


class Taking(Performing):
    """An application that knows what to do with a scan."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._taken: Taken | None = None
        self._symbols: tuple[str, ...] = ()
        """What has been scanned of a packing list that has several QR codes."""

    @property
    def scanner_policy(self) -> ScannerPolicy:
        """How the scanner behaves at this window."""
        raise NotImplementedError

    def tell(self, look: str, sign: str, word_: str, text: str) -> None:
        """Say something in the line below."""
        raise NotImplementedError

    def go(self, name: str, **given: Any) -> None:
        """Open a screen."""
        raise NotImplementedError

    def trouble(self, error: Explained) -> None:
        """Say what could not be asked."""
        raise NotImplementedError

    def scanned(self, text: str) -> None:
        """A scan has come: ask what it means, tell it, and let a screen use it."""
        top = self._counter_screen()
        expecting = top.expects_waybill if top else False
        self.run_worker(self._scanned(text, expecting), group="scans")

    async def _scanned(self, text: str, expecting: bool) -> None:
        from workstation.acts import scanning
        from workstation.domain.grades import Grade

        previous, at, repeat = self._taken, round(time.monotonic() * 1000), self.scanner_policy.repeat_ms
        taken = await self.look(
            lambda desk: scanning.take(
                desk, text, at_ms=at, expecting_waybill=expecting, previous=previous, repeat_ms=repeat
            )
        )
        self._told_scan(taken)
        if taken.scanned is not None and taken.grade == Grade.RECOGNISED:
            self._use(taken.scanned)

    def half_scanned(self, verdict: Verdict) -> None:
        """What came was no whole scan: it is told and logged, and moves nothing."""
        self.run_worker(self._half(verdict), group="scans")

    async def _half(self, verdict: Verdict) -> None:
        from workstation.acts import scanning
        from workstation.domain.bursts import Outcome

        unfinished, previous = verdict.outcome == Outcome.ENDED_UNFINISHED, self._taken
        taken = await self.look(
            lambda desk: scanning.take_unread(
                desk, verdict.text, length=verdict.length, unfinished=unfinished, previous=previous
            )
        )
        self._told_scan(taken)

    def _told_scan(self, taken: Taken) -> None:
        self._taken = taken
        unlogged = f"（没有记入扫描记录：{taken.unlogged.why}）" if taken.unlogged else ""
        self.tell_grade(taken.grade, taken.text + unlogged)

    def tell_grade(self, grade: Grade, text: str) -> None:
        """How a scan came out, in the line below: by word, sign, colour and bells."""
        from workstation.domain.grades import SIGNALS

        signal = SIGNALS[grade]
        self.tell(signal.colour, signal.sign, signal.word, text)
        for count in range(signal.bells):
            self.set_timer(0.15 * count + 0.01, self.bell)

    def _use(self, scanned: Scanned) -> None:
        for screen in reversed(self.screen_stack):
            if isinstance(screen, CounterScreen | Dialog) and screen.take_scan(scanned):
                return
            if isinstance(screen, CounterScreen):
                break
        if isinstance(self.screen, CounterScreen) and scanned.kind == "foreign_manifest":
            self.run_worker(self._show_list(scanned.symbol), group="scans")
        elif isinstance(self.screen, CounterScreen):
            self._open_scanned(scanned)
        else:
            self.attention(f"扫到{word(scanned.kind)} {scanned.object or scanned.code}；请先关闭这个对话框。")

    async def _show_list(self, symbol: str) -> None:
        """A packing list of another hall: to read, once all of its QR codes have been scanned."""
        from workstation.acts import manifests
        from workstation.screens.dialogs import Reading

        symbols = self._symbols = manifests.gathered(self._symbols, symbol)
        missing, count = manifests.still_missing(symbols)
        if missing:
            absent = "、".join(map(str, missing))
            self.attention(f"这是内件清单二维码，共 {count} 个；请接着扫第 {absent} 个。")
            return
        self._symbols = ()
        try:
            text = await self.look(lambda desk: manifests.sheet(manifests.received(desk, symbols)))
        except Explained as error:
            self.trouble(error)
        else:
            self.push_screen(Reading("这是内件清单二维码", text))

    def _open_scanned(self, scanned: Scanned) -> None:
        """Where a scan leads that no screen was waiting for: to look at, never to do."""
        if scanned.kind == "badge":
            self.go("courier", badge=scanned.code)
        elif scanned.kind in ("batch", "handover_sheet"):
            self.go("courier", number=scanned.object)
        else:
            # A waybill is no number of ours; anything else is found by what was scanned.
            self.go("case", number=scanned.object if scanned.kind == "waybill" else scanned.code)

    def _counter_screen(self) -> CounterScreen | None:
        found: list[Screen[Any]] = [s for s in reversed(self.screen_stack) if isinstance(s, CounterScreen)]
        return found[0] if found and isinstance(found[0], CounterScreen) else None
