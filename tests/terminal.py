"""A terminal in a test: a program on a pseudo-terminal, keys typed into it, its screen read back.

It is a plain xterm: true colour, an alternate screen, no keyboard protocol, no in-band resizing. Asked for a
mode it answers "not known"; asked for its kind or the cursor's place it tells. Nothing it starts outlives it.
"""

from __future__ import annotations

import codecs
import contextlib
import copy
import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Any, NoReturn, Self

import pyte
from wcwidth import wcwidth

DEADLINE = 10.0
#: A scanner sends its characters at most this far apart, and Enter likewise; a person is slower (seconds).
SCAN_GAP = 0.030
#: An answer begins within the first and has ended after the second (seconds).
_ANSWER, _SILENCE = 0.060, 0.015
#: Textual takes ESC for a key of its own 0.1 s after it came, and looks every 0.1 s.
_LONE_ESCAPE = 0.25
#: Makes the pseudo-terminal the program's own first, so that it hears of the window's size and of its end.
_OWN_TERMINAL = (
    "import fcntl, os, sys, termios; "
    "fcntl.ioctl(0, termios.TIOCSCTTY, 0); os.execvp(sys.argv[1], sys.argv[1:])"
)
#: What a terminal of one's own must not inherit from the one the tests were started in.
_NOT_INHERITED = re.compile(
    r"WORKSTATION_|TEXTUAL|PYTEST_|COLUMNS$|LINES$|NO_COLOR$|FORCE_COLOR$|TERM_PROGRAM|ESCDELAY$|CREDENTIALS_DIRECTORY$|TMUX"
)

