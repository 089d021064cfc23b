"""The one time the hall lives in: Asia/Shanghai, all year the same; kept as epoch milliseconds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

#: Acts are stamped in it (design §7). China has kept no summer time since 1991.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
#: Milliseconds of a day.
DAY_MS = 24 * 60 * 60 * 1000


def local(at: int) -> datetime:
    """Epoch milliseconds as a time in Asia/Shanghai."""
    return datetime.fromtimestamp(at / 1000, UTC).astimezone(SHANGHAI)


def beginning_of_day(at: int) -> int:
    """Epoch milliseconds of the midnight before."""
    return round(local(at).replace(hour=0, minute=0, second=0, microsecond=0).timestamp() * 1000)


def minute(at: int | None) -> str:
    """A time as people and papers read it; empty if it has not come."""
    return "" if at is None else local(at).strftime("%Y-%m-%d %H:%M")
