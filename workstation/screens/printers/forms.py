"""What is asked of a printer, a route and a calibration."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from workstation.acts import calibrating, checks, labels, printers, stocks
from workstation.acts.desk import Desk
from workstation.domain.printing import USES, Printer, Route
from workstation.domain.words import word
from workstation.screens.dialogs import Asked
from workstation.screens.long_form import Sheet, Values
from workstation.screens.printers import saying

_ADDRESS = "如 ipp://192.168.1.20/ipp/print；CUPS 队列如 ipp://192.168.1.5:631/printers/名称。"
_DOTS = "203、300 或 600；条码按它的点来画。"
_CERTIFICATE = "只有 ipps 而打印机用自己的证书时才填：证书文件的路径。"
PRINT, LAY_OUT, HAVE = "print", "lay_out", "have"
_HOW = {PRINT: "先在这台上打校准页", LAY_OUT: "校准页放进出纸盘", HAVE: "已经打好，现在量"}


def adding() -> Sheet[Printer]:
    """A new printer."""
    return Sheet(
        "新增打印机",
        [
            Asked("printer", "名称", required=True, explains="大厅里怎么叫它，20 字以内；以后不能改。"),
            *_asked("", ""),
        ],
        lambda desk, values: printers.add(
            desk,
            values["printer"],
            values["uri"],
            dpi=_dots(values["dpi"]),
            certificate=_file(values),
        ),
        lambda made: f"已登记打印机“{made.name}”。按 F5 问一问它在不在。",
        text="登记后，请设去向（F7），套印封套的再校准（F8）。",
    )


def changing(printer: Printer) -> Sheet[Printer]:
    """Another address, other dots, another certificate."""
    retired = printer.state != "in_service"
    return Sheet(
        f"更改打印机“{printer.name}”",
        list(_asked(printer.uri, str(printer.dpi))),
        lambda desk, values: printers.change(
            desk, printer.name, uri=values["uri"], dpi=_dots(values["dpi"]), certificate=_file(values)
        ),
        lambda changed: f"已更改打印机“{changed.name}”，{word(changed.state)}。",
        text="停用的打印机，更改后恢复在用。" if retired else "已经排好的纸面，换了分辨率要重新排版。",
        yes="更改",
        seen=printer.version,
    )


def _asked(uri: str, dpi: str) -> Sequence[Asked]:
    return (
        Asked("uri", "地址", value=uri, required=True, explains=_ADDRESS),
        Asked("dpi", "分辨率", value=dpi, required=True, explains=_DOTS),
        Asked("certificate", "证书", explains=_CERTIFICATE),
    )


def routing(route: Route, names: Sequence[str], sizes: Mapping[str, str]) -> Sheet[Route]:
    """Where the papers of a window go from now on."""
    return Sheet(
        "设置出纸去向",
        [
            Asked("window", "窗口号", value=str(route.window), required=True),
            Asked("use", "哪种纸面", {use: word(use) for use in USES}, value=route.use),
            Asked("printer", "去哪里", {"": saying.TRAY, **_same(names)}, value=route.printer or ""),
            Asked("stock", "封套", dict(sizes), value=route.stock or stocks.USUAL, explains="只问封套面。"),
        ],
        _routed,
        lambda made: f"已设置：{saying.route_told(made)}。",
        text="从下一张纸面起照此；已经交去打印的不变。文书的纸张（A4、A5）由文书自己定。",
        yes="设置",
        seen=None,
    )


def _routed(desk: Desk, values: Values) -> Route:
    return printers.set_route(
        desk,
        values["use"],
        printer=values["printer"] or None,
        stock=values["stock"] if values["use"] == "envelope" else None,
        window=_whole("window", values["window"], "不是窗口的号码。"),
    )


def sizes(desk: Desk) -> dict[str, str]:
    """Every envelope and label this window can print on, with its size."""
    found = stocks.known(desk.tray)
    return {name: f"{name}（{each.page[0]:g} × {each.page[1]:g}）" for name, each in found.items()}


def calibration(printer: str, names: Sequence[str], sizes: Mapping[str, str]) -> list[Asked]:
    """Which printer on which stock, and whether the sheet is there already."""
    return [
        Asked("printer", "打印机", {**_same(names), "": saying.TRAY}, value=printer),
        Asked("stock", "封套", dict(sizes), value=stocks.USUAL),
        Asked("how", "校准页", _HOW),
    ]


def distances() -> list[Asked]:
    """What was measured."""
    return [
        Asked("left", "左边毫米", required=True, explains="左边第一个十字到纸左边缘，如 21.3。"),
        Asked("top", "上边毫米", required=True, explains="上边第一个十字到纸上边缘，如 18.9。"),
    ]


def offsets(values: Values) -> tuple[int, int]:
    """What follows from the measured distances, or what is wrong with them."""
    return calibrating.offsets(millimetres(values, "left"), millimetres(values, "top"))


def millimetres(values: Values, name: str) -> float:
    """A distance as it was typed, with whatever point the input method gave."""
    text = unicodedata.normalize("NFKC", values[name]).strip().removesuffix("mm").removesuffix("毫米")
    digits = text.strip().replace("。", ".")
    if not digits.replace(".", "", 1).isdecimal() or len(digits) > 6:
        raise checks.usage(
            "distance-wrong", labels.wrong(name, "不是毫米数。"), "请写量得的毫米数，如 21.3。"
        )
    return float(digits)


def _same(names: Sequence[str]) -> dict[str, str]:
    return {name: name for name in names}


def _dots(text: str) -> int:
    return _whole("dpi", text, "不是数。")


def _whole(name: str, text: str, wrong: str) -> int:
    digits = unicodedata.normalize("NFKC", text).strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 5):
        raise checks.usage("number-wrong", labels.wrong(name, wrong), "请写阿拉伯数字。")
    return int(digits)


def _file(values: Values) -> Path | None:
    text = values["certificate"].strip()
    return Path(text) if text else None
