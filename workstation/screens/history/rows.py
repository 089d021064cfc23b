"""What a line of the list shows: a file that was imported, or an old case out of one."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.acts import old_cases
from workstation.acts.ledger_columns import FIELDS
from workstation.domain.history import OldCase, Rescue
from workstation.domain.times import minute
from workstation.domain.words import word


@dataclass(frozen=True)
class Row:
    """One line, and all about it."""

    key: str
    cells: tuple[str, str, str]
    told: str
    is_file: bool = False


def of_file(rescue: Rescue) -> Row:
    """A file of the hall's old ledger."""
    flagged = f"! {rescue.flagged} 行" if rescue.flagged else ""
    state = word(rescue.state)
    told = (
        f"{rescue.id}　{state}　{minute(rescue.changed_at)} {rescue.changed_by}\n"
        f"共 {rescue.lines} 行：导入 {rescue.taken}，其中残损 {rescue.flagged}；未导入 {rescue.left_out}。"
    )
    if rescue.state == "importing":
        told += "\n还没有导完：再导入同一个文件，就接着导。"
    return Row(rescue.id, (rescue.id, f"{state}　{rescue.taken} 行", flagged), told, is_file=True)


def of_case(old: OldCase) -> Row:
    """An old case, masked."""
    cells, flags = old_cases.cells(old), old_cases.flags_of(old)
    about = "　".join(
        cells[name] for name in ("received_on", "applicant_name", "number", "item") if name in cells
    )
    return Row(old.id, (old.id, about, f"! {'；'.join(flags)}" if flags else ""), whole(old))


def whole(old: OldCase) -> str:
    """What is damaged in an old case, and all that is known of it, masked."""
    flags = [f"! {flag}" for flag in old_cases.flags_of(old)]
    return "\n".join([*flags, *(f"{FIELDS[field]}：{text}" for field, text in old_cases.cells(old).items())])
