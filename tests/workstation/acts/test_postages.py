"""邮费: what a parcel cost and who pays it; a month's list leaves no parcel out and guesses no amount."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from integrations import spreadsheets
from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, Ticking, a_case, a_consignment, an_envelope, at, refused
from workstation.acts import home, packing, papers, postages, results, table_files, waybills
from workstation.acts.desk import Desk
from workstation.acts.postages import Charge, Statement, Sum
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import Postage
from workstation.errors import WrongUsage
from workstation.store.personal import PersonalKeys

MONTH, DAY = "2026-11", "2026-11-20"
DAY_MS = 24 * 3600 * 1000
SEALED, HANDED_OVER = EnvelopeState.SEALED, EnvelopeState.HANDED_OVER
OTHER_WAYBILL = "1136281381699"


def posted(desk: Desk, waybill: str | None = WAYBILL) -> str:
    """The number of an envelope that was handed over today under this waybill."""
    envelope = an_envelope(desk, SEALED).number
    if waybill:
        waybills.bind_envelope(desk, envelope, waybill=waybill)
    builders.handed_over(desk, envelope)
    return envelope


def returned(desk: Desk, waybill: str | None = RETURN_WAYBILL) -> str:
    """The id of a consignment whose result was sent back today under this waybill."""
    consignment = a_consignment(desk, S.DECIDED).id
    results.result_return(desk, consignment, waybill=waybill)
    return consignment


def of_month(desk: Desk, month: str = MONTH) -> Statement:
    """The statement as it stands."""
    return postages.statement(desk, month)


def of_object(desk: Desk, object_: str) -> Charge:
    """The one line about an envelope or consignment."""
    (found,) = [one for one in of_month(desk).charges if one.object == object_]
    return found


def days_pass(desk: Desk, days: int) -> None:
    """Let so many days go by."""
    ticking = desk.store.clock
    assert isinstance(ticking, Ticking)
    ticking.start += days * DAY_MS


def test_a_parcel_that_left_is_a_line(desk: Desk) -> None:
    """With its day, its waybill and its office; what it cost is not known yet."""
    envelope = posted(desk)

    assert of_month(desk).charges == (
        Charge(
            id=f"{envelope}-y1",
            waybill=WAYBILL,
            object=envelope,
            on=DAY,
            leg="out",
            office="示例市第1公安局示例派出所",
            payer="window",
            fen=None,
        ),
    )


def test_each_side_pays_for_what_it_sends(desk: Desk) -> None:
    """邮寄费用由各寄件部门承担: the way there is this window's, the way back the home office's."""
    envelope, consignment = posted(desk), returned(desk)

    assert of_object(desk, envelope).payer == "window"
    assert (of_object(desk, consignment).leg, of_object(desk, consignment).payer) == ("back", "home")


def test_papers_that_are_all_sent_back_come_as_a_parcel(desk: Desk) -> None:
    """属地退件 is a way back like that of a result; without a waybill the line has none."""
    consignment = a_consignment(desk, S.ACKNOWLEDGED).id
    home.refuse(builders.with_second(desk), consignment, reason="not_ours")

    found = of_object(desk, consignment)
    assert (found.leg, found.waybill, found.fen, found.on) == ("back", "", None, DAY)


def test_an_agreement_says_who_pays(desk: Desk) -> None:
    """The one in force for office and item, for each way its own side."""
    builders.agreed(desk, payer_out="home", payer_back="window")

    envelope, consignment = posted(desk), returned(desk)

    assert of_object(desk, envelope).payer == "home"
    assert of_object(desk, consignment).payer == "window"


def test_the_agreement_in_force_when_the_waybill_was_bound_counts(desk: Desk) -> None:
    """One that begins later says nothing about what has left before."""
    envelope = posted(desk)

    days_pass(desk, 3)
    builders.agreed(desk, payer_out="applicant", valid_from="2026-11-21")

    assert of_object(desk, envelope).payer == "window"
    assert of_object(desk, posted(desk, OTHER_WAYBILL)).payer == "applicant"


def test_where_a_parcel_goes_by_two_agreements_the_sender_pays(desk: Desk) -> None:
    """Two items in one envelope, of which only one has an agreement; nobody splits a stamp."""
    builders.agreed(desk, item="63", payer_out="home")
    office = [builders.an_office()]
    both = [a_case(desk, item=item, offices=office).number for item in ("59", "63")]
    envelope = packing.pack(desk, [f"{number}-1" for number in both]).number
    builders.sealed(desk, envelope)
    builders.handed_over(desk, envelope)

    assert of_object(desk, envelope).payer == "window"


def test_what_was_not_handed_over_is_no_line(desk: Desk) -> None:
    """Lying here, voided, held back from the courier: nothing of it has cost anything."""
    lying = an_envelope(desk, SEALED).number
    waybills.bind_envelope(desk, lying, waybill=WAYBILL)
    gone = posted(desk, OTHER_WAYBILL)

    assert [one.object for one in of_month(desk).charges] == [gone]


def test_a_parcel_that_came_back_or_arrived_stays_a_line(desk: Desk) -> None:
    """Its waybill has ended, its postage has not."""
    arrived, lost = posted(desk), an_envelope(desk, EnvelopeState.LOST).number
    builders.acknowledged(desk, arrived)

    assert of_object(desk, arrived).waybill == WAYBILL
    assert of_object(desk, lost).waybill == ""


def test_a_parcel_belongs_to_the_month_it_left_in(desk: Desk) -> None:
    """Bound in November and handed over in December, it is of December."""
    envelope = an_envelope(desk, SEALED).number
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)
    days_pass(desk, 14)
    builders.handed_over(desk, envelope)

    assert of_month(desk).charges == ()
    (found,) = of_month(desk, "2026-12").charges
    assert (found.object, found.on) == (envelope, "2026-12-04")


def test_a_long_journal_is_gone_through_in_pages(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands on the last page of many is found like the rest."""
    monkeypatch.setattr(postages, "_PAGE", 3)
    first = posted(desk)
    days_pass(desk, 30)
    returned(desk)

    assert [one.object for one in of_month(desk).charges] == [first]
    assert len(of_month(desk, "2026-12").charges) == 2


