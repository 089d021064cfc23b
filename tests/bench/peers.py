"""`python -m tests.bench.peers`: the same envelopes by glabels and by LibreOffice's mail merge, beside ours.

Whole processes, in turn; written into README.md apart from the other figures: few have these programs.
glabels draws boxes, text and Code 128, the mail merge sets text alone; neither looks at a page again.
"""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pypdfium2

from printing import fonts, reading
from tests.bench import figures, letters
from tests.bench.figures import README, ROOT, Figure
from tests.bench.papers import program, seconds
from tests.bench.spread import Spread
from workstation.domain.times import SHANGHAI

MARK = "peers"
ROUNDS = 3
_MERGE = (Path(__file__).with_name("mail_merge.py"), Path("/usr/bin/python3"))
#: Field, then left, top, width and height in millimetres, then the size in points.
_TEXTS = (
    ("postcode", 12, 10, 80, 8, 16),
    ("address", 43, 42, 165, 20, 15),
    ("office", 43, 62, 165, 20, 20),
    ("sender", 124, 84, 90, 6, 12),
    ("sender_address", 124, 90, 90, 6, 10),
    ("sender_postcode", 190, 108, 30, 6, 10),
)
_UPRIGHT = 'a0="1" a1="0" a2="0" a3="1" a4="0" a5="0"'


@dataclass(frozen=True)
class Peers:
    """Seconds of whole processes, from a CSV to one PDF."""

    drawn: Spread
    checked: Spread
    glabels: Spread
    merged: Spread


