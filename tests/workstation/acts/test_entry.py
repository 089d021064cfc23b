"""A hand-in while it is typed: each field alone, what a number says, and the form as a hand-in."""

from __future__ import annotations

import copy
import datetime
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import builders
from tests.builders import a_person, an_intake, an_office
from workstation import typed
from workstation.acts import checks, drafts, entry, inputs, registration
from workstation.acts import offices as directory
from workstation.acts.desk import Desk
from workstation.acts.entry import NotYet
from workstation.acts.inputs import Intake
from workstation.domain.case import CaseState
from workstation.errors import WrongUsage, on_screen
from workstation.store.drafts import Drafts
from workstation.store.sqlite import SqliteEngine

TODAY = datetime.date(2026, 11, 20)
NUMBER = "450103199003070004"
COMPANY = "91350100M000100Y43"


def wrong(name: str, text: str, id_kind: str | None = None) -> str | None:
    """The code of what is wrong with a field."""
    error = entry.wrong(name, text, id_kind=id_kind, today=TODAY)
    return error.code if error else None


def form_of(intake: Intake) -> dict[str, Any]:
    """A hand-in as a screen holds it."""
    form = typed.plain(intake)
    assert isinstance(form, dict)
    return form


# --- one field

RIGHT = [
    ("applicant.name", "覃示例", None),
    ("applicant.name", "榕城示例有限公司", "unified_credit_code"),
    ("applicant.id_number", NUMBER, "citizen_id"),
    ("applicant.id_number", "４５０１０３１９９００３０７０００４", None),
    ("applicant.id_number", COMPANY, "unified_credit_code"),
    ("applicant.phone", "13900000001", None),
    ("agent.phone", "0591-87654321", None),
    ("agent.address", "福建省厦门市思明区示例路 1 号", None),
    ("agent.valid_to", "2030-01-31", None),
    ("basis_place", "450103", None),
    ("remark", "下午来取", None),
    ("item", "59", None),
    ("offices[0].code", "450103-hz", None),
    ("offices[0].division", "450103", None),
    ("offices[2].name", "示例派出所", None),
    ("offices[0].verified_on", "2026-11-20", None),
    ("offices", "450103-hz", None),
    ("materials[3].copies", "２", None),
    ("materials[0].pages", "999", None),
    ("due", "2026-12-01", None),
]


@pytest.mark.parametrize(("name", "text", "id_kind"), RIGHT)
def test_a_right_field_is_not_complained_of(name: str, text: str, id_kind: str | None) -> None:
    """Full width and blanks at the ends included: they are folded when it is registered."""
    assert wrong(name, text, id_kind) is None
    assert wrong(name, f" {text}　", id_kind) is None


WRONG = [
    ("applicant.name", "覃\x07", None, "person-name-control"),
    ("applicant.name", "某", "unified_credit_code", "organisation-name-too-short"),
    ("applicant.id_number", "450103199003070005", "citizen_id", "citizen-id-check-digit"),
    ("applicant.id_number", "4501031990", None, "citizen-id-length"),
    ("applicant.id_number", NUMBER, "papyrus", "id-kind-unknown"),
    ("applicant.id_kind", "papyrus", None, "id-kind-unknown"),
    ("agent.id_kind", "unified_credit_code", None, "agent-not-a-person"),
    ("applicant.phone", "139000", None, "mobile-length"),
    ("agent.valid_to", "2026-02-30", None, "day-impossible"),
    ("basis_place", "45010", None, "digits-expected"),
    ("remark", "a\x1bb", None, "plain-text-control"),
    ("offices[0].code", "450103", None, "office-code-form"),
    ("offices[0].postcode", "53002", None, "digits-expected"),
    ("offices[0].name", "所" * 101, None, "plain-text-too-long"),
    ("offices[0].verified_on", "2026-11-21", None, "verified-ahead"),
    ("materials[0].copies", "0", None, "count-impossible"),
    ("materials[0].pages", "1000", None, "count-impossible"),
    ("materials[0].pages", "两", None, "count-impossible"),
    ("materials[0].pages", "9" * 5000, None, "count-impossible"),
    ("until", "明天", None, "day-impossible"),
]


