"""Checklists: the most specific one wins, and a fault in a file is named with file and key."""

from __future__ import annotations

import dataclasses
import datetime
import re
from pathlib import Path

import pytest

from forms import items, review
from forms.items import Checklist, ChecklistRow, InvalidItem, Origin, checklists
from forms.review import PaperForm

FOLDER = Path(items.__file__).parent

CHECKLIST = """
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
exempt = false
faults = ["missing", "unsigned"]
sample = "示例：张三"
source = "来源：未核对"

[[checklist.rows]]
id = "licence"
name = "营业执照"
standard = "由属地调取。"
form = "copy"
copies = 1
from_whom = "属地调取"
required = "when"
condition = "申请人为单位的"
deferrable = true
exempt = true
faults = []
sample = "示例：营业执照"
source = "来源：未核对"
"""


def put(folder: Path, name: str, *, code: str = "63", file: str = "checklist", text: str = CHECKLIST) -> Path:
    """A folder of checklists with one more in it; its version tells where it lies."""
    (folder / name).mkdir(exist_ok=True)
    head = "" if name == checklists.GENERIC else f'code = "{code}"\n'
    text = text.replace("test-1", f"{name}/{file}")
    (folder / name / f"{file}.toml").write_text(head + text, encoding="utf-8")
    return folder


def read(folder: Path, text: str) -> Checklist:
    """The checklist of item 63, written as this text."""
    return items.for_item("63", folder=put(folder, "trial", text=text))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A generic checklist, and item 63 with its own and those of a county, its city and its province."""
    put(tmp_path, "generic")
    for file in ("checklist", "450103", "450100", "450000"):
        put(tmp_path, "transfer", file=file)
    return tmp_path


@pytest.mark.parametrize(
    ("division", "file", "origin"),
    [
        ("450103", "transfer/450103", "jurisdiction"),
        ("450105", "transfer/450100", "jurisdiction"),
        ("450100", "transfer/450100", "jurisdiction"),
        ("450300", "transfer/450000", "jurisdiction"),
        ("450000", "transfer/450000", "jurisdiction"),
        ("350203", "transfer/checklist", "item"),
        (None, "transfer/checklist", "item"),
    ],
)
def test_the_most_specific_checklist_wins(folder: Path, division: str | None, file: str, origin: str) -> None:
    """County before city before province before the item's own."""
    checklist = items.for_item("63", division, folder)

    assert (checklist.version, checklist.origin) == (file, origin)


@pytest.mark.parametrize("division", [None, "450103"])
def test_an_item_without_a_folder_has_the_generic_checklist(folder: Path, division: str | None) -> None:
    """Wherever it is sent to."""
    checklist = items.for_item("59", division, folder)

    assert (checklist.version, checklist.origin) == ("generic/checklist", Origin.GENERIC)


def test_a_county_is_not_served_by_its_neighbour(tmp_path: Path) -> None:
    """450103 is asked for, 450105 is there."""
    put(put(tmp_path, "transfer"), "transfer", file="450105")

    assert items.for_item("63", "450103", tmp_path).origin is Origin.ITEM


@pytest.mark.parametrize(
    "division", ["4501", "45010", "4501030", "４５０１０３", "checklist", "../450103", "", "050103"]
)
def test_what_is_no_division_is_refused(folder: Path, division: str) -> None:
    """It becomes part of a file's name, so it is six digits and nothing else."""
    with pytest.raises(items.NoDivision):
        items.for_item("63", division, folder)


def test_an_unknown_code_has_no_checklist(folder: Path) -> None:
    """Not even the generic one."""
    with pytest.raises(items.UnknownItem):
        items.for_item("999", folder=folder)


def test_a_folder_is_found_by_its_code(folder: Path) -> None:
    """Being there is being registered; the generic one is nobody's."""
    assert items.names(folder) == ("transfer",)
    assert items.folder_of("63", folder) == "transfer"
    assert items.folder_of("59", folder) is None


