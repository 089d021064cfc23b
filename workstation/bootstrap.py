"""The one place that builds real things: engine, keys, store and desk; and that founds a hall."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import msgspec

from workstation import founding, ground, secrets, settings, wallet
from workstation.acts import checks, users
from workstation.acts.desk import Desk
from workstation.acts.drafts import Alone, key_away
from workstation.acts.explanations import explained
from workstation.domain.people import Hall
from workstation.errors import Refused
from workstation.founding import Founding
from workstation.secrets import Enrolment, HallKey, Sources
from workstation.settings import Home, Place, Settings
from workstation.store import ledger, tables
from workstation.store.drafts import Drafts, DraftsEngine
from workstation.store.ledger import Store
from workstation.store.personal import PersonalKeys
from workstation.store.protocols import Duplicate, Engine, Value
from workstation.store.schema import migrate
from workstation.store.statements import keys as sql
from workstation.store.work import Work

Clock = Callable[[], int]
Ask = Callable[[], str | None]

_DATA_KEY = 1
"""Id of the data key a hall begins with."""


def machine_clock() -> int:
    """This machine's clock in epoch milliseconds."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True)
class Opened:
    """An opened hall: its desk with nobody at it, and what it was opened with."""

    desk: Desk
    home: Home
    settings: Settings
    key: HallKey = field(repr=False)

    def close(self) -> None:
        """Let go of the store and of the drafts."""
        if self.desk.drafts:
            self.desk.drafts.close()
        with explained():
            self.desk.store.engine.close()


def open_desk(
    home: Path | Home, *, window: int | None = None, clock: Clock | None = None, passphrase: Ask | None = None
) -> Desk:
    """The desk of the hall in this home, nobody signed in."""
    return open_hall(home, window=window, clock=clock, ask=passphrase).desk


def open_hall(
    home: Path | Home,
    *,
    window: int | None = None,
    clock: Clock | None = None,
    ask: Ask | None = None,
    key: HallKey | None = None,
    found: Settings | None = None,
) -> Opened:
    """Open the hall in this home; `key` and `found` are a hall key and settings brought along."""
    place = as_home(home)
    found = found or load_settings(place)
    number = settings.window(found, window)
    with ExitStack() as undo, explained():
        engine = open_engine(place, found)
        undo.callback(engine.close)
        migrate(engine, (clock or machine_clock)())
        hall = _hall(engine, found.hall)
        key = key or hall_key(place, found, engine, ask)
        personal = PersonalKeys(_data_key(engine, hall, key), _DATA_KEY)
        _make_folder(place.tray)
        undo.pop_all()
    store = Store(engine, personal, hall, clock or machine_clock)
    drafts = _drafts(place, key, clock or machine_clock)
    account = partial(carrier_account, place, found)
    return Opened(Desk(store, number, place.tray, drafts=drafts, credentials=account), place, found, key)


def carrier_account(home: Home, found: Settings, carrier: str) -> wallet.Account | None:
    """A carrier's credentials, asked of the key sources anew each time; kept nowhere."""
    file = wallet.named_file(found.mail.credentials)
    return wallet.find(carrier, wallet.Places(home.root, found.hall, file))


def open_drafts(
    home: Path | Home, *, operator: str, window: int | None = None, clock: Clock | None = None
) -> Alone:
    """The drafts of a window whose hall's server is away: the store is not asked for anything."""
    place = as_home(home)
    found = load_settings(place)
    try:
        key = hall_key(place, found, None)
    except Refused as error:
        raise key_away(error) from error
    return Alone.of(
        settings.window(found, window), _drafts(place, key, clock or machine_clock), operator=operator
    )


def _drafts(home: Home, key: HallKey, clock: Clock) -> Drafts:
    """Under the hall key, since the data key lies in the store."""
    personal = PersonalKeys(secrets.subkey(key.key, "drafts", 32))
    return Drafts(home.drafts, personal, clock, open_drafts_engine)


def open_drafts_engine(path: Path) -> DraftsEngine:
    """The engine of a home's drafts."""
    from workstation.store.sqlite import SqliteEngine

    # A keystroke does not wait for the disk; what it wrote is synced by `Drafts.sync`.
    return SqliteEngine(path, synchronous="NORMAL", busy_seconds=5)


def as_home(home: Path | Home) -> Home:
    """A home by its folder."""
    return home if isinstance(home, Home) else settings.locate(home)


def load_settings(home: Home) -> Settings:
    """The settings of the hall in this home, once what a kill left half done is settled."""
    if home.is_closed:
        raise Refused(
            "home-closed",
            what="进不去数据目录，没有打开。",
            why=f"当前用户没有进入 {home.root} 的权限。",
            next="请用它的主人登录，或指明自己的数据目录。（命令：--home）",
        )
    ground.settle(home, lambda draft: is_founded(home, draft))
    found = settings.load(home)
    if home.root.stat().st_uid != os.geteuid():
        raise Refused(
            "home-not-yours",
            what="这个数据目录属于别的用户，没有打开。",
            why=f"{home.root} 不属于当前用户；在里面写文件会让它的主人打不开账本。",
            next="请用该用户登录，或指明自己的数据目录。（命令：--home）",
        )
    return found