def test_an_amount_is_noted_and_corrected(desk: Desk) -> None:
    """By hand, in fen; the later one stands, and the journal has both."""
    envelope = posted(desk)

    postages.note(desk, WAYBILL, 2200)
    noted = postages.note(desk, f" {WAYBILL} ", 2250)

    assert (noted.fen, noted.payer, noted.leg, noted.source) == (2250, "window", "out", "typed")
    assert of_object(desk, envelope).fen == 2250
    with desk.reading() as reading:
        assert [entry.act for entry in reading.journal_of(envelope)].count("note_postage") == 2
    builders.assert_true_ledger(desk)


def test_who_pays_stays_as_it_was_noted(desk: Desk) -> None:
    """An agreement entered afterwards, even for days gone by, changes no sum that was told."""
    envelope = posted(desk)
    postages.note(desk, WAYBILL, 2200)

    builders.agreed(desk, payer_out="home")

    assert of_object(desk, envelope).payer == "window"


def test_the_way_back_is_noted_by_its_own_number(desk: Desk) -> None:
    """Under the return waybill, payable by the home office."""
    returned(desk)

    assert postages.note(desk, RETURN_WAYBILL.lower(), 1800).payer == "home"


@pytest.mark.parametrize("number", ["1136281381000", "", "11\x0036"])
def test_an_unknown_waybill_is_refused(desk: Desk, number: str) -> None:
    """Nothing that left here has it."""
    posted(desk)

    with refused(desk, "waybill-not-found"):
        postages.note(desk, number, 2200)


def test_what_has_not_left_costs_nothing_yet(desk: Desk) -> None:
    """A sealed envelope that lies here; and the sticker that was taken off before it went."""
    envelope = an_envelope(desk, SEALED).number
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)
    with refused(desk, "parcel-not-sent"):
        postages.note(desk, WAYBILL, 2200)
    waybills.bind_envelope(desk, envelope, waybill=OTHER_WAYBILL, instead=True)
    builders.handed_over(desk, envelope)

    with refused(desk, "parcel-not-sent"):
        postages.note(desk, WAYBILL, 2200)
    assert postages.note(desk, OTHER_WAYBILL, 2200).waybill == OTHER_WAYBILL


def test_who_does_not_serve_notes_nothing(desk: Desk) -> None:
    """The auditor may look at a month and change nothing in it."""
    posted(desk)
    auditor = at(desk, "4001")

    with refused(desk, "wrong-role"):
        postages.note(auditor, WAYBILL, 2200)
    assert len(of_month(auditor).charges) == 1
    with refused(desk, "nobody-signed-in"):
        of_month(builders.nobody(desk))


def test_sums_keep_what_is_unknown_apart(desk: Desk) -> None:
    """By paying side and leg; an amount nobody knows is in no sum."""
    posted(desk)
    posted(desk, OTHER_WAYBILL)
    returned(desk)
    postages.note(desk, WAYBILL, 2250)

    found = of_month(desk)

    # The consignment that came back had gone out as well, without a waybill.
    assert found.sums == (Sum("window", "out", 3, 2250, 2), Sum("home", "back", 1, 0, 1))
    assert (found.fen, found.unknown) == (2250, 3)


