"""What the screen knows of a case: asked once each time it is opened or has changed, shown in many places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workstation.acts import catalogue, custody, offers, scanning, viewing
from workstation.acts.desk import Desk
from workstation.acts.offers import Offer
from workstation.acts.viewing import CaseFile, EnvelopeFile
from workstation.domain.case import Case
from workstation.domain.consignment import Consignment
from workstation.domain.custody import Span
from workstation.domain.envelope import Envelope
from workstation.domain.paper import Paper, PaperState
from workstation.domain.times import local
from workstation.errors import Refused

#: Acts on a case that no life cycle speaks of.
BESIDE = (
    "contact",
    "add_number",
    "reveal",
    "reprint",
    "bind_waybill",
    "close_defect",
    "invite_rating",
    "record_rating",
    "record_grade",
    "answer_rating",
)
#: Papers of the whole hall, whose object is a day or a month.
_OF_THE_HALL = ("day_sheet", "month_sheet", "sampling_sheet", "postage_statement", "shift_handover")


@dataclass(frozen=True)
class Sight:
    """One look at a case."""

    file: CaseFile
    title: str
    """Of its item, as it is called today."""
    offers: tuple[Offer, ...]
    barred: Mapping[str, str | None]
    """Why this person cannot do an act of `BESIDE`."""
    leaving: str | None
    """Why no envelope can be handed to the courier now."""
    envelopes: tuple[EnvelopeFile, ...]
    spans: tuple[Span, ...]
    papers: tuple[Paper, ...]
    today: str

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.file.case

    @cached_property
    def records(self) -> Mapping[str, Case | Consignment | Envelope]:
        """Every record that an act can be about, by number or id."""
        file = self.file
        found: dict[str, Case | Consignment | Envelope] = {file.case.number: file.case}
        found |= {consignment.id: consignment for consignment in file.consignments}
        return found | {each.envelope.number: each.envelope for each in self.envelopes}

    def of(self, act: str) -> list[Offer]:
        """The act on each record it can be about."""
        return [offer for offer in self.offers if offer.act == act]

    def can(self, act: str) -> bool:
        """Whether the act is possible on one of them."""
        return any(offer.why_not is None for offer in self.of(act))


def look(desk: Desk, number: str) -> Sight:
    """Everything about a case, as it stands now."""
    file = viewing.case_file(desk, number)
    names = dict.fromkeys(n for c in file.consignments for n in (c.envelope, c.supplement) if n)
    envelopes = tuple(viewing.envelope_file(desk, name) for name in names)
    return Sight(
        file=file,
        title=_title(desk, file.case.item),
        offers=offers.of_case(desk, file),
        barred={act: offers.barred(desk, act) for act in BESIDE},
        leaving=_leaving(desk, envelopes),
        envelopes=envelopes,
        spans=tuple(custody.of_case(desk, number)),
        papers=_papers(file, envelopes),
        today=local(desk.store.now()).date().isoformat(),
    )


def cases_of(desk: Desk, number: str) -> list[str]:
    """The cases a number leads to: its own, or those of a consignment, envelope, paper or waybill."""
    case, _, _ = number.partition("-")
    try:
        return [viewing.case_file(desk, case).case.number]
    except Refused as unknown:
        if unknown.code != "case-not-found":
            raise
    try:
        inside = viewing.envelope_file(desk, number).consignments
    except Refused:
        return _scanned(desk, number)
    return list(dict.fromkeys(consignment.case_number for consignment in inside))


def _scanned(desk: Desk, number: str) -> list[str]:
    """What a paper or waybill is of; it is refused as a scan of it would be."""
    scanned = scanning.scan(desk, number)
    if scanned.object in ("", number) or scanned.kind in _OF_THE_HALL:
        raise _of_no_case(number)
    return cases_of(desk, scanned.object)


def _of_no_case(number: str) -> Refused:
    return Refused(
        "number-of-no-case",
        what=f"{number} 不属于任何办件。",
        why="它是本大厅的编号，但没有办件和它相连。",
        next="交寄批次和胸牌请在“交寄”画面查看，日清单、邮费月报表请值班长查看"
        "（命令：report day、postage statement）；"
        "其他请用“查找”（/）找办件。",
    )


def _title(desk: Desk, code: str) -> str:
    try:
        with desk.reading() as reading:
            return catalogue.item(reading, code).title
    except Refused:
        return code


def _leaving(desk: Desk, envelopes: tuple[EnvelopeFile, ...]) -> str | None:
    whys = [offers.why_not(desk, "envelopes", each.envelope, "hand_over") for each in envelopes]
    if None in whys:
        return None
    return next((why for why in whys if why), "还没有封装好的封套")


def _papers(file: CaseFile, envelopes: tuple[EnvelopeFile, ...]) -> tuple[Paper, ...]:
    """Those in force first, in the order they came; an envelope of several cases has papers of its own."""
    found = [*file.papers, *(paper for each in envelopes for paper in each.papers)]
    every = {paper.number: paper for paper in found}.values()
    return tuple(sorted(every, key=lambda p: (p.state == PaperState.VOID, p.promised_at, p.number)))
