"""What a round took, and what several rounds came to: the median, and the least and most."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Took:
    """Seconds by the clock and by the processor; the difference was spent waiting for the disk."""

    seconds: float = 0
    computing: float = 0

    @contextmanager
    def adding(self) -> Iterator[None]:
        """Add what is done in here."""
        begun, computed = time.perf_counter(), time.thread_time()
        yield
        self.computing += time.thread_time() - computed
        self.seconds += time.perf_counter() - begun


@dataclass(frozen=True)
class Spread:
    """The values of several rounds."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        """The value in the middle."""
        return statistics.median(self.values)

    def told(self, digits: int = 0, unit: str = "") -> str:
        """As it stands in the table: `890 (871–902)`; one value alone."""
        middle, least, most = (f"{v:,.{digits}f}" for v in (self.median, min(self.values), max(self.values)))
        extent = f" ({least}–{most})" if len(self.values) > 1 else ""
        return f"{middle}{unit}{extent}"
