"""Files that only this user may read: a hall's key, a carrier's credentials. They lie outside the home."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from workstation.errors import OutsideFailed, Refused
from workstation.settings import os_reason

_LARGEST = 4096


@dataclass(frozen=True)
class Kind:
    """What such a file is for, and how its faults are told."""

    code: str
    """The codes of its refusals begin with it."""
    title: str
    treasure: str
    """What would be copied along with the home."""
    undone: str
    """What is not done without it."""
    elsewhere: str
    """Where it belongs."""


def service_file(name: str) -> Path | None:
    """Where a service manager has laid the credential of this name; None if nothing started us with any."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    return Path(folder) / name if folder else None


def read_service(kind: Kind, path: Path) -> bytes | None:
    """What lies there; the service manager itself has closed it to others. None if there is no such file."""
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise failed(kind, path, error) from error


def read(kind: Kind, path: Path, home: Path) -> bytes | None:
    """What is in the file; None if there is no such file, an error if others could read or change it."""
    refuse_inside(kind, path, home)
    try:
        # A link or a pipe in its place is not followed, nor waited for.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise failed(kind, path, error) from error
    try:
        _refuse_unsound(kind, path, os.fstat(handle))
        return os.read(handle, _LARGEST)
    except OSError as error:
        raise failed(kind, path, error) from error
    finally:
        os.close(handle)


def refuse_inside(kind: Kind, path: Path, home: Path) -> None:
    """What lies in the home travels with every copy of it."""
    if path.resolve().is_relative_to(home.resolve()):
        raise Refused(
            f"{kind.code}-in-home",
            what=f"{kind.title}不能放在数据目录里。",
            why=f"{path} 在 {home} 之内，拷走数据目录就连{kind.treasure}一起拷走了。",
            next=kind.elsewhere,
        )


def unsound(kind: Kind, fault: str, path: Path, *, why: str, then: str) -> Refused:
    """The file is there and must not, or cannot, be used."""
    return Refused(
        f"{kind.code}-{fault}", what=f"{kind.title} {path} 不可用，{kind.undone}。", why=why, next=then
    )


def failed(kind: Kind, path: Path, error: OSError) -> OutsideFailed:
    """The operating system would not have it read or written."""
    return OutsideFailed(
        f"{kind.code}-unusable",
        what=f"{kind.title} {path} 读写不成。",
        why=f"{os_reason(error)}。",
        next="请检查路径、权限和磁盘，或换一个位置。",
    )


def _refuse_unsound(kind: Kind, path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise unsound(kind, "irregular", path, why="它不是普通文件。", then="请指明一个普通文件。")
    if found.st_uid != os.geteuid():
        then = f"请改用本用户自己的{kind.title}。"
        raise unsound(kind, "foreign", path, why="它不属于当前用户。", then=then)
    if found.st_mode & 0o077:
        why = f"别的用户也能读写它（权限 {stat.S_IMODE(found.st_mode):04o}）。"
        then = f"请只留本用户的读写权限。（命令：chmod 600 {path}）"
        raise unsound(kind, "open", path, why=why, then=then)
