"""Hints before registering: what to look at twice, who was here before, which office; never a refusal."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from forms import items
from forms.items import BasisPlace, Path
from tests import builders
from tests.builders import Ticking, a_case, a_person, an_intake, an_office, head
from tests.workstation.store.test_plans import plan
from workstation.acts import hints
from workstation.acts.desk import Desk
from workstation.acts.hints import Hints, LastOffice, SuggestedDivision
from workstation.domain.case import CaseState
from workstation.domain.guide import Guide
from workstation.domain.office import Office
from workstation.domain.words import word
from workstation.store.sqlite import SqliteEngine
from workstation.store.statements import hints as sql
from workstation.store.work import Stamp

DAY = 24 * 3600 * 1000
HOUSEHOLD, OTHER_MINISTRY, BY_GUIDE, JOINT, MOVING_IN = "59", "132", "31", "9", "63"
#: Of persons who do not exist: sequence 000.
ABOLISHED, CHILD, VERY_OLD = "452402199003070006", "450103201103070001", "450103190003070003"
OTHER = "350203199003070006"


def before(desk: Desk, **changes: Any) -> Hints:
    """The hints for a hand-in without papers."""
    return hints.before_intake(desk, an_intake(materials=(), **changes))


def codes(found: Hints) -> set[str]:
    """What is warned of."""
    return {hint.code for hint in found.warnings}


def text(found: Hints, code: str) -> str:
    """The one sentence of a warning."""
    (sentence,) = [hint.text for hint in found.warnings if hint.code == code]
    return sentence


def days_pass(desk: Desk, days: int) -> None:
    """Let so many days go by."""
    clock = desk.store.clock
    assert isinstance(clock, Ticking)
    clock.start += days * DAY


def of_path(path: Path) -> str:
    """The code of an item with this path."""
    return next(item.code for item in items.all_items() if item.path == path)


def directed(desk: Desk, office: Office) -> None:
    """An office in the directory, as it is or as it has become."""
    with desk.store.transaction(Stamp("add_office", None, None, 1)) as work:
        known = work.offices.get(office.code)
        work.offices.save(replace(office, version=known.version)) if known else work.offices.add(office)


def an_office_of_ours(**changes: Any) -> Office:
    """The first home office, as the directory has it."""
    values = msgspec.structs.asdict(an_office())
    return Office(**{**values, "state": "active", **changes})


# --- warnings


def test_nothing_is_written_and_nobody_need_sign_in(desk: Desk) -> None:
    """Hints only read."""
    before_ = head(desk)

    before(builders.nobody(desk))

    assert head(desk) == before_


def test_an_ordinary_hand_in_is_warned_of_little(desk: Desk) -> None:
    """Its checklist is a sample, and nobody has asked about its office yet."""
    found = before(desk)

    assert codes(found) == {"checklist-sample", "office-never-verified"}
    assert (found.duplicates, found.history, found.last_office) == ((), 0, None)


@pytest.mark.parametrize("who", ["applicant", "agent"])
def test_an_unknown_area_is_only_a_warning(desk: Desk, who: str) -> None:
    """Abolished codes live on in people's numbers; the number itself is not repeated."""
    found = before(desk, **{who: a_person(id_number=ABOLISHED)})

    assert text(found, "division-unknown").startswith(word(who))
    assert ABOLISHED[:6] not in text(found, "division-unknown")


def test_a_companys_area_is_looked_up_too(desk: Desk) -> None:
    """Its code carries the area of the office that registered it."""
    company = a_person("榕城示例有限公司", id_kind="unified_credit_code", id_number="91350100M000100Y43")

    assert "division-unknown" not in codes(before(desk, applicant=company, agent=a_person("李经办")))


@pytest.mark.parametrize(
    ("valid_to", "code"),
    [
        ("2026-11-19", "document-expired"),
        ("2026-11-20", "document-expiring"),
        ("2026-12-20", "document-expiring"),
        ("2026-12-21", None),
        (None, None),
        ("soon", None),
    ],
)
@pytest.mark.parametrize("who", ["applicant", "agent"])
def test_documents_run_out(desk: Desk, who: str, valid_to: str | None, code: str | None) -> None:
    """Yesterday's does not pass, one with thirty days left is told; whose it is, and not the day."""
    found = before(desk, **{who: a_person(valid_to=valid_to)})

    assert codes(found) & {"document-expired", "document-expiring"} == ({code} if code else set())
    if code and valid_to:
        assert text(found, code).startswith(word(who))
        assert valid_to not in text(found, code)


@pytest.mark.parametrize(
    ("number", "code"), [(CHILD, "applicant-young"), (VERY_OLD, "applicant-old"), (OTHER, None)]
)
def test_unlikely_ages_are_told(desk: Desk, number: str, code: str | None) -> None:
    """A digit may have been misread; nobody is refused for their age."""
    found = codes(before(desk, applicant=a_person(id_number=number)))

    assert found & {"applicant-young", "applicant-old"} == ({code} if code else set())


