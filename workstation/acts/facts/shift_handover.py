"""Facts of the 交接班单: what stands in the queue and what goes to another; nobody who handed anything in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from workstation.acts.facts import Facts, numbered, of_hall
from workstation.acts.facts.known import OF_HALL, SEQ, Fact, Known, Rows
from workstation.acts.queue_lines import REASONS, Line
from workstation.domain.people import Hall
from workstation.domain.times import minute

KNOWN: Known = {
    **OF_HALL,
    "shift.from": Fact("交班人工号", "1001"),
    "shift.to": Fact("接班人工号", "1002"),
    "shift.at": Fact("交接时间", "2026-11-20 17:05"),
    "count.open": Fact("队列行数", "5"),
    "count.handed": Fact("移交行数", "2"),
    "reason_rows": Rows(
        "督办队列",
        {
            "reason": Fact("事由", "沉默属地"),
            "open": Fact("事由的行数", "3"),
            "handed": Fact("事由移交的行数", "2"),
        },
        further=({"reason": "收件未审", "open": "2", "handed": "0"},),
    ),
    "line_rows": Rows(
        "随班移交",
        {
            "seq": SEQ,
            "reason": Fact("一行的事由", "沉默属地"),
            "object": Fact("一行的编号", "13508249992632400016-1"),
            "case": Fact("一行的办件编号", "13508249992632400016"),
            "office": Fact("一行的部门", "示例市公安局示例分局跨省通办窗口"),
            "since": Fact("从何时起", "2026-11-12 10:20"),
            "due": Fact("到期日", "2026-11-17"),
        },
        further=({"since": "2026-11-13 09:30", "due": ""},),
    ),
}


def facts(
    hall: Hall,
    window: int,
    lines: Sequence[Line],
    *,
    mine: Sequence[Line],
    people: tuple[str, str],
    now: int,
) -> Facts:
    """The queue by reason, and the lines that `people[0]` gives to `people[1]`."""
    every, handed = (Counter(line.reason for line in some) for some in (lines, mine))
    return Facts(
        {
            **of_hall(hall, window),
            "shift.from": people[0],
            "shift.to": people[1],
            "shift.at": minute(now),
            "count.open": str(len(lines)),
            "count.handed": str(len(mine)),
            "reason_rows": [
                {"reason": what.title, "open": str(every[code]), "handed": str(handed[code])}
                for code, what in REASONS.items()
                if every[code]
            ],
            "line_rows": numbered([_row(line) for line in mine]),
        }
    )


def _row(line: Line) -> dict[str, str]:
    return {
        "reason": line.title,
        "object": line.object,
        "case": line.case_number,
        "office": line.office,
        "since": minute(line.since),
        "due": line.due.isoformat() if line.due else "",
    }
