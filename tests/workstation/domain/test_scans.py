"""What a scan means, for every kind of code and for everything that is none."""

from __future__ import annotations

import datetime
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_10, mod_97_10

from tests.workstation.domain.lists import a_list
from workstation.domain import manifest, scans
from workstation.domain.codes import HallCode, Kind, Number
from workstation.domain.scans import Listed, NotOurs, Own, Reason, Scan, Seen, Stranger, Unknown, Waybill

OURS = HallCode("450103", 1)
DOMESTIC = "1136281381675"
S10 = "EE123456785CN"
# ISO 7064 MOD 11,10 fits all of these, so that only the part in question is wrong.
TWENTY_BODIES = {
    "0450103102263240042": Reason.KIND,
    "1450103100263240042": Reason.PLACE,
    "1450103102263660042": Reason.DAY,
    "1450103102263240000": Reason.SERIAL,
}


@st.composite
def own_numbers(draw: st.DrawFn) -> Number:
    """Numbers that this hall could have issued."""
    return Number(
        kind=draw(st.sampled_from(Kind)),
        division=OURS.division,
        hall=OURS.hall,
        window=draw(st.integers(1, 99)),
        day=draw(st.dates(datetime.date(2000, 1, 1), datetime.date(2099, 12, 31))),
        serial=draw(st.integers(1, 9999)),
    )


def scan(raw: str, ours: HallCode = OURS, *, known: tuple[str, ...] = (), expecting: bool = False) -> Scan:
    """One burst in our hall, with these live waybills, while a waybill is or is not asked for."""
    return scans.resolve(raw, ours, known=known.__contains__, expecting_waybill=expecting)


def a_number(division: str = "450103", hall: int = 1) -> Number:
    """An envelope's number of some hall."""
    return Number(Kind.ENVELOPE, division, hall, 2, datetime.date(2026, 11, 20), 7)


def full_width(text: str) -> str:
    """The text as a Chinese input method in full-width mode gives it."""
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


@given(own_numbers())
def test_every_number_of_ours_is_itself(number: Number) -> None:
    """A composed number resolves to exactly its parts, whatever else is going on."""
    assert scan(number.text) == Own(number)
    assert scan(number.text, expecting=True) == Own(number)


@given(own_numbers(), st.integers(0, 19), st.integers(1, 9))
def test_a_wrong_digit_is_unknown(number: Number, place: int, by: int) -> None:
    """No single wrong digit makes another number of it."""
    text = number.text
    wrong = text[:place] + str((int(text[place]) + by) % 10) + text[place + 1 :]

    assert scan(wrong) == Unknown(wrong, Reason.CHECK_DIGIT)


@given(own_numbers(), st.integers(0, 18))
def test_swapped_digits_are_unknown_as_far_as_the_check_digit_can_tell(number: Number, place: int) -> None:
    """Two neighbours swapped are unknown whenever MOD 11,10 sees it, which is 98 times of 100."""
    text = number.text
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]

    if not mod_11_10.is_valid(swapped):
        assert scan(swapped) == Unknown(swapped, Reason.CHECK_DIGIT)


@given(
    own_numbers().map(lambda number: number.text) | st.sampled_from([DOMESTIC, S10, "RR473124829GB"]),
    st.sampled_from(["", "]C0", "]C1", "]c0", "\x02]C1\x1d", "］Ｃ１"]),
    st.booleans(),
    st.booleans(),
    st.text(" \t\r\n\u3000\u00a0\ufeff\u200b\x00\x1d", max_size=3),
    st.sampled_from(["", "\n", "\r\n", "\t", "\x03", " \u2028"]),
)
def test_how_the_scanner_sends_it_does_not_matter(
    text: str, prefix: str, wide: bool, lower: bool, before: str, after: str
) -> None:
    """Full width, AIM prefix, lower case and whatever stands around it resolve to the same thing."""
    sent = full_width(text) if wide else text
    sent = sent.lower() if lower else sent

    assert scan(before + prefix + sent + after, known=(DOMESTIC,)) == scan(text, known=(DOMESTIC,))


