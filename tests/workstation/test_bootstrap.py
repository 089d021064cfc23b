"""Opening a hall and founding one: everything real, whole or not at all, each obstacle with its own code."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import halls
from tests.engines import Clock, FilePlace, Place, ServerPlace
from workstation import bootstrap, founding, ground, secrets, settings
from workstation.acts import users
from workstation.acts.users import NewUser
from workstation.domain.roles import Role
from workstation.errors import Explained
from workstation.settings import Home
from workstation.store.statements import keys as sql

ONE = NewUser(code="9001", name="管理员", role=Role.ADMINISTRATOR, password="Guanli-2026")


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key and no window from outside."""
    for name in (
        "CREDENTIALS_DIRECTORY",
        "WORKSTATION_KEY_FILE",
        "WORKSTATION_PASSPHRASE",
        "WORKSTATION_WINDOW",
    ):
        monkeypatch.delenv(name, raising=False)


def a_plan(tmp_path: Path, **changes: Any) -> founding.Founding:
    """A hall with one person: quick to found."""
    return msgspec.structs.replace(halls.PLAN, users=(ONE,), key_file=str(tmp_path / "hall.key"), **changes)


def refusal(act: Callable[[], object]) -> Explained:
    with pytest.raises(Explained) as found:
        act()
    return found.value


def opens(home: Path) -> bool:
    """Whether a start finds a whole hall here; anything but `no-hall` is a failure of the test."""
    told = ""
    try:
        bootstrap.open_hall(home).close()
    except Explained as error:
        told = error.code
    assert told in ("", "no-hall")
    return not told


def test_a_founded_hall_opens_again(tmp_path: Path) -> None:
    """Hall, people, window and key are found by the next start."""
    founded = bootstrap.found_hall(tmp_path / "home", halls.with_key(halls.PLAN, tmp_path / "hall.key"))
    founded.opened.close()

    opened = bootstrap.open_hall(tmp_path / "home")

    with opened.desk.reading() as reading:
        people = reading.users.where()
        first = reading.journal()[0]
    opened.close()
    assert [user.code for user in people] == ["1001", "1002", "2001", "5001", "8001", "9001"]
    assert opened.desk.hall.name == "榕城政务服务中心"
    assert (opened.desk.window, opened.key.source) == (3, "key_file")
    assert (first.act, first.window, first.operator) == ("init", 3, None)
    assert opened.desk.operator is None


def test_the_recovery_text_is_the_hall_key(tmp_path: Path) -> None:
    """What is printed once opens the hall again when the key file is lost."""
    founded = bootstrap.found_hall(tmp_path / "home", a_plan(tmp_path))
    founded.opened.close()
    (tmp_path / "hall.key").unlink()

    assert refusal(lambda: bootstrap.open_hall(tmp_path / "home")).code == "key-missing"
    key = secrets.HallKey(secrets.parse_recovery(founded.recovery or ""), "recovery")
    bootstrap.open_hall(tmp_path / "home", key=key).close()


def test_everything_in_a_home_is_closed_to_others(tmp_path: Path) -> None:
    """Folders 0700, files 0600, whatever the umask."""
    before = os.umask(0o022)
    try:
        bootstrap.found_hall(tmp_path / "home", a_plan(tmp_path)).opened.close()
    finally:
        os.umask(before)

    home = tmp_path / "home"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (home, *home.rglob("*"))}
    assert modes.pop("home") == modes.pop("tray") == 0o700
    assert set(modes.values()) == {0o600}


def test_nobody_is_there_by_default(tmp_path: Path) -> None:
    """Only the people of the plan exist, and their secrets verify."""
    founded = bootstrap.found_hall(tmp_path / "home", a_plan(tmp_path))

    signed_in = users.sign_in(founded.opened.desk, "9001", "Guanli-2026")
    with founded.opened.desk.reading() as reading:
        people = reading.users.where()
    founded.opened.close()

    assert [user.code for user in people] == ["9001"]
    assert signed_in.operator is not None


def test_a_courier_of_the_first_day_has_a_badge(tmp_path: Path) -> None:
    """The badge is numbered by the window the hall is founded at."""
    courier = NewUser(code="5001", name="邮小哥", role=Role.COURIER)
    founded = bootstrap.found_hall(
        tmp_path / "home", msgspec.structs.replace(a_plan(tmp_path), users=(ONE, courier))
    )

    user = users.find_user(founded.opened.desk, "5001")
    founded.opened.close()

    assert user.badge is not None
    assert user.badge.startswith("7350203103")


def test_a_practice_hall_opens_without_any_secret(tmp_path: Path) -> None:
    """Its key comes from the seed in its settings, so it is the same whenever it is played."""
    peppers = set()
    for name in ("one", "two"):
        plan = msgspec.structs.replace(halls.PLAN, digit=9, users=(ONE,))
        founded = bootstrap.found_hall(tmp_path / name, plan, practice_seed=7, clock=Clock())
        founded.opened.close()
        opened = bootstrap.open_hall(tmp_path / name, clock=Clock())
        peppers.add((opened.desk.store.keys.pepper, users.find_user(opened.desk, "9001").password))
        opened.close()

    assert founded.recovery is None
    assert (opened.key.source, opened.desk.hall.practice) == ("practice", 1)
    assert len(peppers) == 1


