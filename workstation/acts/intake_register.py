"""收件台账: each hand-in on one line, once for every office it goes to, from the counter to its archive.

No template of a 跨省通办 台账 was found in public; the columns are those proposed in the domain notes §9.3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from forms.identifiers import OF_ORGANISATIONS
from forms.items import MODE_WORDS
from workstation.acts import agreements, postages, tracking, year_tables
from workstation.acts.deadline_limits import rule_of, stop
from workstation.acts.facts import ID_KINDS
from workstation.acts.facts.postage_statement import yuan
from workstation.acts.postages import Charge
from workstation.acts.ratings import GRADES
from workstation.acts.register_parts import Column, Look, Register, joined, minutes
from workstation.domain import day_sums
from workstation.domain.case import Case, Identity, Piece
from workstation.domain.consignment import Consignment
from workstation.domain.day_sums import Limit
from workstation.domain.envelope import Batch, Envelope, Task, Waybill
from workstation.domain.times import local, minute
from workstation.domain.tracking import MailState, fold
from workstation.domain.words import word
from workstation.reference import divisions
from workstation.store.protocols import Line
from workstation.store.statements import registers as sql
from workstation.store.work import Reading

ACKNOWLEDGED_HOW = {
    "phone": "电话",
    "fax": "传真",
    "photo": "照片",
    "slip": "回执联寄回",
    "hand": "凭通话",
}
SERVED_HOW = {"paper": "窗口领取", "electronic": "电子送达", "direct_post": "直寄申请人"}
_REVIEWS = ("review", "decline")
_ENDED_AT_COUNTER = frozenset({"declined", "guided", "withdrawn", "to_correct"})
_RECEIPTS = ("acknowledge", "acknowledge_by_hand")

Key = tuple[str, str | None]
"""Case, and consignment if it has one."""


@dataclass(frozen=True)
class Received:
    """One line: a case on its way to one office; what belongs to it is asked for when a column needs it."""

    look: Look
    case: Case
    consignment: Consignment | None

    @cached_property
    def place(self) -> tuple[str, str, str]:
        """Province, city and county of the office, or of the basis place where it goes nowhere."""
        sent = self.consignment
        return divisions.parts(sent.office_division if sent else self.case.basis_place)

    @cached_property
    def identity(self) -> Identity | None:
        """The latest look at the applicant."""
        found = self.look.reading.identities.where(case_number=self.case.number)
        return max((one for one in found if one.subject == "applicant"), key=_latest, default=None)

    @cached_property
    def pieces(self) -> list[Piece]:
        """What was handed in for this office."""
        name = self.consignment.id if self.consignment else None
        return [
            piece
            for piece in self.look.reading.pieces.where(case_number=self.case.number)
            if piece.form != "result" and piece.consignment in (None, name)
        ]

    @cached_property
    def doers(self) -> list[Line]:
        """Who reviewed, told and recorded receipts, as the journal has it."""
        return self.look.reading.lines(sql.DOERS, object=self.case.number)

    @cached_property
    def envelopes(self) -> list[Envelope]:
        """Those now in force: the first, and the supplement."""
        sent = self.consignment
        numbers = (sent.envelope, sent.supplement) if sent else ()
        found = (self.look.reading.envelopes.get(number) for number in numbers if number)
        return [envelope for envelope in found if envelope]

    @cached_property
    def outward(self) -> list[Waybill]:
        """What they travel under."""
        found = (postages.travelled(self.look.reading, one.number, "out") for one in self.envelopes)
        return [waybill for waybill in found if waybill]

    @cached_property
    def batches(self) -> list[Batch]:
        """What they left in."""
        found = (self.look.reading.batches.get(one.batch) for one in self.envelopes if one.batch)
        return [batch for batch in found if batch]

    @cached_property
    def charges(self) -> list[Charge]:
        """The postage of all that has left, and of what has come back."""
        sent = self.consignment
        there = [
            postages.charge(self.look.reading, one.number, "out", sent.handed_over_at)
            for one in self.envelopes
            if sent and sent.handed_over_at and one.batch
        ]
        if sent and sent.returned_at:
            there.append(postages.charge(self.look.reading, sent.id, "back", sent.returned_at))
        return there

    @cached_property
    def tasks(self) -> list[Task]:
        """What went wrong on its way."""
        names = [self.case.number, *(e.number for e in self.envelopes)]
        names += [self.consignment.id] if self.consignment else []
        return [task for name in names for task in self.look.reading.tasks.where(object=name)]


def keys(reading: Reading, since: int, until: int) -> Sequence[Key]:
    """Cases in the order in which they were registered, each with its consignments."""
    found = reading.lines(sql.TAKEN_IN, since=since, until=until)
    in_order = {line["number"]: at for at, line in enumerate(found)}
    lines = [(line["number"], line["consignment"]) for line in found]
    return sorted(lines, key=lambda key: (in_order[key[0]], key[1] or ""))


def line(look: Look, key: Key) -> Received:
    """The line of a case and one of its consignments."""
    number, name = key
    case = look.reading.cases.get(number)
    assert case is not None, "asked for in the same transaction"
    return Received(look, case, look.reading.consignments.get(name) if name else None)


def _latest(identity: Identity) -> tuple[int, str]:
    return identity.at, identity.id


def _kind(of: Received) -> str:
    return "单位" if of.case.applicant_id_kind in OF_ORGANISATIONS else "个人"


def _modes(of: Received) -> str:
    return "、".join(MODE_WORDS[mode] for mode in of.look.item(of.case.item).modes)


def _checked(of: Received, name: str) -> str:
    return word(getattr(of.identity, name)) if of.identity else ""


def _copies(of: Received, *forms: str, goes: int | None = None) -> str:
    counted = [p.copies for p in of.pieces if p.form in forms and goes in (None, p.goes)]
    return str(sum(counted))


def _conclusion(of: Received) -> str:
    if of.case.state in _ENDED_AT_COUNTER:
        return word(of.case.state)
    return word("reviewed") if of.case.passed_at else ""


def _reviewer(of: Received, column: str) -> str:
    found = [one[column] for one in of.doers if one["act"] in _REVIEWS and one[column]]
    return found[-1] if found else ""


def _notices(of: Received) -> str:
    return joined(notice.paper for notice in of.look.reading.notices.where(case_number=of.case.number))


def _pledges(of: Received) -> str:
    found = of.look.reading.pledges.where(case_number=of.case.number)
    return joined(f"{word(one.kind)}至 {one.due} {word(one.state)}" for one in found if one.state != "void")


def _picked_up(of: Received) -> str:
    return minutes(_first_pickup(of.look.reading, waybill) for waybill in of.outward)


def _first_pickup(reading: Reading, waybill: Waybill) -> int | None:
    """When the carrier took it by its own account; our handing over is apart from this."""
    if waybill.mail_state == MailState.NONE:
        return None
    bound = reading.waybills.where(number=waybill.number)
    told = list(filter(tracking.about(waybill, bound), tracking.facts(reading, waybill.number)))
    taken_back = fold(told).cancelled
    return min(
        (fact.at for fact in told if fact.effect == MailState.PICKED_UP and fact.id not in taken_back),
        default=None,
    )


def _delivered(of: Received) -> list[Waybill]:
    return [waybill for waybill in of.outward if waybill.mail_state == MailState.DELIVERED]


def _receiver(of: Received) -> str:
    """Who recorded that the office has it; of several offices the one at that moment."""
    at = of.consignment.acknowledged_at if of.consignment else None
    return joined(one["operator"] for one in of.doers if one["act"] in _RECEIPTS and one["at"] == at)


def _acknowledged_how(of: Received) -> str:
    how = of.consignment.acknowledged_how if of.consignment else None
    return ACKNOWLEDGED_HOW.get(how, how) if how else ""


def _promised(of: Received) -> str:
    """Counted as the deadlines are: from the acceptance, in the office's working days, without the pauses."""
    sent = of.consignment
    if sent is None or sent.accepted_at is None:
        return ""
    start, reading = local(sent.accepted_at), of.look.reading
    agreed = agreements.at(reading, sent.office_code, of.case.item, day=start.date().isoformat())
    scope = year_tables.agreed(agreed) if agreed else year_tables.scope_of(sent.office_division)
    decided_on = local(sent.decided_at).date() if sent.decided_at else None
    last = decided_on.isoformat() if decided_on else "9999"
    paused = [one for one in reading.pauses.where(consignment=sent.id) if one.since <= last]
    found = day_sums.count(
        start,
        Limit(of.look.policy.decision_days),
        of.look.calendar(scope),
        rule_of(of.look.policy),
        stops=[stop(pause, decided_on) for pause in paused],
    )
    if found.end is None:
        return found.paused
    return found.end.date().isoformat() + ("（暂计）" if found.provisional else "")


