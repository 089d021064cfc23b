"""旧台账: found by whole names and numbers however they were written; shown masked; taken up by no act."""

from __future__ import annotations

from pathlib import Path

import pytest

from forms.rescue.damage import Damage
from forms.rescue.heads import KINDS
from forms.rescue.lines import Why
from tests import builders
from tests.builders import assert_explained
from tests.workstation.acts.ledgers_of_old import MAPPING, a_csv, a_line
from workstation.acts import ledger_columns, old_cases, rescue, searching, viewing
from workstation.acts.desk import Desk
from workstation.domain.words import WORDS
from workstation.errors import Explained

OURS = "13502031012632400012"
"""A number as we issue them, check digit and all."""


def imported(desk: Desk, folder: Path, *lines: tuple[str, ...]) -> str:
    """A ledger of these lines; gives its id."""
    path = a_csv(folder / "a.csv", *lines)
    return rescue.run(builders.at(desk, "2001"), path, MAPPING).rescue.id


def lines_of(desk: Desk, text: str) -> list[int]:
    """The lines that are found, as Excel counts them."""
    return [old.line for old in old_cases.found(desk, text)]


def test_a_line_is_found_by_whatever_is_whole_in_it(desk: Desk, tmp_path: Path) -> None:
    """Name, document, telephone, old number, waybill; blanks and full width make no difference, parts do."""
    imported(desk, tmp_path, a_line(), a_line(**OTHER))

    for text in (
        "覃示例",
        " 覃 示例 ",
        "450103199003070004",
        "４５０１０３１９９００３０７０００４",
        "139 0000 0001",
    ):
        assert lines_of(desk, text) == [2], text
    for text in ("桂跨〔2023〕17号", "1136281381675", "１１３６２８１３８１６７５"):
        assert lines_of(desk, text) == [2], text
    for text in ("覃示", "0001", "17号", "", "\x1b[2J", "450103199003070"):
        assert lines_of(desk, text) == [], text


OTHER = {
    "number": "ＫＳ－９",
    "applicant_name": "李示例",
    "applicant_id": "E12345678",
    "applicant_phone": "0771-5551234",
    "waybill": "ee123456785cn",
}


def test_what_stands_otherwise_in_the_file_is_found_all_the_same(desk: Desk, tmp_path: Path) -> None:
    """Full width and .0 stay in the ledger, and whoever looks types the plain number."""
    line = a_line(number="ＫＳ－９", waybill="1136281381675.0", applicant_phone="07715551234")
    imported(desk, tmp_path, line, a_line(**OTHER))

    assert lines_of(desk, "KS-9") == [2, 3]
    assert lines_of(desk, "1136281381675") == [2]
    assert lines_of(desk, "0771-5551234") == [2, 3]
    assert lines_of(desk, "e12345678") == [3]


def test_damaged_numbers_are_nobodys(desk: Desk, tmp_path: Path) -> None:
    """A rounded ID is not found by the ID it may have been, nor is #N/A anybody's name."""
    imported(desk, tmp_path, a_line(applicant_id="450103199003070000", applicant_name="#N/A"))

    assert lines_of(desk, "450103199003070004") == []
    assert lines_of(desk, "#N/A") == []
    assert lines_of(desk, "450103199003070000") == [2]


def test_a_line_is_shown_masked_with_its_damage_in_words(desk: Desk, tmp_path: Path) -> None:
    """Names, documents and telephones hidden, in the remark long numbers; flags name column and damage."""
    line = a_line(remark="其母电话 13900000002", applicant_id="45O103199003070004")
    number = imported(desk, tmp_path, line)

    old = old_cases.one(desk, f"{number}:2")

    cells = old_cases.cells(old)
    assert cells["applicant_name"] == "覃**"
    assert cells["applicant_phone"] == "139****0001"
    assert set(cells["applicant_id"]) == {"*"}
    assert cells["remark"] == "其母电话 ***********"
    assert (cells["office"], cells["number"]) == ("示例市公安局", "桂跨〔2023〕17号")
    assert old_cases.flags_of(old) == ["证件号码数字里混有字母 O、l、I"]


def test_what_is_damaged_in_a_file_is_listed_by_pages(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only damaged lines, each once, whatever the size of a page."""
    number = imported(
        desk, tmp_path, *[a_line(waybill="#N/A" if n % 2 else "1136281381675") for n in range(11)]
    )
    monkeypatch.setattr(old_cases, "PAGE", 3)

    first = old_cases.flagged(desk, number)
    second = old_cases.flagged(desk, number, after=first[-1].id)

    assert [old.line for old in first] == [3, 5, 7]
    assert [old.line for old in second] == [9, 11]
    assert old_cases.flagged(desk, number, after=second[-1].id) == []


@pytest.mark.parametrize("name", ["2026-11-20-9", "2026-11-20-9:2", "", "\x00", "\ud800"])
def test_what_is_not_there_is_refused_in_words(desk: Desk, name: str) -> None:
    """Neither a file nor a line of this name."""
    for act in (old_cases.one, old_cases.rescue):
        with pytest.raises(Explained) as caught:
            act(desk, name)
        assert_explained(caught.value, "history-not-found")


def test_history_is_never_live(desk: Desk, tmp_path: Path) -> None:
    """No act and no search takes an old case for one of ours, though its number looks like ours."""
    number = imported(desk, tmp_path, a_line(number=OURS))

    assert lines_of(desk, OURS) == [2]
    assert searching.search(desk, OURS) == []
    assert searching.search(desk, "覃示例") == []
    for name in (OURS, f"{number}:2", "桂跨〔2023〕17号"):
        with pytest.raises(Explained) as caught:
            viewing.case_file(desk, name)
        assert_explained(caught.value, caught.value.code)
        assert caught.value.exit_code == 3


def test_everything_there_is_has_a_word() -> None:
    """Each field and each kind of damage, and the states of an import."""
    assert old_cases.FLAGS.keys() == set(Damage)
    assert ledger_columns.FIELDS.keys() == KINDS.keys()
    assert rescue.REASONS.keys() == set(Why)
    assert {"importing", "imported", "import_history", "map_columns"} <= WORDS.keys()
