"""属地签收 closes the outward leg: by the reply slip's code, or by the word of a named person there.

妥投 is no acknowledgement. What was missing or damaged inside is told by the row of the packing list.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.identifiers import plain_text
from workstation.acts import (
    checks,
    contacts,
    formal_review,
    packing,
    papers,
    refusals,
    steps,
    tasks,
    waybills,
)
from workstation.acts.desk import Desk
from workstation.acts.facts import packing_list
from workstation.domain import codes
from workstation.domain.case import OPEN_ROWS, Holder, Piece
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.envelope import Envelope, EnvelopeState
from workstation.domain.paper import Paper
from workstation.errors import Refused, WrongUsage
from workstation.store.statements import papers as sql
from workstation.store.work import Reading, Work

CHANNELS = ("phone", "fax", "photo", "slip")
"""电话 · 传真 · 照片 · 回执联寄回."""
BY_HAND = "hand"
"""How a consignment was acknowledged of which nobody has named the code."""
_SHORT = 5
MISSING, DAMAGED = "missing_inside", "damaged_inside"
"""What may be told of a row, as the tasks are called that come of it."""
#: What is said of a row, with letters too: an input method eats a character now and then.
_TICKS = {"缺": MISSING, "q": MISSING, "损": DAMAGED, "s": DAMAGED}
_TICK = re.compile(f"([0-9]{{1,3}}) ?([{''.join(_TICKS)}])[ ,、;.。]*")
_TICKED = re.compile(f"(?:{_TICK.pattern})*")


@dataclass(frozen=True)
class Expected:
    """What an acknowledgement would be about."""

    envelope: Envelope
    rows: tuple[Piece, ...]
    """As the 内件清单 numbers them, from 1 on."""


def acknowledge(
    desk: Desk, code: str, *, channel: str, office: str | None = None, rows: str = ""
) -> Envelope:
    """The home office named the code of the slip that travelled inside: it has the papers.

    `rows` tells which of the list it has not (`3缺`) or not whole (`5损`); unnamed rows have been received.
    """
    checks.one_of("channel", channel, CHANNELS)
    ticks = ticked(rows)
    with desk.act("acknowledge") as work:
        envelope = _of_slip(work, code, office)
        steps.for_act(desk, work.envelopes, envelope, "acknowledge")
        work.facts = {"channel": channel, "short": len(codes_only(code)) == _SHORT}
        return _opened(work, envelope, how=channel, ticks=ticks)


def acknowledge_by_hand(desk: Desk, number: str, *, person: str, channel: str, rows: str = "") -> Envelope:
    """Somebody at the home office says that it is there, without the code: who said so is kept."""
    checks.one_of("channel", channel, tuple(contacts.CHANNELS))
    person = checks.field("person", plain_text.validate, person)
    ticks = ticked(rows)
    with desk.act("acknowledge_by_hand") as work:
        envelope = steps.find_envelope(work, number)
        steps.for_act(desk, work.envelopes, envelope, "acknowledge_by_hand")
        work.facts = {"channel": channel}
        for case in dict.fromkeys(c.case_number for c in steps.consignments_in(work, envelope)):
            contacts.heard(work, case, channel=channel, note=f"属地签收，答复人：{person}")
        return _opened(work, envelope, how=BY_HAND, ticks=ticks)


def listed(desk: Desk, code: str, office: str | None = None) -> Expected:
    """The rows that the home office is asked about when it names this code; nothing is recorded."""
    with desk.reading() as reading:
        return _expected(reading, _of_slip(reading, code, office), "acknowledge")


def listed_in(desk: Desk, number: str) -> Expected:
    """The same of an envelope whose code nobody can name."""
    with desk.reading() as reading:
        return _expected(reading, steps.find_envelope(reading, number), "acknowledge_by_hand")


def codes_only(code: str) -> str:
    """A code as said or typed, blanks and dashes left out."""
    return "".join(ch for ch in code if ch.isalnum())


def _expected(reading: Reading, envelope: Envelope, act: str) -> Expected:
    steps.possible(reading.envelopes, envelope, act)
    return Expected(envelope, tuple(packing_list.inside(reading, envelope)))


def _of_slip(reading: Reading, code: str, office: str | None) -> Envelope:
    return steps.find_envelope(reading, _slip(reading, code, office).object)


def _opened(work: Work, envelope: Envelope, *, how: str, ticks: Mapping[int, str]) -> Envelope:
    """The envelope is open at the home office, and what it found there is told."""
    _answered(work, envelope, ticks)
    for consignment in steps.consignments_in(work, envelope):
        _received(work, envelope, consignment, how)
    waybills.end(work, envelope.number)
    # However it was signed for, and whatever became of the parcel by the carrier's account: they have it.
    tasks.answered(work, envelope.number, "acknowledge")
    return steps.move(
        work.envelopes,
        envelope,
        work.stamp.act,
        EnvelopeState.OPENED,
        holder=Holder.HOME_OFFICE,
        holder_ref=envelope.office_code,
    )


def _answered(work: Work, envelope: Envelope, ticks: Mapping[int, str]) -> None:
    """What is missing goes on being the carrier's to answer for; the rest is the home office's."""
    pieces = packing_list.inside(work, envelope)
    if not_listed := [row for row in ticks if not 1 <= row <= len(pieces)]:
        raise _row_not_listed(envelope, not_listed[0], len(pieces))
    found = {
        kind: [pieces[row - 1] for row, said in sorted(ticks.items()) if said == kind]
        for kind in (MISSING, DAMAGED)
    }
    for piece in found[MISSING]:
        formal_review.lost(work, piece, envelope.number)
    for kind, named in found.items():
        if named:
            _ask(work, envelope, kind, named)
    received = len(pieces) - len(ticks)
    work.facts |= {"received": received, **{kind: len(named) for kind, named in found.items()}}


def _ask(work: Work, envelope: Envelope, kind: str, pieces: Sequence[Piece]) -> None:
    note = "、".join(piece.id for piece in pieces)
    tasks.open_once(work, kind=kind, object_=envelope.number, note=note)


def ticked(text: str) -> dict[int, str]:
    """What one line says of which rows, `MISSING` or `DAMAGED`: `3缺 5损`, `3q,5s`."""
    said = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    if not _TICKED.fullmatch(said):
        raise _ticks_unclear(text)
    ticks: dict[int, str] = {}
    for number, tick in _TICK.findall(said):
        row, kind = int(number), _TICKS[tick]
        if ticks.setdefault(row, kind) != kind:
            raise _row_told_twice(row)
    return ticks


def _received(work: Work, envelope: Envelope, consignment: Consignment, how: str) -> None:
    act = work.stamp.act
    if envelope.purpose == "supplement":
        to = _after_supplement(work, consignment)
        steps.move(work.consignments, consignment, act, to, supplement=None)
        return
    steps.move(
        work.consignments,
        consignment,
        act,
        ConsignmentState.ACKNOWLEDGED,
        acknowledged_at=work.now,
        acknowledged_how=how,
    )


def _after_supplement(work: Work, consignment: Consignment) -> str:
    """A home office that has all it asked for goes on; a deferred paper alone moves nothing."""
    if consignment.state != ConsignmentState.HOME_CORRECTING:
        return consignment.state
    rows = work.rows.where(case_number=consignment.case_number)
    is_waited_for = any(row.state in OPEN_ROWS for row in rows)
    if is_waited_for or packing.to_send(work, consignment):
        return ConsignmentState.HOME_CORRECTING
    return ConsignmentState.ACKNOWLEDGED


def _slip(reading: Reading, code: str, office: str | None) -> Paper:
    said = codes_only(code)
    if len(said) != _SHORT:
        number = codes.parse(said).text
        return papers.live(reading, number, "reply_slip")
    if office is None:
        raise checks.usage(
            "office-missing", "报短码时没有核对属地名称。", "请选对方单位。（命令：--office 部门代码）"
        )
    slips = reading.papers.query(sql.AWAITED_SLIPS, office=office)
    return _only([slip for slip in slips if codes.matches_short_form(slip.number, said)], said)


def _only(candidates: Sequence[Paper], said: str) -> Paper:
    if len(candidates) == 1:
        return candidates[0]
    why = "没有寄往该属地、尚未签收的封套使用这个短码。" if not candidates else "有不止一个封套符合。"
    raise Refused(
        "reply-code-unknown",
        what=f"回执短码 {refusals.shown(said)} 对不上，没有登记签收。",
        why=why,
        next="请对方核对回执联并报出完整的 20 位编号。",
    )


def _ticks_unclear(text: str) -> WrongUsage:
    return checks.usage(
        "rows-unclear",
        f"“{refusals.shown(text)}”不是内件清单的行号加“缺”或“损”。",
        "请写缺的、损的行，如“3缺 5损”（也可以写 3q 5s）；全部收到的，不用写。",
    )


def _row_told_twice(row: int) -> WrongUsage:
    return checks.usage(
        "row-told-twice", f"第 {row} 行又说缺、又说损。", "请再问一遍：没有收到的写缺，收到而破损的写损。"
    )


def _row_not_listed(envelope: Envelope, row: int, last: int) -> Refused:
    return Refused(
        "row-not-listed",
        what=f"封套 {envelope.number} 的内件清单没有第 {row} 行，没有登记签收。",
        why=f"清单只有 1 至 {last} 行。",
        next="请对方看内件清单最左一栏的序号，再报一遍。（命令：receipt show）",
    )