def test_a_checklist_is_read_whole(tmp_path: Path) -> None:
    """Every key of the file arrives, in its own type."""
    checklist = read(tmp_path, CHECKLIST)

    assert (checklist.version, checklist.mark) == ("trial/checklist", "示例")
    assert checklist.date == datetime.date(2026, 11, 20)
    assert checklist.rows[0] == ChecklistRow(
        id="application",
        name="申请表",
        standard="填写完整。",
        form=PaperForm.ORIGINAL,
        copies=2,
        from_whom="申请人填写",
        condition=None,
        deferrable=False,
        exempt=False,
        faults=("missing", "unsigned"),
        sample="示例：张三",
        source="来源：未核对",
    )


def test_flags_and_conditions_arrive(tmp_path: Path) -> None:
    """`required` follows from the condition, so the two cannot disagree."""
    always, when = read(tmp_path, CHECKLIST).rows

    assert (always.required, always.condition) == ("always", None)
    assert (when.required, when.condition) == ("when", "申请人为单位的")
    assert (when.deferrable, when.exempt) == (True, True)
    assert (always.may_ask_for_paper, when.may_ask_for_paper) == (True, False)


def test_a_row_is_found_by_its_id(tmp_path: Path) -> None:
    """An unknown id is an error, not the first row."""
    checklist = read(tmp_path, CHECKLIST)

    assert checklist.row("licence").name == "营业执照"
    with pytest.raises(KeyError):
        checklist.row("passport")


def test_checklists_are_facts(tmp_path: Path) -> None:
    """Nothing changes a checklist under a case that is being handled."""
    checklist = read(tmp_path, CHECKLIST)

    with pytest.raises(dataclasses.FrozenInstanceError):
        checklist.version = "2"  # type: ignore[misc]  # that is the point


def test_two_folders_cannot_share_a_code(tmp_path: Path) -> None:
    """Otherwise a case's checklist would depend on the order of folders."""
    put(put(tmp_path, "trial"), "trial_again")

    with pytest.raises(InvalidItem, match=r"trial_again/checklist\.toml: code: is that of trial"):
        items.folder_of("63", tmp_path)


def test_a_folder_of_no_item_is_named(tmp_path: Path) -> None:
    """A mistyped code would make the checklist disappear without a word."""
    with pytest.raises(
        InvalidItem, match=r"trial/checklist\.toml: code: is not a number of the national list"
    ):
        items.folder_of("63", put(tmp_path, "trial", code="630"))


def test_the_checklist_of_a_division_is_of_the_item_of_its_folder(tmp_path: Path) -> None:
    """Copied from another item and left so, it is refused."""
    put(put(tmp_path, "trial"), "trial", code="59", file="450103")

    with pytest.raises(InvalidItem, match=r"trial/450103\.toml: code: is not 63"):
        items.for_item("63", "450103", tmp_path)


def test_the_generic_checklist_is_of_no_item(tmp_path: Path) -> None:
    """A code in it is a key nobody knows."""
    put(tmp_path, "generic", text='code = "59"\n' + CHECKLIST)

    with pytest.raises(InvalidItem, match=r"generic/checklist\.toml: code: is not known here"):
        items.for_item("59", folder=tmp_path)


@pytest.mark.parametrize(
    ("written", "instead", "key"),
    [
        ("[checklist]", "[check]", "checklist.version"),
        ("[checklist]", 'colour = "red"\n[checklist]', "colour"),
        ('version = "test-1"', "", "checklist.version"),
        ('version = "test-1"', 'version = " "', "checklist.version"),
        ('version = "test-1"', "version = 1", "checklist.version"),
        ("date = 2026-11-20", 'date = "2026-11-20"', "checklist.date"),
        ("date = 2026-11-20", "date = 2026-11-20T00:00:00", "checklist.date"),
        ('mark = "示例"', 'mark = "示例"\ncolour = 1', "checklist.colour"),
        ('id = "application"', 'id = "Application form"', "checklist.rows[1].id"),
        ('id = "licence"', 'id = "application"', "checklist.rows[2].id"),
        ("copies = 2", "copies = 0", "checklist.rows[1].copies"),
        ("copies = 2", "copies = true", "checklist.rows[1].copies"),
        ("copies = 2", 'copies = "2"', "checklist.rows[1].copies"),
        ('form = "original"', 'form = "scan"', "checklist.rows[1].form"),
        ('required = "always"', 'required = "never"', "checklist.rows[1].required"),
        ('required = "always"', 'required = "always"\ncondition = "x"', "checklist.rows[1].condition"),
        ('condition = "申请人为单位的"\n', "", "checklist.rows[2].condition"),
        ("deferrable = true", "deferrable = 1", "checklist.rows[2].deferrable"),
        ("exempt = true", 'exempt = "yes"', "checklist.rows[2].exempt"),
        ("exempt = true\n", "", "checklist.rows[2].exempt"),
        ("exempt = true", "exempt = true\nexempted = true", "checklist.rows[2].exempted"),
        ('"unsigned"', '"unbelievable"', "checklist.rows[1].faults"),
        ('"unsigned"', '"missing"', "checklist.rows[1].faults"),
    ],
)
def test_a_fault_is_named_with_file_and_key(tmp_path: Path, written: str, instead: str, key: str) -> None:
    """Whoever edits a checklist is told where to look, misspelt keys included."""
    assert written in CHECKLIST

    with pytest.raises(InvalidItem) as caught:
        read(tmp_path, CHECKLIST.replace(written, instead, 1))

    assert (caught.value.file, caught.value.key) == ("trial/checklist.toml", key)
    assert str(caught.value).startswith(f"trial/checklist.toml: {key}: ")


