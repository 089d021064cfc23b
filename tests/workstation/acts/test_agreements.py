"""协议: what is granted is written, for one office and item and for some days; nothing else is granted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from tests import builders
from tests.builders import an_office, as_role, refused
from workstation.acts import agreements, inputs, offices
from workstation.acts.desk import Desk
from workstation.acts.inputs import Terms
from workstation.domain.office import OPEN_END, Agreement, Power
from workstation.domain.roles import Role

TODAY, YESTERDAY, TOMORROW = "2026-11-20", "2026-11-19", "2026-11-21"
OFFICE = "450101-police"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor at window 1 of a hall that knows two offices."""
    supervising = as_role(desk, Role.SUPERVISOR)
    offices.add(supervising, an_office(1))
    offices.add(supervising, an_office(2))
    return supervising


def terms(**changes: Any) -> Terms:
    """What an office has agreed for item 59; `changes` by field."""
    return Terms(**{"office": OFFICE, "item": "59", "valid_from": "2026-01-01", **changes})


def added(desk: Desk, **changes: Any) -> Agreement:
    """An agreement with these terms."""
    return agreements.add(desk, terms(**changes))


def holding(desk: Desk, day: str = TODAY) -> str | None:
    """Id of the agreement that holds on a day."""
    with desk.reading() as reading:
        agreement = agreements.at(reading, OFFICE, "59", day=day)
    return agreement.id if agreement else None


def test_nothing_is_granted_unless_it_is_written(desk: Desk) -> None:
    """Neither without an agreement nor by one that says no more than that there is one."""
    for power in Power:
        with refused(desk, "power-not-granted") as caught, desk.act("issue_acceptance") as work:
            agreements.granted(work, OFFICE, "59", power=power)
        assert agreements.POWERS[power] in caught.value.what

    agreement = added(desk)

    assert (agreement.powers, agreement.deferrable_rows, agreement.pledgeable_rows) == ("", "", "")
    assert not any(agreement.grants(power) for power in Power)
    with refused(desk, "power-not-granted"), desk.act("issue_acceptance") as work:
        agreements.granted(work, OFFICE, "59", power=Power.ACCEPT)


@pytest.mark.parametrize("power", Power)
def test_a_power_is_granted_for_its_office_item_and_days_alone(desk: Desk, power: Power) -> None:
    """Another power, office, item or day is another matter."""
    agreement = added(desk, powers=(power.value,))
    others = {p for p in Power if p != power}

    with desk.act("issue_acceptance") as work:
        assert agreements.granted(work, OFFICE, "59", power=power) == agreement
        assert agreements.in_force(work, "450102-police", "59") is None
        assert agreements.in_force(work, OFFICE, "63") is None
    assert not any(agreement.grants(other) for other in others)
    assert holding(desk, "2025-12-31") is None


def test_an_agreement_is_entered_with_its_terms_in_one_order(desk: Desk) -> None:
    """Whatever the order they were written in; each once."""
    agreement = added(
        desk,
        office="450101-POLICE",
        powers=("serve", "accept", "serve"),
        payer_out="home",
        payer_back="applicant",
        limits={"return": 1, "check": 1, "accept": 1, "send": 2},
        calendar="４５００００",
        return_mode="electronic",
        deferrable_rows=("statement", "purpose", "statement"),
        valid_to="２０２６-12-31",
        document_number=" 示例协议 1 号 ",
    )

    assert (agreement.id, agreement.office, agreement.item) == (f"{OFFICE}/59/1", OFFICE, "59")
    assert (agreement.powers, agreement.limits) == ("accept,serve", "accept:1,send:2,check:1,return:1")
    assert (agreement.payer_out, agreement.payer_back) == ("home", "applicant")
    assert (agreement.calendar, agreement.return_mode) == ("450000", "electronic")
    assert (agreement.deferrable_rows, agreement.valid_to) == ("statement,purpose", "2026-12-31")
    assert agreement.document_number == "示例协议 1 号"
    assert agreements.limits(agreement) == {"accept": 1, "send": 2, "check": 1, "return": 1}
    with desk.reading() as reading:
        entry = reading.journal_of(agreement.id)[-1]
    assert (entry.act, entry.object) == ("add_agreement", agreement.id)
    assert "示例协议" not in entry.body
    builders.assert_true_ledger(desk)


