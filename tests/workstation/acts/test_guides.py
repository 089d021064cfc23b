"""办事指南 imported: whole or not at all, each change a new edition, ids that stay, and cases left alone."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from forms import items
from forms.items.guide import HEADS
from tests import builders
from tests.builders import assert_explained
from workstation.acts import catalogue, guides, hall_items, registration, table_files
from workstation.acts.desk import Desk
from workstation.acts.inputs import EXAMPLE_ITEM
from workstation.acts.table_files import Changed, Difference, RowsFaulty
from workstation.domain.guide import Guide
from workstation.errors import Explained, Refused, WrongUsage

SOURCE = "本大厅办事指南（2026年版）"
DAY = "2026-11-01"
SPOILT = 3_000

Row = dict[str, str]


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor of a hall whose directory has an office."""
    registration.register(desk, builders.an_intake())
    return builders.at(desk, "2001")


def a_row(name: str, **cells: str) -> Row:
    """A valid line, by field."""
    return {"item": "63", "name": name, "standard": "字迹清晰。", "form": "原件", **cells}


def a_file(*rows: Row, kind: str = "csv", fields: Sequence[str] = tuple(HEADS)) -> bytes:
    """A table file with these lines."""
    heads = [HEADS[field].name for field in fields]
    return table_files.written(kind, heads, [[row.get(f, "") for f in fields] for row in rows], title="表")


def imported(desk: Desk, *rows: Row, scope: str = "*") -> Difference:
    """Import these lines."""
    return guides.import_file(desk, "指南.csv", a_file(*rows), scope=scope, source=SOURCE, source_date=DAY)


def previewed(desk: Desk, content: bytes, scope: str = "*") -> Difference:
    """What importing would change."""
    return guides.preview(desk, "指南.csv", content, scope=scope)


def refused(desk: Desk, *rows: Row, scope: str = "*", **given: Any) -> Explained:
    """How importing these lines is refused; nothing is written."""
    before = builders.head(desk)
    values = {"scope": scope, "source": SOURCE, "source_date": DAY, **given}
    with pytest.raises(Explained) as caught:
        guides.import_file(desk, "指南.csv", a_file(*rows), **values)
    assert builders.head(desk) == before
    return caught.value


def checklist(desk: Desk, code: str = "63", **of: str) -> items.Checklist:
    """The checklist that holds."""
    with desk.reading() as reading:
        return catalogue.checklist(reading, code, **of)


def ids(desk: Desk, code: str = "63") -> dict[str, str]:
    """Ids of the rows that hold, by name."""
    return {row.name: row.id for row in checklist(desk, code).rows}


def editions(desk: Desk, code: str = "63") -> list[Guide]:
    """All editions of an item's guides."""
    with desk.reading() as reading:
        return reading.guides.where(item=code)


def facts(desk: Desk) -> dict[str, Any]:
    """What the newest journal entry tells."""
    with desk.reading() as reading:
        seq, _, _ = reading.chain()
        (entry,) = reading.journal(seq - 1)
    assert entry.act == "import_guide"
    told: dict[str, Any] = json.loads(entry.body)["facts"]
    return told


def test_a_guide_holds_from_its_import_on(desk: Desk) -> None:
    """Its rows in the order of the file; who answers for them, and what they come from."""
    found = imported(
        desk,
        a_row("结婚证", form="复印件(验原件)", copies="2", id="marriage"),
        a_row("新表", deferrable="是"),
    )

    holding = checklist(desk)
    assert found == Difference(added=("63/marriage", "63/r1"))
    assert (holding.origin, holding.mark, holding.version) == (items.Origin.GUIDE, "办事指南", "63/*/1")
    assert [(row.id, row.name, row.form, row.copies) for row in holding.rows] == [
        ("marriage", "结婚证", "copy_checked", 2),
        ("r1", "新表", "original", 1),
    ]
    assert [row.deferrable for row in holding.rows] == [False, True]
    (guide,) = editions(desk)
    assert (guide.source, guide.source_date, guide.imported_by) == (SOURCE, DAY, "2001")


def test_a_case_registered_later_is_handled_by_it_and_an_earlier_one_is_not(desk: Desk) -> None:
    """A case keeps the rows it was registered with."""
    clerk = builders.at(desk, "1001")
    before = registration.register(clerk, builders.an_intake())
    rows = builders.open_rows(desk, before.number)

    imported(desk, a_row("新申请表", item="59", id="application"))

    after = registration.register(clerk, builders.an_intake(materials=()))
    assert builders.open_rows(desk, before.number) == rows
    assert [row.name for row in builders.open_rows(desk, after.number)] == ["新申请表"]
    assert after.checklist_version == "59/*/1"
    assert builders.case_of(desk, before.number) == before