def test_a_key_that_lies_ready_is_used(tmp_path: Path) -> None:
    """A founding that was killed leaves its key file; the next attempt takes it over."""
    key = secrets.new_key().key
    secrets.write_key_file(tmp_path / "hall.key", tmp_path / "home", key)

    founded = bootstrap.found_hall(tmp_path / "home", a_plan(tmp_path))
    founded.opened.close()

    assert founded.opened.key.key == key


def test_a_hall_needs_a_place_for_its_key(tmp_path: Path) -> None:
    """A key kept nowhere would be lost at the end of the command."""
    plan = msgspec.structs.replace(a_plan(tmp_path), key_file=None)

    assert refusal(lambda: bootstrap.found_hall(tmp_path / "home", plan)).code == "key-place"
    assert not (tmp_path / "home").exists()


def test_a_passphrase_alone_is_a_place_for_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then it is asked for at every start, and a wrong one opens nothing."""
    plan = msgspec.structs.replace(a_plan(tmp_path), key_file=None, passphrase="twelve and more")
    bootstrap.found_hall(tmp_path / "home", plan).opened.close()

    opened = bootstrap.open_hall(tmp_path / "home", ask=lambda: "twelve and more")
    opened.close()
    monkeypatch.setenv("WORKSTATION_PASSPHRASE", "twelve and less")

    assert opened.key.source == "passphrase"
    assert refusal(lambda: bootstrap.open_desk(tmp_path / "home")).code == "passphrase-wrong"


def test_a_failed_founding_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither home nor key file, so it can be tried again."""

    def fails(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(users, "enter", fails)
    with pytest.raises(KeyboardInterrupt):
        bootstrap.found_hall(tmp_path / "home", a_plan(tmp_path))
    assert list(tmp_path.iterdir()) == []

    monkeypatch.undo()
    bootstrap.found_hall(tmp_path / "home", a_plan(tmp_path)).opened.close()


_STAGES: dict[str, tuple[object, str]] = {
    "before the draft": (settings, "save"),
    "before the schema": (bootstrap, "migrate"),
    "before the transaction": (founding, "hall_of"),
    "in the transaction": (users, "enter"),
    "after the commit": (ground, "_finish"),
    "at the very end": (Path, "rmdir"),
}


@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("stage", _STAGES)
def test_a_kill_leaves_a_whole_hall_or_none(
    tmp_path: Path, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever the founder is killed: a start finds no hall and one can be founded, or a whole one."""
    owner, name = _STAGES[stage]
    child = os.fork()
    if child == 0:
        monkeypatch.setattr(owner, name, lambda *_, **__: os._exit(9))
        try:
            bootstrap.found_hall(tmp_path / "home", a_plan(tmp_path))
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9

    whole = opens(tmp_path / "home")

    assert whole == (stage in ("after the commit", "at the very end"))
    if not whole:
        bootstrap.found_hall(tmp_path / "home", a_plan(tmp_path)).opened.close()
    assert not Home(tmp_path / "home").founding.exists()
    assert opens(tmp_path / "home")


def test_of_several_founders_at_once_one_wins(tmp_path: Path) -> None:
    """Four processes found the same hall together: one does, the others are told, and the hall is whole."""
    plan = json.dumps(msgspec.to_builtins(a_plan(tmp_path)))
    command = [sys.executable, "-m", "workstation", "--home", str(tmp_path / "home"), "init", "--json", "-"]
    racing = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    for process in racing:
        assert process.stdin
        process.stdin.write(plan)
        process.stdin.close()
    answers = [json.loads(process.stdout.read()) for process in racing if process.stdout]
    codes = [process.wait() for process in racing]
    for process in racing:
        assert process.stdout
        process.stdout.close()

    assert sorted(codes) == [0, 3, 3, 3]
    told = {answer["error"]["code"] for answer in answers if "error" in answer}
    assert told <= {"founding-under-way", "hall-exists"}
    assert opens(tmp_path / "home")


def test_the_key_of_another_hall_is_told_as_that(tmp_path: Path) -> None:
    """A wrong key is no broken ledger and no missing key."""
    home = halls.home_in(tmp_path)
    other = tmp_path / "other.key"
    secrets.write_key_file(other, home, secrets.new_key().key)
    changed = msgspec.structs.replace(settings.load(Home(home)), key_file=str(other))
    settings.save(changed, Home(home).settings)

    told = refusal(lambda: bootstrap.open_desk(home))

    assert told.code == "key-wrong"
    assert "密钥文件" in told.why


def test_a_missing_ledger_is_not_made_anew(tmp_path: Path) -> None:
    """A disk that is not mounted must not look like a hall without cases."""
    home = halls.home_in(tmp_path)
    (home / "ledger.db").unlink()

    assert refusal(lambda: bootstrap.open_desk(home)).code == "ledger-missing"
    assert not (home / "ledger.db").exists()


def test_the_ledger_of_another_hall_is_refused(tmp_path: Path) -> None:
    """Settings and ledger must speak of the same hall."""
    home = halls.home_in(tmp_path)
    changed = msgspec.structs.replace(settings.load(Home(home)), hall=1)
    settings.save(changed, Home(home).settings)

    assert refusal(lambda: bootstrap.open_desk(home)).code == "hall-unknown"


def test_the_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """A file that happens to lie there is not written into."""
    home = halls.home_in(tmp_path)
    (home / "ledger.db").unlink()
    alien = FilePlace(home / "ledger.db").open()
    with alien.write():
        alien.script("CREATE TABLE bookmarks (url TEXT)")
    alien.close()

    assert refusal(lambda: bootstrap.open_desk(home)).code == "store-foreign"


def test_a_ledger_of_a_newer_program_is_refused(tmp_path: Path) -> None:
    """An older program does not guess what a newer one has written."""
    home = halls.home_in(tmp_path)
    newer = FilePlace(home / "ledger.db").open()
    with newer.write():
        newer.run("INSERT INTO schema_steps (name, at) VALUES ('9999_future', 1)", {})
    newer.close()

    assert refusal(lambda: bootstrap.open_desk(home)).code == "store-newer"


def test_a_damaged_ledger_is_told(tmp_path: Path) -> None:
    """What is no database is no ledger."""
    home = halls.home_in(tmp_path)
    (home / "ledger.db").write_bytes(b"no database at all" * 300)

    assert refusal(lambda: bootstrap.open_desk(home)).code == "store-damaged"


def test_the_home_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening it, say as root, would leave files its owner cannot write."""
    home = halls.home_in(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: home.stat().st_uid + 1)

    assert refusal(lambda: bootstrap.open_desk(home)).code == "home-not-yours"


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder of a user whom rights do bind; for root they do not."""
    folder = Path(tempfile.mkdtemp(prefix="ordinary-"))
    nobody = 65534
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, nobody, nobody)
        os.setegid(nobody)
        os.seteuid(nobody)
    yield folder
    if is_root:
        os.seteuid(0)
        os.setegid(0)
    for closed in (folder, *folder.iterdir()):
        closed.chmod(0o700)
    shutil.rmtree(folder)


def test_a_read_only_home_is_told(ordinary_user: Path) -> None:
    """Neither a founding nor a start in a folder without the right to write."""
    plan = msgspec.structs.replace(halls.PLAN, digit=9, users=(ONE,))
    bootstrap.found_hall(ordinary_user / "home", plan, practice_seed=1).opened.close()
    (ordinary_user / "home").chmod(0o500)
    ordinary_user.chmod(0o500)

    founding_ = refusal(lambda: bootstrap.found_hall(ordinary_user / "new", plan, practice_seed=1))
    opening = refusal(lambda: bootstrap.open_desk(ordinary_user / "home"))
    (ordinary_user / "home").chmod(0o700)

    assert (founding_.code, founding_.exit_code) == ("home-not-writable", 4)
    assert (opening.code, opening.exit_code) == ("store-read-only", 4)


def test_a_home_one_may_not_enter_is_told(ordinary_user: Path) -> None:
    """A start without the right to look inside is no missing hall."""
    (ordinary_user / "home").mkdir(mode=0o000)

    told = refusal(lambda: bootstrap.open_desk(ordinary_user / "home"))

    assert told.code == "home-closed"


@pytest.mark.engine
def test_one_store_has_one_hall(tmp_path: Path, place: Place) -> None:
    """A second hall in the same store is refused, and its home is not made."""
    dsn = halls.dsn_of(place) if isinstance(place, ServerPlace) else None
    first = bootstrap.found_hall(tmp_path / "home", a_plan(tmp_path, dsn=dsn))
    first.opened.close()
    second_home = tmp_path / ("second" if dsn else "home")

    told = refusal(lambda: bootstrap.found_hall(second_home, a_plan(tmp_path, dsn=dsn, digit=2)))

    assert told.code == "hall-exists"
    assert opens(tmp_path / "home")
    assert not (tmp_path / "second").exists()


@pytest.mark.engine
def test_the_wrapped_keys_lie_in_the_store(tmp_path: Path, place: Place) -> None:
    """Data key and hall key are there, and neither in clear."""
    dsn = halls.dsn_of(place) if isinstance(place, ServerPlace) else None
    founded = bootstrap.found_hall(tmp_path / "home", a_plan(tmp_path, dsn=dsn, passphrase="twelve and more"))

    with founded.opened.desk.reading() as reading:
        (data_key,) = reading.lines(sql.DATA_KEYS)
        (enrolment,) = reading.lines(sql.ENROLMENT)
    founded.opened.close()

    assert data_key["algorithm"] == "sm4-gcm"
    assert enrolment["algorithm"] == "argon2id-64m-3+sm4-gcm"
    assert founded.opened.key.key not in bytes(enrolment["wrapped"])