@pytest.mark.parametrize(("birthday", "young"), [("20101120", False), ("20101121", True)])
def test_ages_are_counted_to_the_day(desk: Desk, birthday: str, young: bool) -> None:
    """Sixteen today is sixteen."""
    number = next(
        text for digit in "0123456789X" if hints.told_by("citizen_id", text := f"450103{birthday}000{digit}")
    )

    assert ("applicant-young" in codes(before(desk, applicant=a_person(id_number=number)))) is young


def test_a_passport_tells_no_age(desk: Desk) -> None:
    """Nor an area."""
    found = codes(before(desk, applicant=a_person(id_kind="passport", id_number="E12345678")))

    assert found == {"checklist-sample", "office-never-verified"}


@pytest.mark.parametrize(
    ("days", "code"), [(None, "office-never-verified"), (180, None), (181, "office-unverified")]
)
@pytest.mark.parametrize("by_code", [True, False])
def test_offices_are_to_be_verified_again(
    desk: Desk, days: int | None, code: str | None, by_code: bool
) -> None:
    """Named by its code or written out, the directory knows when somebody last asked."""
    on = {None: None, 180: "2026-05-24", 181: "2026-05-23"}[days]
    directed(desk, an_office_of_ours(verified_on=on))
    office = an_office()

    found = before(desk, offices=(office.code if by_code else office,))

    assert codes(found) & {"office-never-verified", "office-unverified"} == ({code} if code else set())
    if code:
        assert office.code in text(found, code)
        assert office.name in text(found, code)


def test_a_hall_sets_its_own_days(desk: Desk) -> None:
    """After how long an office is to be verified again, and what a duplicate is."""
    intake = an_intake(materials=(), offices=(an_office(verified_on="2026-11-10"),))
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk, 2)

    usual = hints.before_intake(desk, intake)
    strict = hints.before_intake(desk, intake, verified_days=9, duplicate_days=1)

    # The office was written out without a day when the case was registered: the directory counts.
    assert "office-never-verified" in codes(usual) & codes(strict)
    assert (len(usual.duplicates), len(strict.duplicates)) == (1, 0)
    other = an_intake(materials=(), offices=(an_office(2, verified_on="2026-11-10"),))
    assert "office-unverified" in codes(hints.before_intake(desk, other, verified_days=9))
    assert "office-unverified" not in codes(hints.before_intake(desk, other))


@pytest.mark.parametrize(
    "path", sorted({item.path for item in items.all_items() if not item.path.is_received})
)
def test_what_is_not_received_is_guided(desk: Desk, path: Path) -> None:
    """Which way it is done, and the next step; where the list names none, the hall may."""
    sentence = text(before(desk, item=of_path(path)), "path-not-received")

    assert items.PATH_WORDS[path] in sentence
    assert "case guide" in sentence
    assert ("可由值班长登记本大厅自己的方式" in sentence) == (path == Path.PENDING)


@pytest.mark.parametrize(
    ("item", "offices", "warned"), [(JOINT, 1, True), (JOINT, 2, False), (HOUSEHOLD, 1, False)]
)
def test_a_joint_item_has_several_offices(desk: Desk, item: str, offices: int, warned: bool) -> None:
    """多地联办 with one office is perhaps half of it."""
    assert ("joint-one-office" in codes(before(desk, item=item, offices=offices))) is warned


def test_offices_that_are_not_known_yet_count_too(desk: Desk) -> None:
    """Two were named, whether or not the directory has both."""
    assert "joint-one-office" not in codes(before(desk, item=JOINT, offices=(an_office(), "no-such")))


@pytest.mark.parametrize(("place", "warned"), [("450103", False), ("459999", True), ("45", False)])
def test_the_basis_place_is_a_place(desk: Desk, place: str, warned: bool) -> None:
    """A code the table lacks is told; one that is half typed is not yet."""
    assert ("basis-place-unknown" in codes(before(desk, basis_place=place))) is warned


@pytest.mark.parametrize(
    "changes",
    [
        {"item": "999"},
        {"item": "a\x00"},
        {"basis_place": ""},
        {"offices": ()},
        {"offices": ("no-such", "a\x00")},
        {"offices": (an_office(division="x", verified_on="never"),)},
        {"applicant": a_person("", id_number="450103", phone="")},
        {"applicant": a_person(id_kind="tattoo")},
    ],
)
def test_a_form_half_filled_in_gives_no_refusal(desk: Desk, changes: dict[str, Any]) -> None:
    """What cannot be registered yet gives the hints there can be."""
    values = {"item": HOUSEHOLD, **changes}
    intake = msgspec.structs.replace(an_intake(materials=()), **values)

    found = hints.before_intake(desk, intake)

    assert found.duplicates == ()
    json.dumps(found.as_dict())


