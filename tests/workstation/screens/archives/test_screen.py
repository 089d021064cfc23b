"""归档: what has ended is listed, marked and packed; what the checks say is read; a packet is checked."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import a_case, as_role, at
from tests.workstation.acts.packets import POLICY, a_closed_case, on_blank_sheets
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import archives
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.policies import ArchivePolicy
from workstation.screens.archives.screen import ArchivesScreen
from workstation.screens.dialogs import Reading
from workstation.screens.long_form import LongForm


def seen(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the archives."""
    play(a_counter(desk, folder, "archives"), story, size)


def marked(clerk: Clerk) -> set[str]:
    """The cases that are marked."""
    assert isinstance(clerk.screen, ArchivesScreen)
    return clerk.screen._marked


def files(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


@pytest.fixture
def case(desk: Desk) -> str:
    """A case that ended today."""
    return a_closed_case(desk, CaseState.WITHDRAWN).number


# --- looking


def test_where_nothing_has_ended_it_says_so(desk: Desk, tmp_path: Path) -> None:
    """And each key that needs a case says why it does nothing."""
    with on_blank_sheets():
        a_case(desk)

    async def story(clerk: Clerk) -> None:
        clerk.sees("（这段日子没有办结的办件）", "办结 0 件，已归档 0 件，选中 0 件")
        for key in ("ctrl+s", "space", "f4", "f6"):
            await clerk.press(key)
            assert "没有办结的办件" in clerk.message
        await clerk.press("enter")

    seen(desk, tmp_path, story)


def test_a_line_says_what_it_is_and_whether_it_was_packed(desk: Desk, tmp_path: Path, case: str) -> None:
    """Number, state, item, when, how often; who at a wide screen."""
    closed = a_closed_case(desk).number
    archives.pack(desk, closed, tmp_path / "out", policy=POLICY)

    async def narrow(clerk: Clerk) -> None:
        clerk.sees(case, closed, "已撤回", "办结", "1 次", "2026-11-20 09:00")
        clerk.sees("办结 2 件，已归档 1 件")
        assert "经办" not in clerk.lines[2]

    async def wide(clerk: Clerk) -> None:
        clerk.sees("开具户籍类证明", "经办", "1001")

    seen(desk, tmp_path, narrow)
    seen(desk, tmp_path, wide, WIDE)


def test_other_days_are_asked_for(desk: Desk, tmp_path: Path, case: str) -> None:
    """A day that is none is asked again, with what was typed."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("2026-11-20 至 2026-11-20", case)
        await clerk.press("f3")
        await clerk.fill("since", "2026-11-31")
        await clerk.fill("until", "2026-12-01")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, LongForm)
        clerk.sees("不是日历上的日期", "2026-11-31", "2026-11-20 至 2026-11-20")
        await clerk.fill("since", "2026-10-01")
        await clerk.fill("until", "2026-10-31")
        await clerk.press("ctrl+s")
        clerk.sees("2026-10-01 至 2026-10-31", "（这段日子没有办结的办件）")
        assert clerk.screen.unsaved is None

    seen(desk, tmp_path, story)


def test_the_case_is_one_key_away(desk: Desk, tmp_path: Path, case: str, opened: Opened) -> None:
    """Enter, too."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter", "f4")

    seen(desk, tmp_path, story)

    assert opened == [("case", {"number": case})] * 2


# --- marking


def test_cases_are_marked_one_by_one_or_all(desk: Desk, tmp_path: Path, case: str) -> None:
    """All means those never packed; reading anew keeps the marks."""
    other = a_closed_case(desk, CaseState.WITHDRAWN).number
    packed = a_closed_case(desk, CaseState.WITHDRAWN).number
    archives.pack(desk, packed, tmp_path / "out", policy=POLICY)

    async def story(clerk: Clerk) -> None:
        await clerk.press("space")
        assert marked(clerk) == {case}
        clerk.sees("选中 1 件", "✓")
        await clerk.press("f5")
        assert marked(clerk) == {case}
        await clerk.press("f6")
        assert marked(clerk) == {case, other}
        await clerk.press("f6")
        assert marked(clerk) == set()
        clerk.misses("✓")

    seen(desk, tmp_path, story)


# --- packing


