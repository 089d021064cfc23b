"""The drafts' file: every change kept at once, nothing readable in it, no accident hides the other drafts."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.engines import OPENING, Clock
from workstation.domain import draft as words
from workstation.domain.draft import Beginning, Draft
from workstation.store import schema, sqlite
from workstation.store.drafts import DraftChanged, DraftMissing, Drafts, DraftsEngine, DraftsSetAside
from workstation.store.filelock import FileLock
from workstation.store.personal import PersonalKeys
from workstation.store.protocols import StoreFailed
from workstation.store.sqlite import SqliteEngine

KEYS = PersonalKeys(b"\7" * 32)
INTAKE = Beginning("intake", None, "1001", 3)
REVIEW = Beginning("review", "13501021032632400019", "1002", 3)
BODY = {"applicant": {"name": "覃示例", "id_number": "4501"}, "item": ""}

Opening = Callable[..., Drafts]


def an_engine(path: Path) -> DraftsEngine:
    """An engine that leaves the syncing to chance and waits for nobody for long."""
    return SqliteEngine(path, synchronous="OFF", busy_seconds=0.2)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still until it is told."""
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the drafts lie."""
    return tmp_path / "drafts.db"


@pytest.fixture
def opening(path: Path, clock: Clock) -> Iterator[Opening]:
    """Opens the drafts, as each process of the home does for itself."""
    with ExitStack() as closing:

        def opened(keys: PersonalKeys = KEYS, engine: Callable[[Path], DraftsEngine] = an_engine) -> Drafts:
            drafts = Drafts(path, keys, clock, engine)
            closing.callback(drafts.close)
            return drafts

        yield opened


@pytest.fixture
def drafts(opening: Opening) -> Drafts:
    """The drafts of a home that has none yet."""
    return opening()


def failure(act: Callable[[], object]) -> StoreFailed:
    """How an act fails."""
    with pytest.raises(StoreFailed) as failed:
        act()
    return failed.value


# --- begun, saved, parked, resumed, discarded


def test_a_draft_is_found_again_as_it_was_left(drafts: Drafts, opening: Opening) -> None:
    """By another process at once, without anything having been synced or closed."""
    draft = drafts.begin(REVIEW, BODY, "覃示例")

    assert opening().get(draft.id) == draft
    assert (draft.kind, draft.object, draft.operator, draft.window) == (*vars(REVIEW).values(),)
    assert (draft.state, draft.version, draft.title, draft.body) == ("open", 1, "覃示例", BODY)
    assert draft.begun_at == draft.changed_at == OPENING


def test_each_change_is_kept_with_its_time_and_version(drafts: Drafts, clock: Clock) -> None:
    """A later body replaces the earlier one; the title stays unless there is a new one."""
    draft = drafts.begin(INTAKE, {}, "覃")
    clock.at += 1500

    saved = drafts.save(draft.id, BODY)
    titled = drafts.save(draft.id, BODY, title="覃示例")

    assert (saved.body, saved.title, saved.version, saved.changed_at) == (BODY, "覃", 2, OPENING + 1500)
    assert (titled.title, titled.version, titled.begun_at) == ("覃示例", 3, OPENING)
    assert drafts.get(draft.id) == titled


def test_a_draft_is_parked_and_resumed(drafts: Drafts) -> None:
    """What was typed stays."""
    draft = drafts.begin(INTAKE, BODY)

    assert (drafts.park(draft.id).state, drafts.get(draft.id).body) == ("parked", BODY)
    assert (drafts.resume(draft.id).state, drafts.get(draft.id).body) == ("open", BODY)


def test_a_discarded_draft_is_gone(drafts: Drafts) -> None:
    """Whatever is asked of it afterwards names it as missing; the others stay."""
    gone, other = drafts.begin(INTAKE, BODY), drafts.begin(INTAKE, {})

    drafts.discard(gone.id)

    for act in (drafts.get, drafts.park, drafts.resume, drafts.discard):
        with pytest.raises(DraftMissing, match=gone.id):
            act(gone.id)
    with pytest.raises(DraftMissing, match=gone.id):
        drafts.save(gone.id, {})
    assert drafts.listed() == [other]


def test_two_who_type_into_one_draft_do_not_overwrite_each_other(drafts: Drafts) -> None:
    """Who saves on the version the other has left behind is told; nothing is written."""
    draft = drafts.begin(INTAKE, {})
    faster = drafts.save(draft.id, BODY, seen=draft.version)

    with pytest.raises(DraftChanged) as changed:
        drafts.save(draft.id, {"lost": True}, seen=draft.version)

    assert (changed.value.seen, changed.value.version) == (1, 2)
    assert drafts.get(draft.id) == faster


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    body=st.dictionaries(
        st.text(max_size=8),
        st.recursive(
            st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(), max_size=20),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
            max_leaves=8,
        ),
        max_size=6,
    )
)
def test_any_half_typed_thing_is_kept(drafts: Drafts, body: dict[str, Any]) -> None:
    """Whatever a screen can hold comes back exactly."""
    assert drafts.get(drafts.begin(INTAKE, body).id).body == body


@pytest.mark.parametrize("text", ["\0", "\ud800", "\U0003134f", "覃" * 300_000])
def test_hostile_text_is_kept(drafts: Drafts, text: str) -> None:
    """NUL, half a character, the rarest character, a megabyte: in the body as in the title."""
    draft = drafts.begin(INTAKE, {text: text}, text)

    assert (drafts.get(draft.id).body, drafts.get(draft.id).title) == ({text: text}, text)


# --- ids


def test_ids_are_counted_and_never_used_twice(drafts: Drafts, opening: Opening) -> None:
    """Window, day, second and count; not even the id of a discarded draft comes back."""
    first, second = drafts.begin(INTAKE, {}), drafts.begin(INTAKE, {})
    drafts.discard(second.id)
    drafts.close()

    third = opening().begin(INTAKE, {})

    assert [first.id, second.id, third.id] == [f"d03-261120-090000-{n}" for n in (1, 2, 3)]
    assert all(words.is_id(draft.id) for draft in (first, third))


def test_a_file_begun_anew_gives_other_ids(drafts: Drafts, path: Path, clock: Clock) -> None:
    """When the file was lost its count is lost too, and the time keeps the ids apart."""
    before = drafts.begin(INTAKE, {})
    drafts.close()
    path.unlink()
    clock.at += 1000

    assert drafts.begin(INTAKE, {}).id not in (before.id, "")


@pytest.mark.parametrize(
    "text", ["", "覃示例", "d3-261120-090000-1", "d03-261120-090000-1\n", "d03-261120-1"]
)
def test_nothing_else_has_the_form_of_an_id(text: str) -> None:
    """What somebody types behind `--draft` could be a name, and the journal is asked and told of ids only."""
    assert not words.is_id(text)


# --- what lies on the disk


def test_nothing_that_was_typed_can_be_read_in_the_files(drafts: Drafts, path: Path) -> None:
    """Neither in the log nor, afterwards, in the file; who, where and when stand in clear."""
    drafts.begin(INTAKE, BODY, "覃示例")
    log = Path(f"{path}-wal").read_bytes()
    drafts.close()

    everything = log + path.read_bytes()

    assert everything.count(b"d03-261120-090000-1") >= 2
    for text in ("覃示例", "\\u8983", "4501", "applicant", "id_number"):
        assert text.encode() not in everything


def test_its_files_are_this_users_alone(drafts: Drafts, path: Path) -> None:
    """Whatever the umask."""
    before = os.umask(0)
    try:
        drafts.begin(INTAKE, BODY)
    finally:
        os.umask(before)

    modes = {file.name: stat.S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()}
    assert set(modes) == {"drafts.db", "drafts.db-wal", "drafts.db-shm", "drafts.db.lock"}
    assert set(modes.values()) == {0o600}


def test_looking_makes_no_file(drafts: Drafts, path: Path) -> None:
    """A home without drafts stays as it is."""
    assert drafts.listed() == []
    with pytest.raises(DraftMissing):
        drafts.get("d03-261120-090000-1")
    with pytest.raises(DraftMissing):
        drafts.discard("d03-261120-090000-1")
    drafts.sync()
    drafts.close()

    assert list(path.parent.iterdir()) == []


def test_closed_drafts_open_again(drafts: Drafts, path: Path) -> None:
    """Closing writes the log back into the file."""
    draft = drafts.begin(INTAKE, BODY)

    drafts.close()

    assert not Path(f"{path}-wal").exists()
    assert drafts.get(draft.id) == draft


# --- syncing


class Counting(SqliteEngine):
    """An engine that counts its checkpoints, and fails them if told."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, synchronous="NORMAL", busy_seconds=0.2)
        self.checkpoints = 0
        self.full = False

    def checkpoint(self) -> None:
        """Count, and checkpoint."""
        self.checkpoints += 1
        if self.full:
            raise StoreFailed("disk_full")
        super().checkpoint()


