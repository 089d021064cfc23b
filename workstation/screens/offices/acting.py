"""What is done to one office: changed, verified by telephone, closed; list and page share the keys."""

from __future__ import annotations

from workstation.acts import offices
from workstation.acts.offices import Standing
from workstation.domain.office import Office
from workstation.errors import Explained
from workstation.screens.base import Do
from workstation.screens.dialogs import Confirm
from workstation.screens.long_form import AskingScreen
from workstation.screens.offices import forms

CHANGE = Do("change", "更改", "f3", "gg", "更改这个部门；停用的恢复在用")
VERIFY = Do("verify", "核实", "f4", "hs", "打电话问过，都对：登记核实日期")
CLOSE = Do("close", "停用", "f7", "ty", "不再寄往这个部门")
_ACTS = {"change": "change_office", "verify": "verify_office", "close": "close_office"}


class OfficeActs(AskingScreen):
    """A screen with an office on it."""

    @property
    def office(self) -> Office | None:
        """The office that is meant."""
        raise NotImplementedError

    @property
    def verified_days(self) -> int:
        """After how many days an address counts as unverified."""
        opened = self.counter.opened
        return opened.settings.offices.verified_days if opened else offices.VERIFIED_DAYS

    def why_not(self, name: str) -> str | None:
        """Whose act it is, and whether the office is in use."""
        if name not in _ACTS:
            return None
        if (barred := self.barred(_ACTS[name])) is not None:
            return barred
        if self.office is None:
            return "没有选部门"
        if self.office.state != "active" and name != "change":
            return "这个部门已经停用；用“更改”恢复"
        return None

    def do_change(self) -> None:
        """All of it once more."""
        if self.office is not None:
            self.ask(forms.changing(self.office))

    def do_verify(self) -> None:
        """What is asked on the telephone, and the day."""
        if self.office is not None:
            self.ask(forms.verifying(self.office, offices.today(self.desk.store.now())))

    def do_close(self) -> None:
        """Close it, once it is clear what hangs on it."""
        if self.office is not None:
            self.run_worker(self._close(self.office), group="closing", exclusive=True)

    async def _close(self, office: Office) -> None:
        days = self.verified_days
        try:
            standing = await self.counter.look(lambda desk: offices.standing(desk, office.code, days=days))
        except Explained as error:
            await self.counter.refuse(error)
            return
        question = Confirm(f"停用 {office.name} 吗？", _hanging(standing), yes="停用", safe=True)
        if await self.app.push_screen_wait(question):
            self.counter.perform(
                lambda desk: offices.close(desk, office.code), self._told_closed, seen=office.version
            )

    async def _told_closed(self, office: Office) -> None:
        self.counter.done(f"已停用 {office.code}（{office.name}）。")
        await self.load()
        self.refresh_keys()


def _hanging(standing: Standing) -> str:
    held = f"还有 {standing.open_consignments} 件送件没有办结，{len(standing.agreements)} 份协议没有到期。"
    return f"{standing.office.code}\n{held}\n停用后新的办件不能寄往这里；已登记的照办。“更改”可以恢复。"
