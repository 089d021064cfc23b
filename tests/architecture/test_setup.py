"""What make runs is tested like the rest: a half-made .venv is not trusted, a lopsided run not passed."""

import csv
import os
from pathlib import Path

import psycopg.conninfo
import pytest

from tests import postgres_server, run_postgres
from tests.run_postgres import Tally
from tools import make_locks, make_venv

ONE = frozenset({"tests.store::test_one"})
BOTH = ONE | {"tests.store::test_two"}
REPORT = """<testsuites><testsuite>
<testcase classname="tests.store" name="test_one"/>
<testcase classname="tests.store" name="test_two">{child}</testcase>
</testsuite></testsuites>"""


PROJECT = '[project]\nname = "workstation"\n[tool.ruff]\nline-length = 110\n'


def lay_out(folder: Path) -> None:
    """Write what .venv is made from into a folder."""
    (folder / make_venv.PROJECT).write_text(PROJECT)
    for name in make_venv.LOCKS:
        (folder / name).write_text(name)


@pytest.fixture
def locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the files that .venv is made from."""
    lay_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("changed", make_venv.LOCKS)
def test_a_changed_lock_makes_another_venv(locks: Path, changed: str) -> None:
    """The fingerprint sums up every lock that .venv is made from."""
    before = make_venv.fingerprint("3.11")

    (locks / changed).write_text("something else")

    assert make_venv.fingerprint("3.11") != before


def test_another_requirement_makes_another_venv(locks: Path) -> None:
    """What pyproject.toml says about the package itself is part of the fingerprint."""
    before = make_venv.fingerprint("3.11")

    (locks / make_venv.PROJECT).write_text(PROJECT.replace("workstation", "something-else"))

    assert make_venv.fingerprint("3.11") != before


def test_a_setting_of_a_tool_leaves_the_venv_alone(locks: Path) -> None:
    """Changing how the linter judges does not take .venv away from those who are using it."""
    before = make_venv.fingerprint("3.11")

    (locks / make_venv.PROJECT).write_text(PROJECT.replace("110", "100"))

    assert make_venv.fingerprint("3.11") == before


def test_another_folder_or_python_makes_another_venv(locks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that was moved or copied is set up anew, and so is one whose Python was replaced."""
    before = make_venv.fingerprint("3.11")
    copy = locks / "copy"
    copy.mkdir()
    lay_out(copy)

    assert make_venv.fingerprint("3.12") != before
    monkeypatch.chdir(copy)
    assert make_venv.fingerprint("3.11") != before


def test_no_venv_is_not_whole(locks: Path) -> None:
    """Where nothing was made yet, or the stamp was never written, .venv is made."""
    assert not make_venv.is_whole()

    (locks / ".venv" / "bin").mkdir(parents=True)

    assert not make_venv.is_whole()


def test_a_file_that_is_gone_or_cut_short_is_noticed(tmp_path: Path) -> None:
    """The installer's record is compared with what lies there; compiled files are not in the comparison."""
    (tmp_path / "whole.py").write_bytes(b"1234")
    (tmp_path / "short.py").write_bytes(b"12")
    record = ["whole.py,sha256=x,4", "short.py,sha256=x,4", "gone.py,sha256=x,4", "compiled.pyc,,"]

    found = list(make_venv.damaged(tmp_path, csv.reader(record)))

    assert [path.name for path in found] == ["short.py", "gone.py"]


def test_a_face_that_is_gone_or_cut_short_is_noticed(locks: Path) -> None:
    """The Song face is made, not installed; its own record tells whether it is whole."""
    folder = locks / make_venv.MADE.parent
    folder.mkdir(parents=True)
    (folder / "face.ttf").write_bytes(b"1234")
    unrecorded = make_venv.missing_files()
    (folder / "RECORD").write_text("face.ttf,,4\n")

    assert unrecorded == [make_venv.MADE]
    assert make_venv.missing_files() == []
    (folder / "face.ttf").write_bytes(b"12")
    assert [path.name for path in make_venv.missing_files()] == ["face.ttf"]


def test_the_face_is_made_before_the_venv_counts_as_whole(
    monkeypatch: pytest.MonkeyPatch, locks: Path
) -> None:
    """A conversion that fails leaves no stamp, so the next `make` begins anew."""
    commands: list[list[str]] = []

    def refuse_to_convert(command: list[str], _advice: str) -> None:
        commands.append(command)
        if "tools/make_serif.py" in command:
            raise make_venv.SetUpFailed("no room")

    monkeypatch.setattr(make_venv, "run", refuse_to_convert)
    with pytest.raises(make_venv.SetUpFailed):
        make_venv.build()

    assert "-e" in commands[-2]
    assert not (locks / make_venv.STAMP).exists()


