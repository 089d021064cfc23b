"""收取轨迹: every parcel is asked about until its end and never too often; no news leave no entry."""

from __future__ import annotations

import errno
import itertools
import os
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
import stamina

from integrations.carriers import CarrierError, Event, Misconfigured, Refused, Unreachable, Unreadable
from integrations.carriers.ems.client import Client
from integrations.carriers.ems.messages import Credentials
from tests import builders
from tests.builders import WAYBILL, Ticking, refused
from tests.engines import OPENING
from tests.integrations.carriers.ems import simulated
from tests.workstation.acts.fake_carrier import in_service, later
from tests.workstation.acts.parcels import (
    DAY,
    HOUR,
    MINUTE,
    FakeTracker,
    an_event,
    look,
    mailed,
    open_kinds,
    told,
    waybill_of,
)
from workstation.acts import polls, syncing, tracking, verification
from workstation.acts.desk import Desk
from workstation.acts.syncing import Round, Syncer
from workstation.domain.mail import Carrier
from workstation.domain.tracking import MailState
from workstation.errors import OutsideFailed
from workstation.policies import MailPolicy
from workstation.store.filelock import FileLock

POLICY = MailPolicy(poll_minutes=60, poll_days=20)
SECOND_WAYBILL = "1136281381699"


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    """Tries follow each other at once."""
    stamina.set_testing(True, attempts=3, cap=True)
    yield
    stamina.set_testing(False)


@pytest.fixture
def hall(desk: Desk) -> Desk:
    """A hall whose carrier has an interface, with one parcel on its way: by a sticker, without an order."""
    mailed(desk)
    in_service(desk)
    return desk


@pytest.fixture
def ems() -> FakeTracker:
    """A carrier that knows of nothing."""
    return FakeTracker()


def minutes_to_next(desk: Desk) -> int | None:
    """How long until the parcel is asked about again."""
    carrier = polls.tracked_by(desk)
    assert carrier is not None
    (latest,) = polls.latest(desk, carrier)
    return None if latest.next_at is None else round((latest.next_at - (latest.asked_at or 0)) / MINUTE)


# --- one round


def test_a_parcel_is_asked_about_and_its_news_taken(hall: Desk, ems: FakeTracker) -> None:
    """Once, and not again before its turn; the wire is hung up at the end."""
    ems.tracks[WAYBILL] = told("203", "702")
    syncer = ems.syncer()

    assert syncer.round(hall) == Round(asked=1, news=1)
    assert syncer.round(hall) == Round()

    assert ems.asked == [WAYBILL]
    (waybill,) = look(hall, lambda reading: reading.waybills.where(number=WAYBILL))
    assert waybill.mail_state == MailState.OUT_FOR_DELIVERY
    syncer.close()
    assert ems.closed == 1


def test_a_round_without_news_leaves_no_entry(hall: Desk, ems: FakeTracker) -> None:
    """That a parcel was asked about is no act."""
    ems.tracks[WAYBILL] = told("203")
    ems.syncer().round(hall)
    before = builders.head(hall)

    for _ in range(3):
        later(hall, 24 * 60)
        assert ems.syncer().round(hall) == Round(asked=1)

    assert builders.head(hall) == before
    assert verification.verify(hall).difference is None


def test_a_parcel_that_is_not_known_yet_is_no_failure(hall: Desk, ems: FakeTracker) -> None:
    """无查询信息: the post office has not seen it."""
    assert ems.syncer().round(hall) == Round(asked=1, not_found=1)
    assert syncing.status(hall).not_found == 1


def test_several_questions_are_out_at_a_time(desk: Desk, ems: FakeTracker) -> None:
    """As many as the policy says, and no more; each is answered."""
    for ordinal in range(6):
        mailed(desk, str(1136281381600 + ordinal))
    in_service(desk)
    ems.wait_for = 3

    came = ems.syncer(policy=MailPolicy(connections=3)).round(desk)

    assert came.asked == 6
    assert ems.at_once == 3


