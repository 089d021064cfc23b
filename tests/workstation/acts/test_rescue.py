"""旧台账导入: portions that go on where they stopped, mappings that somebody agreed to, nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from integrations import spreadsheets
from tests import builders
from tests.builders import assert_explained
from tests.lengths import often
from tests.workstation.acts.ledgers_of_old import HEADS, MAPPING, a_book, a_csv, a_large_book, a_line
from workstation.acts import ledger_columns, old_cases, rescue, verification
from workstation.acts.desk import Desk
from workstation.acts.progress import Stopped
from workstation.domain.history import OldCase
from workstation.errors import Explained, Refused, WrongUsage

ID = "450103199003070004"
#: A hall's ledger of some years has 20 000.
LINES = often(20_000, 4_000)


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor, who imports."""
    return builders.at(desk, "2001")


@pytest.fixture
def by_tens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Portions of ten lines."""
    monkeypatch.setattr(rescue, "PORTION", 10)


def all_lines(desk: Desk) -> list[OldCase]:
    """The whole of history."""
    with desk.reading() as reading:
        return sorted(reading.old_cases.where(), key=lambda old: (old.rescue, old.line))


def denied(act: Callable[[], object], code: str) -> Explained:
    """An act is refused under this code, in words that help."""
    with pytest.raises(Explained) as caught:
        act()
    assert_explained(caught.value, code)
    return caught.value


def power_cut(after: int) -> Callable[[int, int | None], None]:
    """Ends the program when so many lines have gone by."""

    def told(done: int, _: int | None) -> None:
        if done >= after:
            raise KeyboardInterrupt

    return told


def esc(after: int) -> Callable[[int, int | None], None]:
    """Somebody presses Esc when so many lines have gone by."""

    def told(done: int, total: int | None) -> None:
        if total is not None and done >= after:
            raise Stopped

    return told


# --- looking first


def test_a_preview_shows_guesses_and_writes_nothing(desk: Desk, tmp_path: Path) -> None:
    """Heads, proposed fields, counts by flag and reason, first lines masked; the ledger stays as it was."""
    path = a_csv(tmp_path / "a.csv", a_line(), a_line(applicant_id="450103199003070000"), ("合计",))

    found = rescue.preview(desk, path)

    assert (found.source, found.columns) == ("guessed", MAPPING)
    assert (found.lines, found.taken, found.flagged) == (3, 2, 1)
    assert (found.flags, found.left) == ({"applicant_id:rounded": 1}, {"total": 1})
    assert found.first[0]["applicant_id"] == "450103********0004"
    assert found.first[0]["applicant_name"] == "覃**"
    assert found.heads[5].sample == "450103********0004"
    assert all_lines(desk) == []
    assert old_cases.listed(desk) == []


def test_a_column_nobody_has_named_shows_hardly_anything(desk: Desk, tmp_path: Path) -> None:
    """What stands in it may be about anybody."""
    path = a_csv(tmp_path / "a.csv", ("1", "覃示例", "李某某的母亲"), heads=("编号", "姓名", "关系"))

    head = rescue.preview(desk, path).heads[2]

    assert (head.name, head.column, head.sample) == ("关系", "", "李*****")


def test_guesses_are_never_applied_by_themselves(desk: Desk, tmp_path: Path) -> None:
    """Without a mapping nothing is imported, and the refusal shows what the guess would be."""
    path = a_csv(tmp_path / "a.csv", a_line())

    error = denied(lambda: rescue.run(desk, path), "history-not-mapped")

    assert "身份证号＝证件号码" in error.why
    assert all_lines(desk) == []
    assert rescue.run(desk, path, guessed=True).rescue.taken == 1


def test_a_mapping_is_remembered_by_its_heads(desk: Desk, tmp_path: Path) -> None:
    """The next year's ledger needs none; another order of columns is another ledger."""
    rescue.run(desk, a_csv(tmp_path / "a.csv", a_line()), {"申请人": "applicant_name"})

    again = rescue.preview(desk, a_csv(tmp_path / "b.csv", a_line(number="2")))
    other = rescue.preview(desk, a_csv(tmp_path / "c.csv", a_line()[::-1], heads=HEADS[::-1]))

    assert (again.source, again.columns) == ("remembered", {"申请人": "applicant_name"})
    assert (other.source, len(other.columns)) == ("guessed", len(MAPPING))
    rescue.run(desk, tmp_path / "b.csv", {"申请人": "", "编号": "number"})
    assert [old.number for old in all_lines(desk)] == ["", "2"]


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ({"姓甚名谁": "applicant_name"}, "文件里没有“姓甚名谁”这一列"),
        ({"申请人": "nickname"}, "没有“nickname”这个字段"),
        ({"申请人": "applicant_name", "备注": "applicant_name"}, "“申请人姓名”对应了 2 列（申请人、备注）"),
    ],
)
def test_a_wrong_mapping_is_refused_with_all_that_is_wrong(
    desk: Desk, tmp_path: Path, mapping: dict[str, str], said: str
) -> None:
    """Unknown heads, unknown fields, one field for two columns; the heads there are named."""
    path = a_csv(tmp_path / "a.csv", a_line())

    error = denied(lambda: rescue.run(desk, path, mapping), "history-map-wrong")

    assert isinstance(error, WrongUsage)
    assert said in error.why
    assert "身份证号" in error.next
    assert old_cases.listed(desk) == []


