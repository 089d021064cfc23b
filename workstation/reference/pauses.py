"""Kinds of pauses 不计入承诺时限的环节: `pauses.toml` beside, each with its source."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CORRECTING = "correcting"
"""补正等待: what begins and ends by itself while a home office waits for a supplement."""


@dataclass(frozen=True)
class Kind:
    """One reason for which days do not count."""

    code: str
    name: str
    source: str
    """The article, or that nobody has read it."""
    in_writing: bool
    """Whether the applicant must have been told in writing how long it takes."""


@cache
def kinds() -> Mapping[str, Kind]:
    """All there are, by code, in the order of the article."""
    text = (files(__package__) / "pauses.toml").read_text(encoding="utf-8")
    return {code: Kind(code, **fields) for code, fields in tomllib.loads(text).items()}


def name(code: str) -> str:
    """What a pause is called; a kind that is gone keeps its code."""
    kind = kinds().get(code)
    return kind.name if kind else code
