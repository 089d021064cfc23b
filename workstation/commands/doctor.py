"""Noun `doctor`: is everything in order here? Needs no operator and no hall; changes nothing of a hall's."""

from __future__ import annotations

import os
import shutil
import stat
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from forms import documents
from printing import fonts
from workstation import bootstrap, secrets, settings, wallet
from workstation.acts import editions, mail_orders, pools, stocks, trials
from workstation.bootstrap import Opened
from workstation.commands import output
from workstation.commands.output import Result
from workstation.commands.parser import Verbs
from workstation.commands.session import Context
from workstation.domain.roles import COUNTER, Role
from workstation.domain.times import minute
from workstation.domain.wording import Wording
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.settings import Home
from workstation.store.ledger import BRIDGED_MS
from workstation.store.mounts import mount_of

HELP = "体检：目录权限、账本、密钥、时钟、磁盘、字体、人员、封套、文书文字、寄递"

_MEGABYTE = 1_000_000
_LITTLE, _TOO_LITTLE = 1_000 * _MEGABYTE, 100 * _MEGABYTE
_OFF_MS = 60_000
"""A window's clock off its server's by more than this is told (design §7)."""


@dataclass(frozen=True)
class Finding:
    """What one check has found."""

    name: str
    state: str
    """ok · warning · failed · skipped."""
    what: str
    next: str = ""


def register(verbs: Verbs) -> None:
    """A whole command."""
    verbs.only(_doctor, help="逐项检查并说明怎么处理；有一项不合格时退出码为 3", shows="")


def _doctor(context: Context, args: Namespace) -> Result:  # noqa: ARG001
    findings = [*_machine(context.home), *_hall(context)]
    failed = any(finding.state == "failed" for finding in findings)
    rows = [(_WORDS[f.state], _NAMES[f.name], f.what + (f" → {f.next}" if f.next else "")) for f in findings]
    text = output.table(("结果", "检查", "说明"), rows)
    return Result({"ok": not failed, "checks": [asdict(f) for f in findings]}, text, 3 if failed else 0)


_WORDS = {"ok": "正常", "warning": "留意", "failed": "不合格", "skipped": "未查"}
_NAMES = {
    "python": "Python",
    "home": "数据目录",
    "rights": "权限",
    "file_system": "文件系统",
    "disk": "磁盘空间",
    "font": "字体",
    "engine": "数据库引擎",
    "ledger": "账本",
    "key": "密钥",
    "clock": "时钟",
    "people": "人员",
    "stocks": "封套和标签",
    "wordings": "文书文字",
    "mail": "寄递",
}


def _machine(home: Home) -> Iterator[Finding]:
    """What can be checked without a hall."""
    yield Finding("python", "ok", f"{sys.version.split()[0]}（{sys.executable}）")
    yield _file_system(home)
    yield _disk(home)
    yield _font()
    yield _engine(home)


def _hall(context: Context) -> Iterator[Finding]:
    """What can be checked of the hall, if there is one."""
    home = context.home
    if home.is_closed:
        yield Finding("home", "failed", f"进不去 {home.root}", "请用它的主人登录，或检查权限")
        return
    if not home.has_hall:
        yield Finding("home", "skipped", f"{home.root} 里还没有大厅", "用 init 新建，或用 practice day 演练")
        return
    yield Finding("home", "ok", str(home.root))
    yield _rights(home)
    try:
        opened = context.open()
    except Explained as error:
        yield Finding("ledger", "failed", f"{error.code}：{error.what}{error.why}", error.next)
        return
    yield Finding("ledger", "ok", f"{opened.desk.hall.name}，第 {opened.desk.window} 号窗口")
    for name, check in _CHECKS:
        yield _guarded(name, check, opened)


def _guarded(name: str, check: Callable[[Opened], Finding], opened: Opened) -> Finding:
    try:
        return check(opened)
    except Explained as error:
        return Finding(name, "failed", f"{error.code}：{error.what}{error.why}", error.next)


def _file_system(home: Home) -> Finding:
    table = Path("/proc/self/mountinfo")
    mounts = table.read_text("utf-8", "surrogateescape") if table.exists() else ""
    mount = mount_of(mounts, str(home.root.resolve()))
    if mount is None:
        return Finding("file_system", "skipped", "这台机器不说明文件系统")
    if mount.is_network:
        found = f"{mount.point} 是网络文件系统 {mount.kind}，文件锁不可靠"
        return Finding("file_system", "failed", found, "把数据目录放到本机磁盘，或改用 PostgreSQL")
    return Finding("file_system", "ok", f"{mount.kind}（{mount.point}）")


def _disk(home: Home) -> Finding:
    free = shutil.disk_usage(_existing(home.root)).free
    found = f"剩余 {free // _MEGABYTE} MB"
    if free < _TOO_LITTLE:
        return Finding("disk", "failed", found, "请先清理磁盘，否则随时会办不成")
    if free < _LITTLE:
        return Finding("disk", "warning", found, "请尽快清理磁盘")
    return Finding("disk", "ok", found)


def _existing(folder: Path) -> Path:
    return next((p for p in (folder, *folder.parents) if p.is_dir()), Path("/"))


def _font() -> Finding:
    try:
        found = fonts.installed()
    except fonts.FontMissing as error:
        return Finding("font", "failed", f"找不到字体 {error.where}，打不出纸面", "请重新运行 make setup")
    if found[fonts.SONG] is None:
        return Finding("font", "warning", "宋体还没有生成，纸面全用黑体", "请重新运行 make setup")
    if found[fonts.RARE] is None:
        return Finding("font", "warning", "没有装生僻字库，这些字在纸面上留方框", "请运行 make fonts")
    return Finding("font", "ok", "、".join(found))