KEYS: Mapping[str, str] = {
    "enter": "\r",
    "tab": "\t",
    "shift+tab": "\x1b[Z",
    "escape": "\x1b",
    "backspace": "\x7f",
    "delete": "\x1b[3~",
    "insert": "\x1b[2~",
    "space": " ",
    "up": "\x1b[A",
    "down": "\x1b[B",
    "right": "\x1b[C",
    "left": "\x1b[D",
    "home": "\x1b[H",
    "end": "\x1b[F",
    "pageup": "\x1b[5~",
    "pagedown": "\x1b[6~",
    **{f"f{n}": f"\x1bO{'PQRS'[n - 1]}" for n in range(1, 5)},
    **{
        f"f{n}": f"\x1b[{code}~"
        for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
}
_MODIFIERS = {"shift": 1, "alt": 2, "ctrl": 4}


def bytes_of(key: str) -> bytes:
    """What xterm sends for a key named as Textual names it: `a`, `f2`, `ctrl+p`, `shift+up`, `alt+x`."""
    if len(key) == 1:
        return key.encode()
    if key in KEYS:
        return KEYS[key].encode()
    *modifiers, plain = key.split("+")
    if modifiers == ["ctrl"] and len(plain) == 1:
        return bytes([ord(plain.upper()) & 0x1F])
    if modifiers == ["alt"] and len(plain) == 1:
        return b"\x1b" + plain.encode()
    return _modified(KEYS[plain], 1 + sum(_MODIFIERS[name] for name in modifiers))


def _modified(sequence: str, modifier: int) -> bytes:
    if tilde := re.fullmatch(r"\x1b\[(\d+)~", sequence):
        return f"\x1b[{tilde[1]};{modifier}~".encode()
    if letter := re.fullmatch(r"\x1b[\[O]([A-Z])", sequence):
        return f"\x1b[1;{modifier}{letter[1]}".encode()
    raise KeyError(f"xterm sends nothing of its own for {sequence!r} with modifier {modifier}")


class Screen(pyte.Screen):
    """What pyte knows, with the alternate screen, characters without width, and halves of wide ones."""

    def __init__(self, columns: int, lines: int, answer: Callable[[bytes], None]) -> None:
        self._answer = answer
        self._main: tuple[Any, Any] | None = None
        super().__init__(columns, lines)

    def write_process_input(self, data: str) -> None:
        """Tell the program what it asked: the terminal's kind, the cursor's place."""
        self._answer(data.encode())

    def set_mode(self, *modes: int, **kwargs: Any) -> None:
        """Switch on a mode; 1049 is the alternate screen."""
        if kwargs.get("private") and 1049 in modes and self._main is None:
            self._main = self.buffer, copy.copy(self.cursor)
            self.buffer = copy.copy(self.buffer)
            self.buffer.clear()
        super().set_mode(*modes, **kwargs)

    def reset_mode(self, *modes: int, **kwargs: Any) -> None:
        """Switch off a mode; after the alternate screen the main one is as it was."""
        if kwargs.get("private") and 1049 in modes and self._main is not None:
            (self.buffer, self.cursor), self._main = self._main, None
        super().reset_mode(*modes, **kwargs)

    def draw(self, data: str) -> None:
        """Draw text; pyte alone would drop all that follows a joiner or a selector."""
        held = ""
        for char in data:
            if wcwidth(char) > 0:
                held += char
                continue
            super().draw(held)
            held = ""
            if unicodedata.category(char) != "Cc":
                self._attach(char)
        super().draw(held)

    def _attach(self, char: str) -> None:
        line, at = self.buffer[self.cursor.y], self.cursor.x - 1
        if at > 0 and line[at].data == "":
            at -= 1
        if at >= 0:
            line[at] = line[at]._replace(data=line[at].data + char)

    def rows(self) -> list[str]:
        """The lines as they are seen: a wide character once, half of one as a blank."""
        return ["".join(self._seen(line)) for line in (self.buffer[y] for y in range(self.lines))]

    def _seen(self, line: Mapping[int, pyte.screens.Char]) -> list[str]:
        seen: list[str] = []
        x = 0
        while x < self.columns:
            char = line[x].data
            whole = char != "" and wcwidth(char[0]) == 2 and x + 1 < self.columns and line[x + 1].data == ""
            seen.append(char if whole or (char and wcwidth(char[0]) == 1) else " ")
            x += 2 if whole else 1
        return seen


class Emulator:
    """Turns the bytes of a program into a screen; what an xterm would ignore never becomes text."""

    _ASKED = re.compile(r"(?:\x1b\[|\x9b)(\??)(\d+)\$p")
    _STRANGE = re.compile(
        r"(?:\x1b\[|\x9b)(?!\??[0-9;]*[@-~])[0-?]*[ -/]*[@-~]"  # with <, >, =, colons, intermediates
        r"|(?:\x1b\[|\x9b)\?[0-9;]*(?![hlJKnc])[@-~]"  # private, with an end pyte takes for another one
        r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\|\x9c|(?=\x1b[^\\]))"  # strings for devices
        r"|(?:\x1b\]|\x9d)(?![012];)[^\x1b\x07\x9c]*(?:\x1b\\|\x07|\x9c)"  # all but titles
        r"|(?:\x1b\]|\x9d)[^\x1b\x07\x9c]*(?=\x1b[^\\])"  # a title broken off
        r"|\x1b[ -\"$&'*-/][0-~]"  # character sets and the like
    )
    _UNFINISHED = re.compile(
        r"(?:(?:\x1b\[|\x9b)[0-?]*[ -/]*"
        r"|(?:\x1b[PX^_\]]|[\x90\x98\x9d-\x9f])[^\x1b\x07\x9c]*\x1b?"
        r"|\x1b[ -/]*)\Z"
    )

    def __init__(self, columns: int, rows: int, answer: Callable[[bytes], None]) -> None:
        self.screen = Screen(columns, rows, answer)
        self._stream = pyte.Stream(self.screen)
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self._answer = answer
        self._rest = ""

    def feed(self, data: bytes) -> None:
        """Take what the program wrote; a sequence may be cut anywhere."""
        text = self._STRANGE.sub(self._pass_over, self._rest + self._decode(data))
        unfinished = self._UNFINISHED.search(text)
        end = unfinished.start() if unfinished else len(text)
        self._rest = text[end:]
        self._stream.feed(text[:end])

    def _pass_over(self, strange: re.Match[str]) -> str:
        if asked := self._ASKED.fullmatch(strange[0]):
            self._answer(f"\x1b[{asked[1]}{asked[2]};0$y".encode())
        return ""


