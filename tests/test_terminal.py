"""The terminal of the tests: what it shows, what it sends, when it waits, and that nothing outlives it."""

from __future__ import annotations

import itertools
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.terminal import SCAN_GAP, Emulator, Terminal, bytes_of

PROGRAM = """
from __future__ import annotations

import sys
from pathlib import Path

from rich.text import Text
from textual.app import App, ComposeResult
from textual.events import Key, Resize
from textual.widgets import Footer, Input, Static


class Counter(App[None]):
    BINDINGS = [
        ("f2", "say('登记了')", "登记"),
        ("escape", "say('退一步')", "返回"),
        ("ctrl+p", "say('面板')", "面板"),
    ]
    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Static(Text("收件登记 𠮷野家 ＡＢ①"))
        yield Input(placeholder="姓名")
        yield Static(id="said")
        yield Static(id="size")
        yield Footer()

    def action_say(self, what: str) -> None:
        self.query_one("#said", Static).update(Text(what))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.query_one("#said", Static).update(Text("交来 " + event.value))

    def on_resize(self, event: Resize) -> None:
        self.query_one("#size", Static).update(Text(f"{event.size.width}×{event.size.height}"))

    async def on_event(self, event: object) -> None:
        if isinstance(event, Key) and not event._forwarded and len(sys.argv) > 1:
            with Path(sys.argv[1]).open("a", encoding="utf-8") as times:
                times.write(f"{event.key} {event.time}\\n")
        await super().on_event(event)


Counter().run()
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A small Textual program with an input, three keys and a size."""
    file = tmp_path / "program.py"
    file.write_text(PROGRAM, encoding="utf-8")
    return file


@pytest.fixture
def terminal(program: Path, tmp_path: Path) -> Iterator[Terminal]:
    """The program on a terminal of 80×24, painted; it writes the time of each key to `keys`."""
    with Terminal([sys.executable, str(program), str(tmp_path / "keys")]) as terminal:
        terminal.wait_for("收件登记", "80×24", "返回")
        yield terminal


def shown(*pieces: bytes, columns: int = 20, rows: int = 3) -> list[str]:
    """The rows an emulator shows after it was fed these pieces."""
    emulator = Emulator(columns, rows, lambda _: None)
    for piece in pieces:
        emulator.feed(piece)
    return [row.rstrip() for row in emulator.screen.rows()]


def gaps(keys: Path) -> list[float]:
    """How long before each key after the first the one before it was read, in seconds."""
    times = [float(line.rpartition(" ")[2]) for line in keys.read_text(encoding="utf-8").splitlines()]
    distinct = list(dict.fromkeys(times))
    return [later - earlier for earlier, later in itertools.pairwise(distinct)]


def test_wide_characters_stand_once_on_the_screen(terminal: Terminal) -> None:
    """The screen is text as a person reads it, as many lines as the window has."""
    lines = terminal.text.split("\n")

    assert lines[0] == "收件登记 𠮷野家 ＡＢ①"
    assert len(lines) == 24


def test_what_is_typed_and_pressed_arrives(terminal: Terminal) -> None:
    """Chinese text, Enter, function keys, Ctrl and Esc each do what they are bound to."""
    terminal.type("夫妻ab")
    terminal.press("enter")
    terminal.wait_for("交来 夫妻ab")

    terminal.press("f2")
    terminal.wait_for("登记了")
    terminal.press("ctrl+p")
    terminal.wait_for("面板")
    terminal.press("escape")
    terminal.wait_for("退一步")
    assert "夫妻ab" in terminal.text


def test_a_key_after_escape_is_a_key_of_its_own(terminal: Terminal) -> None:
    """Esc is answered before the next key is sent, so the two never become Alt with that key."""
    terminal.press("escape", "x", "enter")

    terminal.wait_for("交来 x")


def test_typing_never_looks_like_a_scan(terminal: Terminal, tmp_path: Path) -> None:
    """Enter after typed text comes later than a scanner would send it."""
    terminal.type("350212")
    terminal.press("enter")
    terminal.wait_for("交来 350212")

    assert gaps(tmp_path / "keys")[-1] > SCAN_GAP


def test_a_scan_is_one_burst(terminal: Terminal, tmp_path: Path) -> None:
    """All characters of a scan and its Enter are read at once, in order."""
    terminal.scan("13502129261234500017")
    terminal.wait_for("交来 13502129261234500017")

    between = gaps(tmp_path / "keys")
    assert len(between) == 20
    assert max(between) < SCAN_GAP


