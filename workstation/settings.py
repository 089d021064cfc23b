"""The home of one window: where it is, what lies in it, and its `settings.toml`, checked key by key."""

from __future__ import annotations

import errno
import json
import os
import re
import tempfile
import tomllib
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import msgspec

from workstation import typed
from workstation.errors import OutsideFailed, Refused, WrongUsage
from workstation.policies import (
    ArchivePolicy,
    BypassPolicy,
    CounterPolicy,
    DeadlinePolicy,
    LoginPolicy,
    MailPolicy,
    OfficePolicy,
    PasswordPolicy,
    QueuePolicy,
    RatingPolicy,
    SamplingPolicy,
    ScannerPolicy,
    ScreenPolicy,
    Section,
)

Whole = Annotated[int, msgspec.Meta(ge=1)]
WindowNumber = Annotated[int, msgspec.Meta(ge=1, le=99)]


class Place(Section, frozen=True):
    """Which engine holds the ledger: the file `ledger.db` of the home, or a PostgreSQL server."""

    engine: Literal["sqlite", "postgres"] = "sqlite"
    dsn: str | None = None


class Practice(Section, frozen=True):
    """演练: what everything secret of a practice hall is derived from."""

    seed: Annotated[int, msgspec.Meta(ge=0)]


class Settings(Section, frozen=True):
    """The settings of one window."""

    hall: Whole
    window: WindowNumber = 1
    key_file: str | None = None
    keyring: bool = False
    """Whether this window's hall key was put into the keyring."""
    paper_days: Whole = 90
    """How long paper bytes are kept after close; the digest stays."""
    store: Place = Place()
    practice: Practice | None = None
    password: PasswordPolicy = PasswordPolicy()
    login: LoginPolicy = LoginPolicy()
    rating: RatingPolicy = RatingPolicy()
    bypass: BypassPolicy = BypassPolicy()
    offices: OfficePolicy = OfficePolicy()
    counter: CounterPolicy = CounterPolicy()
    screen: ScreenPolicy = ScreenPolicy()
    scanner: ScannerPolicy = ScannerPolicy()
    mail: MailPolicy = MailPolicy()
    deadline: DeadlinePolicy = DeadlinePolicy()
    queue: QueuePolicy = QueuePolicy()
    sampling: SamplingPolicy = SamplingPolicy()
    archive: ArchivePolicy = ArchivePolicy()


#: A letter or digit could be the middle of a code, and what follows it would be taken for a whole one.
_PREFIX = re.compile(r"(?![0-9A-Za-z])[!-~\x01-\x04\x1c-\x1f]{1,4}")
_PREFIX_RULE = (
    "scanner.prefix 只能用英文半角字符或 STX 之类的控制字符（写作 \\u0002），且不能以字母或数字开头。"
)


@dataclass(frozen=True)
class Home:
    """The folder of one window: settings, ledger if embedded, tray, drafts, logs."""

    root: Path

    @property
    def settings(self) -> Path:
        """There is a hall here exactly if this file is."""
        return self.root / "settings.toml"

    @property
    def has_hall(self) -> bool:
        """Whether the settings are there; also False where this user may not even look."""
        try:
            self.settings.stat()
        except OSError:
            return False
        return True

    @property
    def is_closed(self) -> bool:
        """Whether the folder is there and this user may not go into it."""
        try:
            with os.scandir(self.root):
                self.settings.stat()
        except OSError as error:
            return isinstance(error, PermissionError)
        return False

    @property
    def ledger(self) -> Path:
        """The embedded database."""
        return self.root / "ledger.db"

    @property
    def drafts(self) -> Path:
        """The drafts 草稿 of this home; made with the first of them."""
        return self.root / "drafts.db"

    @property
    def tray(self) -> Path:
        """Where made papers are laid."""
        return self.root / "tray"

    @property
    def logs(self) -> Path:
        """Where unexpected faults are written down, without values."""
        return self.root / "logs"

    @property
    def founding(self) -> Path:
        """Stands while a hall is being founded: whatever lies beside it is not yet whole."""
        return self.root / "founding"


def locate(given: Path | None = None, environment: Mapping[str, str] = os.environ) -> Home:
    """The home: as given, else WORKSTATION_HOME, else in the user's data folder (XDG)."""
    if given is not None:
        return Home(_absolute(given))
    if named := environment.get("WORKSTATION_HOME"):
        return Home(_absolute(Path(named)))
    # The specification has relative paths ignored.
    data = Path(environment.get("XDG_DATA_HOME", ""))
    if not data.is_absolute():
        data = _user_folder(environment) / ".local" / "share"
    return Home(data / "workstation")


def _user_folder(environment: Mapping[str, str]) -> Path:
    try:
        return Path(environment["HOME"]) if environment.get("HOME") else Path.home()
    except RuntimeError as error:  # a service user without a folder
        raise WrongUsage(
            "home-unknown",
            what="不知道数据目录在哪里。",
            why="当前用户没有主目录，也没有指明数据目录。",
            next="请指明数据目录。（命令：--home 或 WORKSTATION_HOME）",
        ) from error