@pytest.mark.parametrize("offices", [(), ("no-such",), (an_office(division="x"),)])
def test_a_sample_is_one_before_the_office_is_known(desk: Desk, offices: tuple[Any, ...]) -> None:
    """What the workstation brings along has been confirmed by nobody."""
    assert "checklist-sample" in codes(before(desk, offices=offices))


def test_a_guide_of_the_hall_is_no_sample(desk: Desk) -> None:
    """Somebody answers for it."""
    with desk.store.transaction(Stamp("import_guide", None, None, 1)) as work:
        guide = Guide(
            id="59/*/1",
            item=HOUSEHOLD,
            scope="*",
            edition=1,
            mark="已由属地确认",
            source="示例办事指南",
            source_date="2026-11-01",
            imported_at=work.now,
            imported_by="2001",
        )
        work.guides.add(guide)

    assert "checklist-sample" not in codes(before(desk))


# --- who was here before


def test_the_same_hand_in_is_told_newest_first(desk: Desk) -> None:
    """Of the same person for the same item within thirty days, with number, state, day and clerk."""
    first = a_case(desk, CaseState.REGISTERED)
    days_pass(desk, 1)
    second = a_case(builders.at(desk, "1002"))

    found = before(desk)

    assert [vars(earlier) for earlier in found.duplicates] == [
        {"number": second.number, "state": "packing", "date": "2026-11-21", "clerk": "1002"},
        {"number": first.number, "state": "registered", "date": "2026-11-20", "clerk": "1001"},
    ]
    assert found.history == 0


@pytest.mark.parametrize(("days", "duplicates", "history"), [(30, 1, 0), (31, 0, 1)])
def test_a_duplicate_is_recent(desk: Desk, days: int, duplicates: int, history: int) -> None:
    """After thirty days it is a case like any other."""
    a_case(desk, CaseState.REGISTERED)
    days_pass(desk, days)

    found = before(desk)

    assert (len(found.duplicates), found.history) == (duplicates, history)


def test_other_cases_of_the_person_are_only_counted(desk: Desk) -> None:
    """Another item is no duplicate; another person is not counted; however the number is typed."""
    a_case(desk, CaseState.REGISTERED, item=MOVING_IN)
    a_case(desk, CaseState.REGISTERED, applicant=a_person("韦示例", id_number=OTHER))

    found = before(desk, applicant=a_person(id_number="４５０１０３ 19900307 0004"))

    assert (found.duplicates, found.history) == ((), 1)


# --- which place, which office


@pytest.mark.parametrize(
    ("item", "kind", "number", "expected"),
    [
        (HOUSEHOLD, "citizen_id", OTHER, "350203"),
        (HOUSEHOLD, "citizen_id", ABOLISHED, None),
        (HOUSEHOLD, "citizen_id", "350203", None),
        (HOUSEHOLD, "residence_permit", "810000199408230021", None),
        (HOUSEHOLD, "passport", "E12345678", None),
        (BY_GUIDE, "citizen_id", OTHER, None),
        (JOINT, "citizen_id", OTHER, None),
        (MOVING_IN, "citizen_id", OTHER, None),
    ],
)
def test_a_number_suggests_a_place_only_for_the_household(
    item: str, kind: str, number: str, expected: str | None
) -> None:
    """And only as the place of first registration; otherwise the clerk is asked."""
    found = hints.suggested_division(items.by_code(item), kind, number)

    if expected is None:
        assert found is None
    else:
        assert found == SuggestedDivision(expected, "福建省厦门市思明区", "首次登记地，请核对")


def test_without_an_item_no_place_is_suggested() -> None:
    """Nothing says which place is asked for."""
    assert hints.suggested_division(None, "citizen_id", OTHER) is None


def test_the_office_used_last_is_offered(desk: Desk) -> None:
    """By anybody here, for the same kind of basis place and the same division; the newest of them."""
    a_case(desk, CaseState.REGISTERED, offices=(an_office(1),))
    days_pass(desk, 1)
    a_case(builders.at(desk, "1002"), CaseState.REGISTERED, offices=(an_office(2), an_office(3)))

    found = before(desk, applicant=a_person(id_number=OTHER), offices=())

    assert found.last_office == LastOffice("450102-police", an_office(2).name, HOUSEHOLD, "2026-11-21")
    assert found.office_suggestion is not None
    assert found.office_suggestion.division == "350203"


@pytest.mark.parametrize(
    "changes", [{"item": MOVING_IN}, {"item": JOINT}, {"item": BY_GUIDE}, {"basis_place": "450102"}]
)
def test_it_is_never_offered_for_another_basis_place(desk: Desk, changes: dict[str, Any]) -> None:
    """Neither for another kind of place, nor for another division."""
    a_case(desk, CaseState.REGISTERED)

    assert before(desk, **changes).last_office is None