def test_the_journal_is_told_counts_and_scope(desk: Desk) -> None:
    """Nothing of what the rows say."""
    imported(desk, a_row("甲"), a_row("乙"))
    imported(desk, a_row("甲", copies="2"), a_row("丙"))

    assert facts(desk) == {
        "scope": "*", "items": 1, "added": 1, "changed": 1, "removed": 1, "unchanged": 0,
    }  # fmt: skip


def test_rows_keep_their_ids_when_an_edited_file_comes(desk: Desk) -> None:
    """By name: those of the former guide, else those of the checklist we ship; new rows get new numbers."""
    application = items.for_item("63").rows[0]
    imported(desk, a_row("甲"), a_row(application.name), a_row("乙"))
    assert ids(desk) == {"甲": "r1", application.name: application.id, "乙": "r2"}

    imported(desk, a_row("乙"), a_row("丙"), a_row(application.name))

    assert ids(desk) == {"乙": "r2", "丙": "r3", application.name: application.id}


def test_a_difference_tells_rows_and_fields(desk: Desk) -> None:
    """Added, changed in which fields, removed, unchanged; a row put in between changes no other."""
    imported(desk, a_row("甲"), a_row("乙"), a_row("丙"), a_row("丁"))

    found = imported(desk, a_row("甲"), a_row("戊"), a_row("丙", form="复印件", exempt="是"), a_row("丁"))

    assert found == Difference(
        added=("63/r5",),
        changed=(Changed("63/r3", ("form", "exempt")),),
        unchanged=("63/r1", "63/r4"),
        removed=("63/r2",),
    )
    assert "更改  63/r3（形式、免提交）" in table_files.summary(found, guides.HEADS)


def test_another_order_is_a_change(desk: Desk) -> None:
    """Rows stand in the order of the file."""
    imported(desk, a_row("甲"), a_row("乙"), a_row("丙"))

    found = imported(desk, a_row("乙"), a_row("甲"), a_row("丙"))

    assert [one.fields for one in found.changed] == [("order",), ("order",)]
    assert [row.name for row in checklist(desk).rows] == ["乙", "甲", "丙"]
    assert "次序" in table_files.summary(found, guides.HEADS)


def test_only_items_that_differ_get_a_new_edition(desk: Desk) -> None:
    """Former editions stay, with their rows; what is not in the file is left alone."""
    imported(desk, a_row("甲"), a_row("乙", item="59"), a_row("丙", item="5"))

    imported(desk, a_row("甲", copies="3"), a_row("乙", item="59"))

    assert [(one.id, one.state) for one in editions(desk)] == [("63/*/1", "former"), ("63/*/2", "live")]
    assert [one.id for one in editions(desk, "59")] == ["59/*/1"]
    assert [one.state for one in editions(desk, "5")] == ["live"]
    with desk.reading() as reading:
        copies = [reading.guide_rows.where(guide=f"63/*/{edition}")[0].copies for edition in (1, 2)]
    assert copies == [1, 3]


def test_the_same_file_again_changes_nothing(desk: Desk) -> None:
    """No edition, and the difference is empty."""
    imported(desk, a_row("甲"), a_row("乙"))

    found = imported(desk, a_row("甲"), a_row("乙"))

    assert found.is_empty
    assert [one.id for one in editions(desk)] == ["63/*/1"]


def test_a_preview_tells_the_same_and_writes_nothing(desk: Desk) -> None:
    """Neither guide nor journal entry."""
    imported(desk, a_row("甲"))
    before = builders.head(desk)

    found = previewed(desk, a_file(a_row("甲", copies="2"), a_row("乙")))

    assert found == Difference(added=("63/r2",), changed=(Changed("63/r1", ("copies",)),))
    assert builders.head(desk) == before
    assert imported(desk, a_row("甲", copies="2"), a_row("乙")) == found


def test_each_scope_has_its_own_guide(desk: Desk) -> None:
    """The office's goes before the county's, city's and province's, and these before the one for all."""
    for scope in ("*", "450000", "450100", "450101", "450101-police"):
        imported(desk, a_row(f"材料{scope}"), scope=scope)

    def name(**of: str) -> str:
        return checklist(desk, **of).rows[0].name

    assert name() == "材料*"
    assert name(division="350203") == "材料*"
    assert name(division="450200") == "材料450000"
    assert name(division="450109") == "材料450100"
    assert name(office="450109-hz", division="450101") == "材料450101"
    assert name(office="450101-police", division="450101") == "材料450101-police"
    assert len(guides.listed(desk)) == len(guides.listed(desk, "63")) == 5
    assert guides.listed(desk, "59") == []


@pytest.mark.parametrize("scope", ["nobody", "4501", "045010", "", "45010x"])
def test_a_scope_is_an_office_a_division_or_all(desk: Desk, scope: str) -> None:
    """Anything else is no office of the directory."""
    assert_explained(refused(desk, a_row("甲"), scope=scope), "office-not-found")


