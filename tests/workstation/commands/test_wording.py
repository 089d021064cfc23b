"""The noun `wording`: a hall writes its papers itself, from a file or standard input, and without Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms import documents
from tests.line import Answer, Line
from tests.printing import pdfs

OWN = "---\npage: A4\n---\n\n[条码 {{paper.number}}] 编号\n\n# 告知单\n\n请补正 {{count.rows}} 项。\n"
SHIPPED = documents.shipped("notice")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A wording as an editor on Windows saves it."""
    path = tmp_path / "告知单.md"
    path.write_bytes(b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode())
    return path


def supervisor(counter: Line, *words: str, stdin: object = None) -> Answer:
    """The supervisor types a line of this noun, and wants JSON."""
    return counter("wording", *words, "--json", as_="2001", stdin=stdin)


def test_papers_are_listed_with_the_wording_in_force(counter: Line, file: Path) -> None:
    """The shipped one since ever; the hall's own since when and by whom."""
    before = supervisor(counter, "list").json["wordings"]
    supervisor(counter, "set", "notice", "--file", str(file))

    after = {one["document"]: one for one in supervisor(counter, "list").json["wordings"]}
    text = counter("wording", "list", as_="1001").out

    assert {(one["state"], one["since"], one["by"]) for one in before} == {("shipped", None, None)}
    assert [one["document"] for one in before] == list(documents.names())
    assert (after["notice"]["state"], after["notice"]["by"]) == ("current", "2001")
    assert after["notice"]["digest"] == documents.digest(OWN)
    assert after["notice"]["since"].endswith("+08:00")
    assert "一次性告知" in text
    assert text.count("系统原文") == len(before) - 1
    assert text.count("本大厅文字") == 1


def test_a_wording_is_shown_as_it_is_written(counter: Line, file: Path) -> None:
    """Fit to be saved and edited; the former one is found by the beginning of its digest."""
    assert supervisor(counter, "show", "notice").json["wording"]["text"] == SHIPPED
    supervisor(counter, "set", "notice", "--file", str(file))
    supervisor(counter, "reset", "notice")

    editions = supervisor(counter, "list", "notice").json["wordings"]
    former = supervisor(counter, "show", "notice", "--digest", documents.digest(OWN)[:12]).json
    text = counter("wording", "show", "notice", as_="2001").out

    assert [one["digest"] for one in editions] == [documents.digest(SHIPPED), documents.digest(OWN)]
    assert [one["state"] for one in editions] == ["shipped", "former"]
    assert former["wording"]["text"] == OWN
    assert text == SHIPPED
    assert supervisor(counter, "show", "notice", "--digest", "ffffffff").code == "wording-not-found"


def test_facts_are_told_as_they_are_written(counter: Line) -> None:
    """Braces and all in the table; names alone in JSON."""
    told = supervisor(counter, "facts", "notice").json["facts"]
    text = counter("wording", "facts", "notice", as_="1001").out

    assert {"name": "notice.due", "label": "补正期限", "sample": "2026-12-11"} in told
    assert "{{rows.material}}" in text
    assert "需要补正的内容·材料名称" in text


def test_a_wording_is_tried_before_anything_is_changed(counter: Line, file: Path, tmp_path: Path) -> None:
    """Its text with samples, and a sheet marked 样张; the one in force stays."""
    sheet = tmp_path / "样张.pdf"

    told = supervisor(counter, "try", "notice", "--file", str(file), "--pdf", str(sheet)).json["trial"]
    text = counter("wording", "try", "notice", "--file", str(file), as_="1001").out

    assert "请补正 2 项。" in told["text"]
    assert told["pdf"] == str(sheet)
    assert "样张" in pdfs.text(sheet.read_bytes())
    assert "还没有启用" in text
    assert supervisor(counter, "list").json["wordings"][5]["state"] == "shipped"
    again = supervisor(counter, "try", "notice", "--file", str(file), "--pdf", str(sheet))
    assert (again.exit_code, again.code) == (3, "file-exists")
    assert (
        supervisor(counter, "try", "notice", "--file", str(file), "--pdf", str(sheet), "--force").exit_code
        == 0
    )


