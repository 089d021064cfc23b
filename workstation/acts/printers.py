"""Printers of the hall: added, changed, retired; where each window's papers go; what each must correct."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from forms.identifiers import plain_text
from workstation.acts import checks, labels, refusals, stocks
from workstation.acts.desk import Desk
from workstation.domain.printing import USES, Calibration, Printer, Route
from workstation.errors import Refused, WrongUsage
from workstation.store.work import Reading, Work

if TYPE_CHECKING:
    from integrations.printers import client
    from integrations.printers.states import Condition

_NAME = 20
_URI = 200
DPI = (75, 2400)
"""What is sold: from coarse label printers to type setters."""
MOST_WINDOWS = 99
"""A number of ours has two digits for the window."""
_SCHEMES = ("ipp", "ipps", "http", "https")


@dataclass(frozen=True)
class Standing:
    """A printer, what it corrects on each stock, and which windows' papers come to it."""

    printer: Printer
    calibrations: tuple[Calibration, ...]
    routes: tuple[Route, ...]


def find(reading: Reading, name: str) -> Printer:
    """The printer of this name, or a refusal."""
    printer = reading.printers.get(refusals.readable("printer", name))
    if printer is None:
        raise refusals.not_found("printer", name)
    return printer


def in_service(reading: Reading, name: str) -> Printer:
    """Likewise; refused if it was retired."""
    printer = find(reading, name)
    if printer.state != "in_service":
        raise _retired(printer)
    return printer


def add(desk: Desk, name: str, uri: str, *, dpi: int, certificate: Path | None = None) -> Printer:
    """Enter a printer under a name of its own; whether it answers is for `ask` to say."""
    name = checks.field("printer", plain_text.validate, name)
    if len(name) > _NAME:
        raise checks.usage(
            "printer-name-long", labels.wrong("printer", "太长了。"), f"请用 {_NAME} 字以内的名称。"
        )
    printer = Printer(name, _uri(uri), _dpi(dpi), _file(certificate))
    with desk.act("add_printer") as work:
        if work.printers.get(name):
            raise _exists(name)
        work.object = name
        return work.printers.add(printer)


def change(
    desk: Desk, name: str, *, uri: str | None = None, dpi: int | None = None, certificate: Path | None = None
) -> Printer:
    """Have what is given as given from now on, and a retired printer in service again."""
    new_uri = _uri(uri) if uri is not None else None
    new_dpi = _dpi(dpi) if dpi is not None else None
    new_file = _file(certificate)
    with desk.act("change_printer") as work:
        known = _for_act(desk, work, name)
        changed = replace(
            known,
            state="in_service",
            uri=new_uri or known.uri,
            dpi=new_dpi or known.dpi,
            certificate=new_file or known.certificate,
        )
        return work.printers.save(changed)


def retire(desk: Desk, name: str) -> Printer:
    """No paper goes there any more; routes to it lead to the tray from now on."""
    with desk.act("retire_printer") as work:
        known = _for_act(desk, work, name)
        for route in work.routes.where(printer=name):
            work.routes.save(replace(route, printer=None))
        return work.printers.save(replace(known, state="retired"))


def set_route(
    desk: Desk, use: str, *, printer: str | None, stock: str | None = None, window: int | None = None
) -> Route:
    """Where papers of this use go at a window from now on; what is promised already goes its old way."""
    checks.one_of("use", use, USES)
    if window is not None and not 1 <= window <= MOST_WINDOWS:
        raise _no_window()
    with desk.act("set_route") as work:
        if printer is not None:
            in_service(work, printer)
        if stock is not None:
            stocks.find(desk.tray, stock)
        if (use == "envelope") != (stock is not None):
            raise _stock_expected(use)
        route = Route(desk.window if window is None else window, use, printer, stock)
        work.object = f"{route.window}"
        known = work.routes.get(route.window, use)
        if known is None:
            return work.routes.add(route)
        return work.routes.save(replace(known, printer=printer, stock=stock))


