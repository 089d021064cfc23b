"""催办: ask a home office in writing for what is awaited of it; which offices are silent is told elsewhere.

Each letter is a paper of its own under its own number; how often an office was asked is counted from them.
"""

from __future__ import annotations

from dataclasses import dataclass

from workstation.acts import papers, steps
from workstation.acts.desk import Desk
from workstation.acts.facts import dunning_letter
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import EnvelopeState
from workstation.domain.paper import Paper
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.work import Reading

KIND = "dunning_letter"
_ASTRAY = (EnvelopeState.SENT_BACK, EnvelopeState.LOST)


@dataclass(frozen=True)
class Letter:
    """One 催办函, and the how many-eth it is for its consignment."""

    paper: Paper
    ordinal: int


def dun(desk: Desk, name: str) -> Letter:
    """出具催办函 for a consignment, by its id or by the number of a case that has only one."""
    with desk.act("print_dunning_letter") as work:
        consignment = steps.find_consignment(work, name)
        desk.saw(consignment)
        _awaited(work, consignment)
        case = steps.find_case(work, consignment.case_number)
        earlier = letters(work, consignment.id)
        ordinal = len(earlier) + 1
        work.object = consignment.id
        work.facts = {"ordinal": ordinal, "state": consignment.state}
        facts = dunning_letter.facts(work, desk.hall, case, consignment, earlier=earlier)
        return Letter(papers.promise(work, KIND, consignment.id, facts), ordinal)


def letters(reading: Reading, consignment: str) -> list[Paper]:
    """The letters there were, oldest first; a copy 副本 repeats one and asks nobody anew."""
    found = reading.papers.where(object=consignment, kind=KIND)
    return sorted((p for p in found if p.replaces is None), key=lambda p: (p.promised_at, p.number))


def _awaited(reading: Reading, consignment: Consignment) -> None:
    """Refused where the next step is not the home office's."""
    state, number = dunning_letter.asked(reading, consignment)
    if state not in dunning_letter.AWAITED:
        raise _not_theirs(consignment, "现在不是在等对方")
    if state == S.DECIDED and consignment.result_mode != "paper":
        raise _not_theirs(consignment, "结果不是寄回本窗口的")
    envelope = reading.envelopes.get(number)
    if state == S.HANDED_OVER and envelope and envelope.state in _ASTRAY:
        raise Refused(
            "dunning-envelope-astray",
            what=f"{consignment.id} 的封套已{word(envelope.state)}，没有出具催办函。",
            why=f"封套 {envelope.number} 不在{consignment.office_name}手里。",
            next="请先了结这个封套的待办。（命令：task list、envelope resolve）",
        )


def _not_theirs(consignment: Consignment, why: str) -> Refused:
    states = "、".join(f"“{word(state)}”" for state in dunning_letter.AWAITED)
    return Refused(
        "dunning-nothing-awaited",
        what=f"{consignment.id} 现在是“{word(consignment.state)}”，没有出具催办函。",
        why=f"{why}；催办函只在{states}而对方没有下一步时出具。",
        next="请先看这个送件走到哪一步。（命令：case show）",
    )
