"""The refusals several acts share, each with its code, what, why and next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from forms.identifiers import plain_text
from workstation.domain import codes, lifecycle, roles
from workstation.domain.day_close import DayClose
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.errors import Refused

_LONGEST_SHOWN = 40


def nobody_signed_in() -> Refused:
    """No operator for an act that needs one."""
    return Refused(
        "nobody-signed-in",
        what="没有登录，不能办理。",
        why="每一步都要记下是谁办的。",
        next="请先用自己的工号和密码登录。（命令：--as 工号，密码也可设在 WORKSTATION_PASSWORD）",
    )


def read_only() -> Refused:
    """Something would be written at a desk that only looks."""
    return Refused(
        "read-only",
        what="本次以只读方式打开，没有办理，什么也没有写入。",
        why="只读方式只供查看，供检查人员使用。（命令：--readonly）",
        next="要办理的，请退出，不用只读方式重新打开。（命令：不加 --readonly）",
    )


def wrong_role(role: str, act: str) -> Refused:
    """The operator's role may not do this act."""
    allowed = "、".join(word(r) for r in sorted(roles.ROLES[act]))
    return Refused(
        "wrong-role",
        what=f"{word(role)}不能办理“{word(act)}”。",
        why=f"“{word(act)}”由{allowed}办理。",
        next="请换有此职责的人员登录。",
    )


def own_second(act: str) -> Refused:
    """Operator and second person are the same."""
    return Refused(
        "own-second",
        what=f"不能自己复核自己的“{word(act)}”。",
        why="复核人与经办人必须是两个人。",
        next="请另一位同事用自己的工号和 PIN 确认。",
    )


def wrong_second(role: str, act: str) -> Refused:
    """The second person's role may not confirm this act."""
    allowed = "、".join(word(r) for r in sorted(roles.SECOND[act]))
    return Refused(
        "wrong-second",
        what=f"{word(role)}不能复核“{word(act)}”。",
        why=f"“{word(act)}”由{allowed}复核。",
        next="请有此职责的同事用自己的 PIN 确认。",
    )


class SecondMissing(Refused):
    """The act needs a second person who has not confirmed."""

    def __init__(self, act: str) -> None:
        super().__init__(
            "second-needed",
            what=f"“{word(act)}”需要第二人确认，尚未办理。",
            why="这一步须由两人负责（另一人以本人 PIN 确认）。",
            next="请另一位同事用自己的工号和 PIN 确认。"
            "（命令：--second 工号，PIN 也可设在 WORKSTATION_SECOND_PIN）",
        )
        self.act = act


def not_waiting(number: str) -> Refused:
    """A waiting act that is none any more."""
    return Refused(
        "not-waiting",
        what=f"待确认事项 {shown(number)} 已不在待确认中。",
        why="它已被确认、撤下，或编号有误。",
        next="请从现有的待确认事项里选。（命令：confirm list）",
    )


def readable(kind: str, number: str) -> str:
    """The number as a store can be asked for it; with damaged or control characters in it, it is nobody's."""
    if plain_text.forbidden(number):
        raise not_found(kind, number)
    return number


def shown(text: str) -> str:
    """A text from outside as a refusal may repeat it: short, and with nothing that moves a cursor."""
    safe = "".join(character if character.isprintable() else "�" for character in text)
    return safe if len(safe) <= _LONGEST_SHOWN else f"{safe[:_LONGEST_SHOWN]}…"


def not_found(kind: str, number: str) -> Refused:
    """No record with this number in this hall."""
    return Refused(
        f"{kind}-not-found",
        what=f"没有编号为 {shown(number)} 的{_NOUNS[kind]}。",
        why=_why_unknown(kind, number),
        next=_HOW_TO_FIND.get(kind, "请核对编号，或按姓名、证件号、电话查找。（命令：search）"),
    )


def _why_unknown(kind: str, number: str) -> str:
    if kind == "office":
        return "通讯录里没有。"
    if kind == "printer":
        return "本大厅没有登记这台打印机。"
    checked = "；校验位正确也不等于存在" if _is_checked(number) else ""
    return f"本大厅的账上查不到这个编号{checked}。"