@pytest.mark.parametrize(("name", "text", "id_kind", "code"), WRONG)
def test_a_wrong_field_is_told_in_words(name: str, text: str, id_kind: str | None, code: str) -> None:
    """With its Chinese name and what to do; never by its place in the JSON, never with the value."""
    error = entry.wrong(name, text, id_kind=id_kind, today=TODAY)

    assert error is not None
    builders.assert_explained(error, code)
    assert not isinstance(error, NotYet)
    assert not any(
        part in on_screen(error.what + error.why) for part in ("applicant", "agent", "offices", "materials")
    )
    assert name.startswith("offices") or text not in error.what + error.why


@pytest.mark.parametrize("name", ["applicant.name", "agent.phone", "basis_place", "offices[1].postcode"])
@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_a_required_field_that_is_empty_is_only_not_typed_yet(name: str, text: str) -> None:
    """A kind of its own, so that a screen shows it without alarm."""
    error = entry.wrong(name, text, today=TODAY)

    assert isinstance(error, NotYet)
    builders.assert_explained(error, "not-yet")
    assert entry.label(name) in error.why


@pytest.mark.parametrize("name", ["applicant.address", "agent.valid_to", "remark", "offices[0].contact"])
def test_what_may_be_left_out_may_be_empty(name: str) -> None:
    """Nothing is asked for that the hand-in can do without."""
    assert wrong(name, "") is None


def test_the_kind_of_document_is_one_of_those_there_are() -> None:
    """An agent is a person, so a company's is none for an agent."""
    assert wrong("applicant.id_kind", "passport") is None
    assert wrong("applicant.id_kind", "unified_credit_code") is None
    assert wrong("agent.id_kind", "foreigner_card") is None


def test_a_birth_date_ahead_is_wrong() -> None:
    """A number that is right by its digits is not by its day."""
    before_birth = datetime.date(1990, 3, 6)

    error = entry.wrong("applicant.id_number", NUMBER, today=before_birth)

    assert error is not None
    assert error.code == "citizen-id-future"


def refusal(intake: Intake) -> str | None:
    """The code under which the whole hand-in is refused."""
    try:
        checks.checked(intake, today=TODAY)
    except WrongUsage as error:
        return error.code
    return None


@settings(max_examples=150, deadline=None)
@given(
    field=st.sampled_from(("name", "id_number", "phone", "address", "valid_to")),
    text=st.one_of(
        st.text(max_size=25),
        st.sampled_from((NUMBER, "覃示例", "13900000001", "0771-5550000", "2026-11-20", "示例路 1 号")),
    ),
    id_kind=st.sampled_from(checks.ID_KINDS[:-1]),
)
def test_a_field_alone_is_judged_as_in_the_whole(field: str, text: str, id_kind: str) -> None:
    """What `wrong` lets pass is never why a hand-in is refused, and the reverse: there is one rule."""
    numbers = {"citizen_id": NUMBER, "passport": "E12345678", "foreign_passport": "AB12345"}
    person = {
        "name": "覃示例",
        "id_kind": id_kind,
        "id_number": numbers.get(id_kind, ""),
        "phone": "13900000001",
    }
    rest = {name: value for name, value in person.items() if name != field}
    if any(wrong(f"applicant.{name}", value, id_kind) for name, value in rest.items()) or not text.strip():
        return
    intake = an_intake(applicant=inputs.Person(**{**person, field: text}), materials=())

    alone = wrong(f"applicant.{field}", text, id_kind)

    assert alone == refusal(intake)


# --- what a number says


def test_a_citizens_number_tells_birth_age_sex_and_place() -> None:
    """Ready to show, with the warning that people move away."""
    told = entry.told("citizen_id", NUMBER, TODAY)

    assert told.words == (
        "1990-03-07 出生",
        "36 周岁",
        "女",
        "广西壮族自治区南宁市青秀区（首次登记地，请核对）",
    )


@pytest.mark.parametrize(("day", "age"), [((2026, 3, 6), 35), ((2026, 3, 7), 36)])
def test_a_year_of_age_is_full_on_the_birthday(day: tuple[int, int, int], age: int) -> None:
    """周岁 are counted by the calendar."""
    assert entry.told("citizen_id", NUMBER, datetime.date(*day)).age == f"{age} 周岁"


def test_an_abolished_place_is_shown_as_unknown() -> None:
    """Its code lives on in the number; that is no mistake."""
    told = entry.told("citizen_id", "452402199003070006", TODAY)

    assert "452402 不在" in told.division
    assert told.sex == "女"


def test_a_company_has_a_registrar_and_no_birthday() -> None:
    """Its code carries the area of the office that registered it."""
    told = entry.told("unified_credit_code", COMPANY, TODAY)

    assert told.words == ("福建省福州市（登记机关）",)