def main() -> int:
    """Measure, and write the table; takes about two minutes, so its place is looked for first."""
    try:
        figures.written(README.read_text("utf-8"), "", MARK)
    except figures.NoPlace as error:
        print(f"{README.name} has {error}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="peers-", dir=sys.prefix) as folder:
        measured = measure(Path(folder), rounds=ROUNDS)
    told = f"{figures.setting(ROOT, datetime.now(SHANGHAI).date())} Beside {', '.join(versions())}."
    table = figures.table(lines(measured), told)
    print(table)
    README.write_text(figures.written(README.read_text("utf-8"), table, MARK), encoding="utf-8")
    return 0


def lines(peers: Peers) -> list[Figure]:
    """The lines of the table."""
    each = f"{letters.COUNT} ZL envelopes, CSV to one PDF"
    return [
        Figure(f"{each}: ours, boxes, text, Code 128", peers.drawn.told(2, " s")),
        Figure(
            "the same, the post's zones measured and every barcode read again", peers.checked.told(2, " s")
        ),
        Figure("glabels-3-batch: boxes, text, Code 128", peers.glabels.told(2, " s")),
        Figure("LibreOffice mail merge: text alone", peers.merged.told(1, " s")),
        Figure("glabels against ours; against ours measured and read", *_against(peers, peers.glabels, 4)),
        Figure(
            "the mail merge against ours; against ours measured and read", *_against(peers, peers.merged, 20)
        ),
    ]


def _against(peers: Peers, other: Spread, goal: int) -> tuple[str, str]:
    ours = (peers.drawn, peers.checked)
    ratios = [
        Spread([theirs / own for theirs, own in zip(other.values, each.values, strict=True)]) for each in ours
    ]
    return "; ".join(ratio.told(1, " ×") for ratio in ratios), f"≥ {goal} ×"


def measure(folder: Path, *, rounds: int, size: int = letters.COUNT) -> Peers:
    """So many rounds of all, in turn; what each has made is looked at once."""
    file = folder / "letters.csv"
    numbers = letters.write(file, size)
    environment = with_our_face(folder)
    glabels, merged = by_glabels(folder, file, environment), by_mail_merge(folder, file, environment)
    runs: Sequence[Callable[[], float]] = (
        lambda: seconds(program("envelopes_ours", file, folder / "ours.pdf")),
        lambda: seconds(program("envelopes_ours", "--checked", file, folder / "ours.pdf")),
        glabels,
        merged,
    )
    times = [[run() for run in runs] for _ in range(rounds)]
    assert pages(folder / "glabels.pdf") == pages(folder / "merge" / "merged0.pdf") == size
    assert reading.codes((folder / "glabels.pdf").read_bytes(), dpi=300) == numbers
    return Peers(*map(Spread, zip(*times, strict=True)))


def by_glabels(folder: Path, file: Path, environment: Mapping[str, str]) -> Callable[[], float]:
    """A round of glabels."""
    template = folder / "envelope.glabels"
    template.write_text(glabels_template(file), encoding="utf-8")
    command = ["glabels-3-batch", "-o", str(folder / "glabels.pdf"), str(template)]
    return lambda: _seconds(command, environment)


def by_mail_merge(folder: Path, file: Path, environment: Mapping[str, str]) -> Callable[[], float]:
    """A round of the mail merge; document, data source and profile are made now."""
    place = folder / "merge"
    place.mkdir()
    _spaced(file, place / "letters.csv")
    script, python = _MERGE
    prepare, merge = ([str(python), str(script), what, str(place)] for what in ("prepare", "merge"))
    _seconds(prepare, environment)
    return lambda: _seconds(merge, environment)


def _seconds(command: Sequence[str], environment: Mapping[str, str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return time.perf_counter() - begun


def _spaced(file: Path, to: Path) -> None:
    """The same letters, all numbers with spaces in them: the data source takes others for quantities."""
    with (
        file.open(encoding="utf-8", newline="") as rows,
        to.open("w", encoding="utf-8", newline="") as spaced,
    ):
        csv.writer(spaced).writerows(
            [" ".join(cell) if cell.isdigit() else cell for cell in row] for row in csv.reader(rows)
        )


def with_our_face(folder: Path) -> Mapping[str, str]:
    """An environment in which every program finds the face of our papers, and no other."""
    face = fonts.installed()[fonts.SONG] or fonts.path()
    conf = folder / "fonts.conf"
    conf.write_text(
        f"<fontconfig><dir>{face.parent}</dir><cachedir>{folder / 'fonts'}</cachedir></fontconfig>", "utf-8"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(conf)}


def glabels_template(file: Path) -> str:
    """The envelope as glabels has it; without the affine attributes its pages stay blank."""
    page = 'width="230mm" height="120mm"'
    layout = '<Layout nx="1" ny="1" x0="0mm" y0="0mm" dx="230mm" dy="120mm"/>'
    label = (
        f'<Label-rectangle id="0" {page} round="0pt" x_waste="0pt" y_waste="0pt">{layout}</Label-rectangle>'
    )
    return (
        '<?xml version="1.0"?><Glabels-document xmlns="http://glabels.org/xmlns/3.0/">'
        f'<Template brand="GB" part="ZL" size="Other" {page}>{label}</Template>'
        f'<Objects id="0" rotate="False">{"".join(_objects())}</Objects>'
        f'<Merge type="Text/Comma/Line1Keys" src={quoteattr(str(file))}/></Glabels-document>'
    )


def _objects() -> list[str]:
    boxes = [
        f'<Object-box {_placed(12.5 + 10 * at, 9.5, 7, 9)} line_width="0.85pt" line_color="0xd12630ff"'
        ' fill_color="0x00000000"/>'
        for at in range(6)
    ]
    texts = [
        f'<Object-text {_placed(*place)} justify="Left"><Span font_family="Noto Serif SC" font_size="{size}"'
        f' font_weight="Regular" font_italic="False" color="0x000000ff" line_spacing="1">'
        f'<Field name="{field}"/></Span></Object-text>'
        for field, *place, size in _TEXTS
    ]
    code = f'<Object-barcode {_placed(12, 79, 54, 18)} backend="gnu-barcode" style="Code128C" text="True"'
    return [*boxes, *texts, f'{code} checksum="True" color="0x000000ff" field="number"/>']


def _placed(left: float, top: float, width: float, height: float) -> str:
    return f'x="{left}mm" y="{top}mm" w="{width}mm" h="{height}mm" {_UPRIGHT}'


def pages(file: Path) -> int:
    """How many pages a PDF has."""
    document = pypdfium2.PdfDocument(file)
    count = len(document)
    document.close()
    return count


def versions() -> list[str]:
    """What is compared with."""
    command = ["dpkg-query", "-W", "-f", "${Package} ${Version}\n", "glabels", "libreoffice-writer-nogui"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()


if __name__ == "__main__":
    sys.exit(main())
