"""留痕账 on the screen: from the newest back to the first, by number, verified as long work; reads only."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import WIDE, Clerk, Seated, a_counter, play
from workstation.acts import audit, journal_files, verification
from workstation.acts.audit import Found, Place, Wanted
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, silent
from workstation.acts.verification import Verification
from workstation.domain.case import CaseState
from workstation.screens.dialogs import Reading
from workstation.screens.journal import entry
from workstation.screens.journal.screen import JournalScreen
from workstation.screens.long_work import LongWork

VERIFY = verification.verify


@pytest.fixture
def case(desk: Desk) -> str:
    """A case of which the journal tells."""
    return builders.a_case(desk, CaseState.REVIEWED).number


@pytest.fixture
def app(desk: Desk, case: str, tmp_path: Path) -> Seated:
    """The auditor at the journal."""
    return a_counter(builders.at(desk, "4001"), tmp_path, "journal")


def seqs(clerk: Clerk) -> list[int]:
    """The entries in the list."""
    screen = clerk.screen
    assert isinstance(screen, JournalScreen)
    return [line.key for line in screen._entries.rows]


def test_the_newest_entry_comes_first(app: Seated, desk: Desk, case: str) -> None:
    """All of them are there, and one is told when, what, who and about what."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("形式审查", "收件登记", "1001", case, "2026-11-20 09:00:")
        assert seqs(clerk) == list(range(builders.head(desk)[0], 0, -1))

    play(app, story)


