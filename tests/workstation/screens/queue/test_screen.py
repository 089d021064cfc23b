"""督办队列: what stands there and in which order, where Enter leads, one line and many, who is told what."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from msgspec.structs import replace as replace_settings

from tests import builders
from tests.builders import a_case, an_envelope, at
from tests.workstation.acts.queue_scenes import SCENES
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.queue.scenes import a_busy_hall
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import claims, queue
from workstation.acts.desk import Desk
from workstation.acts.queue import REASONS, Line
from workstation.domain.case import CaseState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import COUNTER
from workstation.screens import doors
from workstation.screens.dialogs import Pick, Refusal
from workstation.screens.queue import showing
from workstation.screens.queue.screen import QueueScreen

#: Reasons that need no days to pass, and no hall with one clerk.
AT_ONCE = [name for name, scene in SCENES.items() if not scene.days and name not in ("waiting", "due_soon")]


def seen(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the queue."""
    play(a_counter(desk, folder, "queue"), story, size)


def screen(clerk: Clerk) -> QueueScreen:
    """The queue."""
    assert isinstance(clerk.screen, QueueScreen)
    return clerk.screen


def shown(clerk: Clerk) -> list[str]:
    """The reasons of the lines on the right."""
    return [line.reason for line in screen(clerk)._lines.rows]


def holders(desk: Desk) -> list[str]:
    """Who works the lines."""
    return [line.holder for line in queue.listed(desk)]


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """The supervisor at the desk of a busy hall."""
    a_busy_hall(desk)
    return at(desk, "2001")


@pytest.fixture
def three(desk: Desk) -> Desk:
    """The desk of a hall with three cases nobody has reviewed."""
    for _ in range(3):
        a_case(desk, CaseState.REGISTERED)
    return desk


# --- what is shown


def test_reasons_stand_left_with_their_counts_and_lines_right(supervisor: Desk, tmp_path: Path) -> None:
    """The worst first; below, all about the line under the cursor and what resolves it."""

    async def story(clerk: Clerk) -> None:
        assert shown(clerk) == ["overdue", "silent", "trouble", "unreviewed", "reopened"]
        clerk.sees("全部      5", "逾期      1", "受理→决定超", "由“属地决定”了结")
        await clerk.press("down", "down")
        clerk.sees("1001 在办")

    seen(supervisor, tmp_path, story)


def test_a_reason_shows_its_own_lines(supervisor: Desk, tmp_path: Path) -> None:
    """Tab to the reasons and down; Enter goes back into the list."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("shift+tab", "down", "down")
        assert shown(clerk) == ["silent"]
        await clerk.press("enter")
        assert clerk.app.focused is screen(clerk)._lines

    seen(supervisor, tmp_path, story)


def test_a_wide_screen_shows_since_when_and_until_when(supervisor: Desk, tmp_path: Path) -> None:
    """At 80 columns both stand below, or are left out."""

    async def narrow(clerk: Clerk) -> None:
        assert "到期" not in clerk.lines[1]

    async def wide(clerk: Clerk) -> None:
        assert {"自", "到期", "首问"} <= set(clerk.lines[1].split())

    seen(supervisor, tmp_path, narrow)
    seen(supervisor, tmp_path, wide, WIDE)


def test_an_empty_queue_says_so(desk: Desk, tmp_path: Path) -> None:
    """And no key does anything but ask again and hand over."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("（没有要办的）", "没有要办的。")
        for key in ("f2", "f3", "ctrl+s"):
            await clerk.press(key)
            assert "没有要办的" in clerk.message
        await clerk.press("enter", "space", "f5")

    seen(at(desk, "2001"), tmp_path, story)


