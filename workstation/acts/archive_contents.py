"""What a case's archive packet holds: its papers and pictures, what it is, and its part of the journal.

Everything is read in one look at the store, so the packet is of one moment.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from integrations.platforms.archive_packet.metadata import Field, Group
from integrations.platforms.archive_packet.packet import EVIDENCE, PAPERS, Contents, Row
from workstation.acts import catalogue, exports, numbers, steps
from workstation.acts.desk import Desk
from workstation.acts.facts import ID_KINDS
from workstation.domain import codes
from workstation.domain.case import Case, CaseState, Evidence
from workstation.domain.consignment import Consignment
from workstation.domain.contact import ExternalNumber
from workstation.domain.envelope import Waybill
from workstation.domain.journal import ALGORITHM, Entry
from workstation.domain.paper import Paper, PaperState
from workstation.domain.people import Hall
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.work import Reading

#: A case in one of these has come to its end.
ENDED = frozenset({CaseState.CLOSED, CaseState.DECLINED, CaseState.GUIDED, CaseState.WITHDRAWN})
#: Why a paper of the case is only named.
ABSENT = {
    PaperState.PROMISED: "还没有成文",
    PaperState.MADE: "影像已按期清除，账上留有摘要",
    PaperState.VOID: "作废前没有成文，或影像已按期清除",
}
SHARED = "封套里还有别的办件，不随本件归档"
NO_PICTURE = "图片不在账上"
_ENDINGS = {"image/jpeg": "jpg", "image/png": "png"}
_CASE_TIMES = {
    "registered_at": "收件时间",
    "passed_at": "形式审查通过时间",
    "served_at": "送达时间",
    "closed_at": "办结时间",
}
_PEOPLE = {
    "applicant_name": "申请人",
    "applicant_id_kind": "申请人证件种类",
    "applicant_id": "申请人证件号码",
    "applicant_phone": "申请人电话",
    "applicant_address": "申请人地址",
    "agent_name": "代办人",
    "agent_id_kind": "代办人证件种类",
    "agent_id": "代办人证件号码",
    "agent_phone": "代办人电话",
}
_LEGS = {
    "sealed_at": "封装",
    "handed_over_at": "交寄",
    "acknowledged_at": "属地签收",
    "accepted_at": "属地受理",
    "decided_at": "属地决定",
    "returned_at": "结果寄回",
    "arrived_at": "结果到窗",
    "served_at": "送达",
}


@dataclass(frozen=True)
class Packable:
    """A case as it is packed: its contents, and what its name and its record are made of."""

    case: Case
    ordinal: int
    name_parts: Mapping[str, str]
    contents: Contents

    @property
    def absent(self) -> int:
        """How many papers and pictures are only named."""
        return sum(not row.file for row in self.contents.rows)


@dataclass(frozen=True)
class _Read:
    """All that was read of a case."""

    hall: Hall
    case: Case
    title: str
    consignments: Sequence[Consignment]
    waybills: Sequence[Waybill]
    papers: Sequence[Paper]
    shared: frozenset[str]
    """Papers of envelopes in which other cases travel too."""
    stored: Mapping[str, bytes]
    """PDF of each sheet that there is one of."""
    evidence: Sequence[Evidence]
    numbers: Sequence[ExternalNumber]
    entries: Sequence[Entry]
    head: tuple[int, bytes]
    packets: int


def of_case(desk: Desk, number: str) -> Packable:
    """What the packet of an ended case holds; papers an interruption has left are made first."""
    with desk.reading() as reading:
        _ended(reading, number)
        left = list(reading.papers.where(case_number=number))
    exports.made(desk, left)
    with desk.reading() as reading:
        read = _read(reading, desk.hall, _ended(reading, number))
    rows, files = _papers(read)
    pictures, shown = _pictures(read)
    contents = Contents(
        fields=tuple(_fields(read)),
        groups=(*_numbers(read), *_consignments(read)),
        rows=(*rows, *pictures),
        files={**files, **shown},
        journal=_journal(read),
    )
    return Packable(read.case, read.packets + 1, _name_parts(read), contents)


def _ended(reading: Reading, number: str) -> Case:
    case = steps.find_case(reading, number)
    if case.state not in ENDED:
        raise Refused(
            "case-not-ended",
            what=f"{case.number} 还没有办结，没有打归档包。",
            why=f"它现在是“{word(case.state)}”；归档的是办结、不予收件、已指引和已撤回的办件。",
            next="请办结后再归档。",
        )
    return case


def _read(reading: Reading, hall: Hall, case: Case) -> _Read:
    consignments = reading.consignments.where(case_number=case.number)
    entries = reading.journal_of(case.number)
    papers, shared = _of_case(reading, case, consignments, entries)
    seq, head, _ = reading.chain()
    sheets = dict.fromkeys(p.sheet or p.number for p in papers if p.number not in shared)
    bodies = [reading.paper_bodies.get(sheet) for sheet in sheets]
    travelled = dict.fromkeys(n for c in consignments for n in (c.id, c.envelope, c.supplement) if n)
    return _Read(
        hall=hall,
        case=case,
        title=catalogue.item(reading, case.item).title,
        consignments=consignments,
        waybills=[each for name in travelled for each in reading.waybills.where(object=name)],
        papers=papers,
        shared=shared,
        stored={body.number: body.pdf for body in bodies if body and body.pdf},
        evidence=reading.evidence.where(case_number=case.number),
        numbers=numbers.noted(reading, case.number),
        entries=entries,
        head=(seq, head),
        packets=len(reading.archives.where(case_number=case.number)),
    )


def _of_case(
    reading: Reading, case: Case, consignments: Sequence[Consignment], entries: Sequence[Entry]
) -> tuple[list[Paper], frozenset[str]]:
    """Its papers, those of its envelopes too, void ones as well; and which of them show another case."""
    found = {paper.number: paper for paper in reading.papers.where(case_number=case.number)}
    shared: set[str] = set()
    ours = {consignment.id for consignment in consignments}
    for envelope in _envelopes(entries):
        inside = {content.consignment for content in reading.contents.where(envelope=envelope)}
        if not inside & ours:  # of the same batch
            continue
        of_envelope = reading.papers.where(object=envelope)
        found |= {paper.number: paper for paper in of_envelope}
        if inside - ours:
            shared |= {paper.number for paper in of_envelope}
    return sorted(found.values(), key=lambda paper: (paper.promised_at, paper.number)), frozenset(shared)


def _envelopes(entries: Sequence[Entry]) -> list[str]:
    """The envelopes that the case's entries speak of, its own among them: the record knows only the last."""
    mentioned = (number for entry in entries for number in json.loads(entry.body)["mentions"])
    return sorted({number for number in mentioned if _is_envelope(number)})


