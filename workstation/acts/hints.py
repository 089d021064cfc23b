"""What a clerk should look at twice before a hand-in is registered; nothing is refused, nothing is written.

A form that is being filled in is asked about too, so whatever is not right yet simply gives no hint.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from forms import identifiers
from forms.identifiers import InvalidIdentifier, citizen_id, foreigner_card, plain_text, residence_permit
from forms.identifiers import unified_credit_code as credit_code
from forms.items import PATH_WORDS, BasisPlace, Item, Path
from workstation.acts import catalogue, inputs, offices, unprintable, viewing
from workstation.acts.desk import Desk
from workstation.acts.inputs import Intake, Person
from workstation.domain.case import Case
from workstation.domain.office import Office
from workstation.domain.times import local
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.policies import CounterPolicy
from workstation.reference import divisions
from workstation.store.statements import hints as sql
from workstation.store.work import Reading

T = TypeVar("T")

DUPLICATE_DAYS = CounterPolicy().duplicate_days
"""A second hand-in within so many days may be the same one."""
EXPIRES_SOON = 30
"""Days; the figure is ours."""
YOUNGEST, OLDEST = 16, 110
"""Outside of these ages a digit may have been misread; a person of any age may apply."""
SAMPLE = "示例"
FIRST_REGISTERED = "首次登记地，请核对"
SEXES = {"male": "男", "female": "女"}

_DAY = datetime.timedelta(days=1)


class Told(NamedTuple):
    """What a valid number of a document says by itself."""

    birth_date: datetime.date | None = None
    sex: str | None = None
    """male · female."""
    division: str | None = None


@dataclass(frozen=True)
class Hint:
    """One thing to look at twice: a code, and the sentence for the clerk.

    Nothing personal is in it but a character that cannot be printed.
    """

    code: str
    text: str


@dataclass(frozen=True)
class Earlier:
    """A case that may be the same hand-in."""

    number: str
    state: str
    date: str
    clerk: str


@dataclass(frozen=True)
class SuggestedDivision:
    """A place the number of a document points to, and why it must not be taken as it is."""

    division: str
    name: str
    label: str = FIRST_REGISTERED


@dataclass(frozen=True)
class LastOffice:
    """The office this hall wrote to last for such a place, and for which item."""

    code: str
    name: str
    item: str
    date: str


@dataclass(frozen=True)
class Hints:
    """All that is known before a hand-in is registered."""

    warnings: tuple[Hint, ...] = ()
    duplicates: tuple[Earlier, ...] = ()
    """Newest first."""
    history: int = 0
    """How many other cases of the applicant there are."""
    office_suggestion: SuggestedDivision | None = None
    last_office: LastOffice | None = None

    def as_dict(self) -> dict[str, object]:
        """As it stands in JSON; nothing in it is personal but a character that cannot be printed."""
        return {
            "warnings": [vars(hint) for hint in self.warnings],
            "duplicates": [vars(earlier) for earlier in self.duplicates],
            "history": self.history,
            "office_suggestion": vars(self.office_suggestion) if self.office_suggestion else None,
            "last_office": vars(self.last_office) if self.last_office else None,
        }


def before_intake(
    desk: Desk,
    intake: Intake,
    *,
    verified_days: int = offices.VERIFIED_DAYS,
    duplicate_days: int = DUPLICATE_DAYS,
) -> Hints:
    """What to look at before this hand-in is registered."""
    today, applicant = local(desk.store.now()).date(), intake.applicant
    place = _six_digits(intake.basis_place)
    with desk.reading() as reading:
        item = _item(reading, intake.item)
        known = [found for named in intake.offices if (found := _office(reading, named))]
        duplicates, history = _earlier(reading, intake, today - duplicate_days * _DAY)
        warnings = [
            *(_of_item(item, len(intake.offices)) if item else ()),
            *(_of_checklist(reading, item, known[0] if known else None) if item else ()),
            *_of_place(place),
            *_of_person("applicant", applicant, today),
            *_of_age(applicant, today),
            *(_of_person("agent", intake.agent, today) if intake.agent else ()),
            *(hint for office in known if (hint := _of_office(office, today, verified_days))),
            *_of_printing(intake, known),
        ]
        return Hints(
            warnings=tuple(warnings),
            duplicates=tuple(duplicates),
            history=history,
            office_suggestion=suggested_division(item, applicant.id_kind, applicant.id_number),
            last_office=last_office(reading, item.basis_place, place, item=item) if item and place else None,
        )


def told_by(id_kind: str, id_number: str) -> Told | None:
    """What a number says of its bearer; None if it is not one of its kind."""
    try:
        number = identifiers.load(id_kind).validate(id_number)
    except (KeyError, InvalidIdentifier):
        return None
    return Told(
        birth_date=_asked(_BIRTH, id_kind, number),
        sex=_asked(_SEX, id_kind, number),
        division=_asked(_DIVISION, id_kind, number),
    )


def _asked(tables: Mapping[str, Callable[[str], T]], id_kind: str, number: str) -> T | None:
    return tables[id_kind](number) if id_kind in tables else None


_BIRTH: Mapping[str, Callable[[str], datetime.date | None]] = {
    citizen_id.KIND: citizen_id.birth_date,
    residence_permit.KIND: residence_permit.birth_date,
    foreigner_card.KIND: foreigner_card.birth_date,
}
_SEX: Mapping[str, Callable[[str], str]] = {
    citizen_id.KIND: citizen_id.sex,
    residence_permit.KIND: residence_permit.sex,
}
_DIVISION: Mapping[str, Callable[[str], str]] = {
    citizen_id.KIND: citizen_id.division,
    residence_permit.KIND: residence_permit.division,
    credit_code.KIND: credit_code.division,
}


def suggested_division(item: Item | None, id_kind: str, id_number: str) -> SuggestedDivision | None:
    """The place of first registration, where the item asks for the household's 户籍地; people move away."""
    if item is None or item.basis_place != BasisPlace.HOUSEHOLD or id_kind != citizen_id.KIND:
        return None
    told = told_by(id_kind, id_number)
    name = divisions.name(told.division) if told and told.division else None
    return SuggestedDivision(told.division, name) if told and told.division and name else None