def open_engine(home: Home, found: Settings) -> Engine:
    """The engine the settings name. Its library is loaded only now: each takes longer to load than to use."""
    if found.store.engine == "postgres":
        from workstation.store.postgres import PostgresEngine

        return PostgresEngine(found.store.dsn or "")
    from workstation.store.sqlite import SqliteEngine

    if not (home.ledger.exists() or home.founding.exists()):
        # SQLite would make an empty one without a word.
        raise Refused(
            "ledger-missing",
            what="账本文件不见了，没有启动。",
            why=f"设置里有大厅，但 {home.ledger} 不在。",
            next="请检查磁盘是否挂上，或用备份恢复该文件；不要新建。",
        )
    return SqliteEngine(home.ledger)


def engine_facts(home: Home) -> Mapping[str, str]:
    """What `doctor` can say of the engine; a file that is not there yet is not made."""
    if not home.has_hall:
        from workstation.store.sqlite import SqliteEngine

        return SqliteEngine(home.ledger).describe()
    with ExitStack() as closing, explained():
        engine = open_engine(home, load_settings(home))
        closing.callback(engine.close)
        return engine.describe()


def is_founded(home: Home, found: Settings) -> bool:
    """Whether the store these settings name holds their hall."""
    with ExitStack() as closing, explained():
        engine = open_engine(home, found)
        closing.callback(engine.close)
        migrate(engine, machine_clock())
        return _find_hall(engine, found.hall) is not None


def hall_key(home: Home, found: Settings, engine: Engine | None, ask: Ask | None = None) -> HallKey:
    """The hall key from the first source that has it, the store among them if it is there; a practice hall
    has none to hide."""
    if found.practice is not None:
        return secrets.practice_key(found.practice.seed)
    return secrets.find(
        Sources(
            home=home.root,
            hall=found.hall,
            key_file=settings.key_file(found.key_file),
            keyring=found.keyring,
            enrolment=_enrolment(engine, found.hall) if engine else None,
            ask=ask,
        )
    )


def key_by_passphrase(home: Home, found: Settings, passphrase: str) -> HallKey:
    """The hall key out of the store, for a window that has no other way to it yet."""
    with ExitStack() as closing, explained():
        engine = open_engine(home, found)
        closing.callback(engine.close)
        migrate(engine, machine_clock())
        enrolment = _enrolment(engine, found.hall)
    if enrolment is None:
        raise Refused(
            "passphrase-unset",
            what="这个大厅没有设过入网口令。",
            why="新建大厅时没有给入网口令。（命令：字段 passphrase）",
            next="请改用恢复单。（命令：--recovery）",
        )
    return secrets.by_passphrase(enrolment, found.hall, passphrase)


@contextmanager
def joining(home: Home, dsn: str, window: int | None) -> Iterator[Settings]:
    """A home for a further window of the hall at this server: made if its key is enrolled in here."""
    with ground.whole_or_nothing(home, lambda draft: is_founded(home, draft)):
        yield _settings_at(home, dsn, window or 1)


def keep(home: Home, changed: Settings) -> None:
    """Write changed settings, into the home that is being made or the one there is."""
    settings.save(changed, ground.draft(home) if home.founding.is_dir() else home.settings)


def _settings_at(home: Home, dsn: str, window: int) -> Settings:
    found = Settings(hall=1, window=window, store=Place(engine="postgres", dsn=dsn))
    with ExitStack() as closing, explained():
        engine = open_engine(home, found)
        closing.callback(engine.close)
        migrate(engine, machine_clock())
        with engine.read():
            line = engine.row(sql.ANY_HALL, {})
    if line is None:
        raise Refused(
            "hall-unknown",
            what="这个数据库里还没有大厅，没有入网。",
            why="连上了服务器，但没有查到大厅。",
            next="请核对服务器的地址；要在这里，请新建大厅。（命令：--dsn、init）",
        )
    return msgspec.structs.replace(found, hall=line["id"])


def _hall(engine: Engine, number: int) -> Hall:
    hall = _find_hall(engine, number)
    if hall is None:
        raise Refused(
            "hall-unknown",
            what="账本里没有设置所说的大厅，没有打开。",
            why=f"设置里的大厅是 {number}，账本里查不到。",
            next="请管理员核对设置里的大厅和账本位置；不要新建。（命令：设置里的 hall、store）",
        )
    return hall


def _find_hall(engine: Engine, number: int) -> Hall | None:
    with engine.read():
        line = engine.row(tables.HALLS.select(("id",)), {"hall": number, "id": number})
    return Hall(**line) if line else None