def test_a_mapping_that_takes_names_for_numbers_keeps_them_encrypted(desk: Desk, tmp_path: Path) -> None:
    """What would stand in clear, and in the journal, is moved to the remark and told."""
    path = a_csv(tmp_path / "a.csv", a_line())

    found = rescue.run(desk, path, {"申请人": "number", "身份证号": "waybill", "事项": "received_on"})

    (old,) = all_lines(desk)
    assert (old.number, old.waybill, old.received_on) == ("", "", None)
    assert (
        found.flags["number:moved"] == found.flags["waybill:moved"] == found.flags["received_on:moved"] == 1
    )
    with desk.reading() as reading:
        said = "".join(entry.body for entry in reading.journal())
    assert "覃示例" not in said
    assert ID not in said


# --- the file


def test_an_empty_file_is_denied(desk: Desk, tmp_path: Path) -> None:
    """No text at all; heads and nothing under them; only totals; no heads."""
    (tmp_path / "0.csv").write_bytes(b"")
    cases = {
        "file-empty": tmp_path / "0.csv",
        "history-nothing": a_csv(tmp_path / "1.csv"),
        "history-no-heads": a_csv(tmp_path / "2.csv", ("覃示例", ID), heads=("李示例", "1")),
        "file-unreadable": tmp_path / "none.xlsx",
    }

    for code, path in cases.items():
        denied(partial(rescue.run, desk, path, guessed=True), code)
    totals = a_csv(tmp_path / "3.csv", ("合计", "17"))
    assert "有 1 行" in denied(lambda: rescue.run(desk, totals, guessed=True), "history-nothing").why
    assert old_cases.listed(desk) == []


