"""An office of the directory in words: its line, all of it, and what is asked by telephone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workstation.acts import agreements, entry, masking, offices
from workstation.acts.desk import Desk
from workstation.acts.offices import Standing
from workstation.domain.office import Agreement, Office
from workstation.errors import on_screen
from workstation.screens.agreements.saying import powers
from workstation.screens.directory import folded

_DOUBTS = {"never-verified": "从未", "verified-long-ago": "久未"}
#: By these words one finds the offices that have to be asked.
_DOUBT_WORDS = {"never-verified": "未核实", "verified-long-ago": "未核实 久未核实"}
NONE = "未载明"


@dataclass(frozen=True)
class OfficeLine:
    """An office as a line of the list."""

    office: Office
    division: str
    """The full name of its division."""
    doubt: str | None
    """Why its address cannot be relied on, a code of `offices.WARNINGS`."""
    words: str
    """By which it is found."""

    @property
    def cells(self) -> Sequence[str]:
        """Code, name, telephone, when it was verified, state, division."""
        one = self.office
        state = "✓ 在用" if one.state == "active" else "- 停用"
        return one.code, one.name, one.phone, self.verified, state, self.division

    @property
    def verified(self) -> str:
        """Sign, and the day or the word for none."""
        if self.office.state != "active":
            return f"- {self.office.verified_on or '从未'}"
        if self.doubt is None:
            return f"✓ {self.office.verified_on}"
        return f"! {self.office.verified_on or _DOUBTS[self.doubt]}"


def lines(desk: Desk, days: int) -> list[OfficeLine]:
    """The whole directory by code."""
    today = offices.today(desk.store.now())
    return [_line(office, today, days) for office in offices.listed(desk)]


def _line(office: Office, today: str, days: int) -> OfficeLine:
    is_active = office.state == "active"
    doubt = offices.doubtful(office.verified_on, today, days) if is_active else None
    division = division_name(office.division)
    words = (
        office.code,
        office.name,
        office.division,
        division,
        office.department,
        offices.STATES[office.state],
        _DOUBT_WORDS.get(doubt or "", ""),
    )
    return OfficeLine(office, division, doubt, folded(" ".join(words)))


def division_name(code: str) -> str:
    """What the table calls a division."""
    found = entry.division(code)
    return found.name if found and found.name else "区划表里没有"


def whole(standing: Standing) -> str:
    """All that is noted of an office; the contact person is masked."""
    one = standing.office
    verified = f"{one.verified_on}（{one.verified_by}）" if one.verified_on else "从未"
    lines_ = [
        f"{one.name}　{offices.STATES[one.state]}",
        f"代码　　　{one.code}",
        f"行政区划　{one.division}　{division_name(one.division)}",
        f"部门类别　{one.department or NONE}",
        f"地址　　　{one.address}",
        f"邮编　　　{one.postcode}",
        f"电话　　　{one.phone}",
        f"联系人　　{masking.mask('name', one.contact) or NONE}",
        f"办公时间　{one.hours or NONE}",
        f"最近核实　{verified}",
        f"未办结　　{standing.open_consignments} 件送件寄往这里",
    ]
    warnings = [on_screen(f"! {offices.WARNINGS[code]}") for code in standing.warnings if code in _MINDED]
    return "\n".join([*lines_, *warnings])


#: Warnings shown; those about verification name a command, here there is a key.
_MINDED = ("division-unknown", "open-consignments")


def agreed(found: Sequence[Agreement], titles: Mapping[str, str]) -> str:
    """Its agreements in force or to come."""
    if not found:
        return "协议：无；没有写明的权力一律没有。"
    told = [f"{a.item}　{titles.get(a.item, '')}　{agreements.period(a)}　{powers(a)}" for a in found]
    return "\n".join(["协议：", *told])


def to_ask(office: Office) -> str:
    """What is read out on the telephone, to hear whether it is right."""
    return "\n".join(
        (
            f"请拨 {office.phone}，逐项问对不对：",
            f"{office.name}",
            f"{office.address}　邮编 {office.postcode}",
            f"办公时间 {office.hours or NONE}　联系人是否还在岗",
            "都对，才登记；有不对的，用“更改”。",
        )
    )
