"""Registers, the journal's filters and its file on each engine: the same lines, whichever keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders, halls
from tests.builders import no_ink
from tests.halls import AUDITOR, CLERK
from workstation.acts import audit, journal_files, registers
from workstation.acts.audit import Place, Wanted
from workstation.acts.desk import Desk
from workstation.domain.consignment import ConsignmentState

pytestmark = pytest.mark.engine


@pytest.fixture
def desk(vacant: Desk) -> Iterator[Desk]:
    """A clerk where one case has been handed over and another is packed."""
    clerk = halls.seat(vacant, CLERK)
    with no_ink():
        builders.a_consignment(clerk, ConsignmentState.HANDED_OVER)
        builders.a_consignment(clerk, ConsignmentState.SEALED)
        yield clerk


def test_every_register_has_its_lines(desk: Desk) -> None:
    """Two hand-ins, one envelope gone, nothing come back."""
    days = registers.span(desk)

    found = {key: registers.listed(desk, key, days).total for key in registers.REGISTERS}

    assert found == {"intake": 2, "sent": 1, "received": 0, "handover": 1, "postage": 1}


@pytest.mark.parametrize(
    ("wanted", "acts"),
    [
        (Wanted(act="seal"), ["seal", "seal"]),
        (Wanted(act="seal", by=CLERK, since="2026-01-01"), ["seal", "seal"]),
        (Wanted(act="seal", by=AUDITOR), []),
        (Wanted(flagged=True), []),
        (Wanted(until="2026-01-01"), []),
        (Wanted(act="init"), ["init"]),
    ],
)
def test_the_journal_is_looked_through(desk: Desk, wanted: Wanted, acts: list[str]) -> None:
    """By each of the wishes, from either end."""
    auditor = halls.seat(desk, AUDITOR)

    newest = audit.listed(auditor, wanted)
    first = audit.listed(auditor, wanted, Place(last=True))

    assert [entry.act for entry in newest.entries] == acts
    assert newest.entries == first.entries


def test_what_mentions_a_number_is_looked_through(desk: Desk) -> None:
    """Among its own entries."""
    page = registers.listed(desk, "intake", registers.span(desk))
    wanted = Wanted(of=page.lines[0].cells[1], act="review")

    (entry,) = audit.listed(halls.seat(desk, AUDITOR), wanted).entries

    assert entry.act == "review"


def test_the_journal_goes_out_and_is_right(desk: Desk, tmp_path: Path) -> None:
    """Bytes are bytes on both."""
    given = journal_files.export(halls.seat(desk, AUDITOR), tmp_path / "x.jsonl")

    assert journal_files.check(given.path).is_right
