"""Noun `office`, typed: the directory by hand, by telephone and by file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from integrations import spreadsheets
from tests import builders, halls
from tests.line import Line
from workstation import bootstrap
from workstation.acts import inputs, office_files, registration
from workstation.commands import nouns
from workstation.domain.times import local

OFFICE: dict[str, Any] = {
    **msgspec.to_builtins(inputs.EXAMPLE_OFFICE), "code": "450103-hz", "contact": "欧阳联系",
}  # fmt: skip
HEADS = ["代码", "行政区划", "名称", "地址", "邮编", "电话"]
ROW = ["450103-hz", "450103", "示例市示例区公安局", "示例路 2 号", "530022", "0771-5550000"]


def today() -> str:
    """The day the commands run on."""
    return local(bootstrap.machine_clock()).date().isoformat()


def added(counter: Line, **changes: Any) -> Any:
    """The answer to the office of the example being entered, with these changes."""
    answer = counter("office", "add", "--json", "-", stdin={**OFFICE, **changes}, as_="1001")
    assert answer.exit_code == 0, answer.out
    return answer.json


def codes(counter: Line, *words: str) -> list[str]:
    """Codes of the offices that are listed."""
    answer = counter("office", "list", *words, "--json", as_="1001")
    return [office["code"] for office in answer.json["offices"]]


def a_file(folder: Path, *rows: list[str], name: str = "部门.csv") -> str:
    """Path of a table file with these rows."""
    path = folder / name
    write = spreadsheets.write_csv if path.suffix == ".csv" else spreadsheets.write_xlsx
    options: dict[str, Any] = {} if path.suffix == ".csv" else {"title": "部门"}
    path.write_bytes(write(HEADS, rows, **options))
    return str(path)


def test_an_office_is_entered_shown_and_verified(counter: Line) -> None:
    """The person to be asked for is masked; what to do is warned about until it is done."""
    answer = added(counter)
    shown = counter("office", "show", "450103-hz", as_="1002")
    verified = counter("office", "verify", "450103-hz", "--json", as_="1002").json

    assert (answer["office"]["contact"], answer["office"]["state"]) == ("欧阳**", "active")
    assert (answer["warnings"], answer["open_consignments"]) == (["never-verified"], 0)
    assert "欧阳联系" not in shown.out
    for said in ("广西壮族自治区南宁市青秀区", "530022", "最近核实：没有", "协议：无", "office verify"):
        assert said in shown.out
    assert (verified["office"]["verified_on"], verified["office"]["verified_by"]) == (today(), "1002")
    assert verified["warnings"] == []


def test_an_office_is_changed_closed_and_opened_again(counter: Line) -> None:
    """By the supervisor; each answer in words tells what is now so."""
    added(counter)

    changed = counter(
        "office", "change", "--json", "-", stdin={**OFFICE, "phone": "0771-5550009"}, as_="2001"
    )
    closed = counter("office", "close", "450103-hz", as_="9001")
    opened = counter("office", "change", "--json", "-", stdin=OFFICE, as_="2001")

    assert (changed.json["office"]["phone"], changed.json["office"]["version"]) == ("0771-5550009", 2)
    assert closed.out.splitlines()[0] == "已停用 450103-hz（示例市示例区公安局示例派出所）。"
    assert opened.json["office"]["state"] == "active"


def test_offices_are_listed_by_division_and_by_what_is_to_be_asked(counter: Line) -> None:
    """With marks in words, and warnings in JSON."""
    added(counter, verified_on=today())
    added(counter, code="430102-hz", division="430102")
    added(counter, code="990101-hz", division="990101", verified_on="2020-01-01")

    words = counter("office", "list", as_="1001").out

    assert codes(counter) == ["430102-hz", "450103-hz", "990101-hz"]
    assert codes(counter, "--division", "450000") == ["450103-hz"]
    assert codes(counter, "--unverified") == ["430102-hz", "990101-hz"]
    assert "未核实" in words
    assert "区划不明、久未核实" in words


def test_the_hall_says_how_long_a_call_is_good_for(counter: Line) -> None:
    """`[offices] verified_days` of the settings; 180 unless it says otherwise."""
    added(counter, verified_on="2020-01-01")
    settings = Path(str(counter.home)) / "settings.toml"
    text = settings.read_text("utf-8")
    kept = text if "[offices]" in text else f"{text}\n[offices]\nverified_days = 180\n"

    assert codes(counter, "--unverified") == ["450103-hz"]
    settings.write_text(kept.replace("verified_days = 180", "verified_days = 3650"), "utf-8")
    assert codes(counter, "--unverified") == []
    assert counter("office", "show", "450103-hz", "--json", as_="1001").json["warnings"] == []


def test_an_office_is_shown_with_what_hangs_on_it(counter: Line) -> None:
    """Its agreements, and how many consignments are open to it."""
    added(counter)
    terms = {"office": "450103-hz", "item": "63", "powers": ["accept"], "valid_from": "2026-01-01"}
    counter("agreement", "add", "--json", "-", stdin=terms, as_="2001")
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        intake = msgspec.structs.replace(builders.an_intake(), offices=("450103-hz",))
        registration.register(desk, intake)
    desk.store.engine.close()

    document = counter("office", "show", "450103-hz", "--json", as_="1001").json
    words = counter("office", "show", "450103-hz", as_="1001").out

    assert [agreement["id"] for agreement in document["agreements"]] == ["450103-hz/63/1"]
    assert document["open_consignments"] == 1
    assert "open-consignments" in document["warnings"]
    assert "收件受理权" in words
    assert "未办结的送件：1 件" in words


@pytest.mark.parametrize("name", ["部门.csv", "部门.xlsx"])
def test_a_file_is_previewed_and_imported(counter: Line, tmp_path: Path, name: str) -> None:
    """The preview says that it is one; the import tells what it changed."""
    added(counter, code="b-hz", department="")
    path = a_file(tmp_path, ROW, ["b-hz", *ROW[1:]], name=name)

    preview = counter("office", "import", path, "--preview", as_="2001")
    assert codes(counter) == ["b-hz"]
    document = counter("office", "import", path, "--json", as_="2001").json

    assert preview.out.splitlines() == [
        "只是预览，没有导入：", "新增  450103-hz", "更改  b-hz（名称、地址）",
        "新增 1，更改 1，不变 0",
    ]  # fmt: skip
    assert document["difference"] == {
        "added": ["450103-hz"],
        "changed": [{"key": "b-hz", "fields": ["name", "address"]}],
        "unchanged": [],
    }
    assert document["imported"] is True
    assert codes(counter) == ["450103-hz", "b-hz"]
    assert "不变 2" in counter("office", "import", path, as_="2001").out


@pytest.mark.parametrize("name", ["部门.csv", "部门.xlsx"])
def test_the_directory_is_exported_and_imports_back(counter: Line, tmp_path: Path, name: str) -> None:
    """The path is told in full; what is there is replaced only by force; the file is its user's alone."""
    added(counter)
    path = tmp_path / name

    exported = counter("office", "export", str(path), "--json", as_="2001")
    again = counter("office", "export", str(path), as_="2001")
    forced = counter("office", "export", str(path), "--force", as_="2001")
    back = counter("office", "import", str(path), "--preview", "--json", as_="2001").json

    assert exported.json == {"path": str(path)}
    assert (again.code, again.exit_code, forced.exit_code) == ("file-exists", 3, 0)
    assert back["difference"] == {"added": [], "changed": [], "unchanged": ["450103-hz"]}
    assert back["imported"] is False
    assert path.stat().st_mode & 0o077 == 0