def test_a_round_asks_for_no_more_than_it_may(desk: Desk, ems: FakeTracker) -> None:
    """The rest has its turn in the next; the longest due goes first."""
    for ordinal in range(3):
        mailed(desk, str(1136281381600 + ordinal))
    in_service(desk)
    syncer = ems.syncer(policy=MailPolicy(connections=1))

    assert syncer.round(desk, budget=2) == Round(asked=2, not_found=2, left=1)
    assert syncer.round(desk, budget=2) == Round(asked=1, not_found=1)

    assert sorted(ems.asked) == [str(1136281381600 + ordinal) for ordinal in range(3)]


def test_a_hall_without_an_interface_asks_nobody(desk: Desk, ems: FakeTracker) -> None:
    """The pool of numbers has none, and neither has a hall that has set up nothing."""
    mailed(desk)
    assert ems.syncer().round(desk) == Round()

    in_service(desk, "number_pool")

    assert ems.syncer().round(desk) == Round()
    assert ems.asked == []
    assert syncing.status(desk).carrier is None


def test_what_went_with_a_retired_carrier_is_followed_to_its_end(hall: Desk, ems: FakeTracker) -> None:
    """What was bound later is not that carrier's."""
    in_service(hall, "number_pool")
    mailed(hall, SECOND_WAYBILL)

    ems.syncer().round(hall)

    assert ems.asked == [WAYBILL]


def test_what_has_arrived_is_not_asked_about(hall: Desk, ems: FakeTracker) -> None:
    """Once the office has acknowledged, its waybill is live no more."""
    envelope = look(hall, lambda reading: reading.waybills.where(number=WAYBILL))[0].object
    builders.acknowledged(hall, envelope)

    assert ems.syncer().round(hall) == Round()


def test_a_desk_that_only_looks_asks_nothing(hall: Desk, ems: FakeTracker) -> None:
    """Inspectors leave no trace, at the carrier either."""
    with refused(hall, "read-only"):
        ems.syncer().round(replace(hall, readonly=True))
    assert ems.asked == []


def test_only_one_program_of_a_home_asks(hall: Desk, ems: FakeTracker) -> None:
    """The other one says so, and can go on when the first has ended."""
    lock = FileLock(hall.tray.with_name("sync.lock"))
    lock.acquire(0)

    assert ems.syncer().round(hall) == Round(elsewhere=True)

    lock.close()
    assert ems.syncer().round(hall).asked == 1


