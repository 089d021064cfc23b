"""归档: the packet of an ended case, made, checked and given out; many at once; what was given out before.

A packet shows people in clear, so it is an act: nothing leaves without an entry, or without the four checks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from integrations.platforms.archive_packet import naming, packet
from integrations.platforms.archive_packet.checks import Report
from workstation.acts import archive_checks, archive_contents, catalogue, checks, given_files, steps
from workstation.acts.archive_contents import Packable
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, Stopped, silent
from workstation.domain.case import CaseState
from workstation.domain.history import ArchivePacket
from workstation.errors import Explained, Refused, command
from workstation.policies import ArchivePolicy
from workstation.store.statements import archives as sql
from workstation.store.work import Work

#: Why a template makes no name, by the reasons of `naming.NameFault`.
NAME_FAULTS = {
    "unknown": "不认识“{detail}”这一项。",
    "number": "没有办件编号，两件的包会同名。",
    "braces": "大括号没有成对，或里面写了别的。",
    "form": "填好后不是能用的文件名：太长，或含有文字、数字、横线、点以外的字符。",
}
_OTHERWISE = (CaseState.DECLINED, CaseState.GUIDED, CaseState.WITHDRAWN)


@dataclass(frozen=True)
class Packed:
    """A packet that was given out: where it lies, what the checks said, and how much is only named in it."""

    path: Path
    record: ArchivePacket
    report: Report
    absent: int


@dataclass(frozen=True)
class Ended:
    """A case that has come to its end, and how many packets of it were given out."""

    number: str
    state: str
    item: str
    clerk: str
    ended_at: int
    packets: int
    title: str
    """What its item is called."""

    @property
    def key(self) -> str:
        """What the cursor stays on."""
        return self.number


@dataclass(frozen=True)
class Batch:
    """What came of many: each packet, and each case that could not be packed with why."""

    packed: tuple[Packed, ...]
    failed: tuple[tuple[str, Explained], ...]
    before: int = 0
    """Those of the span that were packed at another time, and are left out."""
    left: int = 0
    """Those not come to, since somebody stopped it."""


def pack(desk: Desk, number: str, to: Path, *, policy: ArchivePolicy) -> Packed:
    """归档: the packet of one ended case into a folder, under the name that the setting gives it."""
    _may(desk, policy)
    packable = archive_contents.of_case(desk, number)
    content = packet.packed(packable.contents)
    report = archive_checks.of(content)
    if not report.is_sound:
        raise _unsound(number, report)
    target = given_files.folder(to) / naming.name_of(policy.name, packable.name_parts)
    with given_files.half(target) as half:
        half.write([content])
        with desk.act("export_archive") as work:
            record = _note(work, packable, target.name, report)
        given_files.put(half, target)
    return Packed(target, record, report, packable.absent)


def batch(
    desk: Desk,
    cases: Sequence[str],
    to: Path,
    *,
    policy: ArchivePolicy,
    progress: Progress = silent,
) -> Batch:
    """One packet after the other, each an act of its own; what cannot be packed holds up no other."""
    _may(desk, policy)
    packed: list[Packed] = []
    failed: list[tuple[str, Explained]] = []
    for done, number in enumerate(cases):
        try:
            progress(done, len(cases))
        except Stopped:
            return Batch(tuple(packed), tuple(failed), left=len(cases) - done)
        try:
            packed.append(pack(desk, number, to, policy=policy))
        except Explained as error:
            failed.append((number, error))
    progress(len(cases), len(cases))
    return Batch(tuple(packed), tuple(failed))


def ended(desk: Desk, since: str | None, until: str | None) -> list[Ended]:
    """The cases that came to their end in a span of days, the first first."""
    first, last = checks.span(since, until, desk.store.now())
    with desk.reading() as reading:
        found = reading.lines(sql.CLOSED, since=first, until=last)
        for state in _OTHERWISE:
            found += reading.lines(sql.LEFT, state=state, since=first, until=last)
        titles = {item.code: item.title for item in catalogue.all_items(reading)} if found else {}
    cases = (Ended(**line, title=titles.get(str(line["item"]), "")) for line in found)
    return sorted(cases, key=lambda one: (one.ended_at, one.number))


def listed(desk: Desk, number: str) -> list[ArchivePacket]:
    """The packets of a case that were given out."""
    with desk.reading() as reading:
        case = steps.find_case(reading, number)
        found = reading.archives.where(case_number=case.number)
        return sorted(found, key=lambda one: one.packed_at)


def _may(desk: Desk, policy: ArchivePolicy) -> None:
    """Refused before anything is made, by the same rules as the act itself."""
    desk.may("export_archive")
    desk.writes()
    try:
        naming.check(policy.name)
    except naming.NameFault as error:
        known = "、".join(naming.PLACEHOLDERS)
        raise Refused(
            "archive-name",
            what="归档包没有名字可用，没有打包。",
            why=f"设置里归档包的名字“{policy.name}”不对：{NAME_FAULTS[error.reason].format(detail=error.detail)}",
            next="请管理员改正设置后再办。" + command(f"设置 archive.name，可用 {known}"),
        ) from error


def _note(work: Work, packable: Packable, name: str, report: Report) -> ArchivePacket:
    number = packable.case.number
    work.object = number
    before = work.archives.where(case_number=number)
    if len(before) + 1 != packable.ordinal or work.cases.get(number) != packable.case:
        raise _meanwhile(number)
    kinds = [row.kind for row in packable.contents.rows]
    work.facts = {
        "papers": kinds.count("paper"),
        "evidence": kinds.count("evidence"),
        "absent": packable.absent,
    }
    return work.archives.add(
        ArchivePacket(
            id=f"{number}-a{packable.ordinal}",
            case_number=number,
            name=name,
            files=report.files,
            sm3=report.sm3,
            sha256=report.sha256,
            packed_at=work.now,
            packed_by=work.stamp.operator or "",
        )
    )


def _unsound(number: str, report: Report) -> Refused:
    why = "\n".join(map(archive_checks.told, report.faults))
    return Refused(
        "archive-not-sound",
        what=f"{number} 的归档包没有通过四性检测，没有给出。",
        why=f"{why}。",
        next="请把这一条告诉管理员；账上的东西没有改动。",
    )


def _meanwhile(number: str) -> Refused:
    return Refused(
        "archive-meanwhile",
        what=f"{number} 没有归档。",
        why="打包的时候，别的窗口改动了这个办件，或也在给它打包。",
        next="请再归档一次。",
    )
