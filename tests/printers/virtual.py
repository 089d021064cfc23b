"""A real IPP printer in a process of its own: ippeveprinter with our stocks; a hook does the printing.

What comes out lies in a folder, sheet by sheet, with the name of its job and the medium that was asked for.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from integrations.printers import PrinterError, messages
from integrations.printers.client import Printer
from integrations.printers.messages import Content, Group, Media, Message
from printing import envelopes, labels
from tools import get_printers
from tools.get_printers import NoPrinters, Programs

WITHIN = 20.0
"""Seconds anything may take here."""
EYE = 0.01
"""Seconds from one look at another process to the next."""
SHEETS = {"A4": (210.0, 297.0), "A5": (148.0, 210.0)}

# The printer refuses to start without a system bus, even where it announces nothing.
_START = (
    "export DBUS_SYSTEM_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS; "
    'exec "$1" -p "$2" -n localhost -r off -k -d "$3" -a "$4" -c "$5" VirtualPrinter'
)
# ippeveprinter goes on with a paper cut off on its way; nobody can set such a page, so the hook fails.
# A sheet counts as out when it is whole: its file is moved into place in one step.
_HOOK = """#!/bin/sh
folder='{folder}'
while [ -e "$folder/hold" ]; do sleep 0.02; done
[ ! -e "$folder/fail" ] || exit 1
tail -c 16 "$1" | grep -q '%%EOF' || exit 1
sheet="$folder/out/$(date +%s%N)-$$"
printf '%s\\n%s\\n%s\\n' "$IPP_JOB_NAME" "$IPP_MEDIA_COL" "$IPP_PRINT_SCALING" >"$sheet.txt"
cp "$1" "$sheet.part" && mv "$sheet.part" "$sheet.pdf"
"""
_EDGES = "{{ MEMBER integer x-dimension {x} MEMBER integer y-dimension {y} }}"
_MEDIUM = """{{
  MEMBER keyword media-key "{name}"
  MEMBER collection media-size {edges}
  MEMBER keyword media-size-name "{name}"
  MEMBER integer media-bottom-margin 423
  MEMBER integer media-left-margin 423
  MEMBER integer media-right-margin 423
  MEMBER integer media-top-margin 423
  MEMBER keyword media-source "main"
  MEMBER keyword media-type "stationery"
}}"""
_REST = """
ATTR keyword media-source-supported "main"
ATTR keyword media-type-supported "stationery"
ATTR integer media-bottom-margin-supported 423
ATTR integer media-left-margin-supported 423
ATTR integer media-right-margin-supported 423
ATTR integer media-top-margin-supported 423
ATTR keyword media-col-supported "media-bottom-margin","media-left-margin","media-right-margin","media-size",\
"media-size-name","media-source","media-top-margin","media-type"
ATTR mimeMediaType document-format-default "application/pdf"
ATTR mimeMediaType document-format-supported "application/pdf"
ATTR boolean color-supported false
ATTR integer copies-default 1
ATTR rangeOfInteger copies-supported 1-1
ATTR enum orientation-requested-default 3
ATTR enum orientation-requested-supported 3,4,5,6
ATTR keyword print-color-mode-default "monochrome"
ATTR keyword print-color-mode-supported "monochrome"
ATTR enum print-quality-default 4
ATTR enum print-quality-supported 4
ATTR resolution printer-resolution-default 600x600dpi
ATTR resolution printer-resolution-supported 600x600dpi
ATTR keyword sides-default "one-sided"
ATTR keyword sides-supported "one-sided"
ATTR keyword output-bin-default "face-down"
ATTR keyword output-bin-supported "face-down"
ATTR textWithoutLanguage printer-make-and-model "Virtual Printer"
ATTR textWithoutLanguage printer-device-id "MFG:Virtual;MDL:Printer;CMD:PDF;"
ATTR octetString printer-input-tray "type=sheetFeedAutoRemovableTray;mediafeed=0;mediaxfeed=0;\
maxcapacity=250;level=100;status=0;name=main"
ATTR octetString printer-supply "index=1;class=supplyThatIsConsumed;type=toner;unit=percent;\
maxcapacity=100;level=75;colorantname=black;"
ATTR textWithoutLanguage printer-supply-description "Black Toner"
"""


@dataclass(frozen=True)
class Sheet:
    """One paper that came out: its bytes, the name of its job, the medium and the scaling asked for."""

    pdf: bytes
    title: str
    media: str
    scaling: str


@dataclass
class VirtualPrinter:
    """ippeveprinter at a port; it can be killed and started again at the same address."""

    folder: Path
    port: int
    programs: Programs
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def uri(self) -> str:
        """Where it is."""
        return f"ipp://localhost:{self.port}/ipp/print"

    @property
    def wire(self) -> Printer:
        """Our client at it."""
        return Printer(self.uri, answer_within=WITHIN)

    def start(self) -> None:
        """Switch it on, anew if it is on: with paper in it, and without a memory of earlier jobs."""
        self.kill()
        spool = self.folder / "spool"
        shutil.rmtree(spool, ignore_errors=True)
        spool.mkdir(parents=True)
        bus = ["--dbus-daemon", self.programs("usr/bin/dbus-daemon")]
        bus += ["--config-file", self.programs("usr/share/dbus-1/session.conf")]
        program = [self.programs("usr/bin/dbus-run-session"), *bus, "--", "sh", "-c", _START, "sh"]
        arguments = [self.programs("usr/sbin/ippeveprinter"), str(self.port), str(spool)]
        arguments += [str(self.folder / "attributes"), str(self.folder / "hook")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [*program, *arguments],
                start_new_session=True,
                env=self.programs.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        until(self._is_up)

    def kill(self) -> None:
        """Pull the plug, in whatever it is doing."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def rest(self) -> None:
        """Wait until no paper is on its way through it."""
        until(lambda: said(self.wire, "queued-job-count") == (0,))

    def hold(self) -> None:
        """Let the next paper stand in the middle of its printing."""
        (self.folder / "hold").touch()

    def fail(self) -> None:
        """Let the next papers be given up."""
        (self.folder / "fail").touch()

    def go_on(self) -> None:
        """Neither stand nor fail."""
        for name in ("hold", "fail"):
            (self.folder / name).unlink(missing_ok=True)

    def load(self, sheets: int) -> None:
        """Put so many sheets into the tray, none to empty it, by the web page of the printer."""
        page = f"http://localhost:{self.port}/media"
        form = {"size0": "iso_a4_210x297mm", "type0": "stationery", "level0": str(sheets)}
        httpx.get(page, params=form, trust_env=False).raise_for_status()

    def clear(self) -> None:
        """Take away what has come out."""
        for file in (self.folder / "out").iterdir():
            file.unlink()

    def out(self) -> list[Sheet]:
        """What has come out, the first paper first."""
        return [_sheet(pdf) for pdf in sorted((self.folder / "out").glob("*.pdf"))]

    def _is_up(self) -> bool:
        if self._process is None or self._process.poll() is not None:
            raise NoPrinters(f"ippeveprinter ended:\n{(self.folder / 'log').read_text()}")
        return answers(self.wire)


