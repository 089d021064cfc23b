"""What is asked of an office that is added, changed, verified, and the files of the directory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workstation.acts import checks, inputs, office_files, offices
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress
from workstation.acts.table_files import Difference
from workstation.domain.office import Office
from workstation.screens.dialogs import Asked
from workstation.screens.long_form import Sheet, Values
from workstation.screens.offices import saying
from workstation.screens.table_files import Export, Import

_FIELDS = (
    "code",
    "division",
    "name",
    "address",
    "postcode",
    "phone",
    "department",
    "contact",
    "hours",
    "verified_on",
)
NOBODY = "-"
"""Typed where no contact person is to be noted any more."""
_COLUMNS = f"列：{'、'.join(office_files.HEADS.values())}。"


def adding() -> Sheet[Office]:
    """A new office."""
    return Sheet(
        "新增属地部门",
        list(_asked(None)),
        lambda desk, values: offices.add(desk, _office(values)),
        lambda office: f"已新增 {office.code}（{office.name}）。",
        text="照来源抄写；打电话核实过的，写上核实日期，没有就空着。",
        yes="新增",
    )


def changing(office: Office) -> Sheet[Office]:
    """All of an office once more; its contact person is not shown."""
    kept = f"联系人空着就不改，写 {NOBODY} 就去掉。" if office.contact else ""
    back = "停用的部门，更改后恢复在用。" if office.state != "active" else ""
    return Sheet(
        f"更改属地部门 {office.code}",
        list(_asked(office)),
        lambda desk, values: offices.change(desk, _office({**values, "code": office.code}, office)),
        lambda changed: f"已更改 {changed.code}（{changed.name}），现为第 {changed.version} 版。",
        text=f"地址、电话改了就要重新核实；刚问过的，写上核实日期。{kept}{back}",
        yes="更改",
        seen=office.version,
    )


def verifying(office: Office, today: str) -> Sheet[Office]:
    """Somebody has just telephoned."""
    return Sheet(
        f"电话核实 {office.code}",
        [Asked("on", "核实日期", value=today, required=True)],
        lambda desk, values: offices.verify(desk, office.code, on=values["on"]),
        lambda verified: f"已登记 {verified.code}（{verified.name}）于 {verified.verified_on} 核实。",
        text=saying.to_ask(office),
        yes="登记",
        seen=office.version,
    )


def _asked(office: Office | None) -> Iterator[Asked]:
    for name in _FIELDS:
        if office is not None and name == "code":
            continue
        hidden = name in ("contact", "verified_on")
        value = "" if office is None or hidden else getattr(office, name)
        yield Asked(name, office_files.HEADS[name], value=value, required=name in checks.OFFICE_REQUIRED)


def _office(values: Values, known: Office | None = None) -> inputs.Office:
    """What was typed; what is wrong with a field is said by the field's word."""
    typed = {name: text.strip() for name, text in values.items() if text.strip()}
    if known is not None and known.contact and "contact" not in typed:
        typed["contact"] = known.contact
    if typed.get("contact") == NOBODY:
        del typed["contact"]
    right = {name: checks.office_field(office_files.HEADS[name], name, typed[name]) for name in typed}
    return inputs.Office(**right)


# --- files


def importing() -> Import[Path]:
    """The directory from a table file."""
    return Import(
        "导入属地部门",
        office_files.HEADS,
        _read,
        lambda desk, path, _, told: office_files.import_file(desk, path.name, path, progress=told),
        text=_COLUMNS,
    )


def _read(desk: Desk, path: Path, _: Values, told: Progress) -> tuple[Path, Difference]:
    return path, office_files.import_file(desk, path.name, path, preview=True, progress=told)


def exporting() -> Export:
    """The directory as a table file."""
    return Export(
        "导出属地部门",
        lambda desk, kind, _, told: office_files.export(desk, kind, progress=told),
        text="全部部门，停用的也在内；文件名以 .csv 或 .xlsx 结尾。",
        told="联系人是明文，请妥善保管。",
    )
