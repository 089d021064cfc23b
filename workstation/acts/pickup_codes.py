"""领取码: five digits told to the applicant while a result waits; they open the case, and prove nothing."""

from __future__ import annotations

from dataclasses import replace

from workstation.domain import codes
from workstation.domain.case import Case
from workstation.domain.consignment import Consignment
from workstation.store.work import Work

_CODES = codes.LAST_PICKUP + 1


def of(work: Work, consignment: Consignment) -> str | None:
    """The code of a consignment whose result has come: its own, or the next that nobody else waits under.

    Made of the consignment's id by a keyed digest: it cannot be guessed, and nothing random is journalled.
    None: every code is taken; the result is still found by name.
    """
    if consignment.pickup_code:
        return consignment.pickup_code
    first = int(work.keys.lookup("pickup", consignment.id), 16) % _CODES
    for step in range(_CODES):
        code = codes.pickup_code((first + step) % _CODES)
        if not work.consignments.where(pickup_code=code):
            return code
    return None


def forget(work: Work, case: Case) -> None:
    """Nobody will collect the results of this case any more: its codes are free."""
    for consignment in work.consignments.where(case_number=case.number):
        if consignment.pickup_code:
            work.consignments.save(replace(consignment, pickup_code=None))
