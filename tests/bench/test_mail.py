"""The figures of the mail are of what they say: parcels with a history, whole cases, real questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.carriers.ems import events
from tests import halls
from tests.bench import hall, mail, parcels, polling, scans
from tests.bench.parcels import Network
from workstation import bootstrap
from workstation.acts import carriers
from workstation.domain import codes, tracking
from workstation.domain.tracking import MailState


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    """Ten parcels on their way."""
    with parcels.network(tmp_path_factory.mktemp("network"), 10) as made:
        yield made


def test_the_parcels_have_a_history_each_time_the_same() -> None:
    """As many events as are told, in no order, of every kind; the shorter network begins the longer one."""
    told = mail.network(40, 60)

    every = {(event.code, event.sub) for parcel in told for event in parcel}
    times = [[event.at for event in parcel] for parcel in told]

    assert [len(parcel) for parcel in told] == [60] * 40
    assert all(at != sorted(at) for at in times)
    assert len(every & set(events.codes())) > 200
    assert any(not events.meaning(*code).known for code in every)
    assert mail.network(3, 60) == told[:3]


def test_the_fold_has_something_to_do() -> None:
    """The parcels come to different ends, and most have something taken back."""
    folded = [tracking.fold(mail.facts_of(parcel)) for parcel in mail.network(40, 60)]

    states = Counter(each.state for each in folded)

    assert len(states) >= 4
    assert MailState.NONE not in states
    assert sum(bool(each.cancelled) for each in folded) > 20


def test_folding_is_timed_in_turn() -> None:
    """Each round has all three; understanding and folding holds folding."""
    folding = mail.measure(rounds=2, parcels=20, length=30)

    assert [len(each.values) for each in (folding.whole, folding.fold, folding.floor)] == [2, 2, 2]
    assert min(folding.fold.median, folding.floor.median) > 0


def test_scans_open_whole_cases(tmp_path: Path) -> None:
    """A face leads to the case it was printed for, bare Textual shows the code; each is timed once."""
    home = hall.found(tmp_path, 20, 10)

    took = scans.measure(home, rounds=1, cases=1)

    assert [len(times) for times in (*took.ours, *took.bare)] == [1, 1]
    assert min(*took.ours[0], *took.bare[0]) > 0


def test_a_label_is_a_face_and_what_is_shown_is_its_case(tmp_path: Path) -> None:
    """No two labels are the same, each is sent with its Enter, and the case is one that was registered."""
    home = hall.found(tmp_path, 20, 10)

    labels = scans.seal(home, 2)

    opened = bootstrap.open_hall(home)
    with opened.desk.reading() as reading:
        titles = {f"办件 {codes.short_form(case.number)}" for case in reading.cases.where(window=3)}
    opened.close()
    assert {codes.parse(label.code).kind for label in labels} == {codes.Kind.ENVELOPE}
    assert len({label.burst for label in labels}) == len({label.shown[0] for label in labels}) == 2
    assert all(label.burst == f"{label.code}\r".encode() for label in labels)
    assert {label.shown[0] for label in labels} < titles


def test_every_parcel_is_on_its_way(network: Network) -> None:
    """Each waybill is live on an envelope that a courier took, whose case shows it."""
    opened = bootstrap.open_hall(network.home)
    with opened.desk.reading() as reading:
        live = {each.number: each.object for each in reading.waybills.where(state="live")}
        envelopes = {each.number: each for each in reading.envelopes.where(state="handed_over")}
        inside = {each.envelope: each.consignment for each in reading.contents.where()}
        sent = {each.id: each for each in reading.consignments.where(state="handed_over")}
        reviewed = {each.number for each in reading.cases.where(state="reviewed")}
    opened.close()

    assert sorted(live) == parcels.waybills(10)
    assert set(live.values()) == set(envelopes) == set(inside) == {each.envelope for each in sent.values()}
    assert set(inside.values()) == set(sent)
    assert {each.case_number for each in sent.values()} == reviewed


def test_the_platform_knows_every_parcel(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked with the hall's own account, it tells of each what has happened so far; questions are counted."""
    for name, value in network.environment.items():
        monkeypatch.setenv(name, value)
    opened = bootstrap.open_hall(network.home)
    with opened.desk.reading() as reading:
        carrier = carriers.find(reading, "ems")
    client = carriers.client(halls.seat(opened.desk, halls.CLERK), carrier, timeout=20)

    before = network.questions()
    told = [client.track(waybill) for waybill in parcels.waybills(10)]

    assert network.questions() == before + 10
    assert {len(each) for each in told} == {parcels.EVENTS}
    client.close()
    opened.close()


def test_all_parcels_are_asked_about_while_keys_are_pressed(tmp_path: Path) -> None:
    """By the screens, which leave nothing new, and by a process; keys are timed meanwhile and afterwards."""
    took = polling.measure(tmp_path, count=50, idle=3)

    beside, synced = took.beside, took.synced
    assert (beside.parcels, synced.parcels, synced.news) == (50, 50, 0)
    assert beside.per_second == 50 / beside.seconds
    assert beside.keys
    assert len(beside.idle) == 3
    assert min(took.alone, synced.computing, *beside.keys, *beside.idle) > 0
