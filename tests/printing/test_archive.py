"""Papers for an archive: the same pages to look at and to copy, with the marks of PDF/A, nothing active."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printing import archive, reading, sheets
from printing.archive import NotArchivable, Reason
from tests.printing import pdfs

WHEN = datetime(2026, 11, 20, 9, 30, 15, 987654, timezone(timedelta(hours=8)))
NUMBER = "43502031012632400011"
#: More characters than one block of a ToUnicode map takes, and one beyond U+FFFF.
TEXT = "张𬱟" + "".join(chr(0x4E00 + at) for at in range(300))
PARTS: list[sheets.Part] = [
    ("paragraph", (("示例大厅",),)),
    ("code", ((NUMBER, "收件凭证"),)),
    ("title", (("收件凭证",),)),
    ("paragraph", ((TEXT,),)),
]


@pytest.fixture(scope="module")
def paper() -> bytes:
    """A paper as it is printed, of two pages."""
    return sheets.render([*PARTS, *PARTS[3:] * 12], page="A5", watermark="演练")


@pytest.fixture(scope="module")
def archived(paper: bytes) -> bytes:
    """The same for an archive."""
    return archive.as_pdfa(paper, title="收件凭证", when=WHEN)


def opened(pdf: bytes) -> pikepdf.Pdf:
    """The file taken apart; what is read of it lives as long as it does."""
    return pikepdf.open(io.BytesIO(pdf), attempt_recovery=False)


def changed(pdf: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The file with something done to it."""
    output = io.BytesIO()
    with opened(pdf) as document:
        change(document)
        document.save(output)
    return output.getvalue()


def dots(pdf: bytes) -> list[bytes]:
    """Every dot of every page."""
    return [picture.tobytes() for picture in reading.pictures(pdf, dpi=203)]


def maps(pdf: bytes) -> list[str]:
    """What each font says about the text behind its glyphs."""
    with opened(pdf) as document:
        fonts = [found for found in document.objects if isinstance(found, Dictionary)]
        return [font.ToUnicode.read_bytes().decode() for font in fonts if "/ToUnicode" in font]


def test_it_looks_the_same(paper: bytes, archived: bytes) -> None:
    """Dot for dot, on every page."""
    assert dots(archived) == dots(paper)
    assert len(dots(archived)) > 1


def test_it_says_the_same(paper: bytes, archived: bytes) -> None:
    """The text that is copied out, beyond U+FFFF too, and the number a scanner reads."""
    assert pdfs.texts(archived) == pdfs.texts(paper)
    assert "张𬱟一丁" in pdfs.text(archived)
    assert reading.codes(archived) == [NUMBER]


def test_equal_papers_give_equal_bytes(paper: bytes, archived: bytes) -> None:
    """Whenever they are written; another title or time gives others."""
    archive._profile.cache_clear()
    again = archive.as_pdfa(paper, title="收件凭证", when=WHEN)

    assert again == archived
    assert archive.as_pdfa(paper, title="回执联", when=WHEN) != archived
    assert archive.as_pdfa(paper, title="收件凭证", when=WHEN + timedelta(seconds=1)) != archived


def test_it_carries_the_marks(archived: bytes) -> None:
    """Version 1.7, part 2 level U, a number of its own, and no fault in its build."""
    with opened(archived) as document:
        assert archived.startswith(b"%PDF-1.7\n")
        assert document.open_metadata().pdfa_status == "2U"
        assert len(document.trailer.ID) == 2
        assert document.check_pdf_syntax() == []
    assert pdfs.embeds_its_fonts(archived)


def test_title_and_time_are_told_twice_and_alike(archived: bytes) -> None:
    """In the old place and in the new; who wrote it with which program is told in neither."""
    with opened(archived) as document:
        old = {key: str(value) for key, value in document.docinfo.items()}
        new = dict(document.open_metadata())

    assert old == {
        "/Title": "收件凭证",
        "/CreationDate": "D:20261120093015+08'00'",
        "/ModDate": "D:20261120093015+08'00'",
    }
    named = {name.rpartition("}")[2]: value for name, value in new.items()}
    assert named == {
        "part": "2",
        "conformance": "U",
        "title": "收件凭证",
        "CreateDate": "2026-11-20T09:30:15+08:00",
        "ModifyDate": "2026-11-20T09:30:15+08:00",
    }


