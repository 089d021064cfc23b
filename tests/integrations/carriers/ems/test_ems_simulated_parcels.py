"""The simulated network tells what its plots say when their time has come, in the words of the carrier."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import integrations.carriers.ems
from integrations.carriers.ems.simulated_parcels import (
    CANCELS,
    DAY,
    HOUR,
    NAMES,
    PLOTS,
    WORDS,
    Parcel,
    Plot,
    Said,
    Way,
    plot_of,
    read_time,
    written,
)

CODES = Path(integrations.carriers.ems.__file__).with_name("codes.csv")
START = read_time("2026-03-02 09:00:00")
FOR_EVER = START + 1000 * DAY
PAIRS = [(code, target) for code, targets in CANCELS.items() for target in targets]


def listed() -> dict[str, dict[str, str]]:
    """The carrier's list by code; a line that begins with # is no row."""
    with CODES.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {row["carrier_code"]: row for row in rows}


def a_parcel(said: Said, *, skew: int = 0) -> Parcel:
    """A parcel ordered on a Monday at nine."""
    return Parcel("1190000000001", said, START, skew)


def codes(said: Said, now: int = FOR_EVER) -> list[str]:
    """The codes told, a 704 or 705 with its sub-code."""
    return [
        "/".join(filter(None, (event["opCode"], event["deliverCode"], event["attemptDeliveryCode"])))
        for event in a_parcel(said).events(now)
    ]


def test_the_cancelling_codes_are_those_of_the_list() -> None:
    """All 18 with their targets, as the remark 事件冲销 has them."""
    remarks = {code: re.search(r"作废 *([\w/]+)", row["notes"]) for code, row in listed().items()}
    expected = {code: tuple(found[1].split("/")) for code, found in remarks.items() if found}

    assert expected == CANCELS
    assert len(CANCELS) == 18


def test_the_names_are_those_of_the_list() -> None:
    """No code is called otherwise than the carrier calls it."""
    rows = listed()

    assert {code: rows[code]["carrier_name"] for code in NAMES} == NAMES


def test_the_words_for_sub_codes_are_those_of_the_list() -> None:
    """How a parcel was delivered, or why not."""
    rows = listed()
    prefix = {"704": "signed", "705": "unsigned"}
    expected = {(code, sub): rows[f"{prefix[code]}:{sub}"]["carrier_name"] for code, sub in WORDS}

    assert expected == WORDS


@pytest.mark.parametrize("name", PLOTS)
def test_each_plot_is_told_in_order_and_in_known_codes(name: str) -> None:
    """Its events stand one after the other, and each has a name."""
    hours = [hour for hour, _, _ in PLOTS[name]]

    assert hours == sorted(set(hours))
    assert {code for _, code, _ in PLOTS[name]} <= set(NAMES)
    assert {(code, sub) for _, code, sub in PLOTS[name] if sub} <= set(WORDS)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("plain", "203 305 516 702 704/60"),
        ("reception", "203 305 516 702 704/60"),
        ("locker", "203 305 516 702 704/50"),
        ("door_handle", "203 305 516 702 704/166"),
        ("compensated", "203 305 516 702 704/180"),
        ("sent_back", "203 305 516 702 705/7 741 708 711"),
        ("intercepted", "203 305 013"),
        ("address_changed", "203 305 756 516 702 704/60"),
        ("lost", "203 305 987"),
        ("failed_then_delivered", "203 305 516 702 705/4 705/4 704/60"),
        ("unknown", "203 305 X99 516 702 704/60"),
        ("unknown:9Z1", "203 305 9Z1 516 702 704/60"),
        ("cancelled", "203 305 516 702 704/60 743 704/60"),
        ("cancelled:744", "203 305 516 702 705/4 744 705/4 704/60"),
        ("cancelled:207", "203 207 203 305 516 702 704/60"),
        ("cancelled:304/345", "203 345 304 345 305 516 702 704/60"),
        ("undone", "203 305 516 702 704/60 743"),
        ("undone:EDAD", "203 EDA EDAD"),
        ("none", ""),
        ([(1, "743", ""), (2, "704", "10")], "743 704/10"),
    ],
)
def test_what_a_plot_tells(said: Said, told: str) -> None:
    """The codes of each plot, in the order of time."""
    assert " ".join(codes(said)) == told


