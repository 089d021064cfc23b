"""A wording is tried before it is put in force: what would fail at the counter is refused, with its line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forms import documents
from printing import fonts, lines
from tests.builders import assert_explained
from tests.printing import pdfs
from workstation.acts import making, trials
from workstation.acts.facts import known
from workstation.errors import Explained, OutsideFailed

HEAD = "---\npage: A4\n---\n\n[条码 {{paper.number}}] 编号\n\n# 标题\n\n"
SAMPLE = str(known.samples("notice")["paper.number"])


def refused(text: str, document: str = "notice") -> Explained:
    """How this wording is refused."""
    with pytest.raises(Explained) as caught:
        trials.tried(document, text)
    assert_explained(caught.value, caught.value.code)
    return caught.value


@pytest.mark.parametrize("document", documents.names())
def test_what_is_shipped_can_be_put_in_force(document: str) -> None:
    """Filled with the samples, drawn once for each copy, marked as a sample on every page."""
    trial = trials.tried(document, documents.shipped(document))

    pages = pdfs.texts(trial.pdf)
    assert all("样张" in page for page in pages)
    assert all(copy in "".join(pages) for copy in trial.copies)
    assert pdfs.codes(trial.pdf, dpi=203).count(SAMPLE) == len(trial.copies)
    assert f"【{documents.load(document).title}】" in trial.preview
    assert "、".join(trial.copies) in trial.preview


def test_a_halls_own_words_are_in_the_preview_and_on_the_paper() -> None:
    """As they are written, with the samples in their places."""
    trial = trials.tried("notice", f"{HEAD}请在 {{{{notice.due}}}} 前到二楼补正。")

    assert "请在 2026-12-11 前到二楼补正。" in trial.preview
    assert "请在2026-12-11前到二楼补正。" in pdfs.text(trial.pdf)
    assert trial.copies == ()


@pytest.mark.parametrize(
    ("text", "code", "told"),
    [
        ("", "wording-empty", "没有任何文字"),
        (" \n\n", "wording-empty", "没有任何文字"),
        ("# 收件凭证", "wording-broken", "第 1 行：开头要有三行"),
        ("---\npage: A4\n---\n\n# 收件凭证\n", "wording-empty", "只有标题"),
        ("---\npage: B5\n---\n\n# 收件凭证\n\n正文", "wording-broken", "page: B5"),
        (f"{HEAD}### 三级", "wording-broken", "第 9 行：这种写法文书里不用"),
        (f"{HEAD}一\n{{{{Case}}}}", "wording-broken", "第 10 行：大括号里的不是事实的名称"),
        (f"{HEAD}{{{{case.numbr}}}}", "wording-unknown-fact", "第 9 行：“case.numbr”不是这种文书的事实"),
        (f"{HEAD}{{{{rows}}}}", "wording-unknown-fact", "第 9 行：“rows”是一张清单"),
        (f"{HEAD}{{{{envelope.number}}}}", "wording-unknown-fact", "envelope.number"),
        ("---\npage: A4\n---\n\n# 标题\n\n正文", "wording-without-code", "“纸面编号”（paper.number）"),
        (f"{HEAD}[条码 {{{{hall.name}}}}] 名称", "wording-undrawable", "条码"),
        (f"{HEAD}[条码 {'9' * 100}] 太长", "wording-undrawable", "条码"),
        (f"{HEAD}{'字' * trials.LONGEST}", "wording-too-long", "最多 20000 个"),
        (f"{HEAD}一\n二\x00", "wording-character", "第 10 行：含有看不见的控制字符"),
        (f"{HEAD}一\u200b", "wording-character", "第 9 行"),
        (f"{HEAD}一\x1b[2J", "wording-character", "第 9 行"),
        (f"{HEAD}笑\U0001f600", "wording-unprintable", "第 9 行的“\U0001f600”（U+1F600）"),
    ],
    ids=range(18),
)
def test_what_cannot_be_printed_is_refused_with_its_line(text: str, code: str, told: str) -> None:
    """Each fault has a code and words of its own; nothing has to be guessed."""
    error = refused(text)

    assert error.code == code
    assert told in error.why
    assert "什么也没有改" in error.what


def test_every_unknown_fact_is_told_at_once() -> None:
    """Not one after the other, each after another try."""
    error = refused(f"{HEAD}{{{{a.b}}}}\n\n| 甲 |\n|---|\n| {{{{rows.c}}}} |\n\n{{{{d?}}}}")

    assert [line.partition("：")[0] for line in error.why.split("\n")] == ["第 9 行", "第 13 行", "第 15 行"]


def test_a_packing_list_has_two_numbers_to_scan() -> None:
    """Its own and that of the reply slip below it, by which the home office acknowledges."""
    text = documents.shipped("packing_list").replace("[条码 {{reply.number}}] 回执联编号", "回执联编号")

    error = refused(text, "packing_list")

    assert error.code == "wording-without-code"
    assert "回执联编号" in error.why
    assert "[条码 {{reply.number}}]" in error.next


@pytest.mark.parametrize("document", ["envelope", "", "../documents/notice", "x\x1b"])
def test_what_is_no_document_has_no_wording(document: str) -> None:
    """An envelope's face is drawn; a path leads nowhere."""
    assert refused(HEAD, document).code == "document-not-found"


