"""Stocks of paper as data: what envelopes and labels have in common, and how a file of them is read.

What one kind has besides is said in its own folder (`envelopes/stock.py`, `labels/stock.py`).
"""

import re
import threading
from typing import Annotated, Any, TypeVar

import msgspec

from printing import barcodes

Millimetres = Annotated[float, msgspec.Meta(gt=0, le=1000)]
Offset = Annotated[float, msgspec.Meta(ge=-20, le=20)]
Dpi = Annotated[int, msgspec.Meta(ge=150, le=2400)]

#: One thread at a time: several that convert the first stock of its kind at once bring msgspec 0.22 down.
_TURN = threading.Lock()
_FIELD = re.compile(r"(?:field `|\$\.|^)(\w+)(?:`|\[|: )")
"""How msgspec and our own refusals name the field they are about."""


class WrongStock(ValueError):
    """The stocks cannot be read, or one has sizes no paper can have; says which stock and which field."""

    def __init__(self, why: str, *, stock: str = "") -> None:
        super().__init__(f"{stock}: {why}" if stock else why)
        field = _FIELD.search(why) if stock else None
        self.stock, self.field = stock, field[1] if field else ""


class Media(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of paper, and how a printer takes it."""

    offset_left: Offset = 0.0
    offset_top: Offset = 0.0
    """How far the page is moved to the right and down, because the printer puts it too far left and up."""
    dpi: Dpi = 203

    def __post_init__(self) -> None:
        """Refuse what contradicts itself; msgspec has looked at each field alone."""
        try:
            barcodes.dots(self.dpi)
        except barcodes.TooCoarse as error:
            raise ValueError(f"dpi: {error}") from error

    @property
    def page(self) -> tuple[float, float]:
        """The paper in millimetres, across and down, as it is printed."""
        raise NotImplementedError


M = TypeVar("M", bound=Media)


def read(toml: bytes, kind: type[M]) -> dict[str, M]:
    """The stocks a TOML text describes, in its order; `WrongStock` when one is impossible."""
    try:
        tables = msgspec.toml.decode(toml, type=dict[str, dict[str, Any]])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WrongStock(str(error)) from error
    if not tables:
        raise WrongStock("no stock at all")
    return {name: _stock(name, table, kind) for name, table in tables.items()}


def _stock(name: str, table: dict[str, Any], kind: type[M]) -> M:
    try:
        with _TURN:
            return msgspec.convert(table, kind)  # noqa: TID251 - the door
    except msgspec.ValidationError as error:
        raise WrongStock(str(error), stock=name) from error
