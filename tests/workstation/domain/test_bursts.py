"""A scanner's burst is told from typing by its keys and their times, and never guessed from a part of it."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_97_10

from tests.workstation.domain.lists import a_list
from workstation.domain import bursts, manifest
from workstation.domain.bursts import Bursts, Outcome, Verdict
from workstation.domain.codes import HallCode, Kind, compose, pickup_code
from workstation.policies import ScannerPolicy

CASE = compose(Kind.CASE, HallCode("350102", 1), window=1, day=datetime.date(2026, 11, 20), serial=7)
OTHER = compose(Kind.ENVELOPE, HallCode("350102", 1), window=1, day=datetime.date(2026, 11, 20), serial=3)
S10 = "EE123456785CN"
DOMESTIC = "1136281381675"
STX = "\x02"

Key = tuple[str | None, str, float]


def name_of(character: str) -> str:
    """The name a terminal gives to the key of a character."""
    return {
        "\r": "enter",
        "\t": "tab",
        "\n": "ctrl+j",
        STX: "ctrl+b",
        "\x1d": "ctrl+right_square_bracket",
    }.get(character, character)


def sent(text: str, at: float = 1000, gap: float = 2) -> list[Key]:
    """Keys one after the other, this far apart."""
    return [(c, name_of(c), at + n * gap) for n, c in enumerate(text)]


def in_turn(*pieces: tuple[str, float, float]) -> list[Key]:
    """Several pieces: text, pause before its first key, and gap between its keys."""
    keys: list[Key] = []
    at = 1000.0
    for text, pause, gap in pieces:
        at += pause
        keys += sent(text, at, gap)
        at += (len(text) - 1) * gap
    return keys


def judged(keys: Iterable[Key], policy: ScannerPolicy = ScannerPolicy()) -> list[Verdict]:  # noqa: B008 - frozen
    """The verdict on each key."""
    heard = Bursts(policy)
    return [heard.key(*key) for key in keys]


def ended(verdicts: Sequence[Verdict]) -> list[tuple[Outcome, str]]:
    """What has ended, as a scan or unreadable."""
    over = (Outcome.ENDED_AS_SCAN, Outcome.ENDED_UNREADABLE, Outcome.ENDED_UNFINISHED)
    return [(v.outcome, v.text) for v in verdicts if v.outcome in over]


def wide(text: str) -> str:
    """The text as an input method in full-width mode gives it."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


@pytest.mark.parametrize(
    "text", [CASE, S10, S10.lower(), DOMESTIC, wide(CASE), f"]C1{CASE}", f"{STX}{CASE}\x1d"]
)
@pytest.mark.parametrize("end", ["\r", "\t", "\n"])
@pytest.mark.parametrize("gap", [0, 2, 30])
def test_a_code_with_its_ending_is_a_scan(text: str, end: str, gap: float) -> None:
    """However it is written and ended, as long as the keys are no further apart than a scanner's."""
    verdicts = judged(sent(text + end, gap=gap))

    assert [v.outcome for v in verdicts[:-1]] == [Outcome.BEGUN] + [Outcome.GOES_ON] * (len(text) - 1)
    assert verdicts[-1] == Verdict(Outcome.ENDED_AS_SCAN, text, len(text), swallow=True)
    assert not any(v.swallow for v in verdicts[:-1])


@pytest.mark.parametrize("gap", [31, 80, 400])
@pytest.mark.parametrize("text", [CASE, S10, DOMESTIC, "林示例", "350102199001011234"])
def test_typing_is_typing(text: str, gap: float) -> None:
    """A code typed by hand goes into the field, and its Enter too."""
    verdicts = judged(sent(f"{text}\r", gap=gap))

    assert ended(verdicts) == []
    assert not any(v.swallow for v in verdicts)


def test_every_key_after_a_pause_may_begin_a_burst() -> None:
    """What the input holds then is what a scan gives back: the typing before it stays."""
    verdicts = judged(in_turn(("abc", 0, 80), (f"{CASE}\r", 200, 2), ("de", 200, 90)))

    begun = [n for n, v in enumerate(verdicts) if v.outcome == Outcome.BEGUN]
    assert begun == [0, 1, 2, 3, 24, 25]
    assert ended(verdicts) == [(Outcome.ENDED_AS_SCAN, CASE)]


@pytest.mark.parametrize("code", [CASE, S10, DOMESTIC])
@pytest.mark.parametrize("pause", [1, 20, 100])
def test_two_scans_back_to_back_are_two(code: str, pause: float) -> None:
    """Nothing need lie between them but the ending of the first."""
    verdicts = judged(in_turn((f"{OTHER}\r", 0, 1), (f"{code}\r", pause, 1)))

    assert ended(verdicts) == [(Outcome.ENDED_AS_SCAN, OTHER), (Outcome.ENDED_AS_SCAN, code)]


