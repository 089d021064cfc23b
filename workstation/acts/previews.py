"""The text of a paper before it prints: the act that promises it is rehearsed, and everything rolled back.

So a preview says what will be printed, and is refused where the act would be. No number is used up, nothing
is drawn, and only the numbers and the time of printing differ afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from forms import documents
from workstation.acts import (
    day_sheets,
    departures,
    dunning,
    editions,
    explanations,
    notices,
    packing,
    papers,
    pledges,
    postages,
    refusals,
    registration,
    service,
    unprintable,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Intake, Pledges
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.work import Work

NOT_ISSUED = "（打印时编号）"
"""Stands where a number will be: none is made up."""
#: Facts that are numbers of the paper itself, and of what comes into being with it.
_ITS_NUMBERS = ("paper.number", "reply.number", "reply.short_code")
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "intake_slip": (*_ITS_NUMBERS, "case.number"),
    "packing_list": (*_ITS_NUMBERS, "envelope.number"),
}
#: Why a second notice is needed is asked for when it is told; it is not printed.
_NOT_PRINTED = "预览"


def intake_slip(desk: Desk, intake: Intake) -> str:
    """收件凭证 of a hand-in that is not registered yet."""
    return rehearsed(desk, "intake_slip", lambda there: registration.register(there, intake))


def notice(desk: Desk, number: str, *, due: str | None = None) -> str:
    """一次性告知单 of a case as it has been reviewed."""
    return rehearsed(
        desk, "notice", lambda there: notices.notice(there, number, due=due, reason=_NOT_PRINTED)
    )


def guidance(
    desk: Desk, number: str, *, text: str, channel: str | None = None, entry: str | None = None
) -> str:
    """办事指引单 in the words the clerk is about to use."""
    return rehearsed(
        desk,
        "guidance",
        lambda there: departures.guide(there, number, channel=channel, text=text, entry=entry),
    )


def pledge(desk: Desk, number: str, asked: Pledges) -> str:
    """容缺/告知承诺书 for these rows."""
    return rehearsed(desk, "pledge", lambda there: pledges.print_pledge(there, number, asked))


def packing_list(desk: Desk, names: Sequence[str], *, without: Sequence[str] = ()) -> str:
    """内件清单 of these consignments, if they were packed together now."""
    return rehearsed(desk, "packing_list", lambda there: packing.pack(there, names, without=without))


def proof_of_service(desk: Desk, number: str, *, recipient: str | None = None) -> str:
    """送达回证 of all that can be served now, the recipient having been looked at."""
    return rehearsed(
        desk,
        "proof_of_service",
        lambda there: service.serve(there, number, recipient=recipient, identity_checked=True),
    )


def dunning_letter(desk: Desk, name: str) -> str:
    """催办函 about a consignment, as the next one would be."""
    return rehearsed(desk, "dunning_letter", lambda there: dunning.dun(there, name))


def day_sheet(desk: Desk, day: str | None = None) -> str:
    """日清单 of a day as it stands at this moment."""
    return rehearsed(desk, "day_sheet", lambda there: day_sheets.print_sheet(there, day))


def postage_statement(desk: Desk, month: str) -> str:
    """邮费月报表 of a month as it is known at this moment."""
    return rehearsed(desk, "postage_statement", lambda there: postages.print_statement(there, month))


def printed(desk: Desk, number: str) -> str:
    """The text of a face there is: the facts it was promised with, in the wording it is printed with."""
    desk.signed_in()
    with desk.reading() as reading:
        paper = reading.papers.get(refusals.readable("paper", number))
        if paper is None:
            raise refusals.not_found("paper", number)
        sheet = (reading.papers.get(paper.sheet) if paper.sheet else None) or paper
        facts, wording = papers.facts_of(reading, sheet.number), editions.of_paper(reading, sheet)
    if wording is None:
        raise _no_text(sheet.kind)
    return _text(sheet.kind, facts, wording)


def rehearsed(desk: Desk, kind: str, act: Callable[[Desk], object]) -> str:
    """The text of the paper of this kind that an act would promise at this desk; the act is not done."""
    there = _Rehearsal(**{**vars(desk), "draft": None, "confirming": None})
    try:
        act(there)
    except _Promised as promised:
        unissued = dict.fromkeys(_NUMBERS.get(kind, _ITS_NUMBERS), NOT_ISSUED)
        with desk.reading() as reading:
            wording = editions.in_force(reading, kind)
        return _text(kind, {**promised.facts[kind], **unissued}, wording)
    raise AssertionError(f"{kind}: the act promised its papers elsewhere")


def _text(kind: str, facts: Mapping[str, Any], wording: str) -> str:
    with explanations.explained():
        document = documents.read(kind, wording)
        text = documents.preview(documents.fill(document, facts), copies=document.copies)
    # The paper leaves a box for each of them: better known before it is signed.
    told = unprintable.line(text)
    return f"{text}\n{told}\n" if told else text


class _Promised(Exception):
    """The act is over and is rolled back; carries the facts of each paper it promised, by kind."""

    def __init__(self, facts: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__(", ".join(facts))
        self.facts = facts


class _Rehearsal(Desk):
    """A desk at which every act ends by being undone; a second person is not asked for yet."""

    @contextmanager
    def act(self, act: str, *, accept_clock: bool = False) -> Iterator[Work]:
        """The transaction of one act, to its end and back."""
        with super().act(act, accept_clock=accept_clock) as work:
            yield work
            raise _Promised({_kind(work, number): papers.facts_of(work, number) for number in work.promised})

    def confirmed(self, act: str) -> str:  # noqa: ARG002 - whoever will confirm it, nothing stays
        """The operator, for want of anybody else."""
        return self.signed_in().code


def _kind(work: Work, number: str) -> str:
    paper = work.papers.get(number)
    return paper.kind if paper else ""


def _no_text(kind: str) -> Refused:
    return Refused(
        "paper-without-text",
        what=f"{word(kind)}没有文字可预览。",
        why="它是画出来的版面，不是文书。",
        next="请取出这一张查看。（命令：paper show）",
    )
