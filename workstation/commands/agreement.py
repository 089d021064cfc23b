"""Noun `agreement` 协议: what home offices have agreed with this hall, item by item."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import agreements
from workstation.acts.inputs import EXAMPLE_TERMS, Terms
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.office import OPEN_END, Agreement, Power

HELP = "协议：登记、列出、查看、终止与业务属地部门的协议"

_LISTS = ("powers", "deferrable_rows", "pledgeable_rows")


def register(verbs: Verbs) -> None:
    """The verbs of an agreement."""
    verbs.add(
        "add",
        _add,
        help="登记一个部门就一个事项的协议（值班长、系统管理员）",
        shows="--json - --as 2001 < 协议.json",
        reads=(Terms, EXAMPLE_TERMS),
    )
    verbs.add(
        "list",
        _list,
        help="列出现行和将生效的协议",
        shows="--office 450103-hz --as 1001",
        arguments=[
            argument("--office", metavar="代码", help="只列这个部门的"),
            argument("--item", metavar="代码", help="只列这个事项的"),
            argument("--all", action="store_true", help="已到期的也列出"),
        ],
    )
    number = argument("id", metavar="编号", help="协议编号，如 450103-hz/63/1")
    verbs.add("show", _show, help="显示一份协议", shows="450103-hz/63/1 --as 1001", arguments=[number])
    last = argument("--on", metavar="日期", help="最后一天，如 2026-12-31；不写就是今天")
    verbs.add(
        "end",
        _end,
        help="终止协议，最后一天当天仍有效（值班长、系统管理员）",
        shows="450103-hz/63/1 --on 2026-12-31 --as 2001",
        arguments=[number, last],
    )


def _add(context: Context, _: Namespace) -> Result:
    agreement = agreements.add(context.desk(), context.read(Terms))
    return _result(agreement, f"已登记协议 {agreement.id}。\n{described(agreement)}")


def _list(context: Context, args: Namespace) -> Result:
    found = agreements.listed(context.desk(), office=args.office, item=args.item, past=args.all)
    return Result({"agreements": [record(agreement) for agreement in found]}, text=table(found))


def _show(context: Context, args: Namespace) -> Result:
    agreement = agreements.show(context.desk(), args.id)
    return _result(agreement, described(agreement))


def _end(context: Context, args: Namespace) -> Result:
    agreement = agreements.end(context.desk(), args.id, on=args.on)
    return _result(agreement, f"协议 {agreement.id} 到 {agreement.valid_to} 为止，当天仍有效。")


def _result(agreement: Agreement, text: str) -> Result:
    return Result({"agreement": record(agreement)}, text=text)


def record(agreement: Agreement) -> dict[str, object]:
    """An agreement for `--json`: lists as lists, the legs as an object, no last day as null."""
    plain = shown.record(agreement)
    lists = {name: [one for one in getattr(agreement, name).split(",") if one] for name in _LISTS}
    valid_to = None if agreement.valid_to == OPEN_END else agreement.valid_to
    return {**plain, **lists, "limits": agreements.limits(agreement), "valid_to": valid_to}


def table(found: list[Agreement]) -> str:
    """Agreements one a line."""
    rows = [(a.id, a.office, a.item, agreements.period(a), _powers(a)) for a in found]
    return output.table(("编号", "部门", "事项", "期间", "授予的权力"), rows)


def described(agreement: Agreement) -> str:
    """All that an agreement says, line by line."""
    legs = [f"{agreements.LEGS[leg]} {days}" for leg, days in agreements.limits(agreement).items()]
    calendar = "全国" if agreement.calendar == agreements.NATIONAL else agreement.calendar
    payers = (agreements.PAYERS[payer] for payer in (agreement.payer_out, agreement.payer_back))
    return "\n".join((
        f"{agreement.id}　部门：{agreement.office}　事项：{agreement.item}　第 {agreement.version} 版",
        f"期间：{agreements.period(agreement)}　文号：{agreement.document_number or '未载明'}",
        f"授予的权力：{_powers(agreement)}",
        f"时限（工作日，{calendar}日历）：{'、'.join(legs) or '未约定'}",
        f"邮费（去、回）：{'、'.join(payers)}　结果：{agreements.RETURN_MODES[agreement.return_mode]}",
        f"可容缺的材料：{_rows(agreement.deferrable_rows)}",
        f"可告知承诺的材料：{_rows(agreement.pledgeable_rows)}",
    ))  # fmt: skip


def _powers(agreement: Agreement) -> str:
    granted = [word for power, word in agreements.POWERS.items() if agreement.grants(Power(power))]
    return "、".join(granted) or "无"


def _rows(joined: str) -> str:
    return joined.replace(",", "、") or "无"
