"""A hand-in while it is typed: each field checked alone, what it says by itself, and the form as an `Intake`.

A form is a plain dict in the shape of the JSON of `case register`, with whatever is half typed in it. The
rules are those of `checks`; the hints of a whole form are in `hints`.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from forms import identifiers
from forms.identifiers import plain_text
from workstation import typed
from workstation.acts import catalogue, checks, hints, inputs, labels, offices
from workstation.acts.desk import Desk
from workstation.acts.facts import ID_KINDS
from workstation.acts.inputs import Intake
from workstation.domain.office import Office
from workstation.errors import Explained, Refused, WrongUsage
from workstation.reference import divisions

Form = Mapping[str, Any]

LABELS = labels.LABELS
label = labels.label
_DAYS = frozenset({"due", "since", "until"})
_COUNTS = frozenset({"copies", "pages"})
#: What a hand-in cannot do without, part by part.
REQUIRED = {
    "": ("item", "basis_place"),
    "applicant": ("name", "id_number", "phone"),
    "agent": ("name", "id_number", "phone"),
    "offices": checks.OFFICE_REQUIRED,
    "materials": ("row", "form"),
}
#: Chosen for the clerk: an agent of whom only this is noted is none.
_PRESET = frozenset({"id_kind", "source"})
#: Longer ones are no counts.
_COUNT_DIGITS = 6


class NotYet(WrongUsage):
    """Nothing is wrong: it has not been typed yet."""


@dataclass(frozen=True)
class Bearer:
    """What a right number says of its bearer, in words; empty where it says nothing."""

    birth_date: str = ""
    age: str = ""
    sex: str = ""
    division: str = ""
    """Where the document was first registered, with the warning that people move away."""
    kinds: tuple[str, ...] = ()
    """Other kinds of document that the number could be of; their words are `facts.ID_KINDS`."""

    @property
    def words(self) -> tuple[str, ...]:
        """All of it, for one line beside the field."""
        said = (self.birth_date, self.age, self.sex, self.division)
        return tuple(text for text in (*said, _switch(self.kinds)) if text)


@dataclass(frozen=True)
class Division:
    """A division code as typed, and what the table calls it."""

    code: str
    name: str | None

    @property
    def words(self) -> str:
        """The full name; an unknown code is said to be unknown, and is no mistake."""
        return self.name or f"{self.code} 不在 {divisions.AS_OF.isoformat()} 的行政区划表里，请核对"


# --- one field


def wrong(name: str, text: str, *, id_kind: str | None = None, today: datetime.date) -> Explained | None:
    """What is wrong with the text of one field; None if nothing is, `NotYet` if it is required and empty.

    `name` is the field's place in the form; `id_kind` the kind of document of the person it is about.
    """
    place, field = _parts(name)
    if not text.strip():
        return _not_yet([name]) if field in REQUIRED.get(place, ()) else None
    try:
        _check(name, text, id_kind or "citizen_id", today)
    except WrongUsage as error:
        return error
    return None


def _parts(name: str) -> tuple[str, str]:
    place, _, field = re.sub(r"\[\d+\]", "", name).rpartition(".")
    return place, field


def _check(name: str, text: str, id_kind: str, today: datetime.date) -> None:
    (place, field), said = _parts(name), label(name)
    if field == "id_kind":
        checks.id_kind(said, text)
        if place == "agent":
            checks.natural(labels.PEOPLE[place], text)
    elif place in labels.PEOPLE:
        checks.id_kind(f"{labels.PEOPLE[place]}{LABELS['id_kind']}", id_kind)
        checks.person_field(said, field, text, id_kind=id_kind, today=today)
    elif place == "offices":
        _check_office(said, field, text, today)
    elif field in _COUNTS:
        checks.count(said, _whole(text))
    elif field == "basis_place":
        checks.digits(said, text, 6)
    elif field in _DAYS:
        checks.day(said, text)
    else:
        checks.field(said, plain_text.validate, text)


def _check_office(said: str, field: str, text: str, today: datetime.date) -> None:
    right = checks.office_field(said, field, text)
    if field in ("code", "verified_on"):
        # What the directory asks beyond the form of the field; the others are right.
        office = msgspec.structs.replace(inputs.EXAMPLE_OFFICE, **{field: right})
        offices.sound(office, today.isoformat())


def _whole(text: str) -> int:
    digits = unicodedata.normalize("NFKC", text).strip()
    is_count = digits.isascii() and digits.isdigit() and len(digits) <= _COUNT_DIGITS
    return int(digits) if is_count else 0


def _not_yet(names: list[str]) -> NotYet:
    return NotYet(
        "not-yet",
        what="还没有填完。",
        why=f"还没有填写：{'、'.join(dict.fromkeys(label(name) for name in names))}。",
        next="请填写后再办；现在离开，填了的会存成草稿。",
    )


# --- what a field says


def told(id_kind: str, id_number: str, today: datetime.date) -> Bearer:
    """What a number says by itself, and which other kinds it could be of; a wrong one says at most these."""
    kinds = tuple(kind for kind in identifiers.guess(id_number) if kind != id_kind)
    said = hints.told_by(id_kind, id_number)
    born = said.birth_date if said else None
    if said is None or (born and born > today):
        return Bearer(kinds=kinds)
    return Bearer(
        birth_date=f"{born.isoformat()} 出生" if born else "",
        age=f"{hints.age(born, today)} 周岁" if born else "",
        sex=hints.SEXES[said.sex] if said.sex else "",
        division=_first_registered(id_kind, said.division) if said.division else "",
        kinds=kinds,
    )


def _first_registered(id_kind: str, code: str) -> str:
    of_whom = "登记机关" if id_kind in identifiers.OF_ORGANISATIONS else hints.FIRST_REGISTERED
    return f"{Division(code, divisions.name(code)).words}（{of_whom}）"


def _switch(kinds: tuple[str, ...]) -> str:
    return f"也可能是{'、'.join(ID_KINDS[kind] for kind in kinds)}" if kinds else ""


def division(text: str) -> Division | None:
    """The division with this code, full width or not; None while it has no six digits."""
    try:
        code = checks.digits("", text, 6)
    except WrongUsage:
        return None
    return Division(code, divisions.name(code))


def find_divisions(query: str, *, limit: int = 10) -> list[Division]:
    """Divisions whose code begins so, or whose name has these parts, for a type-ahead."""
    return [Division(code, name) for code, name in divisions.find(query, limit=limit)]


def offices_for(desk: Desk, basis_place: str, item: str) -> list[Office]:
    """Open offices to choose from: those used for such a hand-in, the last first, then the division's own.

    After them come those of its city and its province, which may be where a small place sends its matters.
    """
    place = division(basis_place)
    if place is None:
        return []
    within = dict.fromkeys((place.code, f"{place.code[:4]}00", f"{place.code[:2]}0000"))
    with desk.reading() as reading:
        try:
            known = catalogue.item(reading, item)
            used = hints.used_offices(reading, known.basis_place, place.code, item=known)
        except Refused:
            used = []
        codes = [last.code for last in used]
        near = [office for code in within for office in reading.offices.where(division=code, state="active")]
        found = [reading.offices.get(code) for code in codes]
    return list({office.code: office for office in (*found, *near) if office}.values())


# --- the whole form


def trimmed(form: Form) -> dict[str, Any]:
    """What a draft keeps of a form: all that was typed, and nothing that is blank.

    So a complete one is read by `case register --draft` as it stands. An agent of whom only the kind of
    document is chosen is left out, likewise a material without form and counts; counts become numbers.
    """
    kept = {name: value for name, value in form.items() if not _is_blank(value)}
    for place in labels.PEOPLE.keys() & kept.keys():
        kept[place] = _part(kept[place])
    if isinstance(kept.get("agent"), dict) and kept["agent"].keys() <= _PRESET:
        del kept["agent"]
    for place in ("offices", "materials"):
        if isinstance(kept.get(place), list | tuple):
            kept[place] = [part for each in kept[place] if not _is_blank(part := _part(each))]
    if isinstance(kept.get("materials"), list):
        kept["materials"] = [each for each in kept["materials"] if _is_handed_in(each)]
    return kept


def _part(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    return {name: _counted(name, each) for name, each in value.items() if not _is_blank(each)}


def _counted(name: str, value: Any) -> Any:
    is_count = name in _COUNTS and isinstance(value, str) and _whole(value)
    return _whole(value) if is_count else value


def _is_blank(value: Any) -> bool:
    return value in (None, [], (), {}) or (isinstance(value, str) and not value.strip())


def _is_handed_in(material: Any) -> bool:
    return not isinstance(material, dict) or bool(material.keys() & {"form", *_COUNTS})


def unfinished(form: Form) -> tuple[str, ...]:
    """The required fields that are still blank, by name and in order."""
    return tuple(_missing(trimmed(form)))


def _missing(kept: Form) -> Iterator[str]:
    yield from (name for name in REQUIRED[""] if name not in kept)
    applicant = kept.get("applicant", {})
    for place, part in (("applicant", applicant), ("agent", kept.get("agent")), *_listed(kept)):
        if isinstance(part, dict):
            of_place, _ = _parts(f"{place}.")
            yield from (f"{place}.{name}" for name in REQUIRED[of_place] if name not in part)


def _listed(kept: Form) -> Iterator[tuple[str, Any]]:
    for place in ("offices", "materials"):
        parts = kept.get(place)
        if isinstance(parts, list):
            yield from ((f"{place}[{position}]", part) for position, part in enumerate(parts))


def sealed(form: Form) -> Intake:
    """The form as the hand-in to register; `NotYet` names all that is missing, a misfit is refused by place.

    The values are checked when it is registered, as those of any hand-in are.
    """
    kept = trimmed(form)
    if missing := list(_missing(kept)):
        raise _not_yet(missing)
    try:
        return typed.convert(kept, Intake)
    except typed.Misfit as misfit:
        raise checks.usage(
            "form-misfit",
            f"{_said(misfit.path)}不合登记的样式。{labels.at(misfit.path)}",
            "请改正这一栏。（命令：case register --schema）",
        ) from misfit


def _said(path: str) -> str:
    _, field = _parts(path)
    return label(path) if field in LABELS else "整份登记"
