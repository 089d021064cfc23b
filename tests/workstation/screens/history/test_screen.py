"""旧台账: a ledger taken in column by column; what is damaged listed; old cases found, masked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.workstation.acts.ledgers_of_old import MAPPING, a_book, a_csv, a_line
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import old_cases, rescue
from workstation.acts.desk import Desk
from workstation.screens.dialogs import Pick, Reading, Refusal
from workstation.screens.history.importing import Columns, Counts
from workstation.screens.history.screen import HistoryScreen
from workstation.screens.long_form import LongForm

ROUNDED = "450103199003070000"


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who imports."""
    return builders.at(desk, "2001")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with a rounded ID and a total."""
    return a_csv(tmp_path / "旧台账.csv", a_line(), a_line(applicant_id=ROUNDED), ("合计", "2"))


def seen(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the old ledger."""
    play(a_counter(desk, folder, "history"), story, size)


async def choose(clerk: Clerk, path: Path, sheet: str = "") -> None:
    """^S, the file, ^S: its columns are shown."""
    await clerk.press("ctrl+s")
    assert isinstance(clerk.app.screen, LongForm)
    await clerk.fill("path", str(path))
    if sheet:
        await clerk.fill("sheet", sheet)
    await clerk.press("ctrl+s")


def keys_listed(clerk: Clerk) -> list[str]:
    """What is in the list."""
    screen = clerk.screen
    assert isinstance(screen, HistoryScreen)
    return [row.key for row in screen._list.rows]


