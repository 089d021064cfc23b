"""Nouns `printer` and `print`, typed: printers entered and routed, the queue worked off and decided about."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from typing import Any

import pytest

from integrations.printers import client
from tests.integrations.printers.fake_printer import FakePrinter
from tests.line import Line


@pytest.fixture
def laser() -> Iterator[FakePrinter]:
    """A printer on the wire."""
    with FakePrinter() as printer:
        yield printer


@pytest.fixture
def routed(counter: Line, laser: FakePrinter) -> Line:
    """The command line of a window whose sheets go to the printer 激光机."""
    words = ("激光机", "--uri", laser.uri, "--dpi", "300", "--json")
    assert counter("printer", "add", *words, as_="2001").json["printer"]["dpi"] == 300
    route = counter("printer", "route", "sheet", "--printer", "激光机", "--json", as_="2001").json["route"]
    assert (route["printer"], route["use"]) == ("激光机", "sheet")
    return counter


def registered(line: Line) -> str:
    """The number of the slip of a new case."""
    schema = line("case", "register", "--schema").json
    answer = line("case", "register", "--json", "-", stdin=schema["example"], as_="1001")
    assert answer.exit_code == 0, answer.out
    number = answer.json["case"]["number"]
    papers = line("paper", "list", "--of", number, "--json", as_="1001").json["papers"]
    return str(papers[0]["number"])


def jobs(line: Line, *words: str) -> list[Any]:
    """The queue."""
    found: list[Any] = line("print", "list", *words, "--json", as_="1001").json["print_jobs"]
    return found


def test_a_command_that_makes_papers_gives_them_to_the_printer(routed: Line, laser: FakePrinter) -> None:
    """No screen has to be open; `print run` follows them to their end."""
    number = registered(routed)
    assert [r.text("job-name")[:10] for r in laser.asked("print")] == [f"paper {number[:4]}"]

    answer = routed("print", "run", "--seconds", "20", "--json", as_="1001")

    assert [job["state"] for job in answer.json["print_jobs"]] == ["print_done"]
    assert [job["state"] for job in jobs(routed, "--of", number)] == ["print_done"]


def test_a_job_is_moved_cancelled_and_confirmed_by_command(routed: Line, laser: FakePrinter) -> None:
    """Each answer is one document; what cannot be done is refused with a code of its own."""
    laser.script = ["cut before reading"] * 50
    number = registered(routed)
    (job,) = jobs(routed)
    assert job["state"] == "print_waiting"

    canceled = routed("print", "cancel", job["id"], "--json", as_="1001").json["print_job"]
    assert canceled["state"] == "print_canceled"
    going = routed("print", "paper", number, "--json", as_="1001").json["paper"]
    assert going["number"] == number
    refused = routed("print", "confirm", jobs(routed)[-1]["id"], "--printed", "yes", "--json", as_="1001")
    assert (refused.exit_code, refused.json["error"]["code"]) == (3, "wrong-state")
    nowhere = routed("print", "move", jobs(routed)[-1]["id"], "--printer", "没有", "--json", as_="1001")
    assert nowhere.json["error"]["code"] == "printer-not-found"


def test_an_unsure_job_is_decided_by_command(routed: Line, laser: FakePrinter) -> None:
    """Nothing came out, so it goes once more."""
    laser.script = ["", "", "cut after reading"]
    number = registered(routed)
    (job,) = jobs(routed)
    assert job["state"] == "unsure"

    looked = routed("print", "confirm", job["id"], "--printed", "no", "--json", as_="1001").json["print_job"]
    routed("print", "paper", number, as_="1001")
    routed("print", "run", "--seconds", "20", as_="1001")

    assert (looked["state"], looked["ended_by"]) == ("print_failed", "1001")
    assert [job["state"] for job in jobs(routed)] == ["print_failed", "print_done"]


def test_ctrl_c_stops_the_queue_between_two_papers(
    routed: Line, laser: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The paper that is being given goes; the next one waits in the queue, and nothing is unsure."""
    laser.script = ["cut before reading"] * 2
    numbers = [registered(routed) for _ in range(2)]
    submit = client.Printer.submit

    def interrupted(self: client.Printer, *args: Any, **kwargs: Any) -> int:
        signal.raise_signal(signal.SIGINT)
        return submit(self, *args, **kwargs)

    monkeypatch.setattr(client.Printer, "submit", interrupted)
    before = signal.getsignal(signal.SIGINT)
    answer = routed("print", "run", "--seconds", "20", "--json", as_="1001")

    assert answer.exit_code == 0
    assert [job["state"] for number in numbers for job in jobs(routed, "--of", number)] == [
        "sent",
        "print_waiting",
    ]
    assert signal.getsignal(signal.SIGINT) is before


def test_printers_are_listed_asked_and_retired(routed: Line, laser: FakePrinter) -> None:
    """For people in a table, for programs under their plural."""
    laser.reasons, laser.state = ["media-jam"], "stopped"

    assert "激光机" in routed("printer", "list", as_="1001").out
    assert routed("printer", "ask", "激光机", "--json", as_="1001").json["condition"]["id"] == "jam"
    changed = routed("printer", "change", "激光机", "--dpi", "600", "--json", as_="2001").json["printer"]
    assert changed["dpi"] == 600
    assert routed("printer", "retire", "激光机", "--json", as_="2001").json["printer"]["state"] == "retired"
    listed = routed("printer", "list", "--json", as_="1001").json
    assert [(p["name"], p["calibrations"]) for p in listed["printers"]] == [("激光机", [])]
    assert [(r["use"], r["printer"]) for r in listed["routes"]] == [("sheet", None)]


def test_stocks_are_listed_with_the_halls_own(routed: Line) -> None:
    """Envelopes and labels, and what stands in the home."""
    names = [s["name"] for s in routed("printer", "stocks", "--json", as_="1001").json["stocks"]]

    assert {"B6", "DL", "ZL", "C5", "C4"} <= set(names)
    assert "名称" in routed("printer", "stocks", as_="1001").out


def test_calibrating_prints_the_sheet_and_keeps_what_was_measured(routed: Line, laser: FakePrinter) -> None:
    """Two distances; one alone is refused, and so is one that cannot be."""
    sheet = routed("printer", "calibrate", "激光机", "--stock", "C5", "--json", as_="2001")
    assert sheet.json == {"printed": True}
    assert laser.asked("print")[0].number("media-col/media-size/x-dimension") == 16200

    words = ("printer", "calibrate", "激光机", "--stock", "C5")
    half = routed(*words, "--left", "21", "--json", as_="2001")
    far = routed(*words, "--left", "99", "--top", "20", "--json", as_="2001")
    kept = routed(*words, "--left", "21.3", "--top", "19.1", "--json", as_="2001").json["calibration"]

    assert half.json["error"]["code"] == "distance-missing"
    assert far.json["error"]["code"] == "offset-too-far"
    assert (kept["stock"], abs(kept["offset_left"]), abs(kept["offset_top"])) == ("C5", 13, 9)


def test_a_calibration_sheet_that_does_not_come_out_is_told(routed: Line, laser: FakePrinter) -> None:
    """The outside failed: exit code 4, with what the printer says."""
    laser.ignores_media = True

    answer = routed("printer", "calibrate", "激光机", "--stock", "C5", "--json", as_="2001")

    assert (answer.exit_code, answer.json["error"]["code"]) == (4, "calibration-not-printed")
