"""The four texts a chip may hold, each built here by hand; the people on them do not exist (sequence 000)."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_11_2

from integrations.card_readers import CardText, ReaderError
from integrations.card_readers.sdt_serial import layouts, nations


def number(first_seventeen: str) -> str:
    """A number with its check digit."""
    return first_seventeen + str(mod_11_2.calc_check_digit(first_seventeen))


def at(block: bytes, offset: int, text: str) -> bytes:
    """The block with a text written over it."""
    written = text.encode("utf-16-le")
    return block[:offset] + written + block[offset + len(written) :]


def written(texts: dict[int, str]) -> bytes:
    """A block of blanks with texts at their offsets."""
    block = b"\x20\x00" * 128
    for offset, text in texts.items():
        block = at(block, offset, text)
    return block


def citizen(**other: str) -> bytes:
    """A 居民身份证, where a test names only what matters."""
    said = {
        "name": "张演练",
        "sex": "1",
        "nation": "01",
        "birth": "19900101",
        "address": "广西壮族自治区南宁市演练路0号",
        "number": number("45010219900101000"),
        "issuer": "南宁市公安局演练分局",
        "valid_from": "20200101",
        "valid_to": "20400101",
    } | other
    places = (0, 30, 32, 36, 52, 122, 158, 188, 204)
    return written(dict(zip(places, said.values(), strict=True)))


def refusal(block: bytes) -> ReaderError:
    """The error a block is refused with."""
    with pytest.raises(ReaderError) as caught:
        layouts.card_text(block)
    return caught.value


PERMIT = written(
    {
        0: "李演练",
        30: "2",
        36: "19940823",
        52: "广西壮族自治区桂林市演练街1号",
        122: number("83000019940823000"),
        158: "桂林市公安局演练分局",
        188: "20210601",
        204: "20260601",
        220: "H00000000",
        238: "01",
        248: "J",
    }
)
FOREIGNER_2017 = written(
    {
        0: "EXERCISE, SAMPLE",
        120: "1",
        122: "XXX450000000000",
        152: "XXX",
        158: "演练人",
        188: "20180201",
        204: "20280201",
        220: "19840826",
        236: "02",
        240: "4500",
        248: "I",
    }
)
FOREIGNER_2023 = written(
    {
        30: "2",
        32: "03",
        36: "19840826",
        52: "EXERCISE, ANNA MARIA WILHELMINA THE",
        122: number("94500019840826000"),
        188: "20240201",
        204: "20340201",
        220: "REALLY LONG",
        242: "XXX",
        248: "Y",
        250: "123",
    }
)


def test_a_citizen_card() -> None:
    """居民身份证: a blank as type, 民族 by name, nothing that other cards have."""
    assert layouts.card_text(citizen()) == CardText(
        kind="citizen_id",
        name="张演练",
        number=number("45010219900101000"),
        birth=datetime.date(1990, 1, 1),
        sex="male",
        valid_from=datetime.date(2020, 1, 1),
        valid_to=datetime.date(2040, 1, 1),
        long_term=False,
        nation="汉",
        address="广西壮族自治区南宁市演练路0号",
        issuer="南宁市公安局演练分局",
    )


def test_a_residence_permit() -> None:
    """港澳台居民居住证, type J: no 民族, but the pass and how often it was issued."""
    assert layouts.card_text(PERMIT) == CardText(
        kind="residence_permit",
        name="李演练",
        number=number("83000019940823000"),
        birth=datetime.date(1994, 8, 23),
        sex="female",
        valid_from=datetime.date(2021, 6, 1),
        valid_to=datetime.date(2026, 6, 1),
        long_term=False,
        address="广西壮族自治区桂林市演练街1号",
        issuer="桂林市公安局演练分局",
        pass_number="H00000000",
        issue_count="01",
    )


def test_a_foreigners_card_of_2017() -> None:
    """外国人永久居留身份证, type I: the Latin name first, a number of 15 characters."""
    assert layouts.card_text(FOREIGNER_2017) == CardText(
        kind="foreigner_card",
        name="演练人",
        number="XXX450000000000",
        birth=datetime.date(1984, 8, 26),
        sex="male",
        valid_from=datetime.date(2018, 2, 1),
        valid_to=datetime.date(2028, 2, 1),
        long_term=False,
        latin_name="EXERCISE, SAMPLE",
        nationality="XXX",
        version="02",
        office_code="4500",
    )


def test_a_foreigners_card_of_2023() -> None:
    """Type Y: a number of 18 digits; a long Latin name runs on in a second field, a Chinese one may lack."""
    assert layouts.card_text(FOREIGNER_2023) == CardText(
        kind="foreigner_card",
        name="",
        number=number("94500019840826000"),
        birth=datetime.date(1984, 8, 26),
        sex="female",
        valid_from=datetime.date(2024, 2, 1),
        valid_to=datetime.date(2034, 2, 1),
        long_term=False,
        latin_name="EXERCISE, ANNA MARIA WILHELMINA THEREALLY LONG",
        nationality="XXX",
        issue_count="03",
        former_link="123",
    )


@pytest.mark.parametrize("layout", layouts.LAYOUTS.values())
def test_each_layout_divides_the_whole_block(layout: layouts.Layout) -> None:
    """Each field begins where the one before ends, and the last one ends at 256."""
    ends = [0, *(field.offset + field.length for field in layout.fields)]

    assert ends == [*(field.offset for field in layout.fields), 256]
    assert all(field.length % 2 == 0 for field in layout.fields)


@pytest.mark.parametrize("kind", ["J", "I", "Y"])
def test_the_type_stands_at_248(kind: str) -> None:
    """Wherever a layout has a type field, it is the one by which the layout was chosen."""
    assert layouts.Field("type", 248, 2) in layouts.LAYOUTS[kind].fields


@pytest.mark.parametrize("kind", ["A", "j", "居", "1"])
def test_an_unknown_type_is_no_guess(kind: str) -> None:
    """A card of a kind to come is refused by name rather than read by the wrong layout."""
    assert refusal(at(citizen(), 248, kind)).reason == "unknown_layout"


def test_padding_may_be_zeros_or_wide_blanks() -> None:
    """Fields are cut of blanks of any kind on both sides; blanks inside stay."""
    block = citizen(name=" 演 练\u3000\x00\x00", issuer="南宁\u3000\u3000")

    card = layouts.card_text(at(block, 248, "\x00"))

    assert (card.kind, card.name, card.issuer) == ("citizen_id", "演 练", "南宁")


@pytest.mark.parametrize("name", ["演练𠮷", "𪚥𪚥𪚥", "\ue863演练", "㐂㛃䶮", "阿卜杜热合曼·演练", "𰻝"])
def test_rare_characters_survive(name: str) -> None:
    """Outside the basic plane, in private use, in the extensions: a name is what the card says."""
    assert layouts.card_text(citizen(name=name)).name == name


def test_a_long_term_card_has_no_last_day() -> None:
    """长期 is a word on the card, not a date."""
    card = layouts.card_text(citizen(valid_to="长期    "))

    assert (card.long_term, card.valid_to) == (True, None)


def test_blank_days_of_validity_are_none() -> None:
    """What is not there is not invented."""
    card = layouts.card_text(citizen(valid_from=" " * 8, valid_to=" " * 8))

    assert (card.long_term, card.valid_from, card.valid_to) == (False, None, None)


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("01", "汉"),
        ("08", "壮"),
        ("56", "基诺"),
        ("97", "其他"),
        ("98", "外国血统"),
        ("57", "未知(57)"),
        ("  ", None),
    ],
)
def test_nations(code: str, name: str | None) -> None:
    """A code nobody knows is kept as it came."""
    assert layouts.card_text(citizen(nation=code)).nation == name


def test_there_are_fifty_six_nations() -> None:
    """Two digits each, no name twice, and two codes for the rest."""
    assert set(nations.NATIONS) == {f"{code:02}" for code in range(1, 57)} | {"97", "98"}
    assert len(set(nations.NATIONS.values())) == 58


@pytest.mark.parametrize(
    ("code", "sex"), [("1", "male"), ("2", "female"), ("9", None), ("0", None), (" ", None)]
)
def test_sexes(code: str, sex: str | None) -> None:
    """What the card does not tell is None."""
    assert layouts.card_text(citizen(sex=code)).sex == sex


@pytest.mark.parametrize(
    "other",
    [
        {"birth": "19900230"},
        {"birth": " " * 8},
        {"birth": "1990-1-1"},
        {"birth": "１９９００１０１"},
        {"birth": "٠١٢٣٤٥٦٧"},
        {"birth": "长期"},
        {"valid_from": "00000000"},
        {"valid_to": "20251301"},
        {"valid_to": "2025"},
        {"number": " " * 18},
        {"name": "   "},
        {"name": "演\x1b[2J练"},
        {"name": "演\u202e练"},
        {"address": "演练路\u2028"},
        {"issuer": "演\x00练"},
    ],
)
def test_what_no_card_can_hold_is_unreadable(other: dict[str, str]) -> None:
    """Days that do not exist, no name, no number, characters that could play tricks on a screen."""
    assert refusal(citizen(**other)).reason == "unreadable_text"


@pytest.mark.parametrize("half", [b"\x00\xd8", b"\x00\xdc"])
@pytest.mark.parametrize("offset", [0, 28, 248])
def test_half_of_a_surrogate_pair_is_unreadable(half: bytes, offset: int) -> None:
    """In the middle of a field or at its end."""
    block = citizen()

    assert refusal(block[:offset] + half + block[offset + 2 :]).reason == "unreadable_text"


def test_what_is_reserved_is_not_looked_at() -> None:
    """Nothing is said about these bytes, so they may be anything."""
    block = citizen()

    assert layouts.card_text(block[:220] + b"\x00\xd8" * 14 + block[248:]) == layouts.card_text(block)


@pytest.mark.parametrize("size", [0, 255, 257])
def test_a_block_of_another_size_is_no_text(size: int) -> None:
    """256 bytes or nothing."""
    assert refusal(bytes(size)).reason == "unexpected_answer"


def test_the_error_carries_nothing_from_the_card() -> None:
    """Neither in its words nor in an error it was raised from, where a log would find it."""
    for block in (citizen(birth="19900230"), citizen(name="演\x00练"), at(citizen(), 248, "Q")):
        error = refusal(block)

        assert (error.__cause__, error.__context__) == (None, None)
        assert str(error) == error.reason


@given(st.sampled_from([citizen(), PERMIT, FOREIGNER_2017, FOREIGNER_2023]), st.integers(0, 250), st.binary())
def test_any_block_is_read_or_refused(block: bytes, start: int, strange: bytes) -> None:
    """Whatever stands in a card's block, there is a card or the one error."""
    assert answer((block[:start] + strange + block)[:256]) in {
        "citizen_id",
        "residence_permit",
        "foreigner_card",
    } | {
        "unknown_layout",
        "unreadable_text",
    }


def answer(block: bytes) -> str:
    """The kind of the card, or the reason it is refused for."""
    try:
        return layouts.card_text(block).kind
    except ReaderError as error:
        return error.reason
