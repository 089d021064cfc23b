"""The rules of the counter, typed: hints at the hand-in, pledges, 错证缺证, 受理, guidance with 帮办."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from forms import items
from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import inputs
from workstation.domain.case import CaseState
from workstation.domain.times import local

#: Past whatever day the commands run on.
DUE = "2099-12-31"


@pytest.fixture
def case(counter: Line) -> str:
    """A registered case at an office that grants everything, its statement missing."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        supervisor = halls.seat(desk, halls.SUPERVISOR)
        agreed = builders.granted(supervisor)
        case = builders.a_case(desk, CaseState.REGISTERED, without=("statement",)).number
    desk.store.engine.close()
    assert agreed.office == "450101-police"
    return case


def typed(value: inputs.Input) -> str:
    """A structure as the JSON a command reads."""
    return msgspec.json.encode(value).decode()


def test_a_hand_in_is_answered_with_its_hints(counter: Line) -> None:
    """A second one of the same person and item names the first; samples and unverified offices are told."""
    intake = typed(builders.an_intake())
    first = counter("case", "register", "--json", "-", as_="1001", stdin=intake)
    number = first.json["case"]["number"]

    second = counter("case", "register", "--json", "-", as_="1001", stdin=intake)

    assert first.json["duplicates"] == []
    assert [earlier["number"] for earlier in second.json["duplicates"]] == [number]
    assert {hint["code"] for hint in second.json["warnings"]} >= {"office-never-verified"}


def test_hints_can_be_had_before_anything_is_registered(counter: Line) -> None:
    """`case check` reads the same JSON and writes nothing."""
    before = counter("journal", "anchor", "--json", as_="8001").json

    said = counter("case", "check", "--json", "-", as_="1001", stdin=typed(builders.an_intake()))

    assert said.exit_code == 0
    assert said.json["duplicates"] == []
    assert counter("journal", "anchor", "--json", as_="8001").json == before


def test_a_pledge_is_printed_signed_and_due(counter: Line, case: str) -> None:
    """From the JSON of its rows to the due list, by the barcode of the sheet."""
    wish = builders.asked_later()
    rows = tuple(msgspec.structs.replace(row, due=DUE) for row in wish.rows)
    stdin = typed(msgspec.structs.replace(wish, rows=rows))
    printed = counter("pledge", "print", case, "--json", "-", as_="1001", stdin=stdin)
    faces = counter("paper", "list", "--of", case, "--json", as_="1001").json["papers"]
    (face,) = [paper["number"] for paper in faces if paper["kind"] == "pledge"]

    signed = counter("pledge", "sign", face, "--json", as_="1001")
    due = counter("pledge", "list", "--json", as_="1001")

    assert [pledge["state"] for pledge in printed.json["pledges"]] == ["printed"]
    assert [pledge["state"] for pledge in signed.json["pledges"]] == ["signed"]
    assert [(p["due"], p["row_id"], p["is_overdue"]) for p in due.json["pledges"]] == [
        (DUE, "statement", False)
    ]
    assert "无法取得居民户口簿的情况说明" in counter("pledge", "list", as_="1001").out


def test_a_pledge_nobody_agreed_to_is_refused(counter: Line, case: str) -> None:
    """By name, with exit code 3, and nothing printed."""
    wish = builders.asked_later("application")
    rows = tuple(msgspec.structs.replace(row, due=DUE) for row in wish.rows)

    said = counter(
        "pledge",
        "print",
        case,
        "--json",
        "-",
        as_="1001",
        stdin=typed(msgspec.structs.replace(wish, rows=rows)),
    )

    assert (said.exit_code, said.json["error"]["code"]) == (3, "not-agreed")


def test_the_register_of_licences_is_empty_and_says_so(counter: Line, case: str) -> None:
    """An empty register is an answer; closing what there is not is refused."""
    assert counter("defect", "list", "--json", as_="1001").json == {"defects": []}
    assert counter("defect", "list", as_="1001").out == "没有登记。\n"

    said = counter("defect", "close", f"{case}-d1", "--outcome", "mended", "--json", as_="1001")

    assert (said.exit_code, said.json["error"]["code"]) == (3, "defect-not-found")


def test_a_fault_of_the_library_is_listed_and_closed(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Registered in a review, listed with its day, closed with its outcome."""
    listed = builders.exempting(items.for_item("59"), "applicant_id")
    monkeypatch.setattr(items, "for_item", lambda *_: listed)
    stdin = typed(builders.an_intake(without=("applicant_id",)))
    number = counter("case", "register", "--json", "-", as_="1001", stdin=stdin).json["case"]["number"]
    fault = inputs.LicenceFault(kind="wrong", what="住址有误", sent_to="示例市公安局")
    finding = inputs.Findings(findings=(inputs.Finding(row="applicant_id", licence_fault=fault),))

    counter("case", "review", number, "--json", "-", as_="1001", stdin=typed(finding))
    (defect,) = counter("defect", "list", "--json", as_="1001").json["defects"]
    closed = counter("defect", "close", defect["id"], "--outcome", "mended", "--json", as_="1001")

    assert (defect["kind"], defect["case_number"], defect["what"]) == ("wrong", number, "***")
    assert closed.json["defect"]["state"] == "closed"
    assert counter("defect", "list", as_="1001").out == "没有登记。\n"
    assert defect["id"] in counter("defect", "list", "--all", as_="1001").out


def test_acceptance_is_issued_where_it_was_granted(counter: Line, case: str) -> None:
    """The paper's number and path come back; 不予受理 takes a second person."""
    basis = ("--legal-basis", "示例依据")
    early = counter("acceptance", "issue", case, *basis, "--limit", "20 个工作日", "--json", as_="1001")
    refusal = ("acceptance", "refuse", case, *basis, "--reason", "不属该部门", "--remedies", "示例救济途径")
    alone = counter(*refusal, "--json", as_="1001")

    done = counter(*refusal, "--json", as_="1001", second="1002")

    assert (early.exit_code, early.json["error"]["code"]) == (3, "wrong-state")
    assert alone.json["error"]["code"] == "second-needed"
    assert done.json["case"]["state"] == "declined"


def test_guiding_can_tell_that_the_clerk_has_helped(counter: Line, case: str) -> None:
    """帮办: the platform's number is recorded with the guidance, and stands for one case only."""
    said = counter(
        "case", "guide", case, "--channel", "online", "--text", "网上可全程办理", "--assisted", "provincial",
        "3500-0001", "--json", as_="1001",
    )  # fmt: skip

    taken = counter("case", "add-number", case, "--system", "provincial", "--value", "3500-0001", as_="1001")

    assert (said.json["case"]["state"], said.json["case"]["assisted"]) == ("guided", 1)
    assert taken.exit_code == 3
    other = counter(
        "case",
        "add-number",
        case,
        "--system",
        "home_office",
        "--value",
        "示例〔2026〕1 号",
        "--json",
        as_="1001",
    )
    assert other.json["number"]["number"] == "示例〔2026〕1 号"


def test_the_day_commands_run_on_is_before_the_far_one() -> None:
    """What these tests call due lies ahead."""
    assert local(bootstrap.machine_clock()).date().isoformat() < DUE
