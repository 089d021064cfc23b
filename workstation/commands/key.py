"""Noun `key`: where the hall key comes from, bringing it to this window, and the recovery sheet."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from workstation import bootstrap, secrets
from workstation.acts import keys
from workstation.acts.inputs import Input
from workstation.acts.keys import Keeping
from workstation.commands import shown
from workstation.commands.init import recovery_sheet
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context, secret_missing
from workstation.domain.times import minute
from workstation.errors import WrongUsage
from workstation.secrets import HallKey
from workstation.settings import Settings

HELP = "密钥：来源、入网（恢复）、导出恢复单"


class Enrolling(Input, frozen=True, kw_only=True):
    """How the hall key comes here (one of the first two), and where it is kept (one of the others)."""

    passphrase: str | None = None
    recovery: str | None = None
    key_file: str | None = None
    keyring: bool = False
    dsn: str | None = None
    """On a window that has no home yet: the PostgreSQL server of the hall."""


EXAMPLE = Enrolling(passphrase="至少十二个字的入网口令只说一遍", key_file="/etc/workstation/hall.key")


def register(verbs: Verbs) -> None:
    """The verbs of `key`."""
    verbs.add("status", _status, help="显示密钥从哪里来（不显示密钥）", shows="")
    verbs.add(
        "enrol",
        _enrol,
        help="凭入网口令或恢复单，把大厅密钥放到本窗口（系统管理员）",
        shows=("--key-file /etc/workstation/hall.key --as 9001", "--json - --as 9001 < 入网.json"),
        arguments=[
            argument("--key-file", help="密钥文件（放在数据目录之外）"),
            argument("--keyring", action="store_true", help="放进钥匙环"),
            argument("--recovery", action="store_true", help="凭恢复单：当面输入，或设 WORKSTATION_RECOVERY"),
        ],
        reads=(Enrolling, EXAMPLE),
    )
    verbs.add(
        "export-recovery",
        _export,
        help="再打印一次恢复单（系统管理员，值班长为第二人）",
        shows="--as 9001 --second 2001",
    )


def _status(context: Context, args: Namespace) -> Result:  # noqa: ARG001
    opened = context.open()
    status = keys.status(opened.desk, opened.key, opened.settings)
    data = {
        "source": status.source,
        "key_file": status.key_file,
        "keyring": status.keyring,
        "data_keys": list(status.data_keys),
        "enrolled_at": shown.time(status.enrolled_at),
    }
    enrolled = f"自 {minute(status.enrolled_at)} 起" if status.enrolled_at else "没有设"
    lines = [f"密钥来源：{secrets.source_word(status.source)}", f"密钥文件：{status.key_file or '没有指明'}"]
    lines += [f"数据密钥：第 {'、'.join(map(str, status.data_keys))} 号", f"入网口令：{enrolled}"]
    return Result({"key": data}, text="\n".join(lines))


def _enrol(context: Context, args: Namespace) -> Result:
    given = context.read(Enrolling) if context.has_input else _from_flags(context, args)
    if given.dsn is None or context.home.has_hall:
        return _enrol_here(context, given, bootstrap.load_settings(context.home))
    with bootstrap.joining(context.home, given.dsn, context.options.window) as found:
        return _enrol_here(context, given, found)


def _enrol_here(context: Context, given: Enrolling, found: Settings) -> Result:
    opened = context.open(key=_brought(context, given, found), found=found)
    keeping = Keeping(Path(given.key_file).absolute() if given.key_file else None, given.keyring)
    changed = keys.enrol(context.desk(), opened.key, keeping, home=context.home, window=found)
    bootstrap.keep(context.home, changed)
    data = {"key_file": changed.key_file, "keyring": changed.keyring, "brought_by": opened.key.source}
    return Result({"key": data}, text=f"大厅密钥已放到{changed.key_file or '钥匙环'}，下次启动自动使用。")


def _from_flags(context: Context, args: Namespace) -> Enrolling:
    if args.recovery:
        recovery = context.secret("WORKSTATION_RECOVERY", "恢复单上的 17 组数字")
        if recovery is None:
            raise secret_missing("recovery-missing", "恢复单上的数字", "WORKSTATION_RECOVERY")
        return Enrolling(recovery=recovery, key_file=args.key_file, keyring=args.keyring)
    passphrase = context.secret("WORKSTATION_PASSPHRASE", "入网口令")
    if passphrase is None:
        raise secret_missing("passphrase-missing", "入网口令", "WORKSTATION_PASSPHRASE")
    return Enrolling(passphrase=passphrase, key_file=args.key_file, keyring=args.keyring)


def _brought(context: Context, given: Enrolling, found: Settings) -> HallKey:
    """The hall key, from what the person has brought."""
    if (given.passphrase is None) == (given.recovery is None):
        raise WrongUsage(
            "key-brought",
            what="没有说明密钥从哪里来，没有执行。",
            why="要给 passphrase（入网口令）或 recovery（恢复单）之一，且只给一个。",
            next="用 key enrol --schema 看示例。",
        )
    if given.recovery is not None:
        return HallKey(secrets.parse_recovery(given.recovery), "recovery")
    return bootstrap.key_by_passphrase(context.home, found, given.passphrase or "")


def _export(context: Context, args: Namespace) -> Result:  # noqa: ARG001
    recovery = keys.export_recovery(context.desk(), context.open().key)
    return Result({"recovery": recovery}, text="\n".join(recovery_sheet(recovery)))
