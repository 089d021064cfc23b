"""业务属地部门: entered, changed, verified, closed, doubted; what a consignment has copied never changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from tests import builders, halls
from tests.builders import a_case, an_intake, an_office, as_role, refused
from workstation.acts import agreements, departures, office_files, offices, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import Office, Terms
from workstation.domain.case import Case, CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.office import Office as Record
from workstation.domain.roles import Role
from workstation.store.statements import offices as sql

TODAY, YESTERDAY, TOMORROW = "2026-11-20", "2026-11-19", "2026-11-21"
HALF_A_YEAR_AGO = "2026-05-24"
"""180 days before today; the day before is longer ago."""
CODE = "450101-police"


@pytest.fixture
def supervising(desk: Desk) -> Desk:
    """The supervisor at window 1."""
    return as_role(desk, Role.SUPERVISOR)


@pytest.fixture
def known(desk: Desk) -> Record:
    """An office that the clerk has entered and asked yesterday."""
    return offices.add(desk, an_office(verified_on=YESTERDAY))


def handed_in(desk: Desk, *named: str | Office) -> Case:
    """A case that goes to these offices."""
    return registration.register(desk, msgspec.structs.replace(an_intake(), offices=named))


def office_of(desk: Desk, code: str = CODE) -> Record:
    """An office as it stands."""
    with desk.reading() as reading:
        return offices.find(reading, code)


def test_an_office_is_entered_with_each_value_in_its_one_form(desk: Desk) -> None:
    """Full width and capitals are folded; who asked is the one who says so; the person is kept encrypted."""
    given = an_office(
        code="４５０１０１-POLICE", postcode="５３００２２", contact="覃联系", verified_on=TODAY
    )

    office = offices.add(desk, given)

    assert (office.code, office.postcode, office.state, office.version) == (CODE, "530022", "active", 1)
    assert (office.verified_on, office.verified_by) == (TODAY, "1001")
    with desk.reading() as reading:
        entry = reading.journal_of(CODE)[-1]
    assert (entry.act, entry.object) == ("add_office", CODE)
    assert "覃联系" not in entry.body
    builders.assert_true_ledger(desk)


def test_a_code_is_found_however_it_is_typed(desk: Desk, known: Record) -> None:
    """Capitals, blanks and full width as an input method gives them."""
    assert office_of(desk, " ４５０１０１-Police ") == known


@pytest.mark.parametrize(
    "code", ["450103", "13501029012632400017", "*", "a", "450103/hz", "南宁", "-hz", "a" * 41]
)
def test_a_code_must_not_be_taken_for_something_else(desk: Desk, code: str) -> None:
    """Six digits are a division, twenty a number of ours; a slash divides an agreement's id."""
    with refused(desk, "office-code-form") as caught:
        offices.add(desk, an_office(code=code))

    assert "450103-hz" in caught.value.next


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"code": ""}, "plain-text-empty"),
        ({"code": "a\x00b"}, "plain-text-control"),
        ({"name": "长" * 101}, "plain-text-too-long"),
        ({"address": "长" * 201}, "address-too-long"),
        ({"address": "路\u202e1"}, "address-invisible"),
        ({"postcode": "53002"}, "digits-expected"),
        ({"division": "45"}, "digits-expected"),
        ({"phone": "12"}, "mobile-length"),
        ({"contact": "甲\nB"}, "plain-text-control"),
        ({"verified_on": "2026-02-30"}, "day-impossible"),
        ({"verified_on": TOMORROW}, "verified-ahead"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_by_its_name(desk: Desk, wrong: dict[str, Any], code: str) -> None:
    """Adding and changing take the same values."""
    with refused(desk, code):
        offices.add(desk, an_office(**wrong))
    with refused(desk, code):
        offices.change(as_role(desk, Role.SUPERVISOR), an_office(**wrong))


def test_a_code_is_given_once(desk: Desk, known: Record) -> None:
    """The refusal tells whose it is, closed or not."""
    with refused(desk, "office-exists") as caught:
        offices.add(desk, an_office(name="另一个部门"))

    assert known.name in caught.value.why


@pytest.mark.parametrize("act", [offices.verify, offices.close])
def test_an_office_that_is_not_there_cannot_be_acted_on(
    supervising: Desk, act: Callable[[Desk, str], Record]
) -> None:
    """Nor can one whose code nobody could type."""
    for code in ("450199-nobody", "x\x00", ""):
        with refused(supervising, "office-not-found"):
            act(supervising, code)
    with refused(supervising, "office-not-found"):
        offices.change(supervising, an_office(2))


@pytest.mark.parametrize("act", ["change", "close"])
def test_a_clerk_enters_and_verifies_but_does_not_change(desk: Desk, known: Record, act: str) -> None:
    """What the hall says is the supervisor's or the administrator's; a courier and an auditor say nothing."""
    acts: dict[str, Callable[[Desk], Record]] = {
        "change": lambda desk: offices.change(desk, an_office(phone="0771-5550009")),
        "close": lambda desk: offices.close(desk, CODE),
    }
    for role in (Role.CLERK, Role.AUDITOR, Role.COURIER):
        with refused(desk, "wrong-role"):
            acts[act](as_role(desk, role))
    with refused(builders.nobody(desk), "nobody-signed-in"):
        acts[act](builders.nobody(desk))

    assert acts[act](as_role(desk, Role.ADMINISTRATOR)).version == 2


@pytest.mark.parametrize(
    ("changes", "verified_on"),
    [
        ({"hours": "工作日 9:00-17:00"}, YESTERDAY),
        ({"contact": "覃联系", "department": "公安"}, YESTERDAY),
        ({"address": "示例市新路 9 号"}, None),
        ({"phone": "0771-5550009"}, None),
        ({"postcode": "530023"}, None),
        ({"name": "示例市公安局新派出所"}, None),
        ({"address": "示例市新路 9 号", "verified_on": TODAY}, TODAY),
        ({"address": "示例市新路 9 号", "verified_on": YESTERDAY}, YESTERDAY),
        ({"address": "示例市新路 9 号", "verified_on": HALF_A_YEAR_AGO}, None),
        ({"hours": "工作日", "verified_on": HALF_A_YEAR_AGO}, YESTERDAY),
    ],
)  # fmt: skip
def test_another_address_is_unverified_until_somebody_has_asked(
    supervising: Desk, known: Record, changes: dict[str, Any], verified_on: str | None
) -> None:
    """Unless the input says when that was; a date before the last one takes nothing away."""
    office = offices.change(supervising, an_office(**changes))

    assert office.verified_on == verified_on
    assert office.verified_by == {None: None, YESTERDAY: "1001", TODAY: "2001"}[verified_on]
    assert (office.version, office.changed_act) == (2, "change_office")


def test_somebody_was_faster(supervising: Desk, known: Record) -> None:
    """Who looked at the version before is told so, by whichever act."""
    offices.verify(supervising, CODE)
    late = replace(supervising, seen=1)

    with refused(supervising, "changed-meanwhile"):
        offices.change(late, an_office())
    with refused(supervising, "changed-meanwhile"):
        offices.verify(late, CODE)
    with refused(supervising, "changed-meanwhile"):
        offices.close(late, CODE)
    assert offices.close(replace(supervising, seen=2), CODE).version == 3


def test_somebody_asks_by_telephone(desk: Desk, known: Record) -> None:
    """Today or on the day named, never a day to come, never one before the last."""
    assert offices.verify(desk, CODE).verified_on == TODAY
    assert offices.verify(desk, CODE, on="２０２６-11-20").verified_by == "1001"

    with refused(desk, "verified-ahead"):
        offices.verify(desk, CODE, on=TOMORROW)
    with refused(desk, "verified-later") as caught:
        offices.verify(desk, CODE, on=YESTERDAY)
    assert TODAY in caught.value.why
    with refused(desk, "day-impossible"):
        offices.verify(desk, CODE, on="昨天")


def test_a_closed_office_gets_nothing_until_it_is_opened_again(supervising: Desk, known: Record) -> None:
    """No hand-in, no verification, no second closing; a change opens it."""
    offices.close(supervising, CODE)

    with refused(supervising, "office-closed"):
        handed_in(supervising, CODE)
    with refused(supervising, "office-closed"):
        offices.verify(supervising, CODE)
    with refused(supervising, "office-closed"):
        offices.close(supervising, CODE)

    assert offices.change(supervising, an_office()).state == "active"
    assert handed_in(supervising, CODE).state == CaseState.REGISTERED


def test_a_hand_in_writes_an_unknown_office_out_once(desk: Desk) -> None:
    """From then on its code is enough; the same code with another address is told apart."""
    handed_in(desk, an_office(code="450101-POLICE", verified_on=TODAY))

    assert (office_of(desk).verified_on, office_of(desk).verified_by) == (TODAY, "1001")
    handed_in(desk, "450101-police")
    with refused(desk, "office-differs"):
        handed_in(desk, an_office(address="示例市新路 9 号"))
    with refused(desk, "office-code-form"):
        handed_in(desk, an_office(2, code="450102"))
    with refused(desk, "verified-ahead"):
        handed_in(desk, an_office(2, verified_on=TOMORROW))


def test_an_envelope_that_came_back_puts_the_address_in_doubt(desk: Desk, known: Record) -> None:
    """What nobody has verified, or nobody has entered, is left alone."""
    with desk.act("trouble") as work:
        offices.doubt(work, CODE)
        offices.doubt(work, "450199-nobody")

    assert (office_of(desk).verified_on, office_of(desk).verified_by) == (None, None)
    version = office_of(desk).version
    with desk.act("trouble") as work:
        offices.doubt(work, CODE)
    assert office_of(desk).version == version == 2


@pytest.mark.parametrize(
    ("verified_on", "warned"),
    [
        (None, ["never-verified"]),
        ("2026-05-23", ["verified-long-ago"]),
        (HALF_A_YEAR_AGO, []),
        (TODAY, []),
    ],
)
def test_an_address_nobody_asked_for_so_long_is_warned_about(
    desk: Desk, verified_on: str | None, warned: list[str]
) -> None:
    """After 180 days, or as many as the hall says; never is longer than any."""
    office = offices.add(desk, an_office(division="450103", verified_on=verified_on))

    assert list(offices.warnings(office, TODAY)) == warned
    with desk.reading() as reading:
        assert bool(offices.overdue(reading, TODAY)) == bool(warned)
        assert bool(offices.overdue(reading, TODAY, days=181)) == (verified_on is None)
    assert bool(offices.listed(desk, unverified=180)) == bool(warned)


def test_a_closed_office_need_not_be_asked(supervising: Desk) -> None:
    """It is listed with all, not with those to be asked."""
    offices.add(supervising, an_office(division="450103"))
    closed = offices.close(supervising, CODE)

    assert offices.warnings(closed, TODAY) == ()
    assert offices.listed(supervising, unverified=1) == []
    assert offices.listed(supervising) == [closed]


def test_an_unknown_division_is_warned_about_and_taken(desk: Desk) -> None:
    """Codes change every year; the table is only as new as it is."""
    office = offices.add(desk, an_office(division="990103", verified_on=TODAY))

    assert offices.warnings(office, TODAY) == ("division-unknown",)


def test_every_warning_has_words() -> None:
    """What to do stands in each."""
    assert all("请" in words for words in offices.WARNINGS.values())
    assert set(offices.WARNINGS) == {
        "division-unknown", "never-verified", "verified-long-ago", "open-consignments",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("division", "codes"),
    [
        ("450103", ["a-hz"]),
        ("450100", ["a-hz", "b-hz"]),
        ("450000", ["a-hz", "b-hz", "c-hz"]),
        ("４５０１００", ["a-hz", "b-hz"]),
        ("110000", []),
        (None, ["a-hz", "b-hz", "c-hz", "d-hz"]),
    ],
)
def test_offices_are_listed_by_county_city_and_province(
    desk: Desk, division: str | None, codes: list[str]
) -> None:
    """In the order of their codes."""
    for code, place in zip("dcba", ("430102", "450203", "450105", "450103"), strict=True):
        offices.add(desk, an_office(code=f"{code}-hz", division=place))

    assert [office.code for office in offices.listed(desk, division=division)] == codes


def test_a_division_has_six_digits(desk: Desk) -> None:
    """A name or a half code is refused."""
    with refused(desk, "digits-expected"):
        offices.listed(desk, division="广西")


def test_what_is_on_its_way_keeps_the_address_it_was_written_with(supervising: Desk) -> None:
    """The answer tells how many there are; those that are done, or whose case has left, are not counted."""
    going = builders.a_consignment(supervising)
    builders.a_consignment(supervising, ConsignmentState.HANDED_OVER)
    builders.a_consignment(supervising, ConsignmentState.DONE)
    departures.withdraw(supervising, a_case(supervising, CaseState.REGISTERED).number)
    a_case(supervising, offices=(an_office(2),))

    offices.change(supervising, an_office(address="示例市新路 9 号"))

    standing = offices.standing(supervising, CODE)
    assert standing.open_consignments == 2
    assert standing.warnings[-2:] == ("never-verified", "open-consignments")
    assert builders.consignment_of(supervising, going.id).office_address == an_office().address
    assert offices.standing(supervising, "450102-police").open_consignments == 1
    builders.assert_true_ledger(supervising)


def test_open_consignments_are_found_by_an_index(desk: Desk) -> None:
    """Through those of one office that are not done, in the order asked for."""
    statement = f"EXPLAIN QUERY PLAN SELECT id FROM consignments {sql.OPEN_CONSIGNMENTS}"
    with desk.act("verify_office") as work:
        steps = [line["detail"] for line in work.lines(statement, office=CODE)]

    assert "USING INDEX consignments_open (hall=? AND office_code=?)" in steps[0]
    assert not any("TEMP B-TREE" in step or step.startswith("SCAN") for step in steps)


def test_agreements_that_hold_or_will_are_shown_with_the_office(supervising: Desk, known: Record) -> None:
    """Not those of the past, nor those of others."""
    offices.add(supervising, an_office(2))
    for code, item, first, last in (
        (CODE, "59", "2026-01-01", None),
        (CODE, "63", "2027-01-01", None),
        (CODE, "63", "2025-01-01", "2025-12-31"),
        ("450102-police", "59", "2026-01-01", None),
    ):
        agreements.add(supervising, Terms(office=code, item=item, valid_from=first, valid_to=last))

    assert [a.id for a in offices.standing(supervising, CODE).agreements] == [f"{CODE}/59/1", f"{CODE}/63/1"]


def test_a_look_leaves_no_trace(desk: Desk, known: Record) -> None:
    """Listing and showing are no acts."""
    before = builders.head(desk)

    offices.listed(desk)
    offices.standing(desk, CODE)

    assert builders.head(desk) == before


@pytest.mark.engine
def test_directory_and_agreements_are_the_same_on_every_engine(vacant: Desk) -> None:
    """Entered by file and by hand, counted, verified, listed, agreed with, closed; the journal is true."""
    desk = halls.seat(vacant, halls.SUPERVISOR)
    intake = msgspec.structs.replace(an_intake(), offices=(CODE,))
    offices.add(desk, an_office(contact="覃联系"))
    content = office_files.export(desk, "csv")

    registration.register(desk, intake)
    offices.verify(desk, CODE)
    agreement = agreements.add(desk, Terms(office=CODE, item="59", valid_from=TODAY))
    offices.close(desk, CODE)
    found = office_files.import_file(desk, "部门.csv", content)

    standing = offices.standing(desk, CODE)
    assert [change.fields for change in found.changed] == [("state",)]
    assert (standing.office.state, standing.office.contact) == ("active", "覃联系")
    assert (standing.open_consignments, standing.agreements) == (1, (agreement,))
    assert offices.listed(desk, division="450000") == [standing.office]
    builders.assert_true_ledger(desk)