def _is_checked(number: str) -> bool:
    """Whether it is one of our numbers, or begins with one, and its check digit is right."""
    try:
        codes.parse(number.partition("-")[0])
    except codes.CodeError:
        return False
    return True


#: Where else than by `search` something is found.
_HOW_TO_FIND = {
    "item": "请按名称、拼音或首字母查找。（命令：item find）",
    "office": "请先在“属地部门”里新增或导入，或登记时把这个部门的地址写全。"
    "（命令：office add、office import）",
    "agreement": "请在协议里查找。（命令：agreement list）",
    "defect": "请在错证缺证登记里查找。（命令：defect list）",
    "task": "请在待办里查找。（命令：task list）",
    "printer": "请在打印机里查找。（命令：printer list）",
    "print_job": "请在打印队列里查找。（命令：print list）",
    "mail_order": "请在下单清单里查找。（命令：order list）",
    "carrier": "请在寄递企业里查找。（命令：carrier list）",
    "pool_number": "请核对号码；号码池里有多少可以查看。（命令：pool status）",
}

_NOUNS = {
    "case": "办件",
    "consignment": "送件",
    "envelope": "封套",
    "batch": "交寄批次",
    "paper": "纸面",
    "user": "人员",
    "task": "待办",
    "item": "事项",
    "office": "业务属地部门",
    "agreement": "协议",
    "pledge": "承诺",
    "defect": "错证缺证登记",
    "guide": "办事指南",
    "piece": "材料",
    "row": "材料清单行",
    "waiting": "待确认事项",
    "printer": "打印机",
    "print_job": "打印任务",
    "mail_order": "下单",
    "carrier": "寄递企业",
    "pool_number": "池内运单号",
}


def several_consignments(case_number: str, names: Sequence[str]) -> Refused:
    """A case's number says too little where it goes to several home offices."""
    return Refused(
        "consignment-ambiguous",
        what=f"{case_number} 有 {len(names)} 个送件，没有办理。",
        why="这个办件寄往几个业务属地，只写办件编号分不清是哪一个。",
        next=f"请写明送件编号：{'、'.join(names)}。",
    )


def changed_meanwhile(record: Any, seen: int) -> Refused:
    """Somebody changed the record after the operator looked at it (design §7: who, when, what)."""
    return Refused(
        "changed-meanwhile",
        what=f"{_name(record)} 在您查看之后已被改动，本次未办理。",
        why=f"{_last(record)}（您看到的是第 {seen} 版，现在是第 {record.version} 版）。",
        next="请重新打开查看后再办。",
    )


def day_closed(close: DayClose) -> Refused:
    """The day's sheet is signed: what comes after it belongs to another day."""
    return Refused(
        "day-closed",
        what=f"{close.day} 已经日清，本次未办理。",
        why=f"{minute(close.closed_at)} 由 {close.closed_by} 日清（日清单 {close.paper}），当日不再办理。",
        next="请明天再办；确须今天办的，请值班长会同复核人写明原因重开当日。",
    )


def wrong_state(table: str, record: Any, act: str, *, states: Sequence[str] = ()) -> Refused:
    """The act is not possible in the record's state; `states` where another table than its own says so."""
    possible = states or lifecycle.states_for(lifecycle.ALL[table], act)
    named = "、".join(f"“{word(state)}”" for state in possible if state)
    return Refused(
        "wrong-state",
        what=f"{_name(record)} 现在是“{word(record.state)}”，不能“{word(act)}”。",
        why=f"“{word(act)}”只能在{named}时办理；{_last(record)}。",
        next=_possible(table, record),
    )


def _name(record: Any) -> str:
    keys = ("number", "id", "code", "name")
    return str(next(getattr(record, key) for key in keys if hasattr(record, key)))


def _last(record: Any) -> str:
    at = local(record.changed_at).strftime("%Y-%m-%d %H:%M:%S")
    return f"最近一次改动：{record.changed_by or '系统'} 于 {at} “{word(record.changed_act)}”"


def _possible(table: str, record: Any) -> str:
    acts = lifecycle.allowed(lifecycle.ALL[table], record.state)
    if not acts:
        return "这个状态已是终点，没有后续办理。"
    return f"现在可以：{'、'.join(word(a) for a in acts)}。"
