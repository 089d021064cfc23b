"""What is asked for an item of the hall's own, for another mode, and for files of checklists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from forms import items
from workstation.acts import catalogue, guides, hall_items, inputs
from workstation.acts.desk import Desk
from workstation.acts.guides import Given
from workstation.acts.progress import Progress
from workstation.acts.table_files import Difference
from workstation.domain.guide import ItemVersion
from workstation.screens.dialogs import Asked
from workstation.screens.items import saying
from workstation.screens.long_form import Sheet, Values
from workstation.screens.table_files import Export, Import

_MODE = "mode."
_SCOPE = "部门代码（如 450103-hz）、6 位区划代码，或 *（全部属地部门）。"
_SOURCED = (
    Asked("source", "来源", required=True, explains="哪份文件或决定，照它的名称写。"),
    Asked("source_date", "来源日期", required=True, explains="文件或决定的日期，如 2026-11-01。"),
)
_TWO = "系统管理员办理的，要值班长确认。"


def adding() -> Sheet[ItemVersion]:
    """An item of the hall's own."""
    places = {str(place): str(place) for place in items.BasisPlace}
    asked = (
        Asked("code", "事项代码", required=True, explains="字母、数字、连字符，如 H-1。"),
        Asked("title", "事项名称", required=True),
        Asked("scenario", "应用场景", required=True),
        Asked("basis_place", "属地依据", codes=places),
        *_ticks(()),
        *_SOURCED,
        Asked("lead_ministry", "牵头单位"),
        Asked("cooperating_ministries", "配合单位", explains="几个之间用顿号隔开。"),
        Asked("provincial_department", "省牵头单位"),
    )
    text = f"全国清单以外、本大厅要办的事项。办理方式可勾几种。{_TWO}"
    return Sheet("新增事项", asked, _add, lambda made: f"已新增事项：{_said(made)}。", text=text, yes="新增")


def changing_mode(item: items.Item) -> Sheet[ItemVersion]:
    """How an item is done from now on."""
    now = saying.modes(item.modes)
    return Sheet(
        f"更改办理方式 {item.code}",
        (*_ticks(item.modes), *_SOURCED),
        lambda desk, values: hall_items.set_mode(
            desk, item.code, _ticked(values), source=values["source"], source_date=values["source_date"]
        ),
        lambda made: f"已更改办理方式：{_said(made)}。",
        text=f"{item.title}\n现在：{now}。以前的版本都留着。{_TWO}",
        yes="更改",
    )


def _ticks(ticked: Sequence[items.Mode]) -> Iterator[Asked]:
    for mode, word in items.MODE_WORDS.items():
        yield Asked(f"{_MODE}{mode}", word, value="yes" if mode in ticked else "no", tick=True)


def _ticked(values: Values) -> tuple[str, ...]:
    return tuple(str(mode) for mode in items.Mode if values.get(f"{_MODE}{mode}") == "yes")


def _add(desk: Desk, values: Values) -> ItemVersion:
    cooperating = values["cooperating_ministries"].replace(",", "、").replace("，", "、").split("、")
    item = inputs.HallItem(
        code=values["code"],
        title=values["title"],
        scenario=values["scenario"],
        modes=_ticked(values),
        basis_place=values["basis_place"],
        source=values["source"],
        source_date=values["source_date"],
        lead_ministry=values["lead_ministry"],
        cooperating_ministries=tuple(name.strip() for name in cooperating if name.strip()),
        provincial_department=values["provincial_department"],
    )
    return hall_items.add(desk, item)


def _said(made: ItemVersion) -> str:
    return f"{made.code}　{made.title}（第 {made.edition} 版，{saying.modes(made.modes.split(','))}）"


# --- files


def importing() -> Import[Given]:
    """Checklists from a table file, for an office, a division or all."""
    columns = "、".join(word for field, word in guides.HEADS.items() if field != "order")
    return Import(
        "导入办事指南",
        guides.HEADS,
        _read,
        lambda desk, given, values, told: guides.take(
            desk,
            given,
            scope=values["scope"],
            source=values["source"],
            source_date=values["source_date"],
            progress=told,
        ),
        asked=(Asked("scope", "适用于", required=True, explains=_SCOPE), *_SOURCED),
        text=f"适用于：{_SCOPE}\n列：{columns}。",
    )


def _read(desk: Desk, path: Path, values: Values, told: Progress) -> tuple[Given, Difference]:
    catalogue.sourced(values["source"], values["source_date"], now=desk.store.now())
    given = guides.read(path.name, path, progress=told)
    return given, guides.compared(desk, given, scope=values["scope"])


def exporting(code: str = "") -> Export:
    """Checklists as a table file to be edited; those shipped where no scope is named."""
    return Export(
        "导出材料清单",
        _write,
        asked=(
            Asked("scope", "适用于", explains=f"{_SCOPE}空着就导出本系统自带的清单，作为编辑的底稿。"),
            Asked("codes", "只要事项", value=code, explains="事项代码，几个之间用顿号隔开；空着是全部。"),
        ),
        text=f"文件名以 .csv 或 .xlsx 结尾。适用于：{_SCOPE}空着就导出自带的清单。",
        told="编辑后可以再导入。",
    )


def _write(desk: Desk, kind: str, values: Values, told: Progress) -> bytes:
    text = values["codes"].replace(",", "、").replace("，", "、")
    codes = [code.strip() for code in text.split("、") if code.strip()]
    if values["scope"].strip():
        return guides.export(desk, values["scope"], kind, codes, progress=told)
    with desk.reading() as reading:
        known = [catalogue.item(reading, code).code for code in codes]
    return guides.shipped(kind, known)
