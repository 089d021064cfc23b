"""收件登记: a hand-in becomes a case with number, checklist, pieces and 收件凭证, or is refused whole."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from forms import items
from tests import builders
from tests.builders import a_person, an_intake, an_office, refused
from tests.engines import HALL
from workstation.acts import registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import EXAMPLE_INTAKE, Material
from workstation.domain import codes
from workstation.domain.case import AUTHORISATION, CaseState, Holder, RowState
from workstation.domain.codes import Kind
from workstation.store.statements import numbers


def test_a_case_has_its_number_at_once(desk: Desk) -> None:
    """The number says kind, hall, window and day, and the serials run from one."""
    first, second = (registration.register(desk, an_intake()) for _ in range(2))

    number = codes.parse(first.number)
    assert (number.kind, number.place.division, number.place.hall) == (Kind.CASE, HALL.division, HALL.digit)
    assert (number.window, number.day, number.serial) == (1, date(2026, 11, 20), 1)
    assert codes.parse(second.number).serial == 2
    assert (first.state, first.clerk, first.window) == (CaseState.REGISTERED, "1001", 1)


def test_a_case_keeps_the_checklist_it_was_registered_under(desk: Desk) -> None:
    """Its rows are those of the item, in their order, all still to be reviewed."""
    case = registration.register(desk, an_intake())

    with desk.reading() as reading:
        rows = sorted(reading.rows.where(case_number=case.number), key=lambda row: row.position)
    assert [row.row_id for row in rows] == [row.id for row in items.for_item("59").rows]
    assert {row.state for row in rows} == {RowState.PENDING}
    assert case.checklist_version == items.for_item("59").version


def test_every_paper_is_a_piece_in_the_clerks_hands(desk: Desk) -> None:
    """An original that is only checked is a piece too, but one that does not go into the envelope."""
    case = registration.register(desk, an_intake())

    with desk.reading() as reading:
        pieces = {(p.row_id, p.form): p for p in reading.pieces.where(case_number=case.number)}
    assert set(pieces) == {
        ("application", "original"),
        ("applicant_id", "original"),
        ("applicant_id", "copy"),
        ("statement", "original"),
    }
    assert {(p.holder, p.holder_ref) for p in pieces.values()} == {(Holder.CLERK, "1001")}
    assert [key for key, piece in pieces.items() if not piece.goes] == [("applicant_id", "original")]


def test_two_papers_for_one_row_are_two_pieces(desk: Desk) -> None:
    """Pieces of one row and form are told apart by their ordinal."""
    twice = (Material(row="statement", form="original"), Material(row="statement", form="original", pages=3))
    case = registration.register(desk, an_intake(materials=twice))

    with desk.reading() as reading:
        pieces = reading.pieces.where(case_number=case.number)
    assert [piece.id for piece in pieces] == [
        f"{case.number}-statement-original-1",
        f"{case.number}-statement-original-2",
    ]


def test_each_office_gets_a_consignment_with_its_own_papers(desk: Desk) -> None:
    """Several home offices are several consignments (多地联办)."""
    case = registration.register(desk, an_intake(offices=2))

    consignments = builders.consignments_of(desk, case.number)
    with desk.reading() as reading:
        counts = [len(reading.pieces.where(consignment=c.id)) for c in consignments]
    assert [c.id for c in consignments] == [f"{case.number}-1", f"{case.number}-2"]
    assert [c.office_code for c in consignments] == [an_office(1).code, an_office(2).code]
    assert counts == [4, 4]


def test_a_hand_in_without_any_paper_is_registered_all_the_same(desk: Desk) -> None:
    """收件不登记 is a fault: what is missing is said by the review, not by the door."""
    case = registration.register(desk, an_intake(materials=()))

    assert case.state == CaseState.REGISTERED


def test_the_intake_slip_tells_what_was_handed_in_and_masks_the_person(desk: Desk) -> None:
    """ID number and telephone are masked on the slip; counts and handling of the papers are told."""
    agent = a_person("李代办", id_number="350102194912310025", phone="0591-87654321")
    case = registration.register(desk, an_intake(agent=agent))

    facts = facts_of(desk, builders.paper_of(desk, case.number, "intake_slip").number)
    said = json.dumps(facts, ensure_ascii=False)
    for hidden in ("450103199003070004", "13900000001", "350102194912310025", "87654321", "示例路 1 号 101"):
        assert hidden not in said
    assert facts["case.number"] == case.number
    assert (facts["count.rows"], facts["count.originals"], facts["count.photocopies"]) == ("4", "3", "1")
    assert {row["handling"] for row in facts["rows"]} == {"随件寄送", "核对后当场退还"}


def facts_of(desk: Desk, number: str) -> dict[str, Any]:
    """What a face says."""
    with desk.reading() as reading:
        body = reading.paper_bodies.get(number)
    assert body is not None
    facts: dict[str, Any] = json.loads(body.facts or "")
    return facts


def test_values_are_kept_in_their_one_form(desk: Desk) -> None:
    """Full width is folded, blanks are trimmed, and the digests are those of the folded values."""
    applicant = a_person(
        "  覃示例 ", id_number="４５０１０３１９９００３０７０００４", phone="１３９００００００００１"[:11]
    )
    case = registration.register(desk, an_intake(applicant=applicant, basis_place="４５０１０３"))
    plain = registration.register(desk, an_intake(applicant=a_person(phone=case.applicant_phone)))

    assert case.applicant_id == "450103199003070004"
    assert case.basis_place == "450103"
    assert (case.name_digest, case.id_digest, case.phone_digest) == (
        plain.name_digest,
        plain.id_digest,
        plain.phone_digest,
    )


@pytest.mark.parametrize("name", ["𬱟示例", "𪾢示", "䶮示例", "买买提·吐尔逊", "O'Brien Anne-Marie"])
def test_rare_and_foreign_names_are_taken_as_they_are(desk: Desk, name: str) -> None:
    """A character beyond the basic plane is part of a name like any other."""
    case = registration.register(desk, an_intake(applicant=a_person(name)))

    assert builders.case_of(desk, case.number).applicant_name == name


WRONG: list[tuple[str, dict[str, Any]]] = [
    ("item-not-found", {"item": "5900", "materials": ()}),
    ("office-missing", {"offices": (), "materials": ()}),
    ("row-not-found", {"materials": (Material(row="passport", form="original"),)}),
    ("id-kind-unknown", {"applicant": a_person(id_kind="library_card")}),
    ("person-name-empty", {"applicant": a_person("  ")}),
    ("person-name-too-long", {"applicant": a_person("覃" * 5000)}),
    ("person-name-characters", {"applicant": a_person("覃😀")}),
    ("person-name-control", {"applicant": a_person("覃\x1b[31m示例")}),
    ("person-name-characters", {"applicant": a_person("<b>覃</b>")}),
    ("citizen-id-check-digit", {"applicant": a_person(id_number="450103199003070005")}),
    ("citizen-id-date", {"applicant": a_person(id_number="450103199002300015")}),
    ("mobile-length", {"applicant": a_person(phone="1390000000")}),
    ("landline-area", {"applicant": a_person(phone="8765432")}),
    ("address-control", {"applicant": a_person(address="示例路\x001 号")}),
    ("person-name-empty", {"agent": a_person("")}),
    ("digits-expected", {"basis_place": "45010"}),
    ("digits-expected", {"basis_place": "四五〇一〇三"}),
    ("digits-expected", {"offices": (an_office(postcode="53002２2"),)}),
    ("plain-text-invisible", {"offices": (an_office(name="示例\u202e局"),)}),
    ("plain-text-surrogate", {"remark": "备注\ud800"}),
    ("plain-text-too-long", {"remark": "备" * 5000}),
    ("material-form-unknown", {"materials": (Material(row="statement", form="copy_checked"),)}),
    ("count-impossible", {"materials": (Material(row="statement", form="original", copies=0),)}),
    ("count-impossible", {"materials": (Material(row="statement", form="original", pages=-1),)}),
    ("count-impossible", {"materials": (Material(row="statement", form="original", copies=10**30),)}),
    ("material-office", {"materials": (Material(row="statement", form="original", office=2),)}),
    ("material-office", {"materials": (Material(row="statement", form="original", office=0),)}),
]


@pytest.mark.parametrize(("code", "changes"), WRONG, ids=[f"{i}-{code}" for i, (code, _) in enumerate(WRONG)])
def test_a_wrong_value_is_refused_with_its_own_code(desk: Desk, code: str, changes: dict[str, Any]) -> None:
    """Nothing is registered and no number is used up when a single value is wrong."""
    with refused(desk, code) as caught:
        registration.register(desk, an_intake(**changes))

    assert "\x1b" not in str(caught.value.as_dict())
    assert codes.parse(registration.register(desk, an_intake()).number).serial == 1


def test_a_refusal_names_the_field_and_not_its_value(desk: Desk) -> None:
    """The clerk is told where to look; what stood there is not repeated on the screen."""
    wrong = a_person(id_number="450103199003070005")

    with refused(desk, "citizen-id-check-digit") as caught:
        registration.register(desk, an_intake(applicant=wrong))

    assert caught.value.what.startswith("申请人证件号码")
    assert caught.value.why.endswith("（命令：字段 applicant.id_number）")
    assert wrong.id_number not in str(caught.value.as_dict())


def test_the_ten_thousandth_case_of_a_day_is_refused(desk: Desk) -> None:
    """Four digits of serial are all there are; another window can go on."""
    registration.register(desk, an_intake())
    with desk.store.engine.write():
        desk.store.engine.run("UPDATE counters SET last = 9999 WHERE kind = :kind", {"kind": int(Kind.CASE)})

    with refused(desk, "serial-exhausted"):
        registration.register(desk, an_intake())

    with desk.reading() as reading:
        assert 9999 in {line["last"] for line in reading.lines(numbers.ALL)}


def test_the_example_that_commands_show_is_a_valid_hand_in(desk: Desk) -> None:
    """What is printed as an example can be typed as it stands."""
    assert registration.register(desk, EXAMPLE_INTAKE).state == CaseState.REGISTERED


def test_nobody_is_born_after_today(desk: Desk) -> None:
    """A date of birth still to come is a misread number; the check digit alone would let it pass."""
    unborn = builders.a_person(id_number="450103203003070003")

    with builders.refused(desk, "citizen-id-future"):
        registration.register(desk, an_intake(applicant=unborn))


def test_a_legal_person_comes_with_somebody(desk: Desk) -> None:
    """Whoever stands at the counter for it is registered, a natural person with a power of attorney."""
    company = builders.a_person(
        "示例（厦门）有限公司", id_kind="unified_credit_code", id_number="91350100M000100Y43"
    )
    with builders.refused(desk, "agent-missing"):
        registration.register(desk, an_intake(applicant=company))
    with builders.refused(desk, "agent-not-a-person"):
        registration.register(desk, an_intake(applicant=company, agent=company))

    case = registration.register(desk, an_intake(applicant=company, agent=builders.a_person("李代办")))

    with desk.reading() as reading:
        row = reading.rows.get(case.number, AUTHORISATION)
    assert case.bearer == "agent"
    assert row is not None
    assert row.condition is None


def test_a_list_without_a_power_of_attorney_gets_one(desk: Desk) -> None:
    """Item 131 knows no agent; who comes for somebody else brings it all the same (行政许可法 29)."""
    agent = builders.a_person("李代办")

    case = registration.register(desk, an_intake(item="131", materials=(), agent=agent))

    with desk.reading() as reading:
        rows = reading.rows.where(case_number=case.number)
    assert [row.row_id for row in rows if row.name == "授权委托书"] == [AUTHORISATION]


def test_an_office_is_named_by_its_code_or_written_out_once(desk: Desk) -> None:
    """Written out it stands in the directory afterwards; written differently it is refused."""
    first = registration.register(desk, an_intake())
    code = builders.an_office().code

    second = registration.register(desk, an_intake(offices=(code,), materials=()))

    assert builders.consignment_of(desk, second.number).office_address == "示例市示例区示例路 1 号"
    assert builders.consignment_of(desk, first.number).office_code == code
    with builders.refused(desk, "office-differs"):
        registration.register(desk, an_intake(offices=(builders.an_office(address="示例市另一路 9 号"),)))
    with builders.refused(desk, "office-not-found"):
        registration.register(desk, an_intake(offices=("nowhere",), materials=()))


def test_what_is_done_elsewhere_needs_no_office(desk: Desk) -> None:
    """It is registered and guided without one; what may be mailed from here names where to."""
    online = registration.register(desk, an_intake(item="5", offices=(), materials=()))
    builders.assert_true_ledger(desk, online.number)

    assert builders.consignments_of(desk, online.number) == []
    for item in ("59", "9", "28"):
        with builders.refused(desk, "office-missing"):
            registration.register(desk, an_intake(item=item, offices=(), materials=()))
