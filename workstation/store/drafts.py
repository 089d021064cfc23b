"""The drafts 草稿 of one home, in a file of their own: encrypted under the hall key, no part of the ledger.

Each change is one commit, which survives kill -9. A power cut may cost what came after the last `sync`, and
damages nothing.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from workstation.domain.draft import Beginning, Body, Draft, compose_id
from workstation.domain.times import local
from workstation.store import schema
from workstation.store.filelock import FileLock, LockTimeout
from workstation.store.personal import PersonalKeys, SealBroken
from workstation.store.protocols import Engine, Line, StoreFailed, Value
from workstation.store.statements import drafts as sql

_PATIENCE = 5
"""Seconds to wait for another process that uses the file."""
#: The log first: left behind by a kill, it would be read into the next file.
_SET_ASIDE = ("-wal", "-shm", "")


class DraftsEngine(Engine, Protocol):
    """An engine whose commits are written at once and synced later."""

    def checkpoint(self) -> None:
        """Sync every commit there is."""


class DraftMissing(Exception):
    """There is no draft with this id in this home."""


class DraftChanged(Exception):
    """Another version of the draft was saved meanwhile."""

    def __init__(self, draft_id: str, seen: int, version: int) -> None:
        super().__init__(f"{draft_id}: seen {seen}, is {version}")
        self.seen = seen
        self.version = version


class DraftsSetAside(Exception):
    """The file was damaged; it lies beside now, and the next draft begins another one."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


class Drafts:
    """The drafts of one home. Nothing is opened before it is used, nor made before the first draft."""

    def __init__(
        self,
        path: Path,
        keys: PersonalKeys,
        clock: Callable[[], int],
        open_engine: Callable[[Path], DraftsEngine],
    ) -> None:
        self.path, self.clock = path, clock
        self._keys, self._open_engine = keys, open_engine
        self._gate = threading.Lock()
        self._engine: DraftsEngine | None = None
        self._file = 0
        """Which file the engine has opened: another process may have set it aside since."""
        self._unsynced = False

    def begin(self, beginning: Beginning, body: Body, title: str = "") -> Draft:
        """Keep a new draft."""
        with self._writing(make=True) as engine:
            now = self.clock()
            counted = engine.row(sql.COUNT, {}) if engine else None
            if engine is None or counted is None:
                raise StoreFailed("damaged", "no count of drafts")
            draft = Draft(
                **vars(beginning),
                id=compose_id(beginning.window, now, counted["last"]),
                state="open",
                begun_at=now,
                changed_at=now,
                title=title,
                body=body,
            )
            engine.run(sql.ADD, vars(draft) | self._sealed(draft.id, title=title, body=body))
        return draft

    def save(self, draft_id: str, body: Body, *, title: str | None = None, seen: int | None = None) -> Draft:
        """Keep the draft as it stands now; `seen` is the version it was before, if that matters."""
        if title is None:
            return self._change(draft_id, sql.SAVE, self._sealed(draft_id, body=body), seen)
        return self._change(draft_id, sql.SAVE_TITLED, self._sealed(draft_id, title=title, body=body), seen)

    def park(self, draft_id: str) -> Draft:
        """Lay a draft aside for later."""
        return self._change(draft_id, sql.SET_STATE, {"state": "parked"})

    def resume(self, draft_id: str) -> Draft:
        """Go on with a draft."""
        return self._change(draft_id, sql.SET_STATE, {"state": "open"})

    def discard(self, draft_id: str) -> None:
        """Take a draft out of the file for ever."""
        with self._writing() as engine:
            if engine is None or engine.row(sql.VERSION, {"id": draft_id}) is None:
                raise DraftMissing(draft_id)
            engine.run(sql.DISCARD, {"id": draft_id})

    def get(self, draft_id: str) -> Draft:
        """One draft; without its body where it does not open."""
        with self._reading() as engine:
            line = engine.row(sql.ONE, {"id": draft_id}) if engine else None
        if line is None:
            raise DraftMissing(draft_id)
        return self._draft(line)

    def listed(self) -> list[Draft]:
        """All drafts in the order they were begun, also those that do not open."""
        with self._reading() as engine:
            lines = engine.rows(sql.ALL, {}) if engine else []
        return [self._draft(line) for line in lines]

    def sync(self) -> None:
        """Bring to the disk what has been saved since the last time."""
        if self._unsynced:
            with self._told() as engine:
                self._unsynced = False
                if engine is not None:
                    self._checkpoint(engine)

    def close(self) -> None:
        """Let go of the file; using the drafts opens it again."""
        with suppress(StoreFailed, DraftsSetAside):  # what was saved is in the log, and stays there
            self.sync()
        with self._gate:
            self._forget()

    # --- one change, one look

    def _change(
        self, draft_id: str, statement: str, values: dict[str, Value], seen: int | None = None
    ) -> Draft:
        key: dict[str, Value] = {"id": draft_id}
        with self._writing() as engine:
            before = engine.row(sql.VERSION, key) if engine else None
            if engine is None or before is None:
                raise DraftMissing(draft_id)
            if seen is not None and seen != before["version"]:
                raise DraftChanged(draft_id, seen, before["version"])
            engine.run(statement, key | values | {"now": self.clock()})
            (line,) = engine.rows(sql.ONE, key)
        return self._draft(line)

    def _sealed(self, draft_id: str, **values: Any) -> dict[str, Value]:
        """Values as they lie in the file. Escaped to ASCII: half a character is half typed, and is kept."""
        return {
            name: self._keys.encrypt(_place(draft_id, name), json.dumps(value))
            for name, value in values.items()
        }

    def _draft(self, line: Line) -> Draft:
        values = dict(line)
        try:
            for name in ("title", "body"):
                values[name] = json.loads(self._keys.open(_place(values["id"], name), bytes(values[name])))
        except SealBroken:
            values |= {"title": "", "body": None}
        return Draft(**values)

    # --- the file

    @contextmanager
    def _writing(self, *, make: bool = False) -> Iterator[DraftsEngine | None]:
        with self._told(make=make) as engine:
            if engine is None:
                yield None
                return
            with engine.write():
                yield engine
            self._unsynced = True

    @contextmanager
    def _reading(self) -> Iterator[DraftsEngine | None]:
        with self._told() as engine:
            if engine is None:
                yield None
                return
            with engine.read():
                yield engine

    @contextmanager
    def _told(self, *, make: bool = False) -> Iterator[DraftsEngine | None]:
        """The engine, or None where there is no file yet; a damaged file is set aside and that is told."""
        try:
            with self._gate:
                engine = self._ready(make=make)
            yield engine
        except StoreFailed as failure:
            if failure.reason != "damaged":
                raise
            raise self._set_aside(failure) from failure

    def _ready(self, *, make: bool) -> DraftsEngine | None:
        if self._engine is not None and _file(self.path) == self._file:
            return self._engine
        self._forget()
        if not make and not _file(self.path):
            return None
        _make_private(self.path)
        _make_private(_lock_path(self.path))
        engine = self._open_engine(self.path)
        try:
            _prepare(engine, self.clock())
        except BaseException:
            engine.close()
            raise
        self._engine, self._file = engine, _file(self.path)
        return engine

    def _forget(self) -> None:
        if self._engine is not None:
            self._engine.close()
        self._engine, self._file = None, 0

    def _checkpoint(self, engine: DraftsEngine) -> None:
        try:
            engine.checkpoint()
        except BaseException:
            self._unsynced = True
            raise

    def _set_aside(self, failure: StoreFailed) -> Exception:
        """Move the damaged file out of the way, whole; gives the error that says so, or why it stays."""
        aside = f"{self.path}.damaged-{local(self.clock()):%y%m%d%H%M%S}"
        lock = FileLock(_lock_path(self.path))
        with self._gate:
            damaged = self._file or _file(self.path)
            self._forget()
        try:
            lock.acquire(_PATIENCE)
            for end in _SET_ASIDE if damaged == _file(self.path) else ():  # nobody else was faster
                with suppress(FileNotFoundError):
                    Path(f"{self.path}{end}").rename(f"{aside}{end}")
        except (OSError, LockTimeout):
            return StoreFailed(failure.reason, failure.detail)
        finally:
            lock.close()
        return DraftsSetAside(Path(aside))


