"""A ledger of an earlier version is brought up to this one, and its journal still proves every record.

`ledger-0002.db.gz` was written by the version that had two schema steps: five cases in five states, with the
keys and the hall of these tests.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import builders
from tests.engines import HALL, KEYS, OPENING, FilePlace
from workstation.acts import formal_review, verification
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.store import schema
from workstation.store.ledger import Store

FORMER = Path(__file__).parent / "ledger-0002.db.gz"
CLOSED, REGISTERED, TO_CORRECT, REVIEWED = (
    "13501021012632400019",
    "13501021012632400027",
    "13501021012632400035",
    "13501021012632400043",
)
#: After everything that was done in it.
LATER = OPENING + 24 * 3600 * 1000


@pytest.fixture
def upgraded(tmp_path: Path) -> Iterator[Desk]:
    """The former ledger, opened by this version."""
    path = tmp_path / "ledger.db"
    path.write_bytes(gzip.decompress(FORMER.read_bytes()))
    engine = FilePlace(path).open(timeless=True)
    assert schema.migrate(engine, LATER) == tuple(step.name for step in schema.steps(engine.name))[2:]
    tray = tmp_path / "tray"
    tray.mkdir()
    with builders.no_ink():
        yield builders.at(Desk(Store(engine, KEYS, HALL, builders.Ticking(LATER)), 1, tray), "1001")
    engine.close()


def test_its_journal_still_verifies(upgraded: Desk) -> None:
    """Columns that came later have what the step gave them; nothing in the journal says otherwise."""
    assert verification.verify(upgraded).difference is None


def test_a_later_column_cannot_be_changed_behind_the_journal(upgraded: Desk) -> None:
    """A record written before the column was there has its default, and no other value."""
    engine = upgraded.store.engine
    with engine.write():
        engine.run('UPDATE checklist_rows SET "exempt" = 1 WHERE case_number = :case', {"case": REVIEWED})

    difference = verification.verify(upgraded).difference

    assert difference is not None
    assert difference.where.startswith("checklist_rows")
    assert difference.where.endswith("exempt")


def test_its_cases_go_on(upgraded: Desk) -> None:
    """What was told is supplied and passes, what was reviewed is packed and sealed, what was closed stays."""
    formal_review.resubmit(upgraded, TO_CORRECT, [Material(row="statement", form="original")])
    assert builders.review_all(upgraded, TO_CORRECT).state == CaseState.REVIEWED
    assert builders.advance(upgraded, f"{REVIEWED}-1", ConsignmentState.SEALED).sealed_at
    assert builders.case_of(upgraded, CLOSED).rating == "invited"

    builders.assert_true_ledger(upgraded, TO_CORRECT, REVIEWED)


def test_new_cases_stand_beside_the_old_ones(upgraded: Desk) -> None:
    """The serial of the day before is not used again, and an old hand-in can be reviewed by the new rules."""
    case = builders.a_case(upgraded, CaseState.REGISTERED)

    assert case.path == "received"
    assert builders.case_of(upgraded, REGISTERED).path is None
    builders.identified(upgraded, REGISTERED)
    assert builders.review_all(upgraded, REGISTERED).state == CaseState.REVIEWED
