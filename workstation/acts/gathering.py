"""办件汇聚: the cases of a span as one file for a platform, with no more fields than its profile has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from integrations.platforms.case_gathering import messages
from integrations.platforms.case_gathering.messages import Checked, Faulty, Profile, Reason
from workstation.acts import checks, given_files, numbers, refusals
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, counted, silent
from workstation.domain.consignment import Consignment
from workstation.domain.people import Hall
from workstation.domain.roles import COUNTER
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import OutsideFailed, Refused, WrongUsage, command
from workstation.settings import os_reason
from workstation.store.protocols import Line
from workstation.store.statements import archives as sql
from workstation.store.work import Reading

#: What is wrong with a packet or a profile, by the reasons of `messages`.
REASONS = {
    Reason.PROFILE_TOML: "字段文件的写法不对，读不出来。",
    Reason.PROFILE_NAME: "字段文件里要有名称和字段两项，不要别的。",
    Reason.PROFILE_FIELD: "字段文件里有不认识的字段{detail}。",
    Reason.PROFILE_DOUBLED: "字段文件里有重复的字段{detail}。",
    Reason.PROFILE_NUMBER: "字段文件里没有办件编号。",
    Reason.LINE: "这一行读不出来，或只有半行。",
    Reason.HEAD: "第一行不是汇聚包的开头。",
    Reason.FOOT: "最后一行不是汇聚包的结尾，后面可能缺了。",
    Reason.CHECKSUM: "校验和不符，内容被改过或损坏。",
    Reason.COUNT: "办件数与结尾写的不符，有缺少或多出的。",
    Reason.FIELD: "这一行的字段与开头写的不同。",
    Reason.DOUBLED: "办件编号重复{detail}。",
}
_PAGE = 500
_LARGEST_PROFILE = 65_536
_TIMES = frozenset({"registered_at", "passed_at", "served_at", "closed_at"})
_LEGS = (
    "handed_over_at",
    "acknowledged_at",
    "accepted_at",
    "decided_at",
    "returned_at",
    "arrived_at",
    "served_at",
)


@dataclass(frozen=True)
class Gathered:
    """A packet that was given out."""

    path: Path
    profile: Profile
    count: int
    sm3: str


@dataclass(frozen=True)
class _Span:
    """Days as they were named, and their bounds in epoch ms."""

    since: str
    until: str
    bounds: tuple[int, int]


def profile(path: Path | None) -> Profile:
    """The packaged profile, or the one in a file."""
    place = messages.PROFILE if path is None else path
    try:
        with place.open("rb") as file:
            text = file.read(_LARGEST_PROFILE).decode("utf-8")
        return messages.profile(text)
    except OSError as error:
        raise _unreadable(place, os_reason(error)) from error
    except UnicodeDecodeError as error:
        raise _faulty(place, Faulty(Reason.PROFILE_TOML)) from error
    except Faulty as error:
        raise _faulty(place, error) from error


def export(
    desk: Desk,
    since: str,
    until: str | None,
    to: Path,
    *,
    fields: Profile | None = None,
    progress: Progress = silent,
) -> Gathered:
    """导出汇聚包: the cases registered in a span of days, as they stand now."""
    desk.may("export_platform")
    desk.writes()
    fields = fields or profile(None)
    _may_name_people(desk, fields)
    now = desk.store.now()
    until = until or local(now).date().isoformat()
    span = _Span(checks.day("since", since), checks.day("until", until), checks.span(since, until, now))
    target = to.absolute()
    with given_files.half(target) as half:
        with desk.reading() as reading:
            half.write(_Taken(reading, desk.hall, span, fields).lines(now, progress))
        half.file.seek(0)
        checked = messages.check(half.file)
        with desk.act("export_platform") as work:
            work.facts = {
                "since": span.since,
                "until": span.until,
                "cases": checked.count,
                "personal": list(fields.personal),
                "sm3": checked.sm3,
            }
        given_files.put(half, target)
    return Gathered(target, fields, checked.count, checked.sm3)


def check(path: Path) -> Checked:
    """Whether a packet is whole, wherever it comes from; refused with what is wrong in which line."""
    if not path.is_file():
        raise _unreadable(path, "没有这个文件，或它不是普通文件")
    try:
        with path.open("rb") as file:
            return messages.check(file)
    except OSError as error:
        raise _unreadable(path, os_reason(error)) from error
    except Faulty as error:
        raise _faulty(path, error) from error


@dataclass(frozen=True)
class _Taken:
    """One look at the cases of a span."""

    reading: Reading
    hall: Hall
    span: _Span
    fields: Profile

    def lines(self, now: int, progress: Progress) -> Iterator[bytes]:
        """The packet."""
        head = {
            "hall": self.hall.name,
            "division": self.hall.division,
            "since": self.span.since,
            "until": self.span.until,
            "taken_at": _time(now),
        }
        first, last = self.span.bounds
        (line,) = self.reading.lines(sql.COUNT_REGISTERED, since=first, until=last)
        cases = counted(self._cases(), progress, total=line["n"])
        return messages.lines(head, self.fields, cases)

    def _cases(self) -> Iterator[Mapping[str, Any]]:
        since, until = self.span.bounds
        after = ""
        while page := self.reading.lines(sql.REGISTERED, since=since, after=after, until=until, count=_PAGE):
            for line in page:
                yield self._case(line)
            since, after = page[-1]["registered_at"], page[-1]["number"]
            self.reading.known.clear()  # each case is come to once

    def _case(self, line: Line) -> Mapping[str, Any]:
        return {field: self._value(field, line) for field in self.fields.fields}

    def _value(self, field: str, line: Line) -> Any:
        number = line["number"]
        match field:
            case "division":
                return self.hall.division
            case "hall":
                return self.hall.digit
            case "external_numbers":
                noted = numbers.noted(self.reading, number)
                return [{"system": one.system, "number": one.number} for one in noted]
            case "consignments":
                return list(map(_consignment, self.reading.consignments.where(case_number=number)))
        if field in messages.PERSONAL:
            return getattr(self.reading.cases.get(number), field)
        return _time(line[field]) if field in _TIMES else line[field]


def _consignment(one: Consignment) -> dict[str, Any]:
    return {
        "office_division": one.office_division,
        "state": one.state,
        "outcome": one.outcome,
        "document_number": one.document_number,
        **{name: _time(getattr(one, name)) for name in _LEGS},
    }


def _time(at: int | None) -> str | None:
    return None if at is None else local(at).isoformat("T", "seconds")


def _may_name_people(desk: Desk, fields: Profile) -> None:
    """Whoever touches no cases gives nobody's name away either."""
    role = desk.signed_in().role
    if fields.personal and role not in COUNTER:
        raise Refused(
            "platform-personal",
            what="没有导出汇聚包。",
            why=f"这套字段含有个人信息，{word(role)}不经手办件，不能导出。",
            next="请值班长导出，或改用不含个人信息的字段。（命令：--profile）",
        )


def _faulty(path: Path, error: Faulty) -> WrongUsage | Refused:
    place = f"第 {error.line} 行：" if error.line else ""
    detail = f"“{refusals.shown(error.detail)}”" if error.detail else ""
    why = place + REASONS[error.reason].format(detail=detail)
    code = f"platform-{error.reason.replace('_', '-')}"
    name = refusals.shown(path.name)
    if error.reason.startswith("profile"):
        known = "、".join((*messages.FIELDS, *messages.PERSONAL))
        return WrongUsage(
            code,
            what=f"“{name}”不能用，没有导出。",
            why=why,
            next=f"请改正后再导出。{command(f'可用 {known}')}",
        )
    return Refused(code, what=f"“{name}”不是完整的汇聚包。", why=why, next="请不要报送，重新导出一份。")


def _unreadable(path: Path, why: str) -> OutsideFailed:
    return OutsideFailed(
        "platform-unreadable",
        what=f"“{refusals.shown(path.name)}”读不出来。",
        why=f"{why}。",
        next="请核对路径和权限后再试。",
    )
