"""The strict reader of item files, key by key."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from forms.items.toml_table import InvalidItem, Table


def test_each_key_is_read_once_and_in_its_type() -> None:
    """What was read is gone, so that nothing left over means nothing unknown."""
    day = datetime.date(2026, 11, 20)
    table = Table("f", {"text": " 张三 ", "whole": 2, "flag": False, "day": day, "texts": ["b", "a"]})

    assert table.text("text") == "张三"
    assert table.whole("whole", least=1) == 2
    assert table.flag("flag") is False
    assert table.day("day") == day
    assert table.texts("texts") == ("b", "a")
    table.done()
    with pytest.raises(InvalidItem, match="f: text: is missing"):
        table.text("text")


def test_a_key_nobody_read_is_named() -> None:
    """A misspelt key is found although the right one was optional."""
    with pytest.raises(InvalidItem, match="f: colour: is not known here"):
        Table("f", {"colour": "red"}).done()


def test_keys_of_inner_tables_carry_their_path() -> None:
    """Arrays count from 1, as people do."""
    table = Table("f", {"checklist": {"rows": [{}, {"id": 1}]}})

    second = table.table("checklist").tables("rows")[1]

    with pytest.raises(InvalidItem) as caught:
        second.text("id")
    assert (caught.value.key, caught.value.problem) == ("checklist.rows[2].id", "is int, not str")


def test_a_file_that_is_not_there_is_named_without_its_folders(tmp_path: Path) -> None:
    """Messages go on paper and screen; the path of the machine does not."""
    with pytest.raises(InvalidItem) as caught:
        Table.of_file(tmp_path / "trial" / "item.toml")

    assert caught.value.file == "trial/item.toml"
    assert caught.value.key == ""


def test_the_head_of_a_file_ends_at_its_first_table(tmp_path: Path) -> None:
    """What comes after is not even looked at; that is what reading the head is for."""
    file = tmp_path / "checklist.toml"
    file.write_text('# [no table]\ncode = "58"\n\n  [checklist]\nbroken', encoding="utf-8")

    head = Table.of_head(file)

    assert head.text("code") == "58"
    head.done()
    with pytest.raises(InvalidItem):
        Table.of_file(file)


def test_a_broken_head_is_named(tmp_path: Path) -> None:
    """As a broken file is."""
    (tmp_path / "checklist.toml").write_text("code = 开具\n[checklist]\n", encoding="utf-8")

    with pytest.raises(InvalidItem, match=r"checklist\.toml: .*line 1"):
        Table.of_head(tmp_path / "checklist.toml")
