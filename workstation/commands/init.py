"""Noun `init`: found a hall, with its first people; prints the recovery sheet, once."""

from __future__ import annotations

from argparse import Namespace

import msgspec

from workstation import bootstrap
from workstation.acts.users import EXAMPLE_USER, NewUser
from workstation.bootstrap import Founded
from workstation.commands import shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.roles import Role
from workstation.founding import Founding

HELP = "新建大厅和首批人员，并打印一次恢复单"

EXAMPLE = Founding(
    division="350203",
    digit=1,
    name="示例市示例区政务服务大厅",
    address="福建省厦门市思明区示例路 1 号",
    postcode="361000",
    phone="0592-5550000",
    users=(
        NewUser(code="9001", name="管示例", role=Role.ADMINISTRATOR, password="Guanli-2026"),
        NewUser(code="2001", name="值示例", role=Role.SUPERVISOR, password="Zhiban-2026", pin="618203"),
        EXAMPLE_USER,
        NewUser(code="1002", name="窗示例", role=Role.CLERK, password="Chuangkou-2026", pin="402957"),
        NewUser(code="8001", name="审示例", role=Role.AUDITOR, password="Shenji-2026"),
        NewUser(code="5001", name="揽示例", role=Role.COURIER),
    ),
    key_file="/etc/workstation/hall.key",
    passphrase="至少十二个字的入网口令只说一遍",
)


def register(verbs: Verbs) -> None:
    """A whole command."""
    verbs.only(
        _init,
        help="新建大厅；内容用 --json - 从标准输入读，旗标可改其中几项",
        shows="--home /srv/workstation --json - < 大厅.json",
        arguments=[
            argument("--division", help="行政区划代码，6 位"),
            argument("--name", help="大厅名称"),
            argument("--key-file", help="密钥文件（放在数据目录之外）"),
        ],
        reads=(Founding, EXAMPLE),
    )


def _init(context: Context, args: Namespace) -> Result:
    plan = context.read(Founding)
    flags = {
        "division": args.division,
        "name": args.name,
        "key_file": args.key_file,
        "window": context.options.window,
    }
    plan = msgspec.structs.replace(
        plan, **{name: value for name, value in flags.items() if value is not None}
    )
    founded = bootstrap.found_hall(context.home, plan)
    founded.opened.close()
    return _result(founded)


def _result(founded: Founded) -> Result:
    opened = founded.opened
    hall = opened.desk.hall
    data = {
        "hall": shown.record(hall),
        "home": opened.home.root,
        "window": opened.settings.window,
        "key": {
            "key_file": opened.settings.key_file,
            "keyring": opened.settings.keyring,
        },
        "recovery": founded.recovery,
    }
    text = "\n".join(
        [
            f"已新建大厅：{hall.name}。数据目录：{opened.home.root}",
            "",
            *recovery_sheet(founded.recovery or ""),
        ]
    )
    return Result(data, text=text)


def recovery_sheet(recovery: str) -> list[str]:
    """The recovery sheet in words; whoever holds it can open the ledger."""
    groups = recovery.split("-")
    rows = [groups[i : i + 6] for i in range(0, len(groups), 6)]
    return [
        "恢复单（只显示这一次，请抄下或打印，封存在保险柜；不要拍照，不要存进电脑）",
        *("    " + "  ".join(row) for row in rows),
        "密钥丢失时，用 key enrol 逐组输入即可恢复；没有恢复单也没有密钥，账本再也打不开。",
    ]