def test_no_person_and_no_item_is_in_a_statement(desk: Desk) -> None:
    """What is sent to other departments to be paid tells of parcels only."""
    posted(desk)
    returned(desk)
    content = postages.export(desk, MONTH, "csv").decode("utf-8-sig")
    paper = postages.print_statement(at(desk, "2001"), MONTH)
    with desk.reading() as reading:
        printed = str(papers.facts_of(reading, paper.number))

    for personal in ("覃", "4501031990", "13900000001", "户籍"):
        assert personal not in str(asdict(of_month(desk))) + content + printed


def test_the_paper_says_what_the_statement_says(desk: Desk) -> None:
    """Under a number of its own, about its month; the supervisor prints it."""
    posted(desk)
    postages.note(desk, WAYBILL, 2250)

    paper = postages.print_statement(at(desk, "2001"), MONTH)

    assert (paper.kind, paper.object, paper.number[0], paper.case_number) == (
        "postage_statement",
        MONTH,
        "4",
        None,
    )
    with desk.reading() as reading:
        facts = papers.facts_of(reading, paper.number)
    assert [(one["waybill"], one["amount"]) for one in facts["parcel_rows"]] == [(WAYBILL, "22.50")]
    with refused(desk, "wrong-role"):
        postages.print_statement(desk, MONTH)


def test_the_table_file_has_parcels_and_then_sums(desk: Desk) -> None:
    """Long numbers keep their digits, the unknown amount is empty and says so."""
    posted(desk)
    posted(desk, OTHER_WAYBILL)
    postages.note(desk, WAYBILL, 2250)

    sheet = spreadsheets.read(postages.export(desk, MONTH, "xlsx"))

    office = "示例市第1公安局示例派出所"
    assert [tuple(row) for row in sheet.rows] == [
        postages.HEADS,
        (DAY, WAYBILL, "寄出", office, "本窗口", "22.50", ""),
        (DAY, OTHER_WAYBILL, "寄出", office, "本窗口", "", "邮费未知"),
        ("合计", "", "寄出", "", "本窗口", "22.50", "2 件，另有 1 件邮费未知，未计入"),
    ]


def test_no_text_of_an_export_becomes_a_formula(desk: Desk) -> None:
    """An office whose name begins like one is given out as the text it is."""
    a_charge = Charge("", "", "23", DAY, "out", '=HYPERLINK("x")', "window", None)

    content = table_files.written("csv", postages.HEADS, [postages.row(a_charge)], title=postages.TITLE)

    assert b",=HYPERLINK" not in content
    assert b',"=HYPERLINK' not in content


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("22", 2200),
        ("22.5", 2250),
        ("２２．５０", 2250),
        ("¥0.05", 5),
        ("22 元", 2200),
        ("0", 0),
        ("99999.99", 9999999),
    ],
)
def test_amounts_are_typed_in_yuan(typed: str, fen: int) -> None:
    """Read to the fen, in whatever width they were typed."""
    assert postages.fen_of(typed) == fen


@pytest.mark.parametrize("typed", ["", "-1", "22.505", "100000", "1e3", "廿二", "22,50", "NaN"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    """Nothing is rounded and nothing guessed."""
    with pytest.raises(WrongUsage) as caught:
        postages.fen_of(typed)

    builders.assert_explained(caught.value, "postage-impossible")


@pytest.mark.parametrize("month", ["2026-13", "2026-1", "11-2026", "", "2026-11-20"])
def test_a_month_is_year_and_month(desk: Desk, month: str) -> None:
    """Anything else is refused with a sample."""
    with refused(desk, "month-impossible"):
        of_month(desk, month)


def test_a_month_to_come_has_no_statement(desk: Desk) -> None:
    """The present one has, as far as it is known."""
    assert of_month(desk).charges == ()
    with refused(desk, "month-to-come"):
        of_month(desk, "2026-12")


def test_of_a_case_only_the_item_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whose it is is not even opened: no personal field of any case is deciphered for a statement."""
    posted(desk)
    returned(desk)
    opened: list[str] = []

    def watched(_: PersonalKeys, place: str, __: bytes) -> bytes:
        opened.append(place.partition(".")[0])
        return b""

    monkeypatch.setattr(PersonalKeys, "open", watched)

    assert len(of_month(desk).charges) == 3
    assert "cases" not in opened
    with desk.reading() as reading:
        reading.cases.where()
    assert "cases" in opened


def test_a_note_is_of_the_records_there_are(desk: Desk) -> None:
    """One a waybill: the same id, whatever is corrected."""
    envelope = posted(desk)
    first = postages.note(desk, WAYBILL, 2200)

    second = postages.note(at(desk, "1002"), WAYBILL, 2300)

    assert second == replace(first, fen=2300, noted_at=second.noted_at, noted_by="1002")
    with desk.reading() as reading:
        assert reading.postages.where(waybill=WAYBILL) == [second]
    assert isinstance(second, Postage)
    assert second.id == f"{envelope}-y1"
