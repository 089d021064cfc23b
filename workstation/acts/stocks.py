"""The envelopes and labels this window can print on: ours by GB/T 1416, and the hall's own beside them.

The hall's stand in the home, `envelopes.toml` and `labels.toml`; one of a known name replaces ours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from workstation.acts import refusals
from workstation.domain.paper import Paper
from workstation.errors import Refused
from workstation.settings import os_reason

if TYPE_CHECKING:
    from printing.envelopes import Stock
    from printing.labels import LabelStock

    AnyStock: TypeAlias = Stock | LabelStock

USUAL = "C5"
"""What an envelope's face is drawn for where nobody has said otherwise."""
_LARGEST = 1 << 20


def known(tray: Path) -> Mapping[str, AnyStock]:
    """Every stock by name, envelopes before labels."""
    from printing import envelopes, labels

    home = tray.parent
    return {
        **envelopes.stocks(),
        **_own(home / "envelopes.toml", envelopes.read),
        **labels.stocks(),
        **_own(home / "labels.toml", labels.read),
    }


def of(tray: Path, paper: Paper) -> AnyStock | None:
    """What a face is drawn for, in the dots and with the offsets of its printer; None for a sheet."""
    if paper.stock is None and paper.kind != "envelope":
        return None
    stock = find(tray, paper.stock or USUAL)
    changes: dict[str, Any] = {
        "dpi": paper.dpi,
        "offset_left": _millimetres(paper.offset_left),
        "offset_top": _millimetres(paper.offset_top),
    }
    given = {name: value for name, value in changes.items() if value is not None}
    return msgspec.structs.replace(stock, **given)


def _millimetres(tenths: int | None) -> float | None:
    return None if tenths is None else tenths / 10


def find(tray: Path, name: str) -> AnyStock:
    """The stock of this name, or a refusal that names all."""
    stocks = known(tray)
    if name not in stocks:
        raise _unknown(name, stocks)
    return stocks[name]


def _own(path: Path, read: Callable[[bytes], Mapping[str, Any]]) -> Mapping[str, Any]:
    from printing.envelopes import WrongStock

    try:
        if path.stat().st_size > _LARGEST:
            raise _wrong(path, "文件太大")
        return read(path.read_bytes())
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise _wrong(path, os_reason(error)) from error
    except WrongStock as error:
        raise _wrong(path, str(error)) from error


def _unknown(name: str, stocks: Mapping[str, Any]) -> Refused:
    return Refused(
        "stock-unknown",
        what=f"没有叫“{refusals.shown(name)}”的封套或标签，没有办理。",
        why=f"“{refusals.shown(name)}”不在现有的之列：{'、'.join(stocks)}。",
        next="请选现有的一种；本厅自用的尺寸由管理员写进数据目录。（命令：文件 envelopes.toml、labels.toml）",
    )


def _wrong(path: Path, why: str) -> Refused:
    return Refused(
        "stock-file-wrong",
        what="本厅自用的封套或标签尺寸读不出来，没有办理。",
        why=f"{path}：{why}。",
        next='请管理员改正这个文件（中文名称要加引号，如 ["厅用大封"]）；移走它就只用国家标准的尺寸。',
    )
