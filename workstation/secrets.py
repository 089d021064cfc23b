"""The hall key: where a window finds it, how it is written on paper, and how it wraps other keys.

Sources in order (design §7): service credentials, a key file outside the home, the keyring, a passphrase. The
data key lies in the store, wrapped by the hall key; whoever has only the database has neither.
"""

from __future__ import annotations

import errno
import fcntl
import os
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workstation import closed_files
from workstation.errors import OutsideFailed, Refused, WrongUsage

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

KEY_BYTES = 32
WRAPPED_BY_KEY = "sm4-gcm"
WRAPPED_BY_PASSPHRASE = "argon2id-64m-3+sm4-gcm"
CREDENTIAL = "workstation-hall-key"

_NONCE, _TAG = 12, 16
_SERVICE = "workstation"
_FILE = closed_files.Kind(
    code="key-file",
    title="密钥文件",
    treasure="钥匙",
    undone="账本没有打开",
    elsewhere="请放到数据目录之外、只有本用户能读的地方，例如 ~/.config/workstation/hall.key。",
)


@dataclass(frozen=True)
class HallKey:
    """The one secret of a hall, and where it came from."""

    key: bytes = field(repr=False)
    source: str
    """credentials · key_file · keyring · passphrase · recovery · practice · new."""


@dataclass(frozen=True)
class Enrolment:
    """The hall key as it lies in the store, wrapped by the enrolment passphrase."""

    salt: bytes
    wrapped: bytes


@dataclass(frozen=True)
class Sources:
    """Where one window may look for its hall key."""

    home: Path
    hall: int
    key_file: Path | None = None
    keyring: bool = False
    enrolment: Enrolment | None = None
    ask: Callable[[], str | None] | None = field(default=None, repr=False)
    """Asks a person for the passphrase, where there is one to ask."""


_Look = tuple[str, Callable[[Sources], bytes | None]]
"""A source's name, and how to look there."""


class WrongKey(Exception):
    """What was wrapped does not open with this key."""


def find(sources: Sources) -> HallKey:
    """The hall key from the first source that has one; an unsound source is an error of its own."""
    key = _first(sources, _SOURCES)
    if key is None:
        raise _missing(sources)
    return key


def given(home: Path, key_file: Path | None) -> HallKey | None:
    """A key that lies ready for a hall yet to be founded: from the service, or an earlier attempt."""
    return _first(Sources(home, hall=0, key_file=key_file), _SOURCES[:2])


def _first(sources: Sources, looks: Sequence[_Look]) -> HallKey | None:
    found = ((source, look(sources)) for source, look in looks)
    return next((HallKey(key, source) for source, key in found if key), None)


def new_key() -> HallKey:
    """A hall key nobody has had before."""
    return HallKey(os.urandom(KEY_BYTES), "new")


def practice_key(seed: int) -> HallKey:
    """The hall key of a practice hall: no secret, so that the same seed plays the same day."""
    return HallKey(subkey(str(seed).encode(), "practice hall", KEY_BYTES), "practice")


def subkey(key: bytes, purpose: str, length: int) -> bytes:
    """A key for one purpose (HKDF with SM3)."""
    return HKDF(algorithm=hashes.SM3(), length=length, salt=None, info=purpose.encode()).derive(key)


