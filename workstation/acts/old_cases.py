"""旧台账: lines of the hall's old ledger, looked at and found; history that no act takes up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from forms.identifiers import citizen_id, landline, mobile, person_name, plain_text
from forms.rescue import damage
from forms.rescue.damage import Damage
from forms.rescue.lines import Taken
from workstation.acts import masking, refusals
from workstation.acts.desk import Desk
from workstation.acts.ledger_columns import FIELDS
from workstation.domain.history import OldCase, Rescue
from workstation.errors import Refused
from workstation.store.personal import PersonalKeys
from workstation.store.statements import history as sql
from workstation.store.work import Reading

PAGE = 200
"""Lines shown at once."""

#: What is wrong with a cell, by the kind of its flag.
FLAGS = {
    Damage.ROUNDED: "只剩 15 位，后面的数字已变成 0",
    Damage.SCIENTIFIC: "成了科学计数",
    Damage.LOST_ZERO: "少一位，疑似丢了开头的 0",
    Damage.FULL_WIDTH: "有全角字符",
    Damage.LETTERS: "数字里混有字母 O、l、I",
    Damage.BLANKS: "中间有空格",
    Damage.POINT_ZERO: "末尾多出 .0",
    Damage.SERIAL: "日期成了序列号",
    Damage.IMPOSSIBLE: "没有这一天",
    Damage.ERROR_VALUE: "是错误值，如 #N/A",
    Damage.FORMULA: "是公式，没有读它的结果",
    Damage.MERGED: "在合并单元格里，文字只在第一格",
    Damage.CHECK_DIGIT: "校验位不符",
    Damage.FORM: "不像这一栏的内容",
    Damage.MOVED: "不像编号，已移入备注",
}
_FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_NUMBER_WITHIN = re.compile(r"[0-9０-９][0-9０-９ -]{5,}[0-9０-９Xx]")
#: What a line may lack altogether.
_MAY_LACK = (
    "received_on",
    "ended_on",
    "item",
    "office",
    "applicant_name",
    "applicant_id",
    "applicant_phone",
    "remark",
)
_HIDDEN = frozenset({"applicant_name", "applicant_id", "applicant_phone"})


def listed(desk: Desk) -> list[Rescue]:
    """The files that were imported, the newest first."""
    with desk.reading() as reading:
        return sorted(reading.rescues.where(), key=lambda one: (one.changed_at, one.id), reverse=True)


def rescue(desk: Desk, rescue_id: str) -> Rescue:
    """One of them."""
    with desk.reading() as reading:
        found = None if plain_text.forbidden(rescue_id) else reading.rescues.get(rescue_id)
    if found is None:
        raise _not_found(rescue_id)
    return found


def flagged(desk: Desk, rescue_id: str, *, after: str = "") -> list[OldCase]:
    """A page of the lines in which something is damaged."""
    with desk.reading() as reading:
        return reading.old_cases.query(sql.FLAGGED, rescue=rescue_id, after=named(after), count=PAGE)


def one(desk: Desk, old_id: str) -> OldCase:
    """One line, by its id."""
    with desk.reading() as reading:
        found = None if plain_text.forbidden(old_id) else reading.old_cases.get(named(old_id))
    if found is None:
        raise _not_found(old_id)
    return found


def named(text: str) -> str:
    """A line's id as it is kept, however many zeros were typed."""
    rescue_id, _, line = text.partition(":")
    return f"{rescue_id}:{line.zfill(6)}" if line else rescue_id


def found(desk: Desk, text: str) -> list[OldCase]:
    """Lines of this name, document, telephone, old number or waybill; only whole ones are found."""
    text = plain_text.compact(text)
    if not text or plain_text.forbidden(text):
        return []
    with desk.reading() as reading:
        exact = [*_by_digest(reading, text), *_by_number(reading, text)]
    return sorted({old.id: old for old in exact}.values(), key=lambda old: (old.rescue, old.line))


def _by_digest(reading: Reading, text: str) -> list[OldCase]:
    keys = reading.keys
    if text.startswith("#"):
        return []
    return reading.old_cases.query(
        sql.BY_DIGEST,
        name=_digest(keys, "name", text),
        id=_digest(keys, "id", text),
        phone=_digest(keys, "phone", text),
    )


def _by_number(reading: Reading, text: str) -> Iterator[OldCase]:
    """What was read in full width, or with .0, stays so: it is asked for in each of these ways."""
    bare = damage.folded(text)
    for written in dict.fromkeys((text, bare, bare.upper(), bare.translate(_FULL_WIDTH), f"{bare}.0")):
        yield from reading.old_cases.where(number=written)[:PAGE]
        yield from reading.old_cases.where(waybill=written)[:PAGE]
        yield from reading.old_cases.where(return_waybill=written)[:PAGE]


def recorded(keys: PersonalKeys, rescue: str, line: Taken) -> OldCase:
    """A line of the ledger as history."""
    cells = line.cells
    return OldCase(
        id=named(f"{rescue}:{line.number}"),
        rescue=rescue,
        line=line.number,
        number=cells.get("number", ""),
        waybill=cells.get("waybill", ""),
        return_waybill=cells.get("return_waybill", ""),
        flags=",".join(line.flags),
        name_digest=_digest(keys, "name", cells.get("applicant_name")),
        id_digest=_digest(keys, "id", cells.get("applicant_id")),
        phone_digest=_digest(keys, "phone", cells.get("applicant_phone")),
        **{name: cells.get(name) for name in _MAY_LACK},
    )


def _digest(keys: PersonalKeys, kind: str, text: str | None) -> str:
    """What a cell is found by; only full width, blanks and a trailing .0 are folded."""
    if not text or text.startswith("#"):
        return ""  # #N/A is nobody
    if kind == "name":
        return keys.lookup(kind, person_name.compact(text))
    number = damage.folded(text)
    if kind == "id":
        return keys.lookup(kind, citizen_id.compact(number))
    phone = mobile.compact(number)
    return keys.lookup(kind, phone if phone.startswith("1") else landline.compact(number))


def told(flag: str) -> str:
    """A flag in words: 证件号码只剩 15 位……"""
    field, _, kind = flag.partition(":")
    return f"{FIELDS[field]}{FLAGS[Damage(kind)]}"


def flags_of(old: OldCase) -> list[str]:
    """What is damaged in a line, in words."""
    return [told(flag) for flag in old.flags.split(",") if flag]


def mask_cell(field: str, text: str) -> str:
    """A cell of the ledger as it may stand on a screen; of a column nobody has named, hardly anything."""
    if field in _HIDDEN:
        return masking.mask(field, text) or ""
    if not field:
        return text[:1] + "*" * min(len(text) - 1, 8)
    if field == "remark":
        return _NUMBER_WITHIN.sub(lambda found: "*" * len(found[0]), text)
    return text


def masked(cells: Mapping[str, str]) -> dict[str, str]:
    """A line as it may stand on a screen."""
    return {field: mask_cell(field, text) for field, text in cells.items()}


def cells(old: OldCase) -> dict[str, str]:
    """A line of history as it may stand on a screen, by field, the empty ones left out."""
    there = {field: getattr(old, field) for field in FIELDS}
    return masked({field: text for field, text in there.items() if text})


def _not_found(old_id: str) -> Refused:
    return Refused(
        "history-not-found",
        what=f"旧台账里没有“{refusals.shown(old_id)}”。",
        why="旧台账的行按“导入号:行号”找，如 2026-11-20-1:17。",
        next="请先查找，再按列出的编号打开。（命令：history find 文字）",
    )
