"""Agreements 协议 with home offices, item by item; what is not granted in one is not granted at all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from forms.identifiers import plain_text
from forms.items.checklists import Checklist
from workstation.acts import catalogue, checks, labels, offices, refusals
from workstation.acts.desk import Desk
from workstation.acts.inputs import Terms
from workstation.domain.office import OPEN_END, Agreement, Power
from workstation.domain.times import local
from workstation.errors import Refused
from workstation.store.work import Reading, Work

POWERS = {
    Power.ACCEPT: "收件受理权",
    Power.NOTIFY: "一次性告知权",
    Power.VERIFY_ORIGINALS: "原件核验权",
    Power.SERVE: "审批结果送达权",
}
PAYERS = {"window": "本窗口", "home": "业务属地", "applicant": "申请人"}
#: Parts of the way that have days of their own (as 内蒙古 has them, domain §9.1), in the order they follow.
LEGS = {"accept": "受理", "send": "寄出材料", "check": "核对移交", "return": "寄回结果"}
RETURN_MODES = {"paper": "纸质寄回窗口", "electronic": "电子", "direct_post": "直寄申请人"}
NATIONAL = "national"
MOST_DAYS = 60


def add(desk: Desk, terms: Terms) -> Agreement:
    """Enter what a home office has agreed for one item; two cannot hold on one day."""
    terms = _checked(terms)
    with desk.act("add_agreement") as work:
        office = offices.active(offices.find(work, terms.office))
        item = catalogue.item(work, terms.item).code
        checklist = catalogue.checklist(work, item, office=office.code, division=office.division)
        _check_rows("deferrable_rows", terms.deferrable_rows, checklist)
        _check_rows("pledgeable_rows", terms.pledgeable_rows, checklist)
        former = work.agreements.where(office=office.code, item=item)
        agreement = _record(f"{office.code}/{item}/{len(former) + 1}", office.code, terms)
        for other in former:
            if _overlap(agreement, other):
                raise _overlaps(agreement, other)
        work.object = agreement.id
        return work.agreements.add(agreement)


def end(desk: Desk, agreement_id: str, *, on: str | None = None) -> Agreement:
    """Let an agreement hold up to and including a day, today unless another is named, and no longer."""
    on = checks.day("on", on) if on else None
    with desk.act("end_agreement") as work:
        agreement = find(work, agreement_id)
        work.object = agreement.id
        desk.saw(agreement)
        last = on or local(work.now).date().isoformat()
        if last < agreement.valid_from:
            raise _ends_before(agreement.valid_from, last)
        if last >= agreement.valid_to:
            raise _ends_anyway(agreement, last)
        # It stays live: what was done while it held was done under it.
        return work.agreements.save(replace(agreement, valid_to=last))


def find(reading: Reading, agreement_id: str) -> Agreement:
    """The agreement with this id, or a refusal."""
    agreement = reading.agreements.get(refusals.readable("agreement", agreement_id))
    if agreement is None:
        raise refusals.not_found("agreement", agreement_id)
    return agreement


def show(desk: Desk, agreement_id: str) -> Agreement:
    """One agreement."""
    with desk.reading() as reading:
        return find(reading, agreement_id)


def listed(
    desk: Desk, *, office: str | None = None, item: str | None = None, past: bool = False
) -> list[Agreement]:
    """Agreements in force or to come, those of the past too if asked for; of one office or item if named."""
    today = local(desk.store.now()).date().isoformat()
    with desk.reading() as reading:
        code = offices.find(reading, office).code if office else None
        known = catalogue.item(reading, item).code if item else None
        found = reading.agreements.where()
    return [
        agreement
        for agreement in found
        if code in (None, agreement.office)
        and known in (None, agreement.item)
        and (past or agreement.valid_to >= today)
    ]


def in_force(work: Work, office: str, item: str) -> Agreement | None:
    """The agreement that holds today for this office and item."""
    today = local(work.now).date().isoformat()
    return at(work, office, item, day=today)


def at(reading: Reading, office: str, item: str, *, day: str) -> Agreement | None:
    """The agreement that holds on a day; the newest where two overlap."""
    found = [a for a in reading.agreements.where(office=office, item=item) if a.is_in_force(day)]
    return found[-1] if found else None


def granted(work: Work, office: str, item: str, *, power: Power) -> Agreement:
    """The agreement that grants a power, or a refusal that says so."""
    return granted_on(work, local(work.now).date().isoformat(), office, item, power=power)


def granted_on(reading: Reading, day: str, office: str, item: str, *, power: Power) -> Agreement:
    """The same on a day."""
    agreement = at(reading, office, item, day=day)
    if agreement is None or not agreement.grants(power):
        raise _not_granted(office, item, power)
    return agreement


def limits(agreement: Agreement) -> dict[str, int]:
    """Working days of each leg that has any."""
    pairs = (pair.split(":") for pair in agreement.limits.split(",") if pair)
    return {leg: int(days) for leg, days in pairs}


def _checked(terms: Terms) -> Terms:
    """The terms with every value in its one form; what must be looked up is checked in the act."""
    for power in terms.powers:
        checks.one_of("powers", power, tuple(Power))
    checks.one_of("payer_out", terms.payer_out, tuple(PAYERS))
    checks.one_of("payer_back", terms.payer_back, tuple(PAYERS))
    checks.one_of("return_mode", terms.return_mode, tuple(RETURN_MODES))
    for leg, days in terms.limits.items():
        _check_limit(leg, days)
    first = checks.day("valid_from", terms.valid_from)
    last = checks.day("valid_to", terms.valid_to) if terms.valid_to else OPEN_END
    if last < first:
        raise _ends_before(first, last)
    number = terms.document_number
    return Terms(
        office=terms.office,
        item=terms.item,
        powers=_in_order(terms.powers, tuple(Power)),
        payer_out=terms.payer_out,
        payer_back=terms.payer_back,
        limits=terms.limits,
        calendar=_calendar(terms.calendar),
        return_mode=terms.return_mode,
        deferrable_rows=terms.deferrable_rows,
        pledgeable_rows=terms.pledgeable_rows,
        valid_from=first,
        valid_to=last,
        document_number=checks.field("document_number", plain_text.validate, number) if number else None,
    )


def _check_limit(leg: str, days: int) -> None:
    checks.one_of("limits", leg, tuple(LEGS))
    if not 1 <= days <= MOST_DAYS:
        raise checks.usage(
            "limit-impossible",
            f"“{LEGS[leg]}”的工作日数不对。{labels.at(f'limits.{leg}')}",
            f"每一段为 1 至 {MOST_DAYS} 个工作日；没有约定的，不写这一段。",
        )


def _calendar(named: str) -> str:
    return named if named == NATIONAL else checks.digits("calendar", named, 6)


def _check_rows(place: str, rows: Sequence[str], checklist: Checklist) -> None:
    known = [row.id for row in checklist.rows]
    for row in rows:
        if row not in known:
            raise checks.usage(
                "row-unknown",
                labels.wrong(place, f"里的“{refusals.shown(row)}”不在材料清单 {checklist.version} 里。"),
                f"清单里有：{'、'.join(known)}。",
            )


def _record(agreement_id: str, office: str, terms: Terms) -> Agreement:
    return Agreement(
        id=agreement_id,
        office=office,
        item=terms.item,
        powers=",".join(terms.powers),
        payer_out=terms.payer_out,
        payer_back=terms.payer_back,
        limits=_joined(terms.limits),
        calendar=terms.calendar,
        return_mode=terms.return_mode,
        deferrable_rows=",".join(dict.fromkeys(terms.deferrable_rows)),
        pledgeable_rows=",".join(dict.fromkeys(terms.pledgeable_rows)),
        valid_from=terms.valid_from,
        valid_to=terms.valid_to or OPEN_END,
        document_number=terms.document_number,
    )


def _in_order(given: Collection[str], known: Sequence[str]) -> tuple[str, ...]:
    """Each once, in the order in which we name them."""
    return tuple(str(one) for one in known if one in given)


def _joined(days: Mapping[str, int]) -> str:
    return ",".join(f"{leg}:{days[leg]}" for leg in _in_order(days, tuple(LEGS)))


def _overlap(one: Agreement, other: Agreement) -> bool:
    return one.valid_from <= other.valid_to and other.valid_from <= one.valid_to


def period(agreement: Agreement) -> str:
    """From when to when an agreement holds, as people read it."""
    last = "长期" if agreement.valid_to == OPEN_END else agreement.valid_to
    return f"{agreement.valid_from} 至 {last}"


def _ends_before(first: str, last: str) -> Refused:
    return Refused(
        "agreement-ends-before",
        what="协议的止期早于起期，没有登记。",
        why=f"起期 {first}，止期 {last}。",
        next="请核对两个日期；长期有效的，止期不写。",
    )


def _ends_anyway(agreement: Agreement, last: str) -> Refused:
    return Refused(
        "agreement-ended",
        what=f"协议 {agreement.id} 没有改动。",
        why=f"它到 {agreement.valid_to} 为止，{last} 不比这一天早。",
        next="要续期，请登记新的协议。（命令：agreement add）",
    )


def _overlaps(agreement: Agreement, other: Agreement) -> Refused:
    return Refused(
        "agreement-overlaps",
        what=f"{agreement.office} 就事项 {agreement.item} 的协议没有登记。",
        why=f"与协议 {other.id}（{period(other)}）的期间重叠，同一天只能有一份。",
        next=f"请先终止前一份，或把起期写到它之后。（命令：agreement end {other.id}）",
    )


def _not_granted(office: str, item: str, power: Power) -> Refused:
    return Refused(
        "power-not-granted",
        what=f"业务属地部门 {office} 没有授予本窗口{POWERS[power]}，没有办理。",
        why=f"事项 {item} 没有授予这项权力的现行协议；没有写明的，一律不授予。",
        next="受理和决定由业务属地部门办理；确有协议的，请值班长先登记。（命令：agreement add）",
    )
