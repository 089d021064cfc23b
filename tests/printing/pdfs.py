"""Looking into finished PDFs: their text, their barcodes, their fonts, where things stand on the page."""

import io
from typing import Any

import pdfplumber
import pypdfium2
import zxingcpp
from pdfminer.pdftypes import resolve1

MM = 72 / 25.4
#: To look for every kind there is takes four times as long.
_CODE_128 = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128])


def texts(pdf: bytes) -> list[str]:
    """The text of each page as a reader copies it, without line ends and spaces."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return ["".join(text.split()) for text in pages]


def text(pdf: bytes) -> str:
    """The text of all pages without line ends and spaces."""
    return "".join(texts(pdf))


def metadata(pdf: bytes) -> dict[str, str]:
    """What the file says about itself."""
    document = pypdfium2.PdfDocument(pdf)
    told: dict[str, str] = document.get_metadata_dict()
    document.close()
    return told


def codes(pdf: bytes, *, dpi: int = 406) -> list[str]:
    """The values of all Code 128 symbols, page after page, read at twice the printer's resolution."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = [page.render(scale=dpi / 72, grayscale=True).to_pil() for page in document]
    document.close()
    return [code.text for picture in pictures for code in zxingcpp.read_barcodes(picture, formats=_CODE_128)]


def embeds_its_fonts(pdf: bytes) -> bool:
    """Whether there are fonts in the file and each brings its outlines along."""
    with pdfplumber.open(io.BytesIO(pdf)) as plumbed:
        numbers = [number for xref in plumbed.doc.xrefs for number in xref.get_objids()]
        objects = [plumbed.doc.getobj(number) for number in numbers]
        dictionaries = [found for found in objects if isinstance(found, dict)]
        fonts = [found for found in dictionaries if str(found.get("Type")) == "/'Font'"]
        return bool(fonts) and all("FontFile2" in resolve1(font.get("FontDescriptor", {})) for font in fonts)


def page(pdf: bytes) -> Any:
    """The first page with everything drawn on it and where, in points from the top left."""
    with pdfplumber.open(io.BytesIO(pdf)) as plumbed:
        first = plumbed.pages[0]
        first.objects  # noqa: B018 - read before the file is closed
        return first
