"""Envelope stocks as data: sizes, the two zones of the post, where the digits go, how the printer is set.

The stocks themselves lie in `stocks.toml`; whether a page keeps out of the zones is measured in `zones.py`.
"""

from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self

import msgspec

from printing import barcodes

Millimetres = Annotated[float, msgspec.Meta(gt=0, le=1000)]
Offset = Annotated[float, msgspec.Meta(ge=-20, le=20)]
Dpi = Annotated[int, msgspec.Meta(ge=150, le=2400)]


class UnknownStock(ValueError):
    """No envelope of this name in `stocks.toml`."""


class WrongStock(ValueError):
    """The stocks cannot be read, or one has sizes no envelope can have."""


class Box(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the face in millimetres from its left and top edge."""

    left: float
    top: float
    right: float
    bottom: float

    def holds(self, other: Self, *, within: float = 0.0) -> bool:
        """Whether the other box lies in this one, or beyond it by no more than `within`."""
        return (
            self.left - within <= other.left
            and self.top - within <= other.top
            and other.right <= self.right + within
            and other.bottom <= self.bottom + within
        )


class Stock(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of envelope, landscape, in millimetres, and how a printer takes it."""

    length: Millimetres
    width: Millimetres
    postcode_left: Millimetres
    postcode_top: Millimetres
    postcode_pitch: Millimetres
    machine_zone: tuple[Millimetres, Millimetres] = (90.0, 26.0)
    """Read by the post's machines: from the left and the top edge; only the postcode stands in it."""
    clear_zone: tuple[Millimetres, Millimetres, Millimetres] = (55.0, 160.0, 20.0)
    """Kept blank for the post's own bars: from, to (from the right edge), height from the bottom."""
    offset_left: Offset = 0.0
    offset_top: Offset = 0.0
    """How far the page is moved to the right and down, because the printer puts it too far left and up."""
    dpi: Dpi = 203

    def __post_init__(self) -> None:
        """Refuse sizes that contradict each other; msgspec has looked at each by itself."""
        barcodes.dots(self.dpi)
        _, far, height = self.clear_zone
        wrongs = {
            "clear_zone ends before it begins": self.clear_zone[0] >= far,
            "a zone is larger than the envelope": max(far, self.machine_zone[0]) > self.length,
            "the zones leave no room between them": self.machine_zone[1] + height >= self.width,
            "the postcode stands outside machine_zone": not all(map(self.machine.holds, self.boxes)),
        }
        if wrong := next((what for what, holds in wrongs.items() if holds), None):
            raise ValueError(wrong)

    @property
    def machine(self) -> Box:
        """The machine-reading zone 机器阅读扫描区."""
        across, down = self.machine_zone
        return Box(left=0, top=0, right=across, bottom=down)

    @property
    def clear(self) -> Box:
        """The zone of the post's bars 条码打印区."""
        near, far, height = self.clear_zone
        return Box(
            left=self.length - far, top=self.width - height, right=self.length - near, bottom=self.width
        )

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Where each of the six digits may stand: as wide and high as the distance to the next."""
        half = self.postcode_pitch / 2
        middles = (self.postcode_left + at * self.postcode_pitch for at in range(6))
        top, bottom = self.postcode_top - half, self.postcode_top + half
        return tuple(
            Box(left=middle - half, top=top, right=middle + half, bottom=bottom) for middle in middles
        )


@cache
def stocks() -> dict[str, Stock]:
    """The envelopes we can print on, by name."""
    return read(Path(__file__).with_name("stocks.toml").read_bytes())


def read(toml: bytes) -> dict[str, Stock]:
    """The stocks a TOML text describes; raises `WrongStock` with stock and field when one is impossible."""
    try:
        tables = msgspec.toml.decode(toml, type=dict[str, dict[str, Any]])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WrongStock(str(error)) from error
    if not tables:
        raise WrongStock("no stock at all")
    return {name: _stock(name, table) for name, table in tables.items()}


def _stock(name: str, table: dict[str, Any]) -> Stock:
    try:
        return msgspec.convert(table, Stock)
    except msgspec.ValidationError as error:
        raise WrongStock(f"{name}: {error}") from error