def test_a_checklist_without_rows_is_none(tmp_path: Path) -> None:
    """An empty checklist would pass every case."""
    text = CHECKLIST[: CHECKLIST.index("[[checklist.rows]]")] + "rows = []\n"

    with pytest.raises(InvalidItem, match=r"checklist\.rows: is not an array of tables"):
        read(tmp_path, text)


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    """The parser's own words say where."""
    with pytest.raises(InvalidItem, match=r"trial/checklist\.toml: .*line 2"):
        read(tmp_path, "title = 开具\n")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    """Saved in GBK by an editor, it is refused with its name instead of being shown as rubbish."""
    put(tmp_path, "trial")
    (tmp_path / "trial" / "checklist.toml").write_bytes(CHECKLIST.encode("gbk"))

    with pytest.raises(InvalidItem, match=r"trial/checklist\.toml: .*utf-8"):
        items.for_item("63", folder=tmp_path)


def test_every_item_has_a_checklist() -> None:
    """Its own or the generic one, and the folders are those of the items that have one."""
    own = {item.code for item in items.all_items() if items.for_item(item.code).origin is Origin.ITEM}

    assert own == {code for code in map(str, range(1, 138)) if items.folder_of(code)}
    assert len(own) == len(items.names())
    assert {"59", "63"} <= own


def test_every_file_beside_a_checklist_is_one_of_a_division() -> None:
    """A file named otherwise would never be read."""
    stems = {file.stem for file in FOLDER.glob("*/*.toml")}

    assert not [stem for stem in stems if not re.fullmatch(r"checklist|[1-9][0-9]{5}", stem)]


def test_the_generic_checklist_is_an_honest_sample() -> None:
    """示例, nothing deferrable or exempt, formal standards, and no source claimed that nobody has read."""
    checklist = items.for_item("1")

    assert (checklist.origin, checklist.mark) == (Origin.GENERIC, "示例")
    for row in checklist.rows:
        assert row.source == "来源：未核对"
        assert row.sample.startswith("示例：")
        assert not row.deferrable
        assert not row.exempt
        assert "missing" in row.faults
        assert not any(mark in row.standard for mark in ("〔", "《", "号令"))


def test_the_generic_checklist_serves_persons_and_organisations() -> None:
    """Only the application is always asked for; the rest has its condition."""
    rows = items.for_item("1").rows

    assert [row.id for row in rows if row.required == "always"] == ["application"]
    assert {row.id: row.condition for row in rows}["applicant_id"] == "申请人为个人的"
    assert "申请人为单位的" in (items.for_item("1").row("business_licence").condition or "")


def test_the_generic_checklist_can_be_passed() -> None:
    """With every row as asked for, and conditional rows not applicable, the review passes."""
    rows = items.for_item("1").rows
    findings = [
        review.RowFinding(row.id, row.form, row.copies, 1)
        if row.required == "always"
        else review.RowFinding(row.id, not_applicable=True)
        for row in rows
    ]

    assert review.conclude(rows, findings).passed
