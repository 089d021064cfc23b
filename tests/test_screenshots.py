"""Pictures of screens: what is seen is kept whole, and drawn so that nothing on it is silently blank."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from rich.cells import cell_len
from rich.text import Text
from textual.app import App, ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

from tools import screenshots
from tools.screenshots import CELL, Picture, Run, Style, draw

WHITE, BLACK, RED = "#ffffff", "#000000", "#ff0000"
PLAIN = Style(WHITE, BLACK)
WIDTH, HEIGHT = CELL


class Dialog(ModalScreen[None]):
    """A line over a screen that shines through."""

    CSS = "Dialog { background: black 50%; } Dialog Static { width: 8; background: red; }"

    def compose(self) -> ComposeResult:
        """Show a question."""
        yield Static("退出吗？")


class Small(App[None]):
    """One line of every kind of character and style."""

    CSS = "Static { background: #102030; color: #e0e0e0; }"

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text

    def compose(self) -> ComposeResult:
        """Show the line."""
        yield Static(self._text)


def seen(text: Text | str, *, dialog: bool = False) -> Picture:
    """What a screen of 20×3 with this text shows."""

    async def run() -> Picture:
        app = Small(Text(text) if isinstance(text, str) else text)
        async with app.run_test(size=(20, 3)) as pilot:
            if dialog:
                app.push_screen(Dialog())
            await pilot.pause()
            return screenshots.seen(app)

    return asyncio.run(run())


def drawn(text: str, style: Style = PLAIN) -> Image.Image:
    """A drawing of one row with this text."""
    return draw(Picture(cell_len(text), ((Run(text, style),),)))


def inked(image: Image.Image, cell: int) -> bool:
    """Whether there is ink in a cell of the first row."""
    box = (cell * WIDTH, 0, (cell + 1) * WIDTH, HEIGHT)
    return image.crop(box).convert("L").getbbox() is not None


def test_a_screen_is_seen_as_wide_as_it_is() -> None:
    """Each row fills the window, however many of its characters are wide."""
    picture = seen("夫妻 𠮷 𬀩 ＡＢ① 한")

    assert picture.columns == 20
    assert [sum(cell_len(run.text) for run in row) for row in picture.rows] == [20, 20, 20]
    assert picture.text.split("\n")[0] == "夫妻 𠮷 𬀩 ＡＢ① 한"


def test_colours_and_marks_are_seen() -> None:
    """Reversed and dim are colours already; bold, underlined and struck out are told."""
    text = Text.assemble(("a", "bold #ff0000"), ("b", "reverse"), ("c", "underline strike"))
    first, second, third, *_ = seen(text).rows[0]

    assert first.style == Style(RED, "#102030", ("bold",))
    assert (second.style.ink, second.style.ground) == ("#102030", "#e0e0e0")
    assert third.style.marks == ("underline", "strike")


def test_the_ink_of_a_blank_makes_no_difference() -> None:
    """A row that looks the same is kept the same."""
    assert str(seen(Text.assemble(("a", "#ff0000"), (" ", "#00ff00")))) == str(seen(Text("a ", "#ff0000")))


def test_what_shines_through_a_dialog_is_seen() -> None:
    """A dialog stands before the screen it was opened over, darkened."""
    alone, behind = seen("一二三四五六七八九"), seen("一二三四五六七八九", dialog=True)

    assert behind.text.startswith("退出吗？")
    assert alone.text.split("\n")[0][4:] == behind.text.split("\n")[0][4:]
    assert alone.rows[0][-1].style.ground != behind.rows[0][-1].style.ground


@pytest.mark.parametrize(
    "text",
    [
        "夫妻 𠮷 𬀩 ＡＢ① 한",
        r"C:\new \u202e \"q\"",
        "a\u202eb\u200dc\u0301 \U0000845b\U000e0100",
        '"|", 1 #aaaaaa',
    ],
)
def test_a_kept_picture_is_read_back_whole(text: str) -> None:
    """What is kept is printable, line by line, and gives the same picture again."""
    picture = seen(text)
    kept = str(picture)

    assert Picture.kept(kept) == picture
    assert all(line.isprintable() for line in kept.split("\n"))
    assert len(kept.split("\n")) < 12


@given(st.lists(st.tuples(st.text("a件 \\\"'|,:\u202e\u0301é\x1b", min_size=1), st.booleans()), max_size=5))
def test_any_text_is_kept_and_read_back(parts: list[tuple[str, bool]]) -> None:
    """No character in the data can break the form in which a picture is kept."""
    row: list[Run] = []
    for number, (text, bold) in enumerate(parts):
        # A character without width at the start of a run would belong to the run before it.
        row.append(Run(f"x{text}", Style(f"#{number:06x}", BLACK, ("bold",) if bold else ())))
    picture = Picture(sum(cell_len(run.text) for run in row), (tuple(row),))

    if row:
        assert Picture.kept(str(picture)) == picture


def test_rows_that_look_alike_are_kept_once() -> None:
    """The styles of equal rows stand in one line."""
    assert "\n2-3: " in str(seen("a"))


def test_a_drawing_has_the_size_of_its_cells() -> None:
    """80 columns and 24 rows make a picture of 80 by 24 cells."""
    picture = Picture(80, ((Run(" " * 80, PLAIN),),) * 24)

    assert draw(picture).size == (80 * WIDTH, 24 * HEIGHT)


def test_a_wide_character_fills_two_cells() -> None:
    """A Chinese character is drawn in both its cells, and the next one stands behind it."""
    image = drawn("件 件")

    assert [inked(image, cell) for cell in range(5)] == [True, True, False, True, True]


@pytest.mark.parametrize("char", ["𠮷", "한", "\ue000", "⭘", "\U0002ebf0"])
def test_an_unknown_character_is_a_box(char: str) -> None:
    """A character no face has is a frame with its number, not a blank."""
    image = drawn(char)

    assert image.getpixel((1, HEIGHT // 2)) == (255, 255, 255)
    assert image.getpixel((image.width - 2, HEIGHT // 2)) == (255, 255, 255)
    # The number stands within: two characters without a glyph do not look the same.
    assert image.tobytes() != drawn({1: "\ue001", 2: "글"}[cell_len(char)]).tobytes()


@pytest.mark.parametrize(
    "char", ["件", "𬀩", "Ａ", "①", "a", "·", "—", "…", "“", "√", "✓", "✗", "é", "e\u0301"]
)
def test_a_known_character_is_no_box(char: str) -> None:
    """What the two faces have is drawn from them."""
    image = drawn(char)

    assert inked(image, 0)
    frame = {image.getpixel((1, y)) for y in range(3, HEIGHT - 4)}
    assert frame != {(255, 255, 255)}


@pytest.mark.parametrize("char", [" ", "　", "\u00a0"])
def test_a_space_is_blank(char: str) -> None:
    """Only what is meant to be blank is blank."""
    assert drawn(char).convert("L").getbbox() is None


@pytest.mark.parametrize(
    ("char", "edges"),
    [
        ("─", "lr"),
        ("│", "tb"),
        ("┌", "rb"),
        ("╭", "rb"),
        ("┘", "lt"),
        ("┼", "ltrb"),
        ("┝", "trb"),
        ("┽", "ltrb"),
        ("╒", "rb"),
        ("╬", "ltrb"),
        ("╌", "lr"),
        ("╼", "lr"),
        ("╷", "b"),
        ("█", "ltrb"),
    ],
)
def test_lines_reach_the_edges_they_should(char: str, edges: str) -> None:
    """Frames are whole: an arm ends at the edge of its cell, and no other edge is touched in its middle."""
    image = drawn(char).convert("L")
    strips = {
        "l": (0, 8, 1, HEIGHT - 8),
        "r": (WIDTH - 1, 8, WIDTH, HEIGHT - 8),
        "t": (3, 0, WIDTH - 3, 1),
        "b": (3, HEIGHT - 1, WIDTH - 3, HEIGHT),
    }

    assert {edge for edge, box in strips.items() if image.crop(box).getbbox()} == set(edges)


@pytest.mark.parametrize(
    ("char", "share"),
    [
        ("█", 1.0),
        ("▀", 0.5),
        ("▁", 0.125),
        ("▊", 0.75),
        ("▐", 0.5),
        ("▔", 0.125),
        ("▚", 0.5),
        ("▟", 0.75),
        ("🮇", 0.25),
    ],
)
def test_blocks_fill_their_part_of_a_cell(char: str, share: float) -> None:
    """A block covers as much of its cell as its name says."""
    covered = drawn(char).convert("L").histogram()[255] / (WIDTH * HEIGHT)

    assert covered == pytest.approx(share, abs=0.03)


def test_a_shade_is_a_mixture() -> None:
    """Half a shade of white on black is grey all over."""
    assert drawn("▒").getcolors() == [(WIDTH * HEIGHT, (127, 127, 127))]


def test_colours_are_drawn_as_they_are() -> None:
    """The ground of a cell is its true colour."""
    assert drawn("  ", Style(WHITE, "#0178d4")).getcolors() == [(2 * WIDTH * HEIGHT, (1, 120, 212))]


@pytest.mark.parametrize("mark", ["bold", "underline", "strike"])
def test_marks_are_drawn(mark: str) -> None:
    """A mark adds ink to the letters."""

    def ink(style: Style) -> int:
        return sum(drawn("件a", style).convert("L").histogram()[128:])

    assert ink(Style(WHITE, BLACK, (mark,))) > ink(PLAIN)


def test_kept_pictures_are_drawn_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command names each drawing after screen and test, and draws the same bytes every time."""
    kept = tmp_path / "worklist" / "snapshots" / "test_a_day-20x3.txt"
    kept.parent.mkdir(parents=True)
    kept.write_text(str(seen("夫妻投靠")), encoding="utf-8")

    assert screenshots.main([str(kept), str(tmp_path / "out")]) == 0

    target = tmp_path / "out" / "worklist-test_a_day-20x3.png"
    assert capsys.readouterr().out == f"{target}\n"
    before = target.read_bytes()
    screenshots.main([str(kept), str(tmp_path / "out")])
    assert target.read_bytes() == before


def test_the_command_says_what_it_needs(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a file and a folder nothing is drawn."""
    assert screenshots.main(["one"]) == 2
    assert "FILE… FOLDER" in capsys.readouterr().err
