"""Noun `result` and `case serve`, typed: the label, what should come, the pickup code, other modes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import builders, halls
from tests.builders import RETURN_WAYBILL
from tests.line import Line
from workstation import bootstrap
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.times import local

Made = Callable[..., Consignment]


@pytest.fixture
def made(counter: Line) -> Made:
    """Makes a consignment in the hall the line is typed at; `mode` decides it that way."""

    def make(state: ConsignmentState, *, mode: str | None = None) -> Consignment:
        desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
        with builders.no_ink():
            consignment = builders.a_consignment(desk, state)
            if mode:
                consignment = builders.decided(desk, consignment.id, mode)
        desk.store.engine.close()
        return consignment

    return make


def test_a_label_is_told_beforehand(counter: Line, made: Made) -> None:
    """And taken back only in so many words."""
    own = made(ConsignmentState.PACKING)

    bound = counter("result", "expect", own.id, RETURN_WAYBILL, "--json", as_="1001")
    other = ("result", "expect", own.case_number, "EE100000003CN")

    assert (bound.json["waybill"]["leg"], bound.json["waybill"]["state"]) == ("back", "live")
    assert counter(*other, as_="1001").code == "waybill-bound"
    assert own.id in counter(*other, "--instead", as_="1001").out


def test_what_should_come_is_shown(counter: Line, made: Made) -> None:
    """With the originals that are given back."""
    own = made(ConsignmentState.RESULT_RETURNING)

    said = counter("result", "show", own.id, as_="1001").out
    coming = counter("result", "show", own.id, "--json", as_="1001").json["coming"]

    assert "退还原件" in said
    assert [piece["announced"] for piece in coming][:2] == [True, False]
    assert {piece["form"] for piece in coming if piece["given_back"]} == {"original"}


def test_an_arrival_tells_the_pickup_code(counter: Line, made: Made) -> None:
    """To be told by telephone; it stands on the page of the case, and finds it."""
    own = made(ConsignmentState.RESULT_RETURNING)
    coming = counter("result", "show", own.id, "--json", as_="1001").json["coming"]
    contents = [{"piece": piece["id"], "copies": piece["copies"]} for piece in coming if piece["announced"]]

    said = counter(
        "result", "arrive", own.id, "--json", "-", stdin={"place": "R-01", "found": contents}, as_="1001"
    )

    code = said.json["consignment"]["pickup_code"]
    assert len(code) == 5
    assert f"领取码：{code}" in counter("case", "show", own.case_number, as_="1001").out
    assert f"领取码：{code}" in counter("result", "show", own.id, as_="1001").out
    scanned = counter("scan", code, "--json", as_="1001").json["scan"]
    assert (scanned["kind"], scanned["object"]) == ("pickup_code", own.case_number)
    assert own.case_number in counter("search", code, as_="1001").out


def test_a_posted_result_is_served_on_the_day_of_the_receipt(counter: Line, made: Made) -> None:
    """The day is read as it stands on the receipt."""
    own = made(ConsignmentState.ACCEPTED, mode="direct_post")
    today = local(bootstrap.machine_clock()).date().isoformat()
    early = counter("case", "serve", own.case_number, "--received-on", "2020-01-01", as_="1001")

    served = counter("case", "serve", own.case_number, "--received-on", today, "--json", as_="1001")

    assert (early.exit_code, early.code) == (2, "received-on-impossible")
    assert (served.json["case"]["state"], served.json["case"]["served_at"][:10]) == ("served", today)


def test_an_electronic_result_is_served_with_its_file(counter: Line, made: Made, tmp_path: Path) -> None:
    """What is kept is its digest."""
    own = made(ConsignmentState.ACCEPTED, mode="electronic")
    path = tmp_path / "结果.ofd"
    path.write_bytes(b"example")
    gone = counter("case", "serve", own.case_number, "--file", str(tmp_path / "没有"), as_="1001")

    served = counter("case", "serve", own.id, "--file", str(path), as_="1001")

    shown = counter("case", "show", own.case_number, "--json", as_="1001").json["consignments"]
    assert (gone.exit_code, gone.code) == (4, "result-file-unreadable")
    assert served.out.startswith(f"已送达：{own.case_number}")
    assert shown[0]["result_digest"] == hashlib.new("sm3", b"example").hexdigest()
