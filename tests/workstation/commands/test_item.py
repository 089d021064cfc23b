"""Noun `item`, typed: the list without home and operator; in a hall its own items, modes, guides, rates."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import msgspec
import pytest

from forms import items
from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import offices, table_files
from workstation.acts.inputs import EXAMPLE_ITEM
from workstation.commands import nouns
from workstation.domain.case import CaseState

SUPERVISOR, ADMINISTRATOR = halls.SUPERVISOR, halls.ADMINISTRATOR
PAPER = ("--source", "示例大厅的决定", "--date", "2026-01-01")
HEADS = ("事项代码", "材料名称", "审查要点", "形式", "份数")
HALL_ITEM = {**msgspec.to_builtins(EXAMPLE_ITEM), "source_date": "2026-01-01"}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A guide of item 63 with two rows."""
    return a_file(tmp_path / "指南.csv", ("63", "结婚证", "各页齐全。", "复印件", "1"))


def a_file(path: Path, *rows: tuple[str, ...]) -> Path:
    """A guide with these rows and one more."""
    lines = [*rows, ("63", "申请表", "填写完整。", "原件", "1")]
    path.write_bytes(table_files.written(table_files.kind_of(path), HEADS, lines, title="表"))
    return path


def imported(counter: Line, file: Path, scope: str = "*") -> None:
    """Import a guide."""
    answer = counter("item", "import", str(file), "--scope", scope, *PAPER, as_=SUPERVISOR)
    assert answer.exit_code == 0, answer


def test_the_list_shows_code_title_path_and_basis_place(line: Line) -> None:
    """137 lines under one head, in Chinese words."""
    rows = [row.split() for row in line("item", "list").out.splitlines()]

    assert rows[0] == ["代码", "事项", "办理方式", "属地依据"]
    assert len(rows) == 138
    assert rows[1] == ["1", "学历公证", "本地就办", "由办事指南定"]
    assert rows[63] == ["63", "夫妻投靠户口迁移", "收件", "迁入地"]
    assert rows[54][2] == "2020年清单未载明方式"


def test_the_list_as_json_has_every_column_and_the_path(line: Line) -> None:
    """What a program needs to decide is there, in our codes."""
    listed = line("item", "list", "--json").json["items"]

    assert [each["code"] for each in listed] == [str(code) for code in range(1, 138)]
    assert set(listed[0]) == {field.name for field in dataclasses.fields(items.Item)} | {"path"}
    assert listed[8]["modes"] == ["joint"]
    assert listed[8]["path"] == "joint"
    assert listed[62]["source_date"] == "2020-11-27"


@pytest.mark.parametrize("query", ["fqtk", "fuqi", "夫妻", "63"])
def test_an_item_is_found_by_what_is_typed(line: Line, query: str) -> None:
    """Initials, pinyin, text, number."""
    assert line("item", "find", query, "--json").json["items"][0]["title"] == "夫妻投靠户口迁移"


def test_what_is_found_is_shown_like_the_list(line: Line) -> None:
    """The best first, as many as asked for."""
    rows = line("item", "find", "户迁", "--limit", "2").out.splitlines()

    assert [row.split()[0] for row in rows] == ["代码", "60", "61"]


def test_finding_nothing_is_told(line: Line) -> None:
    """It is no error, and the clerk is told what to try."""
    answer = line("item", "find", "火星")

    assert answer.exit_code == 0
    assert "没有相符的事项" in answer.out
    assert line("item", "find", "火星", "--json").json == {"items": []}


def test_an_item_is_shown_with_its_checklist(line: Line) -> None:
    """Scenario, path, departments, source, and each row with when it is needed."""
    text = line("item", "show", "63").out

    for part in (
        "63　夫妻投靠户口迁移",
        "只需在迁入地申请",
        "办理方式：收件",
        "属地依据：迁入地",
        "（2020年11月27日）",
    ):
        assert part in text
    assert "事项清单（" in text
    assert "结婚证" in text
    assert "由他人代办的" in text


def test_an_item_without_a_checklist_of_its_own_shows_the_generic_one(line: Line) -> None:
    """And says that it is generic, and a sample."""
    text = line("item", "show", "5").out
    checklist = line("item", "show", "5", "--json").json["checklist"]

    assert "通用清单（" in text
    assert "示例" in text
    assert "配合单位：未列" in text
    assert checklist["origin"] == "generic"
    assert {"id", "name", "form", "condition", "exempt"} <= set(checklist["rows"][0])