def _enrolment(engine: Engine, hall: int) -> Enrolment | None:
    with engine.read():
        line = engine.row(sql.ENROLMENT, {"hall": hall})
    return Enrolment(bytes(line["salt"]), bytes(line["wrapped"])) if line else None


def _data_key(engine: Engine, hall: Hall, key: HallKey) -> bytes:
    with engine.read():
        lines = engine.rows(sql.DATA_KEYS, {"hall": hall.id})
    try:
        (line,) = lines
        return secrets.unwrap(key.key, _place(hall.id), bytes(line["wrapped"]))
    except (secrets.WrongKey, ValueError) as error:
        raise secrets.wrong(key.source) from error


def _place(hall: int) -> str:
    return f"data_keys|{hall}|{_DATA_KEY}"


def _make_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)


# --- founding -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Founded:
    """A new hall, open, and the text of its recovery sheet: shown once, kept nowhere."""

    opened: Opened
    recovery: str | None = field(repr=False)


def found_hall(
    home: Path | Home, plan: Founding, *, practice_seed: int | None = None, clock: Clock | None = None
) -> Founded:
    """Found a hall in an empty or missing home, its first users with it: whole, or not at all."""
    place = as_home(home)
    plan = founding.checked(plan, practice=practice_seed is not None)
    found = founding.settings_of(plan, practice_seed)
    with ground.whole_or_nothing(place, lambda draft: is_founded(place, draft)), ExitStack() as undo:
        if found.practice:
            key = secrets.practice_key(found.practice.seed)
        else:
            key = _new_key(place, found, undo, passphrase=plan.passphrase is not None)
        settings.save(found, ground.draft(place))
        _found(place, found, plan, key=key, clock=clock or machine_clock)
        undo.pop_all()
    opened = open_hall(place, clock=clock, key=key)
    return Founded(opened, None if found.practice else secrets.recovery_text(key.key))


def _found(home: Home, found: Settings, plan: Founding, *, key: HallKey, clock: Clock) -> None:
    data_key = secrets.subkey(key.key, "data key", 32) if found.practice else os.urandom(32)
    personal = PersonalKeys(data_key, _DATA_KEY)
    with ExitStack() as closing, explained():
        engine = open_engine(home, found)
        closing.callback(engine.close)
        migrate(engine, clock())
        hall = founding.hall_of(plan, found, clock())
        first = [users.as_user(Store(engine, personal, hall, clock), new) for new in plan.users]
        enrolment = secrets.enrolled(key.key, hall.id, plan.passphrase) if plan.passphrase else None
        _close_to_others(home)
        with _only_hall(), ledger.founding(engine, personal, hall, clock) as (_, work):
            if engine.row(sql.OTHER_HALL, {"hall": hall.id}):
                raise Duplicate("halls")
            # The founder sits at a window too: badges are numbered by it.
            work.stamp = replace(work.stamp, window=found.window)
            _keep_keys(work, secrets.wrap(key.key, _place(hall.id), data_key), enrolment)
            for user in first:
                users.enter(work, user)


def _keep_keys(work: Work, wrapped: bytes, enrolment: Enrolment | None) -> None:
    common: dict[str, Value] = {"hall": work.hall, "created_at": work.now}
    kept: dict[str, Value] = {"algorithm": secrets.WRAPPED_BY_KEY, "wrapped": wrapped}
    work.engine.run(sql.ADD_DATA_KEY, common | kept | {"id": _DATA_KEY})
    if enrolment:
        kept = {"salt": enrolment.salt, "wrapped": enrolment.wrapped}
        work.engine.run(sql.ADD_ENROLMENT, common | kept | {"algorithm": secrets.WRAPPED_BY_PASSPHRASE})


@contextmanager
def _only_hall() -> Iterator[None]:
    """One store, one hall (design §7)."""
    try:
        yield
    except Duplicate as error:
        raise ground.hall_exists(
            "数据库里已有一个大厅。", "新窗口请入网；要另建大厅请用另一个数据库。（命令：key enrol）"
        ) from error


def _new_key(home: Home, found: Settings, undo: ExitStack, *, passphrase: bool) -> HallKey:
    """The key of a new hall, laid where a start will find it; taken away again if the founding fails."""
    path = settings.key_file(found.key_file)
    key = secrets.given(home.root, path) or secrets.new_key()
    if key.source == "new" and path is not None:
        secrets.write_key_file(path, home.root, key.key)
        undo.callback(path.unlink, missing_ok=True)
    if found.keyring:
        secrets.write_keyring(found.hall, key.key)
    elif path is None and key.source == "new" and not passphrase:
        raise checks.usage(
            "key-place",
            "没有说明大厅密钥放在哪里。",
            "请选密钥文件、钥匙环或入网口令之一。（命令：字段 key_file、keyring、passphrase）",
        )
    return key


def _close_to_others(home: Home) -> None:
    """Readable to this user only, whatever the umask; SQLite gives its side files the ledger's mode."""
    for path in home.root.glob("ledger.db*"):
        path.chmod(0o600)