def listed(desk: Desk) -> list[Standing]:
    """Every printer, those in service first."""
    desk.signed_in()
    with desk.reading() as reading:
        printers = sorted(reading.printers.where(), key=lambda printer: (printer.state, printer.name))
        return [
            Standing(
                printer,
                tuple(reading.calibrations.where(printer=printer.name)),
                tuple(reading.routes.where(printer=printer.name)),
            )
            for printer in printers
        ]


def routes(desk: Desk) -> list[Route]:
    """Where the papers of every window go, as far as somebody has said so."""
    desk.signed_in()
    with desk.reading() as reading:
        return reading.routes.where()


def ask(desk: Desk, name: str) -> Condition:
    """How the printer is at this moment, asked over the wire."""
    from integrations.printers import PrinterError, states

    desk.signed_in()
    with desk.reading() as reading:
        printer = find(reading, name)
    try:
        return wire(printer).state().condition
    except PrinterError as error:
        return states.condition_of(error)


def wire(printer: Printer) -> client.Printer:
    """The way to this printer."""
    # Loaded late: the web library takes longer to load than most commands take to run.
    from integrations.printers import client

    return client.Printer(printer.uri, Path(printer.certificate) if printer.certificate else None)


def _for_act(desk: Desk, work: Work, name: str) -> Printer:
    known = find(work, name)
    desk.saw(known)
    work.object = name
    return known


def _uri(text: str) -> str:
    text = checks.field("uri", plain_text.validate, text)
    if not re.fullmatch(rf"({'|'.join(_SCHEMES)})://[^\s/@]+(/\S*)?", text) or len(text) > _URI:
        raise checks.usage(
            "printer-address",
            labels.wrong("uri", "不是打印机的地址。"),
            "请照打印机的说明书填写完整的网络地址，不带用户名和密码。（命令：如 ipp://192.168.1.20/ipp/print）",
        )
    return text


def _dpi(dots: int) -> int:
    from printing import barcodes

    least, most = DPI
    try:
        if least <= dots <= most:
            barcodes.dots(dots)
            return dots
    except barcodes.TooCoarse:
        pass
    raise checks.usage(
        "printer-dpi",
        labels.wrong("dpi", "印不出扫得稳的条码，或没有这样的打印机。"),
        "请填写打印机的分辨率，一般是 203、300 或 600。",
    )


def _file(path: Path | None) -> str | None:
    if path is None:
        return None
    if not path.is_file():
        raise checks.usage(
            "certificate-missing", labels.wrong("certificate", "没有这个文件。"), "请核对证书文件的路径。"
        )
    return str(path.absolute())


def _exists(name: str) -> Refused:
    return Refused(
        "printer-exists",
        what=f"已有一台打印机叫“{name}”，没有新增。",
        why="每台打印机要有自己的名称，任务记在名称下。",
        next="请换一个名称，或更改原有的那一台。（命令：printer change）",
    )


def _retired(printer: Printer) -> Refused:
    return Refused(
        "printer-retired",
        what=f"打印机“{printer.name}”已停用，没有办理。",
        why="停用的打印机不再接收纸面。",
        next="请选另一台；要恢复它，请更改它的设置。（命令：printer change）",
    )


def _no_window() -> WrongUsage:
    return checks.usage(
        "window-impossible",
        labels.wrong("window", f"只能是 1 到 {MOST_WINDOWS}。"),
        "请写要设置的窗口的号码。",
    )


def _stock_expected(use: str) -> Refused:
    if use == "envelope":
        return Refused(
            "stock-missing",
            what="没有说明用哪种封套，没有设置。",
            why="封套面按封套的尺寸排版。",
            next="请选一种封套或标签。（命令：--stock，printer stocks 列出）",
        )
    return Refused(
        "stock-unexpected",
        what="文书不用封套，没有设置。",
        why="文书的纸张（A4、A5）由文书本身定。",
        next="请去掉封套种类。（命令：--stock）",
    )