def test_a_ledger_is_taken_in(supervisor: Desk, tmp_path: Path, path: Path) -> None:
    """Columns as guessed, what would come of it, ^S: imported, told, and the damaged line opened by Enter."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("（没有）")
        await choose(clerk, path)
        assert isinstance(clerk.app.screen, Columns)
        clerk.sees("各列是按列名猜的，请逐列核对", "身份证号", "证件号码", "450103********0004")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Counts)
        clerk.sees(
            "3 行，导入 2 行，其中 1 行有残损", "! 证件号码只剩 15 位", "· 不导入，合计行：1 行", "覃**"
        )
        assert old_cases.listed(supervisor) == []
        await clerk.press("ctrl+s")
        clerk.sees("没有导入的行列在")
        await clerk.press("enter")
        assert "2 行，残损 1 行，未导入 1 行" in clerk.message
        clerk.sees("已导入", "! 1 行")
        await clerk.press("enter")
        clerk.sees("里残损的行", "! 证件号码只剩 15 位")
        clerk.misses(ROUNDED, "覃示例")
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees("只供查阅", "申请人姓名：覃**")
        await clerk.press("escape", "f5")
        assert keys_listed(clerk) == [old_cases.listed(supervisor)[0].id]

    seen(supervisor, tmp_path, story)

    assert old_cases.listed(supervisor)[0].taken == 2


def test_a_column_is_said_otherwise(supervisor: Desk, tmp_path: Path) -> None:
    """Enter picks a field, F4 copies down what is merged; what would come of it is asked anew."""
    path = a_book(tmp_path / "a.xlsx", a_line(), a_line(office="", remark="加急"), merged=("D2:D3",))

    async def story(clerk: Clerk) -> None:
        await choose(clerk, path)
        await clerk.press("down", "down", "down", "f4")
        clerk.sees("业务属地+向下填")
        await clerk.press("end", "enter")
        assert isinstance(clerk.app.screen, Pick)
        await clerk.press("end", "enter")
        clerk.sees("（不导入）")
        await clerk.press("ctrl+s")
        clerk.sees("2 行，导入 2 行，其中 1 行有残损", "! 业务属地在合并单元格里")
        await clerk.press("ctrl+s")

    seen(supervisor, tmp_path, story, WIDE)

    with supervisor.reading() as reading:
        first, second = reading.old_cases.where()
    assert (first.office, second.office) == ("示例市公安局", "示例市公安局")
    assert second.remark is None


def test_a_wrong_mapping_comes_back_to_the_columns(supervisor: Desk, tmp_path: Path, path: Path) -> None:
    """Told in words; nothing that was chosen is lost, and without a change it is refused again."""

    async def story(clerk: Clerk) -> None:
        await choose(clerk, path)
        await clerk.press("end", "enter", "home", "enter", "ctrl+s")
        for _ in range(2):
            assert isinstance(clerk.app.screen, Refusal)
            clerk.sees("“编号”对应了 2 列", "history-map-wrong")
            await clerk.press("enter")
            assert isinstance(clerk.app.screen, Columns)
            await clerk.press("ctrl+s")
        await clerk.press("enter", "end", "enter", "end", "enter", "ctrl+s")
        assert isinstance(clerk.app.screen, Counts)
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, Columns)
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, LongForm)
        clerk.sees(str(path)[:20])

    seen(supervisor, tmp_path, story)

    assert old_cases.listed(supervisor) == []


def test_a_file_that_cannot_be_read_comes_back_with_the_form(supervisor: Desk, tmp_path: Path) -> None:
    """What is wrong stands in the form, and what was typed is still there."""
    path = a_csv(tmp_path / "a.csv", ("甲", "乙"), heads=("丙", "丁"))

    async def story(clerk: Clerk) -> None:
        await choose(clerk, path)
        clerk.sees("没有一行像表头", str(path)[:20])
        await clerk.press("escape")
        assert clerk.screen.unsaved is not None

    seen(supervisor, tmp_path, story)


def test_a_file_that_was_imported_is_refused(supervisor: Desk, tmp_path: Path, path: Path) -> None:
    """By its digest, whoever did it; a broken-off one goes on with the columns it began with."""
    rescue.run(supervisor, path, MAPPING)
    other = a_csv(tmp_path / "b.csv", a_line(number="8"), a_line(number="9"))

    async def story(clerk: Clerk) -> None:
        await choose(clerk, path)
        clerk.sees("2001 导入过它")
        await clerk.fill("path", str(other))
        await clerk.press("ctrl+s")
        clerk.sees("各列照上次记住的")
        await clerk.press("ctrl+s", "ctrl+s")
        assert "2 行，残损 0 行，未导入 0 行" in clerk.message

    seen(supervisor, tmp_path, story)

    assert [one.taken for one in old_cases.listed(supervisor)] == [2, 2]


def test_an_old_case_is_found_by_a_clerk(desk: Desk, supervisor: Desk, tmp_path: Path, path: Path) -> None:
    """F3 and a whole name; importing is crossed out, and says who may."""
    rescue.run(supervisor, path, MAPPING)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert "由" in clerk.message
        assert "办理" in clerk.message
        await clerk.press("f3")
        await clerk.type("覃示例")
        await clerk.press("enter")
        assert len(keys_listed(clerk)) == 2
        clerk.sees("找到的旧办件", "覃**", "2023-05-06")
        clerk.misses("覃示例")
        await clerk.press("f6")
        assert "后面没有了" in clerk.message
        await clerk.press("f3")
        await clerk.type("没有这个人")
        await clerk.press("enter")
        clerk.sees("（没有）")

    seen(desk, tmp_path, story)


def test_damaged_lines_are_turned_page_by_page(
    supervisor: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """F6 as long as there are more."""
    monkeypatch.setattr(old_cases, "PAGE", 3)
    rescue.run(supervisor, a_csv(tmp_path / "a.csv", *[a_line(waybill="#N/A")] * 5), MAPPING)

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")
        assert [key[-1] for key in keys_listed(clerk)] == ["2", "3", "4"]
        await clerk.press("f6")
        assert [key[-1] for key in keys_listed(clerk)] == ["5", "6"]
        await clerk.press("f6")
        assert "后面没有了" in clerk.message

    seen(supervisor, tmp_path, story)


def test_an_unfinished_import_says_how_it_goes_on(
    supervisor: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the list and over the columns; the rest is taken in."""
    monkeypatch.setattr(rescue, "PORTION", 2)
    path = a_csv(tmp_path / "a.csv", *[a_line(number=f"N-{n}") for n in range(5)])

    def cut(done: int, total: int | None) -> None:
        if total and done >= 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rescue.run(supervisor, path, MAPPING, progress=cut)

    async def story(clerk: Clerk) -> None:
        clerk.sees("导入中", "还没有导完：再导入同一个文件，就接着导")
        await choose(clerk, path)
        clerk.sees("导入过一部分")
        await clerk.press("ctrl+s", "ctrl+s")
        clerk.sees("已导入")

    seen(supervisor, tmp_path, story)

    assert old_cases.listed(supervisor)[0].taken == 5


def test_who_only_looks_imports_nothing(supervisor: Desk, tmp_path: Path, path: Path) -> None:
    """The list is there all the same."""
    rescue.run(supervisor, path, MAPPING)

    async def story(clerk: Clerk) -> None:
        clerk.sees("已导入")
        await clerk.press("ctrl+s")
        assert "只看不写" in clerk.message

    seen(replace(supervisor, readonly=True), tmp_path, story)
