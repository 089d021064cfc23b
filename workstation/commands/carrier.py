"""Noun `carrier` 寄递企业: which one carries the hall's envelopes, and whether its platform answers."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from workstation.acts import carriers
from workstation.acts.carriers import Known, Told
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.mail import Carrier
from workstation.domain.words import word

HELP = "寄递企业：列出、启用、测试接口"

_SET = (
    argument("name", metavar="名称", help="number_pool 号码池，或 ems 邮政EMS平台"),
    argument(
        "--environment",
        metavar="环境",
        choices=carriers.ENVIRONMENTS,
        default="production",
        help="production 正式，test 测试；不写就是正式",
    ),
    argument("--url", metavar="地址", help="接口的另一个地址，如中转；不写就是平台自己的"),
    argument(
        "--numbers",
        metavar="方式",
        choices=tuple(carriers.NUMBERS),
        default="sticker",
        help="sticker 扫贴纸运单，packing 装袋时从号码池取号；不写就是扫贴纸",
    ),
    argument("--with-return", action="store_true", help="每单同时要一个回程运单号"),
)


def register(verbs: Verbs) -> None:
    """The verbs of a carrier."""
    verbs.add("list", _list, help="列出寄递企业，在用的在前", shows="--as 1001")
    verbs.add(
        "set",
        _set,
        help="启用一家并设好；没有写的项按不写时的值（值班长、系统管理员）",
        shows=("number_pool --numbers packing --as 2001", "ems --environment test --with-return --as 2001"),
        arguments=_SET,
    )
    verbs.add(
        "test",
        _test,
        help="问平台两个不下单的问题：地址解析、揽收范围（值班长、系统管理员）",
        shows="--as 2001",
        arguments=[
            argument("name", metavar="名称", nargs="?", help="不写就是在用的那一家"),
            argument("--address", metavar="地址", help="问哪个地址；不写就是本大厅的"),
        ],
    )


def _list(context: Context, _: Namespace) -> Result:
    found = carriers.listed(context.desk())
    rows = [(known.name, known.title, *_standing(known)) for known in found]
    text = output.table(("名称", "寄递企业", "状态", "环境", "取号", "账号"), rows)
    return Result({"carriers": [_data(known) for known in found]}, text=text)


def _set(context: Context, args: Namespace) -> Result:
    carrier = carriers.set_carrier(
        context.desk(),
        args.name,
        environment=args.environment,
        url=args.url,
        numbers=args.numbers,
        with_return=args.with_return,
    )
    return Result({"carrier": _record(carrier)}, text=f"已启用{_described(carrier)}。")


def _test(context: Context, args: Namespace) -> Result:
    seconds = context.open().settings.mail.timeout_seconds
    told = carriers.ask(context.desk(), args.name, address=args.address, timeout=seconds)
    if told is None:
        return Result({"test": None}, text="没有要测的接口：号码池和贴纸运单都不联网。")
    data = {
        "carrier": told.carrier.name,
        "environment": told.carrier.environment,
        "address": told.address,
        "place": told.place or None,
        "served": told.served,
        "reach": told.reach,
    }
    return Result({"test": data}, text=_answered(told))


def _answered(told: Told) -> str:
    carrier = told.carrier
    return "\n".join((
        f"{word(carrier.name)}（{word(carrier.environment)}）有回答，账号能用；没有下单。",
        f"问的地址：{told.address}",
        f"地址解析：{told.place or '平台找不到这个地址'}",
        f"上门揽收：{'能' if told.served else '不能'}（{told.reach}）",
    ))  # fmt: skip


def _described(carrier: Carrier) -> str:
    if carrier.name == "number_pool":
        return f"{word(carrier.name)}，{carriers.NUMBERS[carrier.numbers]}"
    told = [word(carrier.name), word(carrier.environment)]
    told += [f"接口地址 {carrier.url}"] if carrier.url else []
    return "，".join([*told, "同时要回程运单" if carrier.with_return else "不要回程运单"])


def _standing(known: Known) -> tuple[str, ...]:
    if known.carrier is None:
        return "没有设", "", "", _account(known)
    carrier = known.carrier
    environment = word(carrier.environment) if known.is_online else ""
    return word(carrier.state), environment, carriers.NUMBERS[carrier.numbers], _account(known)


def _account(known: Known) -> str:
    if not known.is_online:
        return "不用"
    return "有" if known.has_credentials else "没有"


def _data(known: Known) -> dict[str, Any]:
    return {
        "name": known.name,
        "title": known.title,
        "has_credentials": known.has_credentials,
        "carrier": _record(known.carrier) if known.carrier else None,
    }


def _record(carrier: Carrier) -> dict[str, object]:
    return {**shown.record(carrier), "with_return": bool(carrier.with_return)}