def test_what_is_too_large_is_told_with_the_ledgers_own_figures(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not those of an address book."""
    monkeypatch.setattr(spreadsheets, "LEDGER", replace(spreadsheets.LEDGER, rows=2))
    path = a_csv(tmp_path / "a.csv", a_line(), a_line())

    error = denied(lambda: rescue.preview(desk, path), "file-too-many-rows")

    assert error.why == "行数超过 300000 行。"


def test_the_same_file_is_imported_once(desk: Desk, tmp_path: Path) -> None:
    """Whatever its name is; another sheet of the same book is another ledger."""
    path = a_csv(tmp_path / "a.csv", a_line())
    rescue.run(desk, path, guessed=True)
    copy = path.rename(tmp_path / "b.csv")

    error = denied(lambda: rescue.run(desk, copy), "history-imported")
    assert "2001" in error.why
    denied(lambda: rescue.preview(desk, copy), "history-imported")
    assert len(all_lines(desk)) == 1


def test_each_sheet_of_a_book_is_a_ledger(desk: Desk, tmp_path: Path) -> None:
    """A hall often keeps a sheet a year."""
    import openpyxl

    book = openpyxl.Workbook()
    for year in ("2022", "2023"):
        sheet = book.create_sheet(year)
        sheet.append(HEADS)
        sheet.append(a_line(number=f"{year}-1"))
    book.save(tmp_path / "a.xlsx")

    for year in ("2022", "2023"):
        rescue.run(desk, tmp_path / "a.xlsx", guessed=True, sheet=year)

    assert [old.number for old in all_lines(desk)] == ["2022-1", "2023-1"]
    denied(lambda: rescue.run(desk, tmp_path / "a.xlsx", sheet="2023"), "history-imported")
    denied(lambda: rescue.run(desk, tmp_path / "a.xlsx", sheet="2024"), "file-no-such-sheet")


def test_a_book_with_a_title_and_merged_cells(desk: Desk, tmp_path: Path) -> None:
    """The title is no line; a merged office is flagged, and copied down only where the mapping says so."""
    lines = [a_line(), a_line(office=""), a_line(office="别处", applicant_name="#N/A")]
    path = a_book(tmp_path / "a.xlsx", *lines, merged=("A1:I1", "D3:D4"), title="二〇二三年台账")

    found = rescue.preview(desk, path, {"业务属地": "office+down"})
    rescue.run(desk, path, guessed=True)

    assert found.columns["业务属地"] == "office+down"
    assert found.first[1]["office"] == "示例市公安局"
    first, second, third = all_lines(desk)
    assert (first.line, first.office, first.flags) == (3, "示例市公安局", "")
    assert (second.office, second.flags) == (None, "office:merged")
    assert (third.applicant_name, third.name_digest) == ("#N/A", "")
    assert third.flags == "applicant_name:error_value"


# --- what is kept


def test_a_line_is_kept_as_it_was_read(desk: Desk, tmp_path: Path) -> None:
    """Damaged cells too, personal ones encrypted; days in our writing; found by what was folded."""
    line = a_line(
        applicant_phone="１３９００００ ０００１", applicant_id="4.50103199003070E+17", received_on="2023/5/6"
    )

    found = rescue.run(desk, a_csv(tmp_path / "a.csv", line), guessed=True)

    (old,) = all_lines(desk)
    assert old.id == f"{found.rescue.id}:000002"
    assert (old.applicant_phone, old.applicant_id) == ("１３９００００ ０００１", "4.50103199003070E+17")
    assert (old.received_on, old.number) == ("2023-05-06", "桂跨〔2023〕17号")
    assert old.flags.split(",") == [
        "applicant_id:scientific",
        "applicant_id:rounded",
        "applicant_phone:full_width",
        "applicant_phone:blanks",
    ]
    assert [one.id for one in old_cases.found(desk, "13900000001")] == [old.id]
    assert old_cases.found(desk, ID) == []


def test_what_was_left_out_is_in_a_report(desk: Desk, tmp_path: Path) -> None:
    """Line and reason, nothing of what stands there; without such lines there is no report."""
    path = a_csv(tmp_path / "a.csv", a_line(), ("合计", "1"), a_line(), HEADS, a_line())

    found = rescue.run(desk, path, guessed=True)

    assert found.report is not None
    assert found.report.read_text("utf-8-sig").splitlines() == [
        '"行","没有导入的原因"',
        '"3","合计行"',
        '"5","重复的表头"',
    ]
    assert (found.rescue.left_out, rescue.left_counts(found.left)) == (2, {"total": 1, "heads": 1})
    assert rescue.run(desk, a_csv(tmp_path / "b.csv", a_line()), guessed=True).report is None


def test_a_long_report_says_how_much_it_leaves_out(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table of ours is no longer than we would read."""
    monkeypatch.setattr(rescue, "_REPORTED", 2)
    path = a_csv(tmp_path / "a.csv", *[("合计", "1")] * 5, a_line())

    report = rescue.run(desk, path, guessed=True).report

    assert report is not None
    assert report.read_text("utf-8-sig").splitlines()[-1] == '"……","还有 3 行没有列出"'


# --- portions


@pytest.mark.usefixtures("by_tens")
@pytest.mark.parametrize("after", [10, 20, 30])
def test_an_import_that_was_killed_goes_on_where_it_stopped(desk: Desk, tmp_path: Path, after: int) -> None:
    """What was written stays, nothing is doubled, and what is damaged is counted once."""
    lines = [a_line(number=f"N-{n}", applicant_id="#N/A" if n % 2 else ID) for n in range(35)]
    path = a_csv(tmp_path / "a.csv", *lines, ("合计", "35"))

    with pytest.raises(KeyboardInterrupt):
        rescue.run(desk, path, MAPPING, progress=power_cut(after))

    (begun,) = old_cases.listed(desk)
    assert (begun.state, begun.taken) == ("importing", after)
    assert rescue.preview(desk, path).begun == begun
    done = rescue.run(desk, path).rescue
    assert (done.id, done.state) == (begun.id, "imported")
    assert (done.lines, done.taken, done.flagged, done.left_out) == (36, 35, 17, 1)
    assert [old.number for old in all_lines(desk)] == [f"N-{n}" for n in range(35)]


@pytest.mark.usefixtures("by_tens")
def test_stopping_by_hand_says_what_is_there(desk: Desk, tmp_path: Path) -> None:
    """Before the first portion nothing is; later the refusal tells how much is in, and how it goes on."""
    path = a_csv(tmp_path / "a.csv", *[a_line(number=f"N-{n}") for n in range(25)])

    denied(lambda: rescue.run(desk, path, MAPPING, progress=esc(0)), "stopped")
    assert old_cases.listed(desk) == []

    error = denied(lambda: rescue.run(desk, path, MAPPING, progress=esc(10)), "history-stopped")
    assert "前 10 行" in error.what
    assert rescue.run(desk, path).rescue.taken == 25


@pytest.mark.usefixtures("by_tens")
def test_the_rest_of_a_file_is_read_as_its_beginning(desk: Desk, tmp_path: Path) -> None:
    """While an import is unfinished its mapping can neither be changed for it nor for another file."""
    path = a_csv(tmp_path / "a.csv", *[a_line(number=f"N-{n}") for n in range(25)])
    other = a_csv(tmp_path / "b.csv", a_line())
    with pytest.raises(KeyboardInterrupt):
        rescue.run(desk, path, MAPPING, progress=power_cut(20))

    denied(lambda: rescue.run(desk, path, {"备注": ""}), "history-begun-otherwise")
    denied(lambda: rescue.run(desk, other, {"备注": ""}), "history-map-held")

    rescue.run(desk, path, MAPPING)
    rescue.run(desk, other, {"备注": ""})
    with desk.reading() as reading:
        (known,) = reading.column_maps.where()
    assert "备注" not in json.loads(known.columns)
    assert known.version == 2


@pytest.mark.usefixtures("by_tens")
def test_two_who_import_the_same_file_do_not_double_it(desk: Desk, tmp_path: Path) -> None:
    """Whoever comes to a portion second is told; the other one's lines are there once."""
    path = a_csv(tmp_path / "a.csv", *[a_line(number=f"N-{n}") for n in range(25)])
    colleague = builders.at(desk, "2002")

    def between(done: int, total: int | None) -> None:
        if total is not None and done == 20:
            rescue.run(colleague, path)

    error = denied(lambda: rescue.run(desk, path, MAPPING, progress=between), "history-elsewhere")

    assert "2002" in error.why
    assert len(all_lines(desk)) == 25
    denied(lambda: rescue.run(desk, path), "history-imported")


def test_each_import_has_an_ordinal_of_its_day(desk: Desk, tmp_path: Path) -> None:
    """Day and ordinal; the journal has one entry a portion, told by counts."""
    made = [
        rescue.run(desk, a_csv(tmp_path / f"{n}.csv", a_line(number=str(n))), guessed=True) for n in range(3)
    ]

    assert [one.rescue.id[-2:] for one in made] == ["-1", "-2", "-3"]
    with desk.reading() as reading:
        entries = [entry for entry in reading.journal() if entry.act == "import_history"]
    assert [entry.object for entry in entries] == [one.rescue.id for one in made]
    assert json.loads(entries[0].body)["facts"] == {"lines": 1, "state": "imported", "taken": 1}
    assert verification.verify(desk).difference is None


# --- who


@pytest.mark.parametrize("code", ["1001", "4001", "5001"])
def test_only_those_who_make_rules_import(desk: Desk, tmp_path: Path, code: str) -> None:
    """Clerks, auditors and couriers neither import nor see what stands in the file."""
    path = a_csv(tmp_path / "a.csv", a_line())
    other = builders.at(desk, code)

    denied(lambda: rescue.run(other, path, MAPPING), "wrong-role")
    denied(lambda: rescue.preview(other, path), "wrong-role")
    denied(lambda: rescue.run(replace(desk, readonly=True), path, MAPPING), "read-only")
    assert old_cases.listed(desk) == []


# --- large


@pytest.mark.long
def test_a_large_workbook(desk: Desk, tmp_path: Path) -> None:
    """Portion by portion, with merged cells, #N/A and rounded numbers; told as it goes, and whole."""
    path = a_large_book(tmp_path / "a.xlsx", LINES)
    told: list[tuple[int, int | None]] = []

    found = rescue.run(desk, path, MAPPING, progress=lambda done, total: told.append((done, total)))

    assert (found.rescue.taken, found.rescue.left_out) == (LINES, 0)
    assert found.flags["waybill:error_value"] > LINES / 20
    # The writer merges three lines in every thirty, from the second line of the sheet on.
    assert found.flags["office:merged"] == 2 * len(range(2, LINES, 30))
    assert found.flags["applicant_id:rounded"] > LINES / 5
    assert told[0] == (0, None)
    assert told[1:3] == [(0, LINES), (1000, LINES)]
    assert told[-1] == (LINES, LINES)
    assert len(old_cases.found(desk, f"〔2023〕{LINES - 1:06}")) == 1


# --- the mapping as it is typed


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("经手部门=业务属地", ("经手部门", "office")),
        ("经手部门=office", ("经手部门", "office")),
        ("a=b=备注", ("a=b", "remark")),
        ("属地=业务属地+向下填", ("属地", "office+down")),
        ("属地=office+down", ("属地", "office+down")),
        ("属地=", ("属地", "")),
        ("属地=没有的", ("属地", "没有的")),
    ],
)
def test_a_column_is_said_in_one_word(text: str, pair: tuple[str, str]) -> None:
    """旧列=字段, by Chinese name or code; what there is not is refused when the file is known."""
    assert ledger_columns.said(text) == pair


@pytest.mark.parametrize("text", ["业务属地", "=业务属地", " =x"])
def test_what_says_no_column_is_denied(text: str) -> None:
    """Without a head or an equals sign nothing is meant."""
    with pytest.raises(Explained) as refusal:
        ledger_columns.said(text)

    assert refusal.value.code == "history-map-form"


def test_fields_are_called_by_their_words() -> None:
    """What is copied down says so."""
    assert ledger_columns.called("office+down") == "业务属地+向下填"
    assert [
        ledger_columns.said(f"x={ledger_columns.called(field)}")[1] for field in ledger_columns.FIELDS
    ] == list(ledger_columns.FIELDS)
    assert isinstance(ledger_columns.not_said({"申请人": "applicant_name"}), Refused)
