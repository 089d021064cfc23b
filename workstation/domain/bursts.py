"""Tells a scanner's burst of keys from typing. Pure: keys with their times in, verdicts out.

Every key passes on at once; only when a burst proves to be a scan at its Enter or Tab does the screen give
the focused input back what it held. What a code means lives in `scans`. Nothing is ever guessed from a part.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from workstation.domain import codes, manifest, scans

#: After so long without a key a code without its Enter is told.
SILENCE_MS = 150
#: Pieces no further apart may be one scan that a slow line has torn.
TORN_MS = 500
#: A scan that began with the prefix may pause so long: a terminal at the end of a bad line.
PREFIXED_SILENCE_MS = 2_000
#: What is kept of one burst, a packing list and what may stand around it; more is only counted.
LONGEST = manifest.LONGEST + 16
#: How many keys are kept for the eyes of whoever sets up a scanner.
TRACED = 80

_ENDS = frozenset({"enter", "tab", "ctrl+j", "ctrl+m", "ctrl+i", "newline"})
#: What frames a code or parts it: SOH, STX, ETX, EOT, and the separators FS, GS, RS, US.
_FRAMES = frozenset("\x01\x02\x03\x04\x1c\x1d\x1e\x1f")
_DOMESTIC = 13
#: A burst that begins as a packing list and is longer than any number is one: nobody types that.
_LISTING = codes.LENGTH + 4


class Policy(Protocol):
    """How this window's scanner behaves; `settings.ScannerPolicy` is one."""

    @property
    def gap_ms(self) -> int:
        """Keys no further apart come from one burst."""

    @property
    def shortest(self) -> int:
        """So many keys at that speed are no person's."""

    @property
    def prefix(self) -> str | None:
        """What the scanner sends before each code, if it has been told to."""


class Outcome(StrEnum):
    """What a key makes of what came before it."""

    TYPING = "typing"
    """Nothing for us."""
    BEGUN = "begun"
    """The first key of what may become a burst: what the focused input holds now is worth keeping."""
    GOES_ON = "goes_on"
    """One more of it."""
    ENDED_AS_SCAN = "ended_as_scan"
    """A whole code: the input gets back what it held at the latest BEGUN; the text goes to the resolver."""
    ENDED_UNREADABLE = "ended_unreadable"
    """As only a scanner sends, but not one whole code: what was typed stays, and it is told."""
    ENDED_UNFINISHED = "ended_unfinished"
    """A whole code without its Enter: what was typed stays, and it is told."""


@dataclass(frozen=True)
class Verdict:
    """One key judged."""

    outcome: Outcome
    text: str = field(default="", repr=False)
    """What was sent, up to `LONGEST` characters; only of what has ended."""
    length: int = 0
    """How many characters that was in all."""
    swallow: bool = False
    """The key goes no further: the ending of a scan, or a control character of the prefix."""


@dataclass(frozen=True)
class Heard:
    """One key as it came, for setting up a scanner."""

    name: str
    """Empty, as `code` is None, for a key that stood alone: somebody typed it, and it may be a password."""
    code: int | None
    gap_ms: float
    outcome: Outcome


