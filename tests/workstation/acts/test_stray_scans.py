"""Ten thousand bursts, clean and spoilt in every way known: none leads to what was not printed, none writes.

The keys go through `Bursts` as a terminal gives them, what ends goes to the resolver of a hall at work.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

import pytest
from stdnum.iso7064 import mod_11_10

from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, a_case, an_envelope, badge, head
from tests.engines import HALL
from tests.lengths import often
from workstation.acts import handover, packing, scan_log, scanning, verification
from workstation.acts.desk import Desk
from workstation.acts.scanning import Taken
from workstation.domain.bursts import Bursts, Outcome
from workstation.domain.case import CaseState
from workstation.domain.codes import LENGTH, HallCode, Kind, compose
from workstation.domain.envelope import EnvelopeState
from workstation.domain.grades import Grade
from workstation.errors import Refused
from workstation.policies import ScannerPolicy

SEED, BURSTS = 20261120, often(10_000, 1_500)
STX = "\x02"
#: Two digits from the next: with no public check digit, one misread digit of a waybill shows nowhere.
OTHER_WAYBILL, STRAY_WAYBILL = "1136281381756", "9876543210987"
ENDS = {"\r": "enter", "\t": "tab"}
FAILED = (Outcome.ENDED_UNREADABLE, Outcome.ENDED_UNFINISHED)


@dataclass(frozen=True)
class Hall:
    """A hall at work, and what each code printed in it or brought to it leads to; "" for nothing."""

    desk: Desk
    truth: Mapping[str, str]

    def pick(self, random: Random) -> str:
        """One of the codes."""
        return random.choice(sorted(self.truth))


@dataclass
class Line:
    """Keys on their way to the terminal: character and time."""

    random: Random
    hall: Hall
    at: float
    prefix: str = ""
    keys: list[tuple[str, float]] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    """The codes that really lay under the scanner."""

    def code(self) -> str:
        """The text of a code that lies under the scanner now."""
        self.printed.append(self.hall.pick(self.random))
        return self.printed[-1]

    def send(self, text: str, pause: float = 0) -> None:
        """Send this text as quickly as a scanner does."""
        gap = self.random.choice([0, 0.5, 2, 8, 25])
        for n, character in enumerate(text):
            self.at += gap if n else pause
            self.keys.append((character, self.at))

    def end(self) -> None:
        """Send the ending of a scan."""
        self.send(self.random.choice(["\r", "\r", "\t"]), self.random.choice([0, 2, 25]))


# --- what can happen to a scan


def clean(line: Line) -> None:
    """Nothing."""
    line.send(line.prefix + line.code())
    line.end()


def full_width(line: Line) -> None:
    """The input method stands in full width."""
    line.send(line.prefix + "".join(chr(ord(c) + 0xFEE0) for c in line.code()))
    line.end()


def aim(line: Line) -> None:
    """The scanner names the symbology."""
    line.send(f"{line.prefix}]C1{line.code()}")
    line.end()


def split(line: Line) -> None:
    """The line falters at some place, before the Enter too."""
    text = line.prefix + line.code()
    place = line.random.randint(1, len(text))
    line.send(text[:place])
    line.send(f"{text[place:]}\r", line.random.choice([10, 31, 60, 140, 300, 490]))


def shattered(line: Line) -> None:
    """It falters again and again."""
    rest = line.prefix + line.code() + "\r"
    while rest:
        place = line.random.randint(1, 9)
        line.send(rest[:place], line.random.choice([0, 35, 120, 400]))
        rest = rest[place:]


def merged(line: Line) -> None:
    """The Enter between two scans is lost."""
    line.send(line.prefix + line.code())
    line.send(line.prefix + line.code(), line.random.choice([1, 25]))
    line.end()


def half_merged(line: Line) -> None:
    """A scan breaks off and another follows."""
    text = line.prefix + line.code()
    line.send(text[: line.random.randint(1, len(text))])
    line.send(line.prefix + line.code(), line.random.choice([1, 25, 60, 250]))
    line.end()


def doubled(line: Line) -> None:
    """The trigger is held and the Enter lost."""
    text = line.prefix + line.code()
    line.send(text + text)
    line.end()


def twice(line: Line) -> None:
    """The same label is read again at once."""
    text = line.prefix + line.code()
    line.send(f"{text}\r{text}")
    line.end()


def dropped(line: Line) -> None:
    """A character is lost."""
    text = line.prefix + line.code()
    place = line.random.randrange(len(text))
    line.send(text[:place] + text[place + 1 :])
    line.end()


def changed(line: Line) -> None:
    """A character is another."""
    text = line.code()
    place = line.random.randrange(len(text))
    other = line.random.choice([c for c in "0123456789AE" if c != text[place]])
    line.send(line.prefix + text[:place] + other + text[place + 1 :])
    line.end()


def swapped(line: Line) -> None:
    """Two neighbours have changed places, where the check digit sees it: serials 1 and 10 may share one."""
    text = line.code()
    places = [n for n in range(len(text) - 1) if len(text) != LENGTH or not is_number(exchanged(text, n))]
    line.send(line.prefix + exchanged(text, line.random.choice(places)))
    line.end()


def exchanged(text: str, place: int) -> str:
    """The text with the characters at this place and the next exchanged."""
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def is_number(text: str) -> bool:
    """Whether these are the digits of an own number, check digit and all."""
    return text[-1] == mod_11_10.calc_check_digit(text[:-1])


def typed_before(line: Line) -> None:
    """A person's key comes right before the scan."""
    line.send(line.random.choice(["7", "1", "a", "12", "E", "135"]))
    line.send(line.prefix + line.code(), line.random.choice([1, 15, 28]))
    line.end()