def _engine(home: Home) -> Finding:
    try:
        facts = bootstrap.engine_facts(home)
    except Explained as error:
        return Finding("engine", "failed", f"{error.code}：{error.what}{error.why}", error.next)
    said = f"{facts['engine']} {facts['version']}（{facts['module']}），同步 {facts['synchronous']}"
    if facts.get("wal_reset_fixed") == "no":
        # Debian 12's 3.40.1: the file lock around every write keeps the two apart that must not meet.
        return Finding(
            "engine", "warning", f"{said}；含 WAL-reset 缺陷，靠文件锁防护", "有条件时升级到 3.51.3 以上"
        )
    return Finding("engine", "ok", said)


def _rights(home: Home) -> Finding:
    try:
        private = (
            home.root,
            home.settings,
            home.tray,
            *home.root.glob("ledger.db*"),
            *home.root.glob("drafts.db*"),
        )
        faults = [fault for path in private if path.exists() and (fault := _open_to_others(path))]
        writable = os.access(home.root, os.W_OK | os.X_OK)
    except OSError as error:
        return Finding("rights", "failed", settings.os_reason(error), "请检查数据目录的权限")
    if not writable:
        return Finding("rights", "failed", f"{home.root} 不能写", "请管理员检查目录权限或磁盘是否只读")
    if faults:
        return Finding("rights", "failed", "；".join(faults), "目录应为 0700，文件应为 0600（chmod）")
    return Finding("rights", "ok", "只有本用户能读写")


def _open_to_others(path: Path) -> str:
    mode = stat.S_IMODE(path.stat().st_mode)
    return f"{path} 的权限是 {mode:04o}" if mode & 0o077 else ""


def _key(opened: Opened) -> Finding:
    source = opened.key.source
    said = f"来自{secrets.source_word(source)}"
    if source == "key_file" and opened.settings.key_file:
        said += f" {opened.settings.key_file}"
    return Finding("key", "ok", said)


def _clock(opened: Opened) -> Finding:
    store = opened.desk.store
    with opened.desk.reading() as reading:
        _, _, last = reading.chain()
    now, here = store.now(), store.clock()
    if last - now > BRIDGED_MS:
        found = f"上一笔账记于 {minute(last)}，现在时钟是 {minute(now)}"
        return Finding("clock", "failed", found, "请校正时钟；若上一笔的时间才是错的，由值班长 clock accept")
    if abs(now - here) > _OFF_MS:
        off = (here - now) // 1000
        return Finding("clock", "warning", f"本机时钟与服务器相差 {off} 秒", "请校正本机时钟")
    return Finding("clock", "ok", minute(now))


def _people(opened: Opened) -> Finding:
    with opened.desk.reading() as reading:
        active = [user for user in reading.users.where() if user.state == "active"]
    counter = [user for user in active if user.role in COUNTER]
    lacking = []
    if not any(user.role == Role.SUPERVISOR for user in active):
        lacking.append("没有值班长：第二次告知、导出恢复单等无人复核")
    if len(counter) < 2:
        lacking.append("窗口只有一人：须第二人的事项会停在待确认")
    without = [user.code for user in counter if user.pin is None]
    if without:
        lacking.append(f"没有设 PIN、不能复核：{'、'.join(without)}")
    if lacking:
        return Finding("people", "warning", "；".join(lacking), "用 user add、user pin 补上")
    return Finding("people", "ok", f"在用 {len(active)} 人")


def _stocks(opened: Opened) -> Finding:
    return Finding("stocks", "ok", "、".join(stocks.known(opened.desk.tray)))


def _wordings(opened: Opened) -> Finding:
    """The hall's own wordings are tried again: an update of the program may have dropped a fact."""
    with opened.desk.reading() as reading:
        own = [found for name in documents.names() if (found := editions.own(reading, name))]
    broken = [word(wording.document) for wording in own if not _is_sound(wording)]
    if broken:
        then = "用 wording try 看错在哪里，改好再 wording set，或 wording reset"
        return Finding("wordings", "failed", f"本厅的文字排不出来：{'、'.join(broken)}", then)
    return Finding("wordings", "ok", f"本厅自改的文书 {len(own)} 种")


def _is_sound(wording: Wording) -> bool:
    try:
        trials.tried(wording.document, wording.text)
    except Explained:
        return False
    return True


def _mail(opened: Opened) -> Finding:
    """Which carrier is in service, by word where its credentials come from, how many numbers are left."""
    with opened.desk.reading() as reading:
        carrier = mail_orders.in_service(reading)
        stock = pools.stock(reading, low=opened.settings.mail.low_stock)
    said = [word(carrier.name) if carrier else "没有设寄递企业，扫贴纸运单"]
    lacking = []
    if carrier and carrier.name in mail_orders.TAKE_ORDERS:
        account = bootstrap.carrier_account(opened.home, opened.settings, carrier.name)
        said += [word(carrier.environment)]
        said += [f"账号来自{wallet.source_word(account.source)}" if account else "没有找到账号"]
        lacking += [] if account else ["放好账号文件（设置 mail.credentials）"]
    if stock.is_low or stock.free:
        said.append(f"号码池未用 {stock.free} 个")
    if stock.is_low:
        lacking.append("向邮政领号，用 pool import 导入")
    return Finding("mail", "warning" if lacking else "ok", "，".join(said), "；".join(lacking))


_CHECKS: tuple[tuple[str, Callable[[Opened], Finding]], ...] = (
    ("key", _key),
    ("clock", _clock),
    ("people", _people),
    ("stocks", _stocks),
    ("wordings", _wordings),
    ("mail", _mail),
)