def test_standard_input_is_a_file_too(counter: Line) -> None:
    """`-` as everywhere; line ends are ours afterwards."""
    answer = supervisor(counter, "set", "notice", "--file", "-", stdin=OWN.replace("\n", "\r\n"))

    assert answer.exit_code == 0
    assert supervisor(counter, "show", "notice").json["wording"]["text"] == OWN


def test_the_next_paper_is_printed_in_the_new_words(counter: Line) -> None:
    """From the command to the sheet: what a clerk prints is what the hall has written."""
    slip = OWN.replace("请补正 {{count.rows}} 项", "已收 {{count.rows}} 项，请到二楼")
    supervisor(counter, "set", "intake_slip", "--file", "-", stdin=slip)

    case = counter("case", "register", "--json", "-", stdin=_intake(), as_="1001").json["case"]["number"]
    papers = counter("paper", "list", "--of", case, "--json", as_="1001").json["papers"]
    shown = counter("paper", "show", papers[0]["number"], "--json", as_="1001").json["paper"]

    assert "请到二楼" in pdfs.text(Path(shown["path"]).read_bytes())


def _intake() -> object:
    import msgspec

    from workstation.acts.inputs import EXAMPLE_INTAKE

    return msgspec.to_builtins(EXAMPLE_INTAKE)


def test_back_to_the_shipped_words(counter: Line, file: Path) -> None:
    """Told with the digest; a second time there is nothing to go back from."""
    supervisor(counter, "set", "notice", "--file", str(file))

    back = counter("wording", "reset", "notice", as_="2001")

    assert "已恢复系统原文" in back.out
    assert documents.digest(SHIPPED)[:12] in back.out
    assert supervisor(counter, "reset", "notice").code == "own-wording-not-found"


def test_an_administrator_takes_a_supervisor_along(counter: Line, file: Path) -> None:
    """`--second`; a clerk may look and try, no more."""
    line = ("wording", "set", "notice", "--file", str(file), "--json")

    assert counter(*line, as_="9001").code == "second-needed"
    assert counter(*line, as_="1001").code == "wrong-role"
    assert counter(*line, as_="9001", second="2001").json["wording"]["second"] == "2001"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "wording-empty"),
        (b"\xff\xfe", "wording-not-utf8"),
        (b"x" * 5_000_000, "wording-too-large"),
        (OWN.replace("页", "\0").replace("编号", "编\0号").encode(), "wording-character"),
        (b"# x", "wording-broken"),
        ("---\npage: A4\n---\n\n# 只有标题\n".encode(), "wording-empty"),
        (OWN.replace("count.rows", "count.row").encode(), "wording-unknown-fact"),
    ],
    ids=["empty", "not-utf8", "large", "nul", "bare", "title", "fact"],
)
def test_a_broken_file_is_told_apart_and_changes_nothing(counter: Line, content: bytes, code: str) -> None:
    """Whether it is tried or to be put in force; exit 2 and a code of its own."""
    for verb in ("try", "set"):
        answer = supervisor(counter, verb, "notice", "--file", "-", stdin=content)
        assert (answer.exit_code, answer.code) == (2, code)

    assert supervisor(counter, "show", "notice").json["wording"]["text"] == SHIPPED


def test_what_is_not_there_is_told(counter: Line, tmp_path: Path) -> None:
    """A file, and a document."""
    gone = supervisor(counter, "set", "notice", "--file", str(tmp_path / "nothing.md"))
    envelope = supervisor(counter, "show", "envelope")

    assert (gone.exit_code, gone.code) == (4, "file-unreadable")
    assert (envelope.exit_code, envelope.code) == (3, "document-not-found")


def test_a_desk_that_only_looks_puts_nothing_in_force(counter: Line, file: Path) -> None:
    """An inspector may read and try."""
    line = ("notice", "--file", str(file), "--readonly")

    assert supervisor(counter, "try", *line).exit_code == 0
    assert supervisor(counter, "set", *line).code == "read-only"