@pytest.mark.parametrize(("code", "target"), PAIRS)
def test_each_cancelling_code_can_be_played(code: str, target: str) -> None:
    """The target comes, is taken back, and comes again, each a moment of its own; the parcel arrives."""
    told = a_parcel(f"cancelled:{code}/{target}").events(FOR_EVER)
    ours = [event["opCode"] for event in told if event["opCode"] in {code, target}]

    assert ours == [target, code, target]
    assert told[-1]["opCode"] == "704"
    assert max(Counter(event["opTime"] for event in told).values()) == 1


@pytest.mark.parametrize(
    "said", ["", "nothing", "plain:3", "cancelled:704", "cancelled:304/704", "plain+lost"]
)
def test_a_plot_that_does_not_exist_is_refused(said: str) -> None:
    """A slip of the pen does not pass for a parcel that goes well."""
    with pytest.raises(ValueError, match=r"no such plot|does not cancel|one plot"):
        plot_of(said)


def test_a_late_parcel_is_not_found_for_a_day() -> None:
    """Then all that has happened is told at once, with the times it had."""
    late, prompt = a_parcel("late"), a_parcel("plain")

    assert late.events(START + DAY - 1) == []
    assert late.events(START + DAY) == prompt.events(START + DAY) != []


def test_a_doubled_parcel_tells_everything_twice() -> None:
    """The same event, word for word."""
    once, twice = a_parcel("plain").events(FOR_EVER), a_parcel("doubled").events(FOR_EVER)

    assert twice[::2] == twice[1::2] == once


@pytest.mark.parametrize("hours", [1, 2, 6, 30, 50, 60])
def test_a_reordered_parcel_tells_the_same_in_another_order(hours: int) -> None:
    """Nothing is lost and nothing added; from two events on the order is wrong."""
    now = START + hours * HOUR
    usual, other = codes("plain", now), codes("reordered", now)

    assert sorted(other) == sorted(usual)
    assert (other == usual) == (len(usual) < 2)


def test_modifiers_go_together() -> None:
    """Late, doubled, reordered and cancelled at a time."""
    plot = plot_of("late+doubled+reordered+undone:742")

    assert plot == Plot(plot_of("undone:742").happenings, late=True, doubled=True, reordered=True)


def test_an_event_is_told_when_it_has_happened() -> None:
    """Not a second before."""
    assert codes("plain", START + 2 * HOUR - 1) == []
    assert codes("plain", START + 2 * HOUR) == ["203"]
    assert not a_parcel("plain").is_taken(START + 2 * HOUR - 1)
    assert a_parcel("plain").is_taken(START + 2 * HOUR)


def test_an_event_has_the_documented_fields() -> None:
    """All of them strings, and its time without a zone."""
    parcel = Parcel("1190000000001", "plain", START, way=Way(("甲省", "甲市"), ("乙省", "乙市")))
    first, *_, last = parcel.events(FOR_EVER)

    assert set(first) == {
        "waybillNo",
        "opTime",
        "opCode",
        "opName",
        "opDesc",
        "opOrgProvName",
        "opOrgCity",
        "opOrgCode",
        "opOrgName",
        "operatorNo",
        "operatorName",
        "deliverCode",
        "attemptDeliveryCode",
        "productName",
    }
    assert (first["opTime"], first["opOrgCity"]) == ("2026-03-02 11:00:00", "甲市")
    assert (last["opTime"], last["opOrgCity"], last["deliverCode"]) == ("2026-03-04 21:00:00", "乙市", "60")
    assert "收发室" in last["opDesc"]


def test_a_skewed_clock_moves_the_times_told_and_not_the_telling() -> None:
    """What happens at eleven is told at eleven, and said to have happened at a quarter past."""
    [event] = a_parcel("plain", skew=900).events(START + 2 * HOUR)

    assert event["opTime"] == "2026-03-02 11:15:00"


def test_times_are_written_as_they_are_read() -> None:
    """In China, whatever the machine's zone is."""
    assert written(read_time("2026-12-31 23:59:59")) == "2026-12-31 23:59:59"
    assert written(0) == "1970-01-01 08:00:00"