def test_marked_cases_are_packed_and_the_checks_told(desk: Desk, tmp_path: Path, case: str) -> None:
    """In the fewest keys; afterwards they are no longer marked, and shown as packed."""
    other = a_closed_case(desk, CaseState.WITHDRAWN).number

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6", "ctrl+s")
        clerk.sees("2 件，每件一个包", "明文")
        await clerk.type(str(tmp_path / "out"))
        await clerk.press("ctrl+s")
        assert "已归档 2 件，四性检测通过" in clerk.message
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees("✓ 归档 2 件", "没有运行杀毒软件")
        await clerk.press("escape")
        clerk.sees("已归档 2 件，选中 0 件", "1 次")
        assert clerk.screen.unsaved is None

    seen(desk, tmp_path, story)

    assert files(tmp_path / "out") == [f"350102-2026-{number}.zip" for number in (case, other)]
    assert len(archives.listed(desk, case)) == 1


def test_where_none_is_marked_it_is_the_one_under_the_cursor(desk: Desk, tmp_path: Path, case: str) -> None:
    """And no other."""
    a_closed_case(desk, CaseState.WITHDRAWN)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        clerk.sees("1 件，每件一个包")
        await clerk.type(str(tmp_path / "out"))
        await clerk.press("ctrl+s", "escape")

    seen(desk, tmp_path, story)

    assert files(tmp_path / "out") == [f"350102-2026-{case}.zip"]


def test_what_was_not_packed_is_told_first(desk: Desk, tmp_path: Path, case: str) -> None:
    """One was there already: the other goes out, and the one that did not stays marked."""
    other = a_closed_case(desk, CaseState.WITHDRAWN).number
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / f"350102-2026-{case}.zip").write_bytes(b"old")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6", "ctrl+s")
        await clerk.type(str(tmp_path / "out"))
        await clerk.press("ctrl+s")
        assert "没有归档 1 件" in clerk.message
        clerk.sees("✗ 归档 1 件", f"✗ {case}", "同名的文件")
        await clerk.press("escape")
        assert marked(clerk) == {case}

    seen(desk, tmp_path, story)

    assert archives.listed(desk, case) == []
    assert len(archives.listed(desk, other)) == 1


def test_a_name_that_cannot_be_is_told_in_the_form(
    desk: Desk, tmp_path: Path, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing typed is lost, and nothing is written."""
    wrong = ArchivePolicy(name="{name}-{number}")
    monkeypatch.setattr(ArchivesScreen, "policy", property(lambda _: wrong))

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.type(str(tmp_path / "out"))
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, LongForm)
        clerk.sees("归档包没有名字可用", "不认识“name”")
        await clerk.press("escape")
        assert clerk.screen.unsaved is not None

    seen(desk, tmp_path, story)

    assert files(tmp_path / "out") == []


def test_left_at_the_question_nothing_is_packed(desk: Desk, tmp_path: Path, case: str) -> None:
    """Esc."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s", "escape")
        assert isinstance(clerk.app.screen, ArchivesScreen)

    seen(desk, tmp_path, story)

    assert archives.listed(desk, case) == []


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_may_not_pack_is_told(desk: Desk, tmp_path: Path, case: str, role: str) -> None:
    """They look."""

    async def story(clerk: Clerk) -> None:
        clerk.sees(case)
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, ArchivesScreen)
        assert clerk.message

    seen(as_role(desk, role), tmp_path, story)


def test_who_only_looks_packs_nothing(desk: Desk, tmp_path: Path, case: str) -> None:
    """At a desk for inspectors the list opens all the same."""

    async def story(clerk: Clerk) -> None:
        clerk.sees(case)
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, ArchivesScreen)

    seen(replace(at(desk, "2001"), readonly=True), tmp_path, story)

    assert archives.listed(desk, case) == []


# --- checking


def test_a_packet_is_checked(desk: Desk, tmp_path: Path, case: str) -> None:
    """One that is sound, and the same with a byte changed."""
    path = archives.pack(desk, case, tmp_path / "out", policy=POLICY).path
    bad = tmp_path / "bad.zip"
    bad.write_bytes(path.read_bytes().replace("收件".encode(), "受理".encode()))

    async def story(clerk: Clerk) -> None:
        await clerk.press("f7")
        await clerk.type(str(path))
        await clerk.press("ctrl+s")
        clerk.sees("✓ 四性检测通过", "真实性：通过", "没有运行杀毒软件")
        await clerk.press("escape", "f7")
        await clerk.type(str(bad))
        await clerk.press("ctrl+s")
        clerk.sees("✗ 四性检测不通过", "真实性：有", "被改过或损坏")

    seen(desk, tmp_path, story)


def test_a_packet_that_is_not_there_is_asked_for_again(desk: Desk, tmp_path: Path) -> None:
    """With the path as it was typed."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f7")
        await clerk.type("/no/where.zip")
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, LongForm)
        clerk.sees("读不出来", "/no/where.zip")

    seen(desk, tmp_path, story)
