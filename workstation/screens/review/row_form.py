"""One row in detail: how it was supplied, in what form and number, what is wrong with it, and 错证缺证."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from textual import on

from workstation.acts.inputs import Finding, LicenceFault
from workstation.acts.outlooks import DEFECTS, IMAGES, NOTHING_HANDED_IN, PaperForm, Way
from workstation.domain.case import Row
from workstation.domain.words import word
from workstation.screens.dialogs import Asked, Form
from workstation.widgets.field import Choice, Field
from workstation.widgets.words import Words

_NO_FAULT = "none"
_FAULTS = {_NO_FAULT: "没有", "wrong": "错证", "absent": "缺证"}
_DEFECT = "defect."
_NUMBERS = {"copies": "份数", "pages": "页数"}


class RowForm(Form):
    """Gives the finding as it was filled in; what it comes to is shown at each key."""

    DEFAULT_CSS = """
    RowForm .form--wrong { color: $text; text-style: bold; height: auto; }
    RowForm.-tall > .dialog--box { max-height: 36; }
    RowForm.-tall .form--fields { max-height: 28; }
    """

    def __init__(self, row: Row, finding: Finding, told: Callable[[Finding], str]) -> None:
        super().__init__(row.name, list(_asked(row, finding)), done="记下")
        self._row_id, self._told = row.row_id, told
        self.explains = "空格打勾，^S 记下。份数写 0 是缺件。记下还不是保存，回到清单按 ^S 保存。"

    def on_mount(self) -> None:
        """Begin with the row's first common fault; for a row that is looked up, with the library's."""
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        first = next(w for w in self._widgets() if str(w.name).startswith((_DEFECT, "fault")))
        first.focus()
        self._judge()

    @on(Field.Changed)
    @on(Choice.Changed)
    def _judge(self) -> None:
        try:
            told = self._told(finding_of(self._row_id, self.values))
        except NotANumber as error:
            told = f"{_NUMBERS[error.name]}要写数字"
        self.query_one(".form--wrong", Words).say(told)

    def action_done(self) -> None:
        """Give the finding, once its numbers are numbers."""
        try:
            finding = finding_of(self._row_id, self.values)
        except NotANumber as error:
            field = next(w for w in self._widgets() if w.name == error.name)
            assert isinstance(field, Field)
            field.wrong("要写数字")
            field.focus()
            return
        self.dismiss(finding)


class NotANumber(ValueError):
    """Something else stands where a number should."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def _asked(row: Row, finding: Finding) -> Iterator[Asked]:
    if row.exempt:
        yield from _asked_of_licence(finding.licence_fault)
    yield Asked("way", "提供方式", {way: word(way) for way in Way}, finding.way)
    yield Asked("form", "形式", {form: word(form) for form in PaperForm}, finding.form or row.form)
    yield Asked("copies", "份数", value=str(finding.copies), explains="0 是缺件。")
    yield Asked("pages", "页数", value=str(finding.pages))
    own = [code for code in row.faults.split(",") if code in DEFECTS]
    for code in dict.fromkeys([*own, *DEFECTS]):
        if code != "missing":
            ticked = "yes" if code in finding.defects else "no"
            yield Asked(f"{_DEFECT}{code}", DEFECTS[code].word, value=ticked, tick=True)
    yield Asked("remark", "备注", value=finding.remark or "")


def _asked_of_licence(fault: LicenceFault | None) -> Iterator[Asked]:
    kind = fault.kind if fault else _NO_FAULT
    explains = "证照库给的证照有误或没有；登记之后才可收纸质。"
    yield Asked("fault", "错证/缺证", _FAULTS, kind, explains=explains)
    yield Asked("what", "情形", value=fault.what if fault else "", explains="错在哪里，或缺什么。")
    yield Asked("sent_to", "转送部门", value=fault.sent_to if fault else "", explains="由谁更正或补录。")


def finding_of(row_id: str, values: Mapping[str, str]) -> Finding:
    """What is filled in, as a finding; what its way does not have is left out."""
    way, copies, pages = Way(values["way"]), _number(values, "copies"), _number(values, "pages")
    defects = tuple(code for code in DEFECTS if values.get(f"{_DEFECT}{code}") == "yes")
    remark = values["remark"].strip() or None
    fault = _fault(values)
    if way in NOTHING_HANDED_IN or (way == Way.PAPER and copies == 0):
        return Finding(row=row_id, way=way, licence_fault=fault, remark=remark)
    if way in IMAGES:
        return Finding(
            row=row_id, way=way, pages=pages or 1, defects=defects, licence_fault=fault, remark=remark
        )
    return Finding(
        row=row_id,
        form=values["form"],
        copies=copies,
        pages=pages,
        defects=defects,
        licence_fault=fault,
        remark=remark,
    )


def _fault(values: Mapping[str, str]) -> LicenceFault | None:
    if values.get("fault", _NO_FAULT) == _NO_FAULT:
        return None
    return LicenceFault(kind=values["fault"], what=values["what"], sent_to=values["sent_to"])


def _number(values: Mapping[str, str], name: str) -> int:
    text = values[name].strip() or "0"
    if not text.isdecimal():
        raise NotANumber(name)
    return int(text)
