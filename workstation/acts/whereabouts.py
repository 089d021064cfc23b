"""邮件去向: every envelope and every result on its way, with the one thing that explains where it is.

Looked at, nothing is written. What no explanation fits is told as `unexplained`, and 日清 must not pass it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from workstation.acts import batches, orders, silence
from workstation.acts.batches import Ready
from workstation.acts.desk import Desk
from workstation.acts.silence import Silent
from workstation.domain.consignment import Consignment
from workstation.domain.envelope import Envelope, EnvelopeState, Task
from workstation.domain.mail import MailOrder
from workstation.domain.tracking import MailState
from workstation.domain.words import word
from workstation.policies import MailPolicy
from workstation.store.statements import mail as sql
from workstation.store.work import Reading

#: Why an envelope or a result is where it is, and what comes next.
REASONS: Mapping[str, tuple[str, str]] = {
    "unexplained": ("说不清在哪里", "请逐项核对账实；核清之前不能日清"),
    "trouble": ("有待办没有了结", "请办这件待办"),
    "order_in_doubt": ("下单要人处理", "请到下单清单处理"),
    "silent": ("属地沉默超过往常", "请打电话问属地，可出具催办函"),
    "missed_pickup": ("封装后应揽未揽", "请催揽投员"),
    "no_waybill": ("已交寄，没有运单号", "请扫封套和运单绑定"),
    "unheard": ("已交寄，还没有轨迹", "会自动再问"),
    "delivered": ("已妥投，等属地签收确认", "等属地报回执联编号"),
    "moving": ("在路上", "会自动再问"),
    "on_shelf": ("在货位，等揽投员", "等下一次揽收"),
    "packing": ("正在装袋", "请封装"),
    "claimed": ("邮件丢失，已向寄递企业索赔", "等补交材料或撤回"),
}
_LYING = {EnvelopeState.OPEN: "packing", EnvelopeState.SEALED: "on_shelf"}
_ON_THE_WAY = (EnvelopeState.OPEN, EnvelopeState.SEALED, EnvelopeState.HANDED_OVER)


@dataclass(frozen=True)
class Whereabouts:
    """Where one envelope is, or one result on its way back."""

    leg: str
    """out · back."""
    number: str
    """Envelope number, or consignment id for the way back."""
    office: str
    state: str
    reason: str
    """A key of `REASONS`."""
    about: str
    """The task, the order, the shelf place, or the parcel's state: what makes the reason concrete."""
    waybill: str | None
    mail_state: str

    @property
    def said(self) -> str:
        """The explanation in words."""
        why, _ = REASONS[self.reason]
        return f"{why}：{self.about}" if self.about else why