class Terminal:
    """A program on a pseudo-terminal; leaving the `with` ends it and all it has started."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        self._received = bytearray()
        self._deadline = deadline
        self._last_text = float("-inf")
        self._master, slave = os.openpty()
        self._name = os.ttyname(slave)
        self._emulator = Emulator(columns, rows, self._send)
        self._set_size(columns, rows)
        os.set_blocking(self._master, False)
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", _OWN_TERMINAL, *command],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                start_new_session=True,
                env=_environment(env or {}),
            )
        finally:
            os.close(slave)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()
        if self._master >= 0:
            os.close(self._master)

    @property
    def text(self) -> str:
        """The screen, one line per row, without the blanks at the end of a line."""
        self._read_for(0)
        return "\n".join(row.rstrip() for row in self._emulator.screen.rows())

    @property
    def raw(self) -> bytes:
        """All bytes received so far."""
        self._read_for(0)
        return bytes(self._received)

    @property
    def screen(self) -> Screen:
        """The emulated screen, for colours, title and cursor."""
        return self._emulator.screen

    @property
    def pid(self) -> int:
        """The number of the program's process, and of its group."""
        return self._process.pid

    def type(self, text: str) -> None:
        """Type a text as a person does: each character is taken and answered before the next one."""
        for char in text:
            self._key(char.encode())
            self._last_text = time.monotonic()

    def press(self, *keys: str) -> None:
        """Press keys as a person does: none follows a character as quickly as in a scan."""
        for key in keys:
            self._read_for(self._last_text + 2 * SCAN_GAP - time.monotonic())
            self._key(bytes_of(key))
            if key == "escape":
                self._read_for(_LONE_ESCAPE)
            if len(key) == 1:
                self._last_text = time.monotonic()

    def scan(self, code: str, end: str = "enter") -> None:
        """Send a code and the key that ends it as a scanner does: all at once."""
        self._key(code.encode() + bytes_of(end))

    def paste(self, text: str) -> None:
        """Paste a text, marked as pasted if the program asked for that."""
        marked = b"\x1b[?2004h" in self.raw
        self._key(f"\x1b[200~{text}\x1b[201~".encode() if marked else text.encode())

    def wait_for(self, *texts: str, deadline: float | None = None) -> str:
        """Read until all these texts stand on the screen; give the screen."""

        def holds() -> bool:
            shown = self.text
            return all(text in shown for text in texts)

        return self._wait(holds, f"{texts} did not come", deadline)

    def wait_until_gone(self, text: str, deadline: float | None = None) -> str:
        """Read until a text stands on the screen no more; give the screen."""
        return self._wait(lambda: text not in self.text, f"{text!r} did not go", deadline)

    def resize(self, columns: int, rows: int) -> None:
        """Make the window another size and let the program draw itself anew."""
        self.screen.resize(rows, columns)
        self._set_size(columns, rows)
        self._answered()

    def close(self, deadline: float | None = None) -> int:
        """Wait until the program, which was told to end, has ended; give its exit code."""
        until = time.monotonic() + (deadline or self._deadline)
        while self._process.poll() is None:
            if time.monotonic() > until:
                self._fail("the program did not end")
            self._read_for(0.02)
        self._read_for(0)
        return self._process.returncode

    def hang_up(self) -> int:
        """Take the terminal away, as a closed window does; wait until the program ends, give its code."""
        os.close(self._master)
        self._master = -1
        return self._process.wait(self._deadline)

    def kill(self) -> None:
        """End the program and all it has started, as a power cut does."""
        with contextlib.suppress(ProcessLookupError):  # what it started may live on after it, or nothing does
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def _key(self, data: bytes) -> None:
        self._send(data)
        until = time.monotonic() + self._deadline
        while self._untaken() and self._process.poll() is None and time.monotonic() < until:
            self._read_for(0.001)
        self._answered()

    def _untaken(self) -> int:
        """How many bytes the program has not read yet."""
        try:
            slave = os.open(self._name, os.O_RDWR | os.O_NOCTTY)
        except OSError:  # the program has hung up
            return 0
        try:
            return int(struct.unpack("i", fcntl.ioctl(slave, termios.FIONREAD, b"\0" * 4))[0])
        finally:
            os.close(slave)

    def _answered(self) -> None:
        until = time.monotonic() + self._deadline
        wait = _ANSWER
        while self._read_once(wait) and time.monotonic() < until:
            wait = _SILENCE

    def _wait(self, holds: Callable[[], bool], otherwise: str, deadline: float | None) -> str:
        until = time.monotonic() + (deadline or self._deadline)
        while not holds():
            if self._process.poll() is not None and not self._read_once(0):
                self._fail(f"{otherwise}; the program has ended with {self._process.returncode}")
            if time.monotonic() > until:
                self._fail(otherwise)
            self._read_once(0.02)
        return self.text

    def _read_for(self, seconds: float) -> None:
        """Read for so long, or what is there now and for a second more at the most."""
        until = time.monotonic() + seconds
        while (now := time.monotonic()) < until + 1:
            came = self._read_once(max(0.0, until - now))
            if not came and (time.monotonic() >= until or self._process.poll() is not None):
                return

    def _read_once(self, seconds: float) -> bool:
        if not select.select([self._master], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # EIO: nobody holds the other side any more
            return False
        self._received += data
        self._emulator.feed(data)
        return bool(data)

    def _send(self, data: bytes) -> None:
        while data:
            try:
                data = data[os.write(self._master, data) :]
            except BlockingIOError:
                self._read_once(0.01)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _fail(self, what: str) -> NoReturn:
        width = self.screen.columns
        framed = "\n".join(f"|{row}" for row in self.text.splitlines())
        raise AssertionError(f"{what}. On the screen ({width} wide):\n{framed}")


def _environment(named: Mapping[str, str]) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not _NOT_INHERITED.match(name)}
    return {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8", **named}
