"""Which acts are possible now, and why one is not: for footer and palette, in a few words.

The acts' own guards are asked, and asked again in the act; what needs arguments is left to it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from workstation.acts import (
    agreements,
    departures,
    formal_review,
    home,
    notices,
    offices,
    packing,
    pledges,
    results,
    sealing,
    service,
    steps,
)
from workstation.acts.desk import Desk
from workstation.acts.viewing import CaseFile
from workstation.domain import lifecycle, roles
from workstation.domain.case import Case
from workstation.domain.consignment import Consignment
from workstation.domain.envelope import Batch, Envelope
from workstation.domain.office import Power
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.work import Reading

Record = Case | Consignment | Envelope | Batch

#: What a record is called in a footer.
_SUBJECTS: Mapping[type[Record], str] = {Case: "办件", Consignment: "送件", Envelope: "封套", Batch: "批次"}
#: More states than these are not read in a footer.
_MOST_STATES = 2


@dataclass(frozen=True)
class Offer:
    """An act on a record of a case, and why it cannot be done now, if so."""

    act: str
    object: str
    """Number of the case or envelope, or id of the consignment."""
    why_not: str | None = None


def why_not(desk: Desk, table: str, record: Record, act: str) -> str | None:
    """Why this person cannot do this act on a record in its state here; None: the tables allow it."""
    return barred(desk, act) or _state(record, act, lifecycle.states_for(lifecycle.TABLES[table], act))


def barred(desk: Desk, act: str) -> str | None:
    """Why this person cannot do this act here on anything, whatever its state; None: it is theirs."""
    operator = desk.operator
    if operator is None:
        return "还没有登录"
    if desk.readonly:
        return "本次只看不写"
    if not roles.may(operator.role, act):
        allowed = "、".join(word(role) for role in sorted(roles.ROLES[act]))
        return f"“{word(act)}”由{allowed}办理"
    return None


def of_case(desk: Desk, file: CaseFile) -> tuple[Offer, ...]:
    """Every act on a case, its consignments and the envelopes they are in; one look at the store."""
    with desk.reading() as reading:
        asked = _Asked(reading, file, local(desk.store.now()).date().isoformat())
        return tuple(_offers(desk, asked))


@dataclass(frozen=True)
class _Asked:
    """What the guards are asked about."""

    reading: Reading
    file: CaseFile
    today: str

    def envelopes(self) -> list[Envelope]:
        """The envelopes in force."""
        numbers = [n for c in self.file.consignments for n in (c.envelope, c.supplement) if n]
        return [steps.find_envelope(self.reading, number) for number in dict.fromkeys(numbers)]


def _offers(desk: Desk, asked: _Asked) -> Iterator[Offer]:
    case, consignments = asked.file.case, asked.file.consignments
    for act in OF_CASE:
        why = why_not(desk, "cases", case, act)
        if act in _POWERS:
            yield from (Offer(act, c.id, why or _granted(asked, c)) for c in consignments)
        else:
            yield Offer(act, case.number, why or _of_case(act, asked))
    for consignment in consignments:
        for act in OF_CONSIGNMENT:
            why = why_not(desk, "consignments", consignment, act)
            yield Offer(act, consignment.id, why or _of_consignment(act, asked, consignment))
    for envelope in asked.envelopes():
        for act in OF_ENVELOPE:
            why = why_not(desk, "envelopes", envelope, act)
            yield Offer(act, envelope.number, why or _of_envelope(act, asked, envelope))


def _acts(table: Sequence[lifecycle.Edge], *elsewhere: str) -> tuple[str, ...]:
    begun = [edge.act for edge in table if edge.state != lifecycle.NOTHING]
    return tuple(dict.fromkeys(act for act in begun if act not in elsewhere))


#: An envelope leaves in its batch.
OF_ENVELOPE = _acts(lifecycle.ENVELOPE, "hand_over")
OF_CASE = _acts(lifecycle.CASE)
#: What moves a consignment with its envelope or its case is offered there.
OF_CONSIGNMENT = _acts(lifecycle.CONSIGNMENT, "hand_over", *OF_ENVELOPE, *OF_CASE)
#: Acts on a case that one home office's agreement has to grant.
_POWERS = frozenset({"issue_acceptance", "issue_non_acceptance"})


# --- the guards, as far as they can be asked without the act's arguments


def _state(record: Record, act: str, possible: Sequence[str]) -> str | None:
    """A screen on one record offers acts on others, so it is said which of them is in this state."""
    if record.state in possible:
        return None
    states = [f"“{word(each)}”" for each in possible if each]
    named = "".join(states) if len(states) <= _MOST_STATES else "".join([*states[:_MOST_STATES], "等"])
    return f"{_SUBJECTS[type(record)]}现在是“{word(record.state)}”；“{word(act)}”要在{named}时办"


def _refusal(guard: Callable[[_Asked], object], asked: _Asked) -> str | None:
    """What a guard says, without number and outcome: they stand beside it."""
    try:
        guard(asked)
    except Refused as refused:
        said, _, _ = refused.what.partition("，")
        return said.lstrip("0123456789-").strip(" 的。")
    return None


def _granted(asked: _Asked, consignment: Consignment) -> str | None:
    item, office = asked.file.case.item, consignment.office_code
    return _refusal(
        lambda a: agreements.granted_on(a.reading, a.today, office, item, power=Power.ACCEPT), asked
    )


def _of_case(act: str, asked: _Asked) -> str | None:
    if act == "sign_pledge":
        return None if pledges.is_to_be_signed(asked.file.pledges) else "没有待签的承诺书"
    guard = _OF_CASE.get(act)
    return _refusal(guard, asked) if guard else None


def _to_review(asked: _Asked) -> None:
    formal_review.collected_here(asked.reading, asked.file.case)
    formal_review.awaited(asked.file.case, asked.file.rows)


_OF_CASE: Mapping[str, Callable[[_Asked], object]] = {
    "review": _to_review,
    "notice": lambda asked: notices.to_tell(asked.reading, asked.file.case),
    "withdraw": lambda asked: departures.no_unmailed_envelope(asked.reading, asked.file.pieces),
    "hand_back": lambda asked: departures.to_hand_back(asked.file.case, asked.file.pieces),
    "serve": lambda asked: service.to_serve(asked.file.case, asked.file.consignments),
}


def _of_consignment(act: str, asked: _Asked, consignment: Consignment) -> str | None:
    if act == "pack" and (why := _state(asked.file.case, act, packing.CASE_STATES)):
        return why
    guard = _OF_CONSIGNMENT.get(act)
    return _refusal(lambda a: guard(a.reading, consignment), asked) if guard else None


def _packable(reading: Reading, consignment: Consignment) -> None:
    packing.unpacked(consignment)
    offices.trusted(reading, consignment.office_code)
    packing.packed(reading, consignment)


_OF_CONSIGNMENT: Mapping[str, Callable[[Reading, Consignment], object]] = {
    "pack": _packable,
    "decide": lambda _, consignment: home.nothing_on_its_way(consignment),
    "home_refuse": lambda _, consignment: home.nothing_on_its_way(consignment),
    "result_return": lambda _, consignment: results.on_paper(consignment),
}


def _of_envelope(act: str, asked: _Asked, envelope: Envelope) -> str | None:
    """An envelope moves with all that is in it, of other cases too."""
    for consignment in steps.consignments_in(asked.reading, envelope):
        possible = lifecycle.states_for(lifecycle.CONSIGNMENT, act)
        if why := _state(consignment, act, possible):
            return why
        if act == "seal" and (why := _refusal(_complete(consignment), asked)):
            return why
    return None


def _complete(consignment: Consignment) -> Callable[[_Asked], object]:
    return lambda asked: sealing.complete(asked.reading, consignment)