def test_a_pasted_text_arrives_whole(terminal: Terminal) -> None:
    """A paste is marked as such, since the program has asked for it."""
    terminal.paste("厦门市")

    terminal.press("enter")
    terminal.wait_for("交来 厦门市")


def test_the_program_hears_of_another_size(terminal: Terminal) -> None:
    """A resized window is drawn anew in its new size."""
    terminal.resize(40, 10)

    terminal.wait_for("40×10")
    assert terminal.text.count("\n") == 9


def test_a_program_that_is_told_to_end_gives_its_exit_code(terminal: Terminal) -> None:
    """After the end the main screen is back, with nothing of the program or its questions on it."""
    terminal.press("ctrl+q")

    assert terminal.close() == 0
    assert terminal.text.strip() == ""


def test_a_text_that_does_not_come_is_reported_with_the_screen(terminal: Terminal) -> None:
    """Who waits in vain is shown what stood there instead."""
    with pytest.raises(AssertionError, match=r"(?s)'办结'.*did not come.*收件登记"):
        terminal.wait_for("办结", deadline=0.2)


def test_a_program_that_has_ended_is_not_waited_for() -> None:
    """The wait breaks off at once and tells the exit code."""
    begun = time.monotonic()

    with Terminal([sys.executable, "-c", "print('完'); raise SystemExit(3)"]) as terminal:
        with pytest.raises(AssertionError, match="ended with 3"):
            terminal.wait_for("never")
        assert terminal.close() == 3

    assert time.monotonic() - begun < 5


def test_killed_it_gives_the_signal(terminal: Terminal) -> None:
    """SIGKILL ends the program as a power cut does, and close tells it."""
    terminal.kill()

    assert terminal.close() == -signal.SIGKILL


def test_what_the_program_started_ends_with_it() -> None:
    """A process the program left behind does not outlive the terminal."""
    code = "import subprocess; print('begun', subprocess.Popen(['sleep', '60']).pid, 'end')"
    with Terminal([sys.executable, "-c", code]) as terminal:
        child = int(terminal.wait_for("end").split()[1])
        terminal.close()

    gone_by(child, time.monotonic() + 5)


def test_the_program_ends_with_the_test_run(program: Path) -> None:
    """When the test run itself is killed, the window closes and the program ends."""
    code = f"""
        import sys
        from tests.terminal import Terminal
        terminal = Terminal([sys.executable, {str(program)!r}])
        terminal.wait_for("收件登记")
        print(terminal.pid, flush=True)
        terminal.wait_for("办结", deadline=60)
    """
    run = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE)
    assert run.stdout is not None
    with run.stdout as told:
        started = int(told.readline())

    run.kill()
    run.wait()

    gone_by(started, time.monotonic() + 5)


def gone_by(pid: int, deadline: float) -> None:
    """Wait until a process is gone or only waits to be buried."""
    while time.monotonic() < deadline:
        try:
            state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(") ")[2][0]
        except (FileNotFoundError, ProcessLookupError):
            return
        if state == "Z":
            return
        os.sched_yield()
    raise AssertionError(f"{pid} still runs")


def test_nothing_is_inherited_from_the_window_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes, homes and passwords of the person who runs the tests stay outside; what is named comes in."""
    monkeypatch.setenv("COLUMNS", "33")
    monkeypatch.setenv("WORKSTATION_PASSWORD", "x")
    code = (
        "import os; print(os.environ.get('COLUMNS'), os.environ.get('WORKSTATION_PASSWORD'), os.environ['A'])"
    )

    with Terminal([sys.executable, "-c", code], env={"A": "named"}) as terminal:
        terminal.wait_for("None None named")


@pytest.mark.parametrize(
    ("key", "sent"),
    [
        ("a", b"a"),
        ("夫", "夫".encode()),
        ("enter", b"\r"),
        ("shift+tab", b"\x1b[Z"),
        ("f1", b"\x1bOP"),
        ("f12", b"\x1b[24~"),
        ("ctrl+q", b"\x11"),
        ("ctrl+right", b"\x1b[1;5C"),
        ("shift+f2", b"\x1b[1;2Q"),
        ("ctrl+pageup", b"\x1b[5;5~"),
        ("alt+x", b"\x1bx"),
    ],
)
def test_keys_are_sent_as_xterm_sends_them(key: str, sent: bytes) -> None:
    """A key's name stands for the bytes an xterm sends."""
    assert bytes_of(key) == sent


