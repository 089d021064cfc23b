"""What a scan means here and now: the resolver first, then the store says whether the number exists.

`scan` resolves or refuses; `take` also grades what came of it and logs it. Neither writes in the ledger.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from workstation.acts import papers, scan_log, steps, viewing
from workstation.acts.desk import Desk
from workstation.acts.scan_log import Outcome
from workstation.domain import codes, lifecycle, scans
from workstation.domain.case import Case
from workstation.domain.codes import HallCode
from workstation.domain.grades import Grade
from workstation.domain.paper import PaperState
from workstation.domain.scans import Seen
from workstation.domain.words import word
from workstation.errors import Explained, OutsideFailed, Refused
from workstation.store.work import Reading


@dataclass(frozen=True)
class Scanned:
    """What was scanned: the code, the record it leads to, its state, the acts possible on it now."""

    code: str
    kind: str
    """case · envelope · batch · badge, or the kind of the face · waybill · pickup_code · manifest ·
    foreign_manifest."""
    object: str
    state: str
    acts: tuple[str, ...]
    symbol: str = field(default="", repr=False)
    """Of a packing list's QR code all its digits; `code` is then the envelope's number."""


@dataclass(frozen=True)
class Taken:
    """One scan, resolved, graded and logged; give it as `previous` with the next one."""

    grade: Grade
    text: str
    """What the clerk is told, in one line."""
    scanned: Scanned | None = None
    error: Explained | None = None
    seen: Seen | None = field(default=None, repr=False)
    """What was read and when; None for a burst that could not be read."""
    unlogged: Explained | None = None
    """Why it stands in no log, told with the first scan of those that do not."""
    logged: bool = True


def take(
    desk: Desk,
    raw: str,
    *,
    at_ms: int,
    expecting_waybill: bool = False,
    previous: Taken | None = None,
    repeat_ms: int = scans.REPEAT_MS,
) -> Taken:
    """Resolve, grade and log a scan; a code that leads to nothing is a result too, and nothing is raised.

    `at_ms` is the time of the scan by any steady clock; what was read `repeat_ms` before is a repeat.
    """
    seen = Seen(raw, at_ms)
    if previous and scans.is_repeat(previous.seen, seen, within_ms=repeat_ms):
        return _logged(desk, _repeated(previous, seen), previous)
    try:
        scanned = scan(desk, raw, expecting_waybill=expecting_waybill)
    except Explained as error:
        taken = Taken(_grade(error), f"{error.what}{error.why}", error=error, seen=seen)
    else:
        taken = Taken(Grade.RECOGNISED, _told(scanned), scanned, seen=seen)
    return _logged(desk, taken, previous)


def take_unread(
    desk: Desk,
    text: str,
    *,
    length: int | None = None,
    unfinished: bool = False,
    previous: Taken | None = None,
) -> Taken:
    """Tell and log a burst that is not one whole code, or one without its Enter; it is never acted on."""
    error = _unfinished() if unfinished else _unreadable(desk, text)
    taken = Taken(Grade.UNKNOWN, f"{error.what}{error.why}", error=error)
    outcome = scan_log.unread(taken.grade, error.code, text, length=length)
    return _written(desk, taken, outcome, previous)


def _repeated(previous: Taken, seen: Seen) -> Taken:
    text = previous.text.removeprefix(_AGAIN)
    return Taken(Grade.REPEATED, f"{_AGAIN}{text}", previous.scanned, previous.error, seen)


def _logged(desk: Desk, taken: Taken, previous: Taken | None) -> Taken:
    scanned, error, raw = taken.scanned, taken.error, taken.seen.text if taken.seen else ""
    if scanned:
        outcome = Outcome(taken.grade, scanned.kind, scanned.object)
    elif error and error.code == "paper-void":
        outcome = Outcome(taken.grade, object=scans.clean(raw), reason=error.code)
    else:
        outcome = scan_log.unread(taken.grade, error.code if error else "", raw)
    return _written(desk, taken, outcome, previous)


def _written(desk: Desk, taken: Taken, outcome: Outcome, previous: Taken | None) -> Taken:
    """The scan, logged if that can be done; that it cannot is told once, and never in place of the result."""
    try:
        scan_log.note(desk, outcome)
    except OutsideFailed as error:
        told = isinstance(taken.error, OutsideFailed) or (previous is not None and not previous.logged)
        return replace(taken, unlogged=None if told else error, logged=False)
    return taken


def _grade(error: Explained) -> Grade:
    known = error.code in _OURS_BUT_NOT_HERE or isinstance(error, OutsideFailed)
    return Grade.REFUSED if known else Grade.UNKNOWN


def _told(scanned: Scanned) -> str:
    of = f"（{scanned.object}）" if scanned.object not in ("", scanned.code) else ""
    return f"{word(scanned.kind)} {scanned.code}{of} {word(scanned.state)}".rstrip()


def scan(desk: Desk, raw: str, *, expecting_waybill: bool = False) -> Scanned:
    """Resolve a burst; unknown, foreign and void codes are refused each with its own reason."""
    with desk.reading() as reading:
        meaning = scans.resolve(
            raw, _place(desk), known=lambda n: _is_live(reading, n), expecting_waybill=expecting_waybill
        )
        if isinstance(meaning, scans.Unknown):
            raise _unknown(meaning)
        if isinstance(meaning, scans.NotOurs):
            raise _not_ours(meaning)
        if isinstance(meaning, scans.Waybill):
            return _waybill(reading, meaning.text)
        if isinstance(meaning, scans.PickupCode):
            return _waiting(reading, meaning.text)
        if isinstance(meaning, scans.Listed):
            return _listed(reading, meaning)
        return _own(reading, meaning.number.text)


def _place(desk: Desk) -> HallCode:
    return HallCode(desk.hall.division, desk.hall.digit)


def _is_live(reading: Reading, number: str) -> bool:
    return bool(reading.waybills.where(number=number, state="live"))


def _own(reading: Reading, number: str) -> Scanned:
    if case := reading.cases.get(number):
        return Scanned(number, "case", number, *_of_case(reading, case))
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
        raise papers.is_void(reading, paper)
    state, acts = _of_object(reading, paper.object)
    return Scanned(number, paper.kind, paper.object, state, acts)


def _of_object(reading: Reading, number: str) -> tuple[str, tuple[str, ...]]:
    if envelope := reading.envelopes.get(number):
        return envelope.state, lifecycle.allowed(lifecycle.ENVELOPE, envelope.state)
    if case := reading.cases.get(number):
        return _of_case(reading, case)
    if consignment := reading.consignments.get(number):
        return consignment.state, lifecycle.allowed(lifecycle.CONSIGNMENT, consignment.state)
    batch = reading.batches.get(number)
    return (batch.state, lifecycle.allowed(lifecycle.BATCH, batch.state)) if batch else ("", ())


def _of_case(reading: Reading, case: Case) -> tuple[str, tuple[str, ...]]:
    """The state people see, and the acts possible on the case itself."""
    consignments = reading.consignments.where(case_number=case.number)
    return viewing.shown_state(case, consignments), lifecycle.allowed(lifecycle.CASE, case.state)


def _waybill(reading: Reading, number: str) -> Scanned:
    for waybill in reading.waybills.where(number=number, state="live"):
        return Scanned(number, "waybill", waybill.object, waybill.state, ())
    return Scanned(number, "waybill", "", "unbound", ())


def _waiting(reading: Reading, code: str) -> Scanned:
    """The case whose result waits under this pickup code; who stands there is looked at as ever."""
    for consignment in reading.consignments.where(pickup_code=code):
        case = steps.find_case(reading, consignment.case_number)
        return Scanned(code, "pickup_code", case.number, *_of_case(reading, case))
    raise Refused(
        "pickup-code-unknown",
        what=f"没有结果在用领取码 {code} 等人领取。",
        why="五位数字的校验相符，但没有这个领取码；结果领走后，领取码随即失效。",
        next="请核对领取码，或按姓名、证件号码、电话查找办件。（命令：search）",
    )


def _listed(reading: Reading, meaning: scans.Listed) -> Scanned:
    """A packing list leads to its envelope; one of another hall to nothing here, and can still be read."""
    number = meaning.number.text
    if envelope := reading.envelopes.get(number):
        acts = lifecycle.allowed(lifecycle.ENVELOPE, envelope.state)
        return Scanned(number, "manifest", number, envelope.state, acts, meaning.text)
    return Scanned(number, "foreign_manifest", "", "", (), meaning.text)


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

_OURS_BUT_NOT_HERE = frozenset({"paper-void", *(code for code, _ in _STRANGERS.values())})

_AGAIN = "同一个条码，没有再办："

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
    scans.Reason.LIST_TRUNCATED: "是内件清单二维码，但没有扫完，少了数字。",
    scans.Reason.LIST_LENGTH: "是内件清单二维码，但数字多了，可能两次扫描连在了一起。",
    scans.Reason.LIST_CHECK: "是内件清单二维码，但校验不符，有数字读错了。",
    scans.Reason.LIST_VERSION: "是内件清单二维码，但它的版本比本机的程序新，本机不认识。",
    scans.Reason.LIST_CONTENT: "是内件清单二维码，但里面不是一份内件清单。",
    scans.Reason.WAYBILL_NOT_EXPECTED: "13 位数字像运单号，但没有在用，现在也不是绑定运单的时候。",
}


def _not_ours(meaning: scans.NotOurs) -> Refused:
    code, why = _STRANGERS[meaning.why]
    return Refused(
        code,
        what="这个编号不是本大厅的，没有办理。",
        why=why,
        next="请核对纸面和当前登录的大厅。（命令：locate）",
    )


def _unknown(meaning: scans.Unknown) -> Refused:
    if _is_anchor(meaning.text):
        return Refused(
            "scan-anchor",
            what="扫到的是日清单上的链首码，没有办理。",
            why="链首码用来核对留痕账，不是纸面编号。",
            next="要看这张日清单，请扫它右上角的编号。",
        )
    return Refused(
        f"scan-{meaning.reason.value.replace('_', '-')}",
        what="扫到的不是认识的编号，没有办理。",
        why=_REASONS[meaning.reason],
        next="请重新扫描；仍不行就关掉输入法，或手工输入编号。",
    )


def _is_anchor(text: str) -> bool:
    """Whether these are the forty digits of an anchor, and not two own numbers run together."""
    try:
        codes.parse_anchor(text)
    except codes.NotAnAnchor:
        return False
    try:
        codes.parse(text[: codes.LENGTH])
        codes.parse(text[codes.LENGTH :])
    except codes.NotANumber:
        return True
    return False


def _unreadable(desk: Desk, text: str) -> Refused:
    """A burst that is not one code; what it lacks is said as far as it can be told from the text."""
    meaning = scans.resolve(text, _place(desk), known=lambda _: False, expecting_waybill=False)
    why = "扫描中间断开了，或混进了别的按键。"
    if isinstance(meaning, scans.Unknown) and meaning.reason != scans.Reason.WAYBILL_NOT_EXPECTED:
        why = _REASONS[meaning.reason]
    return Refused(
        "scan-unreadable",
        what="这次扫描没有读全，没有办理。",
        why=why,
        next="输入框里的内容没有改动，请检查后重新扫描；总是这样时请按 F12 查看扫描枪送来的内容。",
    )


def _unfinished() -> Refused:
    return Refused(
        "scan-unfinished",
        what="扫描没有以回车结尾，没有办理。",
        why="可能输入法吃掉了回车，或扫描枪没有设回车结尾。",
        next="输入框里的内容没有改动；请关掉输入法后重新扫描，总是这样时请管理员设置扫描枪。",
    )