@pytest.mark.parametrize(
    ("typed", "scope"), [("＊", "*"), (" ４５０１０１ ", "450101"), ("450101-POLICE", "450101-police")]
)
def test_a_scope_is_kept_in_its_one_form(desk: Desk, typed: str, scope: str) -> None:
    """However the input method gave it, so that hand-ins find it and the next file is compared with it."""
    imported(desk, a_row("甲"), scope=typed)

    assert editions(desk)[0].scope == scope
    assert imported(desk, a_row("甲"), scope=scope).is_empty
    assert previewed(desk, guides.export(desk, typed, "csv"), typed).is_empty


def test_every_wrong_row_is_told_and_nothing_is_imported(desk: Desk) -> None:
    """Of 10,000 rows 300 are wrong: 300 faults with line and column, no edition, no entry."""
    rows = [a_row(f"材料{n}", copies="0" if n % 33 == 1 and n < 9_901 else "1") for n in range(10_000)]

    error = refused(desk, *rows)

    assert isinstance(error, RowsFaulty)
    assert [fault.line for fault in error.faults] == [
        n + 2 for n in range(10_000) if n % 33 == 1 and n < 9_901
    ]
    assert len(error.faults) == 300
    assert "300 处" in error.what
    assert error.why.splitlines()[1] == "第 36 行“份数”：“0”不是份数；份数为 1 至 999。"
    assert editions(desk) == []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"item": "999"}, "“事项代码”：没有代码为“999”的事项"),
        ({"form": "原件及复印件"}, "“形式”：不认识“原件及复印件”；可用：原件、复印件、复印件（核对原件）。"),
        ({"name": "甲"}, "“材料名称”：与第 2 行相同"),
        ({"id": "first"}, "“行标识”：与第 2 行相同"),
        ({"id": "result"}, "留给结果和属地补正用"),
        ({"id": "1"}, "以小写字母开头"),
        ({"exempt": "也许"}, "“也许”既不是“是”，也不是“否”"),
        ({"faults": "太旧"}, "不认识“太旧”；可用：缺件、"),
        ({"name": "长" * 101}, "太长了，最多 100 个字符"),
        ({"standard": ""}, "“审查要点”：没有填写。"),
        ({"name": "甲\u202e乙"}, "不可见或改变文字方向"),
    ],
)
def test_each_fault_is_told_in_words(desk: Desk, cells: Row, said: str) -> None:
    """Line, column and what is wrong; what else the file says does not matter."""
    error = refused(desk, a_row("甲", id="first"), {**a_row("乙"), **cells})

    assert_explained(error, "file-rows")
    assert isinstance(error, WrongUsage)
    assert error.why.startswith("第 3 行")
    assert said in error.why


def test_a_file_without_a_needed_column_is_refused(desk: Desk) -> None:
    """The other columns may be missing."""
    needed = [field for field, head in HEADS.items() if head.required]
    content = a_file(a_row("甲"), fields=needed)
    assert previewed(desk, content).added == ("63/r1",)

    with pytest.raises(WrongUsage, match="file-header") as caught:
        previewed(desk, a_file(a_row("甲"), fields=needed[1:]))
    assert "缺少“事项代码”列" in caught.value.why


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"source": " "}, "plain-text-empty"),
        ({"source": "长" * 201}, "plain-text-too-long"),
        ({"source_date": "昨天"}, "day-impossible"),
        ({"source_date": "2026-11-21"}, "source-not-yet"),
    ],
)
def test_a_guide_says_where_it_comes_from(desk: Desk, given: dict[str, str], code: str) -> None:
    """A document or decision, and its day, which is not one to come."""
    assert_explained(refused(desk, a_row("甲"), **given), code)


def test_clerks_do_not_import_guides(desk: Desk) -> None:
    """They may look what a file would change; a supervisor or administrator imports it."""
    clerk = builders.at(desk, "1001")

    assert_explained(refused(clerk, a_row("甲")), "wrong-role")
    assert previewed(clerk, a_file(a_row("甲"))).added == ("63/r1",)
    assert imported(builders.at(desk, "3001"), a_row("甲")).added == ("63/r1",)


def test_a_hall_item_has_a_guide_too(desk: Desk) -> None:
    """Known by its code as soon as it is added."""
    assert_explained(refused(desk, a_row("甲", item="H-1")), "file-rows")
    hall_items.add(desk, EXAMPLE_ITEM)

    imported(desk, a_row("甲", item="H-1"))

    assert ids(desk, "H-1") == {"甲": "r1"}


