"""旧台账导入: the hall's old Excel ledger becomes history; what is damaged is flagged, never guessed.

A file goes in by portions, each one act: killed in between, the next import of the same file goes on there.
What was left out is written to a report; looking at what came in is `old_cases`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from forms.rescue import heads as old_heads
from forms.rescue import lines
from forms.rescue.lines import Column, Left, Table, Taken, Why
from workstation.acts import ledger_columns, old_cases, old_ledgers, refusals, table_files
from workstation.acts.desk import Desk
from workstation.acts.old_ledgers import Ledger
from workstation.acts.progress import Progress, Stopped, silent
from workstation.domain.history import Rescue
from workstation.domain.times import local, minute
from workstation.errors import Refused, WrongUsage
from workstation.store.statements import history as sql
from workstation.store.work import Work

PORTION = 1000
"""Lines of one transaction."""
_FIRST = 5
"""Lines a preview shows."""
_REPORTED = 90_000
"""Lines of a report; a table file of ours has no more rows than we would read."""
REPORT_HEADS = ("行", "没有导入的原因")

#: Why a line is left out.
REASONS = {
    Why.EMPTY: "对应的各列都是空的",
    Why.TOTAL: "合计行",
    Why.HEADS: "重复的表头",
}


@dataclass(frozen=True)
class Head:
    """A column of the file: what it may be, whence that is known, and what stands in it first, masked."""

    name: str
    column: str
    """Our field, perhaps with `ledger_columns.DOWN`; empty: not taken."""
    sample: str


@dataclass(frozen=True)
class Preview:
    """What an import would take, flag and leave out; nothing is written."""

    name: str
    sheet: str
    source: str
    """given · remembered · guessed."""
    heads: tuple[Head, ...]
    lines: int
    taken: int
    flagged: int
    flags: Mapping[str, int]
    left: Mapping[str, int]
    first: tuple[Mapping[str, str], ...]
    """The first lines, masked."""
    begun: Rescue | None
    """The import of this file that was broken off."""

    @property
    def columns(self) -> dict[str, str]:
        """The mapping proposed."""
        return {head.name: head.column for head in self.heads if head.column}


@dataclass(frozen=True)
class Rescued:
    """What came of an import; of what was left out each line."""

    rescue: Rescue
    flags: Mapping[str, int]
    left: tuple[Left, ...] = field(repr=False)
    report: Path | None = None
    """Where the lines left out are told; None if there are none."""


def preview(
    desk: Desk,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    *,
    sheet: str = "",
    progress: Progress = silent,
) -> Preview:
    """What would come of a file: with the columns said, else those remembered, else those guessed."""
    desk.may("import_history")
    ledger = old_ledgers.read(path, sheet=sheet, progress=progress)
    begun = _begun(desk, ledger)
    base, source = _base(desk, ledger)
    chosen = ledger_columns.laid_over(base, mapping or {})
    columns = ledger_columns.checked(ledger.heads, chosen)
    seen = _Seen()
    first = [line for line in seen.taken(ledger.table, columns, progress) if seen.count <= _FIRST]
    return Preview(
        name=ledger.name,
        sheet=ledger.sheet,
        source="given" if mapping else source,
        heads=tuple(_heads(ledger, chosen)),
        lines=ledger.table.count,
        taken=seen.count,
        flagged=seen.flagged,
        flags=dict(seen.flags),
        left=left_counts(seen.left),
        first=tuple(old_cases.masked(line.cells) for line in first),
        begun=begun,
    )


def run(
    desk: Desk,
    path: Path,
    mapping: Mapping[str, str] | None = None,
    *,
    sheet: str = "",
    guessed: bool = False,
    progress: Progress = silent,
) -> Rescued:
    """导入旧台账: all that is not left out; `guessed` says that the guesses were looked at and are right."""
    desk.writes()
    desk.may("import_history")
    ledger = old_ledgers.read(path, sheet=sheet, progress=progress)
    begun = _begun(desk, ledger)
    columns = _agreed(desk, ledger, mapping or {}, begun, guessed=guessed)
    seen = _Seen()
    fresh = _fresh(desk, begun, seen.taken(ledger.table, columns, progress))
    rescue = _written(desk, ledger, begun, fresh=fresh, seen=seen)
    return Rescued(rescue, dict(seen.flags), tuple(seen.left), _report(desk, rescue, seen.left))


class _Seen:
    """Counts the lines of a ledger as they go by."""

    def __init__(self) -> None:
        self.count = self.flagged = 0
        self.flags: Counter[str] = Counter()
        self.left: list[Left] = []

    def taken(self, table: Table, columns: Mapping[str, Column], progress: Progress) -> Iterator[Taken]:
        """The lines that are taken; it is told how far they are after each portion."""
        for done, line in enumerate(lines.read(table, columns)):
            if done % PORTION == 0:
                progress(done, table.count)
            if isinstance(line, Left):
                self.left.append(line)
                continue
            self.count += 1
            self.flagged += bool(line.flags)
            self.flags.update(line.flags)
            yield line
        progress(table.count, table.count)


# --- what the columns are


def _base(desk: Desk, ledger: Ledger) -> tuple[dict[str, str], str]:
    with desk.reading() as reading:
        known = ledger_columns.remembered(reading, ledger.heads)
    return (known, "remembered") if known else (old_heads.guess(ledger.heads), "guessed")


def _agreed(
    desk: Desk, ledger: Ledger, given: Mapping[str, str], begun: Rescue | None, *, guessed: bool
) -> dict[str, Column]:
    """The columns somebody has agreed to, remembered from now on."""
    base, source = _base(desk, ledger)
    agreed = base if source == "remembered" or guessed else {}
    mapping = ledger_columns.laid_over(agreed, given)
    if not mapping:
        raise ledger_columns.not_said(base)
    if begun and mapping != base:
        raise ledger_columns.begun_otherwise(begun.id)
    columns = ledger_columns.checked(ledger.heads, mapping)
    ledger_columns.remember(desk, ledger.heads, mapping)
    return columns


def _heads(ledger: Ledger, chosen: Mapping[str, str]) -> Iterator[Head]:
    table = ledger.table
    for at, name in table.heads.names.items():
        said = chosen.get(name, "")
        sample = next((row[at] for row in table.rows[table.heads.row + 1 :] if row[at]), "")
        yield Head(name, said, old_cases.mask_cell(said.removesuffix(ledger_columns.DOWN), sample))


# --- portions


def _begun(desk: Desk, ledger: Ledger) -> Rescue | None:
    """The import of this file that was broken off; refused if it was finished."""
    with desk.reading() as reading:
        found = reading.rescues.where(digest=ledger.digest)
    if found and found[0].state == "imported":
        raise _done_before(ledger.name, found[0])
    return found[0] if found else None


def _fresh(desk: Desk, begun: Rescue | None, taken: Iterator[Taken]) -> Iterator[Taken]:
    """The lines that are not there already."""
    if begun is None:
        return taken
    with desk.reading() as reading:
        last: int = reading.lines(sql.LAST_LINE, rescue=begun.id)[0]["line"] or 0
    return (line for line in taken if line.number > last)


def _written(
    desk: Desk, ledger: Ledger, rescue: Rescue | None, *, fresh: Iterator[Taken], seen: _Seen
) -> Rescue:
    """Portion after portion; the last one says that it is all."""
    while True:
        try:
            portion = list(islice(fresh, PORTION))
        except Stopped:
            if rescue is None:
                raise
            raise _stopped(rescue) from None
        if not seen.count:
            raise _nothing(ledger.name, ledger.table.count)
        left_out = len(seen.left) if len(portion) < PORTION else None
        rescue = _portion(desk, ledger, rescue, portion=portion, left_out=left_out)
        if left_out is not None:
            return rescue


def _portion(
    desk: Desk, ledger: Ledger, before: Rescue | None, *, portion: Sequence[Taken], left_out: int | None
) -> Rescue:
    """One act: these lines, and how far it has come; `left_out` is known with the last of them."""
    with desk.act("import_history") as work:
        rescue = _going_on(work, ledger, before)
        for line in portion:
            work.old_cases.add(old_cases.recorded(work.keys, rescue.id, line))
        rescue = work.rescues.save(
            replace(
                rescue,
                state="importing" if left_out is None else "imported",
                taken=rescue.taken + len(portion),
                flagged=rescue.flagged + sum(bool(line.flags) for line in portion),
                left_out=left_out or 0,
            )
        )
        work.object = rescue.id
        work.facts = {"lines": len(portion), "taken": rescue.taken, "state": rescue.state}
        return rescue


def _going_on(work: Work, ledger: Ledger, before: Rescue | None) -> Rescue:
    there = work.rescues.where(digest=ledger.digest)
    if before is not None:
        if there[0].version != before.version:
            raise _somebody_else(there[0])
        return there[0]
    if there:
        raise _somebody_else(there[0])
    day = local(work.now).date().isoformat()
    ordinal = 1 + sum(one.id.startswith(f"{day}-") for one in work.rescues.where())
    record = Rescue(f"{day}-{ordinal}", ledger.digest, "importing", ledger.table.count, 0, 0, 0)
    return work.rescues.add(record)


# --- what was left out


def left_counts(left: Sequence[Left]) -> dict[str, int]:
    """How many lines were left out, by the reason."""
    return dict(Counter(each.why.value for each in left))


def _report(desk: Desk, rescue: Rescue, left: Sequence[Left]) -> Path | None:
    """A table of the lines left out: number and reason, nothing of what stands in them."""
    if not left:
        return None
    rows = [(str(each.number), REASONS[each.why]) for each in left[:_REPORTED]]
    if len(left) > _REPORTED:
        rows.append(("……", f"还有 {len(left) - _REPORTED} 行没有列出"))
    desk.tray.mkdir(parents=True, exist_ok=True)
    content = table_files.written("csv", REPORT_HEADS, rows, title="没有导入的行")
    return table_files.save(desk.tray / f"旧台账-{rescue.id}-没有导入的行.csv", content, force=True)


# --- refusals


def _nothing(name: str, count: int) -> WrongUsage:
    return WrongUsage(
        "history-nothing",
        what=f"“{refusals.shown(name)}”里没有可以导入的行。",
        why=f"表头下面有 {count} 行，对应的各列都是空的，或是合计行。",
        next="请核对列对应，以及是不是选错了文件或工作表。",
    )


def _done_before(name: str, rescue: Rescue) -> Refused:
    return Refused(
        "history-imported",
        what=f"“{refusals.shown(name)}”没有再次导入。",
        why=f"{minute(rescue.changed_at)} {rescue.changed_by} 导入过它（{rescue.id}，{rescue.taken} 行）。",
        next="同一份台账不会导入两次；文件有增补的，请只留增补的行另存后导入。",
    )


def _stopped(rescue: Rescue) -> Refused:
    return Refused(
        "history-stopped",
        what=f"已停下；前 {rescue.taken} 行已经导入（{rescue.id}）。",
        why="旧台账每一千行写入一次，写入的不会退回。",
        next="再导入同一个文件，就从停下的地方接着导，不会重复。",
    )


def _somebody_else(rescue: Rescue) -> Refused:
    return Refused(
        "history-elsewhere",
        what="没有接着导入。",
        why=f"{rescue.changed_by} 正在别处导入同一个文件（{rescue.id}，已有 {rescue.taken} 行）。",
        next="请等那边导完；那边停下了的，再导入一次就接着来。",
    )