def test_of_the_same_place_the_same_item_goes_before_the_same_ministry(desk: Desk) -> None:
    """The civil registry's office is not offered for the police while there is one of the police."""
    a_case(desk, CaseState.REGISTERED, offices=(an_office(1),))
    days_pass(desk, 1)
    a_case(desk, CaseState.REGISTERED, item=OTHER_MINISTRY, offices=(an_office(2),))

    police, registry = before(desk).last_office, before(desk, item=OTHER_MINISTRY).last_office
    with desk.reading() as reading:
        any_item = hints.last_office(reading, BasisPlace.HOUSEHOLD, "450103")

    assert police
    assert registry
    assert any_item
    assert [police.code, registry.code, any_item.code] == ["450101-police", "450102-police", "450102-police"]


def test_an_office_of_another_ministry_is_better_than_none(desk: Desk) -> None:
    """The item it was used for stands beside it."""
    a_case(desk, CaseState.REGISTERED, item=OTHER_MINISTRY)

    found = before(desk).last_office

    assert found is not None
    assert found.item == OTHER_MINISTRY


def test_where_the_guide_decides_only_the_item_itself_counts(desk: Desk) -> None:
    """Two items of which the list says nothing need not mean the same place."""
    other = next(
        item.code
        for item in items.all_items()
        if item.basis_place == BasisPlace.BY_GUIDE and item.code != BY_GUIDE
    )
    a_case(desk, CaseState.REGISTERED, item=BY_GUIDE)

    same, another = before(desk, item=BY_GUIDE).last_office, before(desk, item=other).last_office
    with desk.reading() as reading:
        without = hints.last_office(reading, BasisPlace.BY_GUIDE, "450103")

    assert same is not None
    assert (another, without) == (None, None)


def test_a_closed_office_is_not_offered(desk: Desk) -> None:
    """The one before it is."""
    a_case(desk, CaseState.REGISTERED, offices=(an_office(2),))
    days_pass(desk, 1)
    a_case(desk, CaseState.REGISTERED, offices=(an_office(1),))
    directed(desk, an_office_of_ours(state="closed"))

    found = before(desk).last_office

    assert found is not None
    assert found.code == "450102-police"


def test_the_last_office_is_looked_up(desk: Desk) -> None:
    """Through an index that brings the order asked for, whatever else the hall has done."""
    assert isinstance(desk.store.engine, SqliteEngine)

    steps = plan(desk.store.engine, sql.USED_OFFICES)

    assert not any("SCAN" in step or "TEMP B-TREE" in step or step.endswith("(hall=?)") for step in steps), (
        steps
    )


# --- what a number tells, and what is handed on


@pytest.mark.parametrize(
    ("kind", "number", "expected"),
    [
        ("citizen_id", "11010519491231002x", ("1949-12-31", "female", "110105")),
        ("residence_permit", "830000199201300022", ("1992-01-30", "female", "830000")),
        ("foreigner_card", "911248198408260127", ("1984-08-26", None, None)),
        ("foreigner_card", "XXX450000000000", (None, None, None)),
        ("unified_credit_code", "91350100M000100Y43", (None, None, "350100")),
        ("passport", "E12345678", (None, None, None)),
    ],
)
def test_a_number_tells_what_its_kind_tells(kind: str, number: str, expected: tuple[str | None, ...]) -> None:
    """Birth, sex and area where the standard puts them, and nothing where nobody has read the rule."""
    told = hints.told_by(kind, number)

    assert told is not None
    assert (str(told.birth_date) if told.birth_date else None, told.sex, told.division) == expected


@pytest.mark.parametrize(("kind", "number"), [("citizen_id", "110105194912310021"), ("tattoo", "1")])
def test_what_is_not_of_its_kind_tells_nothing(kind: str, number: str) -> None:
    """A wrong check digit may stand for any misread digit."""
    assert hints.told_by(kind, number) is None


def test_what_is_handed_on_is_not_personal(desk: Desk) -> None:
    """Neither name nor number nor telephone nor address of anybody in it."""
    person = a_person(id_number=ABOLISHED, valid_to="2026-11-19")
    a_case(desk, CaseState.REGISTERED, applicant=person, agent=a_person("李代办", valid_to="2026-12-01"))

    found = before(desk, applicant=person, agent=a_person("李代办", valid_to="2026-12-01"))
    written = json.dumps(found.as_dict(), ensure_ascii=False)

    assert {"warnings", "duplicates", "history", "office_suggestion", "last_office"} == set(found.as_dict())
    assert found.duplicates
    assert not any(
        secret in written for secret in (ABOLISHED, "覃示例", "李代办", "139000", "示例路 1 号 101")
    )
