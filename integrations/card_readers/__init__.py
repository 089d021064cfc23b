"""Readers of identity cards, one folder a make; being in this folder is being registered.

Here is what all of them share: what a card says, what can go wrong, and the verb. A chip proves a genuine
card, not that the bearer is its holder: comparing face and photo (人证核验) stays with the clerk.
"""

from __future__ import annotations

import datetime
import importlib
import pkgutil
from dataclasses import dataclass
from typing import Literal, Protocol, cast

Kind = Literal["citizen_id", "residence_permit", "foreigner_card"]
Sex = Literal["male", "female"]

REASONS = (
    "port_missing",
    "port_denied",
    "port_busy",
    "port_unusable",
    "port_vanished",
    "no_answer",
    "truncated",
    "checksum",
    "unexpected_answer",
    "no_card",
    "card_lifted",
    "status",
    "unknown_layout",
    "unreadable_text",
)


class ReaderError(Exception):
    """A card could not be read. Carries names for machines and nothing from the card: it may be logged.

    `status` is the code a device answered with and `sentence` what that code means, in the clerk's words.
    """

    def __init__(self, reason: str, *, status: int | None = None, sentence: str = "") -> None:
        super().__init__(reason, status)
        self.reason = reason
        self.status = status
        self.sentence = sentence

    def __str__(self) -> str:
        return self.reason if self.status is None else f"{self.reason} {self.status:02X}"


@dataclass(frozen=True, kw_only=True, repr=False)
class CardText:
    """What is written in the chip of a card, without the photo; None is what a card of this kind lacks."""

    kind: Kind
    name: str  # empty where a foreigner has no Chinese name
    number: str
    birth: datetime.date
    sex: Sex | None  # None: the card does not tell
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    long_term: bool  # 长期, and then there is no `valid_to`
    latin_name: str | None = None
    nation: str | None = None  # 民族 by name; a code we do not know is kept as 未知(xx)
    nationality: str | None = None  # 国籍, the three characters of the card
    address: str | None = None
    issuer: str | None = None
    pass_number: str | None = None  # 通行证号
    issue_count: str | None = None  # 签发次数, on foreigners' cards since 2023 换证次数
    version: str | None = None
    office_code: str | None = None  # 当次申请受理机关代码
    former_link: str | None = None  # 既往版本证件号码关联项

    def __repr__(self) -> str:
        # A card must not get into a log because somebody printed it.
        return f"{type(self).__name__}(…)"


class Reader(Protocol):
    """A device that stands at the window."""

    def read(self, timeout: float) -> CardText:
        """The card that is laid on within `timeout` seconds, or `ReaderError`."""


class Make(Protocol):
    """What `client.py` in each folder offers."""

    def reader(self, port: str, *, baud: int) -> Reader:
        """The device at a port, which is opened only while a card is read."""


def names() -> tuple[str, ...]:
    """The makes there are, in alphabetical order."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if module.ispkg))


def load(name: str) -> Make:
    """The client of one make; an unknown name is a KeyError."""
    if name not in names():
        raise KeyError(name)
    return cast("Make", importlib.import_module(f"{__name__}.{name}.client"))
