"""What the tests of the courier's screen do and ask again and again."""

from __future__ import annotations

from collections.abc import Iterable

from tests.workstation.screens.stage import NARROW, Story, a_counter, play
from workstation.acts import batches
from workstation.acts.batches import Sheet
from workstation.acts.desk import Desk
from workstation.acts.scanning import Scanned
from workstation.domain.envelope import EnvelopeState, Waybill


def courier(desk: Desk, story: Story, size: tuple[int, int] = NARROW, **given: str) -> None:
    """Play a story on the courier's screen."""
    play(a_counter(desk, desk.tray.parent, "courier", **given), story, size)


def waybills(desk: Desk, envelope: str) -> list[Waybill]:
    """The waybills of an envelope."""
    with desk.reading() as reading:
        return reading.waybills.where(object=envelope)


def sheet(desk: Desk, batch: str) -> Sheet:
    """A batch as the ledger has it."""
    return batches.sheet(desk, batch)


def along(desk: Desk, batch: str) -> set[str]:
    """What has been scanned into it."""
    return {parcel.number for parcel in sheet(desk, batch).along}


def faces(numbers: Iterable[str]) -> list[Scanned]:
    """Scans of faces, as the screen is given them."""
    return [Scanned(number, "envelope", number, EnvelopeState.SEALED, ()) for number in numbers]


def is_courier(screen: object) -> bool:
    """Whether this is the courier's screen, with no question over it."""
    return type(screen).__name__ == "CourierScreen"
