"""The figures of paper compare like with like: the same letters, each on its page, every number read."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from printing import envelopes, fonts, reading
from tests.bench import envelope_memory, envelopes_floor, envelopes_ours, letters, papers
from tests.bench.papers import program
from workstation.domain import codes


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Twelve letters."""
    letters.write(tmp_path / "letters.csv", 12)
    return tmp_path / "letters.csv"


def copied(file: Path) -> list[list[str]]:
    """The characters on each page but for spaces, in the order of their codes."""
    document = pypdfium2.PdfDocument(file)
    texts = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return [sorted("".join(text.split())) for text in texts]


def written(page: bytes) -> list[str]:
    """The same out of the floor's operators: a lone character without a font is not always copied."""
    texts = (
        bytes.fromhex(digits.decode()).decode("utf-16-be") for digits in re.findall(rb"<(\w+)> Tj", page)
    )
    return sorted("".join("".join(texts).split()))


def operators(file: Path) -> list[bytes]:
    """What is drawn on each page."""
    with pikepdf.open(file) as document:
        return [page.Contents.read_bytes() for page in document.pages]


def bars(page: bytes) -> list[tuple[bytes, bytes]]:
    """Where each bar begins and how wide it is, in modules."""
    return re.findall(rb"(\S+) 0 (\S+) 1 re", page)


def test_the_letters_are_the_same_each_time(tmp_path: Path) -> None:
    """Two files of them are equal, and a longer one begins with the shorter."""
    once, again, longer = (tmp_path / name for name in ("once", "again", "longer"))

    numbers = letters.write(once, 30)
    letters.write(again, 30)

    assert letters.write(longer, 40)[:30] == numbers
    assert once.read_bytes() == again.read_bytes()
    assert longer.read_bytes().startswith(once.read_bytes())


def test_the_letters_have_real_numbers_and_long_and_rare_names() -> None:
    """Every number is a face's, none twice; some offices are longer than a line, some names are rare."""
    each = list(letters.generated())
    offices = [letter["office"] for letter in each]

    assert len({letter["number"] for letter in each}) == letters.COUNT
    assert all(codes.parse(letter["number"]).kind == codes.Kind.ENVELOPE for letter in each)
    assert max(map(len, offices)) > 30 > 8 > min(map(len, offices))
    assert any(ord(char) > 0xFFFF for office in offices for char in office)
    assert not fonts.missing("".join(offices))


def test_the_floor_draws_what_we_draw(file: Path, tmp_path: Path) -> None:
    """The same words on each page, the same six boxes, the same bars to the dot."""
    envelopes_floor.main([str(file), str(tmp_path / "floor.pdf")])
    envelopes_ours.main([str(file), str(tmp_path / "ours.pdf")])

    floor, ours = (operators(tmp_path / name) for name in ("floor.pdf", "ours.pdf"))
    assert [written(page) for page in floor] == copied(tmp_path / "ours.pdf")
    for theirs, own in zip(floor, ours, strict=True):
        assert theirs.count(b" re S") == own.count(b" re S") == 6
        assert [size[1] for size in bars(theirs)] == [size[1] for size in bars(own)]
        assert [bar[0] for bar in bars(theirs)] == [bar[0] for bar in bars(own)]


def test_ours_checks_what_it_draws(file: Path, tmp_path: Path) -> None:
    """Checked or not, the same bytes; and a page whose number cannot be read ends it."""
    each = envelopes_ours.letters(file)

    drawn, checked = envelopes_ours.drawn(each), envelopes_ours.checked(each)

    assert drawn == checked == envelopes.render(*each, stock=envelopes_ours.stock())
    papers.verify(drawn, [letter.number for letter in each])


def test_a_batch_that_lacks_a_letter_is_no_figure(file: Path) -> None:
    """A page less, or another number than was asked for, is told instead of timed."""
    each = envelopes_ours.letters(file)
    numbers = [letter.number for letter in each]

    with pytest.raises(AssertionError, match="11 pages are not the 12 letters"):
        papers.verify(envelopes_ours.drawn(each[1:]), numbers)
    with pytest.raises(AssertionError, match="12 pages are not the 12 letters"):
        papers.verify(envelopes_ours.drawn(each), [*numbers[1:], numbers[0]])


def test_a_number_that_cannot_be_read_ends_the_process(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checking means it: the process says which numbers and fails."""
    monkeypatch.setattr(reading, "codes", lambda _, **__: [])
    each = envelopes_ours.letters(file)

    with pytest.raises(SystemExit, match=f"not read: {each[0].number}, "):
        envelopes_ours.checked(each)


def test_the_batch_is_timed_in_turn(tmp_path: Path) -> None:
    """Each round has all three, and the ratio is theirs."""
    batch = papers.batch(tmp_path, rounds=2, size=3)

    assert [len(each.values) for each in (batch.drawn, batch.checked, batch.floor)] == [2, 2, 2]
    assert batch.times_floor.values[0] == batch.drawn.values[0] / batch.floor.values[0]


def test_one_envelope_is_drawn_and_reprinted_by_the_act(tmp_path: Path) -> None:
    """As many times as asked for, each reprint a copy of the one before, all in the tray."""
    single = papers.single(tmp_path, times=2)

    assert [len(each.values) for each in (single.drawn, single.acts, single.computing)] == [2, 2, 2]
    assert min(single.drawn.median, single.computing.median) > 0
    assert len(list((tmp_path / "tray").glob("2*.pdf"))) == 1 + 2


def test_memory_is_the_most_of_this_program_alone() -> None:
    """It never falls, and a program that starts another does not lend it its own."""
    ballast = bytearray(300 * 1024 * 1024)

    memory = papers.memory(1, 3)

    assert len(ballast) == 300 * 1024 * 1024
    for least, most in (memory.alone, memory.together):
        assert 0 < least <= most < 300


def test_the_first_print_loads_what_it_needs(tmp_path: Path) -> None:
    """Before the act the process has loaded neither the drawing library nor the tests' own helpers."""
    listing = "import json, sys, tests.bench.first_print; print(json.dumps(sorted(sys.modules)))"
    command = [program("first_print")[0], "-c", listing]

    loaded = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)

    assert not {"reportlab", "printing", "pypdfium2", "zxingcpp", "pytest"} & set(loaded)


def test_envelopes_are_made_alone_and_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One by one, each is drawn once; together, the first ones are drawn again with the later ones."""
    drawn: list[int] = []
    monkeypatch.setattr(envelope_memory, "together", lambda faces: drawn.append(len(faces)))

    envelope_memory.main("alone", [1, 3])
    envelope_memory.main("together", [1, 3])

    assert [len(json.loads(line)) for line in capsys.readouterr().out.splitlines()] == [2, 2]
    assert drawn == [1, 1, 1, 1, 3]
