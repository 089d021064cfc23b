"""The directory of home offices 业务属地部门: added, changed, verified by telephone, closed, never deleted.

A consignment has copied the address it was registered with; nothing here changes that. Files: `office_files`.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass, replace

import msgspec

from workstation.acts import checks, inputs, refusals
from workstation.acts.desk import Desk
from workstation.domain.office import Agreement, Office
from workstation.domain.times import local
from workstation.errors import Refused
from workstation.policies import OfficePolicy
from workstation.reference import divisions
from workstation.store.statements import offices as sql
from workstation.store.work import Reading, Work

STATES = {"active": "在用", "closed": "停用"}
VERIFIED_DAYS = OfficePolicy().verified_days

#: What an operator should know about an office; never a reason to refuse it.
WARNINGS = {
    "division-unknown": f"行政区划代码不在 {divisions.AS_OF.isoformat()} 的区划表里，请核对；新设的照用。",
    "never-verified": "没有核实过，或更改、退件后还没有核实：请打电话核实后登记。（命令：office verify）",
    "verified-long-ago": "距最近核实已经太久：请打电话核实后登记。（命令：office verify）",
    "open-consignments": "有未办结的送件寄往这里；送件上已写的地址不随目录更改，请逐件核对。",
}

# A letter is a must: six digits would be a division, twenty a number of ours (a guide's scope is either).
_CODE = re.compile(r"(?=.*[a-z])[a-z0-9][a-z0-9-]{1,39}")


@dataclass(frozen=True)
class Standing:
    """An office as it stands, what hangs on it, and what the operator should know."""

    office: Office
    open_consignments: int
    agreements: tuple[Agreement, ...]
    """Those in force or to come."""
    warnings: tuple[str, ...]
    """Codes of `WARNINGS`."""


def find(reading: Reading, code: str) -> Office:
    """The office with this code, or a refusal."""
    office = reading.offices.get(folded(refusals.readable("office", code)))
    if office is None:
        raise refusals.not_found("office", code)
    return office


def for_intake(work: Work, named: str | inputs.Office) -> Office:
    """The office a hand-in goes to; one written out that the directory does not have is in it from now on."""
    if isinstance(named, str):
        return active(find(work, named))
    named = sound(named, today(work.now))
    known = work.offices.get(named.code)
    if known is None:
        return work.offices.add(merged(None, named, by=work.stamp.operator))
    if _address(known) != _address(named):
        raise _differs(known)
    return active(known)


def add(desk: Desk, office: inputs.Office) -> Office:
    """Enter an office under a code that is not in use."""
    office = checks.office("office", office)
    with desk.act("add_office") as work:
        office = sound(office, today(work.now))
        if known := work.offices.get(office.code):
            raise _exists(known)
        work.object = office.code
        return work.offices.add(merged(None, office, by=work.stamp.operator))


def change(desk: Desk, office: inputs.Office) -> Office:
    """Have an office as given from now on; a closed one is open again.

    Another address is unverified until somebody has asked, unless the input says on which day that was.
    """
    office = checks.office("office", office)
    with desk.act("change_office") as work:
        office = sound(office, today(work.now))
        known = _for_act(desk, work, office.code)
        return work.offices.save(merged(known, office, by=work.stamp.operator))


def verify(desk: Desk, code: str, *, on: str | None = None) -> Office:
    """Somebody has asked by telephone, and all of it is right."""
    on = checks.day("on", on) if on else None
    with desk.act("verify_office") as work:
        known = active(_for_act(desk, work, code))
        on = _not_ahead(on or today(work.now), today(work.now))
        if known.verified_on and on < known.verified_on:
            raise _verified_later(known)
        return work.offices.save(replace(known, verified_on=on, verified_by=work.stamp.operator))


def close(desk: Desk, code: str) -> Office:
    """No hand-in goes there any more; `change` opens it again."""
    with desk.act("close_office") as work:
        known = active(_for_act(desk, work, code))
        return work.offices.save(replace(known, state="closed"))


def doubt(work: Work, code: str) -> None:
    """An envelope came back from there: until somebody has asked again, nobody knows whether all is right."""
    known = work.offices.get(code)
    if known is not None and known.verified_on is not None:
        work.offices.save(replace(known, verified_on=None, verified_by=None))


def came_back(reading: Reading, code: str) -> int | None:
    """When an envelope came back from there the last time, for a reason that puts its address in doubt."""
    (line,) = reading.lines(sql.CAME_BACK, office=code)
    return None if line["came_at"] is None else int(line["came_at"])


def trusted(reading: Reading, code: str) -> Office | None:
    """Refuse an office from which an envelope came back, until somebody has asked there anew.

    Gives the office as it was found then; None where nothing has come back.
    """
    at, known = came_back(reading, code), reading.offices.get(code)
    if at is None or known is None:
        return None
    if known.verified_on is None or known.verified_on < today(at):
        raise _locked(known, today(at))
    return known


def listed(desk: Desk, *, division: str | None = None, unverified: int | None = None) -> list[Office]:
    """The directory by code: of a county, city or province; only what is `unverified` for so many days."""
    within = _within(checks.digits("division", division, 6)) if division else ""
    with desk.reading() as reading:
        if unverified is None:
            found = reading.offices.where()
        else:
            found = overdue(reading, today(desk.store.now()), days=unverified)
    return [office for office in found if office.division.startswith(within)]


def overdue(reading: Reading, day: str, *, days: int = VERIFIED_DAYS) -> list[Office]:
    """Offices in use that nobody has asked for longer than so many days, or never."""
    return [
        office for office in reading.offices.where(state="active") if doubtful(office.verified_on, day, days)
    ]


def standing(desk: Desk, code: str, *, days: int = VERIFIED_DAYS) -> Standing:
    """An office with what hangs on it."""
    with desk.reading() as reading:
        office = find(reading, code)
        open_ = len(reading.consignments.query(sql.OPEN_CONSIGNMENTS, office=office.code))
        day = today(desk.store.now())
        agreements = tuple(a for a in reading.agreements.where(office=office.code) if a.valid_to >= day)
    codes = (*warnings(office, day, days=days), *(["open-consignments"] if open_ else []))
    return Standing(office, open_, agreements, codes)


def warnings(office: Office, day: str, *, days: int = VERIFIED_DAYS) -> tuple[str, ...]:
    """What the office itself gives to warn about."""
    found = [] if divisions.exists(office.division) else ["division-unknown"]
    if office.state == "active" and (doubt := doubtful(office.verified_on, day, days)):
        found.append(doubt)
    return tuple(found)


def today(now: int) -> str:
    """The day of the hall."""
    return local(now).date().isoformat()


def sound(office: inputs.Office, day: str) -> inputs.Office:
    """A checked office whose code can stand in the directory, verified on no day that has yet to come."""
    code = folded(office.code)
    if not _CODE.fullmatch(code):
        raise checks.usage(
            "office-code-form",
            "部门代码的写法不对。（命令：字段 code）",
            "部门代码为 2 至 40 个小写字母、数字或连字符，至少有一个字母，如 450103-hz。",
        )
    if office.verified_on:
        _not_ahead(office.verified_on, day)
    return msgspec.structs.replace(office, code=code)


def merged(known: Office | None, office: inputs.Office, *, by: str | None, state: str = "active") -> Office:
    """The record of an office as given, with what is known of its verification."""
    verified_on = _verified_on(known, office)
    if known is not None and verified_on == known.verified_on:
        verified_by = known.verified_by
    else:
        verified_by = by if verified_on else None
    values = {**msgspec.structs.asdict(office), "verified_on": verified_on, "verified_by": verified_by}
    return Office(**values, state=state) if known is None else replace(known, **values, state=state)


def active(office: Office) -> Office:
    """The office, refused if it is closed."""
    if office.state == "active":
        return office
    raise Refused(
        "office-closed",
        what=f"业务属地部门 {office.code}（{office.name}）已停用，没有办理。",
        why="目录里这个部门已停用，寄去无人接收。",
        next="请在部门目录里找到现在的部门；它又启用的，请值班长更改为在用。"
        "（命令：office list、office change）",
    )


def _for_act(desk: Desk, work: Work, code: str) -> Office:
    """The office an act is about, in the version the operator saw."""
    known = find(work, code)
    work.object = known.code
    desk.saw(known)
    return known


def folded(code: str) -> str:
    """A code as the directory has it, however the input method gave it."""
    return unicodedata.normalize("NFKC", code).strip().lower()


def _verified_on(known: Office | None, office: inputs.Office) -> str | None:
    former, given = (known.verified_on if known else None), office.verified_on
    if given and (former is None or given >= former):
        return given
    is_same = known is None or _address(known) == _address(office)
    return former if is_same else None


def _address(office: Office | inputs.Office) -> tuple[str, ...]:
    return (office.division, office.name, office.address, office.postcode, office.phone)


def _not_ahead(on: str, day: str) -> str:
    if on > day:
        raise checks.usage(
            "verified-ahead", f"核实日期 {on} 还没有到。", "请写打电话核实的那一天，今天或今天以前。"
        )
    return on


def doubtful(verified_on: str | None, day: str, days: int) -> str | None:
    """Why an address cannot be relied on that somebody asked about on `verified_on`; None where it can."""
    if verified_on is None:
        return "never-verified"
    earliest = datetime.date.fromisoformat(day) - datetime.timedelta(days)
    return "verified-long-ago" if verified_on < earliest.isoformat() else None


def _within(division: str) -> str:
    """What the codes of a division's counties begin with: 450103, 4501 of a city, 45 of a province."""
    return re.sub(r"(0000|00)\Z", "", division)


