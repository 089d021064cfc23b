"""What a hall may set, section by section of `settings.toml`: rules, waits, looks; each with its default."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec


class Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Unknown keys are refused: a misspelt setting that is silently ignored is the wrong setting."""


class PasswordPolicy(Section, frozen=True):
    """What a password must be; the default is that of GB/T 22239 as commonly checked (domain.md §8.2)."""

    length: Annotated[int, msgspec.Meta(ge=8, le=64)] = 8
    classes: Annotated[int, msgspec.Meta(ge=1, le=4)] = 3
    """Of capital letters, small letters, digits, others."""


class LoginPolicy(Section, frozen=True):
    """After how many failures in a row a sign-in is locked, and for how long."""

    failures: Annotated[int, msgspec.Meta(ge=3, le=20)] = 5
    minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)] = 10


class RatingPolicy(Section, frozen=True):
    """Within how many working days a bad rating 差评 is followed up.

    The figures are ours: no count for the whole country was found, local rules differ (domain.md §6.4).
    """

    contact_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 1
    answer_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 5


class BypassPolicy(Section, frozen=True):
    """After how many working days without review a registered case is a sign of 体外循环; ours as well."""

    review_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 1


class OfficePolicy(Section, frozen=True):
    """After how many days without a call a home office's address counts as unverified; ours as well."""

    verified_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 180


class CounterPolicy(Section, frozen=True):
    """Within how many days a second hand-in of a person for an item is shown with the first; ours as well."""

    duplicate_days: Annotated[int, msgspec.Meta(ge=1, le=3650)] = 30


class ScreenPolicy(Section, frozen=True):
    """How the screens look, when they lock, and how long revealed fields stay in clear; figures of ours."""

    theme: Literal["dark", "light", "contrast"] = "dark"
    lock_minutes: Annotated[int, msgspec.Meta(ge=1, le=240)] = 10
    reveal_seconds: Annotated[int, msgspec.Meta(ge=5, le=600)] = 60


class ScannerPolicy(Section, frozen=True):
    """How this window's scanner sends, and when the same label read again is a repeat; figures of ours."""

    gap_ms: Annotated[int, msgspec.Meta(ge=5, le=500)] = 30
    """Keys no further apart come from one burst."""
    shortest: Annotated[int, msgspec.Meta(ge=4, le=40)] = 10
    """So many keys at that speed are no person's."""
    prefix: Annotated[str, msgspec.Meta(min_length=1, max_length=4)] | None = None
    """What the scanner sends before each code; `"\\u0002"` for STX, which nobody types."""
    repeat_ms: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 1_500


class MailPolicy(Section, frozen=True):
    """How the carrier is asked, and when silence is told; figures of ours where no source names one."""

    connections: Annotated[int, msgspec.Meta(ge=1, le=8)] = 4
    """So many questions at a time."""
    timeout_seconds: Annotated[int, msgspec.Meta(ge=2, le=120)] = 20
    tries: Annotated[int, msgspec.Meta(ge=1, le=20)] = 5
    """So often an order is sent before a person decides."""
    poll_minutes: Annotated[int, msgspec.Meta(ge=30, le=1440)] = 60
    """Between two questions about a parcel; an aggregator locks what is asked within 30 (domain.md §3.2)."""
    poll_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 60
    """After so many days without a new event a parcel is asked about once a day; it is never dropped."""
    silent_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 3
    """Working days an office may be silent, where its own history is too short."""
    cut_offs: tuple[Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")], ...] = (
        "11:00",
        "16:00",
    )
    """Pickups of a day; what is sealed before one and still here after it was not picked up."""
    low_stock: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 50
    """So few free numbers in the pool are told."""
    credentials: str | None = None
    """File with the carrier's credentials, outside the home and readable to this user only."""


class DeadlinePolicy(Section, frozen=True):
    """How days are counted, and what is usual where neither law nor agreement says so.

    Working days throughout (行政许可法 82). Figures named ours are settings of the hall, not of any law.
    """

    first_day_counts: bool = False
    """民法典 201(2): the day itself does not count, counting begins with the next."""
    end_of_business: Annotated[str, msgspec.Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")] = "17:00"
    """民法典 203(2): where there are business hours the last day ends with them; the hour is ours."""
    late_is_next_day: bool = False
    """Whether what begins after the end of business counts as begun on the next working day."""
    roll: Literal["next", "none"] = "next"
    """民法典 203(1): a last day that is a holiday moves to the day after it; for days named by date."""
    soon_days: Annotated[int, msgspec.Meta(ge=0, le=30)] = 1
    """So many working days before its end something is due soon; ours."""
    seal_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 2
    """形式审查通过 → 封装; ours."""
    pickup_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 1
    """封装 → 揽收; ours."""
    delivery_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 5
    """揽收 → 妥投; ours."""
    answer_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 5
    """属地签收 → 受理; 行政许可法 32(4) has five days for telling what is missing."""
    decision_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 20
    """受理 → 决定: 行政许可法 42."""
    return_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 10
    """决定 → 回寄: 行政许可法 44."""
    arrival_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 5
    """回寄 → 到窗; ours."""
    service_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 10
    """到窗 → 送达; ours."""


class QueuePolicy(Section, frozen=True):
    """What the supervisor's queue shows; ours."""

    looked_back_days: Annotated[int, msgspec.Meta(ge=1, le=90)] = 1
    """So many days back what is to be looked at stays in the queue: second notices, reveals …"""


class SamplingPolicy(Section, frozen=True):
    """How much of the day is looked through again; ours."""

    per_mille: Annotated[int, msgspec.Meta(ge=1, le=1000)] = 50
    fewest: Annotated[int, msgspec.Meta(ge=0, le=100)] = 1


class ArchivePolicy(Section, frozen=True):
    """How an archive packet is named; the rule of GB/T 42727-2023 chapter 7 itself has not been read."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=100)] = "{division}-{year}-{number}"
    """Out of {division}, {hall}, {item}, {year}, {number}, {ordinal}."""
