"""Draw every paper, envelope and label into `docs/papers/`, filled with the samples a wording is tried with.

`python -m tools.papers` writes the pictures and the page that shows them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from pathlib import Path

import pypdfium2
from PIL import ImageOps

from forms import documents
from printing import calibration, envelopes, labels
from workstation.acts import trials
from workstation.domain.words import word

FOLDER = Path(__file__).parent.parent / "docs" / "papers"
_DPI = 96
_SHADES = 8
"""Of grey: enough for ink on paper, and small."""
_EDGE = 150

#: Invented; the longest name and a rare character show that nothing is cut and nothing is blank.
FACE = envelopes.EnvelopeFace(
    number="23501021012632500018",
    postcode="530022",
    office="示例市示例区政务服务和大数据发展局（行政审批局）户政业务受理中心",
    address="示例壮族自治区示例市示例区民族大道 100 号政务服务中心二楼跨省通办窗口",
    sender="示例市示例区政务服务中心 跨省通办窗口 1",
    sender_address="示例省示例市示例区示例路 1 号",
    sender_postcode="350001",
    waybill="1136281381675",
)
_PAGE = """# 纸面

本程序印出的每一种纸面，用样品事实排出，都打着“样张”。由 `make pictures` 生成，请勿手改。

"""


def main() -> None:
    """Draw all, and write the page that shows them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    page = _PAGE
    for name, (title, pdf) in drawn().items():
        page += f"## {title}\n\n"
        for number, picture in enumerate(_pictures(pdf), 1):
            file = f"{name}-{number}.png"
            (FOLDER / file).write_bytes(picture)
            page += f"![{title}，第 {number} 页]({file})\n\n"
    (FOLDER / "README.md").write_text(page.rstrip() + "\n", encoding="utf-8")


def drawn() -> Mapping[str, tuple[str, bytes]]:
    """Title and PDF of everything that is printed, by the name of its file."""
    return dict([*_documents(), *_faces(), *_calibrations()])


def _documents() -> Iterator[tuple[str, tuple[str, bytes]]]:
    for name in documents.names():
        trial = trials.tried(name, documents.shipped(name))
        copies = f"（各联：{'、'.join(trial.copies)}）" if trial.copies else ""
        yield name, (f"{word(name)}{copies}", trial.pdf)


def _faces() -> Iterator[tuple[str, tuple[str, bytes]]]:
    for name, stock in envelopes.stocks().items():
        yield f"envelope-{name}", (f"封套 {name}", envelopes.render(FACE, stock=stock, watermark="样张"))
    for name, label in labels.stocks().items():
        yield f"label-{name}", (f"标签 {name}", labels.render(FACE, stock=label, watermark="样张"))


def _calibrations() -> Iterator[tuple[str, tuple[str, bytes]]]:
    for name in ("C5", "DL"):
        stock = envelopes.stocks()[name]
        sheet = calibration.render(*stock.page, dpi=stock.dpi, title=name)
        yield f"calibration-{name}", (f"校准页 {name}", sheet)


def _pictures(pdf: bytes) -> Iterator[bytes]:
    """The pages as PNG, all copies of a paper one after the other."""
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            grey = ImageOps.expand(page.render(scale=_DPI / 72).to_pil().convert("L"), border=1, fill=_EDGE)
            output = io.BytesIO()
            grey.quantize(_SHADES).save(output, "PNG", optimize=True)
            yield output.getvalue()


if __name__ == "__main__":
    main()
