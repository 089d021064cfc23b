"""Files given out of the house: made aside, put in their place whole or not at all, for this user alone."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from workstation.acts import refusals
from workstation.errors import OutsideFailed, Refused
from workstation.settings import os_reason

_PREFIX, _SUFFIX = ".export-", ".part"
#: A file without a name, which goes by itself when whoever writes it is killed; Linux has it.
_NAMELESS: int = getattr(os, "O_TMPFILE", 0)


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """A folder beside the target, this user's alone; what is still in it at the end goes."""
    try:
        half = Path(tempfile.mkdtemp(prefix=_PREFIX, suffix=_SUFFIX, dir=target.parent))
    except OSError as error:
        raise not_written(target, error) from error
    try:
        yield half
    finally:
        shutil.rmtree(half, ignore_errors=True)


def save(file: Path, content: bytes) -> None:
    """Write a file into such a folder."""
    try:
        file.write_bytes(content)
    except OSError as error:
        raise not_written(file, error) from error


def folder(place: Path) -> Path:
    """The folder that files go into; one that is not there yet is made, for this user alone."""
    try:
        place.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise not_written(place, error) from error
    return place.absolute()


@dataclass(frozen=True)
class Half:
    """A file that is being made."""

    file: IO[bytes]
    path: Path | None = None
    """Where it lies so far; None: it has no name yet."""

    def write(self, parts: Iterable[bytes]) -> None:
        """Write more of it, onto the disk: one that is full must tell now."""
        for part in parts:
            self.file.write(part)
        self.file.flush()


@contextmanager
def half(target: Path) -> Iterator[Half]:
    """A file that becomes `target` once it is `put`; until then nobody finds it, and killed it is gone."""
    refuse_taken(target)
    try:
        with _aside(target.parent) as made:
            yield made
    except OSError as error:
        raise not_written(target, error) from error


def put(made: Half, target: Path) -> None:
    """Give a finished file its name; what somebody has laid there meanwhile stays."""
    try:
        os.fsync(made.file.fileno())
        _name(made, target)
    except FileExistsError as error:
        raise _is_there(target) from error
    except OSError as error:
        raise _not_put(target, error) from error


def refuse_taken(target: Path) -> None:
    """What is there is never replaced."""
    if os.path.lexists(target):
        raise _is_there(target)


@contextmanager
def _aside(place: Path) -> Iterator[Half]:
    handle = None
    with suppress(OSError):  # a stick, or a system without such files
        handle = os.open(place, _NAMELESS | os.O_RDWR, 0o600) if _NAMELESS else None
    if handle is not None:
        with os.fdopen(handle, "w+b") as file:
            yield Half(file)
        return
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=_SUFFIX, dir=place)
    with ExitStack() as after, os.fdopen(handle, "w+b") as file:
        after.callback(Path(name).unlink, missing_ok=True)
        yield Half(file, Path(name))


def _name(made: Half, target: Path) -> None:
    if made.path is None:
        # The link that stands for the open file is followed only if a folder is named beside it.
        handle = made.file.fileno()
        os.link(f"/proc/self/fd/{handle}", target, src_dir_fd=handle)
        return
    try:
        target.hardlink_to(made.path)  # unlike a move it replaces nothing
    except FileExistsError:
        raise
    except OSError:  # a stick has no links
        refuse_taken(target)
        made.path.rename(target)


def _is_there(path: Path) -> Refused:
    return Refused(
        "file-exists",
        what=f"“{refusals.shown(path.name)}”没有写成。",
        why="那里已经有同名的文件，不会盖掉它。",
        next="请换一个目录或文件名，或先移走原来的文件。",
    )


def _not_put(target: Path, error: OSError) -> OutsideFailed:
    return OutsideFailed(
        "file-not-put",
        what=f"“{refusals.shown(target.name)}”没有放到位；留痕账上已有这一次的记录。",
        why=f"{target.parent}：{os_reason(error)}。",
        next="请检查目录、权限和磁盘后，再导出一次。",
    )


def not_written(place: Path, error: OSError) -> OutsideFailed:
    """The operating system would not have it written."""
    return OutsideFailed(
        "export-not-written",
        what="没有导出，什么也没有留下。",
        why=f"{place.parent}：{os_reason(error)}。",
        next="请检查目录、权限和磁盘后再试。",
    )