def test_every_faulty_row_is_printed(counter: Line, tmp_path: Path) -> None:
    """In words a line each, in JSON within the one error; nothing is imported."""
    rows = [[f"o-{n}", *ROW[1:4], "12", ROW[5]] for n in range(300)]
    path = a_file(tmp_path, ROW, *rows)

    words = counter("office", "import", path, as_="2001")
    document = counter("office", "import", path, "--json", as_="2001")

    assert (words.code, words.exit_code) == ("file-rows", 2)
    assert words.err.count("“邮编”") == 300
    assert len(document.json["error"]["why"].splitlines()) == 300
    assert codes(counter) == []


@pytest.mark.parametrize(
    ("content", "code", "exit_code"),
    [
        (b"", "file-empty", 2),
        (b"\x00\x01\x02", "file-binary", 2),
        (b"PK\x03\x04", "file-damaged", 2),
        (b"\xff\xfa\xe9\xa0", "file-encoding", 2),
        ("代码,名称\n1,2\n".encode(), "file-header", 2),
        (",".join(HEADS).encode("gbk"), "file-no-rows", 2),
        (None, "file-unreadable", 4),
    ],
)  # fmt: skip
def test_a_bad_file_is_told_under_its_code(
    counter: Line, tmp_path: Path, content: bytes | None, code: str, exit_code: int
) -> None:
    """Preview and import alike."""
    path = tmp_path / "坏.csv"
    if content is not None:
        path.write_bytes(content)

    for words in ((), ("--preview",)):
        answer = counter("office", "import", str(path), *words, as_="2001")
        assert (answer.code, answer.exit_code) == (code, exit_code)


