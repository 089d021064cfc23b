"""An agreement in words: its line, and all it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forms.items import Checklist
from workstation.acts import agreements, catalogue, offices
from workstation.acts.desk import Desk
from workstation.domain.office import OPEN_END, Agreement, Power
from workstation.screens.directory import folded

_SHORT = {Power.ACCEPT: "受理", Power.NOTIFY: "告知", Power.VERIFY_ORIGINALS: "核验", Power.SERVE: "送达"}
NONE = "无"
#: In this order they are listed.
_STATES = {"in-force": "✓ 现行", "to-come": "· 将生效", "past": "- 已到期"}


@dataclass(frozen=True)
class AgreementLine:
    """An agreement as a line of the list."""

    agreement: Agreement
    office: str
    """The office's name."""
    title: str
    """The item's."""
    rows: Mapping[str, str]
    """What the rows it names are called."""
    state: str
    """in-force · to-come · past."""

    @property
    def cells(self) -> Sequence[str]:
        """State, office, item, powers, last day, first day."""
        one = self.agreement
        last = "长期" if one.valid_to == OPEN_END else one.valid_to
        item = f"{one.item} {self.title}"
        return _STATES[self.state], self.office, item, short_powers(one), last, one.valid_from

    @property
    def words(self) -> str:
        """By which it is found."""
        one = self.agreement
        told = (
            f"{one.id} {self.office} {self.title} {_STATES[self.state]} {powers(one)} {one.document_number}"
        )
        return folded(told)


def lines(desk: Desk, *, office: str = "", item: str = "") -> list[AgreementLine]:
    """Those that hold first, then those to come, then the former ones."""
    found = agreements.listed(desk, office=office or None, item=item or None, past=True)
    today = offices.today(desk.store.now())
    names = {one.code: one.name for one in offices.listed(desk)}
    with desk.reading() as reading:
        titles = {one.code: one.title for one in catalogue.all_items(reading)}
        rows = {one.item: _rows(catalogue.checklist(reading, one.item)) for one in found}
    made = [
        AgreementLine(
            one,
            names.get(one.office, one.office),
            titles.get(one.item, ""),
            rows[one.item],
            _state(one, today),
        )
        for one in found
    ]
    order = list(_STATES)
    return sorted(made, key=lambda line: (order.index(line.state), line.agreement.id))


def _rows(checklist: Checklist) -> dict[str, str]:
    return {row.id: row.name for row in checklist.rows}


def _state(agreement: Agreement, today: str) -> str:
    if agreement.is_in_force(today):
        return "in-force"
    return "past" if agreement.valid_to < today else "to-come"


def whole(line: AgreementLine) -> str:
    """All that an agreement says."""
    one = line.agreement
    legs = [f"{agreements.LEGS[leg]} {days}" for leg, days in agreements.limits(one).items()]
    calendar = "全国" if one.calendar == agreements.NATIONAL else one.calendar
    return "\n".join((
        f"{one.id}　{_STATES[line.state]}",
        f"部门：{line.office}（{one.office}）",
        f"事项：{one.item}　{line.title}",
        f"期间：{agreements.period(one)}",
        f"协议名称、文号：{one.document_number or '未载明'}",
        f"授予的权力：{powers(one)}；没有写明的一律没有",
        f"时限（工作日，{calendar}日历）：{'、'.join(legs) or '未约定'}",
        f"邮费：去程 {agreements.PAYERS[one.payer_out]}，回程 {agreements.PAYERS[one.payer_back]}",
        f"结果：{agreements.RETURN_MODES[one.return_mode]}",
        f"可容缺：{_named(one.deferrable_rows, line.rows)}",
        f"可告知承诺：{_named(one.pledgeable_rows, line.rows)}",
    ))  # fmt: skip


def powers(agreement: Agreement) -> str:
    """What it grants, in the words of agreements."""
    return "、".join(word for power, word in agreements.POWERS.items() if agreement.grants(power)) or NONE


def short_powers(agreement: Agreement) -> str:
    """The same for a column."""
    return " ".join(word for power, word in _SHORT.items() if agreement.grants(power)) or NONE


def _named(joined: str, rows: Mapping[str, str]) -> str:
    return "、".join(rows.get(row, row) for row in joined.split(",") if row) or NONE
