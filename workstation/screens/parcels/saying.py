"""A parcel in words: where it is and since when, how it was signed for, and each event with its sign."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from workstation.acts import steps, tasks, timelines
from workstation.acts.desk import Desk
from workstation.acts.timelines import NO_CODE, Done, Parcel, Told
from workstation.domain.envelope import Task
from workstation.domain.times import local, minute
from workstation.domain.tracking import MailState
from workstation.domain.words import word
from workstation.screens.parcels.lines import WAYS, named

_SIGNS: Mapping[str, str] = {
    MailState.NONE: "?",
    MailState.DELIVERED: "✓",
    MailState.RETURNED: "✗",
    MailState.LOST: "✗",
}
_SOURCES = {"sync": "向寄递企业问来", "import": "从表格导入"}


@dataclass(frozen=True)
class Moment:
    """One thing that happened to a parcel: an event of the carrier's, or an act of ours."""

    at: int
    what: str
    who: str
    note: str = ""
    came: str = ""
    """How and when an event came to us."""

    @property
    def cells(self) -> Sequence[str]:
        """When, what, where, what to mind; on a wide screen also how it came."""
        return minute(self.at)[5:], self.what, self.who, self.note, self.came

    @property
    def told(self) -> str:
        """All about it."""
        lines = (
            ("时间", f"{local(self.at):%Y-%m-%d %H:%M:%S}"),
            ("轨迹", self.what),
            ("机构", self.who),
            ("注意", self.note),
            ("收到", self.came),
        )
        return "\n".join(f"{label}：{text}" for label, text in lines if text)


@dataclass(frozen=True)
class Followed:
    """A parcel, whose it is, and the tasks about it that nobody has ended."""

    parcel: Parcel
    office: str
    tasks: Sequence[Task]

    @property
    def id(self) -> str:
        """By what it is known again: a number comes round after years."""
        return self.parcel.waybill.id

    @property
    def object(self) -> str:
        """The envelope, or on the way back the consignment."""
        return self.parcel.waybill.object

    @property
    def state(self) -> str:
        """Sign and word."""
        state = self.parcel.mail.state
        return f"{'!' if self.tasks else _SIGNS.get(state, '·')} {word(state)}"

    @property
    def cells(self) -> Sequence[str]:
        """Which way, waybill, where it is and since when, office; on a wide screen also who signed."""
        waybill, mail = self.parcel.waybill, self.parcel.mail
        since = minute(mail.since)[5:]
        return WAYS[waybill.leg], waybill.number, self.state, since, self.office, word(mail.grade)

    @property
    def told(self) -> str:
        """What is so now, and what somebody has to look after."""
        waybill = self.parcel.waybill
        ended = "" if waybill.state == "live" else "　（运单已了结）"
        first = f"{waybill.number}　{named(waybill.leg, waybill.object)}　{self.office}"
        return "\n".join([first, f"{self._now}{ended}", *self._to_mind()])

    @property
    def _now(self) -> str:
        mail = self.parcel.mail
        if not self.parcel.told:
            return "? 寄递企业还没有说过它"
        since = f"（自 {minute(mail.since)}）" if mail.since else ""
        grade = f"　{word(mail.grade)}" if mail.grade else ""
        return f"{self.state}{since}{grade}"

    def _to_mind(self) -> Iterator[str]:
        kinds = [task.kind for task in self.tasks]
        if kinds:
            yield f"! 待办：{'、'.join(map(word, kinds))}（Ctrl+O 去办）"
        if passed := [alarm for alarm in self.parcel.mail.alarms if alarm not in kinds]:
            yield f"· 轨迹提示过：{'、'.join(map(word, passed))}（没有未了结的待办）"
        if idle := list(filter(None, self.parcel.mail.idle)):
            yield f"? 有不认识的代码 {'、'.join(idle)}：照原样留着，不改变状态"

    @property
    def moments(self) -> list[Moment]:
        """What was told and what we did, newest first."""
        found = [*map(_of_event, self.parcel.told), *map(_of_act, self.parcel.done)]
        return sorted(found, key=lambda moment: -moment.at)


@dataclass(frozen=True)
class Track:
    """The parcels of one number."""

    number: str
    parcels: Sequence[Followed]


def _of_event(told: Told) -> Moment:
    event = told.event
    came = f"{minute(event.received_at)[5:]} {_SOURCES.get(event.source, event.source)}"
    return Moment(event.at, told.meaning, event.organisation, _note(told), came)


def _note(told: Told) -> str:
    if told.cancelled:
        return "✗ 已冲销"
    if told.known or told.meaning == NO_CODE:
        return ""
    code = "/".join(filter(None, (told.event.code, told.event.sub)))
    return f"? 代码 {code}" if code else "? 没有代码"


def _of_act(done: Done) -> Moment:
    return Moment(done.at, word(done.act), f"本大厅 {done.operator or ''}".rstrip())


def look(desk: Desk, number: str) -> Track:
    """The parcels of a waybill, envelope, consignment or case; refused if nothing has this number."""
    found, open_ = timelines.timeline(desk, number), tasks.listed(desk)
    return Track(number, [_followed(desk, parcel, open_) for parcel in found.parcels])


def _followed(desk: Desk, parcel: Parcel, open_: Sequence[Task]) -> Followed:
    waybill = parcel.waybill
    find = steps.find_envelope if waybill.leg == "out" else steps.find_consignment
    with desk.reading() as reading:
        office = find(reading, waybill.object).office_name
    return Followed(parcel, office, [task for task in open_ if task.object == waybill.object])
