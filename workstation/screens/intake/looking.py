"""What the screen asks of the hall while a hand-in is typed: items, offices, checklist, hints."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workstation.acts import catalogue, entry, hints, registration
from workstation.acts.desk import Desk
from workstation.acts.hints import Hints
from workstation.acts.inputs import Intake, Office, Person
from workstation.domain import office as directory
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import on_screen
from workstation.screens.intake.part import mapping_of, text_of
from workstation.screens.intake.people import CITIZEN

if TYPE_CHECKING:
    from forms.items import ChecklistRow, Item
    from forms.items.finder import Finder
    from workstation.bootstrap import Opened


@dataclass(frozen=True)
class Catalogue:
    """The items of this hall, and its day."""

    finder: Finder
    items: Mapping[str, Item]
    today: datetime.date


def catalogue_of(desk: Desk) -> Catalogue:
    """Everything one can choose an item from."""
    with desk.reading() as reading:
        items = {item.code: item for item in catalogue.all_items(reading)}
        return Catalogue(catalogue.finder(reading), items, local(desk.store.now()).date())


def offices_of(
    desk: Desk, place: str, item: str, codes: Sequence[str]
) -> tuple[list[directory.Office], dict[str, directory.Office]]:
    """The offices of a place, and those with these codes."""
    found = entry.offices_for(desk, place, item)
    with desk.reading() as reading:
        named = {code: office for code in codes if (office := reading.offices.get(code))}
    return found, named


def rows_of(desk: Desk, item: str, office: tuple[str, str] | None, *, has_agent: bool) -> list[ChecklistRow]:
    """The checklist as it holds for this hand-in; `office` is code and division of the first one."""
    with desk.reading() as reading:
        if office is None:
            found = catalogue.checklist(reading, item)
        else:
            code, division = office
            found = catalogue.checklist(reading, item, office=code, division=_division(division))
    return registration.asked_rows(found, has_agent=has_agent)


def _division(text: str) -> str | None:
    known = entry.division(text)
    return known.code if known else None


def half(form: Mapping[str, Any]) -> Intake:
    """As much of a form as hints are given about; what is not right yet gives none."""
    offices = [_office(each) for each in form.get("offices", ())]
    agent = mapping_of(form, "agent")
    return Intake(
        item=text_of(form, "item"),
        basis_place=text_of(form, "basis_place"),
        applicant=_person(mapping_of(form, "applicant")),
        agent=_person(agent) if agent else None,
        offices=tuple(offices),
    )


def _person(given: Mapping[str, Any]) -> Person:
    return Person(
        name="",
        id_kind=text_of(given, "id_kind") or CITIZEN,
        id_number=_whole_number(given),
        valid_to=text_of(given, "valid_to") or None,
        phone="",
    )


def _whole_number(given: Mapping[str, Any]) -> str:
    """The number once it is right: half of it says nothing, and need not be asked about key by key."""
    kind, number = text_of(given, "id_kind"), text_of(given, "id_number")
    return number if hints.told_by(kind, number) else ""


def _office(named: Any) -> str | Office:
    if not isinstance(named, dict):
        return str(named)
    given = {name: text_of(named, name) for name in entry.REQUIRED["offices"]}
    return Office(**given, verified_on=text_of(named, "verified_on") or None)


def days_of(opened: Opened | None) -> dict[str, int]:
    """For how long a look at an office holds, and how far back a second hand-in may be the same one."""
    if opened is None:
        return {}
    settings = opened.settings
    return {
        "verified_days": settings.offices.verified_days,
        "duplicate_days": settings.counter.duplicate_days,
    }


def hints_of(desk: Desk, intake: Intake, days: Mapping[str, int]) -> Hints:
    """What is known before this hand-in is registered."""
    return hints.before_intake(desk, intake, **days)


#: Told beside the item as it is chosen.
_TOLD_ELSEWHERE = "path-not-received"


def lines(found: Hints, *, has_place: bool) -> Iterator[str]:
    """The hints in the order of their weight, one a line, each with its sign."""
    for earlier in found.duplicates:
        yield (
            f"! 可能重复：同一人同一事项 {earlier.number}，{word(earlier.state)}，"
            f"{earlier.date} 由 {earlier.clerk} 登记"
        )
    for hint in found.warnings:
        if hint.code != _TOLD_ELSEWHERE:
            yield on_screen(f"! {hint.text}")
    suggestion = found.office_suggestion
    if suggestion and not has_place:
        yield f"· 证件首次登记地是 {suggestion.division} {suggestion.name}（{suggestion.label}）"
    if found.history:
        yield f"· 申请人在本大厅另有 {found.history} 件"
