"""四性检测 in the clerk's words, and the check of a packet from outside, which needs no hall."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from integrations.platforms.archive_packet import checks, container
from integrations.platforms.archive_packet.checks import Report, Tools
from integrations.platforms.archive_packet.reasons import Check, Fault, Reason
from workstation.acts import refusals
from workstation.domain import codes
from workstation.domain.journal import Entry, entry_hash
from workstation.errors import OutsideFailed
from workstation.settings import os_reason

CHECKS = {
    Check.AUTHENTIC: "真实性",
    Check.COMPLETE: "完整性",
    Check.USABLE: "可用性",
    Check.SAFE: "安全性",
}
#: What each fault is called; the file it is in stands before it.
REASONS = {
    Reason.CHANGED: "内容与摘要不符，被改过或损坏",
    Reason.UNLISTED: "摘要里没有这个文件，是后来放进去的",
    Reason.DOUBLED_NUMBER: "编号重复",
    Reason.METADATA_DIFFERS: "元数据、目录和文件对不上",
    Reason.JOURNAL_CHANGED: "留痕摘录被改过，或链首码不对",
    Reason.MISSING: "缺少这个文件",
    Reason.SIZE: "字节数与记载不符",
    Reason.UNEXPLAINED: "没有文件，也没有写原因",
    Reason.COUNT: "件数与记载不符",
    Reason.NOT_PACKET: "这不是归档包",
    Reason.DAMAGED: "归档包已损坏，打不开",
    Reason.FORM: "不是本系统的打包方式，被别的程序重新打过包",
    Reason.BOMB: "大得反常，不予打开",
    Reason.TABLE: "表格读不出来",
    Reason.METADATA: "元数据读不出来",
    Reason.JOURNAL: "留痕摘录读不出来",
    Reason.PDF: "不是完整的存档文书，打不开或缺字体",
    Reason.PICTURE: "图片打不开",
    Reason.ABSOLUTE_NAME: "文件名指着别处的固定位置",
    Reason.OUTSIDE_NAME: "文件名指到了包的外面",
    Reason.STRANGE_NAME: "不是归档包里该有的文件",
    Reason.DOUBLED_NAME: "文件名重复",
    Reason.LINK: "不是文件，是指向别处的链接",
    Reason.ENCRYPTED: "加了密，打不开",
    Reason.HIDDEN: "文件之间或之后藏有别的内容，或文件相互重叠",
    Reason.DTD: "元数据里带有外来定义，不予解读",
    Reason.ACTIVE: "含有会运行的内容",
    Reason.KIND: "内容不是文件名所说的那一种",
    Reason.SIGNATURE: "含有程序的特征",
}
NO_SCANNER = "安全性只查特征和结构，没有运行杀毒软件。"
UNTRIED = "未能检测"


def check(path: Path) -> Report:
    """The four checks on a packet, wherever it comes from."""
    if not path.is_file():
        raise _unreadable(path, "没有这个文件，或它不是普通文件")
    try:
        with path.open("rb") as file:
            return of(file.read(container.LARGEST + 1))
    except OSError as error:
        raise _unreadable(path, os_reason(error)) from error


def of(content: bytes) -> Report:
    """The four checks on the bytes of a packet."""
    return checks.check(content, Tools(pdf=_pdf, head=_head, entry=_entry))


def told(fault: Fault) -> str:
    """A fault as a sentence."""
    place = f"{refusals.shown(fault.file)}：" if fault.file else ""
    return place + REASONS[fault.reason]


def outcome(report: Report, check: Check) -> str:
    """What came of one of the four, in a word."""
    if check in report.untried:
        return UNTRIED
    count = len(report.of(check))
    return f"有 {count} 处不对" if count else "通过"


def summary(report: Report) -> str:
    """All that the checks found, line by line."""
    lines = [f"{name}：{outcome(report, check)}" for check, name in CHECKS.items()]
    lines += [f"　✗ {CHECKS[fault.check]}　{told(fault)}" for fault in report.faults]
    return "\n".join([*lines, NO_SCANNER])


def _unreadable(path: Path, why: str) -> OutsideFailed:
    return OutsideFailed(
        "archive-unreadable",
        what=f"“{refusals.shown(path.name)}”读不出来，没有检测。",
        why=f"{why}。",
        next="请核对路径和权限后再试。",
    )


def _pdf(content: bytes) -> str | None:
    # Imported here: it takes longer to load than most commands take to run.
    from printing import archive

    try:
        archive.examine(content)
    except archive.NotArchivable as error:
        return error.reason
    return None


def _head(line: Mapping[str, Any]) -> bool:
    try:
        return bool(codes.anchor(bytes.fromhex(line["head"])) == line["anchor"])
    except (KeyError, TypeError, ValueError):
        return False


def _entry(line: Mapping[str, Any]) -> bool:
    try:
        hashes = {name: bytes.fromhex(line[name]) for name in ("previous", "hash")}
        entry = Entry(**{**line, **hashes})
        return entry_hash(entry) == entry.hash
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
