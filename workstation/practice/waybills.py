"""Waybills 运单号 no carrier has issued: 13 digits beginning with 99, and UPU S10 numbers that are right."""

from __future__ import annotations

from random import Random

from workstation.domain import scans


class Waybills:
    """A pad of waybills; each is given once."""

    def __init__(self) -> None:
        self._given = 0

    def next(self, rng: Random) -> str:
        """The next number, of one form or the other."""
        self._given += 1
        return _s10(self._given) if rng.random() < 0.4 else f"99{self._given:011d}"


def _s10(serial: int) -> str:
    candidates = (f"EX{serial:08d}{check}CN" for check in range(10))
    return next(number for number in candidates if scans.s10_is_valid(number))