def last_office(
    reading: Reading, basis_place: BasisPlace, division: str, *, item: Item | None = None
) -> LastOffice | None:
    """The open office used last, by anybody here, for this division and an item with the same basis place.

    For the same item before one of the same ministry, and that before the rest. Where the list leaves the
    basis place to the guide, two items need not mean the same place: then only the item itself counts.
    """
    return next(iter(used_offices(reading, basis_place, division, item=item)), None)


def used_offices(
    reading: Reading, basis_place: BasisPlace, division: str, *, item: Item | None = None
) -> list[LastOffice]:
    """All open offices that were used so, each once, the nearest item's first and of these the last used."""
    alike = {each.code: each for each in catalogue.all_items(reading) if each.basis_place == basis_place}
    if basis_place == BasisPlace.BY_GUIDE:
        alike = {item.code: item} if item else {}
    used = [line for line in reading.lines(sql.USED_OFFICES, division=division) if line["item"] in alike]
    found: dict[str, LastOffice] = {}
    for line in sorted(used, key=lambda line: _distance(alike[line["item"]], item)):
        office = reading.offices.get(line["office_code"]) if line["office_code"] else None
        if office is not None and office.state == "active":
            day = local(line["registered_at"]).date().isoformat()
            found.setdefault(office.code, LastOffice(office.code, office.name, line["item"], day))
    return list(found.values())


def _distance(used: Item, item: Item | None) -> int:
    if item is None or used.code == item.code:
        return 0
    return 1 if used.lead_ministry == item.lead_ministry else 2


def _item(reading: Reading, code: str) -> Item | None:
    try:
        return catalogue.item(reading, code)
    except Refused:
        return None


def _office(reading: Reading, named: str | inputs.Office) -> Office | inputs.Office | None:
    """As the directory has it, else as it is written out."""
    code = named if isinstance(named, str) else named.code
    known = None if plain_text.forbidden(code) else reading.offices.get(code)
    return known or (None if isinstance(named, str) else named)


def _six_digits(text: str) -> str | None:
    digits = unicodedata.normalize("NFKC", text).strip()
    return digits if len(digits) == 6 and digits.isascii() and digits.isdigit() else None


def _earlier(reading: Reading, intake: Intake, since: datetime.date) -> tuple[list[Earlier], int]:
    person = intake.applicant
    if told_by(person.id_kind, person.id_number) is None:
        return [], 0
    number = identifiers.load(person.id_kind).validate(person.id_number)
    cases = reading.cases.where(id_digest=reading.keys.lookup("id", number))
    cases.sort(key=lambda case: (case.registered_at, case.number), reverse=True)
    same = [case for case in cases if case.item == intake.item and local(case.registered_at).date() >= since]
    return [_as_earlier(reading, case) for case in same], len(cases) - len(same)


def _as_earlier(reading: Reading, case: Case) -> Earlier:
    state = viewing.shown_state(case, reading.consignments.where(case_number=case.number))
    return Earlier(case.number, state, local(case.registered_at).date().isoformat(), case.clerk)


