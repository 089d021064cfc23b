"""What a scan means here and now: the resolver first, then the store says whether the number exists."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.acts.desk import Desk
from workstation.domain import lifecycle, scans
from workstation.domain.codes import HallCode
from workstation.domain.paper import PaperState
from workstation.errors import Refused
from workstation.store.work import Reading


@dataclass(frozen=True)
class Scanned:
    """What was scanned: the code, the record it leads to, its state, the acts possible on it now."""

    code: str
    kind: str
    """case · envelope · batch · badge, or the kind of the face · waybill."""
    object: str
    state: str
    acts: tuple[str, ...]


def scan(desk: Desk, raw: str, *, expecting_waybill: bool = False) -> Scanned:
    """Resolve a burst; unknown, foreign and void codes are refused each with its own reason."""
    place = HallCode(desk.hall.division, desk.hall.digit)
    with desk.reading() as reading:
        meaning = scans.resolve(
            raw, place, known=lambda n: _is_live(reading, n), expecting_waybill=expecting_waybill
        )
        if isinstance(meaning, scans.Unknown):
            raise _unknown(meaning)
        if isinstance(meaning, scans.NotOurs):
            raise _not_ours(meaning)
        if isinstance(meaning, scans.Waybill):
            return _waybill(reading, meaning.text)
        return _own(reading, meaning.number.text)


def _is_live(reading: Reading, number: str) -> bool:
    return bool(reading.waybills.where(number=number, state="live"))


def _own(reading: Reading, number: str) -> Scanned:
    if case := reading.cases.get(number):
        return Scanned(number, "case", number, case.state, lifecycle.allowed(lifecycle.CASE, case.state))
    if batch := reading.batches.get(number):
        return Scanned(number, "batch", number, batch.state, lifecycle.allowed(lifecycle.BATCH, batch.state))
    for user in reading.users.where(badge=number):
        return Scanned(number, "badge", user.code, user.state, ())
    return _face(reading, number)


def _face(reading: Reading, number: str) -> Scanned:
    paper = reading.papers.get(number)
    if paper is None:
        raise Refused(
            "code-not-issued",
            what=f"编号 {number} 校验正确，但本大厅没有发过这个编号。",
            why="校验位正确不等于编号存在。",
            next="请核对是否为本大厅打印的纸面。",
        )
    if paper.state == PaperState.VOID:
        successor = (
            f"由 {paper.replaced_by} 代替" if paper.replaced_by else f"事由 {paper.reason or '未注明'}"
        )
        raise Refused(
            "paper-void",
            what=f"纸面 {number} 已作废，不能使用。",
            why=f"{successor}。",
            next="请使用代替它的纸面，或查看它所属的封套或办件。",
        )
    state, acts = _of_object(reading, paper.object)
    return Scanned(number, paper.kind, paper.object, state, acts)


def _of_object(reading: Reading, number: str) -> tuple[str, tuple[str, ...]]:
    if envelope := reading.envelopes.get(number):
        return envelope.state, lifecycle.allowed(lifecycle.ENVELOPE, envelope.state)
    if case := reading.cases.get(number):
        return case.state, lifecycle.allowed(lifecycle.CASE, case.state)
    batch = reading.batches.get(number)
    return (batch.state, lifecycle.allowed(lifecycle.BATCH, batch.state)) if batch else ("", ())


def _waybill(reading: Reading, number: str) -> Scanned:
    for waybill in reading.waybills.where(number=number, state="live"):
        return Scanned(number, "waybill", waybill.object, waybill.state, ())
    return Scanned(number, "waybill", "", "unbound", ())


_STRANGERS = {
    scans.Stranger.PRACTICE_IN_LIVE: (
        "practice-code-in-live-hall",
        "这是演练大厅的编号，不能在正式大厅使用。",
    ),
    scans.Stranger.LIVE_IN_PRACTICE: (
        "live-code-in-practice-hall",
        "这是正式大厅的编号，不能在演练大厅使用。",
    ),
    scans.Stranger.OTHER_HALL: ("code-of-other-hall", "这是别的大厅的编号。"),
}

_REASONS = {
    scans.Reason.EMPTY: "没有扫到内容。",
    scans.Reason.CHARACTERS: "含有编号里不会有的字符；可能输入法没有关。",
    scans.Reason.TOO_SHORT: "位数不够，可能只扫到一半。",
    scans.Reason.TOO_LONG: "位数太多，可能两次扫描连在了一起。",
    scans.Reason.CHECK_DIGIT: "校验位不符，扫描或输入有误。",
    scans.Reason.KIND: "首位不是已知的编号种类。",
    scans.Reason.PLACE: "其中的行政区划、大厅或窗口不可能。",
    scans.Reason.DAY: "其中的日期不存在。",
    scans.Reason.SERIAL: "其中的流水号不可能。",
    scans.Reason.S10_CHECK_DIGIT: "像国际邮件号，但校验位不符。",
    scans.Reason.S10_COUNTRY: "像国际邮件号，但国别代码不存在。",
    scans.Reason.WAYBILL_NOT_EXPECTED: "13 位数字像运单号，但没有在用，现在也不是绑定运单的时候。",
}


def _not_ours(meaning: scans.NotOurs) -> Refused:
    code, why = _STRANGERS[meaning.why]
    return Refused(
        code, what="这个编号不是本大厅的，没有办理。", why=why, next="请核对纸面和当前登录的大厅（locate）。"
    )


def _unknown(meaning: scans.Unknown) -> Refused:
    return Refused(
        f"scan-{meaning.reason.value.replace('_', '-')}",
        what="扫到的不是认识的编号，没有办理。",
        why=_REASONS[meaning.reason],
        next="请重新扫描；仍不行就关掉输入法，或手工输入编号。",
    )