def test_syncing_brings_the_log_into_the_file(opening: Opening, path: Path) -> None:
    """And only when something was saved since."""
    engine = Counting(path)
    drafts = opening(engine=lambda _: engine)
    drafts.begin(INTAKE, {"x": "y" * 30_000})
    before = path.stat().st_size

    drafts.sync()
    after = path.stat().st_size
    drafts.sync()

    assert after > before
    assert engine.checkpoints == 1


def test_a_sync_that_failed_is_made_up_for(opening: Opening, path: Path) -> None:
    """It is told, and the next one tries again; closing does not fail on it."""
    engine = Counting(path)
    drafts = opening(engine=lambda _: engine)
    draft = drafts.begin(INTAKE, BODY)
    engine.full = True

    assert failure(drafts.sync).reason == "disk_full"
    drafts.close()

    assert engine.checkpoints == 2
    assert drafts.get(draft.id) == draft


def test_syncing_waits_for_a_writer(opening: Opening, path: Path) -> None:
    """A checkpoint never meets a writer: the lock is one."""
    drafts = opening()
    drafts.begin(INTAKE, BODY)
    lock = FileLock(Path(f"{path}.lock"))
    lock.acquire(0)

    assert failure(drafts.sync).reason == "busy"

    lock.close()
    drafts.sync()