@pytest.mark.parametrize("kind", table_files.FORMATS)
def test_what_is_exported_imports_without_a_difference(desk: Desk, kind: str) -> None:
    """Every checklist we ship, taken as the hall's own, with ids, and one row with everything in it."""
    ours = guides.shipped(kind)
    full = a_row(
        "=1+1", item="5", copies="999", from_whom="甲、乙", condition="有的", deferrable="是", exempt="是",
        faults="缺件、过期", sample="“例”,;'", source="无", id="all",
    )  # fmt: skip
    guides.import_file(desk, "我们的", ours, scope="450101", source=SOURCE, source_date=DAY)
    imported(desk, full, scope="450101")

    exported = guides.export(desk, "450101", kind)

    found = previewed(desk, exported, "450101")
    assert found.is_empty
    assert len(found.unchanged) > 50
    assert checklist(desk, division="450101").rows == items.for_item("63").rows


def test_some_items_are_exported(desk: Desk) -> None:
    """In the order of their codes, each once; an item without a guide is refused."""
    imported(desk, a_row("甲"), a_row("乙", item="5"))

    content = guides.export(desk, "*", "csv", ["63", "63"])

    assert previewed(desk, content).unchanged == ("63/r1",)
    assert previewed(desk, guides.export(desk, "*", "csv")).unchanged == ("5/r1", "63/r1")
    for scope, codes in (("*", ["59"]), ("450101", [])):
        with pytest.raises(Refused, match="guide-not-found"):
            guides.export(desk, scope, "csv", codes)


def test_the_checklists_we_ship_are_a_start(desk: Desk) -> None:
    """Of the items named, the generic one for an item that has none of its own."""
    content = guides.shipped("xlsx", ["5", "63"])

    imported_ = guides.import_file(desk, "起点.xlsx", content, scope="*", source=SOURCE, source_date=DAY)

    assert [key.split("/")[0] for key in imported_.added] == ["5"] * len(items.for_item("5").rows) + [
        "63"
    ] * len(items.for_item("63").rows)
    assert checklist(desk).rows == items.for_item("63").rows


def test_whoever_imports_next_makes_the_next_edition(desk: Desk) -> None:
    """Also what was there before is a new edition when it comes again; each names who imported it."""
    other = replace(builders.at(desk, "2002"), window=2)
    imported(desk, a_row("甲"))
    imported(other, a_row("甲", copies="2"))
    imported(desk, a_row("甲"))

    assert [(one.edition, one.state, one.imported_by) for one in editions(desk)] == [
        (1, "former", "2001"),
        (2, "former", "2002"),
        (3, "live", "2001"),
    ]
    builders.assert_true_ledger(desk)


def test_500_rows_three_times_are_quick(desk: Desk) -> None:
    """Imported, changed and imported again: well under two seconds on any machine."""
    rows = [a_row(f"材料{n}", item=str(n // 10 + 1), standard="字迹清晰、无涂改。" * 10) for n in range(500)]
    edited = [row | {"copies": "2"} if n % 10 == 0 else row for n, row in enumerate(rows)]
    begin = time.process_time()

    found = [imported(desk, *rows), imported(desk, *edited), imported(desk, *rows)]

    assert time.process_time() - begin < 2
    assert [len(one.changed) for one in found] == [0, 50, 50]


def test_spoilt_files_are_read_or_refused_in_words() -> None:
    """Bytes changed, cut, doubled and put in: a guide, its faults, or a refusal that explains itself."""
    chance = random.Random(63)
    good = a_file(a_row("甲", faults="缺件、过期", copies="2", id="first"), a_row("乙", exempt="是"))
    outcomes = Counter[str]()
    for _ in range(SPOILT):
        content = bytearray(good)
        for _ in range(chance.randint(1, 4)):
            at = chance.randrange(len(content) or 1)
            match chance.randrange(4):
                case 0:
                    content[at : at + 1] = chance.randbytes(1)
                case 1:
                    content = content[:at]
                case 2:
                    content[at:at] = chance.choice((b'"', b",", b"\r\n", b"\x00", "（".encode(), b"=\t"))
                case _:
                    content[at:at] = content[at : at + chance.randrange(40)]
        try:
            outcomes["faults" if guides.read("指南.csv", bytes(content)).guide.faults else "guide"] += 1
        except Explained as error:
            assert_explained(error, error.code)
            outcomes["refused"] += 1

    assert outcomes.total() == SPOILT
    assert min(outcomes["faults"], outcomes["guide"], outcomes["refused"]) > SPOILT / 100


@pytest.mark.parametrize("name", ["=cmd", "\x1b[31m", "名" * 300])
def test_the_name_of_a_file_is_shown_safely(desk: Desk, name: str) -> None:
    """A refusal repeats it short and without what moves a cursor."""
    with pytest.raises(WrongUsage) as caught:
        guides.preview(desk, name, b"\x00", scope="*")

    assert "\x1b" not in caught.value.what
    assert len(caught.value.what) < 100
