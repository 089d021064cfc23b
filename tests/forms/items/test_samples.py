"""The sample checklists 示例: honest about their source, formal in every standard, alike where items are."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from forms import items, review
from forms.review import DEFECTS, PaperForm

FOLDER = Path(items.__file__).parent
LIST = FOLDER / "national-2020-137.csv"
FILE = "checklist.toml"

IN_PERSON = "131"
"""首次申领居民身份证（监护人代办的除外）: nobody may come for the applicant."""
AGENT_ROWS = {"authorisation", "agent_id"}
ROW_KEYS = {
    "id", "name", "standard", "form", "copies", "from_whom", "required", "deferrable", "exempt", "faults",
    "sample", "source",
}  # fmt: skip

#: What looks like a number of a document, a law or one of its articles; nobody has read any.
CITATION = re.compile(r"〔20\d\d〕|号令|第[一二三四五六七八九十百]+条|第\d+条|《")
#: Words of who decides; the clerk looks at papers.
SUBSTANCE = (
    "真实性", "属实", "是否符合", "符合条件", "合理", "应予", "合法", "有效性", "资格条件", "同意办理",
    "审核通过", "情况核实", "确有", "必要性",
)  # fmt: skip

Row = dict[str, Any]


class Sample(NamedTuple):
    """One folder's checklist as it stands in the file."""

    name: str
    code: str
    head: Row
    rows: list[Row]

    def row(self, row_id: str) -> Row:
        """The row with this id."""
        (row,) = [row for row in self.rows if row["id"] == row_id]
        return row


