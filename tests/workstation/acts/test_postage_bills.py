"""A carrier's bill beside our list: every line of both is told once, and only gaps are filled from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from integrations.carriers import bills
from integrations.carriers.bills import BillLine
from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, at, refused
from tests.workstation.acts.test_postages import MONTH, days_pass, posted, returned
from workstation.acts import postage_bills, postages, table_files, waybills
from workstation.acts.desk import Desk
from workstation.acts.postage_bills import Comparison, Outcome
from workstation.acts.table_files import RowsFaulty
from workstation.domain.envelope import EnvelopeState
from workstation.errors import Explained

HEADS = ("邮件号", "收寄日期", "资费")
NUMBERS = [f"11362813817{n:02d}" for n in range(10)]


def a_bill(*items: tuple[str, str], on: str = "2026-11-21", kind: str = "csv") -> bytes:
    """A bill of these numbers and amounts, with a total below."""
    rows = [(number, on, amount) for number, amount in items]
    return table_files.written(kind, HEADS, [*rows, ("合计", "", "1.00")], title="账单")


def lines(*items: tuple[str, str], on: str = "2026-11-21") -> list[BillLine]:
    """The same as it is read."""
    return postage_bills.read("账单.csv", a_bill(*items, on=on))


def compared(desk: Desk, *items: tuple[str, str]) -> Comparison:
    """These lines beside November."""
    return postage_bills.compare(desk, lines(*items), MONTH)


def outcomes(found: Comparison) -> list[tuple[Outcome, str]]:
    """What came of each line."""
    return [(one.outcome, one.waybill) for one in found.lines]


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who takes a bill."""
    return at(desk, "2001")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_bill_is_read_from_either_kind_of_file(kind: str) -> None:
    """Its total is no item."""
    (line,) = postage_bills.read(f"账单.{kind}", a_bill((WAYBILL, "22.50"), kind=kind))

    assert (line.waybill, line.fen, line.on.isoformat()) == (WAYBILL, 2250, "2026-11-21")


def test_each_line_comes_to_its_outcome(desk: Desk) -> None:
    """Equal, differing, without an amount here, on the bill only, ours only: nothing is left out."""
    equal, differs, silent, missing = NUMBERS[:4]
    for number in (equal, differs, silent, missing):
        posted(desk, number)
    for number in (equal, differs, missing):
        postages.note(desk, number, 2200)

    found = compared(desk, (equal, "22"), (differs, "23"), (silent, "24"), (NUMBERS[9], "25"))

    assert outcomes(found) == [
        (Outcome.EQUAL, equal),
        (Outcome.DIFFERS, differs),
        (Outcome.NOT_NOTED, silent),
        (Outcome.BILL_ONLY, NUMBERS[9]),
        (Outcome.OURS_ONLY, missing),
    ]
    assert found.counts() == dict.fromkeys(("equal", "differs", "not_noted", "bill_only", "ours_only"), 1)
    (one,) = found.of(Outcome.DIFFERS)
    assert one.ours is not None
    assert (one.billed, one.ours.fen, one.billed_on) == (2300, 2200, "2026-11-21")


def test_a_parcel_without_a_waybill_is_ours_only(desk: Desk) -> None:
    """The carrier will bill it under a number that nobody here has bound."""
    envelope = posted(desk, None)

    found = compared(desk, (NUMBERS[0], "22"))

    assert outcomes(found) == [(Outcome.BILL_ONLY, NUMBERS[0]), (Outcome.OURS_ONLY, "")]
    assert found.lines[1].ours is not None
    assert found.lines[1].ours.object == envelope


def test_what_another_side_pays_is_not_missed_in_our_bill(desk: Desk) -> None:
    """The way back is in the home office's; where it stands in ours it is told with who should pay."""
    returned(desk)
    ours = compared(desk, (NUMBERS[0], "22")).of(Outcome.OURS_ONLY)
    assert [one.ours.leg for one in ours if one.ours] == ["out"]

    found = compared(desk, (RETURN_WAYBILL, "18"))

    (billed,) = found.of(Outcome.NOT_NOTED)
    assert billed.ours is not None
    assert billed.ours.payer == "home"


def test_the_bill_of_the_next_month_finds_the_parcel(desk: Desk) -> None:
    """Handed over on the last evening, taken by the carrier on the first."""
    days_pass(desk, 10)
    posted(desk)
    postages.note(desk, WAYBILL, 2200)
    days_pass(desk, 5)

    found = postage_bills.compare(desk, lines((WAYBILL, "22"), on="2026-12-01"), "2026-12")

    assert outcomes(found) == [(Outcome.EQUAL, WAYBILL)]
    assert found.lines[0].ours is not None
    assert found.lines[0].ours.on == "2026-11-30"


def test_what_was_billed_and_has_not_left_is_on_the_bill_only(desk: Desk, supervisor: Desk) -> None:
    """A sealed envelope that lies here gets no amount from a bill."""
    envelope = builders.an_envelope(desk, EnvelopeState.SEALED).number
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)

    found = postage_bills.take(supervisor, lines((WAYBILL, "22")), MONTH)

    assert outcomes(found) == [(Outcome.BILL_ONLY, WAYBILL)]
    with desk.reading() as reading:
        assert reading.postages.where() == []


