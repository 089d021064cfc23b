"""`make test-fonts`: with the rare face papers can have every Han character of GB 18030-2022."""

from __future__ import annotations

from printing import fonts, sheets
from tests.printing import pdfs

#: First and last, as GB 18030-2022 has them: the blocks as Unicode 11 left them.
BLOCKS = (
    (0x4E00, 0x9FEF),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
#: The twelve of the compatibility block that are characters of their own.
COMPATIBLE = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"
HAN = "".join(chr(code) for first, last in BLOCKS for code in range(first, last + 1)) + COMPATIBLE


def test_every_han_character_leaves_ink() -> None:
    """87,887 of 87,887, by outlines that are not empty."""
    assert len(HAN) == 87_887
    assert fonts.missing(HAN) == ()


def test_rare_names_are_copied_as_they_went_in() -> None:
    """Out of each block beyond the common ones, in one paper with both faces embedded."""
    name = "张" + "".join(chr(last) for _, last in BLOCKS[2:]) + "·刘𪾢"

    pdf = sheets.render([("title", ((name,),)), ("fields", (("姓名", name),))], page="A5")

    assert pdfs.text(pdf).count(name) == 2
    assert pdfs.embeds_its_fonts(pdf)