def window(settings: Settings, given: int | None = None, environment: Mapping[str, str] = os.environ) -> int:
    """The window's number: as given, else WORKSTATION_WINDOW, else the settings."""
    named = environment.get("WORKSTATION_WINDOW")
    if given is None and not named:
        return settings.window
    text = str(given) if given is not None else str(named)
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= 99):
        raise WrongUsage(
            "window-impossible",
            what=f"没有第 {text} 号窗口。",
            why="窗口号为 1 至 99。",
            next="请改正这台机器的窗口号。（命令：--window、WORKSTATION_WINDOW 或设置里的 window）",
        )
    return int(text)


def key_file(named: str | None, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The key file: WORKSTATION_KEY_FILE, else the one that is named."""
    path = environment.get("WORKSTATION_KEY_FILE") or named
    return Path(path).absolute() if path else None


def load(home: Home) -> Settings:
    """The settings of this home; a home without them has no hall."""
    try:
        return load_file(home.settings)
    except (FileNotFoundError, NotADirectoryError):
        raise no_hall(home) from None


def load_file(path: Path) -> Settings:
    """The settings in this file, which must be there."""
    try:
        text = path.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError):
        raise
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(path, error) from error
    return parse(text, str(path))


def parse(text: str, place: str) -> Settings:
    """Settings out of TOML; what is wrong is named with its key."""
    try:
        found = typed.convert(tomllib.loads(text), Settings)
    except tomllib.TOMLDecodeError as error:
        raise _wrong("settings-not-toml", place, f"不是正确的 TOML：{error}。") from error
    except typed.Misfit as misfit:
        raise _misfit(misfit, place) from misfit
    if (found.store.engine == "postgres") != (found.store.dsn is not None):
        raise _wrong("settings-dsn", place, "store.engine 为 postgres 时须有 store.dsn，为 sqlite 时不能有。")
    if not _PREFIX.fullmatch(found.scanner.prefix or "!"):
        raise _wrong("settings-scanner-prefix", place, _PREFIX_RULE)
    return found


def save(settings: Settings, path: Path) -> None:
    """Write the settings as TOML, whole or not at all, readable to this user only."""
    try:
        with ExitStack() as after:
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=".settings-")
            after.callback(Path(name).unlink, missing_ok=True)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(as_toml(settings))
                file.flush()
                os.fsync(handle)
            Path(name).replace(path)
    except OSError as error:
        raise OutsideFailed(
            "settings-not-written",
            what="设置没有写成。",
            why=f"{path}：{os_reason(error)}。",
            next="请检查目录的权限和磁盘后再试。",
        ) from error


def as_toml(settings: Settings) -> str:
    """The settings as TOML, every key written out so that it can be found and changed."""
    values = typed.plain(settings)
    assert isinstance(values, dict)
    lines = ["# 跨省通办窗口工作站的设置；改动后下次启动生效。不认识的键会被拒绝。"]
    lines += [
        f"{key} = {_toml(value)}" for key, value in values.items() if not isinstance(value, dict | None)
    ]
    for section, table in values.items():
        if isinstance(table, dict):
            lines += ["", f"[{section}]"]
            lines += [f"{key} = {_toml(value)}" for key, value in table.items() if value is not None]
    return "\n".join(lines) + "\n"


def os_reason(error: OSError) -> str:
    """Why the operating system refused, in Chinese."""
    return _OS_REASONS.get(error.errno or 0, error.strerror or type(error).__name__)


_OS_REASONS = {
    errno.ENOENT: "路径不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EEXIST: "文件已经存在",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EFBIG: "超过了文件大小的限制",
    errno.EROFS: "磁盘只读",
    errno.ELOOP: "它是符号链接",
    errno.EISDIR: "它是目录",
    errno.ENOTDIR: "路径中有一段不是目录",
    errno.ENAMETOOLONG: "名字太长",
}


def no_hall(home: Home) -> Refused:
    """The home is missing or empty."""
    return Refused(
        "no-hall",
        what="这里还没有大厅。",
        why=f"数据目录 {home.root} 里没有设置文件。",
        next="请新建大厅，或建一个演练大厅；大厅在别处时指明它的数据目录。"
        "（命令：init、practice day、--home）",
    )


def _absolute(path: Path) -> Path:
    return path.absolute()


def _toml(value: object) -> str:
    # A JSON text is a TOML basic string but for DEL, which TOML wants escaped.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007F")


def _misfit(misfit: typed.Misfit, place: str) -> Refused:
    match misfit.problem:
        case "unknown":
            return _wrong("settings-unknown-key", place, f"不认识 {misfit.path}。")
        case "missing":
            return _wrong("settings-missing-key", place, f"缺少 {misfit.path}。")
        case "type":
            return _wrong(
                "settings-wrong-type", place, f"{misfit.path} 应为{misfit.expected}，现在是{misfit.found}。"
            )
    return _wrong(
        "settings-wrong-value", place, f"{misfit.path} 的值不在允许范围内：{misfit.expected or '见说明'}。"
    )


def _wrong(code: str, place: str, why: str) -> Refused:
    return Refused(
        code, what="设置文件有误，没有启动。", why=f"{place}：{why}", next="请管理员改正该文件后再启动。"
    )


def _unreadable(path: Path, error: Exception) -> OutsideFailed:
    return OutsideFailed(
        "settings-unreadable",
        what="设置文件读不出来。",
        why=f"{path}：{os_reason(error) if isinstance(error, OSError) else '不是 UTF-8 文字'}。",
        next="请检查该文件的权限和内容，或指明别的数据目录。（命令：--home）",
    )
