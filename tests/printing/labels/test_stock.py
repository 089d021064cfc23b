"""Label stocks: the three sizes, a hall's own, and impossible ones refused by stock and field."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printing import labels
from tests.printing import pdfs
from tests.printing.envelopes.test_envelopes import FACE


def toml(**changes: str) -> bytes:
    """A label of 76 × 130 mm, changed here and there; an empty change leaves the line out."""
    fields = {"width": "76", "height": "130"} | changes
    return "\n".join(["[own]", *(f"{key} = {value}" for key, value in fields.items() if value)]).encode()


def test_the_labels_are_the_carriers_three_sizes() -> None:
    """Upright, the smallest first."""
    sizes = {name: stock.page for name, stock in labels.stocks().items()}

    assert sizes == {"76x130": (76, 130), "76x150": (76, 150), "100x180": (100, 180)}
    assert list(sizes) == ["76x130", "76x150", "100x180"]


def test_settings_of_the_printer_are_read() -> None:
    """Offsets may point either way; without a word the printer has 203 dpi and no offset."""
    plain = labels.read(toml())["own"]
    changed = labels.read(toml(offset_left="-1.5", offset_top="2", dpi="300"))["own"]

    assert (plain.offset_left, plain.offset_top, plain.dpi) == (0, 0, 203)
    assert (changed.offset_left, changed.offset_top, changed.dpi) == (-1.5, 2, 300)


@pytest.mark.parametrize(("width", "height"), [("70", "100"), ("100", "100"), ("120", "300")])
def test_a_hall_gets_its_own_label_printed(width: str, height: str) -> None:
    """From the smallest that has room for two codes and an address."""
    own = labels.read(toml(width=width, height=height))["own"]

    page = pdfs.page(labels.render(FACE, stock=own))

    assert (page.width / pdfs.MM, page.height / pdfs.MM) == pytest.approx(own.page, abs=0.05)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"width": "69"}, "width"),
        ({"height": "99"}, "height"),
        ({"height": "301"}, "height"),
        ({"width": "nan"}, "width"),
        ({"width": ""}, "width"),
        ({"width": '"76"'}, "width"),
        ({"length": "76"}, "length"),
        ({"machine_zone": "[90, 26]"}, "machine_zone"),
        ({"offset_left": "21"}, "offset_left"),
        ({"dpi": "180"}, "dpi"),
    ],
)
def test_an_impossible_label_is_refused_by_stock_and_field(changes: dict[str, str], field: str) -> None:
    """Somebody has to find the line in the file."""
    with pytest.raises(labels.WrongStock, match=rf"own: .*{field}") as refused:
        labels.read(toml(**changes))

    assert (refused.value.stock, refused.value.field) == ("own", field)


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: b"[own]\n" + text.encode())))
def test_rubbish_is_refused_and_nothing_else_happens(rubbish: bytes) -> None:
    """Whatever stands in the file, the one named error comes out."""
    with pytest.raises(labels.WrongStock):
        labels.read(rubbish)
