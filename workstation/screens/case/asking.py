"""How an act is asked for in dialogs: what about, what is asked, what is shown before, what is told after."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from workstation.acts.desk import Desk
from workstation.domain.consignment import Consignment
from workstation.domain.envelope import Envelope
from workstation.domain.words import word
from workstation.screens import doors
from workstation.screens.case.sight import Sight
from workstation.screens.dialogs import Asked

Values = Mapping[str, str]
Asks = Callable[[Sight, str, Values], Sequence[Asked]]
"""What a form asks about this object, given what was answered before; nothing: it is left out."""


class Target(NamedTuple):
    """What an act is done to."""

    object: str
    """Number or id, as the act is called with it."""
    version: int | None
    name: str = ""
    """Which of several."""
    why_not: str | None = None


def offered(sight: Sight, act: str) -> list[Target]:
    """Each record that the life cycle knows the act on; of several each is named."""
    found = [_target(sight, offer.object, offer.why_not) for offer in sight.of(act)]
    return found if len(found) > 1 else [target._replace(name="") for target in found]


def _target(sight: Sight, object_: str, why_not: str | None) -> Target:
    record = sight.records[object_]
    if isinstance(record, Envelope):
        return Target(object_, record.version, f"封套 …{object_[-5:]}", why_not)
    name = record.office_name if isinstance(record, Consignment) else ""
    return Target(object_, sight.case.version, name, why_not)


def on_case(sight: Sight, act: str) -> list[Target]:
    """The case, for an act that no life cycle speaks of."""
    return [Target(sight.case.number, sight.case.version, why_not=sight.barred[act])]


@dataclass(frozen=True)
class Further:
    """One act that is asked for in dialogs."""

    act: str
    does: Callable[[Desk, str, Values], object]
    forms: tuple[Asks, ...] = ()
    """One after the other; none: yes or no."""
    text: str = ""
    """What to know before."""
    says: str = ""
    """Told after it, beside what was done."""
    preview: Callable[[Desk, str, Values], str] | None = None
    """The paper it will print, to be read before."""
    targets: Callable[[Sight, str], list[Target]] = offered
    opens: str = ""
    """The screen it leads to, by its folder, where nothing is done."""

    def label(self, target: Target) -> str:
        """The act, and on which of several."""
        name = doors.door(self.opens).title if self.opens else word(self.act)
        return f"{name}　{target.name}" if target.name else name

    def targets_in(self, sight: Sight) -> list[Target]:
        """What it could be done to."""
        return self.targets(sight, self.act)


def answered(asked: Sequence[Asked], values: Values) -> list[Asked]:
    """The same questions with the answers given before."""
    return [replace(each, value=values.get(each.name, each.value)) for each in asked]


def optional(values: Values, name: str) -> str | None:
    """What was typed there, None if nothing was."""
    return values.get(name, "").strip() or None


def words(codes: Sequence[str]) -> dict[str, str]:
    """Codes with their words, to choose from."""
    return {code: word(code) for code in codes}