def chinese_between(line: Line) -> None:
    """The input method makes a word of some of it."""
    text = line.prefix + line.code()
    place = line.random.randint(0, len(text))
    line.send(text[:place] + line.random.choice(["收", "额头", "𠮷"]) + text[place:])
    line.end()


def unfinished(line: Line) -> None:
    """The input method has eaten the Enter."""
    line.send(line.prefix + line.code())


def interleaved(line: Line) -> None:
    """Two scanners send at once."""
    one, two = f"{line.prefix}{line.code()}\r", f"{line.prefix}{line.code()}\r"
    mixed = ""
    while one or two:
        if one and (not two or line.random.random() < 0.5):
            mixed, one = mixed + one[0], one[1:]
        else:
            mixed, two = mixed + two[0], two[1:]
    line.send(mixed)


ACCIDENTS: tuple[Callable[[Line], None], ...] = (
    clean, full_width, aim, split, shattered, merged, half_merged, doubled, twice, dropped, changed, swapped,
    typed_before, chinese_between, unfinished, interleaved,
)  # fmt: skip
#: These are whole: what lay under the scanner is found.
WHOLE = (clean, full_width, aim, twice)


@pytest.fixture
def hall(desk: Desk) -> Hall:
    """Cases in several states, envelopes, lists, slips, batches, badges, waybills, void and foreign codes."""
    cases = [a_case(desk, state).number for state in (CaseState.REGISTERED, CaseState.REVIEWED) * 3]
    envelopes = [an_envelope(desk, EnvelopeState.SEALED).number for _ in range(5)]
    void = an_envelope(desk).number
    packing.void(builders.with_second(desk), void, reason="damaged")
    batches = [builders.handed_over(desk, envelopes[0]).number, handover.open_batch(desk, badge(desk)).number]
    handover.scan_envelope(desk, batches[1], face=envelopes[1], waybill=WAYBILL)
    handover.scan_envelope(desk, batches[1], face=envelopes[2], waybill=OTHER_WAYBILL)
    faces = [paper.number for number in (*envelopes, *cases) for paper in builders.papers_of(desk, number)]
    day = datetime.date(2026, 11, 20)
    strangers = [
        compose(Kind.CASE, HallCode(division, digit), window=1, day=day, serial=1)
        for division, digit in ((HALL.division, 9), ("110101", 1), (HALL.division, 2))
    ]
    never = compose(Kind.CASE, HallCode(HALL.division, HALL.digit), window=9, day=day, serial=1)
    brought = [WAYBILL, OTHER_WAYBILL, STRAY_WAYBILL, RETURN_WAYBILL]
    everything = {*cases, *faces, *batches, *brought, *strangers, never, void, badge(desk)}
    return Hall(desk, {code: leads_to(desk, code) for code in everything})