@pytest.mark.parametrize("number", ["", "4501", "450103199003070005", "\x00"])
def test_a_wrong_number_says_nothing(number: str) -> None:
    """Half typed or mistyped: nothing is derived from it."""
    assert entry.told("citizen_id", number, TODAY) == entry.Bearer()
    assert entry.told("papyrus", number, TODAY) == entry.Bearer()


def test_a_number_under_the_wrong_kind_offers_the_right_one() -> None:
    """The screen can offer to switch; the kind in use is not offered."""
    told = entry.told("passport", NUMBER, TODAY)

    assert told.kinds == ("citizen_id",)
    assert told.words == ("也可能是居民身份证",)
    assert entry.told("citizen_id", NUMBER, TODAY).kinds == ()


def test_nothing_is_said_of_somebody_not_born_yet() -> None:
    """`wrong` says what there is to say."""
    assert entry.told("citizen_id", NUMBER, datetime.date(1990, 3, 6)) == entry.Bearer()


# --- divisions and offices


@pytest.mark.parametrize("text", ["450103", " ４５０１０３ "])
def test_six_digits_are_named(text: str) -> None:
    """Full width or not."""
    found = entry.division(text)

    assert found == entry.Division("450103", "广西壮族自治区南宁市青秀区")
    assert found.words == "广西壮族自治区南宁市青秀区"


def test_an_unknown_code_is_shown_as_unknown() -> None:
    """Divisions made after the table are no mistake; half a code is none yet."""
    found = entry.division("999999")

    assert found is not None
    assert found.name is None
    assert found.words.startswith("999999 不在")
    assert entry.division("4501") is None
    assert entry.division("") is None


def test_a_division_is_found_by_part_of_its_name() -> None:
    """For a type-ahead, as many as asked for."""
    found = entry.find_divisions("南宁", limit=3)

    assert [place.code for place in found] == ["450100", "450102", "450103"]
    assert entry.find_divisions("") == []


def entered(desk: Desk, code: str, division: str) -> None:
    """An office in the directory."""
    directory.add(builders.as_role(desk, "supervisor"), an_office(code=code, division=division))


def codes(desk: Desk, basis_place: str = "450103", item: str = "59") -> list[str]:
    """The offices offered."""
    return [office.code for office in entry.offices_for(desk, basis_place, item)]


def test_the_divisions_offices_come_before_its_citys(desk: Desk) -> None:
    """Those of its own, its city's and its province's; a neighbour's is not offered."""
    for code, division in (("gx", "450000"), ("qx", "450103"), ("nn", "450100"), ("xn", "450102")):
        entered(desk, code, division)

    assert codes(desk) == ["qx", "nn", "gx"]
    assert codes(desk, item="no such item") == ["qx", "nn", "gx"]
    assert codes(desk, "4501") == []


def test_the_office_used_last_comes_first(desk: Desk) -> None:
    """Wherever it lies: somebody here knew why."""
    entered(desk, "qx", "450103")
    builders.a_case(desk, CaseState.REGISTERED, offices=(an_office(2),))
    builders.a_case(desk, CaseState.REGISTERED, offices=(an_office(1),))

    assert codes(desk) == ["450101-police", "450102-police", "qx"]


def test_a_closed_office_is_not_offered(desk: Desk) -> None:
    """Nobody would take in what is sent there."""
    builders.a_case(desk, CaseState.REGISTERED)
    entered(desk, "qx", "450103")
    for code in ("450101-police", "qx"):
        directory.close(builders.as_role(desk, "supervisor"), code)

    assert codes(desk) == []


# --- the whole form


def test_a_complete_form_is_the_hand_in() -> None:
    """What `case register` would have read."""
    intake = an_intake(agent=a_person("李代办"), offices=("450103-hz", an_office()), materials=())

    assert entry.sealed(form_of(intake)) == intake
    assert entry.unfinished(form_of(intake)) == ()


def test_what_is_blank_is_left_out() -> None:
    """A box nobody filled is no text; an agent of whom only the kind is chosen is none."""
    form = {
        **form_of(an_intake(materials=())),
        "agent": {"name": "", "id_kind": "passport", "id_number": " ", "phone": "", "source": "typed"},
        "remark": " ",
        "offices": ["450103-hz", "", {"code": "", "name": ""}],
        "materials": [
            {"row": "application", "form": "original", "copies": "２", "pages": "", "office": 1},
            {"row": "statement", "form": "", "copies": "", "pages": "", "office": 1},
        ],
    }
    form["applicant"] = {**form["applicant"], "address": "", "valid_to": "　"}

    intake = entry.sealed(form)

    assert (intake.agent, intake.remark, intake.offices) == (None, None, ("450103-hz",))
    assert (intake.applicant.address, intake.applicant.valid_to) == (None, None)
    assert intake.materials == (inputs.Material(row="application", form="original", copies=2),)


