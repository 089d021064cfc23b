"""Pictures kept as evidence: known by their own bytes, JPEG or PNG, and whole enough to tell their size.

Nothing is drawn here, and what the name of a file says about it is not asked.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

from workstation.acts import checks
from workstation.errors import OutsideFailed, WrongUsage
from workstation.settings import os_reason

LARGEST = 5 * 1024 * 1024
"""The largest picture that is taken, in bytes."""

_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_END_OF_JPEG, _END_OF_PNG = b"\xff\xd9", b"IEND"
# SOF0 to SOF15 carry the size; among them stand DHT, JPG and DAC, which are no frames (ITU-T T.81).
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_START_OF_SCAN = 0xDA
_FILL = 0xFF
_HEADER_OF_PNG = 33
"""Signature, length, name, thirteen bytes and checksum."""


def media_type(picture: bytes) -> str:
    """image/jpeg or image/png; a picture that is too large, of another kind or damaged is refused."""
    if len(picture) > LARGEST:
        raise checks.usage(
            "picture-too-large",
            f"图片超过了 {LARGEST // 1024 // 1024} MB。",
            "请缩小或重新截取画面后再附。",
        )
    if picture.startswith(_JPEG):
        return _whole("image/jpeg", _ends_after_frame(picture))
    if picture.startswith(_PNG):
        return _whole("image/png", _has_png_header(picture) and _END_OF_PNG in picture[_HEADER_OF_PNG:])
    raise checks.usage(
        "picture-form-unknown", "附的文件不是 JPEG 或 PNG 图片。", "请把画面存为 JPEG 或 PNG 再附。"
    )


def load(path: Path) -> bytes:
    """The bytes of a file, of an overlong one no more than show that it is."""
    if not path.is_file():
        raise _unreadable(path, "没有这个文件，或它不是普通文件")
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(path, os_reason(error)) from error


@contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file for this user alone that was not there before; gone again if anything fails in here."""
    try:
        path.touch(mode=0o600, exist_ok=False)
    except OSError as error:
        raise _not_written(path, error) from error
    with ExitStack() as undo:
        undo.callback(path.unlink, missing_ok=True)
        try:
            with path.open("wb") as file:
                yield file
        except OSError as error:
            raise _not_written(path, error) from error
        undo.pop_all()


def _whole(found: str, good: bool) -> str:
    if good:
        return found
    raise _damaged()


def _has_png_header(picture: bytes) -> bool:
    if len(picture) < _HEADER_OF_PNG:
        return False
    length, name, width, height = struct.unpack_from(">I4sII", picture, len(_PNG))
    (checksum,) = struct.unpack_from(">I", picture, _HEADER_OF_PNG - 4)
    if (length, name, checksum) != (13, b"IHDR", zlib.crc32(picture[12 : _HEADER_OF_PNG - 4])):
        return False
    return bool(width and height)


def _ends_after_frame(picture: bytes) -> bool:
    """Whether a frame with a size is found, and the end behind it: a thumbnail before it has ends too."""
    at = 2
    while at + 9 <= len(picture) and picture[at] == _FILL and picture[at + 1] != _START_OF_SCAN:
        marker, length, height, width = struct.unpack_from(">xBHxHH", picture, at)
        if marker in _FRAMES:
            return bool(height and width) and picture.rfind(_END_OF_JPEG) > at
        at += 1 if marker == _FILL else 2 + length
    return False


def _damaged() -> WrongUsage:
    return checks.usage(
        "picture-damaged", "图片读不出尺寸，或只有半截。", "请重新截取、保存画面，能打开后再附。"
    )


def _unreadable(path: Path, why: str) -> OutsideFailed:
    return OutsideFailed(
        "picture-unreadable",
        what="图片文件读不出来，没有办理。",
        why=f"{path}：{why}。",
        next="请核对路径和权限后再办。",
    )


def _not_written(path: Path, error: OSError) -> OutsideFailed:
    return OutsideFailed(
        "picture-not-written",
        what="图片没有写成文件。",
        why=f"{path}：{os_reason(error)}。",
        next="请换一个还没有的文件名，或检查目录的权限和磁盘后再试。",
    )
