"""Items as data: those we ship keep the contract, and a fault in a file is named with file and key."""

from __future__ import annotations

import dataclasses
import datetime
from pathlib import Path

import pytest

from forms import items, review
from forms.items import InvalidItem, Item, Mode
from forms.review import DEFECTS, PaperForm

FOLDER = Path(items.__file__).parent

ITEM = """
code = "999"
title = "试办事项"
scenario = "只为测试"
mode = "collect_elsewhere"
basis_place = "户籍地"
lead_ministry = "公安部"
cooperating_ministries = ["民政部"]
provincial_department = "省公安厅"

[checklist]
version = "test-1"
date = 2026-11-20
mark = "示例"

[[checklist.rows]]
id = "application"
name = "申请表"
standard = "填写完整。"
form = "original"
copies = 2
from_whom = "申请人填写"
required = "always"
deferrable = false
faults = ["missing", "unsigned"]
sample = "示例：张三"
source = "来源：未核对"

[[checklist.rows]]
id = "authorisation"
name = "授权委托书"
standard = "双方签名。"
form = "original"
copies = 1
from_whom = "申请人出具"
required = "when"
condition = "由他人代办的"
deferrable = false
faults = []
sample = "示例：委托"
source = "来源：未核对"
"""


def put(folder: Path, text: str = ITEM, name: str = "trial") -> Path:
    """A folder of items with one item in it."""
    (folder / name).mkdir()
    (folder / name / "item.toml").write_text(text, encoding="utf-8")
    return folder


def test_the_two_items_of_the_first_day_are_there() -> None:
    """开具户籍类证明 and 夫妻投靠户口迁移 are found by name and by their number in the national list."""
    certificate = items.by_code("59")
    transfer = items.load("spouse_household_transfer")

    assert (certificate.name, certificate.title) == ("household_certificate", "开具户籍类证明")
    assert (transfer.code, transfer.title) == ("63", "夫妻投靠户口迁移")
    assert certificate.basis_place == "户籍地"
    assert transfer.basis_place == "迁入地"
    assert certificate.lead_ministry == transfer.lead_ministry == "公安部"
    assert transfer.cooperating_ministries == ("民政部",)


def test_all_items_stand_in_the_order_of_the_list() -> None:
    """Being in the folder is being registered, and codes order as numbers."""
    everything = items.all_items()

    assert {item.name for item in everything} == set(items.names())
    assert [int(item.code) for item in everything] == sorted(int(item.code) for item in everything)


@pytest.mark.parametrize("item", items.all_items(), ids=lambda item: item.name)
def test_each_shipped_checklist_is_an_honest_sample(item: Item) -> None:
    """示例, four to eight rows, nothing deferrable, and no source claimed that nobody has read."""
    assert item.mode is Mode.COLLECT_ELSEWHERE
    assert item.checklist_mark == "示例"
    assert item.checklist_version
    assert 4 <= len(item.rows) <= 8
    for row in item.rows:
        assert row.source == "来源：未核对"
        assert row.sample.startswith("示例：")
        assert not row.deferrable
        assert "missing" in row.faults
        assert set(row.faults) <= set(DEFECTS)


@pytest.mark.parametrize("item", items.all_items(), ids=lambda item: item.name)
def test_each_shipped_checklist_names_no_law(item: Item) -> None:
    """A document number or article nobody has read must not reach a notice."""
    text = "".join(row.standard + row.name + row.sample + (row.condition or "") for row in item.rows)

    assert not any(mark in text for mark in ("〔", "《", "第", "号令"))


@pytest.mark.parametrize("name", items.names())
def test_each_item_says_where_it_comes_from(name: str) -> None:
    """SOURCE.md lies beside every item.toml."""
    source = (FOLDER / name / "SOURCE.md").read_text(encoding="utf-8")

    assert items.load(name).title in source
    assert "示例" in source


@pytest.mark.parametrize("item", items.all_items(), ids=lambda item: item.name)
def test_each_shipped_checklist_can_be_passed(item: Item) -> None:
    """With every row as asked for, and conditional rows not applicable, the review passes."""
    findings = [
        review.RowFinding(row.id, row.form, row.copies, 1)
        if row.required == "always"
        else review.RowFinding(row.id, not_applicable=True)
        for row in item.rows
    ]

    assert review.conclude(item.rows, findings).passed


def test_an_item_is_read_whole(tmp_path: Path) -> None:
    """Every key of the file arrives in the item, in its own type."""
    item = items.load("trial", put(tmp_path))

    assert (item.name, item.code, item.title) == ("trial", "999", "试办事项")
    assert (item.checklist_version, item.checklist_date) == ("test-1", datetime.date(2026, 11, 20))
    assert item.rows[0] == items.ChecklistRow(
        id="application",
        name="申请表",
        standard="填写完整。",
        form=PaperForm.ORIGINAL,
        copies=2,
        from_whom="申请人填写",
        condition=None,
        deferrable=False,
        faults=("missing", "unsigned"),
        sample="示例：张三",
        source="来源：未核对",
    )


