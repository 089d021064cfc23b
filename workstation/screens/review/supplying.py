"""补正提交: which rows something new is handed in for, and what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workstation.acts.inputs import Material
from workstation.acts.outlooks import PaperForm
from workstation.domain.case import CaseState, Row, RowState
from workstation.domain.consignment import ConsignmentState
from workstation.screens.dialogs import Asked, Form
from workstation.screens.review.sheet import Look
from workstation.widgets.field import Field

ALL = "all"
_WAITING = (ConsignmentState.HOME_CORRECTING, ConsignmentState.PACKING)
_SUPPLIED = (RowState.FAILING, RowState.PENDING, RowState.DEFERRED)
_FORMS = {"original": "原件份数", "copy": "复印件份数"}

Supply = Mapping[str, str]
"""What is handed in for a row, as the form has it: original, copy, pages, office."""


def wanted(look: Look) -> list[str]:
    """The rows for which something may be handed in anew."""
    return [r.row_id for r in look.basis.rows if r.state in _SUPPLIED and r.may_ask_for_paper]


def is_begun_with(look: Look) -> bool:
    """Whether papers come in first, before there is anything to review."""
    if look.file.case.state != CaseState.REVIEWED:
        return look.file.case.state == CaseState.TO_CORRECT
    pending = any(row.state == RowState.PENDING for row in look.basis.rows)
    return bool(wanted(look)) and not pending


def as_asked(row: Row) -> Supply:
    """Just what the checklist asks; of a copy to be checked the original comes along."""
    original = {PaperForm.ORIGINAL: row.copies, PaperForm.COPY_CHECKED: 1}.get(PaperForm(row.form), 0)
    copies = 0 if row.form == PaperForm.ORIGINAL else row.copies
    return {"original": str(original), "copy": str(copies), "pages": "1", "office": ALL}


def materials(look: Look, supplies: Mapping[str, Supply]) -> tuple[Material, ...]:
    """What is handed in, piece by piece, for each home office it is for."""
    return tuple(material for row_id, supply in supplies.items() for material in _of(look, row_id, supply))


def _of(look: Look, row_id: str, supply: Supply) -> Iterator[Material]:
    named = supply["office"]
    for office in _waiting(look) if named == ALL else [int(named)]:
        for form in _FORMS:
            if copies := int(supply[form]):
                yield Material(
                    row=row_id, form=form, copies=copies, pages=int(supply["pages"]) or 1, office=office
                )


def _waiting(look: Look) -> list[int]:
    """The home offices that wait for papers; before the first envelope, all of them."""
    consignments = look.file.consignments
    waiting = [c.ordinal for c in consignments if c.state in _WAITING]
    return waiting or [c.ordinal for c in consignments] or [1]


def told(supply: Supply) -> str:
    """What is handed in, in a few words."""
    words = {"original": "原件", "copy": "复印件"}
    return " ".join(f"{words[form]} {supply[form]}" for form in words if int(supply[form])) or "（没有）"


class SupplyForm(Form):
    """Asks how many of what were handed in for one row."""

    def __init__(self, look: Look, row: Row, supply: Supply) -> None:
        super().__init__(row.name, list(_asked(look, supply)), done="记下")
        self.explains = "写 0 是没有交。记下还不是登记，回到清单按 ^S 登记补正。"

    def action_done(self) -> None:
        """Give the numbers, once they are numbers and something is handed in."""
        values = self.values
        fields = {str(widget.name): widget for widget in self._widgets()}
        for name in (*_FORMS, "pages"):
            values[name] = values[name].strip() or "0"
            if not values[name].isdecimal():
                fields[name].focus()
                self._say_wrong(name)
                return
        values.setdefault("office", ALL)
        self.dismiss(values)

    def _say_wrong(self, name: str) -> None:
        self.query_one(f"#field-{name}", Field).wrong("要写数字")


def _asked(look: Look, supply: Supply) -> Iterator[Asked]:
    for form, label in _FORMS.items():
        yield Asked(form, label, value=supply[form])
    yield Asked("pages", "页数", value=supply["pages"])
    offices = {str(c.ordinal): c.office_name for c in look.file.consignments}
    if len(offices) > 1:
        yield Asked("office", "给哪个属地", {ALL: "各属地都有", **offices}, supply["office"])
