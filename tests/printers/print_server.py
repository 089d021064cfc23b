"""A private cupsd 打印服务: a folder and a port of its own, and a driverless queue to a printer.

It runs without root's rights. Root lends it the account `lp`: started as root it would hand its filters to
another account, and what is tested here would depend on who tests.
"""

from __future__ import annotations

import grp
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from integrations.printers.client import Printer
from tests.printers.virtual import WITHIN, answers, free_port, programs, said, until
from tools.get_printers import NoPrinters, Programs

QUEUE = "envelopes"
_LENT = "lp"
_CUPSD = """LogLevel warn
Listen 127.0.0.1:{port}
Browsing No
WebInterface No
DefaultAuthType None
DefaultPolicy ours
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy ours>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order allow,deny
    Allow localhost
  </Limit>
</Policy>
"""
_FILES = """ServerRoot {root}
ServerBin {bin}
DataDir {data}
RequestRoot {root}/spool
CacheDir {root}/cache
StateDir {root}/state
TempDir {root}/temporary
AccessLog {root}/access
ErrorLog {root}/errors
PageLog {root}/pages
User {user}
Group {group}
SystemGroup {group}
"""


@dataclass(frozen=True)
class PrintServer:
    """A running cupsd."""

    port: int
    programs: Programs

    @property
    def uri(self) -> str:
        """Where its queue is."""
        return f"ipp://127.0.0.1:{self.port}/printers/{QUEUE}"

    @property
    def wire(self) -> Printer:
        """Our client at the queue."""
        return Printer(self.uri, answer_within=WITHIN)

    def lead_to(self, printer: str) -> None:
        """Make the queue: what the printer can do is asked of itself, as for any printer of these years."""
        program = [self.programs("usr/sbin/lpadmin"), "-h", f"127.0.0.1:{self.port}"]
        done = subprocess.run(
            [*program, "-p", QUEUE, "-E", "-v", printer, "-m", "everywhere"],
            env=self.programs.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=WITHIN,
            check=False,
        )
        if done.returncode:
            raise NoPrinters(f"The queue could not be made: {done.stderr.strip()}")
        until(self._knows_its_printer)

    def _knows_its_printer(self) -> bool:
        # cupsd asks the printer after lpadmin has ended; until then it passes papers on as they are.
        return answers(self.wire) and "Everywhere" in str(said(self.wire, "printer-make-and-model"))


@contextmanager
def serving(printer: str) -> Iterator[PrintServer]:
    """A print server with a queue to a printer; gone afterwards, folder and all."""
    folder = Path(tempfile.mkdtemp(prefix="cups-"))
    there, port = programs(), free_port()
    configure(folder, there, port)
    process = _started(folder, there)
    server = PrintServer(port, there)
    try:
        until(lambda: _is_up(process, folder, server))
        server.lead_to(printer)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def configure(folder: Path, there: Programs, port: int) -> None:
    """Write what cupsd reads, and have everything in the folder be its own."""
    user = pwd.getpwuid(os.geteuid()) if os.geteuid() else pwd.getpwnam(_LENT)
    group = grp.getgrgid(user.pw_gid).gr_name
    (folder / "cupsd.conf").write_text(_CUPSD.format(port=port))
    trees = {"bin": there("usr/lib/cups"), "data": there("usr/share/cups")}
    files = _FILES.format(root=folder, user=user.pw_name, group=group, **trees)
    (folder / "cups-files.conf").write_text(files)
    for name in ("spool", "cache", "state", "temporary"):
        (folder / name).mkdir()
    if os.geteuid() == 0:
        for path in (folder, *folder.iterdir()):
            os.chown(path, user.pw_uid, user.pw_gid)


def _started(folder: Path, there: Programs) -> subprocess.Popen[bytes]:
    files = ["-c", str(folder / "cupsd.conf"), "-s", str(folder / "cups-files.conf")]
    lent = _LENT if os.geteuid() == 0 else None
    with (folder / "words").open("wb") as words:
        return subprocess.Popen(
            [there("usr/sbin/cupsd"), "-f", *files],
            cwd="/",
            env=there.environment,
            user=lent,
            group=lent,
            extra_groups=[] if lent else None,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
        )


def _is_up(process: subprocess.Popen[bytes], folder: Path, server: PrintServer) -> bool:
    if process.poll() is None:
        program = [server.programs("usr/bin/lpstat"), "-h", f"127.0.0.1:{server.port}", "-r"]
        asked = subprocess.run(
            program, env=server.programs.environment, capture_output=True, timeout=WITHIN, check=False
        )
        return b"is running" in asked.stdout
    said = [(folder / name).read_text() for name in ("words", "errors") if (folder / name).is_file()]
    raise NoPrinters("cupsd ended by itself, without root's rights:\n" + "\n".join(said))