def _of_item(item: Item, offices: int) -> Iterator[Hint]:
    if not item.path.is_received:
        yield Hint("path-not-received", _PENDING if item.path == Path.PENDING else _not_received(item.path))
    if item.path == Path.JOINT and offices == 1:
        yield Hint(
            "joint-one-office", "本事项须多地联办，现在只写了一个业务属地部门；请核对是否还有别的属地。"
        )


def _not_received(path: Path) -> str:
    return (
        f"本事项的办理方式是“{PATH_WORDS[path]}”，不在窗口收件；登记后请办“指引”，"
        "并出具办事指引单。（命令：case guide）"
    )


_PENDING = (
    "2020年清单未载明方式，可由值班长登记本大厅自己的方式；没有登记的，收件登记后请办“指引”。"
    "（命令：case guide）"
)


def _of_checklist(reading: Reading, item: Item, office: Office | inputs.Office | None) -> Iterator[Hint]:
    if office is None:
        found = catalogue.checklist(reading, item.code)
    else:
        found = catalogue.checklist(reading, item.code, office=office.code, division=office.division)
    if found.mark == SAMPLE:
        yield Hint("checklist-sample", "材料清单是示例，还没有人确认；请以业务属地的办事指南为准。")


def _of_place(place: str | None) -> Iterator[Hint]:
    if place is not None and not divisions.exists(place):
        yield Hint("basis-place-unknown", f"属地依据 {place} {_NOT_IN_TABLE}，请核对代码。")


_NOT_IN_TABLE = f"不在行政区划表（{divisions.AS_OF.isoformat()}）里"


def _of_person(subject: str, person: Person, today: datetime.date) -> Iterator[Hint]:
    told = told_by(person.id_kind, person.id_number)
    if told and told.division and not divisions.exists(told.division):
        yield Hint(
            "division-unknown",
            f"{word(subject)}证件号码里的区划代码{_NOT_IN_TABLE}；撤销的代码在号码里一直有效，请对照证件核对。",
        )
    valid_to = _day(person.valid_to)
    if valid_to is not None and valid_to < today:
        yield Hint(
            "document-expired",
            f"{word(subject)}的证件已过期，身份核验不能通过；请出示有效证件，或由第二人复核人工录入。",
        )
    elif valid_to is not None and (valid_to - today).days <= EXPIRES_SOON:
        left = (valid_to - today).days
        yield Hint("document-expiring", f"{word(subject)}的证件还有 {left} 天到期；请提醒及时换领。")


def _of_age(person: Person, today: datetime.date) -> Iterator[Hint]:
    told = told_by(person.id_kind, person.id_number)
    if told is None or (born := told.birth_date) is None:
        return
    years = age(born, today)
    if years < YOUNGEST:
        yield Hint("applicant-young", f"按证件号码申请人未满 {YOUNGEST} 周岁；请对照证件核对出生日期各位。")
    elif years > OLDEST:
        yield Hint("applicant-old", f"按证件号码申请人超过 {OLDEST} 周岁；请对照证件核对出生日期各位。")


def age(born: datetime.date, today: datetime.date) -> int:
    """Full years of life (周岁)."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _of_office(office: Office | inputs.Office, today: datetime.date, days: int) -> Hint | None:
    named = f"业务属地部门 {office.code}（{office.name}）"
    asked = _day(office.verified_on)
    match offices.doubtful(asked.isoformat() if asked else None, today.isoformat(), days):
        case "never-verified":
            said = f"{named}从未核实；请先打电话核实地址，再登记核实。（命令：office verify）"
            return Hint("office-never-verified", said)
        case "verified-long-ago":
            said = f"{named}上次核实是 {asked}；请打电话再核实，然后登记核实。（命令：office verify）"
            return Hint("office-unverified", said)
    return None


def _of_printing(intake: Intake, known: Sequence[Office | inputs.Office]) -> Iterator[Hint]:
    """What stands on a paper later, and cannot be printed as it is typed."""
    persons = {"applicant": intake.applicant, "agent": intake.agent}
    printed: dict[str, str | None] = {}
    for subject, person in persons.items():
        if person is not None:
            printed |= {f"{word(subject)}姓名": person.name, f"{word(subject)}地址": person.address}
    printed["备注"] = intake.remark
    for office in known:
        printed |= {f"部门 {office.code} 的名称": office.name, f"部门 {office.code} 的地址": office.address}
    for where, text in printed.items():
        yield from (Hint("unprintable", said) for said in unprintable.sentences(where, text or ""))


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if text else None
    except ValueError:
        return None
