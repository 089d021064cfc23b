"""Noun `history`, typed: looked at first, taken in, listed, shown and found; never a case."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.line import Line
from tests.workstation.acts.ledgers_of_old import HEADS, a_csv, a_line


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger of three lines: one sound, one rounded, one total."""
    return a_csv(tmp_path / "旧台账.csv", a_line(), a_line(applicant_id="450103199003070000"), ("合计", "2"))


def test_a_file_is_looked_at_first(counter: Line, path: Path) -> None:
    """Columns as they are guessed, damage and what is left out, masked lines; nothing is written."""
    shown = counter("history", "import", str(path), "--preview", as_="2001")
    found = counter("history", "import", str(path), "--preview", "--json", as_="2001").json["preview"]

    assert shown.exit_code == 0, shown.err
    assert "按列名猜的，还没有人认可" in shown.out
    assert "证件号码只剩 15 位，后面的数字已变成 0：1 行" in shown.out
    assert "不导入，合计行：1 行" in shown.out
    assert "450103199003070004" not in shown.out
    assert (found["source"], found["taken"], found["left_out"]) == ("guessed", 2, {"total": 1})
    assert found["heads"][4] == {"name": "申请人", "column": "applicant_name", "sample": "覃**"}
    assert counter("history", "list", as_="1001").out.strip() == "还没有导入过旧台账。"


def test_a_file_is_taken_in_once_somebody_has_said_what_it_is(counter: Line, path: Path) -> None:
    """Not by the guess alone; with it agreed to and one column otherwise it is; the second time refused."""
    unsaid = counter("history", "import", str(path), "--json", as_="2001")
    said = ("--guessed", "--map", "业务属地=业务属地+向下填", "--map", "备注=")
    done = counter("history", "import", str(path), *said, "--json", as_="2001")
    again = counter("history", "import", str(path), "--json", as_="2001")

    assert (unsaid.exit_code, unsaid.code) == (3, "history-not-mapped")
    assert done.exit_code == 0, done.err
    assert done.json["rescue"]["taken"] == 2
    assert done.json["flags"] == {"applicant_id:rounded": 1}
    assert done.json["left_out"] == {"total": 1}
    assert Path(done.json["report"]).read_text("utf-8-sig").splitlines()[1] == '"4","合计行"'
    assert (again.exit_code, again.code) == (3, "history-imported")


def test_history_is_listed_shown_and_found(counter: Line, path: Path) -> None:
    """Files, damaged lines, one line, and whoever is looked for; personal fields masked everywhere."""
    taken = counter("history", "import", str(path), "--guessed", as_="2001")
    assert "没有导入的行列在" in taken.out
    (rescue,) = counter("history", "list", "--json", as_="1001").json["rescues"]
    listed = counter("history", "list", rescue["id"], "--json", as_="1001").json
    text = counter("history", "list", rescue["id"], as_="1001").out
    line = counter("history", "show", f"{rescue['id']}:3", as_="1001").out
    data = counter("history", "show", f"{rescue['id']}:3", "--json", as_="1001").json["old_case"]
    found = counter("history", "find", "覃示例", "--json", as_="1001").json["old_cases"]

    assert rescue["state"] == "imported"
    assert [old["line"] for old in listed["old_cases"]] == [3]
    assert "已导入　2 行　残损 1　未导入 1" in text
    assert "只供查阅，不能办理" in line
    assert "! 证件号码只剩 15 位" in line
    assert (data["applicant_name"], data["flags"]) == ("覃**", "applicant_id:rounded")
    assert "id_digest" not in data
    assert [old["line"] for old in found] == [2, 3]
    assert counter("history", "find", "没有这个人", as_="1001").out.strip() == "没有找到。"
    assert (
        "没有（更多）残损的行"
        in counter("history", "list", rescue["id"], "--after", f"{rescue['id']}:3", as_="1001").out
    )


def test_a_workbook_and_a_sheet_of_it(counter: Line, tmp_path: Path) -> None:
    """Remembered by its heads, the second file needs no word."""
    counter("history", "import", str(a_csv(tmp_path / "a.csv", a_line())), "--guessed", as_="2001")
    path = a_csv(tmp_path / "b.csv", a_line(number="2"))

    shown = counter("history", "import", str(path), "--preview", as_="2001")
    done = counter("history", "import", str(path), as_="2001")

    assert "按记住的列对应" in shown.out
    assert "1 行，其中 0 行有残损" in done.out


@pytest.mark.parametrize(
    ("words", "exit_code", "code"),
    [
        (("--map", "没有的列=编号"), 2, "history-map-wrong"),
        (("--map", "编号=没有的字段"), 2, "history-map-wrong"),
        (("--map", "编号"), 2, "history-map-form"),
        (("--sheet", "二〇二三"), 3, "history-not-mapped"),
    ],
)
def test_what_is_said_wrong_is_told(
    counter: Line, path: Path, words: tuple[str, ...], exit_code: int, code: str
) -> None:
    """Each in its own words; a text file has no sheets, and is read whatever sheet is named."""
    answer = counter("history", "import", str(path), *words, "--json", as_="2001")

    assert (answer.exit_code, answer.code) == (exit_code, code)


def test_a_clerk_does_not_import_and_an_old_case_is_no_case(counter: Line, path: Path) -> None:
    """The clerk finds and looks; `case show` refuses an old number and an old line in words."""
    clerk = counter("history", "import", str(path), "--guessed", "--json", as_="1001")
    counter("history", "import", str(path), "--guessed", as_="2001")

    assert (clerk.exit_code, clerk.code) == (3, "wrong-role")
    for name in ("桂跨〔2023〕17号", "2026-11-20-1:2"):
        answer = counter("case", "show", name, as_="1001")
        assert answer.exit_code == 3
        assert "没有编号为" in answer.err
    assert counter("history", "show", HEADS[0], "--json", as_="1001").code == "history-not-found"
