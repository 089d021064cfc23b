"""An electronic result 电子结果 as a file: its SM3 digest is kept; the file stays where it is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from workstation.acts import checks
from workstation.errors import OutsideFailed
from workstation.settings import os_reason


@dataclass(frozen=True)
class ResultFile:
    """What identifies a file, whoever holds it: SM3 of its bytes (GB/T 32905), and how many they are."""

    digest: str
    size: int


def load(path: Path) -> ResultFile:
    """Digest and size of a file, however large; an empty one is none."""
    if not path.is_file():
        raise _unreadable(path, "没有这个文件，或它不是普通文件")
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.new("sm3")).hexdigest()
            size = file.tell()
    except OSError as error:
        raise _unreadable(path, os_reason(error)) from error
    if not size:
        raise checks.usage("result-file-empty", "电子结果的文件是空的。", "请核对属地送来的文件后再办。")
    return ResultFile(digest, size)


def _unreadable(path: Path, why: str) -> OutsideFailed:
    return OutsideFailed(
        "result-file-unreadable",
        what="电子结果的文件读不出来，没有办理。",
        why=f"{path}：{why}。",
        next="请核对路径和权限后再办。",
    )