def _is_envelope(number: str) -> bool:
    return len(number) == codes.LENGTH and number.startswith(str(int(codes.Kind.ENVELOPE)))


def _papers(read: _Read) -> tuple[list[Row], dict[str, bytes]]:
    files: dict[str, bytes] = {}
    for paper in read.papers:
        if not paper.sheet and paper.number in read.stored:
            files[_file_of(paper)] = exports.archived(paper, read.stored[paper.number])
    return [_paper_row(read, paper, files) for paper in read.papers], files


def _paper_row(read: _Read, paper: Paper, files: Mapping[str, bytes]) -> Row:
    file = _file_of(paper)
    is_there = file in files
    absent = SHARED if paper.number in read.shared else ABSENT[PaperState(paper.state)]
    return Row(
        kind="paper",
        number=paper.number,
        title=word(paper.kind),
        state=word(paper.state),
        made_at=_time(paper.made_at),
        file=file if is_there else "",
        absent="" if is_there else absent,
    )


def _file_of(paper: Paper) -> str:
    """A slip's is that of the sheet it stands on."""
    return f"{PAPERS}{paper.sheet or paper.number}.pdf"


def _pictures(read: _Read) -> tuple[list[Row], dict[str, bytes]]:
    files = {_picture(one): one.picture for one in read.evidence if one.picture}
    rows = [
        Row(
            kind="evidence",
            number=one.id,
            title="身份核验图片",
            made_at=_time(one.at),
            file=_picture(one) if one.picture else "",
            absent="" if one.picture else NO_PICTURE,
        )
        for one in read.evidence
    ]
    return rows, files