def test_a_lock_that_cannot_be_made_is_told(
    hall: Desk, ems: FakeTracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing was asked; why and what next stand there."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(FileLock, "acquire", full)
    with pytest.raises(OutsideFailed) as caught:
        ems.syncer().round(hall)

    builders.assert_explained(caught.value, "sync-lock")
    assert ems.asked == []


# --- trouble


@pytest.mark.parametrize("error", [Unreachable("no line"), Unreadable("garbled")])
def test_a_question_is_asked_three_times(hall: Desk, ems: FakeTracker, error: CarrierError) -> None:
    """It changes nothing at the carrier, so it may be repeated; then the parcel has to wait."""
    ems.default = error

    assert ems.syncer().round(hall) == Round(asked=1, failed=1)

    assert ems.asked == [WAYBILL] * 3
    assert syncing.status(hall).failed == 1
    assert syncing.status(hall).is_silent


def test_a_refusal_is_not_repeated(hall: Desk, ems: FakeTracker) -> None:
    """The carrier has understood; it would say no again."""
    ems.default = Refused("B9999", "不可查询")

    assert ems.syncer().round(hall) == Round(asked=1, failed=1)
    assert ems.asked == [WAYBILL]


def test_nothing_is_written_across_the_screen(
    hall: Desk, ems: FakeTracker, capfd: pytest.CaptureFixture[str]
) -> None:
    """A repeated question is nobody's news."""
    ems.default = Unreachable("no line")

    ems.syncer().round(hall)

    assert capfd.readouterr() == ("", "")


def test_a_silent_carrier_is_left_alone_longer_each_time(desk: Desk, ems: FakeTracker) -> None:
    """The first that gets no answer ends the round; the pause grows, in memory only, until one comes."""
    for ordinal in range(9):
        mailed(desk, str(1136281381600 + ordinal))
    in_service(desk)
    now, ems.default = [1000.0], Unreachable("no line")
    syncer = ems.syncer(policy=MailPolicy(connections=1), monotonic=lambda: now[0])
    before = builders.head(desk)

    pauses = []
    for _ in range(8):
        assert syncer.round(desk) == Round(asked=1, failed=1, left=syncing.status(desk).due)
        assert isinstance(syncer.trouble, Unreachable)
        began = now[0]
        while syncer.round(desk) == Round():
            now[0] += 10
            if now[0] - began > 2000 or syncer._quiet_until <= now[0]:
                break
        pauses.append(now[0] - began)

    assert pauses == [30, 60, 120, 240, 480, 960, 1800, 1800]
    assert builders.head(desk) == before
    ems.default = ()
    syncer.round(desk)
    assert syncer.trouble is None


def test_those_on_the_wire_together_are_one_silence(desk: Desk, ems: FakeTracker) -> None:
    """Four lines fall dead at once: the pause is the first one."""
    for ordinal in range(8):
        mailed(desk, str(1136281381600 + ordinal))
    in_service(desk)
    now, ems.default, ems.wait_for = [1000.0], Unreachable("no line"), 4
    syncer = ems.syncer(monotonic=lambda: now[0])

    came = syncer.round(desk)

    assert came.failed == 4
    now[0] += 30
    ems.default = ()
    assert syncer.round(desk).asked == 4


def test_one_parcel_the_carrier_refuses_holds_up_no_other(desk: Desk, ems: FakeTracker) -> None:
    """But three refusals on end are the carrier's own trouble."""
    numbers = [str(1136281381600 + ordinal) for ordinal in range(8)]
    for number in numbers:
        mailed(desk, number)
    in_service(desk)
    syncer = ems.syncer(policy=MailPolicy(connections=1))
    ems.tracks[numbers[1]] = Refused("B9999")

    assert syncer.round(desk, budget=4) == Round(asked=4, not_found=3, failed=1, left=4)
    assert syncer.trouble is None
    ems.default = Refused("HTTP 401")

    assert syncer.round(desk) == Round(asked=3, failed=3, left=1)
    assert isinstance(syncer.trouble, Refused)


def test_without_credentials_nothing_is_asked(hall: Desk) -> None:
    """It is told why, and no parcel is counted as asked about."""

    def unknown(*_: object) -> FakeTracker:
        raise Misconfigured("ems")

    syncer = Syncer(connect=unknown)

    assert syncer.round(hall) == Round(left=1)
    assert isinstance(syncer.trouble, Misconfigured)
    assert syncing.status(hall).never_asked == 1
    assert isinstance(_trouble_of(Syncer(), hall), Misconfigured)


def _trouble_of(syncer: Syncer, desk: Desk) -> CarrierError | None:
    syncer.round(desk)
    return syncer.trouble


def test_told_to_end_it_lets_the_wire_come_home(desk: Desk, ems: FakeTracker) -> None:
    """What is out is still taken; nothing further is asked, nor repeated."""
    for ordinal in range(6):
        mailed(desk, str(1136281381600 + ordinal))
    in_service(desk)
    syncer = ems.syncer(policy=MailPolicy(connections=2))
    really, ems.wait_for = ems.track, 2

    def track(waybill: str) -> list[Event]:
        found = really(waybill)
        syncer.held = True
        return found

    ems.track = track  # type: ignore[method-assign]

    assert syncer.round(desk) == Round(asked=2, not_found=2, left=4)
    assert syncer.round(desk) == Round()


def test_a_cut_before_the_note_loses_nothing(
    hall: Desk, ems: FakeTracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The news are in the ledger, the parcel is asked about again, and nothing is there twice."""
    ems.tracks[WAYBILL] = told("203")

    class PowerCut(BaseException):
        """The process ends here."""

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(polls, "note", cut)
        with pytest.raises(PowerCut):
            ems.syncer().round(hall)

    assert ems.syncer().round(hall) == Round(asked=1)
    assert len(look(hall, lambda reading: reading.mail_events.where(waybill=WAYBILL))) == 1
    assert verification.verify(hall).difference is None


# --- when a parcel has its turn


def test_silence_is_asked_about_ever_more_seldom(hall: Desk, ems: FakeTracker) -> None:
    """Twice as long each time, up to twelve hours; news, and a courier on the road, make it short again."""
    syncer, waits = ems.syncer(policy=POLICY), []
    ems.tracks[WAYBILL] = told("203")
    for _ in range(7):
        syncer.round(hall)
        waits.append(minutes_to_next(hall))
        later(hall, (waits[-1] or 0) + 1)

    assert waits == [60, 120, 240, 480, 720, 720, 720]

    ems.tracks[WAYBILL] = told("203", "702")
    for _ in range(3):
        syncer.round(hall)
        assert minutes_to_next(hall) == 60
        later(hall, 61)


def test_a_parcel_without_news_for_long_is_asked_about_once_a_day(hall: Desk, ems: FakeTracker) -> None:
    """It is never given up."""
    syncer = ems.syncer(policy=POLICY)
    later(hall, 21 * 24 * 60)

    for _ in range(3):
        syncer.round(hall)
        assert minutes_to_next(hall) == 24 * 60
        later(hall, 24 * 60 + 1)


def test_a_line_that_was_down_says_nothing_of_the_parcel(hall: Desk, ems: FakeTracker) -> None:
    """After a day without the internet it is asked about as before."""
    ems.tracks[WAYBILL] = Unreachable("no line")
    for _ in range(5):
        ems.syncer(policy=POLICY).round(hall)
        assert minutes_to_next(hall) == 60
        later(hall, 61)


def test_a_delivery_is_watched_for_a_week(hall: Desk, ems: FakeTracker) -> None:
    """It may be taken back; once a day, then no more."""
    ems.tracks[WAYBILL] = told("203", "704/10")
    syncer, asked = ems.syncer(policy=POLICY), 0
    for _ in range(30):
        asked += syncer.round(hall).asked
        later(hall, 24 * 60 + 1)

    assert asked == 8
    assert minutes_to_next(hall) is None


def test_a_delivery_that_is_taken_back_by_hand_is_asked_about_again(hall: Desk, ems: FakeTracker) -> None:
    """Its end was none: what a file tells brings its turn back."""
    ems.tracks[WAYBILL] = told("203", "704/10")
    syncer = ems.syncer(policy=POLICY)
    for _ in range(10):
        syncer.round(hall)
        later(hall, 24 * 60 + 1)
    assert syncer.round(hall) == Round()

    tracking.take(hall, WAYBILL, told("203", "704/10", "743"), source=tracking.IMPORT)

    assert syncer.round(hall).asked == 1


@pytest.mark.parametrize("end", ["711", "987"])
def test_what_is_back_or_lost_is_not_asked_about(hall: Desk, ems: FakeTracker, end: str) -> None:
    """Nothing more is expected."""
    ems.tracks[WAYBILL] = told("203", end)
    syncer = ems.syncer(policy=POLICY)
    syncer.round(hall)
    later(hall, 40 * 24 * 60)

    assert syncer.round(hall) == Round()


@dataclass
class Month:
    """Parcels whose way is known from the start, told of as time goes by; the line is down now and then."""

    clock: Ticking
    ways: dict[str, list[Event]]
    downs: frozenset[int]
    """Hours in which nobody answers."""

    def __post_init__(self) -> None:
        self.asked: dict[str, list[int]] = defaultdict(list)

    def track(self, waybill: str) -> list[Event]:
        """What has happened so far."""
        now = self.clock.start
        if not self.asked[waybill] or self.asked[waybill][-1] != now:
            self.asked[waybill].append(now)
        if (now - OPENING) // HOUR in self.downs:
            raise Unreachable("no line")
        return [event for event in self.ways[waybill] if event.at <= now]

    def close(self) -> None:
        """Hang up."""


def _ways(first: int) -> Iterator[list[tuple[float, str]]]:
    """Days and codes: delivered early and late, sent back, lost, without a word, still on its way."""
    yield [(0.2, "203"), (2, "702"), (2.2, "704/10")]
    yield [(3, "203"), (9, "704/60"), (10, "743"), (12, "704/10")]
    yield [(1, "203"), (6, "705/7"), (7, "741"), (15, "711")]
    yield [(1, "203"), (20, "987")]
    yield []
    yield [(day, "305") for day in range(1, 31, first)]


def test_a_month_of_asking(desk: Desk) -> None:
    """Never too often, every parcel to its end, none dropped, and each at most one entry for each news."""
    start = desk.store.now() // HOUR * HOUR + HOUR
    ways = {}
    for ordinal, way in enumerate(_ways(4)):
        number = str(1136281381600 + ordinal)
        mailed(desk, number)
        ways[number] = [an_event(code, round(start + day * DAY), number) for day, code in way]
    in_service(desk)
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.stop(start)
    downs = frozenset(itertools.chain(range(48, 72), range(200, 203)))
    month = Month(clock, ways, frozenset(down + (start - OPENING) // HOUR for down in downs))
    syncer = Syncer(POLICY, connect=lambda *_: month, monotonic=lambda: clock.start / 1000)
    entries = builders.head(desk)[0]

    for _ in range(30 * 24 * 2):
        clock.start += HOUR // 2
        syncer.round(desk)

    gaps = [b - a for asked in month.asked.values() for a, b in itertools.pairwise(asked)]
    assert min(gaps) >= 60 * MINUTE
    assert set(month.asked) == set(ways)
    states = {
        waybill.number: waybill.mail_state
        for waybill in look(desk, lambda reading: reading.waybills.where(leg="out"))
    }
    ended = ["delivered", "delivered", "returned_to_sender", "mail_lost", "mail_none", "in_transit"]
    assert list(states.values()) == ended
    silent = month.asked[str(1136281381604)]
    assert max(b - a for a, b in itertools.pairwise(silent)) <= 26 * HOUR
    assert clock.start - silent[-1] <= DAY
    assert month.asked[str(1136281381600)][-1] - start < 11 * DAY
    assert builders.head(desk)[0] - entries <= sum(len(way) for way in ways.values())
    assert verification.verify(desk).difference is None


def test_status_says_what_was_asked_when(hall: Desk, ems: FakeTracker) -> None:
    """Parcels, turns, answers, times, and the orders that wait."""
    assert syncing.status(hall) == syncing.Status("ems", parcels=1, due=1, never_asked=1)
    ems.tracks[WAYBILL] = told("203")
    before = hall.store.now()

    ems.syncer().round(hall)
    status = syncing.status(hall)

    assert (status.parcels, status.due, status.never_asked, status.answered) == (1, 0, 0, 1)
    assert status.asked_at is not None
    assert before < status.asked_at == status.answered_at
    assert status.next_at == status.asked_at + 60 * MINUTE
    assert not status.is_silent
    assert (status.orders, status.orders_for_person) == (0, 0)


# --- the simulated platform


def test_the_platform_itself_is_asked(hall: Desk) -> None:
    """Over real HTTP, through a fault inside the platform and a cut line, to the end of a parcel's way."""
    at = "2026-11-20 09:00:00"
    with simulated.running(clock=at) as platform:
        platform.plot([WAYBILL], [[2, "203", ""], [60, "704", "60"]])
        platform.set_clock("2026-11-24 09:00:00")
        platform.set_script({"rules": [{"do": "status_500", "times": 1}, {"do": "cut_after", "times": 1}]})
        credentials = Credentials(**vars(platform.credentials))

        def connect(desk: Desk, _: Carrier) -> Client:
            return Client(credentials, now=desk.store.now, url=platform.url)

        syncer = Syncer(connect=connect)
        came = syncer.round(hall)
        syncer.close()
        asked = platform.traffic()["count"]

    assert came == Round(asked=1, news=1)
    assert asked == {"040001": 3}
    (waybill,) = look(hall, lambda reading: reading.waybills.where(number=WAYBILL))
    assert (waybill.mail_state, waybill.mail_code) == (MailState.DELIVERED, "704/60")
    assert open_kinds(hall, waybill.object) == ["signing_doubtful"]
    assert waybill_of(hall, waybill.object).mail_grade == "signed_reception"