def test_a_key_nobody_has_is_refused() -> None:
    """A misspelt key fails the test that presses it."""
    with pytest.raises(KeyError, match="retrun"):
        bytes_of("retrun")


@pytest.mark.parametrize(
    "strange",
    [
        b"\x1b[>25u",
        b"\x1b[<u",
        b"\x1b[?u",
        b"\x1b[?2026$p",
        b"\x1b[?2026h",
        b"\x1b[=1;1u",
        b"\x1b[>4;1m",
        b"\x1b[4:3m",
        b"\x1b[ q",
        b"\x1b[?5W",
        b"\x1b]22;default\x07",
        b"\x1b]52;c;5aSr\x1b\\",
        b"\x1b]8;;http://x\x1b\\",
        b"\x1bP+q544e\x1b\\",
        b"\x1b_Gi=1\x1b\\",
        b"\x1b]0;broken off\x1b[0m",
        b"\x1bPbroken off\x1b[0m",
        b"\x1b(B",
        b"\x1b=",
        b"\x07",
        "\x9b>25u".encode(),
    ],
)
def test_a_sequence_is_never_text(strange: bytes) -> None:
    """What a terminal obeys or ignores is not on the screen, however it is cut in two."""
    whole = b"A" + strange + "件Z".encode()

    for cut in range(len(whole)):
        assert shown(whole[:cut], whole[cut:]) == ["A件Z", "", ""]


def test_a_title_is_a_title_only_when_it_is_one() -> None:
    """OSC 0 and 2 set the title; OSC 22, the form of the pointer, does not."""
    emulator = Emulator(20, 3, lambda _: None)

    emulator.feed(b"\x1b]22;default\x07")
    assert emulator.screen.title == ""
    emulator.feed(b"\x1b]0;hijacked\x07")
    assert emulator.screen.title == "hijacked"


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (b"\x1b[?2026$p", b"\x1b[?2026;0$y"),
        (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
        (b"\x1b[4$p", b"\x1b[4;0$y"),
        (b"\x1b[c", b"\x1b[?6c"),
        (b"ab\x1b[6n", b"\x1b[1;3R"),
        (b"\x1b[?u", b""),
    ],
)
def test_questions_are_answered_as_a_plain_xterm_does(asked: bytes, answered: bytes) -> None:
    """Modes are not known, kind and cursor are told, the keyboard protocol is passed over in silence."""
    said: list[bytes] = []

    Emulator(20, 3, said.append).feed(asked)

    assert b"".join(said) == answered


def test_the_main_screen_returns_after_the_other_one() -> None:
    """What stood on the screen before a full-screen program stands there again after it."""
    assert shown(b"before\x1b[?1049h\x1b[1;1Hwithin") == ["within", "", ""]
    assert shown(b"before\x1b[?1049h\x1b[1;1Hwithin\x1b[?1049l!") == ["before!", "", ""]


def test_characters_without_width_belong_to_the_one_before() -> None:
    """A joiner, a selector or an accent takes no cell and swallows nothing that follows."""
    assert shown("葛\U000e0100城 e\u0301 a\u200db".encode()) == ["葛\U000e0100城 e\u0301 a\u200db", "", ""]


def test_half_a_wide_character_is_a_blank() -> None:
    """A wide character loses both halves when one is written over, as on a real terminal."""
    assert shown("件件".encode() + b"\x1b[1;2Hx") == [" x件", "", ""]
    assert shown("件件".encode() + b"\x1b[1;1Hx") == ["x 件", "", ""]


def test_true_colour_is_kept() -> None:
    """A cell knows its 24-bit colours."""
    emulator = Emulator(20, 3, lambda _: None)

    emulator.feed(b"\x1b[38;2;1;120;212;48;2;18;18;18mx")

    assert (emulator.screen.buffer[0][0].fg, emulator.screen.buffer[0][0].bg) == ("0178d4", "121212")


@given(
    st.lists(st.sampled_from(["件", "a", "\x1b[1;3H", "\x1b[31m", "𠮷", "\u200d", "\x1b]2;t\x07"])), st.data()
)
def test_where_the_bytes_are_cut_makes_no_difference(parts: list[str], data: st.DataObject) -> None:
    """Whatever pieces a program's output arrives in, the screen is the same."""
    whole = "".join(parts).encode()
    cut = data.draw(st.integers(0, len(whole)))

    assert shown(whole[:cut], whole[cut:]) == shown(whole)
