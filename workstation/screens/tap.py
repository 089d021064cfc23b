"""The tap above all widgets: every key passes, and when a burst of them proves to be a scan it becomes one.

Widgets read their keys from queues of their own, so what one held is noted and given back in its queue too:
between the same two keys, however late it comes to them.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.widget import Widget

if TYPE_CHECKING:
    from workstation.domain.bursts import Bursts, Policy, Verdict
    from workstation.widgets.held import Restore


def read_at(event: events.Key) -> float:
    """When the terminal gave this key, in milliseconds of a steady clock."""
    return event.time * 1000


class ScanTap(App[int]):
    """An application whose keys are listened to before any widget has them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.bursts: Bursts | None = None
        """None: nobody can scan yet."""
        self.key_time: Callable[[events.Key], float] = read_at
        self.silence_time: Callable[[], float] = lambda: time.monotonic() * 1000
        self._held: list[Restore] = []
        self._holder: Widget | None = None
        self._listening = False

    def listen(self, policy: Policy) -> None:
        """Begin to tell scans from typing."""
        # Loaded with the hall: nobody scans at the sign-in, which is painted before.
        from workstation.domain.bursts import Bursts

        self.bursts = Bursts(policy)

    @property
    def may_scan(self) -> bool:
        """Whether scans are listened to: not where a password is asked for."""
        return self.bursts is not None

    def scanned(self, text: str) -> None:
        """A scan has come."""
        raise NotImplementedError

    def half_scanned(self, verdict: Verdict) -> None:
        """Something has come that is no whole scan, and no typing either."""
        raise NotImplementedError

    async def on_event(self, event: events.Event) -> None:
        """Listen to each key once, before it goes where it belongs."""
        if isinstance(event, events.Key) and not event.is_forwarded and self._is_taken(event):
            return
        await super().on_event(event)

    def _is_taken(self, event: events.Key) -> bool:
        if self.bursts is None or not self.may_scan:
            return False
        from workstation.domain.bursts import Outcome

        verdict = self.bursts.key(event.character, event.key, self.key_time(event))
        match verdict.outcome:
            case Outcome.BEGUN:
                self._note_what_is_held()
            case Outcome.GOES_ON:
                self._wait_for_silence()
            case Outcome.ENDED_AS_SCAN:
                self._give_back()
                self.call_later(self.scanned, verdict.text)
            case Outcome.ENDED_UNREADABLE:
                self.call_later(self.half_scanned, verdict)
        return verdict.swallow

    def _note_what_is_held(self) -> None:
        from workstation.widgets.held import hold

        held: list[Restore] = []
        self._holder, self._held = self.focused, held
        if self._holder is not None:
            holder = self._holder
            holder.call_later(lambda: held.append(hold(holder)))

    def _give_back(self) -> None:
        held = self._held
        if self._holder is not None:
            self._holder.call_later(lambda: [restore() for restore in held])

    def _wait_for_silence(self) -> None:
        if not self._listening and self.bursts:
            self._listening = True
            self.set_timer(self.bursts.silence_ms / 1000 + 0.02, self._after_silence)

    def _after_silence(self) -> None:
        from workstation.domain.bursts import Outcome

        self._listening = False
        verdict = self.bursts.silence(self.silence_time()) if self.bursts else None
        if verdict and verdict.outcome == Outcome.ENDED_UNFINISHED:
            self.half_scanned(verdict)
