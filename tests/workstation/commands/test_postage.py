"""Noun `postage`, typed: a month in words and as JSON, as a file, on paper, and beside a bill."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrations import spreadsheets
from tests import builders, halls
from tests.builders import WAYBILL
from tests.line import Line
from tests.printing import pdfs
from workstation import bootstrap
from workstation.acts import table_files, waybills
from workstation.domain.envelope import EnvelopeState
from workstation.domain.times import local

UNBOUND = "1136281381699"


@pytest.fixture
def month(counter: Line) -> str:
    """The month in which one parcel has left under `WAYBILL`, and one without a waybill."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        first = builders.an_envelope(desk, EnvelopeState.SEALED).number
        waybills.bind_envelope(desk, first, waybill=WAYBILL)
        builders.handed_over(desk, first)
        builders.an_envelope(desk, EnvelopeState.HANDED_OVER)
    found = local(desk.store.now()).date().isoformat()[:7]
    desk.store.engine.close()
    return found


@pytest.fixture
def bill(tmp_path: Path, month: str) -> Path:
    """A bill of two parcels, of which one is ours."""
    file = tmp_path / "账单.csv"
    rows = [(WAYBILL, f"{month}-01", "22.50"), (UNBOUND, f"{month}-02", "18")]
    file.write_bytes(table_files.written("csv", ("邮件号", "收寄日期", "资费"), rows, title="账单"))
    return file


def test_a_month_is_told_as_json(counter: Line, month: str) -> None:
    """Each parcel with day, leg, payer and amount, the sums, and how many amounts are unknown."""
    counter("postage", "note", WAYBILL, "22.50", as_="1001")

    told = counter("postage", "statement", "--month", month, "--json", as_="8001").json["statement"]

    assert (told["month"], told["fen"], told["unknown"]) == (month, 2250, 1)
    assert {(one["waybill"], one["fen"]) for one in told["charges"]} == {(WAYBILL, 2250), ("", None)}
    assert told["sums"] == [{"payer": "window", "leg": "out", "parcels": 2, "fen": 2250, "unknown": 1}]
    assert told["charges"][0].keys() == {"waybill", "on", "leg", "office", "payer", "fen"}


def test_a_month_is_told_in_words(counter: Line, month: str) -> None:
    """Amounts in 元; an empty month says so in one line."""
    counter("postage", "note", WAYBILL, "22.5", as_="1001")

    said = counter("postage", "statement", "--month", month, as_="1001").out
    empty = counter("postage", "statement", "--month", "2020-01", as_="1001").out

    assert f"{month} 邮费：2 件，已知 22.50 元，邮费未知 1 件" in said
    assert "2 件，另有 1 件邮费未知，未计入" in said
    assert empty.strip() == "2020-01 邮费：0 件，已知 0.00 元，邮费未知 0 件"


def test_a_month_is_written_as_a_file(counter: Line, month: str, tmp_path: Path) -> None:
    """XLSX by its ending; one that is there is not replaced unasked, another ending not guessed."""
    file = tmp_path / "邮费.xlsx"

    first = counter("postage", "statement", "--month", month, "--xlsx", str(file), "--json", as_="1001")
    again = counter("postage", "statement", "--month", month, "--xlsx", str(file), as_="1001")
    forced = counter("postage", "statement", "--month", month, "--xlsx", str(file), "--force", as_="1001")
    wrong = counter("postage", "statement", "--month", month, "--xlsx", "邮费.doc", as_="1001")

    assert first.json["path"] == str(file)
    assert len(spreadsheets.read(file).rows) == 1 + 2 + 1
    assert (again.code, forced.exit_code, wrong.code) == ("file-exists", 0, "file-ending")