@pytest.mark.parametrize(
    "text",
    [
        f"{HEAD}{'>' * 15_000}",
        f"{HEAD}{'- ' * 7_000}x",
        f"{HEAD}{'{{' * 9_000}",
        f"{HEAD}{'[条码 ' * 3_000}",
        f"{HEAD}{'1. ' * 6_000}",
        "---\n" * 4_000,
        f"{HEAD}{'|a' * 4_000}\n{'|---' * 2_000}",
    ],
    ids=["quotes", "lists", "braces", "codes", "numbers", "rules", "cells"],
)
def test_a_monstrous_wording_is_refused_like_any_other(text: str) -> None:
    """Nothing nests without end, nothing is read for minutes."""
    assert refused(text).code == "wording-broken"


PIECES = ("# ", "> ", "- 甲：", "| 乙 |", "\n", "|---|", "1. ", "{{case.number}}", "丙", "---", "[条码 ")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_whatever_is_written_is_printed_or_refused_in_words(pieces: list[str]) -> None:
    """No arrangement of our markup ends in an error that nobody has explained."""
    try:
        trial = trials.tried("notice", HEAD + "".join(pieces))
    except Explained as error:
        assert_explained(error, error.code)
    else:
        assert SAMPLE in trial.preview


def test_what_does_not_fit_is_the_wordings_fault_and_a_missing_font_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who edits is told to shorten it; without fonts the machine has to be put right first."""
    faults = {"wording-undrawable": lines.DoesNotFit("x"), "paper-undrawable": fonts.FontMissing("y")}
    for code, fault in faults.items():

        def drawing(*_: object, fault: Exception = fault) -> tuple[bytes, str]:
            raise fault

        monkeypatch.setattr(making, "_drawing", drawing)
        assert refused(f"{HEAD}正文").code == code


# --- files


def test_a_file_is_taken_as_editors_write_it(tmp_path: Path) -> None:
    """With a byte order mark and the line ends of Windows or of an old Macintosh."""
    path = tmp_path / "告知单.md"
    path.write_bytes(b"\xef\xbb\xbf" + "一\r\n二\r三\n".encode())

    assert trials.taken(path) == "一\n二\n三\n"
    assert trials.taken("一\r\n".encode()) == "一\n"


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        ("本告知单".encode("gb18030"), "wording-not-utf8", "第 1 行"),
        ("一\n".encode() + b"\xff\xfe", "wording-not-utf8", "第 2 行"),
        ("一".encode("utf-16"), "wording-not-utf8", "UTF-8"),
        (b"x" * 5_000_000, "wording-too-large", "80000 字节"),
    ],
    ids=["gb18030", "damaged", "utf-16", "large"],
)
def test_a_file_that_is_no_wording_is_told_apart(
    content: bytes, code: str, told: str, tmp_path: Path
) -> None:
    """Another encoding by the line it begins in; a huge one is not read to its end."""
    path = tmp_path / "文件.md"
    path.write_bytes(content)

    for source in (path, content):
        with pytest.raises(Explained) as caught:
            trials.taken(source)
        assert_explained(caught.value, code)
        assert told in caught.value.why


def test_what_is_no_file_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe nobody writes to, a folder, nothing at all, a name too long."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for path in (pipe, tmp_path, tmp_path / "nothing.md", tmp_path / ("x" * 300)):
        with pytest.raises(OutsideFailed) as caught:
            trials.taken(path)
        assert_explained(caught.value, "file-unreadable")


@pytest.mark.parametrize(
    ("document", "code", "label"),
    [("packing_list", "reply.number", "回执联编号"), ("day_sheet", "journal.anchor", "链首码")],
)
def test_a_second_barcode_that_is_worked_with_may_not_be_left_out(
    document: str, code: str, label: str
) -> None:
    """The slip is acknowledged by it, the journal is compared with it."""
    without = documents.shipped(document).replace(f"[条码 {{{{{code}}}}}]", "")

    error = refused(without, document)

    assert error.code == "wording-without-code"
    assert label in error.why
