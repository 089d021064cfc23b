"""What a day had out of the ordinary, each with its reason, out of the journal: numbers and codes alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workstation.acts import departures, handover, packing, papers, revealing
from workstation.domain.words import word
from workstation.store.protocols import Line


@dataclass(frozen=True)
class Exceptional:
    """One thing out of the ordinary."""

    act: str
    object: str
    """Number of the case, envelope or paper it happened to."""
    reason: str
    """In words; empty where none is asked for."""
    at: int
    by: str
    second: str | None

    @property
    def title(self) -> str:
        """What it is called on the sheet."""
        return TITLES.get(self.act) or word(self.act)


#: Where the word of the act says too little.
TITLES: Mapping[str, str] = {
    "notice": "二次告知",
    "identify": "人工核验或核验不通过",
    "hand_over": "没有随批次交寄",
    "pack": "装袋时留下材料",
    "accept_clock": "时钟回拨",
    "clock": "时钟略有回退",
}

Told = Callable[[Mapping[str, Any]], str | None]
"""The reason by what an entry says (its facts); None: there was nothing out of the ordinary."""


def _coded(reasons: Mapping[str, str]) -> Told:
    return lambda facts: reasons.get(facts.get("reason", ""), str(facts.get("reason", "")))


def _looked(facts: Mapping[str, Any]) -> str | None:
    """A person who was looked at without reading the document, or who was not the one in it."""
    odd = {"method": "manual", "outcome": "failed"}
    return "、".join(word(code) for name, code in odd.items() if facts[name] == code) or None


#: Acts that are always out of the ordinary, or by what they say.
_BY_FACTS: Mapping[str, Told] = {
    "decline": _coded(departures.DECLINE_REASONS),
    "issue_non_acceptance": lambda _: "",
    "withdraw": lambda _: "",
    "identify": lambda facts: _looked(facts) if "method" in facts else None,
    "reopen": _coded(packing.REASONS),
    "void": _coded(packing.REASONS),
    "trouble": lambda facts: word(str(facts.get("kind", ""))),
    "reveal": _coded(revealing.REASONS),
    "reprint": _coded(papers.ENVELOPE_REASONS),
    "reopen_day": lambda _: "",
    "accept_clock": lambda _: "",
}


def of(entry: Line) -> Iterator[Exceptional]:
    """What was out of the ordinary about an entry; an act that waits for its second person is not yet."""
    act = entry["act"]
    if entry["flag"] == "clock":
        yield _told(entry, "", act="clock")
    if act not in _BY_FACTS and act not in ("notice", "pack", "hand_over"):
        return
    body = json.loads(entry["body"])
    if body["facts"].get("waits"):
        return
    if act in _BY_FACTS:
        if (reason := _BY_FACTS[act](body["facts"])) is not None:
            yield _told(entry, reason)
        return
    yield from _by_changes(entry, body["changes"])


def _by_changes(entry: Line, changes: list[Any]) -> Iterator[Exceptional]:
    for table, key, columns in changes:
        if (entry["act"], table) == ("notice", "notices") and columns["ordinal"] > 1:
            yield _told(entry, f"第 {columns['ordinal']} 次")
        elif (entry["act"], table) == ("pack", "pieces") and columns.get("goes") == 0:
            yield _told(entry, "", object_=str(key[0]))
        elif (entry["act"], table) == ("hand_over", "batch_lines") and columns.get("reason"):
            reason = handover.MISSING_REASONS.get(columns["reason"], columns["reason"])
            yield _told(entry, reason, object_=str(key[1]))


def _told(entry: Line, reason: str, *, act: str = "", object_: str = "") -> Exceptional:
    return Exceptional(
        act=act or entry["act"],
        object=object_ or entry["object"],
        reason=reason,
        at=entry["at"],
        by=entry["operator"] or "",
        second=entry["second"],
    )
