"""密钥: where this window's hall key comes from, bringing it to a window, and writing it down."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import msgspec

from workstation import secrets
from workstation.acts import checks
from workstation.acts.desk import Desk
from workstation.secrets import HallKey
from workstation.settings import Home, Settings
from workstation.store.statements import keys as sql


@dataclass(frozen=True)
class KeyStatus:
    """What can be said of the keys without telling them."""

    source: str
    key_file: Path | None
    keyring: bool
    data_keys: tuple[int, ...]
    enrolled_at: int | None
    """Since when a passphrase brings the key to a window; None: only the recovery sheet does."""


def status(desk: Desk, key: HallKey, window: Settings) -> KeyStatus:
    """Where the key came from and what lies wrapped in the store."""
    with desk.reading() as reading:
        data_keys = tuple(line["id"] for line in reading.lines(sql.DATA_KEYS))
        enrolments = reading.lines(sql.ENROLMENT)
    return KeyStatus(
        source=key.source,
        key_file=Path(window.key_file) if window.key_file else None,
        keyring=window.keyring,
        data_keys=data_keys,
        enrolled_at=enrolments[0]["created_at"] if enrolments else None,
    )


@dataclass(frozen=True)
class Keeping:
    """Where a window shall keep its hall key: in one of the two."""

    key_file: Path | None = None
    keyring: bool = False


def enrol(desk: Desk, key: HallKey, keeping: Keeping, *, home: Home, window: Settings) -> Settings:
    """Keep a hall key that was brought by passphrase or recovery sheet; gives the settings to be written."""
    path = keeping.key_file
    if (path is None) == (not keeping.keyring):
        raise checks.usage(
            "key-place",
            "要说明密钥放在哪里，且只放一处。",
            "请选密钥文件或钥匙环之一。（命令：字段 key_file、keyring）",
        )
    if path is not None:
        secrets.refuse_inside(path, home.root)
    with desk.act("enrol_key") as work:
        work.object = str(desk.hall.id)
        work.facts = {"by": key.source, "into": "key_file" if path else "keyring"}
    # After the commit: a key lying somewhere without a word in the journal would be worse than the reverse.
    place(key, desk.hall.id, home=home, key_file=path)
    named = str(path.absolute()) if path else None
    return msgspec.structs.replace(window, key_file=named, keyring=keeping.keyring)


def place(key: HallKey, hall: int, *, home: Home, key_file: Path | None) -> None:
    """Put the key where the next start will find it; the same key lying there already is all right."""
    if key_file is None:
        secrets.write_keyring(hall, key.key)
    elif secrets.read_key_file(key_file, home.root) != key.key:
        secrets.write_key_file(key_file, home.root, key.key)


def export_recovery(desk: Desk, key: HallKey) -> str:
    """The hall key as the recovery sheet shows it; an administrator asks, a supervisor confirms."""
    with desk.act("export_recovery") as work:
        desk.confirmed("export_recovery")
        work.object = str(desk.hall.id)
    return secrets.recovery_text(key.key)