def leads_to(desk: Desk, code: str) -> str:
    """What a code leads to when it is scanned as it should be."""
    try:
        return scanning.scan(desk, code).object
    except Refused:
        return ""


@dataclass
class Window:
    """One window: its bursts, what was taken, and the Enters that went on to whatever had the focus."""

    hall: Hall
    bursts: Bursts
    taken: list[Taken] = field(default_factory=list)
    pressed: int = 0

    def hears(self, line: Line, *, expecting: bool) -> list[Taken]:
        """All keys of a line, and then silence; gives what was taken of them."""
        before = len(self.taken)
        for character, at in line.keys:
            verdict = self.bursts.key(character, ENDS.get(character, character), at)
            self.pressed += character in ENDS and not verdict.swallow
            self._take(verdict.outcome, verdict.text, at, expecting)
        verdict = self.bursts.silence(line.at + 2500)
        self._take(verdict.outcome, verdict.text, line.at, expecting)
        return self.taken[before:]

    def _take(self, outcome: Outcome, text: str, at: float, expecting: bool) -> None:
        desk, previous = self.hall.desk, self.taken[-1] if self.taken else None
        if outcome == Outcome.ENDED_AS_SCAN:
            taken = scanning.take(desk, text, at_ms=round(at), expecting_waybill=expecting, previous=previous)
            self.taken.append(taken)
        elif outcome in FAILED:
            late = outcome == Outcome.ENDED_UNFINISHED
            self.taken.append(scanning.take_unread(desk, text, unfinished=late, previous=previous))


def is_stray(hall: Hall, line: Line, taken: Taken) -> bool:
    """Whether a scan led to something that did not lie under the scanner, or elsewhere than it leads.

    A new waybill leads to nothing until it has been read twice; but nothing else is ever taken for one.
    """
    scanned = taken.scanned
    if scanned is None:
        return False
    if scanned.state == "unbound":
        return not any(len(code) == len(scanned.code) for code in line.printed)
    return scanned.code not in line.printed or scanned.object != hall.truth[scanned.code]


@pytest.mark.long
@pytest.mark.parametrize("prefix", [None, STX, "~#"])
def test_no_stray_scan_leads_anywhere_and_nothing_is_written(hall: Hall, prefix: str | None) -> None:
    """Of all bursts none is taken for another code; the journal stands still and verifies; each is logged."""
    random = Random(f"{SEED} {prefix}")
    window = Window(hall, Bursts(ScannerPolicy(prefix=prefix)))
    before, at = head(hall.desk), 0.0
    found: Counter[str] = Counter()

    for n in range(BURSTS // 3 + 1):
        accident = ACCIDENTS[n % len(ACCIDENTS)]
        at += random.choice([3000, 5000, 20_000])
        line = Line(random, hall, at, prefix or "")
        accident(line)
        taken = window.hears(line, expecting=random.random() < 0.3)
        at = line.at

        strays = [each for each in taken if is_stray(hall, line, each)]
        assert strays == [], (accident.__name__, line.printed)
        found[accident.__name__] += any(each.scanned for each in taken)
        if accident in WHOLE and hall.truth[line.printed[0]]:
            assert taken[0].grade == Grade.RECOGNISED, line.keys

    assert head(hall.desk) == before
    assert verification.verify(hall.desk).verified
    assert len(scan_log.listed(hall.desk, count=BURSTS * 2)) == len(window.taken)
    assert all(found[accident.__name__] for accident in WHOLE)


def test_no_enter_of_a_scan_presses_a_button(hall: Hall) -> None:
    """Whatever has happened to it, unless it came word by word or by threes and fours, as typing does."""
    window, random, at = Window(hall, Bursts(ScannerPolicy())), Random(SEED), 0.0

    for n in range(100 * len(ACCIDENTS)):
        accident = ACCIDENTS[n % len(ACCIDENTS)]
        line = Line(random, hall, at + 3000)
        if accident not in (chinese_between, shattered):
            accident(line)
        window.hears(line, expecting=False)
        at = line.at

        assert window.pressed == 0, (accident.__name__, line.keys)
