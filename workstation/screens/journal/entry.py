"""One journal entry in words for the auditor: who did what, each column it changed; digests shown short."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from workstation.acts.verification import Verification
from workstation.domain.journal import Entry
from workstation.domain.times import local
from workstation.domain.words import word

FLAGS = {"clock": "时钟曾回拨", "clock_accepted": "时钟回拨已确认"}
TABLES = {
    "halls": "大厅",
    "users": "人员",
    "cases": "办件",
    "checklist_rows": "清单行",
    "pieces": "材料",
    "consignments": "送件",
    "envelopes": "封套",
    "contents": "内件",
    "papers": "纸面",
    "identities": "身份核验",
    "notices": "告知",
    "batches": "交寄批次",
    "batch_lines": "批次行",
    "waybills": "运单",
    "tasks": "待办",
    "waiting": "待确认",
    "offices": "属地部门",
    "agreements": "协议",
    "pledges": "承诺",
    "contacts": "联系",
    "ratings": "评价",
    "reveals": "查看明文",
    "paper_bodies": "纸面内容",
    "evidence": "核验留存",
    "item_versions": "事项版本",
    "guides": "办事指南",
    "guide_rows": "指南行",
    "licence_defects": "错证缺证",
    "external_numbers": "外部编号",
    "wordings": "文书措辞",
    "printers": "打印机",
    "calibrations": "校准",
    "routes": "出纸去向",
    "print_jobs": "打印任务",
    "carriers": "寄递企业",
    "pool_numbers": "号码池",
    "mail_orders": "下单",
    "mail_events": "邮件轨迹",
    "task_steps": "待办步骤",
    "postages": "邮费",
    "year_tables": "工作日表",
    "pauses": "不计时限",
    "claims": "认领",
    "samples": "抽查",
    "sample_lines": "抽查办件",
    "day_reasons": "过夜说明",
    "day_closes": "日清",
    "month_closes": "月结",
    "rescues": "旧台账",
    "old_cases": "旧台账办件",
    "column_maps": "列对应",
    "archives": "归档包",
}
_DIGEST = re.compile(r"[0-9a-f]{24,}")
#: Columns that hold a moment.
_IS_TIME = re.compile(r"(^|_)at$")
#: So much of a digest tells two apart.
_SHORT = 12
_GROUP = 5


def told(entry: Entry) -> str:
    """The entry in lines."""
    return "\n".join([*_head(entry), *_facts(entry), "", *_changes(entry)])


def outcome(found: Verification) -> str:
    """The outcome of a verification, its anchor grouped for reading aloud."""
    if found.difference is None:
        return (
            f"共 {found.entries} 条：链、逐条推算、各表记录、提及和编号都相符。\n\n"
            f"链首码：\n{grouped(found.anchor)}"
        )
    difference = found.difference
    return (
        f"第一处不符：{difference.where}\n账上应为：{difference.expected}\n实际为：{difference.found}\n\n"
        "请停止使用，不要重启、不要修补，保留现场并联系审计员。"
    )


def grouped(anchor: str) -> str:
    """Forty digits in two lines of groups."""
    groups = [anchor[at : at + _GROUP] for at in range(0, len(anchor), _GROUP)]
    half = len(groups) // 2
    return f"{'  '.join(groups[:half])}\n{'  '.join(groups[half:])}"


def _head(entry: Entry) -> Iterator[str]:
    window = f"{entry.window} 号窗口" if entry.window else "不在窗口"
    second = f"　复核 {entry.second}" if entry.second else ""
    flag = FLAGS.get(entry.flag or "", entry.flag or "")
    yield f"时间：{local(entry.at):%Y-%m-%d %H:%M:%S}　{window}　{flag}"
    yield f"办理：{word(entry.act)}（{entry.act}）　经办 {entry.operator or '—'}{second}"
    yield f"对象：{entry.object or '—'}"
    yield f"摘要：{entry.hash.hex()[:_SHORT]}…　上一条：{entry.previous.hex()[:_SHORT]}…"


def _facts(entry: Entry) -> Iterator[str]:
    for name, value in _body(entry).get("facts", {}).items():
        yield f"{name}：{_value(value)}"


def _changes(entry: Entry) -> Iterator[str]:
    changes = _body(entry).get("changes", ())
    yield f"改动 {len(changes)} 处：" if changes else "没有改动任何记录。"
    for table, key, columns in changes:
        yield f"{TABLES.get(table, table)} {' '.join(str(part) for part in key)}"
        for column, value in columns.items():
            yield f"　{column}：{_value(value, column)}"


def _value(value: Any, column: str = "") -> str:
    if value is None:
        return "（空）"
    if isinstance(value, int) and _IS_TIME.search(column) and value > 0:
        return f"{local(value):%Y-%m-%d %H:%M:%S}"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    if column == "state" and word(text) != text:
        return f"{word(text)}（{text}）"
    return _DIGEST.sub(lambda found: f"{found[0][:_SHORT]}…", text)


def _body(entry: Entry) -> Mapping[str, Any]:
    try:
        body = json.loads(entry.body)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}