@pytest.mark.parametrize("ending", ["\r\n", "\r\r", "\t\r"])
def test_a_doubled_ending_is_swallowed(ending: str) -> None:
    """The second one would press the button that has the focus; a later one is a person's."""
    heard = Bursts(ScannerPolicy())
    verdicts = [heard.key(*key) for key in sent(CASE + ending)]
    later = [heard.key("\r", "enter", 5000), heard.key("\r", "enter", 5010)]

    assert verdicts[-1] == Verdict(Outcome.GOES_ON, swallow=True)
    assert later == [Verdict(Outcome.TYPING)] * 2


@pytest.mark.parametrize(
    "text",
    [
        f"a{CASE}",
        f"{CASE}7",
        CASE + OTHER,
        CASE + CASE,
        CASE[:-1] + str((int(CASE[-1]) + 1) % 10),
        CASE[1:],
        "EE123456784CN",
        "350102199001011234",
        "https://example.invalid/health?id=1",
        "1" + "23456789" * 400,
    ],
)
def test_a_burst_that_is_no_code_is_unreadable(text: str) -> None:
    """A person's key before it, two in one, a wrong digit: its ending is swallowed, what was typed stays."""
    verdicts = judged(sent(f"{text}\r"))

    assert verdicts[-1] == Verdict(Outcome.ENDED_UNREADABLE, text[: bursts.LONGEST], len(text), swallow=True)


@pytest.mark.parametrize(
    "text",
    [
        "123456789",
        "林示例广西南宁市青秀区示例路12号",
        f"收{CASE}",
        f"{CASE[:9]}件{CASE[9:]}",
        "0000000000000000",
        "",
        "中",
    ],
)
def test_what_scanners_do_not_send_is_typing(text: str) -> None:
    """Chinese from an input method, a few quick keys, a key held down: the Enter passes too."""
    verdicts = judged(sent(f"{text}\r"))

    assert ended(verdicts) == []
    assert not any(v.swallow for v in verdicts)


@pytest.mark.parametrize("key", [(None, "up"), ("\x7f", "backspace"), ("1", "alt+1"), ("\x1b", "escape")])
def test_a_key_that_is_no_characters_makes_a_burst_typing(key: tuple[str | None, str]) -> None:
    """Arrows, chords and Escape come from a person; what follows within the gap is not guessed at."""
    keys = [(*key, 1000.0), *sent(f"{CASE}\r", 1005)]

    assert ended(judged(keys)) == []


@pytest.mark.parametrize("place", range(1, len(CASE) + 1))
@pytest.mark.parametrize("pause", [31, 140, 450])
def test_a_torn_code_is_never_a_scan(place: int, pause: float) -> None:
    """Split at any place, before the Enter too, it is told and its Enter presses nothing."""
    verdicts = judged(in_turn((CASE[:place], 0, 2), (f"{CASE[place:]}\r", pause, 2)))

    assert [outcome for outcome, _ in ended(verdicts)] == [Outcome.ENDED_UNREADABLE]
    assert verdicts[-1].swallow


def test_thirteen_digits_after_loose_keys_are_unreadable() -> None:
    """They carry no check digit: the tail of an own number looks the same, even behind an Enter."""
    tail = CASE[-13:]

    torn = judged(in_turn((CASE[:7], 0, 2), (f"{tail}\r", 300, 2)))
    behind = judged(in_turn((CASE + OTHER[:7] + "\r", 0, 2), (f"{OTHER[7:]}\r", 5, 2)))
    whole = judged(in_turn((CASE[:7], 0, 2), (f"{tail}\r", 501, 2)))

    assert ended(torn) == [(Outcome.ENDED_UNREADABLE, tail)]
    assert [outcome for outcome, _ in ended(behind)] == [Outcome.ENDED_UNREADABLE] * 2
    assert ended(whole) == [(Outcome.ENDED_AS_SCAN, tail)]


def test_the_rest_of_what_was_unreadable_presses_nothing() -> None:
    """Two scanners at once: whatever is left behind the first Enter is not typing."""
    mixed = "".join(itertools.chain.from_iterable(zip(CASE[:12], OTHER[:12], strict=True)))

    verdicts = judged(in_turn((f"{mixed}\r", 0, 1), ("12345\r", 1, 1)))

    assert [outcome for outcome, _ in ended(verdicts)] == [Outcome.ENDED_UNREADABLE] * 2
    assert verdicts[-1].swallow


