"""All that the stories need: people, offices, couriers, both windows; and who comes on stage when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from forms import items
from workstation.acts import users
from workstation.acts.desk import Desk
from workstation.acts.inputs import Office, Person
from workstation.domain.people import User
from workstation.domain.roles import Role
from workstation.practice import hall, people, plan
from workstation.practice.plan import Call, Entrance, Kind
from workstation.practice.scene import Scene, Window
from workstation.practice.stage import Stage
from workstation.practice.stories import rounds
from workstation.practice.stories.rounds import Round
from workstation.practice.times import Week
from workstation.practice.waybills import Waybills

_EVENING = 16 * 60 + 40
"""Minute of the day at which the day's papers are looked through."""


class Company:
    """All that the stories need, handed out in one fixed order."""

    def __init__(self, desk: Desk, seed: int, week: Week, rng: Random) -> None:
        self._week, self._rng = week, rng
        self._strangers = people.strangers(Random(rng.getrandbits(64)), week.days[-1].year)
        self._waybills = Waybills()
        self._offices = {office.code: office for office in hall.offices()}
        self._windows = _windows(desk, seed)
        supervising, first = self._windows[1].supervising, week.days[0].isoformat()
        hall.open_directory(supervising, first)
        hall.publish_guide(supervising, first)
        with desk.reading() as reading:
            couriers = reading.users.where(role=Role.COURIER)
        self._badges = [courier.badge or "" for courier in couriers]

    def enter(self, stage: Stage, cases: int) -> None:
        """Bring the cast, the couriers and then the rest on stage."""
        for entrance in plan.CAST:
            self._begin(stage, entrance.kind, entrance.window, at=self._entrance(entrance))
        for day in range(len(self._week.days)):
            for call in plan.CALLS:
                self._call(stage, call, day)
        self._last_call(stage)
        evening = rounds.evening(self._windows[1])
        stage.enter(evening, window=1, at=self._week.at(plan.LAST - 1, _EVENING), rng=self._luck())
        for kind in self._mixed(cases - plan.FEWEST):
            day = self._rng.randrange(len(self._week.days))
            window = self._rng.choice(sorted(self._windows))
            self._begin(stage, kind, window, at=self._week.some_time(day, self._rng))

    def _entrance(self, entrance: Entrance) -> int:
        return self._week.at(entrance.day, entrance.hour * 60 + self._rng.uniform(0, 4))

    def _begin(self, stage: Stage, kind: Kind, window: int, *, at: int) -> None:
        setting = self._scene(kind, self._windows[window])
        stage.enter(kind.tale(setting), window=window, at=at, rng=setting.rng)

    def _scene(self, kind: Kind, window: Window) -> Scene:
        return Scene(
            window=window,
            rng=self._luck(),
            waybills=self._waybills,
            item=items.by_code(kind.item),
            offices=self._sent_to(kind),
            applicants=tuple(self._people(kind)),
            year=self._week.days[-1].year,
            agent=next(self._strangers) if kind.agent else None,
        )

    def _sent_to(self, kind: Kind) -> tuple[Office, ...]:
        if kind.office:
            return (self._offices[kind.office],)
        return tuple(self._rng.sample(hall.household_offices(), kind.offices))

    def _people(self, kind: Kind) -> Iterator[Person]:
        people_ = (next(self._strangers) for _ in range(kind.cases))
        if not kind.organisation:
            return people_
        return (people.organisation(person, self._rng) for person in people_)

    def _call(self, stage: Stage, call: Call, day: int) -> None:
        one = replace(
            self._round(call, day),
            keeps_one_back=day in call.keeps_one_back,
            takes_over=3 - call.window if day in call.takes_over else None,
        )
        at = self._week.at(day, call.hour * 60 + self._rng.uniform(0, 8))
        stage.enter(rounds.taken(one), window=call.window, at=at, rng=one.rng)

    def _last_call(self, stage: Stage) -> None:
        call, day = plan.LAST_CALL, plan.LAST
        one = self._round(call, day)
        at = self._week.at(day, call.hour * 60)
        stage.enter(rounds.under_way(one), window=call.window, at=at, rng=one.rng)

    def _round(self, call: Call, day: int) -> Round:
        badge = self._badges[day % len(self._badges)]
        return Round(self._windows[call.window], badge, self._luck(), self._waybills)

    def _mixed(self, cases: int) -> Iterator[Kind]:
        """Kinds by weight until the number of cases is reached, the last of one case if one is left."""
        kinds = [kind for _, kind in plan.MIX]
        weights = [weight for weight, _ in plan.MIX]
        while cases:
            (kind,) = self._rng.choices(kinds, weights)
            if kind.cases <= cases:
                cases -= kind.cases
                yield kind

    def _luck(self) -> Random:
        return Random(self._rng.getrandbits(64))


def _windows(desk: Desk, seed: int) -> dict[int, Window]:
    """Both windows, everybody signed in once with the password and confirmed once with the PIN."""
    secrets = {operator.code: operator for operator in hall.operators(seed)}
    one, two, supervisor = (_signed_in(desk, secrets[code]) for code in ("1001", "1002", "2001"))
    return {
        1: Window(replace(desk, window=1, operator=one), colleague=two, supervisor=supervisor),
        2: Window(replace(desk, window=2, operator=two), colleague=one, supervisor=supervisor),
    }


def _signed_in(desk: Desk, operator: hall.Operator) -> User:
    signed_in = users.sign_in(desk, operator.code, operator.password or "")
    users.second(signed_in, operator.code, operator.pin or "")
    return signed_in.signed_in()