@given(st.text() | st.from_regex(r"\A[A-Z]{2}[0-9]{9}[A-Z]{2}\Z") | st.from_regex(r"\A[0-9]{12,21}\Z"))
def test_any_text_is_answered_and_only_valid_codes_are_known(text: str) -> None:
    """Random text never raises, and what is known is exactly a valid code after cleaning."""
    match scan(text, expecting=True):
        case Own(number) | NotOurs(number, _):
            assert number.text == scans.clean(text)
        case Waybill(waybill):
            assert waybill == scans.clean(text)
            assert scans.s10_is_valid(waybill) or (len(waybill) == 13 and waybill.isdecimal())
        case Unknown(said, reason):
            assert said == scans.clean(text)
            assert reason in Reason


def test_a_practice_code_is_refused_by_name_in_a_live_hall() -> None:
    """The practice day's envelope on a live counter is told apart from an unknown one."""
    number = a_number(hall=9)

    assert scan(number.text) == NotOurs(number, Stranger.PRACTICE_IN_LIVE)


def test_a_live_code_is_refused_by_name_in_practice() -> None:
    """A real envelope cannot be practised with."""
    number = a_number()

    assert scan(number.text, HallCode("450103", 9)) == NotOurs(number, Stranger.LIVE_IN_PRACTICE)


@pytest.mark.parametrize("number", [a_number(hall=2), a_number(division="350200")])
def test_another_halls_code_is_said_to_be_so(number: Number) -> None:
    """The next hall of the division and a hall elsewhere are both other halls."""
    assert scan(number.text) == NotOurs(number, Stranger.OTHER_HALL)


def test_practice_halls_of_two_divisions_are_two_halls() -> None:
    """Practice does not make another division's number ours."""
    number = a_number(division="350200", hall=9)

    assert scan(number.text, HallCode("450103", 9)) == NotOurs(number, Stranger.OTHER_HALL)


@pytest.mark.parametrize(("body", "reason"), TWENTY_BODIES.items())
def test_a_right_check_digit_is_not_enough(body: str, reason: Reason) -> None:
    """Twenty digits with a fitting check digit are still unknown if a part of them cannot be."""
    text = body + mod_11_10.calc_check_digit(body)

    assert scan(text) == Unknown(text, reason)


def test_thirteen_digits_count_only_when_somebody_knows_or_asks() -> None:
    """No check digit protects them, so they must be live, in the pool, or asked for."""
    assert scan(DOMESTIC) == Unknown(DOMESTIC, Reason.WAYBILL_NOT_EXPECTED)
    assert scan(DOMESTIC, known=(DOMESTIC,)) == Waybill(DOMESTIC)
    assert scan(DOMESTIC, expecting=True) == Waybill(DOMESTIC)


@pytest.mark.parametrize(
    "text", [f"{DOMESTIC}0", f"0{DOMESTIC}", f"{DOMESTIC}{DOMESTIC}", f"{DOMESTIC} {DOMESTIC}"]
)
def test_thirteen_digits_are_only_the_whole_of_a_burst(text: str) -> None:
    """A waybill is never cut out of a longer reading."""
    assert isinstance(scan(text, known=(DOMESTIC,), expecting=True), Unknown)


@pytest.mark.parametrize(
    "text",
    [
        "RR473124829GB",
        "EE123456785CN",
        "EE000000005CN",
        "EE100000003CN",
        "EE999999995CN",
        "EE287043775CN",
        "EE100000140CN",
    ],
)
def test_the_published_s10_numbers_are_waybills(text: str) -> None:
    """The vectors of UPU S10, among them those whose check digit is written 5 for 11 and 0 for 10."""
    assert scans.s10_is_valid(text)
    assert scan(text) == Waybill(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("EE123456789CN", Reason.S10_CHECK_DIGIT),
        ("EE123456785XX", Reason.S10_COUNTRY),
        ("EE12345678CN", Reason.CHARACTERS),
        ("E1123456785CN", Reason.CHARACTERS),
        ("ß123456785CN", Reason.CHARACTERS),
        ("", Reason.EMPTY),
        (" \r\n", Reason.EMPTY),
        ("]C1", Reason.EMPTY),
        ("hello", Reason.CHARACTERS),
        ("张三", Reason.CHARACTERS),
        ("11010519491231002", Reason.TOO_SHORT),
        ("1" * 21, Reason.TOO_LONG),
        ("1" * 5000, Reason.TOO_LONG),
        ("\ud800", Reason.CHARACTERS),
    ],
)
def test_the_unknown_says_the_nearest_reason(text: str, reason: Reason) -> None:
    """Among them the often-quoted specimen EE123456789CN, which fails its own check digit."""
    found = scan(text)

    assert isinstance(found, Unknown)
    assert found.reason is reason


