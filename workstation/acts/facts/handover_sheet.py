"""Facts of the 交接清单: envelopes, offices and places only; the courier must never see personal data."""

from __future__ import annotations

from workstation.acts import steps
from workstation.acts.facts import Facts, numbered, of_hall
from workstation.acts.facts.known import OF_HALL, SEQ, Fact, Known, Rows
from workstation.domain.envelope import Batch
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.store.work import Work

KNOWN: Known = {
    **OF_HALL,
    "batch.number": Fact("交寄批次号", "33508249992632400011"),
    "batch.closed_at": Fact("交接时间", "2026-11-20 11:03"),
    "rows": Rows(
        "封套",
        {
            "seq": SEQ,
            "envelope": Fact("封套编号", "23508249992632400013"),
            "office": Fact("寄往单位", "示例市公安局示例分局跨省通办窗口"),
            "place": Fact("存放位置", "A-01"),
        },
        further=({"envelope": "23508249992632400021", "office": "示例区政务服务中心", "place": "A-02"},),
    ),
    "count.rows": Fact("封套件数", "2"),
}


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