def test_a_code_without_its_enter_is_told_after_a_silence() -> None:
    """Once, and the Enter that comes late is not a person's; one that comes later is."""
    heard = Bursts(ScannerPolicy())
    for key in sent(CASE, 1000, 2):
        heard.key(*key)

    assert heard.silence(1100).outcome == Outcome.TYPING
    assert heard.silence(1038 + heard.silence_ms) == Verdict(Outcome.ENDED_UNFINISHED, CASE, 20)
    assert heard.silence(2000).outcome == Outcome.TYPING
    assert heard.key("\r", "enter", 1300).swallow
    assert not heard.key("\r", "enter", 3000).swallow


@pytest.mark.parametrize("text", ["", "1", CASE[:15], f"{CASE}1", "林示例"])
def test_a_silence_after_anything_else_says_nothing(text: str) -> None:
    """What is still being typed is nobody's business."""
    heard = Bursts(ScannerPolicy())
    for key in sent(text):
        heard.key(*key)

    assert heard.silence(9000).outcome == Outcome.TYPING


def test_a_code_without_its_enter_does_not_spoil_the_next() -> None:
    """The next one has its own check digit and its own Enter."""
    verdicts = judged(in_turn((CASE, 0, 2), (f"{OTHER}\r", 200, 2)))

    assert ended(verdicts) == [(Outcome.ENDED_AS_SCAN, OTHER)]


def test_with_a_prefix_time_does_not_matter() -> None:
    """From the prefix to the Enter is one scan; the person's key before it stays typing."""
    policy = ScannerPolicy(prefix=STX)

    verdicts = judged(in_turn(("7", 0, 0), (f"{STX}{CASE}\r", 5, 90)), policy)

    assert [v.outcome for v in verdicts[:2]] == [Outcome.BEGUN, Outcome.BEGUN]
    assert [v.swallow for v in verdicts[:3]] == [False, True, False]
    assert ended(verdicts) == [(Outcome.ENDED_AS_SCAN, CASE)]


def test_a_printable_prefix_passes_on_and_is_given_back() -> None:
    """Nobody knows at its first key that it is one: that key begins the burst, and nothing of it is kept."""
    policy = ScannerPolicy(prefix="~#")

    verdicts = judged(in_turn((f"~#{CASE}\r", 0, 90)), policy)

    assert [v.outcome for v in verdicts[:3]] == [Outcome.BEGUN, Outcome.GOES_ON, Outcome.GOES_ON]
    assert not any(v.swallow for v in verdicts[:-1])
    assert ended(verdicts) == [(Outcome.ENDED_AS_SCAN, CASE)]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (f"{STX}{CASE}{STX}{OTHER}", Outcome.ENDED_UNREADABLE),
        (f"{STX}12", Outcome.ENDED_UNREADABLE),
        (f"{STX}{CASE[:5]}收{CASE[5:]}", Outcome.ENDED_UNREADABLE),
        (f"{STX}{DOMESTIC}", Outcome.ENDED_AS_SCAN),
        (f"{STX}{pickup_code(1234)}", Outcome.ENDED_AS_SCAN),
        (CASE, Outcome.ENDED_AS_SCAN),
    ],
)
def test_what_a_prefix_makes_of_a_burst(text: str, outcome: Outcome) -> None:
    """Two in one are no code; a scanner that has not been told the prefix still works by time."""
    verdicts = judged(sent(f"{text}\r"), ScannerPolicy(prefix=STX))

    assert [each for each, _ in ended(verdicts)] == [outcome]


def test_a_prefix_waits_for_two_seconds_and_not_for_ever() -> None:
    """After that the scan is told as unfinished, and the next key is typing."""
    heard = Bursts(ScannerPolicy(prefix=STX))
    for key in sent(STX + CASE[:8]):
        heard.key(*key)

    assert heard.silence_ms == bursts.PREFIXED_SILENCE_MS
    assert heard.silence(2900).outcome == Outcome.TYPING
    assert heard.silence(3100) == Verdict(Outcome.ENDED_UNFINISHED, CASE[:8], 8)
    assert heard.key("\r", "enter", 9000) == Verdict(Outcome.TYPING)


def test_half_a_prefix_is_typing() -> None:
    """Its first character alone, or with a wrong second one, begins no scan."""
    policy = ScannerPolicy(prefix="~#")

    assert ended(judged(in_turn(("~", 0, 0), ("1\r", 90, 90)), policy)) == []
    assert ended(judged(in_turn((f"~~#{CASE}\r", 0, 90)), policy)) == [(Outcome.ENDED_AS_SCAN, CASE)]
    assert ended(judged(in_turn(("~", 0, 0), (f"#{CASE}\r", 2500, 90)), policy)) == []