def _sent(of: Received, name: str) -> str:
    """A column of the consignment as it is."""
    return (getattr(of.consignment, name) if of.consignment else None) or ""


def _sent_at(of: Received, name: str) -> str:
    return minute(getattr(of.consignment, name) if of.consignment else None)


def _returned_under(of: Received) -> str:
    if of.consignment is None:
        return ""
    waybill = postages.travelled(of.look.reading, of.consignment.id, "back")
    return waybill.number if waybill else ""


def _served_how(of: Received) -> str:
    return SERVED_HOW.get(_sent(of, "result_mode"), "") if _sent_at(of, "served_at") else ""


def _proof(of: Received) -> str:
    if not _sent_at(of, "served_at"):
        return ""
    found = of.look.reading.papers.where(object=of.case.number)
    return joined(p.number for p in found if p.kind == "proof_of_service" and p.state != "void")


def _rating(of: Received) -> str:
    found = of.look.reading.ratings.where(case_number=of.case.number)
    grades = [one.grade for one in found if one.grade]
    return GRADES[grades[-1]] if grades else word(of.case.rating or "")


def _postage(of: Received) -> str:
    known = [charge.fen for charge in of.charges if charge.fen is not None]
    unknown = len(of.charges) - len(known)
    told = yuan(sum(known)) if known else ""
    return joined([told, f"{unknown} 件未登记" if unknown else None])


