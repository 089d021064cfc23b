"""Table files: every reason has words, faults are told all at once, nothing is half taken or half written."""

from __future__ import annotations

import errno
import io
import string
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from integrations.spreadsheets import Column, ColumnFault, FaultKind, HeaderFault, Reason, SpreadsheetError
from tests.builders import assert_explained
from workstation.acts import table_files
from workstation.acts.table_files import Changed, Difference, RowFault, RowsFaulty
from workstation.errors import Explained, OutsideFailed, Refused, WrongUsage

SPEC = (Column("代码", ("编号",)), Column("名称"), Column("备注", required=False))
HEADER = "代码,名称\n"


def refusal(act: Callable[[], object], code: str) -> Explained:
    """What a person is told."""
    with pytest.raises(Explained) as caught:
        act()
    assert_explained(caught.value, code)
    return caught.value


def a_bomb() -> bytes:
    """A file that would unpack to far more than it is."""
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 30_000_000)
    return output.getvalue()


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_words_and_a_code_of_its_own(reason: Reason) -> None:
    """Why and what next in Chinese; the code is the reason's."""
    error = table_files.explained(SpreadsheetError(reason, "detail", line=7), "表.csv")

    assert_explained(error, f"file-{reason}".replace("_", "-"))
    assert "表.csv" in error.what
    assert error.why.startswith("第 7 行：")
    assert "detail" not in error.why + error.next
    assert "{" not in error.why