def test_the_checklist_of_a_division_is_asked_for(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """The division reaches the look-up, and a row nobody may ask for says so."""
    asked = []
    generic = items.for_item("1")
    rows = (dataclasses.replace(generic.rows[0], exempt=True),)
    given = dataclasses.replace(generic, origin=items.Origin.JURISDICTION, rows=rows)

    def for_item(*args: str | None) -> items.Checklist:
        asked.append(args)
        return given

    monkeypatch.setattr(items, "for_item", for_item)
    text = line("item", "show", "63", "--division", "450103").out

    assert asked == [("63", "450103")]
    assert "属地清单（" in text
    assert "免提交" in text


@pytest.mark.parametrize("division", ["4501", "45010x", "../../etc"])
def test_a_division_is_six_digits(line: Line, division: str) -> None:
    """Anything else is wrong usage, told before anything is looked up."""
    answer = line("item", "show", "63", "--division", division)

    assert (answer.exit_code, answer.code) == (2, "argument-wrong")


def test_an_unknown_code_is_refused(line: Line) -> None:
    """In four parts, like every refusal."""
    assert line("item", "show", "999", "--json").code == "item-not-found"


def test_an_empty_home_is_like_none(line: Line, tmp_path: Path) -> None:
    """The list is there before the hall is."""
    line.home = tmp_path / "nothing"

    assert len(line("item", "list", "--json").json["items"]) == 137
    assert line("item", "show", "63", "--json").json["guides"] == []
    assert line("item", "show", "63", "--office", "450101-police").exit_code != 0


def test_a_hall_lists_finds_and_shows_its_own_items(counter: Line) -> None:
    """Beside those of the list, marked, with where they come from; nobody need sign in to look."""
    added = counter("item", "add", "--json", "-", stdin=HALL_ITEM, as_=SUPERVISOR)

    assert added.json["item"]["id"] == "H-1/1"
    listed = counter("item", "list").out.splitlines()
    assert listed[0].split()[-1] == "本大厅"
    assert listed[-1].split() == ["H-1", "示例事项", "收件", "户籍地", "新增"]
    assert counter("item", "find", "slsx", "--json").json["items"][0]["code"] == "H-1"
    shown = counter("item", "show", "H-1").out
    assert "实现形式：异地代收代办（清单：未列入）" in shown
    assert "来源：示例大厅的决定（2026-01-01）" in shown
    assert "通用清单（" in shown
    assert "牵头单位：未列" in shown


def test_an_administrator_adds_with_a_supervisor_beside(counter: Line) -> None:
    """Alone the answer names what is missing; it does not wait for anybody."""
    alone = counter("item", "add", "--json", "-", stdin=HALL_ITEM, as_=ADMINISTRATOR)
    both = counter("item", "add", "--json", "-", stdin=HALL_ITEM, as_=ADMINISTRATOR, second=SUPERVISOR)

    assert (alone.exit_code, alone.code) == (3, "second-needed")
    assert both.json["item"]["second"] == SUPERVISOR


def test_a_mode_is_changed_and_its_editions_are_shown(counter: Line) -> None:
    """The list shows the new path, the item both what it was and why it is so now."""
    said = counter("item", "mode", "54", "--mode", "online", "--mode", "postal", *PAPER, as_=SUPERVISOR)
    counter("item", "mode", "54", "--mode", "online", *PAPER, as_=SUPERVISOR)

    assert said.out.startswith("已更改办理方式：54　")
    assert "（第 1 版，全程网办、邮政寄递）" in said.out
    row = counter("item", "list").out.splitlines()[54].split()
    assert (row[0], row[2], row[-1]) == ("54", "网办", "更改")
    shown = counter("item", "show", "54", "--json").json
    assert shown["item"]["path"] == "online"
    assert [(one["id"], one["state"]) for one in shown["editions"]] == [("54/1", "former"), ("54/2", "live")]
    assert "54/2" in counter("item", "show", "54").out


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--mode", "pigeon", *PAPER), "argument-wrong"),
        (PAPER, "argument-missing"),
        (("--mode", "online", "--source", "决定"), "argument-missing"),
        (("--mode", "online", "--source", "决定", "--date", "2199-01-01"), "source-not-yet"),
        (("--mode", "online_precheck", *PAPER), "modes-without-path"),
    ],
)
def test_a_mode_that_cannot_be_is_wrong_usage(counter: Line, words: tuple[str, ...], code: str) -> None:
    """Told before anything is written."""
    answer = counter("item", "mode", "54", *words, as_=SUPERVISOR)

    assert (answer.exit_code, answer.code) == (2, code)
    assert counter("item", "show", "54", "--json").json["editions"] == []


