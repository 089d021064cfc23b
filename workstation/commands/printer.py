"""Noun `printer` 打印机: which there are, where each window's papers go, and what each must correct."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from workstation.acts import calibrating, printers, stocks
from workstation.acts.printers import Standing
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.printing import USES, Calibration, Route
from workstation.domain.words import word

HELP = "打印机：登记、查看、校准，设置各窗口出纸去向"

_NAME = argument("name", metavar="名称", help="打印机名称")
_STOCK = argument("--stock", required=True, metavar="封套", help="封套或标签，如 C5；printer stocks 列出")
_LATER = (
    argument("--uri", metavar="地址", help="新的地址"),
    argument("--dpi", type=int, metavar="分辨率", help="新的分辨率"),
    argument("--certificate", type=Path, metavar="文件", help="打印机自己的证书"),
)
_FIRST = (
    argument("--uri", required=True, metavar="地址", help="如 ipp://192.168.1.20/ipp/print"),
    argument("--dpi", required=True, type=int, metavar="分辨率", help="203、300 或 600"),
    argument("--certificate", type=Path, metavar="文件", help="打印机自己的证书（ipps）"),
)
_ROUTE = (
    argument("use", metavar="用途", choices=USES, help="sheet 文书，envelope 封套面"),
    argument("--printer", metavar="名称", help="去哪台打印机；不写就是放进出纸盘"),
    argument("--stock", metavar="封套", help="封套面用哪种封套或标签"),
    argument("--at", type=int, metavar="窗口", help="哪个窗口；不写就是本窗口"),
)
_MEASURED = (
    argument("--left", type=float, metavar="毫米", help="量得左边第一个十字到纸边的距离"),
    argument("--top", type=float, metavar="毫米", help="量得上边第一个十字到纸边的距离"),
)


def register(verbs: Verbs) -> None:
    """The verbs of a printer."""
    verbs.add("list", _list, help="列出打印机、校准和去向", shows="--as 1001")
    verbs.add("stocks", _stocks, help="列出能印的封套和标签", shows="--as 1001")
    example = "信封机 --uri ipp://192.168.1.20/ipp/print --dpi 300 --as 2001"
    verbs.add("add", _add, help="登记一台打印机", shows=example, arguments=[_NAME, *_FIRST])
    verbs.add(
        "change",
        _change,
        help="更改地址、分辨率或证书，或恢复停用的",
        shows="信封机 --dpi 600 --as 2001",
        arguments=[_NAME, *_LATER],
    )
    verbs.add("retire", _retire, help="停用：去向改回出纸盘", shows="信封机 --as 2001", arguments=[_NAME])
    verbs.add("ask", _ask, help="问打印机现在怎样", shows="信封机 --as 1001", arguments=[_NAME])
    verbs.add(
        "route",
        _route,
        help="设置一个窗口的纸面去哪里",
        shows="envelope --printer 信封机 --stock C5 --as 2001",
        arguments=_ROUTE,
    )
    verbs.add(
        "calibrate",
        _calibrate,
        help="打印校准页；量好后写明两个距离",
        shows=("信封机 --stock C5 --as 2001", "信封机 --stock C5 --left 21.3 --top 18.9 --as 2001"),
        arguments=[_NAME, _STOCK, *_MEASURED],
    )


def _list(context: Context, _: Namespace) -> Result:
    found, routes = printers.listed(context.desk()), printers.routes(context.desk())
    rows = [
        (p.printer.name, word(p.printer.state), p.printer.dpi, p.printer.uri, _corrections(p)) for p in found
    ]
    texts = [output.table(("名称", "状态", "分辨率", "地址", "校准（毫米，右、下）"), rows)]
    texts += [_route_text(route) for route in routes]
    data = {"printers": [_data(standing) for standing in found], "routes": [shown.record(r) for r in routes]}
    return Result(data, text="\n".join(texts))


def _data(standing: Standing) -> dict[str, Any]:
    calibrations = [shown.record(each) for each in standing.calibrations]
    return {**shown.record(standing.printer), "calibrations": calibrations}


def _corrections(standing: Standing) -> str:
    return "；".join(map(_correction, standing.calibrations))


def _correction(found: Calibration) -> str:
    return f"{found.stock} {found.offset_left / 10:+g}、{found.offset_top / 10:+g}"


def _route_text(route: Route) -> str:
    stock = f"，用 {route.stock}" if route.stock else ""
    return f"{route.window} 号窗口的{word(route.use)}：{route.printer or '出纸盘'}{stock}"


def _stocks(context: Context, _: Namespace) -> Result:
    desk = context.desk()
    desk.signed_in()
    found = stocks.known(desk.tray)
    data = [
        {"name": name, "width": s.page[0], "height": s.page[1], "dpi": s.dpi} for name, s in found.items()
    ]
    rows = [tuple(each.values()) for each in data]
    return Result({"stocks": data}, text=output.table(("名称", "横（毫米）", "竖（毫米）", "分辨率"), rows))


def _add(context: Context, args: Namespace) -> Result:
    printer = printers.add(context.desk(), args.name, args.uri, dpi=args.dpi, certificate=args.certificate)
    return Result({"printer": shown.record(printer)}, text=f"已登记打印机：{printer.name}。")


def _change(context: Context, args: Namespace) -> Result:
    printer = printers.change(
        context.desk(), args.name, uri=args.uri, dpi=args.dpi, certificate=args.certificate
    )
    return Result({"printer": shown.record(printer)}, text=f"已更改打印机：{printer.name}。")


def _retire(context: Context, args: Namespace) -> Result:
    printer = printers.retire(context.desk(), args.name)
    return Result({"printer": shown.record(printer)}, text=f"已停用打印机：{printer.name}。")


def _ask(context: Context, args: Namespace) -> Result:
    condition = printers.ask(context.desk(), args.name)
    data = {"condition": {"id": condition.id, "what": condition.what, "next": condition.next}}
    return Result(data, text="。".join(filter(None, (condition.what, condition.next))) + "。")


def _route(context: Context, args: Namespace) -> Result:
    route = printers.set_route(
        context.desk(), args.use, printer=args.printer, stock=args.stock, window=args.at
    )
    return Result({"route": shown.record(route)}, text=f"已设置。{_route_text(route)}。")


def _calibrate(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    if args.left is None and args.top is None:
        condition = calibrating.print_sheet(desk, args.name, args.stock)
        if condition.id != "completed":
            raise calibrating.not_printed(args.name, condition)
        return Result({"printed": True}, text="校准页已打印。请按页上的说明量两个距离。")
    found = calibrating.calibrate(desk, args.name, args.stock, left=args.left, top=args.top)
    text = f"已校准“{found.printer}”（毫米，向右、向下）：{_correction(found)}。"
    return Result({"calibration": shown.record(found)}, text=text)
