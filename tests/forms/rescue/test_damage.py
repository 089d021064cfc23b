"""What Excel does to a number is told by name, and nothing is mended."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.rescue import damage
from forms.rescue.damage import Damage, Kind

ID, PHONE, WAYBILL, DATE = Kind.ID, Kind.PHONE, Kind.WAYBILL, Kind.DATE
ROUNDED, SCIENTIFIC, LETTERS = Damage.ROUNDED, Damage.SCIENTIFIC, Damage.LETTERS

CELLS = [
    # 15 digits
    (ID, "450103199003070000", [ROUNDED]),
    (ID, "4.50103199003070E+17", [SCIENTIFIC, ROUNDED]),
    (ID, "1.10101E+17", [SCIENTIFIC, ROUNDED]),
    (WAYBILL, "1.13628E+12", [SCIENTIFIC]),
    (WAYBILL, "1136281381675000000", [ROUNDED]),
    (PHONE, "1.39E+10", [SCIENTIFIC]),
    (PHONE, "1.39e10", [SCIENTIFIC]),
    (Kind.NUMBER, "2.02311010001E+19", [SCIENTIFIC, ROUNDED]),
    (Kind.NUMBER, "20231101000100000000", [ROUNDED]),
    # zeros that stood first
    (WAYBILL, "113628138167", [Damage.LOST_ZERO]),
    (PHONE, "7715551234", [Damage.LOST_ZERO]),
    (PHONE, "1087654321", [Damage.LOST_ZERO]),
    (PHONE, "59187654321", [Damage.LOST_ZERO]),
    (Kind.POSTCODE, "30022", [Damage.LOST_ZERO]),
    # how it was written
    (ID, "４５０１０３１９９００３０７０００４", [Damage.FULL_WIDTH]),
    (ID, "450103 19900307 0004", [Damage.BLANKS]),
    (ID, "450103\n199003070004", [Damage.BLANKS]),
    (PHONE, "139　0000　0001", [Damage.FULL_WIDTH, Damage.BLANKS]),
    (PHONE, "13900000001.0", [Damage.POINT_ZERO]),
    (WAYBILL, "1136281381675.00", [Damage.POINT_ZERO]),
    (WAYBILL, "113628138167.0", [Damage.POINT_ZERO, Damage.LOST_ZERO]),
    (ID, "45O103199003O7O004", [LETTERS]),
    (ID, "450l03l99003070004", [LETTERS]),
    (PHONE, "I39OOOOOOO1", [LETTERS]),
    (WAYBILL, "EEl23456785CN", [LETTERS]),
    (WAYBILL, "EE1OOOOOOO3CN", [LETTERS]),
    (WAYBILL, "11362813816O5", [LETTERS]),
    # days
    (DATE, "45250", [Damage.SERIAL]),
    (DATE, "45250.5", [Damage.SERIAL]),
    (DATE, "2023-02-30", [Damage.IMPOSSIBLE]),
    (DATE, "20231345", [Damage.IMPOSSIBLE]),
    (DATE, "1023-05-06", [Damage.IMPOSSIBLE]),
    (DATE, "5月6日", [Damage.FORM]),
    (DATE, "2.02E+07", [SCIENTIFIC]),
    (DATE, "99999", [Damage.FORM]),
    # what is no text at all
    (ID, "#N/A", [Damage.ERROR_VALUE]),
    (Kind.TEXT, "#REF!", [Damage.ERROR_VALUE]),
    (DATE, "########", [Damage.ERROR_VALUE]),
    (PHONE, "＃N/A", [Damage.ERROR_VALUE]),
    (Kind.TEXT, "=VLOOKUP(A2,Sheet2!A:B,2,0)", [Damage.FORMULA]),
    # neither right nor damaged in a way we know
    (ID, "450103199003070005", [Damage.CHECK_DIGIT]),
    (ID, "450103199002300004", [Damage.CHECK_DIGIT]),
    (ID, "覃示例", [Damage.FORM]),
    (ID, "45010319900307000", [Damage.FORM]),
    (PHONE, "1390000000", [Damage.FORM]),
    (PHONE, "13900000001/13900000002", [Damage.FORM]),
    (WAYBILL, "EE123456789CN", [Damage.CHECK_DIGIT]),
    (WAYBILL, "到付", [Damage.FORM]),
    (Kind.POSTCODE, "5300221", [Damage.FORM]),
]
SOUND = [
    (ID, "450103199003070004"),
    (ID, "11010519491231002x"),
    (ID, "450103900307000"),
    (ID, "E12345678"),
    (PHONE, "13900000001"),
    (PHONE, "0771-5551234"),
    (PHONE, "5551234"),
    (WAYBILL, "1136281381675"),
    (WAYBILL, "EE123456785CN"),
    (WAYBILL, "SF1234567890123"),
    (DATE, "2023-05-06"),
    (DATE, "2023/5/6 09:30"),
    (DATE, "2023.05.06"),
    (DATE, "2023年5月6日"),
    (DATE, "２０２３－０５－０６"),
    (DATE, "20230506"),
    (Kind.NUMBER, "桂跨〔2023〕17号"),
    (Kind.NUMBER, "00017"),
    (Kind.TEXT, "１２３ O l 1.0"),
    (Kind.POSTCODE, "530022"),
    (ID, ""),
]


@pytest.mark.parametrize(("kind", "text", "told"), CELLS)
def test_damage_is_told_by_name(kind: Kind, text: str, told: list[Damage]) -> None:
    """Each cell of an old ledger has just the damage that can be seen in it."""
    assert list(damage.found(kind, text)) == told


@pytest.mark.parametrize(("kind", "text"), SOUND)
def test_what_is_right_is_not_flagged(kind: Kind, text: str) -> None:
    """Other carriers, passports, first-generation numbers, telephones of the town: all as they should be."""
    assert damage.found(kind, text) == ()


def test_an_id_that_ends_with_zeros_by_right_is_sound() -> None:
    """One of eleven numbers that end with 000 passes its check digit; such a number is nobody's fault."""
    ending = [f"4501031990030{n:02}000" for n in range(100)]

    told = {damage.found(ID, number) for number in ending}

    assert told >= {(), (ROUNDED,)}