def test_a_conditional_row_carries_its_condition(tmp_path: Path) -> None:
    """`required` follows from the condition, so the two cannot disagree."""
    always, when = items.load("trial", put(tmp_path)).rows

    assert (always.required, always.condition) == ("always", None)
    assert (when.required, when.condition) == ("when", "由他人代办的")


def test_a_row_is_found_by_its_id(tmp_path: Path) -> None:
    """An unknown id is an error, not the first row."""
    item = items.load("trial", put(tmp_path))

    assert item.row("authorisation").name == "授权委托书"
    with pytest.raises(KeyError):
        item.row("passport")


def test_items_are_facts(tmp_path: Path) -> None:
    """Nothing changes an item under a case that is being handled."""
    item = items.load("trial", put(tmp_path))

    with pytest.raises(dataclasses.FrozenInstanceError):
        item.title = "别的"  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize("name", ["nothing", "", "..", "../items", "trial/../trial"])
def test_an_unknown_name_is_no_item(tmp_path: Path, name: str) -> None:
    """A name is looked for among the folders, never used as a path."""
    with pytest.raises(items.UnknownItem):
        items.load(name, put(tmp_path))


def test_an_unknown_code_is_no_item() -> None:
    """Codes are compared as they are written."""
    for code in ("0", "059", "５９", "开具"):
        with pytest.raises(items.UnknownItem):
            items.by_code(code)


def test_two_items_cannot_share_a_code(tmp_path: Path) -> None:
    """Otherwise a case's item would depend on the order of folders."""
    put(tmp_path)
    put(tmp_path, name="trial_again")

    with pytest.raises(InvalidItem, match=r"trial_again/item\.toml: code: is that of trial"):
        items.all_items(tmp_path)


@pytest.mark.parametrize(
    ("written", "instead", "key"),
    [
        ('title = "试办事项"', "", "title"),
        ('title = "试办事项"', 'title = " "', "title"),
        ('title = "试办事项"', "title = 1", "title"),
        ('code = "999"', 'code = "９"', "code"),
        ('code = "999"', 'code = "a"', "code"),
        ('"collect_elsewhere"', '"by_pigeon"', "mode"),
        ('["民政部"]', '"民政部"', "cooperating_ministries"),
        ('["民政部"]', "[1]", "cooperating_ministries"),
        ('["民政部"]', '["民政部", "民政部"]', "cooperating_ministries"),
        ('scenario = "只为测试"', 'scenario = "只为测试"\nscenery = "x"', "scenery"),
        ("[checklist]", "[check]", "checklist.version"),
        ("date = 2026-11-20", 'date = "2026-11-20"', "checklist.date"),
        ("date = 2026-11-20", "date = 2026-11-20T00:00:00", "checklist.date"),
        ('mark = "示例"', 'mark = "示例"\ncolour = 1', "checklist.colour"),
        ('id = "application"', 'id = "Application form"', "checklist.rows[1].id"),
        ('id = "authorisation"', 'id = "application"', "checklist.rows[2].id"),
        ("copies = 2", "copies = 0", "checklist.rows[1].copies"),
        ("copies = 2", "copies = true", "checklist.rows[1].copies"),
        ("copies = 2", 'copies = "2"', "checklist.rows[1].copies"),
        ('form = "original"\ncopies = 2', 'form = "scan"\ncopies = 2', "checklist.rows[1].form"),
        ('required = "always"', 'required = "never"', "checklist.rows[1].required"),
        ('required = "always"', 'required = "always"\ncondition = "x"', "checklist.rows[1].condition"),
        ('condition = "由他人代办的"\n', "", "checklist.rows[2].condition"),
        ("deferrable = false\nfaults = []", "deferrable = 0\nfaults = []", "checklist.rows[2].deferrable"),
        ('"unsigned"', '"unbelievable"', "checklist.rows[1].faults"),
    ],
)
def test_a_fault_is_named_with_file_and_key(tmp_path: Path, written: str, instead: str, key: str) -> None:
    """Whoever edits a checklist is told where to look, misspelt keys included."""
    assert written in ITEM

    with pytest.raises(InvalidItem) as caught:
        items.load("trial", put(tmp_path, ITEM.replace(written, instead, 1)))

    assert (caught.value.file, caught.value.key) == ("trial/item.toml", key)
    assert str(caught.value).startswith(f"trial/item.toml: {key}: ")


def test_a_checklist_without_rows_is_none(tmp_path: Path) -> None:
    """An empty checklist would pass every case."""
    text = ITEM[: ITEM.index("[[checklist.rows]]")] + "rows = []\n"

    with pytest.raises(InvalidItem, match=r"checklist\.rows: is not an array of tables"):
        items.load("trial", put(tmp_path, text))


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    """The parser's own words say where."""
    with pytest.raises(InvalidItem, match=r"trial/item\.toml: .*line 2"):
        items.load("trial", put(tmp_path, "code = 1\ntitle = 开具\n"))


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    """Saved in GBK by an editor, it is refused with its name instead of being shown as rubbish."""
    put(tmp_path)
    (tmp_path / "trial" / "item.toml").write_bytes(ITEM.encode("gbk"))

    with pytest.raises(InvalidItem, match=r"trial/item\.toml: .*utf-8"):
        items.load("trial", tmp_path)