def _payers(of: Received) -> str:
    legs = {"out": "去", "back": "回"}
    return joined(f"{legs[charge.leg]}：{agreements.PAYERS[charge.payer]}" for charge in of.charges)


def _troubles(of: Received) -> str:
    return joined(f"{word(task.kind)}{'' if task.state == 'open' else '（已了结）'}" for task in of.tasks)


def _archived(of: Received) -> str:
    return joined(one.name for one in of.look.reading.archives.where(case_number=of.case.number)[-1:])


#: The parts of the paper.
_INTAKE, _PERSON, _REVIEW = "收件", "申请与核验", "材料与审查"
_OUT, _HOME, _BACK = "去程", "属地", "回程与送达"

COLUMNS: tuple[Column[Received], ...] = (
    Column("收件编号", lambda of: of.case.number, cells=20, part=_INTAKE),
    Column("收件时间", lambda of: minute(of.case.registered_at), cells=16, part=_INTAKE),
    Column("窗口", lambda of: str(of.case.window), part=_INTAKE),
    Column("收件人员", lambda of: of.case.clerk, part=_INTAKE),
    Column("事项编码", lambda of: of.case.item, part=_INTAKE),
    Column(
        "事项名称",
        lambda of: of.look.item(of.case.item).title,
        cells=10,
        takes_rest=True,
        part=_INTAKE,
    ),
    Column("通办方式", _modes, part=_INTAKE),
    Column("属地省", lambda of: of.place[0], part=_INTAKE),
    Column("属地市", lambda of: of.place[1], part=_INTAKE),
    Column("属地县", lambda of: of.place[2], part=_INTAKE),
    Column("属地部门", lambda of: _sent(of, "office_name"), cells=12, part=_INTAKE),
    Column("地址库版本", lambda _: divisions.AS_OF.isoformat(), part=_INTAKE),
    Column("申请人类型", _kind, part=_PERSON),
    Column(
        "申请人", lambda of: of.look.person(of.case, "applicant_name"), personal=True, cells=8, part=_PERSON
    ),
    Column("证件类型", lambda of: ID_KINDS[of.case.applicant_id_kind], part=_PERSON),
    Column("证件号码", lambda of: of.look.person(of.case, "applicant_id"), personal=True, part=_PERSON),
    Column("代办人", lambda of: of.look.person(of.case, "agent_name"), personal=True, part=_PERSON),
    Column("电话", lambda of: of.look.person(of.case, "applicant_phone"), personal=True, part=_PERSON),
    Column("身份核验方式", lambda of: _checked(of, "method"), part=_PERSON),
    Column("身份核验结果", lambda of: _checked(of, "outcome"), part=_PERSON),
    Column("身份核验时间", lambda of: minute(of.identity.at if of.identity else None), part=_PERSON),
    Column("材料件数", lambda of: _copies(of, "original", "copy"), part=_REVIEW),
    Column("其中原件", lambda of: _copies(of, "original"), part=_REVIEW),
    Column("其中复印件", lambda of: _copies(of, "copy"), part=_REVIEW),
    Column("须退原件", lambda of: _copies(of, "original", goes=0), part=_REVIEW),
    Column("形式审查结论", _conclusion, part=_REVIEW),
    Column("审查人", lambda of: _reviewer(of, "operator"), part=_REVIEW),
    Column("复核人", lambda of: _reviewer(of, "second"), part=_REVIEW),
    Column("告知书编号", _notices, part=_REVIEW),
    Column("容缺/承诺", _pledges, part=_REVIEW),
    Column("封袋号", lambda of: joined(e.number for e in of.envelopes), part=_OUT),
    Column("封装人", lambda of: joined(e.sealed_by for e in of.envelopes), part=_OUT),
    Column("监封人", lambda of: joined(e.inspected_by for e in of.envelopes), part=_OUT),
    Column("去程邮件号", lambda of: joined(w.number for w in of.outward), part=_OUT),
    Column("交寄批次", lambda of: joined(b.number for b in of.batches), part=_OUT),
    Column("交寄时间", lambda of: minutes(b.closed_at for b in of.batches), part=_OUT),
    Column("揽收时间", _picked_up, part=_OUT),
    Column("揽收员", lambda of: joined(b.courier for b in of.batches), part=_OUT),
    Column("妥投时间", lambda of: minutes(w.mail_at for w in _delivered(of)), part=_OUT),
    Column("签收方式", lambda of: joined(word(w.mail_grade or "") for w in _delivered(of)), part=_OUT),
    Column("属地确认时间", lambda of: _sent_at(of, "acknowledged_at"), part=_HOME),
    Column("确认登记人", _receiver, part=_HOME),
    Column("确认方式", _acknowledged_how, part=_HOME),
    Column("受理日期", lambda of: _sent_at(of, "accepted_at")[:10], part=_HOME),
    Column("文号", lambda of: _sent(of, "document_number"), part=_HOME),
    Column("承诺办结日", _promised, part=_HOME),
    Column("办结日期", lambda of: _sent_at(of, "decided_at")[:10], part=_HOME),
    Column("办结结果", lambda of: word(_sent(of, "outcome")), part=_HOME),
    Column("结果载体", lambda of: word(_sent(of, "result_mode")), part=_HOME),
    Column("回程邮件号", _returned_under, part=_BACK),
    Column("窗口收到时间", lambda of: _sent_at(of, "arrived_at"), part=_BACK),
    Column("送达方式", _served_how, part=_BACK),
    Column("送达时间", lambda of: _sent_at(of, "served_at"), part=_BACK),
    Column("送达回证", _proof, part=_BACK),
    Column("评价", _rating, part=_BACK),
    Column("邮费（元）", _postage, part=_BACK),
    Column("承担方", _payers, part=_BACK),
    Column("异常", _troubles, part=_BACK),
    Column("归档号", _archived, part=_BACK),
)

REGISTER: Register[Key, Received] = Register(
    key="intake",
    title="收件台账",
    explains="每个办件一行，寄往几个部门的每个部门一行，从收件到归档。",
    columns=COLUMNS,
    keys=keys,
    line=line,
    led_by=1,
)