@pytest.mark.parametrize(
    ("text", "looked_up"),
    [
        ("１３９００００ ０００1", "13900000001"),
        ("13900000001.0", "13900000001"),
        ("0077155.10", "0077155.10"),
        ("45O103", "45O103"),
        ("1.39E+10", "1.39E+10"),
        ("7715551234", "7715551234"),
    ],
)
def test_only_what_leaves_no_doubt_is_folded(text: str, looked_up: str) -> None:
    """Full width, blanks and .0 go; letters, lost zeros and powers of ten stay as they are."""
    assert damage.folded(text) == looked_up


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-5-6", "2023-05-06"),
        ("2023年12月31日", "2023-12-31"),
        ("20231231", "2023-12-31"),
        ("2023/05/06 8:05:00", "2023-05-06"),
        ("2023-02-29", None),
        ("23-05-06", None),
        ("2023-05", None),
    ],
)
def test_a_day_is_read_as_it_is_written(text: str, day: str | None) -> None:
    """Year, month and day in any usual writing; two digits of a year are no year."""
    assert damage.day(text) == day


def test_serial_numbers_are_days_since_1900() -> None:
    """45250 is 2023-11-20, as Excel shows it; what is out of any hall's time is no day."""
    assert damage.day_of_serial("45250") == "2023-11-20"
    assert damage.day_of_serial("４５２５０．５") == "2023-11-20"
    assert not damage.is_serial("530022")
    assert not damage.is_serial("10000")


@given(st.sampled_from(list(Kind)), st.text(max_size=40))
def test_any_text_can_be_looked_at(kind: Kind, text: str) -> None:
    """No cell breaks it; each kind of damage is told once, and what is looked up has no blanks."""
    told = damage.found(kind, text)

    assert len(set(told)) == len(told)
    assert not any(sign.isspace() for sign in damage.folded(text))
