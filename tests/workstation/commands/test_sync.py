"""`sync`, typed: orders told and parcels asked about over the wire, once or until somebody ends it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest
import stamina

from tests import builders
from tests.builders import WAYBILL, undrawn
from tests.integrations.carriers.ems import simulated
from tests.line import Line
from tests.workstation.acts.parcels import mailed
from workstation import bootstrap
from workstation.acts.desk import Desk
from workstation.acts.ordering import Orderer
from workstation.acts.syncing import Round, Syncer
from workstation.commands import sync
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import MailOrder
from workstation.store.filelock import FileLock

__all__ = ["undrawn"]

#: Nothing listens there.
DEAD = "http://127.0.0.1:9/amp-prod-api/f/amp/api/open"


@pytest.fixture(autouse=True)
def without_waiting() -> Iterator[None]:
    """Tries follow each other at once."""
    stamina.set_testing(True, attempts=3, cap=True)
    yield
    stamina.set_testing(False)


@pytest.fixture(scope="module")
def platform() -> Iterator[simulated.Simulated]:
    """The platform in a process of its own."""
    with simulated.running() as running:
        yield running


@pytest.fixture
def counter(
    counter: Line, platform: simulated.Simulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Line:
    """A command line whose window knows the account at the platform."""
    path = tmp_path / "ems.toml"
    path.write_text("".join(f'{k} = "{v}"\n' for k, v in asdict(platform.credentials).items()))
    path.chmod(0o600)
    monkeypatch.setenv("WORKSTATION_CARRIER_FILE", str(path))
    return counter


@pytest.fixture
def desk(counter: Line, undrawn: None) -> Iterator[Desk]:
    """The hall of the command line, the first clerk at its window."""
    assert counter.home is not None
    opened = bootstrap.open_hall(counter.home)
    yield builders.at(opened.desk, "1001")
    opened.close()


def online(counter: Line, url: str) -> None:
    """Let the hall use the platform at this address."""
    assert counter("carrier", "set", "ems", "--url", url, as_="2001").exit_code == 0


def test_bare_sync_does_what_is_due(counter: Line, desk: Desk, platform: simulated.Simulated) -> None:
    """An order is placed, a parcel is asked about; then nothing is due, and it ends."""
    mailed(desk)
    online(counter, platform.url)
    office = builders.an_office(code="450103-police", division="450103")
    sealed = builders.a_consignment(desk, ConsignmentState.SEALED, offices=(office,)).envelope
    platform.plot([WAYBILL], [[0, "203", ""], [0, "705", "7"]])

    came = counter("sync", "--json", as_="1001")

    assert came.exit_code == 0, came.out
    (order,) = came.json["orders"]
    assert (order["envelope"], order["state"]) == (sealed, "order_placed")
    assert came.json["tracks"] == {"asked": 2, "news": 1, "not_found": 1, "failed": 0, "left": 0}
    assert (came.json["trouble"], came.json["elsewhere"]) == (None, False)
    tasks = counter("task", "list", "--json", as_="1001").json["tasks"]
    assert [task["kind"] for task in tasks] == ["attempt_refused"]
    assert counter("sync", "run", as_="1001").out.splitlines() == [
        "下单：0 单有变化。",
        "轨迹：问了 0 件，0 件有新轨迹，0 件还查不到，0 件没有问到。",
    ]


def test_a_carrier_that_is_not_there_is_told(counter: Line, desk: Desk) -> None:
    """The outside has failed: exit 4; nothing is lost, and what next stands there."""
    mailed(desk)
    online(counter, DEAD)
    builders.an_envelope(desk, EnvelopeState.SEALED)

    came = counter("sync", as_="1001")
    status = counter("sync", "status", "--json", as_="1001").json["status"]

    assert came.exit_code == 4
    assert came.out.splitlines()[-1] == "没有做完：连不上寄递企业。没有丢什么，网络恢复后再运行即可。"
    assert (status["failed"], status["answered_at"]) == (1, None)
    assert (status["orders"], status["orders_for_person"]) == (1, 0)


def test_status_says_what_was_asked_when(counter: Line, desk: Desk, platform: simulated.Simulated) -> None:
    """Before, without an interface; and after, with times."""
    mailed(desk, "1136281381699")
    assert "没有接口" in counter("sync", "status", as_="1001").out
    online(counter, platform.url)
    before = counter("sync", "status", as_="1001").out
    counter("sync", as_="1001")

    after = counter("sync", "status", "--json", as_="1001").json["status"]

    assert "在途：1 件，现在该问 1 件，从未问过 1 件。" in before
    assert "最近一次：没有；下一次：没有安排。" in before
    assert (after["parcels"], after["due"], after["not_found"]) == (1, 0, 1)
    assert after["asked_at"] == after["answered_at"]
    assert after["next_at"].endswith("+08:00")


def test_another_program_is_not_disturbed(counter: Line, desk: Desk, platform: simulated.Simulated) -> None:
    """The screens are at it: nothing is asked twice, and it is said so."""
    mailed(desk)
    online(counter, platform.url)
    lock = FileLock(desk.tray.with_name("sync.lock"))
    lock.acquire(0)

    said = counter("sync", as_="1001")

    lock.close()
    assert said.exit_code == 0
    assert "本机另一个程序正在收轨迹，这次没有重复去问。" in said.out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_watching_goes_on_until_it_is_told_to_end(
    counter: Line, desk: Desk, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    """Nothing due, it looks again; told to end, it lets both workers come home and answers as ever."""
    handlers = [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)]
    rounds: list[Syncer] = []
    told: list[Orderer] = []

    def order_round(self: Orderer, _: Desk) -> list[MailOrder]:
        told.append(self)
        return []

    def sync_round(self: Syncer, _: Desk) -> Round:
        rounds.append(self)
        if len(rounds) == 3:
            signal.raise_signal(number)
        return Round()

    monkeypatch.setattr(sync, "_PAUSE", 0.01)
    monkeypatch.setattr(Orderer, "round", order_round)
    monkeypatch.setattr(Syncer, "round", sync_round)

    came = counter("sync", "--watch", "--json", as_="1001")

    assert (came.exit_code, len(rounds), len(told)) == (0, 3, 3)
    assert rounds[0].held
    assert told[0].held
    assert came.json["tracks"]["asked"] == 0
    assert [signal.getsignal(each) for each in (signal.SIGINT, signal.SIGTERM)] == handlers


def test_a_desk_that_only_looks_sees_the_status_and_asks_nothing(counter: Line, desk: Desk) -> None:
    """Refused before anything is on the wire."""
    refused = counter("sync", "--readonly", "--json", as_="1001")

    assert (refused.exit_code, refused.code) == (3, "read-only")
    assert counter("sync", "status", "--readonly", as_="1001").exit_code == 0