@dataclass(frozen=True)
class Report:
    """All that is on its way, the worst first, and how many by reason."""

    lines: tuple[Whereabouts, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many there are by reason, the worst reason first."""
        found = Counter(line.reason for line in self.lines)
        return {reason: found[reason] for reason in REASONS if found[reason]}

    @property
    def unexplained(self) -> tuple[Whereabouts, ...]:
        """What nothing explains."""
        return tuple(line for line in self.lines if line.reason == "unexplained")


def report(desk: Desk, *, policy: MailPolicy) -> Report:
    """Everything that has left a clerk's hands and has not come to its end."""
    desk.signed_in()
    silent = {each.consignment: each for each in silence.listed(desk, days=policy.silent_days)}
    missed = {each.number: each for each in batches.ready(desk, cut_offs=policy.cut_offs) if each.is_missed}
    with desk.reading() as reading:
        look = _Look(reading, silent, missed)
        found = [*look.envelopes(), *look.results()]
    order = list(REASONS)
    found.sort(key=lambda line: (order.index(line.reason), line.leg, line.number))
    return Report(tuple(found))


def lying(reading: Reading, now: int, *, policy: MailPolicy) -> list[Whereabouts]:
    """The same inside a transaction, in no order; how long an office may take is not asked."""
    ready = batches.ready_at(reading, now, cut_offs=policy.cut_offs)
    look = _Look(reading, {}, {each.number: each for each in ready if each.is_missed})
    return [*look.envelopes(), *look.results()]


@dataclass(frozen=True)
class _Bound:
    """A live waybill, and where its parcel is by the carrier's account."""

    number: str | None = None
    mail_state: str = MailState.NONE


_UNBOUND = _Bound()


@dataclass
class _Look:
    """One look at the hall; what is asked of many records is read once."""

    reading: Reading
    silent: Mapping[str, Silent]
    missed: Mapping[str, Ready]
    tasks: dict[str, list[Task]] = field(default_factory=dict)
    orders: dict[str, MailOrder] = field(default_factory=dict)
    inside: dict[str, list[str]] = field(default_factory=dict)
    waybills: dict[tuple[str, str], _Bound] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for line in self.reading.lines(sql.CONTENTS_GONE):
            self.inside.setdefault(line["envelope"], []).append(line["consignment"])
        for line in self.reading.lines(sql.LIVE_WAYBILLS):
            self.waybills[line["object"], line["leg"]] = _Bound(line["number"], line["mail_state"])
        for task in self.reading.tasks.where(state="open"):
            self.tasks.setdefault(task.object, []).append(task)
        self.orders = {order.envelope: order for order in self.reading.mail_orders.query(sql.OPEN_ORDERS)}

    def envelopes(self) -> Iterator[Whereabouts]:
        """Those that somebody still answers for."""
        for state in (*_ON_THE_WAY, EnvelopeState.SENT_BACK, EnvelopeState.LOST):
            for envelope in self.reading.envelopes.query(sql.ENVELOPES_IN, state=state):
                yield self._envelope(envelope)

    def results(self) -> Iterator[Whereabouts]:
        """Results on their way to this window."""
        for consignment in self.reading.consignments.query(sql.RETURNING):
            yield self._result(consignment)

    def _envelope(self, envelope: Envelope) -> Whereabouts:
        waybill = self.waybills.get((envelope.number, "out"), _UNBOUND)
        reason, about = self._of_envelope(envelope, waybill)
        return Whereabouts(
            leg="out",
            number=envelope.number,
            office=envelope.office_name,
            state=envelope.state,
            reason=reason,
            about=about,
            waybill=waybill.number,
            mail_state=waybill.mail_state,
        )

    def _of_envelope(self, envelope: Envelope, waybill: _Bound) -> tuple[str, str]:
        if tasks := self.tasks.get(envelope.number):
            return "trouble", _named(tasks)
        order = self.orders.get(envelope.number)
        if order is not None and orders.needs_person(order):
            return "order_in_doubt", word(order.state)
        if envelope.state == EnvelopeState.LOST:
            return self._lost(envelope)
        if envelope.state == EnvelopeState.HANDED_OVER:
            return self._handed_over(envelope, waybill)
        if envelope.number in self.missed:
            return "missed_pickup", envelope.place or ""
        if envelope.state in _LYING:
            return _LYING[EnvelopeState(envelope.state)], envelope.place or ""
        return "unexplained", word(envelope.state)

    def _lost(self, envelope: Envelope) -> tuple[str, str]:
        ended = self.reading.tasks.where(object=envelope.number, kind="lost", state="done")
        return ("claimed", "") if ended else ("unexplained", word(envelope.state))

    def _handed_over(self, envelope: Envelope, waybill: _Bound) -> tuple[str, str]:
        if waybill.mail_state in _OURS_TO_NOTE:
            return "unexplained", word(waybill.mail_state)
        inside = self.inside.get(envelope.number, [])
        if envelope.batch is None or not inside:
            return "unexplained", "没有交寄批次" if inside else "没有内件"
        if late := [self.silent[name] for name in inside if name in self.silent]:
            return "silent", f"{late[0].waited} 个工作日，{late[0].usual.told}"
        return _on_the_way(waybill)

    def _result(self, consignment: Consignment) -> Whereabouts:
        waybill = self.waybills.get((consignment.id, "back"), _UNBOUND)
        if tasks := self.tasks.get(consignment.id):
            reason, about = "trouble", _named(tasks)
        elif waybill.mail_state == MailState.DELIVERED:
            reason, about = "unexplained", "寄递企业说已妥投，窗口没有登记到窗"
        else:
            reason, about = _on_the_way(waybill)
        return Whereabouts(
            leg="back",
            number=consignment.id,
            office=consignment.office_name,
            state=consignment.state,
            reason=reason,
            about=about,
            waybill=waybill.number,
            mail_state=waybill.mail_state,
        )


#: Not on their way any more by the carrier's account; a task says so as long as nobody has looked.
_OURS_TO_NOTE = frozenset({MailState.RETURNED, MailState.LOST})


def _on_the_way(waybill: _Bound) -> tuple[str, str]:
    if waybill.number is None:
        return "no_waybill", ""
    if waybill.mail_state == MailState.NONE:
        return "unheard", ""
    about = word(waybill.mail_state)
    return ("delivered" if waybill.mail_state == MailState.DELIVERED else "moving"), about


def _named(tasks: Iterable[Task]) -> str:
    return "、".join(word(task.kind) for task in tasks)