def test_a_month_is_printed_by_a_supervisor(counter: Line, month: str) -> None:
    """A sheet of its own number in the tray, its barcode readable; nobody else prints it."""
    answer = counter("postage", "statement", "--month", month, "--print", "--json", as_="2001")

    paper = answer.json["paper"]
    assert (paper["kind"], paper["object"]) == ("postage_statement", month)
    assert pdfs.codes(Path(paper["path"]).read_bytes()) == [paper["number"]]
    assert counter("postage", "statement", "--month", month, "--print", as_="1001").code == "wrong-role"


def test_an_amount_is_noted(counter: Line, month: str) -> None:
    """Answered with who pays; a number nobody has and an amount that is none are refused."""
    answer = counter("postage", "note", WAYBILL, "22.5", "--json", as_="1001")

    assert (answer.json["postage"]["fen"], answer.json["postage"]["payer"]) == (2250, "window")
    assert "22.50 元，由本窗口承担" in counter("postage", "note", WAYBILL, "22.5", as_="1001").out
    assert counter("postage", "note", UNBOUND, "22.5", as_="1001").code == "waybill-not-found"
    assert counter("postage", "note", WAYBILL, "22,5", as_="1001").code == "postage-impossible"


def test_a_bill_is_compared_line_by_line(counter: Line, month: str, bill: Path) -> None:
    """Each line with both sides; equal ones are only counted in words."""
    counter("postage", "note", WAYBILL, "22.5", as_="1001")

    found = counter("postage", "compare", str(bill), "--month", month, "--json", as_="1001").json
    said = counter("postage", "compare", str(bill), "--month", month, as_="1001").out

    assert [(one["outcome"], one["billed"]) for one in found["comparison"]["lines"]] == [
        ("equal", 2250),
        ("bill_only", 1800),
        ("ours_only", None),
    ]
    assert (found["taken"], found["comparison"]["counts"]["equal"]) == (False, 1)
    assert "相符 1 件，金额不符 0 件" in said
    assert WAYBILL not in said
    assert UNBOUND in said
    assert "我方有、账单没有" in said


def test_a_bill_is_taken_by_a_supervisor(counter: Line, month: str, bill: Path) -> None:
    """What had no amount has the bill's; a clerk is refused."""
    line = ("postage", "compare", str(bill), "--month", month, "--take")
    assert counter(*line, as_="1001").code == "wrong-role"

    said = counter(*line, as_="2001").out

    assert "已按账单登记 1 件；金额不符的没有改动" in said
    told = counter("postage", "statement", "--month", month, "--json", as_="1001").json["statement"]
    assert told["fen"] == 2250


def test_a_file_that_is_no_bill_is_told(counter: Line, month: str, tmp_path: Path) -> None:
    """Not there, without its columns, or of another month."""
    other = tmp_path / "旧账单.csv"
    other.write_text(f"邮件号,收寄日期,资费\n{WAYBILL},2020-01-02,22\n", encoding="utf-8")
    empty = tmp_path / "空.csv"
    empty.write_text("甲,乙\n1,2\n", encoding="utf-8")

    codes = [
        counter("postage", "compare", str(file), "--month", month, as_="1001").code
        for file in (other, empty, tmp_path / "没有.csv")
    ]

    assert codes == ["bill-other-month", "file-header", "file-unreadable"]


def test_what_is_ready_is_listed(counter: Line) -> None:
    """`batch ready`: sealed envelopes of the hall with place and pickup, by the settings' cut-offs."""
    assert "待揽收的封套：0 个" in counter("batch", "ready", as_="1001").out
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        number = builders.an_envelope(desk, EnvelopeState.SEALED).number
    desk.store.engine.close()

    (envelope,) = counter("batch", "ready", "--json", as_="1001").json["envelopes"]
    said = counter("batch", "ready", as_="1001").out

    assert (envelope["number"], envelope["place"], envelope["is_missed"]) == (number, "A-01", False)
    assert envelope["cut_off"][11:16] in ("11:00", "16:00")
    assert "待揽收的封套：1 个，其中应揽未揽 0 个" in said
    assert number in said