def test_the_trace_shows_what_a_scanner_sends_and_hides_what_a_person_types() -> None:
    """A password typed at human speed is not there to be read; watched, everything is."""
    heard = Bursts(ScannerPolicy())
    for key in in_turn(("geheim", 0, 80), (f"{CASE}\r", 300, 2)):
        heard.key(*key)
    hidden, first, *_, last = heard.trace[5], *heard.trace[6:]
    heard.watched = True
    heard.key("x", "x", 9000)

    assert len(heard.trace) == 28
    assert (hidden.name, hidden.code, hidden.gap_ms) == ("", None, 80)
    assert (first.name, first.code, first.gap_ms) == (CASE[0], ord(CASE[0]), 300)
    assert (last.name, last.code, last.outcome) == ("enter", 13, Outcome.ENDED_AS_SCAN)
    assert heard.trace[-1].code == ord("x")


def test_the_trace_is_bounded() -> None:
    """As are the bursts: a window runs for weeks."""
    heard = Bursts(ScannerPolicy())
    for key in sent("12" * 1000):
        heard.key(*key)

    assert len(heard.trace) == bursts.TRACED


@pytest.mark.parametrize("text", ["", "1", CASE[:-1], "收件", "EE123456785QQ", "９９", f"{CASE} {CASE}"])
def test_what_is_no_code_does_not_read_as_one(text: str) -> None:
    """Form and check digit both."""
    assert not bursts.reads_as_code(text)
    assert bursts.reads_as_code(CASE)


# ---- packing lists: hundreds of digits in one burst

LIST = manifest.symbols(a_list(5))[0]
LONG_LIST = manifest.symbols(a_list(150))[0]


@pytest.mark.parametrize("text", [LIST, LONG_LIST, wide(LIST), f"]Q1{LIST}", f"{STX}{LIST}\x1d"])
@pytest.mark.parametrize("gap", [0, 2, 30])
def test_a_packing_list_is_one_scan(text: str, gap: float) -> None:
    """However long it is, and not cut."""
    verdicts = judged(sent(f"{text}\r", gap=gap))

    assert verdicts[-1] == Verdict(Outcome.ENDED_AS_SCAN, text, len(text), swallow=True)


@given(st.dictionaries(st.integers(24, len(LIST)), st.floats(31, bursts.TORN_MS - 2), max_size=8))
def test_a_packing_list_that_comes_in_pieces_is_one_scan(pauses: dict[int, float]) -> None:
    """A busy line pauses in a thousand keys; nobody types as many, so it is waited for."""
    keys: list[Key] = []
    at = 1000.0
    for n, character in enumerate(f"{LIST}\r"):
        at += pauses.get(n, 2)
        keys.append((character, name_of(character), at))

    assert ended(judged(keys)) == [(Outcome.ENDED_AS_SCAN, LIST)]


@given(st.lists(st.tuples(st.integers(1, len(LIST)), st.floats(31, 3000)), min_size=1, max_size=6))
def test_a_torn_packing_list_is_never_another_scan(tears: list[tuple[int, float]]) -> None:
    """Wherever it is torn and for how long: the whole list, or told as unreadable, or left as typing."""
    keys: list[Key] = []
    at = 1000.0
    pauses = dict(tears)
    for n, character in enumerate(f"{LIST}\r"):
        at += pauses.get(n, 2)
        keys.append((character, name_of(character), at))

    scans_ = [text for outcome, text in ended(judged(keys)) if outcome == Outcome.ENDED_AS_SCAN]

    # Thirteen digits after a long silence may be a waybill; whether one is awaited is asked later.
    assert all(text == LIST or len(text) == len(DOMESTIC) for text in scans_)


@pytest.mark.parametrize("text", [LIST[:-1], LIST[:40], f"{LIST}0", LIST + LIST, LONG_LIST + CASE])
def test_a_packing_list_that_is_not_whole_is_unreadable(text: str) -> None:
    """Its ending presses nothing."""
    verdicts = judged(sent(f"{text}\r"))

    assert verdicts[-1] == Verdict(Outcome.ENDED_UNREADABLE, text[: bursts.LONGEST], len(text), swallow=True)


def test_a_packing_list_of_a_later_program_is_a_scan() -> None:
    """So that its version is told, and not that it could not be read."""
    body = f"8899{LIST[4:-2]}"
    text = body + mod_97_10.calc_check_digits(body)

    assert ended(judged(sent(f"{text}\r"))) == [(Outcome.ENDED_AS_SCAN, text)]


def test_digits_that_do_not_begin_as_a_list_are_not_waited_for() -> None:
    """A pause ends them as before."""
    keys = in_turn(("1" * 15 + "2" * 15, 0, 2), (f"{CASE}\r", 200, 2))

    assert ended(judged(keys)) == [(Outcome.ENDED_AS_SCAN, CASE)]
