"""One case as it is served: what is handed out, to whom it may be, what has been tried, what may be done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from forms.identifiers import OF_ORGANISATIONS
from workstation.acts import offers, ratings, service, viewing
from workstation.acts.desk import Desk
from workstation.acts.masking import field
from workstation.acts.viewing import CaseFile
from workstation.domain.case import Case, CaseState, Holder, Piece
from workstation.domain.consignment import Consignment, ConsignmentState
from workstation.domain.paper import Paper, PaperState
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.screens.arrivals import contacting

_RATED = ("given", "refused")


class Handed(NamedTuple):
    """One thing that is handed out, or was."""

    name: str
    form: str
    copies: str
    where: str


@dataclass(frozen=True)
class Sight:
    """All that the screen shows of a case."""

    file: CaseFile
    ready: tuple[Consignment, ...]
    """The consignments whose result can be served now."""
    reasons: Mapping[tuple[str, str], str | None]

    @property
    def case(self) -> Case:
        """The case itself."""
        return self.file.case

    @property
    def at_window(self) -> bool:
        """Whether somebody stands at the counter and is looked at."""
        return any(c.state == ConsignmentState.RESULT_ARRIVED for c in self.ready)

    def why_not(self, act: str) -> str | None:
        """Why an act on the case is not possible; None: it is."""
        return self.reasons.get((act, self.case.number), "现在不能办")

    def why_not_rate(self) -> str | None:
        """Why nothing can be recorded of the rating now."""
        if self.case.rating in _RATED:
            return f"一次办件只评一次，已记为“{ratings.STEPS[self.case.rating or 'given']}”"
        if self.case.rating is None and self.case.state != CaseState.SERVED:
            return "送达以后才邀请评价"
        return None

    def recipients(self) -> dict[str, str]:
        """Who may collect: an organisation has no face, so somebody collects for it."""
        known = {}
        if self.case.applicant_id_kind not in OF_ORGANISATIONS:
            known["applicant"] = f"申请人 {field(self.case, 'applicant_name')}"
        if self.case.agent_name is not None:
            known["agent"] = f"代办人 {field(self.case, 'agent_name')}"
        return known

    def handed_out(self) -> list[Handed]:
        """What changes hands now; once it is served, what has."""
        if not self.ready:
            given = [piece for piece in self.file.pieces if piece.holder == Holder.RECIPIENT]
            return [_handed(piece, "已交领取人") for piece in given]
        return [line for consignment in self.ready for line in self._of(consignment)]

    def _of(self, consignment: Consignment) -> list[Handed]:
        mine = [piece for piece in self.file.pieces if piece.consignment == consignment.id]
        lines = [_handed(p, f"货位 {p.holder_ref or ''}") for p in mine if p.holder == Holder.RESULT_SHELF]
        if consignment.state == ConsignmentState.RESULT_ARRIVED:
            return [*lines, *(_handed(p, "留在窗口") for p in mine if p.holder == Holder.CLERK)]
        mode = word(consignment.result_mode or "")
        return [*lines, Handed(f"{consignment.office_name}的决定", mode, "1", "由属地送达")]

    def proof(self) -> Paper | None:
        """The newest 送达回证 in force."""
        found = [
            paper
            for paper in self.file.papers
            if paper.kind == "proof_of_service" and paper.state != PaperState.VOID
        ]
        return max(found, key=lambda paper: paper.promised_at, default=None)

    # --- in words

    def head(self) -> str:
        """Which case this is, and of whom."""
        people = "　".join(
            f"{word(who)} {field(self.case, f'{who}_name')} {field(self.case, f'{who}_phone')}"
            for who in ("applicant", "agent")
            if getattr(self.case, f"{who}_name") is not None
        )
        codes = "、".join(c.pickup_code for c in self.file.consignments if c.pickup_code)
        pickup = f"　领取码 {codes}" if codes else ""
        return f"办件 {self.case.number}　【{word(self.file.shown)}】{pickup}\n{people}"

    def next_step(self) -> str:
        """What is to be done now."""
        tasks = "、".join(word(task.kind) for task in self.file.tasks if task.state == "open")
        return (f"! 待办：{tasks}。" if tasks else "") + self._next() + self._others()

    def _next(self) -> str:
        if self.ready:
            if self.at_window:
                return "请领取人出示证件，核对与本人一致后打勾，^S 送达。"
            mode = word(self.ready[0].result_mode or "")
            return f"结果{mode}，不经窗口领取：^S 登记送达。"
        if self.case.state == CaseState.SERVED:
            if self.case.rating is None:
                return "已送达，请领取人在送达回证上签名。F2 邀请评价，F9 办结。"
            return f"已送达，评价：{ratings.STEPS[self.case.rating]}。F9 办结。"
        if self.case.state == CaseState.CLOSED:
            return "已办结。"
        return f"{self.why_not('serve') or ''}。"

    def _others(self) -> str:
        done = {ConsignmentState.DONE, *(c.state for c in self.ready)}
        left = [c for c in self.file.consignments if c.state not in done]
        several = len(self.file.consignments) > 1 and left and self.ready
        if not several:
            return ""
        return "还没办完：" + "、".join(f"{c.ordinal} 号送件“{word(c.state)}”" for c in left) + "。"

    def tried(self) -> str:
        """The latest tries to reach somebody."""
        return "\n".join(contacting.told(contact) for contact in self.file.contacts[-2:])


def _handed(piece: Piece, where: str) -> Handed:
    return Handed(piece.name, word(piece.form), str(piece.copies), where)


def look(desk: Desk, number: str) -> Sight:
    """The case with this number."""
    file = viewing.case_file(desk, number)
    try:
        ready = tuple(service.to_serve(file.case, file.consignments))
    except Refused:
        ready = ()
    offered = offers.of_case(desk, file)
    return Sight(file, ready, {(offer.act, offer.object): offer.why_not for offer in offered})
