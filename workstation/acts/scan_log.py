"""扫描记录: every scan with what it led to, the failed ones too, outside the journal: a scan is no act.

The text of what was not understood is never kept, only its length and kinds of characters: it may be
somebody's number.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from workstation.acts import explanations
from workstation.acts.desk import Desk
from workstation.domain.grades import Grade
from workstation.store.statements import scans as sql


@dataclass(frozen=True)
class Entry:
    """One scan."""

    at: int
    window: int
    ordinal: int
    """Of the scans of one window in one millisecond."""
    operator: str | None
    grade: str
    kind: str
    object: str
    """The own number, or the code of the person, that it led to; empty for nothing."""
    reason: str
    """Code of the refusal; empty for none."""
    length: int | None
    classes: str | None
    """Kinds of the characters of what was not understood, by `classes`."""


@dataclass(frozen=True)
class Outcome:
    """What is to be noted of one scan."""

    grade: Grade
    kind: str = ""
    object: str = ""
    reason: str = ""
    length: int | None = None
    classes: str | None = None


def note(desk: Desk, outcome: Outcome) -> None:
    """Write one scan down; a desk that only looks leaves no trace. Raises OutsideFailed."""
    if desk.readonly:
        return
    engine = desk.store.engine
    with explanations.explained(), engine.write():
        stamp = {"hall": desk.hall.id, "at": desk.store.now(), "window": desk.window}
        operator = desk.operator.code if desk.operator else None
        engine.run(sql.ADD, {**stamp, "operator": operator, **vars(outcome)})


def listed(desk: Desk, *, count: int = 100, since: int = 0) -> list[Entry]:
    """The latest scans of the hall, newest first, from a time on; for anyone who has signed in."""
    desk.signed_in()
    with desk.reading() as reading:
        return [Entry(**line) for line in reading.lines(sql.NEWEST, count=count, since=since)]


def unread(grade: Grade, reason: str, text: str, *, length: int | None = None) -> Outcome:
    """What is to be noted of a text that led to nothing; `length` where more was sent than is held."""
    return Outcome(
        grade, reason=reason, length=len(text) if length is None else length, classes=classes(text)
    )


def classes(text: str) -> str:
    """The kinds of characters in a text, in alphabetical order."""
    return " ".join(sorted({_class(character) for character in text}))


def _class(character: str) -> str:
    if "\uff01" <= character <= "\uff5e":
        return "full_width"
    category = unicodedata.category(character)
    if character.isascii():
        by_category = {"N": "digit", "L": "letter", "Z": "space", "C": "control"}
        return by_category.get(category[0], "sign")
    return "han" if "CJK UNIFIED" in unicodedata.name(character, "") else "other"