@dataclass
class _Run:
    """Keys in quick succession since the last pause."""

    settled: bool
    """No loose character came shortly before it."""
    torn: int = 0
    """Characters of the pieces shortly before it that were not ended."""
    quickest: int = 0
    """Keys of the longest of those pieces."""
    prefixed: bool = False
    certain: bool = False
    """The prefix was one that no person types."""
    foreign: bool = False
    """Holds what no scanner sends."""
    length: int = 0
    kept: list[str] = field(default_factory=list)
    listing: bool = False
    """It has become as long as only a packing list is; a slow line may pause in it."""

    def take(self, character: str | None) -> None:
        """One more key."""
        self.length += 1
        self.foreign = self.foreign or character is None
        if character is not None and len(self.kept) < LONGEST:
            self.kept.append(character)
        if self.length == _LISTING:
            self.listing = not self.foreign and manifest.is_marked(scans.clean(self.text))

    @property
    def text(self) -> str:
        """What was sent."""
        return "".join(self.kept)

    @property
    def is_code(self) -> bool:
        """Whether it is one whole code and nothing else."""
        if self.foreign or self.length > LONGEST:
            return False
        if self.prefixed and codes.is_pickup_code(scans.clean(self.text)):
            return True  # without a prefix five digits may be typed as quickly
        if not reads_as_code(self.text):
            return False
        # Thirteen digits carry no check digit, and a torn own number ends in them: silence tells them whole.
        return self.settled or not _is_domestic(scans.clean(self.text))

    @property
    def speed(self) -> int:
        """How many keys came quickly; a key held down is one."""
        return self.length if len(set(self.kept)) > 1 else 1

    def is_sent(self, shortest: int) -> bool:
        """Whether it is as long as only a scanner is."""
        return not self.foreign and self.speed >= shortest

    def is_torn(self, shortest: int) -> bool:
        """Whether it is the last piece of what a slow line has torn."""
        whole = self.torn + self.length
        return not self.foreign and whole >= shortest and 2 * max(self.quickest, self.speed) >= shortest


