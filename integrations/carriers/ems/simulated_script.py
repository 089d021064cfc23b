"""How the simulated platform shall behave: its word on a repeated order, the plots, the misbehaviour."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import msgspec

from integrations.carriers.ems.simulated_parcels import DAY, plot_of

Action = Literal[
    "slow",
    "status_500",
    "redirect",
    "page",
    "refuse",
    "cut_before",
    "cut_after",
    "cut_within",
    "malformed",
    "not_string",
    "in_array",
    "bodyless",
]

#: What is never carried out, unless a rule says `taken`; every other request is, whatever is answered.
SPARED = frozenset({"status_500", "redirect", "page", "refuse", "cut_before"})

_Told = str | list[tuple[float, str, str]]


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which requests are dealt with otherwise: the first `times` of them, or one in `every`."""

    do: Action
    on: str = "*"
    """An apiCode, `*` for each, or `unread`: then the line is cut before the request is read."""
    times: int | None = None
    every: int = 1
    seconds: float = 1.0
    code: str = "B9999"
    message: str = "业务校验未通过"
    taken: bool | None = None

    def __post_init__(self) -> None:
        if self.every < 1:
            raise ValueError("every: one in how many")
        if self.on == "unread" and self.do != "cut_before":
            raise ValueError("what is not read can only be cut")

    @property
    def takes(self) -> bool:
        """Whether the request is carried out."""
        return self.do not in SPARED if self.taken is None else self.taken


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole behaviour; what is not named is as a platform should be."""

    rules: tuple[Rule, ...] = ()
    repeat: Literal["same", "duplicate"] = "same"
    """A number that was ordered already: the same waybill again, or an error."""
    plots: tuple[_Told, ...] = ("plain",)
    """Of the nth order, round and round; counted from when the script was set."""
    return_plots: tuple[_Told, ...] = ("none",)
    return_after: int = 7 * DAY
    """Seconds after the order when the plot of its way back begins."""
    clock_skew: int = 0
    not_found: Literal["ok", "refused"] = "ok"
    """Whether 无查询信息 comes with the retCode of success."""
    pickup: str = "0"
    """The status that 030005 tells."""

    def __post_init__(self) -> None:
        if not self.plots or not self.return_plots:
            raise ValueError("plots: at least one")
        for said in (*self.plots, *self.return_plots):
            plot_of(said)


_SCRIPT = msgspec.json.Decoder(Script)


def read_script(text: bytes) -> Script:
    """A script from its JSON; msgspec.ValidationError or DecodeError tell what is wrong in it."""
    return _SCRIPT.decode(text)


class Plan:
    """The rules of a script as requests come in: how often each was looked at, and applied."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self._seen: Counter[int] = Counter()
        self._applied: Counter[int] = Counter()

    def rule(self, *asked: str) -> Rule | None:
        """The first rule that applies now to a request of one of these names."""
        for place, rule in enumerate(self._rules):
            if rule.on not in asked or self._applied[place] == rule.times:
                continue
            self._seen[place] += 1
            if self._seen[place] % rule.every == 0:
                self._applied[place] += 1
                return rule
        return None