def test_the_settings_of_the_window_count(desk: Desk, tmp_path: Path) -> None:
    """A hall that wants to know two days before is told of what is to be sealed in two days."""
    an_envelope(desk)
    app = a_counter(desk, tmp_path, "queue")
    assert app.opened is not None
    settings = app.opened.settings
    early = replace_settings(settings, deadline=replace_settings(settings.deadline, soon_days=2))

    async def usual(clerk: Clerk) -> None:
        assert shown(clerk) == []

    async def warned(clerk: Clerk) -> None:
        assert shown(clerk) == ["due_soon"]

    play(app, usual)
    app = a_counter(desk, tmp_path, "queue")
    assert app.opened is not None
    app.opened = replace(app.opened, settings=early)
    play(app, warned)


@pytest.mark.parametrize("reason", AT_ONCE)
def test_enter_opens_where_the_line_is_resolved(
    desk: Desk, tmp_path: Path, opened: Opened, reason: str
) -> None:
    """On its screen, with the number that screen knows the thing by."""
    SCENES[reason].build(desk)
    (line,) = queue.listed(desk, reasons=[reason])

    async def story(clerk: Clerk) -> None:
        screen(clerk)._show(line)
        await clerk.press("enter")

    seen(at(desk, "2001"), tmp_path, story)
    assert opened == [(line.screen, {"number": line.opens} if line.opens else {})]


def test_what_was_resolved_is_gone_when_one_comes_back(three: Desk, tmp_path: Path) -> None:
    """The cursor stays where it was."""
    first = queue.listed(three)[0]

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")
        builders.review_all(three, first.object)
        await clerk.press("f5")
        assert [line.key for line in screen(clerk)._found] == [line.key for line in queue.listed(three)]

    seen(three, tmp_path, story)


# --- claimed, let go


def test_a_line_is_claimed_with_one_key_and_let_go_with_the_same(three: Desk, tmp_path: Path) -> None:
    """What is mine already is let go."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        assert "已认领 1 行" in clerk.message
        clerk.sees("1001 在办")
        await clerk.press("f2")
        assert "已放回 1 行" in clerk.message

    seen(three, tmp_path, story)

    assert set(holders(three)) == {""}


def test_several_are_chosen_with_the_space_bar(three: Desk, tmp_path: Path) -> None:
    """Chosen, unchosen; the act takes all of them and chooses none any more."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "space", "space")
        clerk.sees("已选 3 行", "●")
        await clerk.press("home", "space")
        clerk.sees("已选 2 行")
        await clerk.press("f2")
        assert "已认领 2 行" in clerk.message
        clerk.misses("●")

    seen(three, tmp_path, story)

    assert sorted(holders(three)) == ["", "1001", "1001"]


def test_who_was_faster_is_named(three: Desk, tmp_path: Path) -> None:
    """The dialog tells, and the list is what it is now."""

    async def story(clerk: Clerk) -> None:
        claims.claim(at(three, "1002"), queue.listed(three))
        await clerk.press("f2")
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("line-held", "1002 在办")
        await clerk.press("enter")
        clerk.sees("1002")

    seen(three, tmp_path, story)

    assert set(holders(three)) == {"1002"}


# --- given to another


def test_a_supervisor_gives_lines_to_another(three: Desk, tmp_path: Path) -> None:
    """Everybody who works at the counter can be picked."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "space", "f3")
        assert isinstance(clerk.app.screen, Pick)
        clerk.sees("改派 2 行给谁", "1001", "1002", "2002")
        clerk.misses("4001", "5001")
        await clerk.press("down", "enter")
        assert "已改派 2 行给 1002" in clerk.message

    seen(at(three, "2001"), tmp_path, story)

    assert sorted(holders(three)) == ["", "1002", "1002"]


def test_another_supervisor_was_faster(three: Desk, tmp_path: Path) -> None:
    """What was seen is not so any more: nothing is overwritten."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        claims.reassign(at(three, "2002"), queue.listed(three), "1002")
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("changed-meanwhile")
        await clerk.press("enter")

    seen(at(three, "2001"), tmp_path, story)

    assert set(holders(three)) == {"1002"}


