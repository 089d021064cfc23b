"""What is only to be looked at 阅, out of the journal: seals opened, second notices, reveals, clocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from workstation.acts.queue_lines import Line, a_line, case_of
from workstation.acts.revealing import REASONS as REVEAL_REASONS
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.store.protocols import Line as Found
from workstation.store.statements import queue as sql
from workstation.store.work import Reading


def happened(reading: Reading, since: int) -> Iterator[Line]:
    """What there is since a moment."""
    events = reading.lines(sql.EVENTS, since=since)
    yield from _opened(reading, [event for event in events if event["act"] in _VOIDING])
    yield from _clock([event for event in events if event["flag"]])
    for reason, (statement, told) in _NOTED.items():
        for found in reading.lines(statement, since=since):
            yield _noted(reason, found, told(found))


def _opened(reading: Reading, events: Sequence[Found]) -> Iterator[Line]:
    """Seals that were opened, faces that became void; of several times the last."""
    latest = {(event["act"], event["object"]): event for event in events}
    for (act, number), found in latest.items():
        about = _of_paper if act == "reprint" else of_envelope
        yield a_line(
            "reopened" if act == "reopen" else "voided",
            number,
            since=found["at"],
            told=f"{minute(found['at'])} {found['operator']} {_VOIDING[act]}",
            by=found["operator"] or "",
            **about(reading, number),
        )


_VOIDING = {"reopen": "拆封", "void": "作废封套", "reprint": "补打，原纸面作废"}


def _clock(events: Sequence[Found]) -> Iterator[Line]:
    """The clock had gone back: a line a day, anew with each further act under it."""
    days: dict[str, list[Found]] = defaultdict(list)
    for event in events:
        days[local(event["at"]).date().isoformat()].append(event)
    for day, flagged in days.items():
        since = max(found["at"] for found in flagged)
        accepted = any(found["flag"] == "clock_accepted" for found in flagged)
        said = "，值班长确认过时钟" if accepted else ""
        yield a_line("clock", day, since=since, told=f"{len(flagged)} 条办理时钟往回走{said}", opens="")


def _noted(reason: str, found: Found, told: str) -> Line:
    return a_line(
        reason,
        found["id"],
        since=found["at"],
        told=f"{minute(found['at'])} {found['by']} {told}",
        case_number=found["case_number"],
        office=found["office_name"] or "",
        by=found["by"] or "",
    )


_NOTED: dict[str, tuple[str, Callable[[Found], str]]] = {
    "second_notice": (sql.SECOND_NOTICES, lambda found: f"第 {found['ordinal']} 次一次性告知"),
    "manual_identity": (sql.MANUAL_IDENTITIES, lambda found: f"身份核验：{word(found['method'])}"),
    "revealed": (sql.REVEALS, lambda found: f"查看明文：{REVEAL_REASONS[found['reason']]}"),
}


def of_envelope(reading: Reading, number: str) -> dict[str, str]:
    """Where an envelope goes, and the case in it; of several the first."""
    for found in reading.lines(sql.OF_ENVELOPE, number=number):
        return {
            "case_number": case_of(found["inside"] or ""),
            "office": found["office_name"],
            "opens": number,
        }
    return {"opens": number}


def _of_paper(reading: Reading, number: str) -> dict[str, str]:
    """What a face speaks for; one of the hall itself is told of in the journal alone."""
    for paper in reading.lines(sql.OF_PAPER, number=number):
        if case := paper["case_number"] or case_of(paper["object"]):
            return {"case_number": case}
        of = of_envelope(reading, paper["object"])
        return of if "office" in of else {"screen": "journal", "opens": ""}
    return {"screen": "journal", "opens": ""}