@pytest.mark.parametrize(
    ("words", "as_", "stdin", "code", "exit_code"),
    [
        (["add"], "1001", None, "input-missing", 2),
        (["add", "--json", "-"], "8001", OFFICE, "wrong-role", 3),
        (["add", "--json", "-"], "1001", OFFICE | {"code": "450103"}, "office-code-form", 2),
        (["add", "--json", "-"], "1001", OFFICE | {"postcode": "1"}, "digits-expected", 2),
        (["add", "--json", "-"], "1001", OFFICE | {"fax": "1"}, "input-unknown-field", 2),
        (["change", "--json", "-"], "1001", OFFICE, "wrong-role", 3),
        (["change", "--json", "-"], "2001", OFFICE, "office-not-found", 3),
        (["show", "450103-hz"], "1001", None, "office-not-found", 3),
        (["show"], "1001", None, "argument-missing", 2),
        (["verify", "450103-hz", "--on", "2999-01-01"], "1001", None, "office-not-found", 3),
        (["verify", "450103-hz", "--on", "x"], "1001", None, "day-impossible", 2),
        (["close", "450103-hz"], "1001", None, "wrong-role", 3),
        (["list", "--division", "广西"], "1001", None, "digits-expected", 2),
        (["list"], None, None, "nobody-signed-in", 3),
        (["import", "部门.csv"], "1001", None, "wrong-role", 3),
        (["export", "部门.csv"], "1001", None, "wrong-role", 3),
        (["export", "部门.pdf"], "2001", None, "file-ending", 2),
        (["export", "没有/这里/部门.csv"], "2001", None, "file-not-written", 4),
    ],
)  # fmt: skip
def test_each_refusal_has_its_code(
    counter: Line, words: list[str], as_: str | None, stdin: object, code: str, exit_code: int
) -> None:
    """And its exit code: 2 where nothing was tried, 3 where it was refused, 4 where the outside failed."""
    answer = counter("office", *words, stdin=stdin, as_=as_)

    assert (answer.code, answer.exit_code) == (code, exit_code)


def test_who_looked_before_the_change_is_told(counter: Line) -> None:
    """By the version given with `--seen`."""
    added(counter)
    counter("office", "verify", "450103-hz", as_="1001")

    assert counter("office", "close", "450103-hz", "--seen", "1", as_="2001").code == "changed-meanwhile"
    assert counter("office", "close", "450103-hz", "--seen", "2", as_="2001").exit_code == 0


def test_the_help_names_the_columns_and_the_schema_needs_nobody(line: Line) -> None:
    """Whoever fills in a table knows its heads."""
    words = line("office", "import", "--help").out

    assert all(head in words.replace("\n", "").replace(" ", "") for head in office_files.HEADS.values())
    assert line("office", "add", "--schema").json["example"]["division"] == "450103"
    assert list(nouns.load("office").known) == [
        "list", "show", "add", "change", "verify", "close", "import", "export",
    ]  # fmt: skip