def test_pages_are_fetched_as_one_goes(app: Seated, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """End leads to the first entry of all, Home back to the newest; no entry twice."""
    leaf, asked = verification.leaf, []

    def small(at: Desk, **given: object) -> verification.Leaf:
        asked.append({name: value for name, value in given.items() if value and name != "count"})
        return leaf(at, **{**given, "count": 2})  # type: ignore[arg-type]  # as they were given

    monkeypatch.setattr(verification, "leaf", small)
    head = builders.head(desk)[0]

    async def story(clerk: Clerk) -> None:
        assert seqs(clerk) == [head, head - 1]
        await clerk.press("down")
        assert seqs(clerk)[:4] == [head, head - 1, head - 2, head - 3]
        await clerk.press("end")
        assert seqs(clerk)[-1] == 1
        assert seqs(clerk) == sorted(set(seqs(clerk)), reverse=True)
        await clerk.press("home")
        assert seqs(clerk)[0] == head

    play(app, story)

    assert {"after"} in [each.keys() for each in asked]


def test_one_entry_in_detail(app: Seated, case: str) -> None:
    """Enter: what it changed; Enter again closes it, and the cursor is where it was."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "enter")
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees("第 ", "经办 1001", "改动")
        await clerk.press("enter")
        screen = clerk.screen
        assert isinstance(screen, JournalScreen)
        assert screen._entries.cursor == 1

    play(app, story)


def test_only_what_mentions_a_number(app: Seated, desk: Desk, case: str) -> None:
    """Typed, newest first; left empty, all again."""
    expected = [
        each.seq for each in verification.listed(builders.at(desk, "4001"), after=0, count=99, of=case)
    ]
    other = builders.a_case(desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        clerk.sees(other)
        await clerk.press("f4")
        await clerk.fill("of", case)
        await clerk.press("ctrl+s")
        assert seqs(clerk) == expected[::-1]
        clerk.sees(f"只列提到 {case}；已查到最早一条")
        clerk.misses(other)
        await clerk.press("f4")
        await clerk.fill("of", "")
        await clerk.press("ctrl+s")
        clerk.sees(other, "全部")

    play(app, story)


def test_by_whom_what_and_when(app: Seated, desk: Desk) -> None:
    """All wishes at once; what they are stands above the list, and they are there when asked again."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await clerk.fill("by", "1001")
        await clerk.fill("act", "形式审查")
        await clerk.fill("since", "2026-11-20")
        await clerk.press("ctrl+s")
        (seq,) = seqs(clerk)
        clerk.sees("只列经办或复核 1001，办理 形式审查，时间 2026-11-20 至 今天")
        await clerk.press("f4")
        clerk.sees("1001", "形式审查", "2026-11-20")
        await clerk.press("escape")
        assert seqs(clerk) == [seq]

    play(app, story)


def test_esc_shows_all_again_before_it_leaves(app: Seated, desk: Desk) -> None:
    """One step at a time."""
    head = builders.head(desk)[0]

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await clerk.fill("act", "身份核验")
        await clerk.press("ctrl+s")
        assert len(seqs(clerk)) == 1
        await clerk.press("escape")
        assert seqs(clerk)[0] == head
        clerk.sees("全部，最新的在上面")
        await clerk.press("escape")
        assert not isinstance(clerk.app.screen, JournalScreen)

    play(app, story)


def test_what_cannot_be_wanted_is_told_in_the_form(app: Seated, desk: Desk) -> None:
    """What was typed stays; the list stays as it was until it is right."""
    head = builders.head(desk)[0]

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await clerk.fill("act", "吃饭")
        await clerk.press("ctrl+s")
        clerk.sees("没有“吃饭”这种办理")
        assert seqs(clerk)[0] == head
        await clerk.fill("act", "")
        await clerk.fill("by", "1001")
        await clerk.press("ctrl+s")
        assert seqs(clerk)[0] == head
        clerk.sees("只列经办或复核 1001")

    play(app, story)


def test_what_is_rare_is_found_page_by_page(app: Seated, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Down to the first and up again."""
    listed = audit.listed

    def small(at: Desk, wanted: Wanted, place: Place, **more: Any) -> Found:
        return listed(at, wanted, replace(place, count=2), **more)

    monkeypatch.setattr(audit, "listed", small)
    head = builders.head(desk)[0]

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await clerk.fill("by", "1001")
        await clerk.press("ctrl+s")
        assert seqs(clerk) == [head, head - 1]
        clerk.sees(f"已查到第 {head - 1} 条")
        await clerk.press("down")
        assert seqs(clerk) == list(range(head, 2, -1))
        clerk.sees("已查到最早一条")

    play(app, story)


def test_an_auditor_gives_it_out(app: Seated, desk: Desk, tmp_path: Path) -> None:
    """Where to is asked; a place that is taken is told in the form, and nothing typed is lost."""
    path = tmp_path / "留痕账.jsonl"
    (tmp_path / "taken").write_text("mine")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        await clerk.fill("path", str(tmp_path / "taken"))
        await clerk.press("ctrl+s")
        await clerk.settle()
        clerk.sees("已经有同名的文件")
        await clerk.fill("path", str(path))
        await clerk.press("ctrl+s")
        await clerk.settle()
        assert "已导出" in clerk.message

    play(app, story)

    assert journal_files.check(path).is_right
    assert (tmp_path / "taken").read_text() == "mine"


@pytest.mark.parametrize(
    ("code", "key", "told"), [("2001", "ctrl+s", "导出留痕账"), ("3001", "f5", "值班长")]
)
def test_what_is_not_theirs_is_told_at_the_key(
    desk: Desk, case: str, tmp_path: Path, code: str, key: str, told: str
) -> None:
    """A supervisor reads and does not give out; an administrator has no business with signs."""

    async def story(clerk: Clerk) -> None:
        clerk.sees(case)
        await clerk.press(key)
        assert told in clerk.message
        assert not clerk.app.screen.is_modal

    play(a_counter(builders.at(desk, code), tmp_path, "journal"), story)


def test_the_signs_are_one_key_away(app: Seated, opened: Opened) -> None:
    """体外循环."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")

    play(app, story)

    assert opened == [("bypass", {})]


def test_a_scan_lists_what_mentions_it(app: Seated, case: str) -> None:
    """It opens nothing else."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(case)
        clerk.sees(f"只列提到 {case}")
        assert isinstance(clerk.app.screen, JournalScreen)

    play(app, story)


def test_what_no_entry_mentions_is_refused_or_empty(app: Seated) -> None:
    """A number that cannot be one is told; the screen stays."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        await clerk.fill("of", "9999")
        await clerk.press("ctrl+s")
        assert seqs(clerk) == []
        clerk.sees("（没有）")

    play(app, story)


def test_the_whole_is_verified_with_its_anchor(app: Seated, desk: Desk) -> None:
    """In words, the anchor grouped."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.settle()
        clerk.sees("✓ 核验无误", *entry.grouped(verification.anchor(desk)).split("\n"))
        assert "留痕账核验无误" in clerk.message

    play(app, story)


def test_a_change_behind_its_back_is_told(app: Seated, desk: Desk) -> None:
    """What was expected, what was found, and to stop working here."""
    with desk.store.engine.write():
        desk.store.engine.run("UPDATE cases SET state = 'closed'", {})

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.settle()
        clerk.sees("✗ 核验不符", "reviewed", "closed", "保留现场")
        assert "核验不符" in clerk.message

    play(app, story)


def test_verification_can_be_stopped(app: Seated, monkeypatch: pytest.MonkeyPatch) -> None:
    """Esc: no outcome, and it is said that there is none."""
    half, go_on = threading.Event(), threading.Event()

    def held(at: Desk, *, progress: Progress = silent) -> Verification:
        half.set()
        assert go_on.wait(10)
        return VERIFY(at, progress=progress)

    monkeypatch.setattr(verification, "verify", held)

    async def story(clerk: Clerk) -> None:
        await clerk.pilot.press("f2")
        while not half.is_set():
            await clerk.pilot.pause()
        assert isinstance(clerk.app.screen, LongWork)
        await clerk.pilot.press("escape")
        go_on.set()
        while clerk.app.screen.is_modal:
            await clerk.pilot.pause()
        await clerk.settle()
        assert "核验已停下，没有结论" in clerk.message

    play(app, story)


def test_the_anchor_as_it_stands(app: Seated, desk: Desk) -> None:
    """To be copied by hand."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        clerk.sees("链首码", *entry.grouped(verification.anchor(desk)).split("\n"))

    play(app, story)


def test_whoever_may_not_read_is_told_and_sees_nothing(desk: Desk, case: str, tmp_path: Path) -> None:
    """A clerk who comes here all the same; every key says why not."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("（没有）")
        clerk.misses(case)
        for key in ("f2", "f3", "f4"):
            await clerk.press(key)
            assert "查阅留痕账" in clerk.message
            assert not clerk.app.screen.is_modal

    play(a_counter(desk, tmp_path, "journal"), story)


def test_an_inspector_may_verify_and_nothing_is_written(desk: Desk, case: str, tmp_path: Path) -> None:
    """Reading is all there is here."""
    head = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.settle()
        clerk.sees("✓ 核验无误")

    play(a_counter(replace(builders.at(desk, "4001"), readonly=True), tmp_path, "journal"), story)

    assert builders.head(desk) == head


def test_a_wide_terminal_shows_window_and_flag(app: Seated) -> None:
    """And a narrow one leaves them to the detail."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("窗口", "备注")

    play(app, story, WIDE)