# --- several at once


def test_threads_and_processes_share_the_file(opening: Opening) -> None:
    """Each change of each of them is there, and no ordinal was given twice."""
    everybody = [opening(engine=lambda path: SqliteEngine(path, synchronous="OFF")) for _ in range(4)]

    def type_on(drafts: Drafts) -> None:
        draft = drafts.begin(INTAKE, {})
        for count in range(20):
            drafts.save(draft.id, {"typed": count})
        drafts.close()

    threads = [threading.Thread(target=type_on, args=(drafts,)) for drafts in everybody]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = everybody[0].listed()
    assert [(draft.body, draft.version) for draft in found] == [({"typed": 19}, 21)] * 4
    assert {draft.id[-1] for draft in found} == set("1234")


# --- what does not open


def test_a_draft_under_another_key_does_not_hide_the_others(drafts: Drafts, opening: Opening) -> None:
    """It is named with all that is known of it, without what was typed."""
    drafts.begin(INTAKE, BODY, "覃示例")
    other = opening(PersonalKeys(b"\6" * 32))
    mine = other.begin(REVIEW, {"mine": True})

    locked, opened = other.listed()

    assert (locked.operator, locked.kind, locked.title, locked.body) == ("1001", "intake", "", None)
    assert opened == mine
    assert [draft.body for draft in drafts.listed()] == [BODY, None]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE drafts SET body = (SELECT body FROM drafts WHERE id = :other) WHERE id = :id",
        "UPDATE drafts SET body = title WHERE id = :id",
        "UPDATE drafts SET body = x'00' WHERE id = :id",
    ],
)
def test_a_body_put_in_another_place_does_not_open(
    drafts: Drafts, opening: Opening, path: Path, tampering: str
) -> None:
    """It is bound to its draft and its column; the other draft opens as before."""
    changed, other = drafts.begin(INTAKE, BODY, "题"), drafts.begin(INTAKE, {"b": 2})
    drafts.close()
    engine = SqliteEngine(path)
    with engine.write():
        names = {"id": changed.id, "other": other.id}
        engine.run(tampering, {name: names[name] for name in names if f":{name}" in tampering})
    engine.close()

    found = {draft.id: draft.body for draft in opening(PersonalKeys(b"\7" * 32)).listed()}

    assert found == {changed.id: None, other.id: other.body}


# --- bad files


