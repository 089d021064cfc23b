"""A founded hall with its people, in one line: `desk = halls.founded(tmp_path)`, `halls.seat(desk, "1001")`.

Founding hashes eight passwords and PINs, so it is done once a process; each test gets a copy of that home. On
PostgreSQL (`place=`) every test founds its own.
"""

from __future__ import annotations

import atexit
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import msgspec
import pytest

from tests.engines import Clock, FilePlace, Place, ServerPlace
from workstation import bootstrap
from workstation.acts.desk import Desk
from workstation.acts.users import NewUser
from workstation.bootstrap import Opened
from workstation.domain.roles import Role
from workstation.founding import Founding

CLERK, OTHER_CLERK, SUPERVISOR, ADMINISTRATOR, AUDITOR, COURIER = (
    "1001",
    "1002",
    "2001",
    "9001",
    "8001",
    "5001",
)
PASSWORDS = {
    CLERK: "Linyi-2026",
    OTHER_CLERK: "Chener-2026",
    SUPERVISOR: "Zhiban-2026",
    ADMINISTRATOR: "Guanli-2026",
    AUDITOR: "Shenji-2026",
}
PINS = {CLERK: "730184", OTHER_CLERK: "402957", SUPERVISOR: "618203"}

_PEOPLE = (
    (CLERK, "林一", Role.CLERK),
    (OTHER_CLERK, "陈二", Role.CLERK),
    (SUPERVISOR, "黄值班", Role.SUPERVISOR),
    (ADMINISTRATOR, "管理员", Role.ADMINISTRATOR),
    (AUDITOR, "审计员", Role.AUDITOR),
    (COURIER, "邮小哥", Role.COURIER),
)
PLAN = Founding(
    division="350203",
    digit=1,
    name="榕城政务服务中心",
    address="榕城区示例路 1 号",
    postcode="361000",
    phone="0592-5550000",
    window=3,
    users=tuple(
        NewUser(code=code, name=name, role=role, password=PASSWORDS.get(code), pin=PINS.get(code))
        for code, name, role in _PEOPLE
    ),
)


def founded(folder: Path, *, clock: Clock | None = None, place: Place | None = None) -> Desk:
    """The desk of a hall of its own in this folder, nobody at it; the fixture `vacant` also closes it."""
    clock = clock or Clock()
    opened = _on_server(folder, place, clock) if isinstance(place, ServerPlace) else _copied(folder, clock)
    opened.close()
    there = place if isinstance(place, ServerPlace) else FilePlace(opened.home.ledger)
    # The test's clock holds on both engines, and syncing is left to chance.
    return replace(opened.desk, store=replace(opened.desk.store, engine=there.open(timeless=True)))


def home_in(folder: Path) -> Path:
    """The home of a founded hall in this folder, for commands; nothing of it is open."""
    template, _ = _template()
    return Path(shutil.copytree(template, folder / "home"))


def key_file() -> Path:
    """The key file of the copied halls."""
    return _template()[1]


def seat(desk: Desk, code: str, *, second: str | None = None) -> Desk:
    """The desk with these people at it, without the toil of passwords."""
    with desk.reading() as reading:
        operator = reading.users.get(code)
        other = reading.users.get(second) if second else None
    assert operator is not None
    return replace(desk, operator=operator, second=other)


@cache
def _template() -> tuple[Path, Path]:
    folder = Path(tempfile.mkdtemp(prefix="halls-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    key = folder / "hall.key"
    bootstrap.found_hall(folder / "home", with_key(PLAN, key), clock=Clock()).opened.close()
    return folder / "home", key


def with_key(plan: Founding, key: Path, *, dsn: str | None = None) -> Founding:
    """The plan with its key in this file, and perhaps on a server."""
    return msgspec.structs.replace(plan, key_file=str(key), dsn=dsn)


def _copied(folder: Path, clock: Clock) -> Opened:
    return bootstrap.open_hall(home_in(folder), clock=clock)


def dsn_of(place: ServerPlace) -> str:
    """The server as settings name it, looking into the test's schema alone."""
    from psycopg.conninfo import make_conninfo

    return make_conninfo(place.dsn, options=f"-c search_path={place.name}", application_name=place.name)


def _on_server(folder: Path, place: ServerPlace, clock: Clock) -> Opened:
    plan = with_key(PLAN, folder / "hall.key", dsn=dsn_of(place))
    opened = bootstrap.found_hall(folder / "home", plan, clock=clock).opened
    with opened.desk.reading() as reading:
        # The founding was stamped by the server's clock; the test's goes on from there.
        _, _, clock.at = reading.chain()
    return opened


@pytest.fixture
def vacant(tmp_path: Path, place: Place) -> Iterator[Desk]:
    """A hall of its own on the engine the run is about; `place` comes from tests.engines."""
    opened = founded(tmp_path, place=place)
    yield opened
    opened.store.engine.close()
