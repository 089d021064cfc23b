"""Label stocks as data: size and how the printer is set. The stocks themselves lie in `stocks.toml`."""

from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from printing import stocks as files
from printing.stocks import Media

_WIDEST = 300
Width = Annotated[float, msgspec.Meta(ge=70, le=_WIDEST)]
Height = Annotated[float, msgspec.Meta(ge=100, le=_WIDEST)]
"""Less has no room for two barcodes and a legible address."""


class LabelStock(Media, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One kind of adhesive label, upright, in millimetres, and how a printer takes it."""

    width: Width
    height: Height

    @property
    def page(self) -> tuple[float, float]:
        """The label, across and down."""
        return self.width, self.height


@cache
def stocks() -> dict[str, LabelStock]:
    """The labels we can print on, by name, the smallest first."""
    return read(Path(__file__).with_name("stocks.toml").read_bytes())


def read(toml: bytes) -> dict[str, LabelStock]:
    """The labels a TOML text describes; raises `WrongStock` with stock and field when one is impossible."""
    return files.read(toml, LabelStock)
