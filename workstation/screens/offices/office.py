"""One office of the directory, with what hangs on it."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import VerticalScroll
from textual.widget import Widget

from workstation.acts import catalogue, offices
from workstation.acts.desk import Desk
from workstation.acts.offices import Standing
from workstation.domain.office import Office
from workstation.errors import Explained, on_screen
from workstation.screens.base import Do
from workstation.screens.offices import acting, saying
from workstation.screens.offices.acting import OfficeActs
from workstation.widgets.words import Words


class OfficeScreen(OfficeActs):
    """All that is noted of it, its agreements, and how much is on its way there."""

    CSS_PATH = "office.tcss"
    TITLE_WORD = "属地部门"
    DOES = (
        acting.CHANGE,
        acting.VERIFY,
        acting.CLOSE,
        Do("agreements", "协议", "f8", "xy", "与这个部门的协议：登记、终止"),
    )
    explains = "↑↓ PgUp PgDn 翻看。地址更改或退件后要重新打电话核实。"

    def __init__(self, code: str) -> None:
        super().__init__()
        self._code = code
        self._standing: Standing | None = None

    def body(self) -> Iterator[Widget]:
        """One text."""
        with VerticalScroll(id="office-text"):
            yield Words(id="office-whole")
            yield Words(id="office-verified")
            yield Words(id="office-agreed")

    def on_mount(self) -> None:
        """The arrow keys move the text."""
        self.query_one(VerticalScroll).focus()

    @property
    def office(self) -> Office | None:
        """This one."""
        return self._standing.office if self._standing else None

    async def load(self) -> None:
        """The office as it stands."""
        if not self.counter.is_signed_in:
            return
        days = self.verified_days
        try:
            standing, titles = await self.counter.look(lambda desk: _look(desk, self._code, days))
        except Explained as error:
            self.counter.attention(on_screen(f"{error.what}{error.why}"))
            return
        self._standing = standing
        self.entitle(f"属地部门 {self._code}")
        self.query_one("#office-whole", Words).say(saying.whole(standing))
        self.query_one("#office-verified", Words).say(_doubt(standing, days))
        self.query_one("#office-agreed", Words).say(saying.agreed(standing.agreements, titles))

    def do_agreements(self) -> None:
        """Its agreements."""
        self.counter.go("agreements", office=self._code)


def _look(desk: Desk, code: str, days: int) -> tuple[Standing, dict[str, str]]:
    standing = offices.standing(desk, code, days=days)
    with desk.reading() as reading:
        return standing, {item.code: item.title for item in catalogue.all_items(reading)}


def _doubt(standing: Standing, days: int) -> str:
    if "never-verified" in standing.warnings:
        return "! 没有核实过，或更改、退件后还没有核实：请打电话问，再按 F4。"
    if "verified-long-ago" in standing.warnings:
        return f"! 距最近核实已超过 {days} 天：请打电话问，再按 F4。"
    return "✓ 地址可靠。" if standing.office.state == "active" else "- 已停用。"