def wrap(key: bytes, place: str, secret: bytes) -> bytes:
    """A key encrypted by another, bound to the place it is kept at (SM4-GCM, GB/T 32907-2016)."""
    nonce = os.urandom(_NONCE)
    encryptor = Cipher(algorithms.SM4(subkey(key, "wrap", 16)), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(place.encode())
    return nonce + encryptor.update(secret) + encryptor.finalize() + encryptor.tag


def unwrap(key: bytes, place: str, wrapped: bytes) -> bytes:
    """What `wrap` wrapped; raises WrongKey."""
    nonce, body, tag = wrapped[:_NONCE], wrapped[_NONCE:-_TAG], wrapped[-_TAG:]
    if len(wrapped) < _NONCE + _TAG:
        raise WrongKey(place)
    decryptor = Cipher(algorithms.SM4(subkey(key, "wrap", 16)), modes.GCM(nonce, tag)).decryptor()
    decryptor.authenticate_additional_data(place.encode())
    try:
        return decryptor.update(body) + decryptor.finalize()
    except InvalidTag:
        raise WrongKey(place) from None


def enrolled(key: bytes, hall: int, passphrase: str) -> Enrolment:
    """The hall key wrapped by a passphrase, to be kept in the store."""
    salt = os.urandom(16)
    return Enrolment(salt, wrap(_stretched(passphrase, salt), f"enrolments|{hall}", key))


def by_passphrase(enrolment: Enrolment, hall: int, passphrase: str) -> HallKey:
    """The hall key out of the store; a wrong passphrase is refused."""
    try:
        key = unwrap(_stretched(passphrase, enrolment.salt), f"enrolments|{hall}", enrolment.wrapped)
    except WrongKey:
        raise Refused(
            "passphrase-wrong",
            what="入网口令不对，账本没有打开。",
            why="用这个口令解不开大厅密钥。",
            next="请核对口令（大小写、全半角）后再试；忘记时用恢复单入网。（命令：key enrol）",
        ) from None
    return HallKey(key, "passphrase")


def _stretched(passphrase: str, salt: bytes) -> bytes:
    # Stronger than for passwords: it is asked once a start, and guards everything.
    argon2 = Argon2id(salt=salt, length=32, iterations=3, lanes=1, memory_cost=64 * 1024)
    return argon2.derive(unicodedata.normalize("NFC", passphrase).encode())


#: Each group is sixteen bits times eleven in six digits: a wrong or swapped digit shows within its group.
#: Digits only, because a Chinese input method does not eat them. The last group is a checksum of the others.
_GROUPS = KEY_BYTES // 2 + 1
_GROUP_DIGITS = 6


def recovery_text(key: bytes) -> str:
    """The key as seventeen groups of six digits, to be printed once and locked away."""
    halves = [int.from_bytes(key[i : i + 2], "big") for i in range(0, KEY_BYTES, 2)]
    return "-".join(f"{half * 11:06d}" for half in (*halves, _checksum(key)))


def parse_recovery(text: str) -> bytes:
    """The key that was written down; a typing error is told with the number of its group."""
    folded = unicodedata.normalize("NFKC", text)
    digits = "".join(c for c in folded if not (c.isspace() or unicodedata.category(c) == "Pd"))
    if not (digits.isascii() and digits.isdigit()):
        raise _misread("recovery-characters", "恢复码只有数字和连字符。")
    if len(digits) != _GROUPS * _GROUP_DIGITS:
        raise _misread(
            "recovery-length", f"恢复码应为 {_GROUPS} 组、每组 6 位，共 102 位；现在是 {len(digits)} 位。"
        )
    groups = [int(digits[i : i + _GROUP_DIGITS]) for i in range(0, len(digits), _GROUP_DIGITS)]
    for number, group in enumerate(groups, start=1):
        if group % 11 or group // 11 > 0xFFFF:
            raise _misread("recovery-group", f"第 {number} 组有误。")
    key = b"".join((group // 11).to_bytes(2, "big") for group in groups[:-1])
    if groups[-1] // 11 != _checksum(key):
        raise _misread("recovery-checksum", "各组都读得通，但合起来不对：可能有两组写颠倒了。")
    return key


def _checksum(key: bytes) -> int:
    return int.from_bytes(subkey(key, "recovery checksum", 2), "big")


def _misread(code: str, why: str) -> WrongUsage:
    return WrongUsage(code, what="恢复码读不通，没有执行。", why=why, next="请对照恢复单逐组核对后重新输入。")


def _from_credentials(_: Sources) -> bytes | None:
    path = closed_files.service_file(CREDENTIAL)
    content = closed_files.read_service(_FILE, path) if path else None
    if path is None or content is None:
        return None
    return content if len(content) == KEY_BYTES else _as_key(content, path)


def _from_key_file(sources: Sources) -> bytes | None:
    return read_key_file(sources.key_file, sources.home) if sources.key_file else None


def _from_keyring(sources: Sources) -> bytes | None:
    text = kept(str(sources.hall)) if sources.keyring else None
    return parse_recovery(text) if text else None


def kept(entry: str) -> str | None:
    """What the keyring has under this entry; None also where it is locked or out of reach."""
    backend = real_keyring()
    if backend is None:
        return None
    from keyring.errors import KeyringError

    try:
        return backend.get_password(_SERVICE, entry)
    except KeyringError:
        # Other sources are still there to be asked.
        return None


def _from_passphrase(sources: Sources) -> bytes | None:
    if sources.enrolment is None:
        return None
    passphrase = os.environ.get("WORKSTATION_PASSPHRASE") or (sources.ask() if sources.ask else None)
    return by_passphrase(sources.enrolment, sources.hall, passphrase).key if passphrase else None


_SOURCES: tuple[_Look, ...] = (
    ("credentials", _from_credentials),
    ("key_file", _from_key_file),
    ("keyring", _from_keyring),
    ("passphrase", _from_passphrase),
)


def read_key_file(path: Path, home: Path) -> bytes | None:
    """The key in a key file; None if there is no such file, an error if others could read or change it."""
    content = closed_files.read(_FILE, path, home)
    # Empty: a founder was killed between making the file and writing into it.
    return _as_key(content, path) if content else None


def write_key_file(path: Path, home: Path, key: bytes) -> None:
    """Put the key into a new file that only this user can read; a key that lies there is kept."""
    refuse_inside(path, home)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_size:
                raise FileExistsError(errno.EEXIST, "exists", str(path))
            os.fchmod(handle, 0o600)
            file.write(recovery_text(key) + "\n")
            file.flush()
            os.fsync(handle)
    except OSError as error:
        raise closed_files.failed(_FILE, path, error) from error


def refuse_inside(path: Path, home: Path) -> None:
    """A key that lies in the home travels with every copy of the database it protects."""
    closed_files.refuse_inside(_FILE, path, home)


def _as_key(content: bytes, path: Path) -> bytes:
    try:
        return parse_recovery(content.decode("ascii", "replace"))
    except WrongUsage as error:
        why = f"内容不是大厅密钥：{error.why}"
        then = "请移走它，再用恢复单入网。（命令：key enrol）"
        raise closed_files.unsound(_FILE, "broken", path, why=why, then=then) from error


_UNREAL = ("backends.fail", "backends.null", "backends.chainer", "keyrings.alt", "plaintext")


def real_keyring() -> KeyringBackend | None:
    """The desktop's keyring, if it is a real one: a file only encoded (keyrings.alt) protects nothing."""
    import keyring

    chosen = keyring.get_keyring()
    candidates = [chosen, *getattr(chosen, "backends", ())]
    return next((backend for backend in candidates if _is_real(backend)), None)


def _is_real(backend: KeyringBackend) -> bool:
    name = f"{type(backend).__module__}.{type(backend).__name__}".lower()
    return backend.priority >= 1 and not any(word in name for word in _UNREAL)


def write_keyring(hall: int, key: bytes) -> None:
    """Put the key into the keyring."""
    backend = real_keyring()
    if backend is None:
        raise Refused(
            "keyring-missing",
            what="本机没有可用的钥匙环，密钥没有存入。",
            why="找不到真正加密的钥匙环服务（只做编码的文件不算）。",
            next="请改用密钥文件或入网口令。（命令：字段 key_file、passphrase）",
        )
    from keyring.errors import KeyringError

    try:
        backend.set_password(_SERVICE, str(hall), recovery_text(key))
    except KeyringError as error:
        raise OutsideFailed(
            "keyring-failed",
            what="密钥没有存进钥匙环。",
            why=f"钥匙环拒绝了（{type(error).__name__}），可能已锁上。",
            next="请解锁钥匙环后再试，或改用密钥文件。",
        ) from error


def wrong(source: str) -> Refused:
    """The key that was found is not that of this hall."""
    return Refused(
        "key-wrong",
        what="大厅密钥不对，账本没有打开。",
        why=f"从“{source_word(source)}”找到的密钥解不开本大厅的数据密钥：它是另一个大厅的，或已更换。",
        next="请核对密钥来源，或用恢复单重新入网。（命令：key status、key enrol）",
    )


def source_word(source: str) -> str:
    """A source as people call it."""
    return _WORDS.get(source, source)


_WORDS = {
    "credentials": "服务凭据目录",
    "key_file": "密钥文件",
    "keyring": "钥匙环",
    "passphrase": "入网口令",
    "recovery": "恢复单",
    "practice": "演练种子（不保密）",
    "new": "新生成",
}


def _missing(sources: Sources) -> Refused:
    named = f"密钥文件 {sources.key_file} 不存在" if sources.key_file else "没有指明密钥文件"
    passphrase = "没有给入网口令" if sources.enrolment else "没有设过入网口令"
    return Refused(
        "key-missing",
        what="找不到大厅密钥，账本没有打开。",
        why=f"服务凭据目录里没有，{named}，钥匙环里没有，{passphrase}。",
        next="请找回密钥文件，或用恢复单或入网口令重新入网。（命令：key enrol）",
    )