def _picture(one: Evidence) -> str:
    return f"{EVIDENCE}{one.id}.{_ENDINGS[one.media_type]}"


# --- what the case is


def _name_parts(read: _Read) -> dict[str, str]:
    return {
        "division": read.hall.division,
        "hall": str(read.hall.digit),
        "item": read.case.item,
        "year": str(local(read.case.registered_at).year),
        "number": read.case.number,
        "ordinal": str(read.packets + 1),
    }


def _fields(read: _Read) -> Iterator[Field]:
    case, hall = read.case, read.hall
    yield Field("number", "办件编号", case.number)
    yield Field("year", "年度", str(local(case.registered_at).year))
    yield Field("regionCode", "行政区划", hall.division)
    yield Field("hall", "受理大厅", hall.name)
    yield Field("window", "窗口", str(case.window))
    yield Field("clerk", "首问责任人", case.clerk)
    yield Field("taskCode", "事项编码", case.item)
    yield Field("taskVersion", "清单版本", case.checklist_version)
    yield Field("projectName", "事项名称", read.title)
    yield Field("basis_place", "属地依据", case.basis_place)
    yield Field("state", "办件状态", word(case.state))
    yield Field("reason", "事由", word(case.reason) if case.reason else "")
    yield Field("reason_text", "说明", case.reason_text or "")
    for name, title in _CASE_TIMES.items():
        yield Field(name, title, _time(getattr(case, name)))
    for name, title in _PEOPLE.items():
        yield Field(name, title, _said(name, getattr(case, name)))


def _said(name: str, value: str | None) -> str:
    return ID_KINDS[value] if value and name.endswith("_kind") else value or ""


def _numbers(read: _Read) -> Iterator[Group]:
    for one in read.numbers:
        system, number = (
            Field("system", "系统", numbers.SYSTEMS[one.system]),
            Field("value", "编号", one.number),
        )
        yield Group("external_number", (system, number))


def _consignments(read: _Read) -> Iterator[Group]:
    for one in read.consignments:
        names = (one.id, one.envelope, one.supplement)
        waybills = [bound.number for bound in read.waybills if bound.object in names]
        told = {
            "id": ("送件编号", one.id),
            "regionCode": ("业务属地行政区划", one.office_division),
            "office": ("业务属地部门", one.office_name),
            "state": ("送件状态", word(one.state)),
            "outcome": ("办理结果", word(one.outcome) if one.outcome else ""),
            "documentNumber": ("属地文号", one.document_number or ""),
            "waybills": ("运单号", "、".join(waybills)),
            **{name: (title, _time(getattr(one, name))) for name, title in _LEGS.items()},
        }
        yield Group("consignment", tuple(Field(name, *pair) for name, pair in told.items()))


def _time(at: int | None) -> str:
    return "" if at is None else local(at).isoformat("T", "seconds")


# --- the journal


def _journal(read: _Read) -> bytes:
    seq, head = read.head
    first = {
        "case": read.case.number,
        "entries": len(read.entries),
        "algorithm": ALGORITHM,
        "seq": seq,
        "head": head.hex(),
        "anchor": codes.anchor(head),
    }
    lines = [first, *map(_columns, read.entries)]
    return b"".join(json.dumps(line, ensure_ascii=False).encode() + b"\n" for line in lines)


def _columns(entry: Entry) -> dict[str, str | int | None]:
    """Every column that is hashed, and the hash; bytes as hexadecimal digits."""
    values = {field.name: getattr(entry, field.name) for field in dataclasses.fields(entry)}
    return {name: value.hex() if isinstance(value, bytes) else value for name, value in values.items()}
