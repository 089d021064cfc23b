"""草稿: what somebody at a window is typing and has not done yet. No act, and no part of the ledger."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workstation.domain.fields import personal
from workstation.domain.times import local

Body = Mapping[str, Any]
"""Whatever the screen holds, as a JSON object; also what is half typed and wrong."""

#: What can be drafted, and the act that a draft of this kind becomes.
KINDS = {"intake": "register", "review": "review", "packing": "pack", "arrival": "arrive"}
#: The Chinese side of kinds and states.
WORDS = {
    "intake": "收件登记",
    "review": "形式审查",
    "packing": "装袋封装",
    "arrival": "结果到窗",
    "open": "填写中",
    "parked": "已搁置",
}

#: Window, day, second, and the how-manieth of its file: `d03-261120-090012-7`.
_ID = re.compile(r"d[0-9]{2}-[0-9]{6}-[0-9]{6}-[0-9]{1,9}")
#: Numbers and ids as the ledger has them; never a name.
_OBJECT = re.compile(r"[0-9A-Za-z-]{1,60}")


@dataclass(frozen=True)
class Beginning:
    """What a draft is from its first character on."""

    kind: str
    """intake · review · packing · arrival."""
    object: str | None
    """Number of the case, consignment or envelope it is about, if there is one yet."""
    operator: str
    """Who began it; everybody at the window may go on with it."""
    window: int


@dataclass(frozen=True)
class Draft(Beginning):
    """One draft, as its file holds it."""

    id: str
    state: str
    """open · parked."""
    begun_at: int
    changed_at: int
    version: int = 1
    title: str = personal("")
    """How the window recognises it, such as the applicant's name."""
    body: Mapping[str, Any] | None = personal()
    """None: it does not open, its key is another one or it was changed."""


def compose_id(window: int, begun_at: int, ordinal: int) -> str:
    """The id of a new draft. Counted and timed, not random: the journal names it when the draft is used.

    The ordinal keeps apart what one file holds; the second, what a lost file and the next one held; the
    window, the homes of one hall.
    """
    return f"d{window:02d}-{local(begun_at):%y%m%d-%H%M%S}-{ordinal}"


def is_id(text: str) -> bool:
    """Whether a text has the form of a draft's id: nothing else may be named in the journal as one."""
    return _ID.fullmatch(text) is not None


def is_object(text: str) -> bool:
    """Whether a text can be the number of something: it is kept in clear, so it may be nothing else."""
    return _OBJECT.fullmatch(text) is not None


def word(code: str) -> str:
    """The Chinese word for a kind or state of drafts."""
    return WORDS.get(code, code)
