"""形式审查: is every paper there, in the form and number asked for, legible, signed, sealed and in date.

Pure, and formal only: nothing here can hold an opinion on substance, which belongs to the home authority
(闽审改办〔2023〕2号: 受理前不得开展实质性审查).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, NamedTuple, Protocol, TypeVar


class PaperForm(StrEnum):
    """In which form a paper is asked for and handed in."""

    ORIGINAL = "original"
    COPY = "copy"
    COPY_CHECKED = "copy_checked"
    """复印件，核对原件后退还: the copy stays, the original goes back at once."""


class Way(StrEnum):
    """How a row is supplied: on paper, or without it."""

    PAPER = "paper"
    ATTACHMENT = "attachment"
    """附件: a file that is handed on beside the envelope."""
    SCAN = "scan"
    """扫描: scanned here, the paper goes back at once."""
    DEFERRED = "deferred"
    """容缺后补: supplied later, by a signed pledge."""
    LICENCE = "licence"
    """证照库: looked up by the authority, not asked for."""
    PLEDGED = "pledged"
    """告知承诺: a signed pledge stands for it."""


#: An image stands for the paper; the rest need nothing to be handed in.
IMAGES = frozenset({Way.ATTACHMENT, Way.SCAN})
NOTHING_HANDED_IN = frozenset({Way.DEFERRED, Way.LICENCE, Way.PLEDGED})


@dataclass(frozen=True)
class Defect:
    """One coded formal defect: its word on screen and notice, and what the applicant is to do."""

    code: str
    word: str
    remedy: str


DEFECTS: Mapping[str, Defect] = MappingProxyType(
    {
        defect.code: defect
        for defect in (
            Defect("missing", "缺件", "请提交该材料。"),
            Defect("wrong_form", "原件/复印件不符", "请按要求提交原件，或者提交复印件并出示原件核对。"),
            Defect("too_few", "份数不足", "请按要求补足份数。"),
            Defect("pages_missing", "缺页", "请补齐缺少的页。"),
            Defect("illegible", "不清晰", "请提交字迹、图像清晰可辨的材料。"),
            Defect("damaged", "破损", "请提交完整、无破损的材料。"),
            Defect("altered", "有涂改", "请提交无涂改的材料，或者在涂改处由出具人签名或盖章确认。"),
            Defect("incomplete", "填写不全", "请把空缺的栏目填写完整。"),
            Defect("unsigned", "未签名", "请由应当签名的人在签名处签名。"),
            Defect("undated", "未写日期", "请在落款处写明日期。"),
            Defect("unsealed", "未盖章", "请由出具单位在材料上加盖印章。"),
            Defect("expired", "过期", "请提交在有效期内的材料。"),
            Defect("name_differs", "姓名不一致", "请提交与身份证件姓名一致的材料，或者同一人的证明材料。"),
            Defect("number_differs", "号码不一致", "请提交与身份证件号码一致的材料，或者同一人的证明材料。"),
        )
    }
)


class ReviewError(ValueError):
    """The findings themselves are not right; nothing can be concluded from them."""

    def __init__(self, subject: str) -> None:
        super().__init__(subject)
        self.subject = subject
        """The row id or defect code in question."""


class UnknownRow(ReviewError):
    """A finding names a row that the checklist does not have."""


class UnknownDefect(ReviewError):
    """A finding names a defect that `DEFECTS` does not have."""


class RepeatedRow(ReviewError):
    """Two findings, or two rows of the checklist, have one id."""


class RowAlwaysRequired(ReviewError):
    """Only a row that is required under a condition can be marked as not applicable."""


class PaperNotAskedFor(ReviewError):
    """The row is 免提交: the authority looks it up, and paper is not asked for (国务院令第716号)."""


class ContradictoryFinding(ReviewError):
    """It says two things at once: missing with copies, copies without a form, not applicable with a paper."""


class Row(Protocol):
    """What the review needs to know of a checklist row."""

    @property
    def id(self) -> str: ...

    @property
    def form(self) -> str: ...

    @property
    def copies(self) -> int: ...

    @property
    def condition(self) -> str | None:
        """When the row is required; None: always."""

    @property
    def may_ask_for_paper(self) -> bool:
        """False: 免提交, and neither 错证 nor 缺证 is registered."""


@dataclass(frozen=True)
class RowFinding:
    """What the clerk found for one row; on paper, no copies means that it is missing.

    An image has pages and no copies; what is deferred, pledged or looked up has neither.
    """

    row_id: str
    form: PaperForm | None = None
    copies: int = 0
    pages: int = 0
    defects: tuple[str, ...] = ()
    not_applicable: bool = False
    way: Way = Way.PAPER

    def __post_init__(self) -> None:
        for code in self.defects:
            if code not in DEFECTS:
                raise UnknownDefect(code)
        if self._contradicts_itself():
            raise ContradictoryFinding(self.row_id)

    @property
    def has_paper(self) -> bool:
        """Whether any paper was handed in for the row."""
        return self.copies > 0

    def _contradicts_itself(self) -> bool:
        if self.copies < 0 or self.pages < 0:
            return True
        if self.way != Way.PAPER:
            return self._has_what_its_way_has_not()
        if self.has_paper:
            return self.form is None or self.not_applicable or "missing" in self.defects
        said = set(self.defects)
        return self.pages > 0 or not said <= {"missing"} or (self.not_applicable and bool(said))

    def _has_what_its_way_has_not(self) -> bool:
        if self.copies or self.not_applicable or "missing" in self.defects:
            return True
        if self.way in IMAGES:
            return self.pages == 0
        return self.pages > 0 or self.form is not None or bool(self.defects)


R = TypeVar("R", bound=Row)


class Failing(NamedTuple, Generic[R]):
    """A row that does not pass, with every defect, in the order of `DEFECTS`."""

    row: R
    defects: tuple[Defect, ...]


@dataclass(frozen=True)
class Conclusion(Generic[R]):
    """What follows from the findings; always computed, never stored by hand."""

    failing: tuple[Failing[R], ...]
    unreviewed: tuple[R, ...]

    @property
    def passed(self) -> bool:
        """形式审查通过: every row was looked at and none has a defect."""
        return not self.failing and not self.unreviewed


def conclude(rows: Sequence[R], findings: Iterable[RowFinding]) -> Conclusion[R]:
    """The conclusion, rows in the order of the checklist.

    A row without a finding is unreviewed, a conditional one too: that it does not apply is a finding.
    """
    found = _by_row(rows, findings)
    failing = []
    for row in rows:
        if row.id in found and (defects := row_defects(row, found[row.id])):
            failing.append(Failing(row, defects))
    return Conclusion(tuple(failing), tuple(row for row in rows if row.id not in found))


def row_defects(row: Row, finding: RowFinding) -> tuple[Defect, ...]:
    """Every defect of one row: those the clerk saw and those that follow from form and number."""
    if finding.not_applicable:
        if row.condition is None:
            raise RowAlwaysRequired(row.id)
        return ()
    if finding.way != Way.LICENCE and not row.may_ask_for_paper:
        raise PaperNotAskedFor(row.id)
    codes = set(finding.defects) | _computed(row, finding)
    return tuple(defect for code, defect in DEFECTS.items() if code in codes)


def _computed(row: Row, finding: RowFinding) -> set[str]:
    if finding.way in NOTHING_HANDED_IN:
        return set()
    if finding.way in IMAGES:
        # Where the original itself is asked for, an image of it is another form.
        return {"wrong_form"} if row.form == PaperForm.ORIGINAL else set()
    if not finding.has_paper:
        return {"missing"}
    codes = set()
    # A copy checked against its original is more than a plain copy; every other difference is one.
    if finding.form != row.form and (row.form, finding.form) != (PaperForm.COPY, PaperForm.COPY_CHECKED):
        codes.add("wrong_form")
    if finding.copies < row.copies:
        codes.add("too_few")
    return codes


def _by_row(rows: Sequence[R], findings: Iterable[RowFinding]) -> dict[str, RowFinding]:
    ids = _once(row.id for row in rows)
    found: dict[str, RowFinding] = {}
    for finding in findings:
        if finding.row_id not in ids:
            raise UnknownRow(finding.row_id)
        if finding.row_id in found:
            raise RepeatedRow(finding.row_id)
        found[finding.row_id] = finding
    return found


def _once(ids: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    for row_id in ids:
        if row_id in seen:
            raise RepeatedRow(row_id)
        seen.add(row_id)
    return seen
