"""A silent office in words: what is awaited of it, how long, by which rule, and how often it was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workstation.acts import offices, silence
from workstation.acts.desk import Desk
from workstation.acts.silence import AWAITED, RULES, Silent
from workstation.domain.times import minute
from workstation.domain.tracking import MailState
from workstation.domain.words import word

_PROVISIONAL = "暂计"
"""The year has no table of working days yet."""
#: By the carrier's account the office has what it is asked about.
_THERE = frozenset({MailState.DELIVERED, MailState.NONE})


@dataclass(frozen=True)
class Line:
    """One thing that an office owes."""

    silent: Silent
    phone: str
    """Of the office, as the directory has it today."""

    @property
    def key(self) -> str:
        """What the cursor stays on."""
        return f"{self.silent.consignment} {self.silent.awaited}"

    @property
    def cells(self) -> Sequence[str]:
        """Office, what is awaited, since when, waited and usual, letters; on a wide screen phone and mail."""
        silent = self.silent
        usual = f"{silent.waited}/{silent.usual.days} {RULES[silent.usual.rule]}"
        return (
            silent.office_name,
            AWAITED[silent.awaited],
            minute(silent.since)[5:10],
            f"{usual}{_PROVISIONAL if silent.provisional else ''}",
            f"{silent.dunned}次 {minute(silent.dunned_at)[5:10]}" if silent.dunned else "",
            self.phone,
            word(silent.mail_state),
        )

    @property
    def told(self) -> str:
        """All about it, and what comes next."""
        silent = self.silent
        doubt = f"（{_PROVISIONAL}：有的年份还没有工作日安排）" if silent.provisional else ""
        mail = f"{word(silent.mail_state)} {minute(silent.mail_at)}".rstrip()
        return "\n".join((
            f"送件 {silent.consignment}　{silent.office_name}　电话 {self.phone or '名录里没有'}",
            f"等{AWAITED[silent.awaited]}：{minute(silent.since)} {word(silent.began)}，"
            f"已等 {silent.waited} 个工作日，通常按{silent.usual.told}{doubt}",
            f"邮件：{mail}　催办：{self.letters}",
            f"下一步：{self._next}",
        ))  # fmt: skip

    @property
    def letters(self) -> str:
        """How often it was asked in writing, and when last."""
        silent = self.silent
        return f"{silent.dunned} 次，最近 {minute(silent.dunned_at)}" if silent.dunned else "还没有"

    @property
    def _next(self) -> str:
        if self.silent.awaited == "receipt" and self.silent.mail_state not in _THERE:
            return "邮件还没有妥投，先按 F6 看轨迹，问寄递企业。"
        return "打电话问，F3 记下；对方说收到了，F8 登记；书面催办按 Ctrl+S。"

    def is_about(self, number: str) -> bool:
        """Whether a case, a consignment or an envelope of this number is meant."""
        silent = self.silent
        return number in (silent.case_number, silent.consignment, silent.envelope)


def look(desk: Desk, *, days: int) -> list[Line]:
    """Everything owed for longer than usual, the worst first, with whom to call."""
    found = silence.listed(desk, days=days)
    phones = {office.code: office.phone for office in offices.listed(desk)} if found else {}
    return [Line(silent, phones.get(silent.office_code, "")) for silent in found]
