"""Facts of the 交接清单: envelopes, offices and places only; the courier must never see personal data."""

from __future__ import annotations

from workstation.acts import steps
from workstation.acts.facts import Facts, numbered, of_hall
from workstation.domain.envelope import Batch
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.store.work import Work


def facts(work: Work, hall: Hall, batch: Batch, places: dict[str, str]) -> Facts:
    """What the courier takes; `places` are the shelf places the envelopes lay at."""
    rows = []
    for number, place in places.items():
        envelope = steps.find_envelope(work, number)
        rows.append({"envelope": number, "office": envelope.office_name, "place": place})
    values = {
        **of_hall(hall, batch.window),
        "batch.number": batch.number,
        "batch.closed_at": minute(batch.closed_at),
        "rows": numbered(rows),
        "count.rows": str(len(rows)),
    }
    return Facts(values)
