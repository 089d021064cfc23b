"""Filling a document: values are text and nothing but text, and nothing is ever silently blank."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import documents
from forms.documents import MissingFact, UnknownDocument, WrongFact

TEMPLATE = """---
page: A5
---

{{hall.name}}

[条码 {{paper.number}}] 编号

# 清单 {{paper.copy_mark?}}

- 办件编号：{{case.number}}

## 材料

| 序号 | 名称 | 收到 |
|---|---|---|
| {{rows.seq}} | {{rows.name}}（{{window}}） | □ |

共 {{count}} 项
不得涂改

1. 收件不等于
   受理
2. 电话 {{hall.phone}}

> 签名：
> 日期：

---

到此为止
"""
FACTS: dict[str, documents.FactValue] = {
    "hall.name": "大厅",
    "paper.number": "123",
    "paper.copy_mark": "",
    "case.number": "456",
    "window": "3",
    "count": "2",
    "hall.phone": "0597",
    "rows": [{"seq": "1", "name": "结婚证"}, {"seq": "2", "name": "户口簿"}],
}
DOCUMENT = documents.read("sample", TEMPLATE)


def test_a_filled_document_is_plain_parts() -> None:
    """Each block of the wording becomes a part: its kind and rows of finished cells."""
    assert documents.fill(DOCUMENT, FACTS) == (
        ("paragraph", (("大厅",),)),
        ("code", (("123", "编号"),)),
        ("title", (("清单",),)),
        ("fields", (("办件编号", "456"),)),
        ("heading", (("材料",),)),
        ("table", (("序号", "名称", "收到"), ("1", "结婚证（3）", "□"), ("2", "户口簿（3）", "□"))),
        ("paragraph", (("共 2 项不得涂改",),)),
        ("notes", (("收件不等于受理",), ("电话 0597",))),
        ("signatures", (("签名：",), ("日期：",))),
        ("tear", ()),
        ("paragraph", (("到此为止",),)),
    )


def test_a_document_knows_its_title_page_facts_and_digest() -> None:
    """What a caller needs before it has any fact; the digest is of the wording as it was read."""
    assert (DOCUMENT.name, DOCUMENT.title, DOCUMENT.page) == ("sample", "清单", "A5")
    assert DOCUMENT.facts == FACTS.keys() - {"rows"} | {"rows.seq", "rows.name"}
    assert DOCUMENT.digest == hashlib.sha256(TEMPLATE.encode()).hexdigest()


@pytest.mark.parametrize(
    ("fact", "line"),
    [("hall.name", 5), ("case.number", 11), ("window", 17), ("count", 19), ("hall.phone", 24)],
)
def test_a_missing_fact_is_told_with_document_line_and_name(fact: str, line: int) -> None:
    """A person who edits the wording finds the place; the paper is not made."""
    facts = {name: value for name, value in FACTS.items() if name != fact}

    with pytest.raises(MissingFact) as missing:
        documents.fill(DOCUMENT, facts)

    assert (missing.value.document, missing.value.line, missing.value.fact) == ("sample", line, fact)
    assert str(missing.value) == f"sample/document.md:{line}: fact {fact} is missing"


def test_a_fact_missing_in_one_row_is_told_too() -> None:
    """Also deep in a list the name of the fact is given in full."""
    with pytest.raises(MissingFact) as missing:
        documents.fill(DOCUMENT, {**FACTS, "rows": [{"seq": "1", "name": "甲"}, {"seq": "2"}]})

    assert (missing.value.line, missing.value.fact) == (17, "rows.name")


def test_a_missing_list_is_told() -> None:
    """A table whose list nobody gave is no empty table."""
    with pytest.raises(MissingFact, match=r"document\.md:17: fact rows is missing"):
        documents.fill(DOCUMENT, {name: value for name, value in FACTS.items() if name != "rows"})


@pytest.mark.parametrize(("fact", "value"), [("rows", "text"), ("count", [{"seq": "1"}])])
def test_a_list_for_a_text_or_a_text_for_a_list_is_told(fact: str, value: documents.FactValue) -> None:
    """Either way round it is an error with the fact's name, not a strange paper."""
    with pytest.raises(WrongFact) as wrong:
        documents.fill(DOCUMENT, {**FACTS, fact: value})

    assert wrong.value.fact == fact


@pytest.mark.parametrize("empty", ["", "  ", "　"])
def test_an_empty_value_is_a_dash(empty: str) -> None:
    """Given but empty is shown as such; a reader need not wonder whether it was forgotten."""
    parts = documents.fill(DOCUMENT, {**FACTS, "case.number": empty})

    assert ("fields", (("办件编号", "—"),)) in parts


def test_an_empty_list_is_one_row_of_dashes() -> None:
    """A table without entries says so."""
    parts = documents.fill(DOCUMENT, {**FACTS, "rows": []})

    assert ("table", (("序号", "名称", "收到"), ("—", "—（3）", "□"))) in parts


def test_an_optional_fact_may_leave_nothing() -> None:
    """With a question mark an empty value leaves no dash and no stray space."""
    assert ("title", (("清单",),)) in documents.fill(DOCUMENT, FACTS)
    assert ("title", (("清单 副本 2",),)) in documents.fill(DOCUMENT, {**FACTS, "paper.copy_mark": "副本 2"})


@given(st.text(min_size=1).filter(str.strip))
def test_a_value_is_never_read_as_markup(value: str) -> None:
    """Whatever a value contains, it lands in its cell unchanged and makes no part of its own."""
    facts = {**FACTS, "hall.name": value, "case.number": value, "rows": [{"seq": value, "name": value}]}

    parts = documents.fill(DOCUMENT, facts)

    assert [kind for kind, _ in parts] == [kind for kind, _ in documents.fill(DOCUMENT, FACTS)]
    assert parts[0] == ("paragraph", ((value,),))
    assert parts[3] == ("fields", (("办件编号", value),))
    assert parts[5][1][1] == (value, f"{value}（3）", "□")


@pytest.mark.parametrize("name", ["nothing", "../documents/notice", "", "notice/document.md"])
def test_an_unknown_document_is_named(name: str) -> None:
    """Only a folder of this directory is a document; a path is not."""
    with pytest.raises(UnknownDocument) as unknown:
        documents.load(name)

    assert unknown.value.document == name
