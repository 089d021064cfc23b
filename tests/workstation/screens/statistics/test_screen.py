"""统计: what is shown, from all sides and of any time; what is given out; who may not see it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests import builders
from tests.builders import at
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from tests.workstation.screens.statistics.scenes import some_cases
from workstation.acts import statistics
from workstation.acts.desk import Desk
from workstation.acts.statistics_tables import VIEWS, Row, Table
from workstation.domain.roles import Role
from workstation.screens import doors
from workstation.screens.dialogs import Pick, Reading
from workstation.screens.long_form import LongForm
from workstation.screens.statistics import lines
from workstation.screens.statistics.lines import Line
from workstation.screens.statistics.screen import _CHOICES, StatisticsScreen


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """The supervisor of a hall in which something has happened."""
    some_cases(desk)
    return at(desk, "2001")


def seen(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the statistics."""
    play(a_counter(desk, folder, "statistics"), story, size)


def screen(clerk: Clerk) -> StatisticsScreen:
    """The screen."""
    assert isinstance(clerk.screen, StatisticsScreen)
    return clerk.screen


def entries(desk: Desk) -> int:
    """How many files were journalled."""
    with desk.reading() as reading:
        return sum(entry.act == "export_statistics" for entry in reading.journal())


# --- looking


@pytest.mark.parametrize("size", [(80, 24), WIDE])
def test_figures_stand_beside_bars(supervisor: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
    """The line of days is above, all figures of the line under the cursor are below."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("【概况】2026-01-01 至 2026-11-20　收件 4 件", "每日 最多 4（11-20） █")
        await clerk.press("down")
        clerk.sees("收件\n件数 4")
        await clerk.press(*["down"] * 5)
        clerk.sees("首次通过率\n百分比 66.6%　分子 2　分母 3")

    seen(supervisor, tmp_path, story, size)


def test_columns_are_aligned_whatever_the_labels(supervisor: Desk, tmp_path: Path) -> None:
    """Every bar begins in the same cell, after Chinese labels of any length."""

    async def story(clerk: Clerk) -> None:
        drawn = [line for line in clerk.lines[3:] if "█" in line]
        assert len(drawn) > 4
        assert {cell_len(line.partition("█")[0]) for line in drawn} == {46}

    seen(supervisor, tmp_path, story)


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_is_two_keys_away(supervisor: Desk, tmp_path: Path, view: str) -> None:
    """Picked by its name; the head says which it is."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        assert isinstance(clerk.app.screen, Pick)
        await clerk.press(*["down"] * list(VIEWS).index(view), "enter")
        clerk.sees(f"【{VIEWS[view]}】2026-01-01")
        assert len(screen(clerk)._list.rows) > 1

    seen(supervisor, tmp_path, story)


def test_the_choices_are_the_views() -> None:
    """In their order, each with its name first."""
    assert list(_CHOICES) == list(VIEWS)
    assert all(text.startswith(VIEWS[view]) for view, text in _CHOICES.items())


def test_another_time_is_counted_anew(supervisor: Desk, tmp_path: Path) -> None:
    """The form has the days of the present; the view stays."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "down", "enter", "f3")
        clerk.sees("2026-01-01", "2026-11-20")
        await clerk.fill("until", "2026-11-19")
        await clerk.press("ctrl+s")
        clerk.sees("【事项】2026-01-01 至 2026-11-19　收件 0 件")
        assert screen(clerk).unsaved is None

    seen(supervisor, tmp_path, story)


def test_a_wrong_day_is_asked_again(supervisor: Desk, tmp_path: Path) -> None:
    """With what was typed; what was counted stays."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.fill("since", "昨天")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, LongForm)
        clerk.sees("不是日历上的日期", "昨天")
        await clerk.press("escape")
        clerk.sees("收件 4 件")

    seen(supervisor, tmp_path, story)


def test_coming_back_counts_nothing(
    supervisor: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A year takes seconds: only F5 and another time count again."""
    counted: list[str | None] = []
    of = statistics.of

    def noted(desk: Desk, **given: object) -> statistics.Statistics:
        counted.append("")
        return of(desk, **given)  # type: ignore[arg-type]  # passed on as they come

    monkeypatch.setattr(statistics, "of", noted)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6")
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees("来源：未核对")
        await clerk.press("escape", "f2", "escape")
        assert len(counted) == 1
        with builders.no_ink():
            builders.a_case(at(supervisor, "1001"))
        await clerk.press("f5")
        assert len(counted) == 2
        clerk.sees("收件 5 件")

    seen(supervisor, tmp_path, story)


def test_a_hall_in_which_nothing_happened(desk: Desk, tmp_path: Path) -> None:
    """无, and no line of days."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("收件 0 件", "无")
        clerk.misses("每日")

    seen(at(desk, "2001"), tmp_path, story)


# --- giving out


@pytest.mark.parametrize("name", ["统计.csv", "统计.xlsx", "统计.pdf"])
def test_a_file_is_written_and_journalled(supervisor: Desk, tmp_path: Path, name: str) -> None:
    """Ctrl+S, the name, Enter."""
    path = tmp_path / name

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.fill("path", str(path))
        await clerk.press("enter")
        assert "已导出 2026-01-01 至 2026-11-20 收件 4 件" in clerk.message

    seen(supervisor, tmp_path, story)

    assert path.stat().st_size > 500
    assert entries(supervisor) == 1


def test_details_are_written_too(supervisor: Desk, tmp_path: Path) -> None:
    """F4; of the time that is on the screen."""
    path = tmp_path / "明细.csv"

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await clerk.fill("path", str(path))
        await clerk.press("enter")
        assert "收件 4 件" in clerk.message

    seen(supervisor, tmp_path, story)

    assert path.read_text("utf-8-sig").count("\n") == 5


def test_a_file_that_is_there_is_asked_otherwise(supervisor: Desk, tmp_path: Path) -> None:
    """The form comes back with the reason and what was typed; nothing is journalled."""
    path = tmp_path / "有.csv"
    path.write_text("原来的")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.fill("path", str(path))
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, LongForm)
        clerk.sees("已经有同名的文件", "有.csv")
        await clerk.press("escape")
        assert "导出统计" in (screen(clerk).unsaved or "")

    seen(supervisor, tmp_path, story)

    assert (path.read_text(), entries(supervisor)) == ("原来的", 0)


# --- who


def test_an_inspector_sees_and_gives_nothing_out(supervisor: Desk, tmp_path: Path) -> None:
    """Read-only, all views are there; the keys that write say why not."""
    looking = replace(at(supervisor, "4001"), readonly=True)

    async def story(clerk: Clerk) -> None:
        clerk.sees("收件 4 件")
        for key in ("ctrl+s", "f4"):
            await clerk.press(key)
            assert "现在不能办" in clerk.message

    seen(looking, tmp_path, story)


def test_a_clerk_sees_nothing(supervisor: Desk, tmp_path: Path) -> None:
    """The reason stands in the line of messages, and no figure anywhere."""

    async def story(clerk: Clerk) -> None:
        assert "不能查看办件统计" in clerk.message
        clerk.sees("没有统计。")
        clerk.misses("收件 4 件")
        await clerk.press("ctrl+s")
        assert "现在不能办" in clerk.message

    seen(at(supervisor, "1001"), tmp_path, story)
    assert Role.CLERK not in doors.door("statistics").roles


# --- drawn with characters


@pytest.mark.parametrize(
    ("share", "drawn"),
    [(0, ""), (0.001, "▏"), (0.5, "████"), (0.5625, "████▌"), (1, "████████"), (7, "████████"), (-1, "")],
)
def test_bars(share: float, drawn: str) -> None:
    """In eighths of a cell; more than nothing is never nothing, more than all never more."""
    assert lines.bar(share, 8) == drawn


@pytest.mark.parametrize(
    ("counts", "drawn"),
    [([], ""), ([0, 0], "  "), ([1], "█"), ([1, 8, 0, 4], "▁█ ▄"), ([1, 1, 8, 0, 0, 4, 4, 4], "▂█▄█")],
)
def test_days_as_heights(counts: list[int], drawn: str) -> None:
    """A cell a day; where there are more days than cells, each cell has some of them."""
    assert lines.sparkline(counts, 4) == drawn


def test_a_year_fits() -> None:
    """Whatever the number of days, no more cells than there are."""
    assert all(len(lines.sparkline([1] * days, 58)) <= 58 for days in range(1, 800, 7))


def test_a_table_without_lines_says_so() -> None:
    """Its head stands there all the same."""
    (head,) = lines.lines([Table("按事项", ("事项", "收件"), ())])

    assert (head.cells[0], head.told) == ("【按事项】", "按事项：无")


def test_figures_end_in_the_same_cell() -> None:
    """Heads in Chinese and figures alike."""
    table = Table("甲", ("项目", "百分比"), (Row("乙", ("99.9%",), 1.0), Row("丙", ("12345678",), 1.0)))

    assert {cell_len(line.cells[1]) for line in (Line(table), *(Line(table, r) for r in table.rows))} == {9}
