"""A carrier's credentials 账号: where a window finds them. They stand nowhere else, and no error tells one.

Sources in order (design §7): service credentials, a file outside the home, the keyring.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import msgspec

from workstation import closed_files, secrets, typed
from workstation.errors import Refused

CREDENTIAL = "workstation-carrier-"
"""With the carrier's name behind it, what a service manager calls them."""
_FILE = closed_files.Kind(
    code="carrier-file",
    title="寄递企业账号文件",
    treasure="账号",
    undone="没有用它",
    elsewhere="请放到数据目录之外、只有本用户能读的地方。（命令：例如 ~/.config/workstation/ems.toml）",
)
_WORD = Annotated[str, msgspec.Meta(pattern=r"\A[!-~]{1,200}\Z")]
_SM4_KEY = Annotated[str, msgspec.Meta(pattern=r"\A[A-Za-z0-9+/]{22}==\Z")]


class _Content(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the platform gave to the hall, as it stands in TOML."""

    sender_no: _WORD
    authorization: _WORD
    sign_key: _SM4_KEY


_RIGHT = {
    "sender_no": "一串不带空格的半角字符（协议客户号）",
    "authorization": "一串不带空格的半角字符（授权码）",
    "sign_key": "一串 24 个字符的 Base64，以 == 结尾（16 字节的密钥）",
}


@dataclass(frozen=True, eq=False)
class Account(Mapping[str, str]):
    """Credentials by their names, and where they came from; printed, it tells no value."""

    source: str
    """credentials · carrier_file · keyring."""
    _values: Mapping[str, str] = field(repr=False)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True)
class Places:
    """Where one window may look."""

    home: Path
    hall: int
    file: Path | None = None


def find(carrier: str, places: Places) -> Account | None:
    """Credentials from the first source that has them; an unsound source is an error of its own."""
    found = ((source, look(carrier, places)) for source, look in _SOURCES)
    return next((Account(source, values) for source, values in found if values), None)


def named_file(named: str | None, environment: Mapping[str, str] = os.environ) -> Path | None:
    """The file with the credentials: WORKSTATION_CARRIER_FILE, else the one that is named."""
    path = environment.get("WORKSTATION_CARRIER_FILE") or named
    return Path(path).absolute() if path else None


def source_word(source: str) -> str:
    """A source as people call it."""
    return "账号文件" if source == "carrier_file" else secrets.source_word(source)


def keyring_entry(carrier: str, hall: int) -> str:
    """What the entry in the keyring is called; halls of one user do not take each other's."""
    return f"{hall}-carrier-{carrier}"


def _from_service(carrier: str, _: Places) -> Mapping[str, str] | None:
    path = closed_files.service_file(CREDENTIAL + carrier)
    content = closed_files.read_service(_FILE, path) if path else None
    return None if content is None else _read(content, str(path))


def _from_file(_: str, places: Places) -> Mapping[str, str] | None:
    content = closed_files.read(_FILE, places.file, places.home) if places.file else None
    return None if content is None else _read(content, str(places.file))


def _from_keyring(carrier: str, places: Places) -> Mapping[str, str] | None:
    text = secrets.kept(keyring_entry(carrier, places.hall))
    return _read(text.encode(errors="replace"), "在钥匙环里") if text else None


_SOURCES: tuple[tuple[str, Callable[[str, Places], Mapping[str, str] | None]], ...] = (
    ("credentials", _from_service),
    ("carrier_file", _from_file),
    ("keyring", _from_keyring),
)


def _read(content: bytes, place: str) -> Mapping[str, str]:
    """The credentials in a TOML text; without causes, since those quote what they read."""
    try:
        values = msgspec.structs.asdict(typed.convert(tomllib.loads(content.decode("utf-8-sig")), _Content))
    except UnicodeDecodeError:
        wrong = "不是 UTF-8 文字"
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line ([0-9]+)", str(error))
        wrong = f"第 {line[1]} 行不是正确的 TOML" if line else "不是正确的 TOML"
    except typed.Misfit as misfit:
        wrong = _misfit(misfit)
    else:
        return values
    raise Refused(
        "carrier-file-broken",
        what=f"寄递企业账号（{place}）读不通，没有用它。",
        why=f"{wrong}。",
        next="请系统管理员照平台给的账号改正，共三项。（命令：sender_no、authorization、sign_key）",
    )


def _misfit(misfit: typed.Misfit) -> str:
    match misfit.problem:
        case "missing":
            return f"缺少 {misfit.path}"
        case "unknown":
            # A value may have been written in the place of a name.
            is_name = re.fullmatch(r"[a-z_]{1,20}", misfit.path)
            return f"不认识 {misfit.path}" if is_name else "有一项的名称不认识"
        case "type":
            return f"{misfit.path} 应为{misfit.expected}，现在是{misfit.found}"
    return f"{misfit.path} 应为{_RIGHT[misfit.path]}"