@contextmanager
def printing(folder: Path) -> Iterator[VirtualPrinter]:
    """A printer with every stock of ours, on a free port; it and its bus are gone afterwards."""
    (folder / "out").mkdir(parents=True)
    (folder / "attributes").write_text(_attributes())
    hook = folder / "hook"
    hook.write_text(_HOOK.format(folder=folder))
    hook.chmod(0o755)
    printer = VirtualPrinter(folder, free_port(), programs())
    try:
        printer.start()
        yield printer
    finally:
        printer.kill()


def programs() -> Programs:
    """What `make test-printers` has left behind; without it nothing here passes."""
    if there := get_printers.found():
        return there
    raise NoPrinters("Run: make test-printers")


def media() -> dict[str, tuple[float, float]]:
    """Every paper we print on, by name: across and down in millimetres, as its page lies."""
    stocks = {**envelopes.stocks(), **labels.stocks()}
    return {**SHEETS, **{name: stock.page for name, stock in stocks.items()}}


def said(wire: Printer, name: str) -> tuple[Content, ...]:
    """What a printer or a queue says of itself that the client has no need to ask."""
    everything = messages.get_printer(wire._ipp).groups[0].attributes[:-1]
    answer = wire._ask(Message(messages.GET_PRINTER, (Group(messages.OPERATION, everything),)))
    return answer.group(messages.PRINTER).values(name)


def answers(wire: Printer) -> bool:
    """Whether a printer or a queue takes papers at this moment."""
    try:
        return wire.state().accepting
    except PrinterError:
        return False


def until(question: Callable[[], bool]) -> None:
    """Ask until the answer is yes; another process is not hurried by a clock of ours."""
    late = time.monotonic() + WITHIN
    while not question():
        assert time.monotonic() < late, "it did not come to that"
        time.sleep(EYE)


def free_port() -> int:
    """A port nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _sheet(pdf: Path) -> Sheet:
    title, medium, scaling = pdf.with_suffix(".txt").read_text().splitlines()
    return Sheet(pdf.read_bytes(), title, medium, scaling)


def _attributes() -> str:
    sizes = {_name(*size): Media(*size).hundredths for size in media().values()}
    cols = [_MEDIUM.format(name=name, edges=_EDGES.format(x=x, y=y)) for name, (x, y) in sizes.items()]
    edges = [_EDGES.format(x=x, y=y) for x, y in sizes.values()]
    usual = next(iter(sizes))
    told = [
        _told("keyword media-supported", [f'"{name}"' for name in sizes]),
        _told("collection media-size-supported", edges),
        _told("collection media-col-database", cols),
        _told("collection media-col-default", cols[:1]),
        _told("collection media-col-ready", cols[:1]),
        f'ATTR keyword media-default "{usual}"\nATTR keyword media-ready "{usual}"',
    ]
    return "\n".join(told) + _REST


def _told(name: str, values: Sequence[str]) -> str:
    return f"ATTR {name} {','.join(values)}"


def _name(across: float, down: float) -> str:
    """What PWG 5101.1 calls a medium of this size; the standard's own names where it has one."""
    short, long = sorted((across, down))
    return _STANDARD.get((short, long), f"custom_{short:g}x{long:g}mm_{short:g}x{long:g}mm")


_STANDARD: dict[tuple[float, float], str] = {
    (210, 297): "iso_a4_210x297mm",
    (148, 210): "iso_a5_148x210mm",
    (110, 220): "iso_dl_110x220mm",
    (162, 229): "iso_c5_162x229mm",
    (229, 324): "iso_c4_229x324mm",
    # B6 of GB/T 1416 is an envelope by ISO 269, and so is this.
    (125, 176): "iso_b6_125x176mm",
}