def test_nobody_is_picked(three: Desk, tmp_path: Path) -> None:
    """Esc, and all is as it was."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "f3", "escape")
        clerk.sees("已选 1 行")

    seen(at(three, "2001"), tmp_path, story)

    assert set(holders(three)) == {""}


# --- looked at


def test_what_is_only_to_be_looked_at_goes_with_one_key(desk: Desk, tmp_path: Path) -> None:
    """What is to be done does not go that way."""
    SCENES["revealed"].build(desk)
    an_envelope(desk, EnvelopeState.SENT_BACK)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert "要办的不能只阅" in clerk.message
        await clerk.press("end", "ctrl+s")
        assert "已阅 1 行" in clerk.message
        assert "revealed" not in shown(clerk)

    seen(at(desk, "2001"), tmp_path, story)

    assert "revealed" not in [line.reason for line in queue.listed(desk)]


# --- 交接班


def test_a_shift_is_handed_over(three: Desk, tmp_path: Path) -> None:
    """Who comes is picked; the sheet is printed, and what I work is theirs."""
    claims.claim(three, queue.listed(three)[:2])

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6")
        clerk.sees("谁接班", "我认领的 2 行")
        clerk.misses("1001　")
        await clerk.press("enter")
        assert "已交接班给 1002：2 行" in clerk.message

    seen(three, tmp_path, story)

    assert sorted(holders(three)) == ["", "1002", "1002"]


# --- scans, roles


def test_a_scan_puts_the_cursor_on_its_line(three: Desk, tmp_path: Path, opened: Opened) -> None:
    """Whatever reason was shown; it does nothing else. What is not here is left to the frame."""
    wanted = queue.listed(three)[2]
    other = a_case(three, CaseState.CLOSED).number
    before = builders.head(three)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(wanted.case_number)
        line = screen(clerk)._line
        assert line is not None
        assert line.key == wanted.key
        await clerk.scan(other)

    seen(three, tmp_path, story)
    assert builders.head(three) == before
    assert opened == [("case", {"number": other})]


def test_a_clerk_neither_reassigns_nor_looks_for_the_supervisor(three: Desk, tmp_path: Path) -> None:
    """The keys say whose it is."""

    async def story(clerk: Clerk) -> None:
        for key in ("f3", "ctrl+s"):
            await clerk.press(key)
            assert "由值班长办理" in clerk.message

    seen(three, tmp_path, story)


def test_who_only_looks_sees_the_queue(three: Desk, tmp_path: Path) -> None:
    """And writes nothing."""
    before = builders.head(three)

    async def story(clerk: Clerk) -> None:
        assert shown(clerk) == ["unreviewed"] * 3
        for key in ("f2", "f3", "f6", "ctrl+s"):
            await clerk.press(key)
            assert "现在不能办" in clerk.message

    seen(replace(three, readonly=True), tmp_path, story)

    assert builders.head(three) == before


def test_it_is_found_by_who_works_at_the_counter() -> None:
    """The door is in the palette of clerks and supervisors."""
    assert doors.door("queue").roles == COUNTER


# --- cells


@pytest.mark.parametrize(
    ("number", "case", "short"),
    [
        ("13501021012632400019-1", "13501021012632400019", "…00019"),
        ("23501021012632400028", "", "…00028"),
        ("2026-11-20", "", "2026-11-20"),
    ],
)
def test_a_number_is_told_by_its_end(number: str, case: str, short: str) -> None:
    """As people say it on the telephone; a day is told whole."""
    line = Line("clock", number, case, "", 1, None, -3, "1001", "", "see_line", "", "journal")

    assert showing.cells(line, ())[2] == short
    assert showing.cells(line, ())[4] == "!超3天"
    assert showing.cells(line, {line.key})[0] == "●"


def test_every_reason_fits_its_column() -> None:
    """Ten cells are five characters."""
    assert [what.title for what in REASONS.values() if len(what.title) > 5] == []
