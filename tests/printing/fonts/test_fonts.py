"""The font is found without its package's imports, covers Chinese names, and its text can be copied."""

import subprocess
import sys

import pytest

from printing import fonts, sheets
from printing.fonts import faces
from tests.printing import pdfs

RARE = "张𬱟 刘𪾢 䶮 㛃 𣲗 𬭼"


def test_the_font_is_found_without_importing_its_package() -> None:
    """zhplot would drag in matplotlib, which is not installed; only its file is used."""
    program = "import sys; from printing import fonts as f; f.name(f.HEI); sys.exit('zhplot' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_lost_font_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the font nothing can be printed, and the error says which package is not there."""
    monkeypatch.setattr(faces, "find_spec", lambda _package: None)

    with pytest.raises(fonts.FontMissing, match="zhplot"):
        fonts.path()


def test_the_font_is_registered_once() -> None:
    """Loading the font takes longer than drawing several papers, so it happens once per process."""
    first = faces.face(fonts.HEI)

    assert fonts.name(fonts.HEI) == fonts.HEI
    assert faces.face(fonts.HEI) is first


def test_rare_name_characters_have_an_outline() -> None:
    """Characters of 通用规范汉字表 beyond U+FFFF can be printed."""
    assert fonts.missing(RARE + "第1页：〔2026〕□—·　") == ()


def test_missing_characters_are_told_once_in_order() -> None:
    """Emoji, control characters, invisible marks and half surrogates have no outline."""
    assert fonts.missing("a😀b\x07c😀\u200b\udc00\n") == ("😀", "\x07", "\u200b", "\udc00")


def test_a_missing_character_is_printed_as_its_code_point() -> None:
    """What the font lacks stays visible; a line end is layout and stays itself."""
    assert fonts.printable("陈😀\x00一\n二") == "陈[U+1F600][U+0000]一\n二"


def test_every_character_of_the_first_national_standard_is_covered() -> None:
    """All Han characters that GB 2312 has can be printed."""
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    characters = "".join(pair.decode("gb2312", errors="ignore") for pair in pairs)

    assert len(characters) == 6763
    assert fonts.missing(characters) == ()


def test_text_copied_out_of_a_paper_is_the_text_that_went_in() -> None:
    """Characters beyond U+FFFF come back as themselves (reportlab 5.1.0 writes their mapping wrongly)."""
    pdf = sheets.render([("title", (("收件凭证",),)), ("paragraph", ((RARE,),))], page="A5")

    assert "".join(RARE.split()) in pdfs.text(pdf)


@pytest.mark.parametrize("style", [fonts.SONG, fonts.HEI])
def test_width_is_the_width_reportlab_sets(style: str) -> None:
    """Our quick sum of character widths agrees with the library that draws them."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    sample = "夫妻投靠 ABC 123，𬱟 ﬀ \ufffe"

    assert fonts.width(sample, 10.5, style) == pytest.approx(stringWidth(sample, fonts.name(style), 10.5))