def read(file: Path) -> Sample:
    """A checklist by the plain parser, so that a fault of our reader cannot hide one of the file."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    assert set(table) == {"code", "checklist"}
    rows = table["checklist"].pop("rows")
    return Sample(file.parent.name, table["code"], table["checklist"], rows)


def listed() -> dict[str, str]:
    """Code and title of the items that the national list has done by 异地代收代办."""
    with LIST.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {row["seq"]: row["name"] for row in rows if "collect_elsewhere" in row["modes"].split("|")}


TITLES = listed()
# The generic one belongs to no item; it is tested with its reader.
SAMPLES = [read(file) for file in sorted(FOLDER.glob(f"*/{FILE}")) if file.parent.name != "generic"]
ROWS = [
    pytest.param(sample, row, id=f"{sample.code}-{row['id']}") for sample in SAMPLES for row in sample.rows
]

each_sample = pytest.mark.parametrize("sample", SAMPLES, ids=[sample.name for sample in SAMPLES])
each_row = pytest.mark.parametrize(("sample", "row"), ROWS)


def in_words(row: Row) -> str:
    """Everything of a row that is read by people."""
    return "".join(
        row.get(key, "") for key in ("name", "standard", "from_whom", "condition", "sample", "source")
    )


def by(key: Callable[[Row], str]) -> dict[str, list[Row]]:
    """The rows of every sample, put together by what they have in common."""
    found: dict[str, list[Row]] = defaultdict(list)
    for sample in SAMPLES:
        for row in sample.rows:
            found[key(row)].append(row)
    return found


def test_each_item_collected_elsewhere_has_a_sample() -> None:
    """Fifteen folders with the codes of 异地代收代办 in the national list: none lacks, none is extra."""
    codes = [sample.code for sample in SAMPLES]

    assert len(codes) == 15
    assert sorted(codes) == sorted(TITLES)


def test_no_item_is_left_in_the_old_form() -> None:
    """Heads come from the national list alone; an `item.toml` beside it would be a second truth."""
    assert not list(FOLDER.glob("*/item.toml"))


@each_sample
def test_each_head_says_that_it_is_a_sample(sample: Sample) -> None:
    """Version, date and the mark 示例, and nothing that the national list already says."""
    assert set(sample.head) == {"version", "date", "mark"}
    assert sample.head["mark"] == "示例"
    assert re.fullmatch(r"sample-[1-9]\d*", sample.head["version"])
    assert sample.head["date"].isoformat() == "2026-11-20"


@each_sample
def test_each_sample_says_where_it_comes_from(sample: Sample) -> None:
    """SOURCE.md names title and row of the list, says 示例, and claims no rule that was read."""
    source = (FOLDER / sample.name / "SOURCE.md").read_text(encoding="utf-8")

    assert source.startswith(f"# {TITLES[sample.code]}\n")
    assert f"row {sample.code} of `forms/items/{LIST.name}`" in source
    assert "示例" in source
    assert "来源：未核对" in source
    assert not CITATION.search(source)


@each_sample
def test_each_sample_is_of_a_size_a_counter_can_work_with(sample: Sample) -> None:
    """Five to ten rows, of which some are always asked for; the application comes first."""
    assert 5 <= len(sample.rows) <= 10
    assert sample.rows[0]["id"] == "application"
    assert sample.rows[0]["required"] == "always"
    assert sum(row["required"] == "always" for row in sample.rows) >= 2


@each_sample
def test_each_sample_asks_who_the_applicant_is(sample: Sample) -> None:
    """The mover where the mover applies; an employer only if it applies, the injured one always."""
    ids = {row["id"] for row in sample.rows}
    identity = {"63": "mover_id", "76": "injured_id"}.get(sample.code, "applicant_id")

    assert sample.row(identity)["required"] == "always"
    assert ("applicant_id" in ids) == (sample.code != "63")


@each_sample
def test_no_two_rows_of_a_sample_can_be_mixed_up(sample: Sample) -> None:
    """One id and one name a row: the id is in the journal, the name on the notice."""
    ids = [row["id"] for row in sample.rows]
    names = [row["name"] for row in sample.rows]

    assert len(set(ids)) == len(ids)
    assert len(set(names)) == len(names)


@each_sample
def test_an_agent_shows_authorisation_and_identity(sample: Sample) -> None:
    """Both rows or, where the applicant must come in person, neither; asked for only if there is an agent."""
    agent = [row for row in sample.rows if row["id"] in AGENT_ROWS]

    if sample.code == IN_PERSON:
        assert agent == []
        assert not any("代办" in in_words(row) for row in sample.rows)
        return
    assert [row["id"] for row in agent] == ["authorisation", "agent_id"]
    assert sample.rows[-2:] == agent
    assert agent[0]["condition"] == agent[1]["condition"]
    assert TITLES[sample.code] in agent[0]["sample"]


def test_an_agent_is_asked_for_in_the_same_words() -> None:
    """由他人代办的; where an organisation applies, those whom it employs are named as well."""
    organisations = {"76", "99"}

    for sample in SAMPLES:
        if sample.code == IN_PERSON:
            continue
        condition = sample.row("agent_id")["condition"]
        if sample.code in organisations:
            assert condition.endswith("单位的经办人员或者其他人代办的")
        else:
            assert condition == "由他人代办的"


@each_row
def test_each_row_has_the_keys_of_its_kind(sample: Sample, row: Row) -> None:
    """A condition stands exactly where the row is not always required, and reads on as 的."""
    conditional = row["required"] == "when"

    assert row["required"] in {"always", "when"}
    assert set(row) == ROW_KEYS | ({"condition"} if conditional else set())
    assert re.fullmatch(r"[a-z][a-z0-9_]*", row["id"])
    assert row["form"] in set(PaperForm)
    assert row["copies"] >= 1
    assert row["from_whom"]
    assert not conditional or row["condition"].endswith("的")


@each_row
def test_each_row_claims_no_more_than_we_know(sample: Sample, row: Row) -> None:
    """Nobody has read the rule, so nothing is cited, and nothing deferred or exempt on our word."""
    assert row["source"] == "来源：未核对"
    assert row["deferrable"] is False
    assert row["exempt"] is False
    assert not CITATION.search(in_words(row))


@each_row
def test_each_standard_is_formal(sample: Sample, row: Row) -> None:
    """It ends as a sentence and asks for no opinion on substance, which is the home authority's."""
    assert row["standard"].endswith("。")
    assert not [word for word in SUBSTANCE if word in row["standard"] + row.get("condition", "")]


@each_row
def test_each_sample_text_shows_a_right_one(sample: Sample, row: Row) -> None:
    """示例 first, a whole sentence, and no number of more than four digits that could be somebody's."""
    assert row["sample"].startswith("示例：")
    assert row["sample"].endswith("。")
    assert not re.search(r"\d{5}", row["sample"])


@each_row
def test_what_the_clerk_reads_is_chinese(sample: Sample, row: Row) -> None:
    """Full-width marks and no Latin words, but the size of the paper."""
    text = in_words(row).replace("A4", "")

    assert not re.search(r"[A-Za-z,.;:!?()\"' ]", text)


