"""How many days a leg has, and which count: as agreed, by law, as is usual there, or as set here."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cached_property

from workstation.acts import silence, year_tables
from workstation.acts.deadline_legs import RULES, Leg, is_delivered
from workstation.acts.licences import MENDING_DAYS
from workstation.acts.notices import TELLING_DAYS
from workstation.domain.consignment import ConsignmentState
from workstation.domain.day_sums import Rule, Stop
from workstation.domain.deadlines import Pause
from workstation.domain.times import local
from workstation.policies import BypassPolicy, DeadlinePolicy, MailPolicy, RatingPolicy
from workstation.reference import pauses
from workstation.reference.calendars import Calendar
from workstation.settings import Settings
from workstation.store.protocols import Line
from workstation.store.work import Reading


@dataclass(frozen=True)
class OtherDays:
    """Days that other policies set."""

    silent: int = MailPolicy().silent_days
    review: int = BypassPolicy().review_days
    contact: int = RatingPolicy().contact_days
    answer: int = RatingPolicy().answer_days

    @classmethod
    def of(cls, settings: Settings) -> OtherDays:
        """As this hall has set them."""
        mail, bypass, rating = settings.mail, settings.bypass, settings.rating
        return cls(mail.silent_days, bypass.review_days, rating.contact_days, rating.answer_days)


@dataclass(frozen=True)
class Allowed:
    """So many days, and by what."""

    days: int
    rule: str
    """A key of `deadline_legs.RULES`."""
    source: str
    """In words: the article, the agreement, what is usual, or that the hall has set it."""


def rule_of(policy: DeadlinePolicy) -> Rule:
    """How the hall counts."""
    return Rule(
        first_day_counts=policy.first_day_counts,
        end_of_business=datetime.time.fromisoformat(policy.end_of_business),
        late_is_next_day=policy.late_is_next_day,
        rolls=policy.roll == "next",
    )


@dataclass
class Limits:
    """One look at the hall's rules; calendars, agreements and histories are read once."""

    reading: Reading
    now: int
    policy: DeadlinePolicy
    others: OtherDays

    @cached_property
    def today(self) -> datetime.date:
        """The day it is."""
        return local(self.now).date()

    @cached_property
    def rule(self) -> Rule:
        """How the hall counts."""
        return rule_of(self.policy)

    @cached_property
    def by_law(self) -> Rule:
        """How days were counted that stand on papers: as the law says, whatever the hall has set."""
        return Rule(end_of_business=self.rule.end_of_business)

    @cached_property
    def here(self) -> Calendar:
        """The hall's own working days."""
        return year_tables.here(self.reading)

    @cached_property
    def _asked(self) -> silence.Asked:
        return silence.Asked(self.reading, self.today, self.others.silent)

    def limit(self, leg: Leg, line: Line) -> Allowed:
        """The days of a leg: agreed, else as the hall has set them or by law; or what is usual there."""
        usual = self._asked.agreed(line, leg.agreed) if leg.agreed else None
        if usual is None and not leg.setting:
            usual = self._asked.usual(line, "delivered" if is_delivered(line) else "handed_over")
        if usual is not None:
            return Allowed(usual.days, usual.rule, usual.told)
        days: int = getattr(self.policy, leg.setting)
        if leg.law and leg.law[0] == days:
            return _by_law(days, f"{leg.law[1]}、第八十二条")
        return set_here(days)

    def calendar(self, leg: Leg, line: Line) -> Calendar:
        """Whose working days count: the home office's on its own legs."""
        return self._asked.calendar(line) if leg.at_home else self.here

    def stops(self, leg: Leg, line: Line) -> list[Stop]:
        """Days of this leg that do not count."""
        if leg.code == "answer" and line["state"] == ConsignmentState.HOME_CORRECTING:
            return [Stop(local(line["corrected_at"]).date(), None, pauses.name(pauses.CORRECTING))]
        if leg.code != "decide" or not line["pauses"]:
            return []
        ended = leg.ended(line)
        last = local(ended).date() if ended else None
        found = self.reading.pauses.where(consignment=line["id"])
        return [stop(pause, last) for pause in found if last is None or pause.since <= last.isoformat()]

    def rolled(self, due: datetime.date) -> datetime.date:
        """A last day that was named, moved off a holiday (民法典 203(1))."""
        if not self.rule.rolls or self.here.is_working_day(due):
            return due
        return self.here.working_day_after(due, 1).day


def telling() -> Allowed:
    """Five working days for telling what is missing."""
    return _by_law(TELLING_DAYS, "行政许可法第三十二条第四项、第八十二条")


def mending() -> Allowed:
    """The days in which the keeper of a licence is to mend it."""
    return _by_law(MENDING_DAYS, "闽审改办〔2023〕2号")


def set_here(days: int) -> Allowed:
    """As the hall has set it."""
    return Allowed(days, "setting", f"{RULES['setting']}：{days} 个工作日")


def _by_law(days: int, source: str) -> Allowed:
    return Allowed(days, "law", f"{source}：{days} 个工作日")


def stop(pause: Pause, ended: datetime.date | None = None) -> Stop:
    """A pause as it counts; one that nobody has ended lasts as long as its leg."""
    last = datetime.date.fromisoformat(pause.until) if pause.until else ended
    return Stop(datetime.date.fromisoformat(pause.since), last, pauses.name(pause.kind))
