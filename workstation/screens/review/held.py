"""What the review screen holds: the sheet, kept as a draft at each change, and what is handed in anew."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.acts.inputs import Finding
from workstation.errors import Explained
from workstation.screens.base import CounterScreen
from workstation.screens.dialogs import Confirm
from workstation.screens.drafting import SYNC_SECONDS, Keeper
from workstation.screens.review import sheet, supplying
from workstation.screens.review.sheet import Look, Sheet
from workstation.screens.review.supplying import Supply

_DRAFT = ("accent", "·", "草稿")


class Holding(CounterScreen):
    """A screen with the review of one case on it."""

    def __init__(self, number: str) -> None:
        super().__init__()
        self.number = number
        self._sheet: Sheet | None = None
        self.supplies: dict[str, Supply] = {}
        self.is_supplying = False
        self._keeper = Keeper(lambda: self.desk, "review", number)
        self._told_trouble = False

    def on_mount(self) -> None:
        """Bring the draft to the disk as it grows."""
        self.set_interval(SYNC_SECONDS, self._keeper.sync)

    @property
    def there(self) -> Sheet:
        """The sheet, once the case has been looked at."""
        assert self._sheet is not None, "no key does anything before"
        return self._sheet

    @property
    def seen(self) -> int:
        """The version of the case on the screen."""
        return self.there.look.basis.case.version

    def go_to(self, row_id: str | None) -> None:
        """The cursor to a row; None: the first."""
        raise NotImplementedError

    def show_all(self) -> None:
        """Show the case anew."""
        raise NotImplementedError

    def show(self) -> None:
        """Show what may have changed with a key."""
        raise NotImplementedError

    def show_lost(self, error: Explained) -> None:
        """Say why there is no case to be shown."""
        raise NotImplementedError

    async def load(self) -> None:
        """The case as it stands; findings, ticks and cursor stay."""
        try:
            look = await self.counter.look(lambda desk: sheet.look(desk, self.number))
        except Explained as error:
            self.show_lost(error)
            return
        former = self._sheet
        findings = former.findings if former else await self._resumed()
        self._sheet = Sheet.at(look, findings)
        if former and findings and former.look.basis.case.version != look.basis.case.version:
            self.counter.attention("办件已有改动，已重新读取；没有保存的结果还在，请核对。")
        wanted, was_supplying = supplying.wanted(look), self.is_supplying
        if former is None or _moved(former.look, look):
            self.is_supplying = supplying.is_begun_with(look)
        self.supplies = {row: supply for row, supply in self.supplies.items() if row in wanted}
        self.show_all()
        if self.is_supplying and not was_supplying:
            self.go_to(wanted[0] if wanted else None)

    @property
    def unsaved(self) -> str | None:
        """Findings, which are a draft, or ticks, which are not."""
        if self.supplies:
            return f"{len(self.supplies)} 行补交还没有登记（勾选不进草稿）。"
        findings = self._sheet.findings if self._sheet else {}
        return f"{len(findings)} 行审查结果还没有保存。" if findings else None

    # --- the draft

    async def _resumed(self) -> Mapping[str, Finding]:
        """What somebody at this window has found before and not saved."""
        draft = await self.counter.do(self._keeper.find)
        findings = sheet.read(draft.body or {}) if draft else None
        if draft is None or not findings or self.desk.readonly:
            return {}
        try:
            await self.counter.do(lambda: self._keeper.resume(draft))
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
            return {}
        self.counter.tell(*_DRAFT, f"接着上次的草稿：{len(findings)} 行已审，还没有保存。")
        return findings

    def change(self, changed: Sheet) -> None:
        """Another sheet: kept, and shown."""
        self.hold(changed)
        self.show()

    def hold(self, changed: Sheet) -> None:
        """Another sheet, kept as a draft."""
        self._sheet = changed
        self._keep()

    def _keep(self) -> None:
        there = self.there
        if not there.findings:
            self.run_worker(self._let_go(), group="draft")
            return
        self._keeper.keep(there.body, there.look.file.case.applicant_name)
        trouble = self._keeper.trouble
        if trouble is not None and not self._told_trouble:
            self.counter.attention(f"{trouble.what}{trouble.why}已审的还在画面上，请尽快保存。")
        self._told_trouble = trouble is not None

    async def _let_go(self) -> None:
        """There is nothing in the draft any more."""
        try:
            await self.counter.do(self._keeper.drop)
        except Explained as error:
            self.counter.attention(f"草稿没有丢弃：{error.what}")
        if self.there.findings:
            self._keep()

    def do_drop(self) -> None:
        """Nothing of what was found shall stay, if that is meant."""
        text = f"{len(self.there.findings)} 行审查结果没有保存，丢弃后要重新审查。"
        self.app.push_screen(Confirm("丢弃这份草稿吗？", text, yes="丢弃", safe=True), self._drop)

    def _drop(self, yes: bool | None) -> None:
        if yes:
            self.change(Sheet(self.there.look))


def _moved(former: Look, look: Look) -> bool:
    """Whether the case has gone on."""
    return (former.basis.case.state, former.basis.rows) != (look.basis.case.state, look.basis.rows)