def test_the_example_can_be_entered_as_it_stands(desk: Desk) -> None:
    """With the working days of 内蒙古: 1, 2, 1 and 1."""
    offices.add(desk, an_office(code=inputs.EXAMPLE_TERMS.office))

    agreement = agreements.add(desk, inputs.EXAMPLE_TERMS)

    assert list(agreements.limits(agreement).values()) == [1, 2, 1, 1]
    assert agreement.valid_to == OPEN_END


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"powers": ("accept", "everything")}, "code-unknown"),
        ({"powers": ("",)}, "code-unknown"),
        ({"payer_out": "carrier"}, "code-unknown"),
        ({"payer_back": ""}, "code-unknown"),
        ({"return_mode": "fax"}, "code-unknown"),
        ({"limits": {"fly": 1}}, "code-unknown"),
        ({"limits": {"accept": 0}}, "limit-impossible"),
        ({"limits": {"accept": 1, "send": 61}}, "limit-impossible"),
        ({"calendar": "広西"}, "digits-expected"),
        ({"calendar": "45"}, "digits-expected"),
        ({"valid_from": "2026-02-30"}, "day-impossible"),
        ({"valid_to": "明年"}, "day-impossible"),
        ({"valid_to": "2025-12-31"}, "agreement-ends-before"),
        ({"document_number": "号\u202e"}, "plain-text-invisible"),
        ({"document_number": "号" * 501}, "plain-text-too-long"),
        ({"office": "450199-nobody"}, "office-not-found"),
        ({"office": "\x00"}, "office-not-found"),
        ({"item": "999"}, "item-not-found"),
        ({"item": "\x00"}, "item-not-found"),
        ({"deferrable_rows": ("statement", "marriage")}, "row-unknown"),
        ({"pledgeable_rows": ("statement,purpose",)}, "row-unknown"),
    ],
)  # fmt: skip
def test_terms_that_cannot_be_are_refused(desk: Desk, changes: dict[str, Any], code: str) -> None:
    """Each under its code, and nothing is entered."""
    with refused(desk, code):
        added(desk, **changes)

    assert agreements.listed(desk, past=True) == []


def test_a_row_must_stand_in_the_checklist_that_holds_there(desk: Desk) -> None:
    """Item 63 has a marriage certificate, item 59 has none; the refusal names what there is."""
    with refused(desk, "row-unknown") as caught:
        added(desk, pledgeable_rows=("marriage",))

    assert "statement" in caught.value.next
    assert added(desk, item="63", pledgeable_rows=("marriage",)).allows("pledged", "marriage")


def test_an_agreement_holds_from_its_first_to_its_last_day(desk: Desk) -> None:
    """Both included; a day alone is a period."""
    agreement = added(desk, valid_from=TODAY, valid_to=TODAY)

    assert [holding(desk, day) for day in (YESTERDAY, TODAY, TOMORROW)] == [None, agreement.id, None]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-06-01", "2026-06-30"),
        ("2026-01-01", None),
        ("2020-01-01", "2026-03-01"),
        ("2026-06-30", "2027-01-01"),
        ("2020-01-01", None),
    ],
)
def test_two_cannot_hold_on_one_day(desk: Desk, first: str, last: str | None) -> None:
    """The refusal names the one that is there, and how to end it."""
    there = added(desk, valid_from="2026-03-01", valid_to="2026-06-30")

    with refused(desk, "agreement-overlaps") as caught:
        added(desk, valid_from=first, valid_to=last)

    assert f"{there.id}（2026-03-01 至 2026-06-30）" in caught.value.why
    assert f"agreement end {there.id}" in caught.value.next


def test_one_may_follow_another(desk: Desk) -> None:
    """Before, after, for another item or another office."""
    added(desk, valid_from="2026-03-01", valid_to="2026-06-30")

    others = [
        added(desk, valid_from="2026-07-01"),
        added(desk, valid_from="2026-01-01", valid_to="2026-02-28"),
        added(desk, item="63", valid_from="2026-03-01"),
        added(desk, office="450102-police", valid_from="2026-03-01"),
    ]

    assert [a.id for a in others] == [
        f"{OFFICE}/59/2", f"{OFFICE}/59/3", f"{OFFICE}/63/1", "450102-police/59/1",
    ]  # fmt: skip


def test_an_agreement_ends_with_its_last_day(desk: Desk) -> None:
    """Today unless another is named; what was done while it held stays done under it."""
    agreement = added(desk)

    ended = agreements.end(desk, agreement.id)

    assert (ended.valid_to, ended.version, ended.changed_act) == (TODAY, 2, "end_agreement")
    assert [holding(desk, day) for day in ("2026-06-01", TODAY, TOMORROW)] == [
        agreement.id, agreement.id, None,
    ]  # fmt: skip
    assert added(desk, valid_from=TOMORROW).id == f"{OFFICE}/59/2"