def test_the_countries_are_those_of_iso_3166() -> None:
    """Our list is the one the time zone database carries, so a new country is noticed."""
    lines = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    countries = {line[:2] for line in lines if not line.startswith("#")}

    assert all(scans.s10_is_valid(f"EE123456785{country}") for country in countries)
    assert not any(scans.s10_is_valid(f"EE123456785{country}") for country in ("XX", "ZZ", "AA", "DA", "XK"))


@pytest.mark.parametrize(("after_ms", "repeat"), [(0, True), (1_500, True), (1_501, False), (-1, False)])
def test_the_same_label_within_a_moment_is_a_repeat(after_ms: int, repeat: bool) -> None:
    """A trigger held too long reads twice; the boundary belongs to the repeat, a clock set back does not."""
    first = Seen(S10, 10_000)

    assert scans.is_repeat(first, Seen(S10, 10_000 + after_ms)) is repeat


def test_a_repeat_is_seen_through_prefix_and_case() -> None:
    """The second reading may come with an AIM prefix or in lower case."""
    assert scans.is_repeat(Seen(S10, 0), Seen(f"]C1{S10.lower()}\r", 100))


def test_another_label_or_the_first_is_no_repeat() -> None:
    """Two envelopes scanned in quick succession both count."""
    assert not scans.is_repeat(None, Seen(S10, 0))
    assert not scans.is_repeat(Seen(S10, 0), Seen(DOMESTIC, 10))


def test_the_moment_can_be_set() -> None:
    """How long a repeat lasts is a setting of the window."""
    assert not scans.is_repeat(Seen(S10, 0), Seen(S10, 300), within_ms=200)


# ---- packing lists


@pytest.mark.parametrize("hall", [OURS, HallCode("350102", 1), HallCode("450103", 2)])
@pytest.mark.parametrize("prefix", ["", "]Q1", "\x02"])
def test_a_packing_list_of_any_hall_is_one(hall: HallCode, prefix: str) -> None:
    """It is made to be read elsewhere; full width, frames and prefixes are folded as everywhere."""
    (text,) = manifest.symbols(a_list(hall=hall))

    for raw in (f"{prefix}{text}", f"{prefix}{full_width(text)}\r"):
        found = scan(raw)
        assert isinstance(found, Listed)
        assert (found.number.place, found.text) == (hall, text)


@pytest.mark.parametrize(
    ("theirs", "ours", "why"),
    [
        (HallCode("350102", 9), OURS, Stranger.PRACTICE_IN_LIVE),
        (HallCode("350102", 1), HallCode("450103", 9), Stranger.LIVE_IN_PRACTICE),
    ],
)
def test_practice_lists_stay_in_practice(theirs: HallCode, ours: HallCode, why: Stranger) -> None:
    """And real ones out of it, as all codes."""
    found = scan(manifest.symbols(a_list(hall=theirs))[0], ours)

    assert isinstance(found, NotOurs)
    assert found.why == why


LIST = manifest.symbols(a_list())[0]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (LIST[:-1], Reason.LIST_TRUNCATED),
        (LIST[:30], Reason.LIST_TRUNCATED),
        (LIST + "0", Reason.LIST_LENGTH),
        (LIST + LIST, Reason.LIST_LENGTH),
        (LIST[:-1] + str((int(LIST[-1]) + 1) % 10), Reason.LIST_CHECK),
        (f"8802{LIST[4:-2]}" + mod_97_10.calc_check_digits(f"8802{LIST[4:-2]}"), Reason.LIST_VERSION),
        (f"{LIST[:8]}21{LIST[10:-2]}" + mod_97_10.calc_check_digits(f"{LIST[:8]}21{LIST[10:-2]}"),
         Reason.LIST_CONTENT),
    ],
)  # fmt: skip
def test_a_spoilt_packing_list_says_what_is_wrong(text: str, reason: Reason) -> None:
    """Each fault by its own name, and never a list."""
    assert scan(text) == Unknown(text, reason)