def test_a_guide_is_looked_at_and_imported(counter: Line, file: Path) -> None:
    """The preview needs no source and writes nothing; the import tells the same."""
    words = ("item", "import", str(file), "--scope", "*")
    preview = counter(*words, "--preview", as_=halls.CLERK)
    assert preview.out.startswith("只是预览，没有导入（适用于全部属地部门）：\n新增  63/marriage\n")
    assert counter("item", "show", "63", "--json").json["guides"] == []

    done = counter(*words, *PAPER, "--json", as_=SUPERVISOR).json

    assert done["imported"] is True
    assert done["scope"] == "*"
    assert done["difference"] == {
        "added": ["63/marriage", "63/r1"],
        "changed": [],
        "unchanged": [],
        "removed": [],
    }
    again = counter(*words, *PAPER, as_=SUPERVISOR).out
    assert again.startswith("已导入（适用于全部属地部门）：\n新增 0，更改 0")
    assert again.endswith("不变 2\n")


@pytest.mark.parametrize("left_out", ["--source", "--date"])
def test_an_import_says_where_it_comes_from(counter: Line, file: Path, left_out: str) -> None:
    """Without its source or day it is wrong usage."""
    at = PAPER.index(left_out)
    paper = PAPER[:at] + PAPER[at + 2 :]

    answer = counter("item", "import", str(file), "--scope", "*", *paper, as_=SUPERVISOR)

    assert (answer.exit_code, answer.code) == (2, "argument-missing")
    assert left_out in answer.err


def test_wrong_rows_are_all_told(counter: Line, tmp_path: Path) -> None:
    """Line by line on the terminal, and as one document."""
    wrong = [("63", f"材料{n}", "要点", "原件", "0") for n in range(300)]
    file = a_file(tmp_path / "错.csv", *wrong)

    answer = counter("item", "import", str(file), "--scope", "*", *PAPER, as_=SUPERVISOR)

    assert (answer.exit_code, answer.code) == (2, "file-rows")
    assert answer.err.count("“份数”") == 300
    assert counter("item", "show", "63", "--json").json["guides"] == []


def test_it_is_shown_which_checklist_holds(counter: Line, file: Path, tmp_path: Path) -> None:
    """That of the office, else of the division, else of all, with its scope and source."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    offices.add(desk, builders.an_office())
    desk.store.engine.close()
    imported(counter, file)
    imported(counter, a_file(tmp_path / "区.xlsx"), scope="450100")
    imported(counter, a_file(tmp_path / "所.csv"), scope="450101-police")
    unknown = counter("item", "import", str(file), "--scope", "450999", "--preview", as_=SUPERVISOR)

    def origin(*words: str) -> str:
        return counter("item", "show", "63", *words).out.split("\n\n")[1]

    assert origin().startswith("办事指南清单（63/*/1，2026-01-01，办事指南）\n适用于全部属地部门；来源：示例")
    assert "适用于450100（广西壮族自治区南宁市）" in origin("--division", "450101")
    assert "450999（区划表里没有）" in unknown.out
    assert "适用于450101-police；" in origin("--office", "450101-police")
    assert "适用于全部属地部门" in origin("--division", "350203")
    shown = counter("item", "show", "63", "--json").json
    assert len(shown["guides"]) == 3
    assert shown["guides"][0]["imported_at"].endswith("+08:00")
    assert shown["checklist"]["origin"] == "guide"


def test_an_office_must_be_in_the_directory_and_stand_alone(counter: Line) -> None:
    """Its division is in the directory, so nobody types both."""
    assert counter("item", "show", "63", "--office", "nobody").code == "office-not-found"
    both = counter("item", "show", "63", "--office", "a", "--division", "450101")
    assert (both.exit_code, both.code) == (2, "office-or-division")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_checklists_are_exported_edited_and_imported(counter: Line, tmp_path: Path, ending: str) -> None:
    """Then the hall's own comes out, and imports without a difference."""
    ours, own = tmp_path / f"底稿.{ending}", tmp_path / f"指南.{ending}"
    assert counter("item", "export", str(ours)).out.startswith(f"已导出到 {ours}。")
    imported(counter, ours, scope="450000")

    answer = counter("item", "export", str(own), "--scope", "450000", "--item", "63", "--json")

    assert answer.json == {"path": str(own)}
    again = counter(
        "item", "import", str(own), "--scope", "450000", "--preview", "--json", as_=SUPERVISOR
    ).json["difference"]
    assert (again["added"], again["changed"], again["removed"]) == ([], [], [])
    assert len(again["unchanged"]) == len(items.for_item("63").rows)


