"""A packet of case data: its profile, its lines, and the check that finds what was changed or lost in it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

FORMAT = "case-gathering-1"
PROFILE = Path(__file__).parent / "profile.toml"
#: What a profile may name.
FIELDS = (
    "number",
    "external_numbers",
    "division",
    "hall",
    "window",
    "clerk",
    "item",
    "basis_place",
    "path",
    "state",
    "reason",
    "channel",
    "registered_at",
    "passed_at",
    "served_at",
    "closed_at",
    "consignments",
)
#: And what tells who the applicant is: only where a profile says so.
PERSONAL = (
    "applicant_name",
    "applicant_id_kind",
    "applicant_id",
    "applicant_phone",
    "agent_name",
    "agent_id_kind",
    "agent_id",
    "agent_phone",
)
LONGEST_LINE = 1_000_000
_ENDS = b"\n"


class Reason(StrEnum):
    """What is wrong with a packet or a profile."""

    PROFILE_TOML = "profile_toml"
    PROFILE_NAME = "profile_name"
    PROFILE_FIELD = "profile_field"
    PROFILE_DOUBLED = "profile_doubled"
    PROFILE_NUMBER = "profile_number"
    LINE = "line"
    HEAD = "head"
    FOOT = "foot"
    CHECKSUM = "checksum"
    COUNT = "count"
    FIELD = "field"
    DOUBLED = "doubled"


class Faulty(ValueError):
    """A packet or profile that is not right: why, in which line, and what stands there (never a value)."""

    def __init__(self, reason: Reason, *, line: int = 0, detail: str = "") -> None:
        super().__init__(f"{reason} {line} {detail}")
        self.reason, self.line, self.detail = reason, line, detail


@dataclass(frozen=True)
class Profile:
    """Which fields are given."""

    name: str
    fields: tuple[str, ...]

    @property
    def personal(self) -> tuple[str, ...]:
        """Those about a person."""
        return tuple(field for field in self.fields if field in PERSONAL)


@dataclass(frozen=True)
class Checked:
    """A packet that is whole: its head, how many cases, and its checksum."""

    head: Mapping[str, Any]
    count: int
    sm3: str


def profile(text: str) -> Profile:
    """The profile in a TOML text: a name and a list of fields, each known and once, the number among them."""
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Faulty(Reason.PROFILE_TOML) from error
    name, fields = said.get("name"), said.get("fields")
    if said.keys() != {"name", "fields"} or not isinstance(name, str) or not name.strip():
        raise Faulty(Reason.PROFILE_NAME)
    if not isinstance(fields, list):
        raise Faulty(Reason.PROFILE_FIELD)
    for field in fields:
        if field not in (*FIELDS, *PERSONAL):
            raise Faulty(Reason.PROFILE_FIELD, detail=str(field))
        if fields.count(field) > 1:
            raise Faulty(Reason.PROFILE_DOUBLED, detail=field)
    if "number" not in fields:
        raise Faulty(Reason.PROFILE_NUMBER)
    return Profile(name.strip(), tuple(fields))


def lines(head: Mapping[str, Any], profile: Profile, cases: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """The packet, line by line; of a case only what the profile names."""
    running, count = hashlib.new("sm3"), 0
    told = {"format": FORMAT, **head, "profile": profile.name, "fields": list(profile.fields)}
    first = _line(told)
    running.update(first)
    yield first
    for case in cases:
        line = _line({field: case[field] for field in profile.fields})
        running.update(line)
        count += 1
        yield line
    yield _line({"count": count, "sm3": running.hexdigest()})


def check(packet: IO[bytes]) -> Checked:
    """Read a packet through once; raises Faulty at the first thing that is wrong."""
    running = hashlib.new("sm3")
    first = packet.readline(LONGEST_LINE)
    head = _head(first)
    running.update(first)
    fields, seen, at = list(head["fields"]), set(), 1
    held = packet.readline(LONGEST_LINE)
    while following := packet.readline(LONGEST_LINE):
        at += 1
        number = _number(held, fields, at)
        if number in seen:
            raise Faulty(Reason.DOUBLED, line=at, detail=number)
        seen.add(number)
        running.update(held)
        held = following
    sm3 = running.hexdigest()
    _foot(held, len(seen), sm3, at + 1)
    return Checked(head, len(seen), sm3)


def _head(line: bytes) -> Mapping[str, Any]:
    head = _parsed(line, 1)
    fields = head.get("fields")
    known = (*FIELDS, *PERSONAL)
    if head.get("format") != FORMAT or not isinstance(fields, list) or not all(f in known for f in fields):
        raise Faulty(Reason.HEAD, line=1)
    return head


def _number(line: bytes, fields: list[str], at: int) -> str:
    case = _parsed(line, at)
    if list(case) != fields:
        raise Faulty(Reason.FIELD, line=at)
    return str(case.get("number"))


def _foot(line: bytes, count: int, sm3: str, at: int) -> None:
    foot = _parsed(line, at)
    if foot.keys() != {"count", "sm3"}:
        raise Faulty(Reason.FOOT, line=at)
    if foot["count"] != count:
        raise Faulty(Reason.COUNT, line=at)
    if foot["sm3"] != sm3:
        raise Faulty(Reason.CHECKSUM, line=at)


def _parsed(line: bytes, at: int) -> Mapping[str, Any]:
    if not line.endswith(_ENDS):
        raise Faulty(Reason.FOOT if not line else Reason.LINE, line=at)
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Faulty(Reason.LINE, line=at) from error
    if not isinstance(found, dict):
        raise Faulty(Reason.LINE, line=at)
    return found


def _line(said: Mapping[str, Any]) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode() + _ENDS