def test_there_are_no_words_for_what_cannot_be() -> None:
    """The list is that of the reasons, no longer, and no two sound alike."""
    assert table_files.REASONS.keys() == set(Reason)
    assert len({why for why, _ in table_files.REASONS.values()}) == len(Reason)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file-empty"),
        (b"\n , ,\n", "file-empty"),
        (HEADER.encode(), "file-no-rows"),
        (b"\x89PNG\r\n\x1a\n\0\0", "file-binary"),
        (b"%PDF-1.7\n\x00\x01", "file-binary"),
        (b"\xff\xfa\xe9\xa0 abc", "file-encoding"),
        (b"<html><table></table></html>", "file-unknown-format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "file-old-format"),
        (b"PK\x03\x04 torn", "file-damaged"),
        (a_bomb(), "file-zip-bomb"),
        (b"x" * (20 * 1024 * 1024 + 1), "file-too-large"),
        ('代码,名称\n"甲,乙\n'.encode(), "file-quotes"),
        ("代码,备注\n1,2\n".encode(), "file-header"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_a_bad_file_is_refused_under_its_own_code(content: bytes, code: str) -> None:
    """Whoever reads the code out on the telephone has said what is wrong with the file."""
    error = refusal(lambda: table_files.read("坏.csv", content, SPEC), code)

    assert isinstance(error, WrongUsage)


def test_a_file_that_cannot_be_opened_says_why(tmp_path: Path) -> None:
    """In the words for the system's refusals; a folder is no file."""
    missing = refusal(lambda: table_files.read("无.csv", tmp_path / "无.csv", SPEC), "file-unreadable")
    folder = refusal(lambda: table_files.read("夹", tmp_path, SPEC), "file-unreadable")

    assert isinstance(missing, OutsideFailed)
    assert "No such" not in missing.why
    assert "打不开" in folder.why


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_what_chinese_programs_write_is_read(encoding: str) -> None:
    """UTF-8, GBK and UTF-16 with its mark give the same rows; another name of a column is known too."""
    table = table_files.read("好.csv", "编号,名称\nA-1,示例\n".encode(encoding), SPEC)

    assert [line.cells for line in table.lines] == [{"代码": "A-1", "名称": "示例", "备注": ""}]
    assert table.absent == ("备注",)


def test_all_that_is_wrong_with_a_header_is_told_at_once() -> None:
    """Columns missing and doubled, each with its name, doubled ones with their places."""
    faults = (ColumnFault(FaultKind.MISSING, "邮编"), ColumnFault(FaultKind.DOUBLED, "电话", ("C", "F")))

    error = table_files.explained(HeaderFault(faults, line=2), "表.csv")

    assert error.why == "第 2 行：表头不对：缺少“邮编”列；“电话”列有 2 个（C 列、F 列）。"


def test_every_row_fault_is_told_in_the_order_of_the_file() -> None:
    """Line, column and reason of each, and how many there are."""
    error = RowsFaulty("表.csv", [RowFault(9, "电话", "位数不对。"), RowFault(2, "邮编", "没有填写。")])

    assert_explained(error, "file-rows")
    assert "2 处" in error.what
    assert error.why.splitlines() == ["第 2 行“邮编”：没有填写。", "第 9 行“电话”：位数不对。"]
    assert [fault.line for fault in error.faults] == [2, 9]


def test_a_name_that_steers_the_terminal_is_shown_harmless() -> None:
    """File names come from outside too."""
    assert "\x1b" not in RowsFaulty("表\x1b[2J.csv", [RowFault(2, "邮编", "没有填写。")]).what


HERE = {
    "a": {"name": "甲", "phone": "1"},
    "b": {"name": "乙", "phone": "2"},
    "c": {"name": "丙", "phone": "3"},
}


def test_a_difference_tells_added_changed_unchanged_and_removed() -> None:
    """By key, and of those changed in which fields."""
    file = {"d": {"name": "丁", "phone": "4"}, "b": {"name": "乙", "phone": "9"}, "a": HERE["a"]}

    found = table_files.difference(HERE, file)

    assert found == Difference(("d",), (Changed("b", ("phone",)),), ("a",), ("c",))
    assert found.counts() == {"added": 1, "changed": 1, "unchanged": 1, "removed": 1}
    assert not found.is_empty
    assert {key: found.names[key] for key in "dbc"} == {"d": "丁", "b": "乙", "c": "丙"}


def test_a_record_renamed_by_the_file_is_called_by_its_new_name() -> None:
    """What has no name is called nothing; what two differences say does not depend on names."""
    found = table_files.difference(
        {"a": HERE["a"], "b": {"phone": "1"}}, {"a": {"name": "甲二", "phone": "1"}}
    )

    assert found.names == {"a": "甲二", "b": ""}
    assert found == Difference(changed=(Changed("a", ("name",)),), removed=("b",))


def test_the_same_again_is_no_difference() -> None:
    """Nor is an empty file against nothing."""
    assert table_files.difference(HERE, HERE).is_empty
    assert table_files.difference({}, {}).is_empty


def test_a_difference_is_summed_up_for_a_person() -> None:
    """Each record in a line, fields by their names, the counts last."""
    found = Difference(("d",), (Changed("b", ("name", "phone")),), ("a",), ("c",))

    assert table_files.summary(found, {"name": "名称", "phone": "电话"}).splitlines() == [
        "新增  d",
        "更改  b（名称、电话）",
        "去掉  c",
        "新增 1，更改 1，去掉 1，不变 1",
    ]


@pytest.mark.parametrize("kind", table_files.FORMATS)
def test_what_is_written_is_read_again(kind: str) -> None:
    """Formulas, leading zeros, commas and quotes come back as the texts they were."""
    rows = [("=1+1", "0010", '逗号,引号"'), ("+86-10", "@甲", "-")]

    content = table_files.written(kind, ("代码", "名称", "备注"), rows, title="示例")

    table = table_files.read(f"示例.{kind}", content, SPEC)
    assert [tuple(line.cells.values()) for line in table.lines] == rows


def test_what_no_table_can_hold_is_not_written() -> None:
    """A control character is refused in words."""
    refusal(lambda: table_files.written("csv", ("代码",), [("\x07",)], title="示例"), "file-character")


@pytest.mark.parametrize(("name", "kind"), [("部门.csv", "csv"), ("部门.XLSX", "xlsx"), ("a.b.xlsx", "xlsx")])
def test_the_ending_tells_the_kind(name: str, kind: str) -> None:
    """In capital letters too."""
    assert table_files.kind_of(Path(name)) == kind


@pytest.mark.parametrize("name", ["部门", "部门.xls", "部门.csv.txt", ".csv", "."])
def test_another_ending_is_refused(name: str) -> None:
    """Nobody guesses which kind was meant."""
    refusal(lambda: table_files.kind_of(Path(name)), "file-ending")


def test_a_file_is_written_whole_and_over_another_only_by_force(tmp_path: Path) -> None:
    """Without it what is there stays; nothing is left beside it."""
    path = tmp_path / "部门.csv"

    assert table_files.save(path, b"one") == path
    error = refusal(lambda: table_files.save(path, b"two"), "file-exists")
    assert path.read_bytes() == b"one"
    assert isinstance(error, Refused)
    assert "--force" in error.next

    table_files.save(path, b"three", force=True)
    assert path.read_bytes() == b"three"
    assert list(tmp_path.iterdir()) == [path]


def test_a_place_that_takes_no_file_is_told(tmp_path: Path) -> None:
    """A folder that is not there, or one of that name: nothing is left behind."""
    (tmp_path / "占用.csv").mkdir()

    for force in (False, True):
        error = refusal(
            lambda force=force: table_files.save(tmp_path / "没有" / "部门.csv", b"x", force=force),  # type: ignore[misc]
            "file-not-written",
        )
        assert isinstance(error, OutsideFailed)
        assert not set(error.why) & set(string.ascii_letters)
    refusal(lambda: table_files.save(tmp_path / "占用.csv", b"x", force=True), "file-not-written")
    assert [path.name for path in tmp_path.iterdir()] == ["占用.csv"]


def test_a_half_written_file_does_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk ends in the middle: what was there stays, what was begun goes."""
    kept = tmp_path / "旧.csv"
    kept.write_bytes(b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(Path, "replace", full)

    refusal(lambda: table_files.save(tmp_path / "新.csv", b"new"), "file-not-written")
    refusal(lambda: table_files.save(kept, b"new", force=True), "file-not-written")

    assert [path.name for path in tmp_path.iterdir()] == ["旧.csv"]
    assert kept.read_bytes() == b"old"