class Bursts:
    """The keys of one window, one after the other."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._run: _Run | None = None
        self._former: _Run | None = None
        """What ended unread just now: the next may be the rest of it."""
        self._last = self._loose = -math.inf
        self._matched = 0
        """How many characters of the prefix have just come."""
        self._ending_ms = -math.inf
        """For so long after the last key an Enter still belongs to what has been told (CR LF)."""
        self._heard: deque[Heard] = deque(maxlen=TRACED)
        self._hidden: Heard | None = None
        self.watched = False
        """Somebody sets up a scanner: keys that stand alone are kept too."""

    def key(self, character: str | None, name: str, at_ms: float) -> Verdict:
        """Judge one key: `character` and `name` as the terminal gives them, `at_ms` when it was read."""
        gap, self._last = at_ms - self._last, at_ms
        verdict = self._end(gap) if name in _ENDS else self._more(_sendable(character, name), gap)
        self._note(Heard(name, ord(character[0]) if character else None, gap, verdict.outcome))
        return verdict

    def silence(self, at_ms: float) -> Verdict:
        """Judge that no key has come until now; asked `silence_ms` after the last key."""
        run = self._run
        if run is None or at_ms - self._last < self.silence_ms:
            return Verdict(Outcome.TYPING)
        if not (run.is_code or (run.certain and run.length)):
            return Verdict(Outcome.TYPING)
        self._run, self._loose, self._ending_ms = None, self._last, TORN_MS
        return Verdict(Outcome.ENDED_UNFINISHED, run.text, run.length)

    @property
    def silence_ms(self) -> int:
        """How long after the last key `silence` is worth asking."""
        return PREFIXED_SILENCE_MS if self._run and self._run.prefixed else SILENCE_MS

    @property
    def trace(self) -> tuple[Heard, ...]:
        """The latest keys, oldest first."""
        return tuple(self._heard)

    def _more(self, character: str | None, gap: float) -> Verdict:
        self._ending_ms = -math.inf
        run, before = self._run, self._loose
        self._loose = self._last
        if run is not None and (run.prefixed or run.listing) and gap <= self._patience(run):
            run.take(character)
            return Verdict(Outcome.GOES_ON)
        goes_on = run is not None and gap <= self._policy.gap_ms
        if run is None or not goes_on:
            self._run = run = self._begun(run or self._former, gap, since=self._last - before)
        run.take(character)
        prefix = self._prefixed(character, gap)
        if prefix is not None:
            return prefix
        if run.foreign:
            return Verdict(Outcome.TYPING)
        return Verdict(Outcome.GOES_ON if goes_on else Outcome.BEGUN)

    @staticmethod
    def _begun(former: _Run | None, gap: float, *, since: float) -> _Run:
        """A new run, which may go on where a former one was torn off."""
        run = _Run(settled=since > TORN_MS)
        if former is not None and gap <= TORN_MS and not former.foreign:
            run.torn, run.quickest = former.torn + former.length, max(former.quickest, former.speed)
        return run

    def _prefixed(self, character: str | None, gap: float) -> Verdict | None:
        """What a key of the prefix makes of it; with its last one the scan begins, whatever was before."""
        prefix = self._policy.prefix
        if not prefix or character is None:
            self._matched = 0
            return None
        going = self._matched and gap <= PREFIXED_SILENCE_MS and character == prefix[self._matched]
        if not going and character != prefix[0]:
            self._matched = 0
            return None
        self._matched = self._matched + 1 if going else 1
        if self._matched == len(prefix):
            self._matched = 0
            self._run = _Run(settled=True, prefixed=True, certain=prefix[0] in _FRAMES)
        return Verdict(Outcome.GOES_ON if going else Outcome.BEGUN, swallow=character in _FRAMES)

    def _end(self, gap: float) -> Verdict:
        run, self._run, self._former, self._matched = self._run, None, None, 0
        if run is None:
            echo = gap <= self._ending_ms
            self._ending_ms = self._policy.gap_ms if echo else -math.inf
            return Verdict(Outcome.GOES_ON if echo else Outcome.TYPING, swallow=echo)
        outcome = self._outcome(run, gap)
        if outcome == Outcome.TYPING:
            return Verdict(outcome)
        self._ending_ms = self._policy.gap_ms
        if outcome == Outcome.ENDED_AS_SCAN:
            self._loose = -math.inf
        else:
            self._former = run
        return Verdict(outcome, run.text, run.length, swallow=True)

    def _outcome(self, run: _Run, gap: float) -> Outcome:
        in_time, shortest = gap <= self._patience(run), self._policy.shortest
        if in_time and run.is_code:
            return Outcome.ENDED_AS_SCAN
        sent = in_time and (run.certain or run.is_sent(shortest))
        # Its Enter would press whatever button has the focus.
        if sent or (gap <= TORN_MS and run.is_torn(shortest)):
            return Outcome.ENDED_UNREADABLE
        return Outcome.TYPING

    def _patience(self, run: _Run) -> int:
        if run.prefixed:
            return PREFIXED_SILENCE_MS
        return TORN_MS if run.listing else self._policy.gap_ms

    def _note(self, heard: Heard) -> None:
        """Keep a key; one that stands alone is shown only when another comes quickly after it."""
        quick = heard.gap_ms <= self._policy.gap_ms
        if quick and self._hidden is not None:
            self._heard[-1] = self._hidden
        shown = quick or self.watched or heard.name in _ENDS
        self._hidden = None if shown else heard
        self._heard.append(heard if shown else replace(heard, name="", code=None))


def reads_as_code(text: str) -> bool:
    """Whether this is, by its form, one whole code: own number, S10, 13 domestic digits, or a list."""
    cleaned = scans.clean(text)
    if manifest.is_marked(cleaned):
        return _is_listing(cleaned)
    if _is_domestic(cleaned) or scans.s10_is_valid(cleaned):
        return True
    try:
        codes.parse(cleaned)
    except codes.NotANumber:
        return False
    return True


def _is_listing(cleaned: str) -> bool:
    try:
        manifest.part(cleaned)
    except manifest.UnknownVersion:
        return True
    except manifest.ManifestError:
        return False
    return True


def _is_domestic(cleaned: str) -> bool:
    return len(cleaned) == _DOMESTIC and cleaned.isascii() and cleaned.isdigit()


def _sendable(character: str | None, name: str) -> str | None:
    """The character, if it is one that scanners send: printable ASCII, also in full width, or a frame."""
    if character is None or len(character) != 1:
        return None
    if character in _FRAMES:
        return character
    plain = "!" <= character <= "~" or "\uff01" <= character <= "\uff5e"
    # `alt+1`, `ctrl+…`: a person's chord, whatever character comes with it.
    return character if plain and not ("+" in name and len(name) > 1) else None
