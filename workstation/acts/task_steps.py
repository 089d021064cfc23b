"""Which steps of a task are done: ticked by a person, or told by what the ledger holds about its object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from workstation.acts import offices, packing
from workstation.domain.case import Holder, Piece
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.contact import Contact
from workstation.domain.envelope import Envelope, EnvelopeState, Task
from workstation.domain.mail import TaskStep
from workstation.domain.tasks import By, Step, kind_of
from workstation.store.work import Reading

_AT_APPLICANT = frozenset({"applicant", "agent"})
#: Somebody was told, or a machine that answers was.
_TOLD = frozenset({"reached", "left_word"})


@dataclass(frozen=True)
class Progress:
    """One step of a task, and whether it is done."""

    step: Step
    done: bool
    done_at: int | None = None
    """When a person ticked it; of a fact nothing: the act that recorded it tells."""
    done_by: str | None = None


@dataclass(frozen=True)
class About:
    """What a task is about: an envelope with all in it, a consignment, or a case."""

    reading: Reading
    task: Task

    @cached_property
    def envelope(self) -> Envelope | None:
        """The envelope, if it is about one."""
        return self.reading.envelopes.get(self.task.object)

    @cached_property
    def consignments(self) -> list[Consignment]:
        """The consignments it touches."""
        if self.envelope is not None:
            contents = self.reading.contents.where(envelope=self.envelope.number)
            found = [self.reading.consignments.get(content.consignment) for content in contents]
            return [consignment for consignment in found if consignment is not None]
        own = self.reading.consignments.get(self.task.object)
        return [own] if own else self.reading.consignments.where(case_number=self.task.object)

    @cached_property
    def cases(self) -> list[str]:
        """Numbers of the cases it touches."""
        numbers = [consignment.case_number for consignment in self.consignments]
        return list(dict.fromkeys(numbers)) or [self.task.object.partition("-")[0]]

    def told(self, case: str, who: frozenset[str], outcomes: frozenset[str]) -> list[Contact]:
        """Who was reached about a case since the task is open."""
        return [
            contact
            for contact in self.reading.contacts.where(case_number=case)
            if contact.at >= self.task.opened_at and contact.who in who and contact.outcome in outcomes
        ]

    def at_risk(self) -> list[Piece]:
        """What lies in the envelope, or was lost with it; of a consignment, what is on its way back."""
        if self.envelope is None:
            pieces = [self.reading.pieces.where(consignment=c.id, expected=1) for c in self.consignments]
            return [piece for of_consignment in pieces for piece in of_consignment]
        return [
            piece
            for holder in (Holder.INSIDE, Holder.CARRIER)
            for piece in self.reading.pieces.where(holder=holder, holder_ref=self.envelope.number)
        ]


def of(reading: Reading, task: Task) -> list[Progress]:
    """The steps of a task in their order."""
    ticked = {step.step: step for step in reading.task_steps.where(task=task.id)}
    about = About(reading, task)
    return [_progress(about, step, ticked.get(step.id)) for step in kind_of(task.kind).steps]


def _progress(about: About, step: Step, tick: TaskStep | None) -> Progress:
    if step.by == By.FACT:
        return Progress(step, _FACTS[step.id](about))
    return Progress(step, True, tick.done_at, tick.done_by) if tick else Progress(step, False)


def _verified(about: About) -> bool:
    """Every office it goes to was asked on the day the task was opened or later."""
    since = offices.today(about.task.opened_at)
    found = {c.office_code: about.reading.offices.get(c.office_code) for c in about.consignments}
    return all(office is None or (office.verified_on or "") >= since for office in found.values())


def _applicant_told(about: About) -> bool:
    return all(about.told(case, _AT_APPLICANT, _TOLD) for case in about.cases)


def _office_called(about: About) -> bool:
    """Somebody there was reached, or has acknowledged the envelope since: that is a call too."""
    envelope = about.envelope
    is_there = envelope and (envelope.state, envelope.holder) == (EnvelopeState.OPENED, Holder.HOME_OFFICE)
    if is_there and envelope and envelope.changed_at > about.task.opened_at:
        return True
    return any(about.told(case, frozenset({"home_office"}), frozenset({"reached"})) for case in about.cases)


def _packed_anew(about: About) -> bool:
    """Each consignment that was in the envelope lies in another one that is sealed."""
    envelope = about.envelope
    return envelope is not None and all(_is_packed_anew(about, envelope, c) for c in about.consignments)


def _is_packed_anew(about: About, envelope: Envelope, consignment: Consignment) -> bool:
    number = consignment.supplement if envelope.purpose == "supplement" else consignment.envelope
    if number is None:
        # A supplement that was acknowledged is in force no more; or nothing is left to be sent.
        is_waiting = consignment.state in (ConsignmentState.PACKING, ConsignmentState.HOME_CORRECTING)
        return not is_waiting and not packing.to_send(about.reading, consignment)
    packed = about.reading.envelopes.get(number)
    return number != envelope.number and packed is not None and packed.sealed_at is not None


def _claimed(about: About) -> bool:
    return about.task.outcome == "claim"


def _back(about: About) -> bool:
    """It is not on its way any more by our own account."""
    if about.envelope is not None:
        return about.envelope.state != EnvelopeState.HANDED_OVER
    return all(c.state != ConsignmentState.RESULT_RETURNING for c in about.consignments)


#: By the id of a step that the ledger answers for.
_FACTS: Mapping[str, Callable[[About], bool]] = {
    "verify_address": _verified,
    "tell_applicant": _applicant_told,
    "call_office": _office_called,
    "reenvelope": _packed_anew,
    "claim": _claimed,
    "record_back": _back,
    "record_loss": _back,
}