def test_the_resolver_asks_the_index_that_pip_would_ask() -> None:
    """Of two settings the nearer one counts, as it does for pip; side indexes are not passed on."""
    listing = "\n".join(
        [
            "global.index-url='main.example'",
            "global.extra-index-url='side.example'",
            ":env:.index-url='nearer.example'",
            "global.cert='certificates.pem'",
        ]
    )

    found = make_locks.translated(listing)

    assert found == {"UV_DEFAULT_INDEX": "nearer.example", "SSL_CERT_FILE": "certificates.pem"}


@pytest.mark.parametrize(
    "line",
    [
        "one==1 --hash=sha256:00 --find-links=wheels",
        "one @ file:///wheels/one.whl",
        "one>=1 --hash=sha256:00",
        "one==1",
    ],
)
def test_a_lock_that_tells_too_much_or_too_little_is_refused(tmp_path: Path, line: str) -> None:
    """A path, an address, a loose version or a missing hash keeps a lock from being put in place."""
    lock = tmp_path / "requirements.lock"
    lock.write_text(line + "\n")

    with pytest.raises(make_locks.LockFailed, match=r"requirements\.lock"):
        make_locks.look_through(lock)


def test_equal_runs_are_passed() -> None:
    """Nothing is held against two engines that passed the same tests."""
    assert run_postgres.complaints(Tally("postgres", BOTH), Tally("sqlite", BOTH), visits=1) == []


@pytest.mark.parametrize(
    ("postgres", "sqlite", "visits", "complaint"),
    [
        (
            Tally("postgres", ONE),
            Tally("sqlite", BOTH),
            1,
            "passed on one engine only: tests.store::test_two",
        ),
        (
            Tally("postgres", ONE, BOTH - ONE),
            Tally("sqlite", ONE),
            1,
            "not passed or skipped on postgres: tests",
        ),
        (Tally("postgres"), Tally("sqlite"), 1, "no test passed on sqlite"),
        (Tally("postgres", ONE), Tally("sqlite", ONE, exit_code=1), 1, "pytest ended with 1 on sqlite"),
        (Tally("postgres", ONE), Tally("sqlite", ONE), 0, "the tests for PostgreSQL never connected to it"),
    ],
)
def test_runs_that_do_not_prove_the_same_are_failed(
    postgres: Tally, sqlite: Tally, visits: int, complaint: str
) -> None:
    """Different tests, skipped tests, no tests, a failed run or an unused server: each is named."""
    assert complaint in "\n".join(run_postgres.complaints(postgres, sqlite, visits))


@pytest.mark.parametrize("child", ["<skipped/>", "<failure/>", "<error/>"])
def test_only_what_passed_is_counted(child: str) -> None:
    """A test with a failure, an error or a skip in pytest's report does not count as passed."""
    found = run_postgres.tally("sqlite", 0, REPORT.format(child=child))

    assert (found.passed, found.not_passed) == (ONE, BOTH - ONE)


def test_every_passed_test_is_counted() -> None:
    """A report without trouble gives as many tests as it has cases."""
    assert run_postgres.tally("sqlite", 0, REPORT.format(child="")).passed == BOTH


def test_the_server_is_named_by_its_socket_alone() -> None:
    """The address leads to a socket in a folder, whatever characters the folder's name has."""
    server = postgres_server.Server.on_socket_in(Path("/tmp/有 空格"))

    parts = psycopg.conninfo.conninfo_to_dict(server.dsn)

    assert parts == {"user": "postgres", "dbname": "postgres", "host": "/tmp/有 空格", "port": "5432"}


def test_the_server_of_a_user_runs_under_that_user() -> None:
    """Only root needs to borrow an account."""
    assert postgres_server.account_for(1000).name is None


def test_the_folder_of_the_server_is_gone_afterwards() -> None:
    """The folder is open to the server's account while it is lent and leaves nothing behind."""
    with postgres_server.temporary_folder(postgres_server.Account()) as folder:
        assert all(step.stat().st_mode & 0o001 for step in folder.parents)
        assert len(os.fsencode(folder / f".s.PGSQL.{postgres_server.PORT}")) < postgres_server.LONGEST_SOCKET

    assert not folder.exists()
