"""Evidence pictures are known by their bytes; what is cut off, empty or something else is refused."""

from __future__ import annotations

import errno
import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from tests.builders import assert_explained
from workstation.acts import pictures
from workstation.errors import OutsideFailed, WrongUsage


def drawn(form: str, **options: object) -> bytes:
    """A real picture, 48 by 32."""
    file = io.BytesIO()
    Image.effect_noise((48, 32), 60).convert("RGB").save(file, form, **options)
    return file.getvalue()


JPEG, PNG = drawn("JPEG"), drawn("PNG")


def with_thumbnail() -> bytes:
    """A JPEG as cameras write it: with a smaller one, ends and all, in front of its own frame."""
    small = drawn("JPEG")
    return JPEG[:2] + b"\xff\xe1" + (len(small) + 2).to_bytes(2) + small + JPEG[2:]


def png(width: int, height: int, *, name: bytes = b"IHDR", damage: int = 0) -> bytes:
    """A PNG of nothing but its header and end."""
    header = name + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    end = b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    checksum = struct.pack(">I", zlib.crc32(header) ^ damage)
    return PNG[:8] + struct.pack(">I", 13) + header + checksum + bytes(4) + end


def frame(marker: int, *, height: int = 32, width: int = 48) -> bytes:
    """A JPEG of nothing but one segment and its end."""
    return b"\xff\xd8\xff" + struct.pack(">BHBHH", marker, 8, 8, height, width) + b"\x00\xff\xd9"


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (JPEG, "image/jpeg"),
        (drawn("JPEG", progressive=True), "image/jpeg"),
        (with_thumbnail(), "image/jpeg"),
        (JPEG[:2] + b"\xff\xff" + JPEG[2:], "image/jpeg"),
        (frame(0xC0), "image/jpeg"),
        (PNG, "image/png"),
        (drawn("PNG", optimize=True), "image/png"),
        (png(1, 1), "image/png"),
    ],
)
def test_pictures_are_known_by_their_bytes(picture: bytes, expected: str) -> None:
    """Whatever the file was called; fill bytes and thumbnails of a camera do not mislead."""
    assert pictures.media_type(picture) == expected


@pytest.mark.parametrize(
    "picture", [b"", b"\xff\xd8", b"GIF89a" + bytes(40), b"%PDF-1.7", b"\x89PNG\n", b"BM"]
)
def test_other_files_are_refused(picture: bytes) -> None:
    """Neither JPEG nor PNG, and the clerk is told what to save it as."""
    with pytest.raises(WrongUsage) as caught:
        pictures.media_type(picture)

    assert_explained(caught.value, "picture-form-unknown")
    assert "JPEG 或 PNG" in caught.value.next


@pytest.mark.parametrize(
    "picture",
    [
        JPEG[:-2],
        JPEG[:40],
        JPEG[:3],
        b"\xff\xd8\xff\xda" + bytes(40),
        b"\xff\xd8\xff\xe0" + bytes(2) + JPEG[4:],
        frame(0xC4),
        frame(0xC0, height=0),
        frame(0xC0, width=0),
        PNG[:-12],
        PNG[:20],
        PNG[:8],
        png(0, 1),
        png(1, 0),
        png(1, 1, name=b"IDAT"),
        png(1, 1, damage=1),
    ],
)
def test_damaged_pictures_are_refused(picture: bytes) -> None:
    """Half a picture is no evidence, and one without a size cannot be drawn."""
    with pytest.raises(WrongUsage) as caught:
        pictures.media_type(picture)

    assert_explained(caught.value, "picture-damaged")


def test_a_picture_has_a_largest_size() -> None:
    """Five megabytes are taken, one byte more is not."""
    filled = PNG + bytes(pictures.LARGEST - len(PNG))

    assert pictures.media_type(filled) == "image/png"
    with pytest.raises(WrongUsage) as caught:
        pictures.media_type(filled + b"\x00")
    assert_explained(caught.value, "picture-too-large")
    assert "5 MB" in caught.value.why


def test_a_file_is_read(tmp_path: Path) -> None:
    """Of one that is far too long only as much as shows it."""
    small, large = tmp_path / "a.png", tmp_path / "b.png"
    small.write_bytes(PNG)
    large.write_bytes(bytes(pictures.LARGEST + 100))

    assert pictures.load(small) == PNG
    assert len(pictures.load(large)) == pictures.LARGEST + 1


@pytest.mark.parametrize("name", ["missing.png", ".", "pipe"])
def test_what_is_no_file_is_not_read(tmp_path: Path, name: str) -> None:
    """Neither a folder nor a pipe, on which reading would wait for ever."""
    os.mkfifo(tmp_path / "pipe")

    with pytest.raises(OutsideFailed) as caught:
        pictures.load(tmp_path / name)
    assert_explained(caught.value, "picture-unreadable")


def test_a_file_that_fails_while_it_is_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the reason of the operating system."""
    monkeypatch.setattr(Path, "is_file", lambda _: True)

    with pytest.raises(OutsideFailed) as caught:
        pictures.load(tmp_path / "gone.png")

    assert_explained(caught.value, "picture-unreadable")
    assert "路径不存在" in caught.value.why


def test_a_new_file_is_this_users_alone(tmp_path: Path) -> None:
    """Whatever the umask says."""
    before = os.umask(0)
    try:
        with pictures.new_file(tmp_path / "a.png") as file:
            file.write(PNG)
    finally:
        os.umask(before)

    assert (tmp_path / "a.png").read_bytes() == PNG
    assert (tmp_path / "a.png").stat().st_mode & 0o777 == 0o600


def test_no_file_is_written_over(tmp_path: Path) -> None:
    """What was there stays, and so does a missing folder."""
    (tmp_path / "a.png").write_text("mine")

    for path in (tmp_path / "a.png", tmp_path / "none" / "a.png"):
        with pytest.raises(OutsideFailed) as caught, pictures.new_file(path):
            pass
        assert_explained(caught.value, "picture-not-written")
    assert (tmp_path / "a.png").read_text() == "mine"


def half_written(path: Path, fault: Exception) -> None:
    """A new file whose writing fails in the middle."""
    with pictures.new_file(path) as file:
        file.write(PNG[:8])
        raise fault


@pytest.mark.parametrize(
    ("fault", "raised"), [(OSError(errno.ENOSPC, "full"), OutsideFailed), (KeyError("other"), KeyError)]
)
def test_half_a_file_is_taken_away(tmp_path: Path, fault: Exception, raised: type[Exception]) -> None:
    """A full disk is told in words; any other failure passes; nothing is left either way."""
    with pytest.raises(raised) as caught:
        half_written(tmp_path / "a.png", fault)

    assert list(tmp_path.iterdir()) == []
    if isinstance(caught.value, OutsideFailed):
        assert_explained(caught.value, "picture-not-written")
        assert "磁盘已满" in caught.value.why
