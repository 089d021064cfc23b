"""Printers of the hall 打印机, where each window's papers go, and the print jobs 打印任务 on their way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: What is printed apart: sheets (A4, A5) and the faces of envelopes, each on paper of its own.
USES = ("sheet", "envelope")


@dataclass(frozen=True)
class Printer:
    """A printer or print queue the hall knows, spoken to over IPP."""

    name: str
    """What people at the hall call it."""
    uri: str
    dpi: int
    """Dots per inch; barcodes are drawn in whole dots of it."""
    certificate: str | None = None
    """File of its own certificate, where no authority vouches for it."""
    state: str = "in_service"
    """in_service · retired."""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class Calibration:
    """How far a printer must move the page on one stock, in tenths of a millimetre to the right and down."""

    printer: str
    stock: str
    offset_left: int
    offset_top: int
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


@dataclass(frozen=True)
class Route:
    """Where a window's papers of one use go: a printer or, without one, the output tray 出纸盘."""

    window: int
    use: str
    """One of `USES`."""
    printer: str | None
    stock: str | None = None
    """On which envelopes or labels; None for sheets, whose wording says A4 or A5."""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""


class PrintState(StrEnum):
    """Where a print job stands. `sending`: the paper may be on its way at this moment."""

    WAITING = "print_waiting"
    SENDING = "sending"
    SENT = "sent"
    PRINTED = "print_done"
    FAILED = "print_failed"
    UNSURE = "unsure"
    CANCELED = "print_canceled"


#: Nothing more will happen to these by themselves.
ENDED = frozenset({PrintState.PRINTED, PrintState.FAILED, PrintState.CANCELED})
#: With these a sheet of paper exists, or may exist: another one of the same number would be a double.
MAY_EXIST = frozenset({PrintState.SENDING, PrintState.SENT, PrintState.PRINTED, PrintState.UNSURE})


@dataclass(frozen=True)
class PrintJob:
    """One attempt to bring one face onto paper."""

    id: str
    """Number of the face and ordinal: `43502031012632500012-1`."""
    paper: str
    printer: str
    state: str
    window: int
    queued_at: int
    queued_by: str
    printer_job: int | None = None
    """What the printer calls it."""
    sent_at: int | None = None
    ended_at: int | None = None
    ended_by: str | None = None
    """Who said how it ended; None: the printer."""
    condition: str | None = None
    """Why it did not print: a row of `integrations.printers.states.CONDITIONS`, or `void`, `killed`."""
    version: int = 1
    changed_at: int = 0
    changed_by: str = ""
    changed_act: str = ""

    @property
    def title(self) -> str:
        """Its name at the printer: short, and without a run of digits that queues take for something else."""
        groups = [self.paper[at : at + 4] for at in range(0, len(self.paper), 4)]
        return f"paper {' '.join(groups)}{self.id.removeprefix(self.paper)}"
