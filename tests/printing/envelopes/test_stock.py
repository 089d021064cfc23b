"""Stocks as a hall writes them: right ones are read with their settings, impossible ones refused by name."""

import dataclasses

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing import envelopes
from printing.envelopes import stock
from printing.lines import DoesNotFit
from tests.printing import pdfs
from tests.printing.envelopes.test_envelopes import FACE

GOOD = {
    "length": "229",
    "width": "162",
    "postcode_left": "16.0",
    "postcode_top": "14.0",
    "postcode_pitch": "10.0",
}


def toml(**changes: str) -> bytes:
    """A stock called C5, changed here and there; an empty change leaves the line out."""
    lines = [f"{key} = {value}" for key, value in (GOOD | changes).items() if value]
    return "\n".join(["[C5]", *lines]).encode()


def test_a_stock_has_the_zones_of_the_standard_unless_it_says_otherwise() -> None:
    """90 × 26 mm from the top left, 105 × 20 mm from 55 to 160 mm from the right edge."""
    c5 = stock.read(toml())["C5"]

    assert (c5.machine.left, c5.machine.top, c5.machine.right, c5.machine.bottom) == (0, 0, 90, 26)
    assert (c5.clear.left, c5.clear.top, c5.clear.right, c5.clear.bottom) == (69, 142, 174, 162)
    assert (c5.offset_left, c5.offset_top, c5.dpi) == (0, 0, 203)


def test_settings_of_printer_and_zones_are_read() -> None:
    """Offsets may point either way; whole and broken numbers are both millimetres."""
    changed = toml(
        offset_left="-1.5",
        offset_top="2",
        dpi="600",
        machine_zone="[95, 30.5]",
        clear_zone="[50, 165, 22]",
    )

    c5 = stock.read(changed)["C5"]

    assert (c5.offset_left, c5.offset_top, c5.dpi) == (-1.5, 2, 600)
    assert (c5.machine.right, c5.machine.bottom) == (95, 30.5)
    assert (c5.clear.left, c5.clear.top, c5.clear.right) == (64, 140, 179)


def test_the_six_boxes_follow_each_other() -> None:
    """Each as wide as the distance to the next, around the middles that were measured."""
    boxes = stock.read(toml())["C5"].boxes

    assert [(box.left, box.right) for box in boxes] == [(11 + 10 * at, 21 + 10 * at) for at in range(6)]
    assert {(box.top, box.bottom) for box in boxes} == {(9, 19)}


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_face_is_drawn_in_the_dots_of_its_printer(dpi: int) -> None:
    """Another resolution is another face, measured and refused like any other."""
    pdf = envelopes.render(FACE, stock=stock.read(toml(dpi=str(dpi)))["C5"])

    bars = [rect for rect in pdfs.page(pdf).rects if rect["non_stroking_color"] in ((0,), 0, (0.0,))]
    dot = 72 / dpi
    assert bars
    assert all(bar["x0"] / dot % 1 == pytest.approx(0.25, abs=0.02) for bar in bars)
    assert pdfs.codes(pdf) == [FACE.number]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (toml(length="-1"), "> 0"),
        (toml(length="0"), "> 0"),
        (toml(length="229000"), "<= 1000"),
        (toml(width="nan"), "> 0"),
        (toml(offset_top="nan"), ">= -20"),
        (toml(width="inf"), "<= 1000"),
        (toml(width='"162"'), "Expected `float`, got `str`"),
        (toml(width="true"), "Expected `float`, got `bool`"),
        (toml(width=""), "missing required field `width`"),
        (toml(breite="12"), "unknown field `breite`"),
        (toml(offset_left="21"), "<= 20"),
        (toml(dpi="203.5"), "Expected `int`"),
        (toml(dpi="96"), ">= 150"),
        (toml(machine_zone="[230, 26]"), "larger than the envelope"),
        (toml(clear_zone="[55, 230, 20]"), "larger than the envelope"),
        (toml(clear_zone="[160, 55, 20]"), "ends before it begins"),
        (toml(clear_zone="[55, 160, 140]"), "no room between"),
        (toml(clear_zone="[55, 160]"), "length 3"),
        (toml(machine_zone="90"), "Expected `array`"),
        (toml(dpi="180"), "no module of 0.35 mm at 180 dpi"),
        (toml(postcode_left="60"), "outside machine_zone"),
        (toml(postcode_boxes="1"), "Expected `bool`"),
        (toml(postcode_boxes="true", postcode_box="[11, 9]"), "wider than postcode_pitch"),
        (toml(postcode_boxes="true", postcode_box="[7, 30]"), "outside machine_zone"),
        (toml(postcode_box="[7]"), "length 2"),
        (toml(postcode_top="3"), "outside machine_zone"),
        (toml(postcode_pitch="16"), "outside machine_zone"),
        (b"", "no stock"),
        (b"C5 = 3", "Expected `object`"),
        (b"[C5\nlength", "line 1"),
        (b"[C5]\nlength = 1\nlength = 2", "Cannot overwrite"),
        (b"\xff\xfe[C5]", "utf-8"),
    ],
    ids=lambda value: value.decode("latin-1")[-24:] if isinstance(value, bytes) else "",
)
def test_an_impossible_stock_is_refused_and_says_why(wrong: bytes, told: str) -> None:
    """A clear reason instead of an envelope printed wrong."""
    with pytest.raises(envelopes.WrongStock, match=told):
        stock.read(wrong)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"width": "-5"}, "width"),
        ({"width": ""}, "width"),
        ({"breite": "12"}, "breite"),
        ({"dpi": "180"}, "dpi"),
        ({"clear_zone": "[160, 55, 20]"}, "clear_zone"),
        ({"clear_zone": '[55, 160, "x"]'}, "clear_zone"),
        ({"machine_zone": "[230, 26]"}, "machine_zone"),
        ({"postcode_pitch": "nan"}, "postcode_pitch"),
    ],
)
def test_the_refusal_names_stock_and_field(changes: dict[str, str], field: str) -> None:
    """Somebody has to find the line in the file."""
    with pytest.raises(envelopes.WrongStock, match=rf"C5: .*{field}") as refused:
        envelopes.read(toml(**changes))

    assert (refused.value.stock, refused.value.field) == ("C5", field)


