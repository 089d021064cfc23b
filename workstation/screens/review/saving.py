"""What is written from the review screen: the findings, what was handed in anew, notice and pledge."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.acts import formal_review, notices, pledges
from workstation.acts.inputs import Finding
from workstation.domain.case import Case, CaseState
from workstation.domain.pledge import Pledge
from workstation.domain.words import word
from workstation.screens.dialogs import Confirm
from workstation.screens.review import papers, supplying
from workstation.screens.review.held import Holding


class Saving(Holding):
    """The acts of the screen."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._notice_typed: dict[str, str] = {}
        self._pledge_typed: dict[str, str] = {}

    def do_save(self) -> None:
        """Save what was found; or take in what was handed in anew."""
        there, number = self.there, self.number
        if self.is_supplying:
            handed_in = supplying.materials(there.look, self.supplies)
            self.counter.perform(
                lambda desk: formal_review.resubmit(desk, number, handed_in),
                self._resubmitted,
                seen=self.seen,
            )
            return
        findings = dict(there.findings)
        self.counter.perform(
            lambda desk: formal_review.review(desk, number, tuple(findings.values())),
            lambda case: self._saved(case, findings),
            seen=self.seen,
            draft=self._keeper.id,
        )

    async def _saved(self, case: Case, findings: Mapping[str, Finding]) -> None:
        self._keeper.forget()
        there = self.there
        still = {row for row, found in there.findings.items() if found == findings.get(row)}
        self._sheet = there.without(*still)
        if self._sheet.findings:
            self._keep()
        elif case.state == CaseState.REVIEWED and there.outlook.passed:
            then = "装袋封装" if case.bearer_identity == "passed" else "身份核验"
            self.counter.done(f"形式审查通过：{case.number}。下一步：{then}。")
            if self.app.screen is self:
                self.app.pop_screen()
            return
        await self.load()
        self.counter.done(f"已保存 {len(findings)} 行；{self.there.outlook.sentence}。")

    async def _resubmitted(self, case: Case) -> None:
        count, self.supplies, self.is_supplying = len(self.supplies), {}, False
        await self.load()
        there = self.there
        self.go_to(next((row_id for row_id in there.rows if there.is_unseen(row_id)), None))
        self.counter.done(f"补正已登记：{count} 行，请审查。{case.number}")

    def do_notice(self) -> None:
        """Everything that is missing, on one paper: read first, then printed."""
        self.run_worker(self._notice(), group="tasks", exclusive=True)

    async def _notice(self) -> None:
        given = await papers.notice(self.there.look, self._notice_typed).agreed(self)
        if given is None:
            return
        due, reason, number = papers.due_of(given), given.get("reason"), self.number
        self.counter.perform(
            lambda desk: notices.notice(desk, number, due=due, reason=reason), self._noticed, seen=self.seen
        )

    async def _noticed(self, case: Case) -> None:
        self._notice_typed.clear()
        self.counter.done(f"一次性告知单已打印，办件{word(case.state)}。申请人补交后在这里登记。")
        await self.load()

    def do_pledge(self) -> None:
        """The pledge for the rows chosen: read first, then printed."""
        self.run_worker(self._pledge(), group="tasks", exclusive=True)

    async def _pledge(self) -> None:
        there, number = self.there, self.number
        given = await papers.pledge(there, self._pledge_typed).agreed(self)
        if given is None:
            return
        asked = papers.pledges_of(there.to_pledge(), given)
        self.counter.perform(
            lambda desk: pledges.print_pledge(desk, number, asked), self._pledged, seen=self.seen
        )

    async def _pledged(self, printed: list[Pledge]) -> None:
        self._pledge_typed.clear()
        await self.load()
        self.counter.done(f"承诺书已打印（{len(printed)} 行）。申请人签名后扫它的条码。")

    async def _sign(self, face: str) -> None:
        question = Confirm("申请人已在承诺书上签名？", f"承诺书 {face}", yes="登记已签", safe=True)
        if await self.app.push_screen_wait(question):
            self.counter.perform(lambda desk: pledges.sign(desk, face), self._signed, seen=self.seen)

    async def _signed(self, signed: list[Pledge]) -> None:
        await self.load()
        self.counter.done(f"承诺书已签（{len(signed)} 行），可以保存。")