def _prepare(engine: DraftsEngine, now: int) -> None:
    """Lay out a new file; refuse one that is not for us."""
    with engine.read():
        if _is_laid_out(engine):
            return
    with engine.write():
        if not _is_laid_out(engine):
            engine.script(sql.SCHEMA)
            engine.run(sql.RECORD_STEP, {"name": sql.STEP, "at": now})


def _is_laid_out(engine: DraftsEngine) -> bool:
    tables = {line["name"] for line in engine.rows(schema.TABLES[engine.name], {})}
    if schema.is_foreign(tables):
        raise StoreFailed("foreign", f"tables {', '.join(sorted(tables)[:5])}")
    steps = {line["name"] for line in engine.rows(sql.STEPS, {})} if tables else set()
    if steps and sql.STEP not in steps:
        raise StoreFailed("foreign", "a ledger, no drafts")
    if len(steps) > 1:
        raise StoreFailed("newer", f"steps {', '.join(sorted(steps))}")
    return bool(steps)


def _place(draft_id: str, column: str) -> str:
    return f"drafts.{column}|{draft_id}"


def _lock_path(path: Path) -> Path:
    return Path(f"{path}.lock")


def _file(path: Path) -> int:
    """Which file lies here now; 0 where there is none, or none that can be seen."""
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def _make_private(path: Path) -> None:
    """An empty file for this user alone, where there is none; SQLite gives its side files the same mode."""
    with suppress(OSError):  # the engine will say why
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