@pytest.mark.parametrize("content", [b"Dear diary " * 500, b"SQLite format 3\0" + b"x" * 5000])
def test_a_file_that_is_no_database_is_set_aside(
    drafts: Drafts, path: Path, clock: Clock, content: bytes
) -> None:
    """It is moved, not deleted, and said so; the next draft begins another one."""
    path.write_bytes(content)

    with pytest.raises(DraftsSetAside) as aside:
        drafts.listed()

    assert aside.value.path == path.with_name("drafts.db.damaged-261120090000")
    assert aside.value.path.read_bytes() == content
    assert drafts.listed() == []
    assert drafts.get(drafts.begin(INTAKE, BODY).id).body == BODY


def test_a_file_damaged_in_use_is_set_aside_by_whoever_notices(drafts: Drafts, opening: Opening) -> None:
    """The other process goes on in the new file; its old draft is missing there, and it can begin again."""
    draft = drafts.begin(INTAKE, {"x": "y" * 20_000})
    other = opening()
    assert other.get(draft.id) == draft
    drafts.sync()
    _overwrite(drafts.path)

    with pytest.raises(DraftsSetAside):
        opening().listed()

    with pytest.raises(DraftMissing):
        drafts.save(draft.id, BODY)
    again = drafts.begin(INTAKE, BODY)
    assert other.get(again.id) == again


def _overwrite(path: Path) -> None:
    """Damage all pages, in a process of its own: this one has the file open."""
    script = "import os, sys; f = open(sys.argv[1], 'r+b'); f.write(b'\\xa5' * os.path.getsize(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", script, str(path)], check=True)


def test_a_damaged_file_that_cannot_be_moved_is_told(
    drafts: Drafts, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then it is just damaged, and stays where it is."""
    path.write_bytes(b"Dear diary " * 500)

    def refuse(self: Path, target: object) -> None:
        raise PermissionError(13, "refused")

    monkeypatch.setattr(Path, "rename", refuse)

    assert failure(drafts.listed).reason == "damaged"
    assert path.exists()


def test_somebody_elses_database_is_left_alone(drafts: Drafts, path: Path) -> None:
    """Another program's, and a ledger just as well."""
    ledger = SqliteEngine(path)
    schema.migrate(ledger, OPENING)
    ledger.close()
    before = path.read_bytes()

    assert failure(lambda: drafts.begin(INTAKE, BODY)).reason == "foreign"
    assert path.read_bytes() == before

    path.unlink()
    stranger = sqlite.sqlite3.connect(str(path))  # type: ignore[attr-defined]  # its choice of module
    stranger.execute("CREATE TABLE recipes (name TEXT)")
    stranger.close()
    assert failure(drafts.listed).reason == "foreign"


def test_drafts_are_no_ledger(drafts: Drafts, path: Path) -> None:
    """Nor does the store take the drafts' file for one of its own."""
    drafts.begin(INTAKE, BODY)
    drafts.close()
    engine = SqliteEngine(path)

    with pytest.raises(StoreFailed) as refused:
        schema.migrate(engine, OPENING)

    engine.close()
    assert refused.value.reason == "newer"


def test_a_later_version_of_the_file_is_left_alone(drafts: Drafts, path: Path) -> None:
    """A file with a step this version does not know is newer."""
    drafts.begin(INTAKE, BODY)
    drafts.close()
    engine = SqliteEngine(path)
    with engine.write():
        engine.run("INSERT INTO schema_steps (name, at) VALUES ('drafts_0002', 1)", {})
    engine.close()

    assert failure(drafts.listed).reason == "newer"


def test_a_file_that_was_cut_short_at_its_making_is_finished(drafts: Drafts, path: Path) -> None:
    """An empty file is as good as none."""
    path.touch(0o600)

    assert drafts.listed() == []
    assert drafts.begin(INTAKE, BODY).version == 1


def test_a_missing_folder_is_told(path: Path, clock: Clock) -> None:
    """And not made."""
    lost = Drafts(path.parent / "nowhere" / "drafts.db", KEYS, clock, an_engine)

    assert failure(lambda: lost.begin(INTAKE, BODY)).reason == "unreachable"
    assert lost.listed() == []
    assert list(path.parent.iterdir()) == []


def test_the_table_has_the_columns_of_the_record(drafts: Drafts, path: Path) -> None:
    """No field is kept nowhere."""
    drafts.begin(INTAKE, BODY)
    drafts.close()
    engine = SqliteEngine(path)
    columns = engine.rows("SELECT name FROM pragma_table_info('drafts')", {})
    engine.close()

    assert {line["name"] for line in columns} == set(Draft.__dataclass_fields__)