@each_row
def test_each_fault_is_a_formal_defect(sample: Sample, row: Row) -> None:
    """Known to the review, each once, the missing paper first."""
    assert set(row["faults"]) <= set(DEFECTS)
    assert len(set(row["faults"])) == len(row["faults"])
    assert row["faults"][0] == "missing"


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("expired", "在有效期内|在租赁期内|期限|起止日期"),
        ("unsigned", "签名"),
        ("unsealed", "章"),
        ("undated", "日期|月"),
        ("altered", "无涂改"),
        ("damaged", "无破损"),
        ("number_differs", "号码|代码|账号"),
        ("name_differs", "姓名|名称|户名"),
    ],
)
def test_a_fault_offered_first_breaks_what_was_asked(code: str, asked: str) -> None:
    """The notice prints defect and standard side by side; a fault against nothing asked for would puzzle."""
    offered = [row for rows in by(lambda row: row["name"]).values() for row in rows if code in row["faults"]]

    assert offered
    assert not [row["name"] for row in offered if not re.search(asked, row["standard"])]


def test_a_paper_of_one_name_is_asked_for_in_one_way() -> None:
    """From one item to the next: same name, then same standard, form, number and faults."""
    for name, rows in by(lambda row: row["name"]).items():
        for key in ("standard", "form", "copies", "faults"):
            assert len({str(row[key]) for row in rows}) == 1, (name, key)


def test_a_paper_only_checked_goes_back_at_once() -> None:
    """复印件核对原件: the sample says so, and only there."""
    for rows in by(lambda row: row["name"]).values():
        for row in rows:
            checked = row["form"] == PaperForm.COPY_CHECKED
            assert row["sample"].endswith("原件核对后当场退还。") == checked, row["name"]


def test_the_rows_of_the_first_day_keep_their_ids() -> None:
    """Cases and practice stories name them; a new row comes after those that were there."""
    ids = {sample.code: [row["id"] for row in sample.rows] for sample in SAMPLES}

    assert ids["59"] == [
        "application", "applicant_id", "statement", "purpose", "supporting", "authorisation", "agent_id",
    ]  # fmt: skip
    assert ids["63"] == [
        "application", "mover_id", "mover_household", "spouse_id", "spouse_household", "marriage",
        "residence", "authorisation", "agent_id",
    ]  # fmt: skip


def test_a_newborn_is_registered_on_the_papers_of_both_parents() -> None:
    """What the scenario speaks of can be seen on papers: birth, marriage, identities, households."""
    (newborn,) = [sample for sample in SAMPLES if sample.code == "130"]

    always = {row["id"] for row in newborn.rows if row["required"] == "always"}

    assert always >= {"applicant_id", "other_parent_id", "parents_household", "birth", "marriage"}
    assert newborn.row("birth")["form"] == PaperForm.ORIGINAL


@each_sample
def test_our_reader_takes_each_sample_whole(sample: Sample) -> None:
    """Every row arrives in its order with what the file says, and the mark with it."""
    checklist = items.for_item(sample.code)

    assert checklist.origin is items.Origin.ITEM
    assert (checklist.version, checklist.mark) == (sample.head["version"], "示例")
    assert [
        (row.id, row.name, row.standard, row.form, row.condition, row.faults) for row in checklist.rows
    ] == [
        (row["id"], row["name"], row["standard"], row["form"], row.get("condition"), tuple(row["faults"]))
        for row in sample.rows
    ]


@each_sample
def test_each_sample_can_be_passed_and_failed(sample: Sample) -> None:
    """Everything as asked for passes the review; an unsigned application alone does not."""
    rows = [Asked(row["id"], row["form"], row["copies"], row.get("condition")) for row in sample.rows]
    right = [review.RowFinding(row.id, PaperForm(row.form), row.copies, 1) for row in rows]
    unsigned = review.RowFinding("application", PaperForm.ORIGINAL, 1, 1, ("unsigned",))

    assert review.conclude(rows, right).passed
    failing = review.conclude(rows, [unsigned, *right[1:]]).failing
    assert [(row.id, [defect.code for defect in defects]) for row, defects in failing] == [
        ("application", ["unsigned"])
    ]


class Asked(NamedTuple):
    """A row as the review sees it."""

    id: str
    form: str
    copies: int
    condition: str | None
    may_ask_for_paper: bool = True
