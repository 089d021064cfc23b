"""Who does what on which day: the cast that is always played, and the mix that fills the hall beyond it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from workstation.practice import hall
from workstation.practice.scene import Scene
from workstation.practice.stories import counter, departures, exempt, granted, setbacks, whole
from workstation.practice.times import Story

Tale = Callable[[Scene], Story]

RECORD = "58"
"""开具有无犯罪记录证明."""
HOUSEHOLD = "59"
"""开具户籍类证明."""
SPOUSE = "63"
"""夫妻投靠户口迁移."""
PARENTS = "64"
"""父母投靠子女户口迁移."""
COORDINATES = "99"
"""建立相对独立平面坐标系统审批, of which organisations have need."""
ESTATE = "85"
"""不动产登记资料查询, applied for online."""
VEHICLE = "28"
"""小型非营运二手车交易登记: the national list of 2020 names no way."""

#: Working days before the start; that day itself is the last.
DAYS_BEFORE = 10
LAST = DAYS_BEFORE


@dataclass(frozen=True)
class Kind:
    """A story and what it needs: item, offices, who comes, and how many cases come of it."""

    tale: Tale
    item: str = HOUSEHOLD
    offices: int = 1
    cases: int = 1
    agent: bool = False
    organisation: bool = False
    """Applicants are units 单位."""
    office: str = ""
    """Code of the one office; otherwise it is chance, among those for households."""


@dataclass(frozen=True)
class Entrance:
    """When, and at which window, a story of the cast begins."""

    day: int
    window: int
    hour: float
    kind: Kind


ORDINARY = Kind(whole.ordinary)
TWO_OFFICES = Kind(whole.two_offices, item=SPOUSE, offices=2)
TOGETHER = Kind(whole.together, cases=2)
BY_AN_AGENT = Kind(whole.by_an_agent, agent=True)
OF_A_UNIT = Kind(whole.by_an_agent, item=COORDINATES, agent=True, organisation=True, office=hall.RESOURCES)
DEFERRED = Kind(granted.deferred, office=hall.GRANTING)
ACCEPTED_HERE = Kind(granted.accepted_here, office=hall.GRANTING)
NOT_ACCEPTED = Kind(granted.not_accepted, office=hall.GRANTING)
LICENCE_ABSENT = Kind(exempt.licence_absent, item=hall.GUIDED, office=hall.GUIDING)
GUIDED = Kind(departures.guided, item=ESTATE, office=hall.RESOURCES)
GUIDED_BY_THE_CLERK = Kind(departures.guided_by_the_clerk, item=VEHICLE)

#: Played whatever the number of cases: with these every state, act and paper occurs. Rare names come first.
CAST: tuple[Entrance, ...] = (
    Entrance(0, 1, 9.1, Kind(whole.after_a_notice, item=SPOUSE)),
    Entrance(0, 2, 9.1, Kind(whole.served_not_closed)),
    Entrance(0, 1, 9.6, TWO_OFFICES),
    Entrance(0, 2, 9.7, Kind(setbacks.supplemented)),
    Entrance(0, 1, 10.2, DEFERRED),
    Entrance(0, 2, 10.3, Kind(setbacks.unlucky_supplement, item=SPOUSE)),
    Entrance(0, 1, 13.5, LICENCE_ABSENT),
    Entrance(0, 1, 13.7, Kind(setbacks.sent_back_and_packed_again)),
    Entrance(0, 2, 13.8, Kind(setbacks.lost)),
    Entrance(0, 1, 14.4, Kind(departures.lapsed)),
    Entrance(0, 2, 14.5, Kind(departures.refused_at_once)),
    Entrance(1, 1, 9.3, TOGETHER),
    Entrance(1, 2, 9.4, ACCEPTED_HERE),
    Entrance(1, 1, 10.4, Kind(whole.direct_post)),
    Entrance(1, 2, 10.6, OF_A_UNIT),
    Entrance(1, 2, 14.2, Kind(departures.gets_everything_back)),
    Entrance(2, 1, 9.5, Kind(departures.refused_after_acceptance, item=SPOUSE)),
    Entrance(2, 2, 10.1, Kind(setbacks.sent_back_and_withdrawn)),
    Entrance(3, 1, 9.4, Kind(setbacks.no_word_yet)),
    Entrance(3, 2, 11.2, Kind(setbacks.sent_back)),
    Entrance(3, 1, 14.6, Kind(departures.changed_mind)),
    Entrance(4, 1, 9.8, Kind(departures.asks_everything_back)),
    Entrance(4, 2, 14.1, Kind(setbacks.waits_for_a_supplement)),
    Entrance(5, 1, 10.1, Kind(departures.gave_up)),
    Entrance(6, 2, 9.6, Kind(departures.declined)),
    Entrance(6, 1, 14.6, NOT_ACCEPTED),
    Entrance(7, 1, 14.9, GUIDED),
    Entrance(8, 1, 9.7, GUIDED_BY_THE_CLERK),
    Entrance(8, 2, 10.2, Kind(counter.waits_for_papers, item=SPOUSE)),
    Entrance(LAST, 1, 11.2, Kind(counter.ready_to_pack)),
    Entrance(LAST, 2, 13.6, Kind(setbacks.reopened)),
    Entrance(LAST, 1, 13.6, Kind(setbacks.voided)),
    Entrance(LAST, 1, 14.4, Kind(counter.only_registered)),
    Entrance(LAST, 2, 14.5, Kind(counter.half_reviewed, agent=True)),
)

#: What else comes through the door, by weight: mostly ordinary, now and then each of the others.
MIX: tuple[tuple[int, Kind], ...] = (
    (24, ORDINARY),
    (10, Kind(whole.ordinary, item=SPOUSE)),
    (6, Kind(whole.ordinary, item=RECORD)),
    (6, Kind(whole.ordinary, item=PARENTS)),
    (6, Kind(whole.ordinary, agent=True)),
    (8, Kind(whole.after_a_notice)),
    (6, Kind(whole.electronic)),
    (4, Kind(whole.direct_post)),
    (3, BY_AN_AGENT),
    (2, OF_A_UNIT),
    (2, DEFERRED),
    (3, ACCEPTED_HERE),
    (1, NOT_ACCEPTED),
    (2, LICENCE_ABSENT),
    (2, Kind(whole.served_not_closed, item=SPOUSE)),
    (2, TWO_OFFICES),
    (2, TOGETHER),
    (4, GUIDED),
    (2, GUIDED_BY_THE_CLERK),
    (2, Kind(departures.declined)),
    (2, Kind(departures.changed_mind)),
    (2, Kind(departures.gave_up)),
    (2, Kind(departures.lapsed)),
    (1, Kind(departures.asks_everything_back)),
    (1, Kind(departures.gets_everything_back)),
    (2, Kind(departures.refused_at_once)),
    (2, Kind(departures.refused_after_acceptance, item=SPOUSE)),
    (3, Kind(setbacks.supplemented)),
    (1, Kind(setbacks.unlucky_supplement, item=SPOUSE)),
    (2, Kind(setbacks.waits_for_a_supplement)),
    (2, Kind(setbacks.no_word_yet)),
    (2, Kind(setbacks.reopened)),
    (1, Kind(setbacks.voided)),
    (2, Kind(setbacks.sent_back_and_packed_again)),
    (1, Kind(setbacks.sent_back_and_withdrawn)),
    (1, Kind(setbacks.sent_back)),
    (1, Kind(setbacks.lost)),
    (3, Kind(counter.waits_for_papers, item=SPOUSE)),
)


@dataclass(frozen=True)
class Call:
    """When a courier comes to a window, each day; what goes wrong, on which of them."""

    window: int
    hour: float
    keeps_one_back: frozenset[int] = frozenset()
    """On these days an envelope cannot be found and goes with the next round."""
    takes_over: frozenset[int] = frozenset()
    """On these days what lies forgotten at the other window goes along."""


CALLS = (
    Call(1, 10.8, keeps_one_back=frozenset({0, 1, 4, 7})),
    Call(2, 11.0, keeps_one_back=frozenset({2, 5})),
    Call(1, 15.75, takes_over=frozenset({2, 3, 5})),
    Call(2, 16.0),
)
#: The call the curtain falls in.
LAST_CALL = Call(2, 15.2)

#: The cast alone.
FEWEST = sum(entrance.kind.cases for entrance in CAST)
#: Beyond this, two windows could not do it in eleven days.
MOST = 2_000
