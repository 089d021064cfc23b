"""The usual way of a case: which of its acts stand on a key of their own, and which is next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from workstation.domain.case import OPEN_ROWS, RowState
from workstation.domain.words import word
from workstation.screens.case.sight import Sight

#: The acts behind each of the screen's keys.
BEHIND: Mapping[str, tuple[str, ...]] = {
    "identify": ("identify",),
    "review": ("review", "resubmit"),
    "notice": ("notice",),
    "seal": ("pack", "seal", "reopen", "void"),
    "hand_over": ("hand_over",),
    "arrivals": (
        "acknowledge",
        "acknowledge_by_hand",
        "home_accept",
        "decide",
        "result_return",
        "arrive",
        "home_correct",
        "home_refuse",
    ),
    "serve": ("serve", "close"),
}
#: In the order of a case's way. What undoes a step is no next one.
_ORDER = (
    ("identify", "identify"),
    ("review", "review"),
    ("notice", "notice"),
    ("pack", "seal"),
    ("seal", "seal"),
    ("hand_over", "hand_over"),
    ("serve", "serve"),
    ("arrive", "arrivals"),
    ("result_return", "arrivals"),
    ("acknowledge", "arrivals"),
    ("decide", "arrivals"),
    ("close", "serve"),
    ("resubmit", "review"),
)
#: Told where deciding is what one waits for.
_WORDS = {"decide": "等属地受理、决定"}

#: Rows for which something may still be handed in.
_WANTED = OPEN_ROWS | {RowState.DEFERRED}


class Step(NamedTuple):
    """The next usual step: the key's name, and the act in words."""

    does: str
    words: str


def next_step(sight: Sight) -> Step | None:
    """What is usually done next with a case as it stands; None: nothing at this counter."""
    for act, does in _ORDER:
        if act == "identify" and sight.case.bearer_identity == "passed":
            continue
        if possible(sight, act):
            return Step(does, _WORDS.get(act, word(act)))
    return None


def possible(sight: Sight, act: str) -> bool:
    """Whether this act can be done on anything of the case."""
    if act == "hand_over":
        return sight.leaving is None
    if act == "resubmit" and not any(row.state in _WANTED for row in sight.file.rows):
        return False  # no paper is waited for
    return sight.can(act)


def why_not(sight: Sight, does: str) -> str | None:
    """Why nothing behind this key is possible now; None: something is."""
    acts = BEHIND[does]
    if any(possible(sight, act) for act in acts):
        return None
    if does == "hand_over":
        return sight.leaving
    whys = [offer.why_not for act in acts for offer in sight.of(act)]
    return next((why for why in whys if why), "本办件没有要寄的送件")