def _exists(known: Office) -> Refused:
    return Refused(
        "office-exists",
        what=f"代码 {known.code} 已在目录里，没有新增。",
        why=f"它是{known.name}（{STATES[known.state]}）。",
        next="要更改它，请办“更改属地部门”；要新增别的部门，请另取代码。（命令：office change）",
    )


def _verified_later(known: Office) -> Refused:
    return Refused(
        "verified-later",
        what=f"{known.code} 没有登记核实。",
        why=f"目录里最近一次核实是 {known.verified_on}，比这次晚。",
        next="请核对日期；目录里的日期有误的，请打电话重新核实，按今天登记。",
    )


def _locked(known: Office, day: str) -> Refused:
    return Refused(
        "office-locked",
        what=f"{known.name}（{known.code}）的地址还没有重新核实，没有办理。",
        why=f"{day} 有封套从那里退回；地址、电话核实之前，寄往那里的不装袋、不封装。",
        next="请打电话核实后登记，地址变了的先请值班长更改，然后再办。（命令：office verify、office change）",
    )


def _differs(known: Office) -> Refused:
    return Refused(
        "office-differs",
        what=f"代码 {known.code} 在目录里是另一个地址，没有办理。",
        why=f"目录里：{known.name}，{known.address}，邮编 {known.postcode}，电话 {known.phone}。",
        next="目录正确的，只填部门代码；目录过时的，请值班长先更改并核实。（命令：office change）",
    )
