"""What is said beside the checklist: the 审查要点 of one row, and the outcome as it would be now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from workstation.acts import masking
from workstation.acts.inputs import Finding
from workstation.acts.outlooks import DEFECTS, RowOutlook, Way
from workstation.domain.case import CaseState, Row, RowState
from workstation.domain.words import word
from workstation.errors import on_screen
from workstation.screens.review.sheet import Sheet

SIGNS = {
    RowState.PENDING: "?",
    RowState.PASSED: "✓",
    RowState.FAILING: "✗",
    RowState.NOT_APPLICABLE: "·",
    RowState.DEFERRED: "✓",
}
_NOT_SO = "!"
_UNSIGNED = "pledge-not-signed"


def state_of(row: RowOutlook) -> str:
    """A row's outcome by sign and word."""
    if row.refusal is not None:
        return f"{_NOT_SO} 待承诺" if row.refusal.code == _UNSIGNED else f"{_NOT_SO} 有误"
    return f"{SIGNS[RowState(row.state)]} {word(row.state)}"


def kept(sheet: Sheet, row_id: str) -> str:
    """Whether a row's outcome is in the ledger."""
    if row_id in sheet.findings:
        return "未存"
    return "" if sheet.stored(row_id).state == RowState.PENDING else "已存"


def of_row(sheet: Sheet, row_id: str) -> str:
    """The 审查要点 of a row, what was found first."""
    return "\n".join(_of_row(sheet, row_id))


def _of_row(sheet: Sheet, row_id: str) -> Iterator[str]:
    outlook, row = sheet.rows[row_id], sheet.stored(row_id)
    finding = sheet.findings.get(row_id)
    yield row.name
    yield f"{state_of(outlook)}{_found(row, finding)}"
    if outlook.refusal is not None:
        yield on_screen(f"不能这样保存：{outlook.refusal.what}{outlook.refusal.why}")
    if outlook.defects and outlook.refusal is None:
        yield f"缺陷：{'、'.join(defect.word for defect in outlook.defects)}"
    remark = finding.remark if finding else masking.field(row, "remark")
    if remark:
        yield f"备注：{remark}"
    yield f"已收：{_held(sheet, row_id)}"
    if outlook.taken_in is not None:
        yield f"! 存下时补记为收到：{word(outlook.taken_in.form)} {outlook.taken_in.copies} 份"
    yield ""
    yield from _asked(row)
    yield f"清单：{sheet.look.file.case.checklist_mark or '未注明'}；{row.source or '来源：未核对'}"


def _asked(row: Row) -> Iterator[str]:
    yield f"标准：{row.standard}"
    yield f"要求：{word(row.form)} {row.copies} 份，{row.from_whom}"
    if row.condition:
        yield f"何时要：{row.condition}"
    if row.exempt:
        licence = f"（已登记{word(row.licence)}）" if row.licence else ""
        yield f"免提交：由部门从证照库调取，不要纸质{licence}"
    if row.deferrable:
        yield "容缺：指南允许，以协议为准"
    if faults := [DEFECTS[code].word for code in row.faults.split(",") if code in DEFECTS]:
        yield f"常见：{'、'.join(faults)}"
    if row.sample:
        yield row.sample if row.sample.startswith("示例") else f"样例：{row.sample}"


def _found(row: Row, finding: Finding | None) -> str:
    if finding is None:
        way, form, copies, pages = row.way, row.found_form, row.found_copies, row.found_pages
    else:
        way, form, copies, pages = finding.way, finding.form, finding.copies, finding.pages
    if way is None or (finding is not None and finding.not_applicable):
        return ""
    parts = [word(way)] if way != Way.PAPER else []
    parts += [word(form), f"{copies} 份"] if form and copies else []
    parts += [f"{pages} 页"] if pages else []
    return f"　{' '.join(parts)}" if parts else ""


def _held(sheet: Sheet, row_id: str) -> str:
    counted: Counter[str] = Counter()
    for piece in sheet.held(row_id):
        counted[piece.form] += piece.copies
    return "、".join(f"{word(form)} {count} 份" for form, count in counted.items()) or "没有"


def outcome(sheet: Sheet) -> tuple[str, str]:
    """The outcome as it would be, and what to do next."""
    outlook = sheet.outlook
    if outlook.refusal is not None:
        done = outlook.refusal.code == "nothing-to-review"
        return f"{'✓' if done else '✗'} {outlook.refusal.what}", on_screen(f"下一步：{outlook.refusal.next}")
    sign = "✓" if outlook.passed else _NOT_SO if outlook.refused or outlook.notice_follows else "·"
    return f"{sign} 结论：{outlook.sentence}", _then(sheet)


def _then(sheet: Sheet) -> str:
    outlook = sheet.outlook
    if wanting := sheet.to_pledge():
        return _pledge_then(sheet, wanting)
    if wrong := next((row for row in outlook.rows if row.refusal is not None), None):
        assert wrong.refusal is not None
        return on_screen(f"“{wrong.row.name}”{wrong.refusal.why}改正或退格重审后再保存。")
    if sheet.findings:
        then = "，再按 F5 告知" if outlook.notice_follows else ""
        return f"{len(sheet.findings)} 行未存，^S 保存{then}。"
    if outlook.notice_follows:
        return f"F5 一次性告知，最迟 {sheet.look.file.tell_by.day.isoformat()}。"
    if outlook.case.state == CaseState.REVIEWED and outlook.count(RowState.FAILING):
        return "F4 登记补交的材料。"
    return ""


def _pledge_then(sheet: Sheet, wanting: list[Finding]) -> str:
    rows = {found.row for found in wanting}
    if any(p.state == "printed" for p in sheet.look.file.pledges if p.row_id in rows):
        return "承诺书待签：申请人签名后扫它的条码。"
    return f"{len(rows)} 行要已签的承诺书：^G 出具，签名后扫码。"