def test_a_file_that_is_no_toml_is_refused_without_a_stock() -> None:
    """Then there is neither stock nor field to name."""
    with pytest.raises(envelopes.WrongStock) as refused:
        envelopes.read(b"[C5\n")

    assert (refused.value.stock, refused.value.field) == ("", "")


def test_a_hall_gets_its_own_stock_printed() -> None:
    """A file of its own with other sizes and drawn boxes is all it takes."""
    own = envelopes.read(toml(length="240", width="150", postcode_boxes="true", postcode_box="[6, 8]"))["C5"]

    first = pdfs.page(envelopes.render(FACE, stock=own))

    assert (first.width / pdfs.MM, first.height / pdfs.MM) == pytest.approx((240, 150), abs=0.05)
    assert len([rect for rect in first.rects if rect["stroke"]]) == 6


@settings(max_examples=60, deadline=None)
@given(
    sizes=st.fixed_dictionaries(
        {
            "length": st.integers(100, 400),
            "width": st.integers(47, 300),
            "postcode_left": st.integers(4, 40),
            "postcode_top": st.integers(4, 22),
            "postcode_pitch": st.integers(2, 16),
            "offset_left": st.integers(-20, 20),
            "offset_top": st.integers(-20, 20),
            "dpi": st.sampled_from([150, 203, 300, 600, 1200, 2400]),
        }
    ),
    drawn=st.booleans(),
    waybill=st.sampled_from(["", "EA123456785CN"]),
)
def test_whatever_a_hall_writes_gives_a_face_or_a_named_refusal(
    sizes: dict[str, int], drawn: bool, waybill: str
) -> None:
    """Sizes that can be read but hold no face are told by what is wrong; nothing is printed halfway."""
    text = toml(**{key: str(value) for key, value in sizes.items()}, postcode_boxes=str(drawn).lower())
    face = dataclasses.replace(FACE, waybill=waybill)

    try:
        pdf = envelopes.render(face, stock=envelopes.read(text)["C5"])
    except (envelopes.WrongStock, envelopes.ZoneIntruded, envelopes.OffPaper, DoesNotFit):
        return

    assert set(pdfs.codes(pdf)) == {FACE.number, waybill} - {""}


def test_a_copy_of_a_stock_is_another_printer() -> None:
    """A caller sets dots and offsets of one printer; what contradicts itself is refused there too."""
    copy = msgspec.structs.replace(envelopes.stocks()["C5"], dpi=300, offset_left=1.2)

    assert (copy.page, copy.dpi, copy.offset_left) == ((229, 162), 300, 1.2)
    with pytest.raises(ValueError, match="dpi"):
        msgspec.structs.replace(copy, dpi=180)


def test_the_names_come_in_the_order_of_the_standard() -> None:
    """Lists and pictures do not change from one start to the next."""
    assert list(envelopes.stocks()) == ["B6", "DL", "ZL", "C5", "C4"]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: b"[C5]\n" + text.encode())))
def test_rubbish_is_refused_and_nothing_else_happens(rubbish: bytes) -> None:
    """Whatever stands in the file, the one named error comes out."""
    with pytest.raises(envelopes.WrongStock):
        stock.read(rubbish)
