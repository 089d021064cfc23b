"""Facts of the 容缺后补、告知承诺书: which papers, in which way, up to which standard, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workstation.acts.facts import Facts, numbered, of_case, of_hall
from workstation.domain.case import Case, Row
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.store.work import Work


@dataclass(frozen=True)
class Terms:
    """What the home office's agreement allows, and the 失信 check made before it is used."""

    office_name: str
    agreement_number: str
    """文号 of the agreement, or 未载文号."""
    rows: Sequence[tuple[Row, str, str]]
    """Row, 容缺后补 or 告知承诺, and the due day in words."""
    credit_source: str
    credit_checked_at: int
    verification: str
    """事中事后核查标准."""
    consequence: str
    """失信后果, as the home authority has ruled it."""


def facts(work: Work, hall: Hall, case: Case, *, given: Terms) -> Facts:
    """What the applicant pledges; what follows on default is the home office's rule, not ours."""
    values = {
        **of_hall(hall, work.stamp.window or case.window),
        **of_case(work, case),
        "office.name": given.office_name,
        "agreement.number": given.agreement_number,
        "credit.source": given.credit_source,
        "credit.checked_at": minute(given.credit_checked_at),
        "pledge.verification": given.verification,
        "pledge.consequence": given.consequence,
        "rows": numbered([_row(*pledged) for pledged in given.rows]),
        "count.rows": str(len(given.rows)),
    }
    return Facts(values, case.number)


def _row(row: Row, kind: str, due: str) -> dict[str, str]:
    return {"material": row.name, "kind": kind, "standard": row.standard, "due": due}