def test_a_time_keeps_its_zone(paper: bytes) -> None:
    """It is written as it was given."""
    with opened(archive.as_pdfa(paper, title="x", when=datetime(2026, 1, 2, tzinfo=UTC))) as document:
        assert str(document.docinfo.CreationDate) == "D:20260102000000+00'00'"


def test_it_says_which_colours_are_meant(archived: bytes) -> None:
    """The profile of sRGB is inside, and carries a day of ours instead of that of its writing."""
    with opened(archived) as document:
        (intent,) = document.Root.OutputIntents
        profile = intent.DestOutputProfile.read_bytes()

        assert str(intent.S) == "/GTS_PDFA1"
        assert int(intent.DestOutputProfile.N) == 3
    assert profile[12:24] == b"mntrRGB XYZ "
    assert [int.from_bytes(profile[at : at + 2]) for at in range(24, 36, 2)] == [2024, 1, 1, 0, 0, 0]


def test_the_text_behind_glyphs_comes_in_small_blocks(paper: bytes, archived: bytes) -> None:
    """At most a hundred to a block, each as long as it says, none for U+0000, and no glyph forgotten."""
    pair = r"<[0-9A-F]{2}> <(?!0000>)[0-9A-F]{4,8}>"
    blocks = [
        (int(said), re.findall(pair, block))
        for text in maps(archived)
        for said, block in re.findall(r"(\d+) beginbfchar\n(.*?)\nendbfchar", text, re.DOTALL)
    ]

    assert all(said == len(pairs) <= 100 for said, pairs in blocks)
    assert len(blocks) > len(maps(archived)) > 1
    assert sum(len(pairs) for _, pairs in blocks) == sum(len(re.findall(pair, text)) for text in maps(paper))
    assert not any("<0000>" in text for text in maps(archived))


def with_script(document: pikepdf.Pdf) -> None:
    """A program that would run when the file is opened."""
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def with_note(document: pikepdf.Pdf) -> None:
    """Something stuck onto a page."""
    document.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Text)])


def with_file(document: pikepdf.Pdf) -> None:
    """Another file inside."""
    document.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([])))


def without_outlines(document: pikepdf.Pdf) -> None:
    """A font that every reader would take from elsewhere."""
    fonts = document.pages[0].obj.Resources.Font
    fonts.F9 = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (with_script, Reason.ACTIVE),
        (with_note, Reason.ACTIVE),
        (with_file, Reason.ACTIVE),
        (without_outlines, Reason.FONT),
    ],
)
def test_what_no_archive_takes_is_refused(
    paper: bytes, change: Callable[[pikepdf.Pdf], None], reason: Reason
) -> None:
    """Rather than labelled as if it were fit to be kept."""
    with pytest.raises(NotArchivable) as caught:
        archive.as_pdfa(changed(paper, change), title="x", when=WHEN)

    assert caught.value.reason == reason


def test_a_locked_file_is_refused(paper: bytes) -> None:
    """Nobody will know its password in thirty years."""
    output = io.BytesIO()
    with opened(paper) as document:
        document.save(output, encryption=pikepdf.Encryption(owner="owner", user=""))

    with pytest.raises(NotArchivable):
        archive.as_pdfa(output.getvalue(), title="x", when=WHEN)


def torn(pdf: bytes) -> bytes:
    """Its end is missing."""
    return pdf[:-2000]


def overwritten(pdf: bytes) -> bytes:
    """The beginning of its first page is blank."""
    with opened(pdf) as document:
        page = document.pages[0].obj.Contents.read_raw_bytes()
    return pdf.replace(page, bytes(200) + page[200:])


@pytest.mark.parametrize(
    "damage", [torn, overwritten, lambda _: b"", lambda _: b"not a paper", lambda _: b"%PDF-1.4\n%%EOF"]
)
def test_a_damaged_file_is_refused(paper: bytes, damage: Callable[[bytes], bytes]) -> None:
    """It is not mended in silence: what is kept for long is what was stored."""
    with pytest.raises(NotArchivable) as caught:
        archive.as_pdfa(damage(paper), title="x", when=WHEN)

    assert caught.value.reason == Reason.DAMAGED


def test_what_was_marked_can_be_examined_again(paper: bytes) -> None:
    """Whoever takes it over asks the same of it; half of it is damaged."""
    archived = archive.as_pdfa(paper, title="收件凭证", when=WHEN)

    archive.examine(archived)

    with pytest.raises(NotArchivable) as caught:
        archive.examine(archived[: len(archived) // 2])
    assert caught.value.reason == Reason.DAMAGED
