"""Stocks as a hall writes them: right ones are read with their settings, impossible ones refused by name."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing import envelopes
from printing.envelopes import stock
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
def test_a_face_is_drawn_in_the_dots_of_its_printer(dpi: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another resolution is another face, measured and refused like any other."""
    monkeypatch.setattr(envelopes, "stocks", lambda: stock.read(toml(dpi=str(dpi))))

    pdf = envelopes.render(FACE)

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
        (toml(postcode_left="60"), "outside machine_zone"),
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


def test_the_refusal_names_stock_and_field() -> None:
    """Somebody has to find the line in the file."""
    with pytest.raises(envelopes.WrongStock, match=r"C5: .*width"):
        stock.read(toml(width="-5"))


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: b"[C5]\n" + text.encode())))
def test_rubbish_is_refused_and_nothing_else_happens(rubbish: bytes) -> None:
    """Whatever stands in the file, the one named error comes out."""
    with pytest.raises(envelopes.WrongStock):
        stock.read(rubbish)
