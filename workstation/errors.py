"""Errors that people read: what happened, why, and what to do next, under a short code for the telephone."""

from __future__ import annotations

import re
from typing import ClassVar


class Explained(Exception):
    """An error in the clerk's words; `exit_code` is what a command ends with (design §9)."""

    exit_code: ClassVar[int] = 3

    def __init__(self, code: str, *, what: str, why: str, next: str) -> None:
        super().__init__(f"{code}: {what}")
        self.code = code
        self.what = what
        self.why = why
        self.next = next

    def as_dict(self) -> dict[str, str]:
        """The four parts as the `error` object of `--json`."""
        return {"code": self.code, "what": self.what, "why": self.why, "next": self.next}


class Refused(Explained):
    """The workstation will not do this now; nothing was changed."""


class WrongUsage(Explained):
    """The command or its input is not of the right form; nothing was tried."""

    exit_code = 2


class OutsideFailed(Explained):
    """Something outside the workstation failed: disk, database server, key source."""

    exit_code = 4


#: The part of a sentence that only helps at the command line; it stands at the end of it.
_COMMAND = re.compile(r"（命令：[^（）]*）")


def command(text: str) -> str:
    """What to type at the command line, as a refusal carries it."""
    return f"（命令：{text}）"


def on_screen(text: str) -> str:
    """The text as a screen shows it: whoever reads it there has keys and no command line."""
    return _COMMAND.sub("", text)