def test_only_gaps_are_filled_from_a_bill(desk: Desk, supervisor: Desk) -> None:
    """What differs stays on both sides; the entry counts all outcomes and mentions what it filled."""
    differs, silent = NUMBERS[:2]
    posted(desk, differs)
    envelope = posted(desk, silent)
    postages.note(desk, differs, 2200)

    before = postage_bills.take(supervisor, lines((differs, "23"), (silent, "24")), MONTH)

    assert outcomes(before) == [(Outcome.DIFFERS, differs), (Outcome.NOT_NOTED, silent)]
    now = {one.waybill: one.fen for one in postages.statement(desk, MONTH).charges}
    assert now == {differs: 2200, silent: 2400}
    with desk.reading() as reading:
        (taken,) = reading.postages.where(waybill=silent)
        entry = reading.journal_of(envelope)[-1]
    assert (taken.source, taken.noted_by, taken.payer) == ("bill", "2001", "window")
    assert (entry.act, entry.object) == ("take_bill", MONTH)
    assert '"not_noted":1' in entry.body.replace(" ", "")
    builders.assert_true_ledger(desk)


def test_a_bill_taken_twice_changes_nothing_more(desk: Desk, supervisor: Desk) -> None:
    """The second time every line is equal."""
    posted(desk)
    postage_bills.take(supervisor, lines((WAYBILL, "22")), MONTH)

    again = postage_bills.take(supervisor, lines((WAYBILL, "22")), MONTH)

    assert outcomes(again) == [(Outcome.EQUAL, WAYBILL)]


def test_an_amount_from_a_bill_can_be_corrected(desk: Desk, supervisor: Desk) -> None:
    """Once the carrier has admitted its mistake; who did so stands there."""
    posted(desk)
    postage_bills.take(supervisor, lines((WAYBILL, "220")), MONTH)

    corrected = postages.note(desk, WAYBILL, 2200)

    assert (corrected.fen, corrected.source, corrected.noted_by) == (2200, "typed", "1001")


def test_comparing_writes_nothing_and_taking_is_the_supervisors(desk: Desk) -> None:
    """A clerk may look, and is refused the act."""
    posted(desk)
    head = builders.head(desk)

    compared(desk, (WAYBILL, "22"))

    assert builders.head(desk) == head
    with refused(desk, "wrong-role"):
        postage_bills.take(desk, lines((WAYBILL, "22")), MONTH)


def test_the_bill_of_another_month_is_refused(desk: Desk, supervisor: Desk) -> None:
    """Else every line of both would stand alone."""
    posted(desk)
    wrong = lines((WAYBILL, "22"), on="2026-10-03")

    with refused(desk, "bill-other-month") as caught:
        postage_bills.compare(desk, wrong, MONTH)
    with refused(desk, "bill-other-month"):
        postage_bills.take(supervisor, wrong, MONTH)
    assert "2026-10-03" in caught.value.why


def test_a_bill_of_totals_only_is_refused(desk: Desk) -> None:
    """There is nothing in it to compare."""
    with refused(desk, "bill-other-month") as caught:
        postage_bills.compare(desk, lines(), MONTH)

    assert "一件邮件也没有" in caught.value.why


def test_everything_wrong_with_a_bill_is_told_at_once(desk: Desk) -> None:
    """By row and column, in words; nothing is taken."""
    rows = [
        ("1136281381", "2026-11-21", "22"),
        (WAYBILL, "2026-11-31", "-22"),
        (WAYBILL, "2026-11-21", "22.505"),
        ("EE123456784CN", "2026-11-21", "22"),
    ]
    content = table_files.written("csv", HEADS, rows, title="账单")

    with pytest.raises(RowsFaulty) as caught:
        postage_bills.read("账单.csv", content)

    told = caught.value.why.splitlines()
    assert [line.partition("：")[0] for line in told] == [
        "第 2 行“邮件号”",
        "第 3 行“收寄日期”",
        "第 3 行“资费”",
        "第 4 行“资费”",
        "第 4 行“邮件号”",
        "第 5 行“邮件号”",
    ]
    assert "与第 3 行的运单号相同" in caught.value.why


def test_every_reason_of_a_bill_has_words() -> None:
    """Those of the header are told by whoever finds the columns."""
    of_cells = {reason for reason in bills.REASONS if not reason.startswith("column_")}

    assert postage_bills.REASONS.keys() == of_cells
    assert postage_bills.OUTCOMES.keys() == set(Outcome)


def test_a_file_that_is_no_bill_is_refused(tmp_path: Path) -> None:
    """Without its columns, or not there at all."""
    with pytest.raises(Explained) as missing:
        postage_bills.read("账单.csv", "邮件号,日期\n1,2\n".encode())
    with pytest.raises(Explained) as absent:
        postage_bills.read("账单.csv", tmp_path / "账单.csv")

    builders.assert_explained(missing.value, "file-header")
    builders.assert_explained(absent.value, "file-unreadable")