def test_an_end_may_be_told_late_or_early_but_not_before_the_beginning(desk: Desk) -> None:
    """Nor can it make an agreement longer."""
    agreement = added(desk, valid_from="2026-06-01", valid_to="2026-12-31")

    assert agreements.end(desk, agreement.id, on="2026-12-01").valid_to == "2026-12-01"
    assert agreements.end(desk, agreement.id, on="2026-07-31").valid_to == "2026-07-31"
    assert holding(desk) is None
    with refused(desk, "agreement-ends-before"):
        agreements.end(desk, agreement.id, on="2026-05-31")
    for day in ("2026-07-31", TODAY, None):
        with refused(desk, "agreement-ended"):
            agreements.end(desk, agreement.id, on=day)
    with refused(desk, "day-impossible"):
        agreements.end(desk, agreement.id, on="下个月")


def test_an_agreement_that_has_yet_to_begin_cannot_end_today(desk: Desk) -> None:
    """Its first day is the earliest last one."""
    agreement = added(desk, valid_from=TOMORROW)

    with refused(desk, "agreement-ends-before"):
        agreements.end(desk, agreement.id)
    assert agreements.end(desk, agreement.id, on=TOMORROW).valid_to == TOMORROW


def test_somebody_was_faster(desk: Desk) -> None:
    """Who saw the version before is told so."""
    agreement = added(desk)
    agreements.end(desk, agreement.id, on="2027-01-31")

    with refused(desk, "changed-meanwhile"):
        agreements.end(replace(desk, seen=1), agreement.id)
    assert agreements.end(replace(desk, seen=2), agreement.id).version == 3


@pytest.mark.parametrize("agreement_id", ["450101-police/59/9", "", "\x00", "450101-police"])
def test_an_agreement_that_is_not_there_is_told(desk: Desk, agreement_id: str) -> None:
    """By whichever act or look."""
    with refused(desk, "agreement-not-found"):
        agreements.end(desk, agreement_id)
    with refused(desk, "agreement-not-found"):
        agreements.show(desk, agreement_id)


def test_a_closed_office_agrees_to_nothing_new(desk: Desk) -> None:
    """What it has agreed may still be ended."""
    agreement = added(desk)
    offices.close(desk, OFFICE)

    with refused(desk, "office-closed"):
        added(desk, item="63")
    assert agreements.end(desk, agreement.id).valid_to == TODAY


@pytest.mark.parametrize("role", [Role.CLERK, Role.AUDITOR, Role.COURIER])
def test_a_window_grants_itself_nothing(desk: Desk, role: str) -> None:
    """Agreements are entered and ended by supervisor or administrator, and seen by all who sign in."""
    agreement = added(desk)
    other = as_role(desk, role)

    with refused(desk, "wrong-role"):
        agreements.add(other, terms(item="63"))
    with refused(desk, "wrong-role"):
        agreements.end(other, agreement.id)
    assert agreements.show(other, agreement.id) == agreement
    assert agreements.add(as_role(desk, Role.ADMINISTRATOR), terms(item="63")).changed_by == "3001"


def test_agreements_are_listed_by_office_and_item(desk: Desk) -> None:
    """Those in force and to come; those of the past if asked for."""
    past = added(desk, valid_to="2026-06-30").id
    now = added(desk, valid_from="2026-07-01", valid_to="2026-12-31").id
    later = added(desk, valid_from="2027-01-01").id
    other = added(desk, office="450102-police", item="63").id

    def ids(**named: Any) -> list[str]:
        return [agreement.id for agreement in agreements.listed(desk, **named)]

    assert ids() == [now, later, other]
    assert ids(past=True) == [past, now, later, other]
    assert ids(office="450101-POLICE", item="59") == [now, later]
    assert ids(item="63") == [other]
    assert ids(office="450102-police", item="59") == []
    with refused(desk, "office-not-found"):
        ids(office="450199-nobody")
    with refused(desk, "item-not-found"):
        ids(item="999")


def test_a_period_is_told_as_people_read_it(desk: Desk) -> None:
    """An open end is told in a word."""
    assert agreements.period(added(desk)) == "2026-01-01 至 长期"


def test_every_term_has_a_default_that_grants_nothing() -> None:
    """Office, item and first day are all that must be said."""
    bare = terms()

    assert (bare.powers, bare.deferrable_rows, bare.pledgeable_rows, bare.limits) == ((), (), (), {})
    assert {field.name for field in msgspec.structs.fields(Terms) if field.required} == {
        "office", "item", "valid_from",
    }  # fmt: skip
