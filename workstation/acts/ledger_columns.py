"""列对应: which column of an old ledger is which of our fields, remembered by the heads.

A guess is shown and never used unless somebody has agreed to it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import replace

from forms.rescue import heads as old_heads
from forms.rescue.lines import Column
from workstation.acts import refusals
from workstation.acts.desk import Desk
from workstation.domain.history import ColumnMap
from workstation.errors import Refused, WrongUsage
from workstation.store.work import Reading

#: What each field is called.
FIELDS = {
    "number": "编号",
    "received_on": "收件日期",
    "ended_on": "办结日期",
    "item": "事项",
    "office": "业务属地",
    "applicant_name": "申请人姓名",
    "applicant_id": "证件号码",
    "applicant_phone": "电话",
    "waybill": "去程邮件号",
    "return_waybill": "回程邮件号",
    "remark": "备注",
}
DOWN = "+down"
"""After a field: what stands in a merged cell of this column is copied down."""
DOWN_WORD = "+向下填"
_BY_WORD = {word: field for field, word in FIELDS.items()}


def digest(heads: Collection[str]) -> str:
    """What a ledger's columns are remembered by."""
    return hashlib.new("sm3", "\n".join(heads).encode()).hexdigest()


def called(said: str) -> str:
    """A field as people read it: 业务属地+向下填."""
    field = said.removesuffix(DOWN)
    return FIELDS[field] + (DOWN_WORD if field != said else "")


def said(text: str) -> tuple[str, str]:
    """`旧列=字段` taken apart: head, and field by its code; empty where the column is not taken."""
    head, equals, field = text.rpartition("=")
    if not equals or not head.strip():
        why = f"“{refusals.shown(text)}”不是“旧列=字段”的写法。"
        raise _wrong("history-map-form", why, f"字段可写：{'、'.join(FIELDS.values())}。")
    field = field.strip()
    name = field.removesuffix(DOWN).removesuffix(DOWN_WORD)
    code = _BY_WORD.get(name, name)
    return head.strip(), code + (DOWN if name != field else "")


def laid_over(base: Mapping[str, str], given: Mapping[str, str]) -> dict[str, str]:
    """What was said, over what was remembered or guessed; an empty field takes a column out."""
    return {head: field for head, field in {**base, **given}.items() if field}


def checked(heads: Collection[str], mapping: Mapping[str, str]) -> dict[str, Column]:
    """The columns of a mapping, or all that is wrong with it."""
    columns = {head: Column(said.removesuffix(DOWN), said.endswith(DOWN)) for head, said in mapping.items()}
    faults = [f"文件里没有“{refusals.shown(head)}”这一列" for head in columns if head not in heads]
    unknown = {column.field for column in columns.values()} - FIELDS.keys()
    faults += [f"没有“{refusals.shown(field)}”这个字段" for field in sorted(unknown)]
    for field, word in FIELDS.items():
        those = [head for head, column in columns.items() if column.field == field]
        if len(those) > 1 and field != old_heads.SEVERAL:
            faults.append(f"“{word}”对应了 {len(those)} 列（{'、'.join(map(refusals.shown, those))}）")
    if faults:
        then = f"列名须与表头一致，表头有：{'、'.join(map(refusals.shown, heads))}。"
        raise _wrong("history-map-wrong", "；".join(faults) + "。", then)
    return columns


def remembered(reading: Reading, heads: Collection[str]) -> dict[str, str]:
    """What was said of a ledger with these heads; empty if nothing was."""
    known = reading.column_maps.get(digest(heads))
    return dict(json.loads(known.columns)) if known else {}


def remember(desk: Desk, heads: Collection[str], mapping: Mapping[str, str]) -> None:
    """记住列对应: the next file with these heads is read the same way."""
    columns = json.dumps(dict(mapping), ensure_ascii=False, sort_keys=True)
    with desk.reading() as reading:
        if remembered(reading, heads) == mapping:
            return
    with desk.act("map_columns") as work:
        work.object = digest(heads)[:16]
        work.facts = {"columns": len(mapping)}
        known = work.column_maps.get(digest(heads))
        if known is None:
            work.column_maps.add(ColumnMap(digest(heads), columns))
            return
        # An unfinished import goes on by what is remembered.
        if unfinished := work.rescues.where(state="importing"):
            raise _held(unfinished[0].id)
        work.column_maps.save(replace(known, columns=columns))


def not_said(guess: Mapping[str, str]) -> Refused:
    """Nobody has said yet what the columns are."""
    shown = "、".join(f"{refusals.shown(head)}＝{called(field)}" for head, field in guess.items())
    return Refused(
        "history-not-mapped",
        what="什么也没有导入。",
        why=f"还没有人核对过这份台账的列。按列名猜是：{shown}。",
        next="请先预览，核对每一列再导入。（命令：--preview；猜得对加 --guessed，不对用 --map 旧列=字段）",
    )


def begun_otherwise(rescue: str) -> Refused:
    """The rest of a file is read as its beginning was."""
    return Refused(
        "history-begun-otherwise",
        what="没有接着导入。",
        why=f"这个文件已经按另一种列对应导入了一部分（{rescue}）。",
        next="请按原来的列对应导完，不要改动。（命令：不写 --map）",
    )


def _held(rescue: str) -> Refused:
    return Refused(
        "history-map-held",
        what="列对应没有改。",
        why=f"还有一份旧台账（{rescue}）没有导完，它要按原来的列对应导完。",
        next="请先再选那个文件，接着导完，再改列对应。",
    )


def _wrong(code: str, why: str, then: str) -> WrongUsage:
    return WrongUsage(code, what="列对应不能用，什么也没有导入。", why=why, next=then)
