"""督办队列: everything that asks for somebody, the worst first, each line with the act that resolves it.

Looked at, nothing is written; who works a line stands in `claims`, where lines come from in `queue_sources`.
A thing stands once, under its worst reason, with the others told in its line. Nobody who handed anything in
is named: case numbers, offices and codes only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from workstation.acts import checks, queue_sources
from workstation.acts.desk import Desk
from workstation.acts.queue_lines import RANK, REASONS, Line, Policies, Reason
from workstation.domain.queue import ClaimState
from workstation.store.protocols import Line as Found
from workstation.store.statements import queue as sql
from workstation.store.work import Reading

__all__ = ["REASONS", "Line", "Policies", "Reason", "counts", "listed", "once"]

_NO_LIMIT = 10**6
"""Working days left where nothing says how many: behind all that has a limit."""


def listed(
    desk: Desk, *, policies: Policies | None = None, reasons: Sequence[str] | None = None
) -> list[Line]:
    """The lines of the queue, the worst first; of some reasons if they are named."""
    desk.signed_in()
    for reason in reasons or ():
        checks.one_of("reason", reason, tuple(REASONS))
    with desk.reading() as reading:
        found = queue_sources.gathered(reading, desk.store.now(), policies or Policies())
        lines = _said_of(reading, once(found))
    wanted = [line for line in lines if reasons is None or line.is_for(reasons)]
    return sorted(wanted, key=_order)


def counts(lines: Iterable[Line]) -> dict[str, int]:
    """How many lines stand under each reason that has any, the worst first."""
    found = Counter(line.reason for line in lines)
    return {reason: found[reason] for reason in REASONS if found[reason]}


def once(lines: Iterable[Line]) -> list[Line]:
    """Each thing once, under its worst reason, with the others beside it."""
    of: dict[str, list[Line]] = defaultdict(list)
    alone = []
    for line in lines:
        if line.is_looked_at:
            alone.append(line)
        else:
            of[line.object].append(line)
    for same in of.values():
        worst, *others = sorted(same, key=_order) if len(same) > 1 else same
        alone.append(replace(worst, also=tuple(others)) if others else worst)
    return alone


def _order(line: Line) -> tuple[int, int, int, str]:
    left = _NO_LIMIT if line.left is None else line.left
    return RANK[line.reason], left, line.since, line.object


def _said_of(reading: Reading, lines: Iterable[Line]) -> list[Line]:
    """The lines with who works them; without those that have been looked at."""
    known = {found["line"]: found for found in reading.lines(sql.CLAIMS)}
    held = [_held(line, known) for line in lines]
    return [line for line in held if line.state != ClaimState.SEEN]


def _held(line: Line, known: Mapping[str, Found]) -> Line:
    """What was said of a thing holds as long as the reason it was said for lasts, even beside a worse one."""
    own = known.get(line.key)
    version = own["version"] if own else 0
    for reason in (line, *line.also):
        found = known.get(reason.key)
        if found is not None and found["since"] == reason.since:
            return replace(line, state=found["state"], holder=found["holder"], version=version)
    return replace(line, version=version) if version else line