def test_all_that_is_missing_is_told_at_once() -> None:
    """In the order of the form, in words; half a row of materials too."""
    form = {
        "basis_place": "450103",
        "applicant": {"name": "覃"},
        "agent": {"phone": "139"},
        "offices": [{"name": "派出所"}],
        "materials": [{"row": "application", "copies": "2"}],
    }

    with pytest.raises(NotYet) as caught:
        entry.sealed(form)

    builders.assert_explained(caught.value, "not-yet")
    assert caught.value.why == (
        "还没有填写：事项、申请人证件号码、申请人电话、代办人姓名、代办人证件号码、部门代码、"
        "行政区划代码、部门地址、邮编、部门电话、形式。"
    )
    assert entry.unfinished({})[:3] == ("item", "basis_place", "applicant.name")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"materials": [{"row": "application", "form": "copy", "copies": "2x"}]}, "份数不合"),
        ({"applicant": "覃示例"}, "申请人不合"),
        ({"offices": 5}, "业务属地部门不合"),
        ({"cursor": 3}, "整份登记不合"),
    ],
)
def test_what_is_no_form_is_refused_by_its_place(changes: dict[str, Any], said: str) -> None:
    """A draft can be saved by anybody as anything; it is told, not guessed at."""
    with pytest.raises(WrongUsage) as caught:
        entry.sealed({**form_of(an_intake(materials=())), **changes})

    builders.assert_explained(caught.value, "form-misfit")
    assert caught.value.why.startswith(said)


def test_trimming_changes_nothing_that_was_typed() -> None:
    """Neither the form it is given, nor a text in it, nor what is half typed."""
    form = {
        "applicant": {"name": " 覃 ", "id_number": "4501"},
        "materials": [{"row": "application", "copies": "2x", "form": ""}],
        "remark": "可以只填一半",
    }
    before = copy.deepcopy(form)

    kept = entry.trimmed(form)

    assert form == before
    assert kept == {
        "applicant": {"name": " 覃 ", "id_number": "4501"},
        "materials": [{"row": "application", "copies": "2x"}],
        "remark": "可以只填一半",
    }
    assert entry.trimmed(kept) == kept


@pytest.fixture
def drafting(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A desk whose home keeps drafts."""
    engine = partial(SqliteEngine, synchronous="OFF")
    kept = Drafts(tmp_path / "drafts.db", desk.store.keys, desk.store.clock, engine)
    yield replace(desk, drafts=kept)
    kept.close()


def test_a_screens_draft_becomes_a_case_either_way(drafting: Desk) -> None:
    """Sealed by the screen, or read strictly as `case register --draft` does: the same hand-in."""
    form = {**form_of(an_intake()), "agent": {"name": "", "id_kind": "citizen_id"}, "remark": ""}
    draft = drafts.begin(drafting, "intake", entry.trimmed(form))
    body = drafts.show(drafting, draft.id).body
    assert body is not None
    by_command = msgspec.json.decode(drafts.content(drafting, draft.id), type=Intake)

    case = registration.register(replace(drafting, draft=draft.id), entry.sealed(body))

    assert by_command == entry.sealed(body) == an_intake()
    assert case.state == CaseState.REGISTERED
    assert drafts.listed(drafting).drafts == ()


def test_a_commands_draft_goes_on_in_a_screen(drafting: Desk) -> None:
    """Half typed elsewhere, filled here: nothing of it is lost on the way."""
    half = {"item": "59", "applicant": {"name": "覃示例"}, "remark": "可以只填一半"}
    draft = drafts.begin(drafting, "intake", half)
    body = drafts.show(drafting, draft.id).body or {}
    assert entry.trimmed(body) == half

    filled = {
        **form_of(an_intake()),
        **body,
        "applicant": {**form_of(an_intake())["applicant"], **body["applicant"]},
    }
    drafts.save(drafting, draft.id, entry.trimmed(filled))
    case = registration.register(replace(drafting, draft=draft.id), entry.sealed(filled))

    assert (case.applicant_name, case.remark) == ("覃示例", "可以只填一半")