def test_exporting_needs_no_hall_and_replaces_nothing(line: Line, tmp_path: Path) -> None:
    """What is there stays, unless --force says otherwise; an unknown item or ending is told."""
    path = tmp_path / "底稿.csv"
    assert line("item", "export", str(path), "--item", "5").exit_code == 0
    first = path.read_bytes()

    assert line("item", "export", str(path), "--item", "63").code == "file-exists"
    assert path.read_bytes() == first
    assert line("item", "export", str(path), "--item", "63", "--force").exit_code == 0
    assert path.read_bytes() != first
    assert line("item", "export", str(path), "--item", "999").code == "item-not-found"
    assert line("item", "export", str(tmp_path / "底稿.pdf")).code == "file-ending"


def test_a_scope_without_a_guide_has_nothing_to_export(counter: Line, tmp_path: Path) -> None:
    """And nothing is written."""
    path = tmp_path / "没有.csv"

    assert counter("item", "export", str(path), "--scope", "*").code == "guide-not-found"
    assert not path.exists()


def test_rates_are_shown_with_their_definition(counter: Line) -> None:
    """For one item or for all that had a case; where there was none, no share is made up."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        builders.a_case(desk)
        builders.a_case(desk, CaseState.REGISTERED)
    desk.store.engine.close()

    text = counter("item", "rate", as_=halls.CLERK).out
    assert text.splitlines()[1].split() == ["59", items.by_code("59").title, "2", "1", "50.0%"]
    assert "没有查到全国统一口径" in text
    assert counter("item", "rate", "--json", as_=halls.CLERK).json["rates"] == [
        {"code": "59", "cases": 2, "done_at_once": 1, "share": 0.5}
    ]
    none = counter("item", "rate", "63", "--until", "2026-11-01", as_=halls.CLERK)
    assert "无办件" in none.out
    assert counter("item", "rate", "63", "--json", as_=halls.CLERK).json["rates"][0]["share"] is None
    assert counter("item", "rate").code == "nobody-signed-in"


def test_while_the_hall_cannot_be_opened_the_list_is_shown(counter: Line, file: Path) -> None:
    """With a word that the hall's own is missing; what needs the hall is refused for its reason."""
    imported(counter, file)
    counter("item", "add", "--json", "-", stdin=HALL_ITEM, as_=SUPERVISOR)
    ledger = Path(str(counter.home)) / "ledger.db"
    ledger.write_bytes(b"no ledger" * 1000)
    ledger.with_name("ledger.db-wal").unlink(missing_ok=True)

    listed = counter("item", "list")

    assert listed.exit_code == 0
    assert len(listed.out.split("\n\n")[0].splitlines()) == 138
    assert "没有读到本大厅自己的事项和指南" in listed.out
    assert "没有读到本大厅" in counter("item", "show", "63").out
    assert "没有读到本大厅" in counter("item", "find", "火星").out
    assert "事项清单（" in counter("item", "show", "63").out
    assert counter("item", "show", "H-1").code.startswith("store-")
    assert counter("item", "export", str(file.with_name("x.csv")), "--item", "H-1").code.startswith("store-")
    assert counter("item", "show", "63", "--office", "450101-police").code.startswith("store-")


def test_the_help_names_columns_modes_and_definition() -> None:
    """Who prepares a file, or asks what a figure means, need not look elsewhere."""
    from workstation.commands import parser

    verbs = nouns.load("item").known
    texts = {name: "".join(parser.help_text("item", verb).split()) for name, verb in verbs.items()}

    assert set(texts) == {"list", "show", "find", "rate", "import", "export", "add", "mode"}
    assert "事项代码、材料名称、审查要点、形式、份数" in texts["import"]
    assert "collect_elsewhere异地代收代办" in texts["mode"]
    assert "没有查到全国统一口径" in texts["rate"]
