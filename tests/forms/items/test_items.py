"""The national list: 137 items with every column as printed, and our coding read from its words alone."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import hashlib
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from forms import items
from forms.items import BasisPlace, InvalidItem, Item, Mode, national

FOLDER = Path(items.__file__).parent


def printed() -> list[dict[str, str]]:
    """The rows of the list, read without our reader."""
    with (FOLDER / national.LIST).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def copied(folder: Path) -> Path:
    """A folder with the list and our coding, to be spoilt."""
    for name in (national.LIST, national.PLACES):
        shutil.copy(FOLDER / name, folder / name)
    return folder


def spoilt(folder: Path, name: str, written: str, instead: str) -> Path:
    """Such a folder with one thing changed."""
    file = copied(folder) / name
    text = file.read_text(encoding="utf-8")
    assert written in text
    file.write_text(text.replace(written, instead, 1), encoding="utf-8")
    return folder


def codes(found: Sequence[Item]) -> list[int]:
    """Their numbers, as they are in the list."""
    return [int(item.code) for item in found]


def test_the_list_has_137_items_in_its_order() -> None:
    """Numbered from 1 on, without a gap, in parts of 57, 72 and 8."""
    everything = items.all_items()

    assert codes(everything) == list(range(1, 138))
    assert Counter(item.batch for item in everything) == {"2020": 57, "2021": 72, "later": 8}


def test_every_column_of_every_item_is_as_printed() -> None:
    """Put together again, the items are the file."""
    again = [
        {
            "seq": item.code,
            "batch": item.batch,
            "batch_no": item.batch_no,
            "name": item.title,
            "scenario": item.scenario,
            "lead_ministry": item.lead_ministry,
            "cooperating_ministries": "、".join(item.cooperating_ministries),
            "provincial_department": item.provincial_department,
            "mode_text": item.mode_text,
            "modes": "|".join(item.modes),
            "due_text": item.due_text,
            "status": item.status,
        }
        for item in items.all_items()
    ]

    assert again == printed()


def test_the_list_is_the_one_its_source_tells_of() -> None:
    """A changed letter changes the digest; whoever corrects the list says so there."""
    digest = hashlib.sha256((FOLDER / national.LIST).read_bytes()).hexdigest()

    assert digest in (FOLDER / "SOURCE.md").read_text(encoding="utf-8")


def test_every_item_names_its_notice() -> None:
    """By title and date; a document number is printed nowhere, so none is given."""
    for item in items.all_items():
        assert "“跨省通办”“省内通办”实施方案的通知（2020年11月27日）" in item.source
        assert "〔" not in item.source
        assert item.source_date == datetime.date(2020, 11, 27)


def test_an_item_is_found_by_its_number() -> None:
    """夫妻投靠户口迁移 whole, as an example."""
    item = items.by_code("63")

    assert (item.title, item.modes) == ("夫妻投靠户口迁移", (Mode.COLLECT_ELSEWHERE,))
    assert (item.basis_place, item.basis_words) == (BasisPlace.MOVING_IN, "只需在迁入地申请")
    assert (item.lead_ministry, item.cooperating_ministries) == ("公安部", ("民政部",))
    assert (item.provincial_department, item.due_text, item.status) == ("省公安厅", "2021年底", "due")
    assert item.path is items.Path.RECEIVED


@pytest.mark.parametrize("code", ["0", "138", "059", "５９", "", "开具", "59 "])
def test_an_unknown_code_is_no_item(code: str) -> None:
    """Codes are compared as they are written."""
    with pytest.raises(items.UnknownItem):
        items.by_code(code)


def test_items_are_facts() -> None:
    """Nothing changes an item under a case that is being handled."""
    item = items.by_code("59")

    with pytest.raises(dataclasses.FrozenInstanceError):
        item.title = "别的"  # type: ignore[misc]  # that is the point


@pytest.mark.parametrize("item", items.all_items(), ids=lambda item: item.code)
def test_each_basis_place_is_read_from_the_words(item: Item) -> None:
    """The words quoted stand in the scenario and name the place; without such words the 办事指南 decides."""
    if item.basis_place is BasisPlace.BY_GUIDE:
        assert item.basis_words == ""
    else:
        assert item.basis_words in item.scenario
        assert item.basis_place in item.basis_words


def test_the_basis_places_counted() -> None:
    """As they were counted by hand."""
    assert Counter(item.basis_place for item in items.all_items()) == {
        BasisPlace.HOUSEHOLD: 16,
        BasisPlace.REGISTERED: 13,
        BasisPlace.TRANSFER_IN: 10,
        BasisPlace.INSURED: 6,
        BasisPlace.MOVING_IN: 5,
        BasisPlace.BIRTH: 1,
        BasisPlace.BY_GUIDE: 86,
    }


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("不受户籍地限制", BasisPlace.HOUSEHOLD),
        ("只需在迁入地申请", BasisPlace.MOVING_IN),
        ("可向转入地申请", BasisPlace.TRANSFER_IN),
        ("可在转入地申请", BasisPlace.TRANSFER_IN),
        ("不受参保地限制", BasisPlace.INSURED),
        ("不受登记地限制", BasisPlace.REGISTERED),
        ("不受企业登记地限制", BasisPlace.REGISTERED),
        ("不受不动产登记地限制", BasisPlace.REGISTERED),
        ("出生地公安部门", BasisPlace.BIRTH),
    ],
)
def test_equal_words_mean_one_place(words: str, place: BasisPlace) -> None:
    """No row with these words was passed over."""
    with_words = [item for item in items.all_items() if words in item.scenario]

    assert with_words
    assert {item.basis_place for item in with_words} == {place}


@pytest.mark.parametrize(
    "code", ["1", "5", "24", "31", "52", "100"], ids=["two", "four", "所在地", "住所地", "注册地", "注册地2"]
)
def test_other_words_and_several_places_decide_nothing(code: str) -> None:
    """户籍地或学校所在地 names two places, and 注册地 is another word than 登记地."""
    assert items.by_code(code).basis_place is BasisPlace.BY_GUIDE


def test_a_copied_folder_reads_alike(tmp_path: Path) -> None:
    """So the faults below are those that were put in."""
    assert items.all_items(copied(tmp_path)) == items.all_items()


@pytest.mark.parametrize(
    ("file", "written", "instead", "key"),
    [
        (national.LIST, "nationwide", "by_pigeon", "1.modes"),
        (national.LIST, "nationwide", "online_precheck", "1.modes"),
        (national.LIST, "nationwide", "", "1.modes"),
        (national.LIST, "done\n2,", "finished\n2,", "1.status"),
        (national.LIST, "seq,", "code,", ""),
        (national.LIST, "\n2,2020,", "\n1,2020,", "1"),
        (national.LIST, "学历公证,", "学历公证,,", "line 2"),
        (national.PLACES, "登记地,", "登记处,", "22.basis_place"),
        (national.PLACES, "\n137,", "\n138,", "138"),
        (national.PLACES, "\n137,参保地,不受参保地限制", "", "137"),
    ],
)
def test_a_fault_is_named_with_file_and_cell(
    tmp_path: Path, file: str, written: str, instead: str, key: str
) -> None:
    """Whoever edits a table is told where to look."""
    folder = spoilt(tmp_path, file, written, instead)

    with pytest.raises(InvalidItem) as caught:
        items.all_items(folder)

    assert (caught.value.file, caught.value.key) == (file, key)


@pytest.mark.parametrize("code", ["01", "１", "a", "-1", ""])
def test_a_code_is_a_number_as_the_list_writes_it(tmp_path: Path, code: str) -> None:
    """Otherwise two codes could be one number."""
    spoilt(tmp_path, national.LIST, "\n1,", f"\n{code},")
    places = tmp_path / national.PLACES
    text = places.read_text(encoding="utf-8")
    places.write_text(text.replace("\n1,", f"\n{code},", 1), encoding="utf-8")

    with pytest.raises(InvalidItem) as caught:
        items.all_items(tmp_path)

    assert (caught.value.file, caught.value.key) == (national.LIST, f"{code}.seq")
