"""Reading a wording: our subset of Markdown, and a clear fault with its line for everything else."""

import pytest

from forms.documents import TemplateFault
from forms.documents.template import Block, Fact, Front, Row, parse

HEAD = "---\npage: A4\n---\n\n# 标题\n\n"


def only(text: str) -> Block:
    """The one block after the title."""
    _, (_, block) = parse("sample", HEAD + text)
    return block


def test_a_fact_knows_its_line_and_whether_it_may_be_empty() -> None:
    """Also on the second line of a paragraph."""
    assert only("一 {{a.b}}\n二 {{c?}}").rows == (
        Row((("一 ", Fact("a.b", 7, optional=False), "二 ", Fact("c", 8, optional=True)),)),
    )


@pytest.mark.parametrize(
    ("line", "copies"),
    [
        ("", ()),
        ("copies: 业务属地联\n", ("业务属地联",)),
        ("copies: 申请人联、 窗口留存联 、业务属地联\n", ("申请人联", "窗口留存联", "业务属地联")),
    ],
)
def test_copies_are_named_in_the_front_matter(line: str, copies: tuple[str, ...]) -> None:
    """None is named where there is one only; blanks around a name are the writer's."""
    front, _ = parse("sample", f"---\npage: A5\n{line}---\n\n# 标题")

    assert front == Front("A5", copies)


def test_a_row_that_names_a_list_repeats() -> None:
    """Lists are facts whose first word ends with rows; other rows of the table stand once."""
    block = only("| 甲 | 乙 |\n|---|---|\n| {{case_rows.a}} | {{b}} |\n| 合计 | {{c}} |")

    assert [row.each for row in block.rows] == ["", "case_rows", ""]


def test_lines_of_latin_text_are_joined_with_a_space() -> None:
    """Chinese lines are joined without one."""
    assert only("one\ntwo\n三").rows[0].cells == (("one two三",),)


def test_a_pipe_in_a_cell_is_written_with_a_backslash() -> None:
    """As everywhere in Markdown tables."""
    assert only("| 甲\\|乙 |\n|---|").rows[0].cells == (("甲|乙",),)


def test_other_markup_is_ordinary_text() -> None:
    """Emphasis, links, entities and HTML are printed as they are written."""
    assert only("**粗** <b>x</b> [a](b) &amp; `c`").rows[0].cells == (("**粗** <b>x</b> [a](b) &amp; `c`",),)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("# 没有开头", 1, "front matter"),
        ("---\npage: B5\n---\n\n# 标题", 2, "A4 or A5"),
        ("---\npage: A4\nmargin: 3\n---\n\n# 标题", 3, "margin: 3"),
        ("---\n---\n\n# 标题", 2, "A4 or A5"),
        ("---\npage: A4\ncopies: 甲\ncopies: 乙\n---\n\n# 标题", 3, "copies: 乙"),
        ("---\npage: A4\ncopies:\n---\n\n# 标题", 3, "one to five"),
        ("---\npage: A4\ncopies: 甲、、乙\n---\n\n# 标题", 3, "甲、、乙"),
        ("---\npage: A4\ncopies: 甲、甲\n---\n\n# 标题", 3, "different"),
        ("---\npage: A4\ncopies: 一、二、三、四、五、六\n---\n\n# 标题", 3, "one to five"),
        ("---\npage: A4\ncopies: 一二三四五六七八九十一二三\n---\n\n# 标题", 3, "twelve"),
        ("---\npage: A4\n---\n\n没有标题", 1, "no title"),
        ("", 1, "front matter"),
    ],
)
def test_a_document_without_page_or_title_is_a_fault(text: str, line: int, problem: str) -> None:
    """Page size and title are what every paper must have."""
    with pytest.raises(TemplateFault, match=problem) as fault:
        parse("sample", text)

    assert (fault.value.document, fault.value.line) == ("sample", line)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("一\n{{Case Number}}", 8, "no fact's name"),
        ("{{}}", 7, "no fact's name"),
        ("{{case.number", 7, "two braces"),
        ("case.number}}", 7, "two braces"),
        ("{{rows.name}}", 7, "table row"),
        ("| {{rows.name}} |\n|---|", 7, "table row"),
        ("| 甲 | 乙 |\n|---|---|\n| {{a_rows.x}} | {{b_rows.y}} |", 9, "one list"),
        ("| 甲 | 乙 |\n|---|---|\n| 一 | 二 | 三 |", 9, "more cells"),
        ("| 甲 | 乙 |\n|---|\n| 一 | 二 |", 7, "a table needs"),
        ("- 没有冒号", 7, "a field is written"),
        ("- 空的：", 7, "a field is written"),
        ("- 一：{{a}}\n  - 二：{{b}}", 7, "nested"),
        ("> # 标题", 7, "nested"),
        ("[条码] 没有号码", 7, "a barcode is written"),
        ("### 三级", 7, "not used"),
    ],
)
def test_a_slip_of_the_pen_is_a_fault_with_its_line(text: str, line: int, problem: str) -> None:
    """Whoever edits a wording is told where and what; a paper with lost words never comes out."""
    with pytest.raises(TemplateFault, match=problem) as fault:
        parse("sample", HEAD + text)

    assert fault.value.line == line


def test_a_qr_code_is_written_like_a_barcode() -> None:
    """Its digits are a fact that may be empty, its caption words with facts."""
    _, blocks = parse("x", f"{HEAD}[二维码 {{{{manifest.code?}}}}] 合计 {{{{count.rows}}}} 项。\n")

    (row,) = blocks[-1].rows
    assert blocks[-1].kind == "qr"
    assert row.cells[0] == (Fact("manifest.code", 7, True),)
    assert [part if isinstance(part, str) else part.name for part in row.cells[1]] == [
        "合计 ", "count.rows", " 项。",
    ]  # fmt: skip


@pytest.mark.parametrize("wrong", ["[二维码]", "[二维码{{manifest.code}}] 说明", "[二维码 {{manifest.code}}"])
def test_a_qr_code_written_wrongly_is_told(wrong: str) -> None:
    """It would be printed as words otherwise."""
    with pytest.raises(TemplateFault) as caught:
        parse("x", f"---\npage: A4\n---\n\n# 题\n\n{wrong}\n")

    assert caught.value.line == 7
