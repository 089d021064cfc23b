"""Figures drawn with characters: bars, and a line of days; they end their line, figures stand beside them.

Some terminals set block characters two cells wide: at the end of a line that moves nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from workstation.acts.statistics_tables import Row, Table

BAR = 30
"""Cells of a full bar at 80 columns."""
FIGURE = 9
"""Cells of the column of figures."""
_FULL = "█"
_PARTS = " ▏▎▍▌▋▊▉"
_HEIGHTS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True)
class Line:
    """A line of a view: one of its tables' heads (`row` is None), or one of its rows."""

    table: Table
    row: Row | None = None

    @property
    def cells(self) -> Sequence[str]:
        """Label, figure, bar."""
        if self.row is None:
            return f"【{self.table.title}】", _right(self.table.heads[1]), ""
        return f"  {self.row.label}", _right(self.row.figures[0]), bar(self.table.share(self.row), BAR)

    @property
    def told(self) -> str:
        """All its figures under their heads."""
        if self.row is None:
            rows = f"{len(self.table.rows)} 行" if self.table.rows else "无"
            return f"{self.table.title}：{rows}"
        pairs = zip(self.table.heads[1:], self.row.figures, strict=True)
        return f"{self.row.label}\n{'　'.join(f'{head} {figure}' for head, figure in pairs)}"


def lines(tables: Sequence[Table]) -> list[Line]:
    """The lines of a view, each table under its head."""
    return [line for table in tables for line in (Line(table), *(Line(table, row) for row in table.rows))]


def _right(text: str) -> str:
    """At the right edge of the column of figures; a Chinese character takes two cells."""
    return " " * (FIGURE - cell_len(text)) + text


def bar(share: float, width: int) -> str:
    """So much of so many cells; whatever is more than nothing can be seen."""
    eighths = round(min(max(share, 0.0), 1.0) * width * 8) or int(share > 0)
    return (_FULL * (eighths // 8) + _PARTS[eighths % 8]).rstrip()


def sparkline(counts: Sequence[int], width: int) -> str:
    """Counts from left to right as heights; where there are more than cells, each cell is some days."""
    if not counts:
        return ""
    each = -(-len(counts) // width)
    sums = [sum(counts[at : at + each]) for at in range(0, len(counts), each)]
    most = max(sums)
    return "".join(" " if not n else _HEIGHTS[(n * 8 - 1) // most] for n in sums)
