"""抽查: drawing, looking a case through, noting what was found, choosing anew, and the sheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import a_case, as_role, at, papers_of
from tests.workstation.acts.closing import TODAY
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import sampling
from workstation.acts.desk import Desk
from workstation.acts.sampling import SampleFile
from workstation.domain.case import CaseState
from workstation.domain.roles import Role
from workstation.policies import SamplingPolicy
from workstation.screens import doors

SEED = "7" * 40


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who draws; four cases were registered today."""
    for _ in range(4):
        a_case(desk, CaseState.REGISTERED)
    return at(desk, "2001")


@pytest.fixture
def drawn(supervisor: Desk) -> SampleFile:
    """Half of them."""
    return sampling.draw(supervisor, TODAY, TODAY, policy=SamplingPolicy(per_mille=500), seed=SEED)


def seen(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the samples."""
    play(a_counter(desk, folder, "sampling"), story, size)


def test_a_sample_is_drawn_of_today(supervisor: Desk, tmp_path: Path) -> None:
    """Days and share are there already; the journal's anchor is the seed."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("（还没有抽查过）", "F2 抽取样本")
        for key in ("ctrl+s", "f3", "f6"):
            await clerk.press(key)
            assert "还没有抽查过" in clerk.message
        await clerk.press("f2")
        clerk.sees("2026-11-20", "50")
        await clerk.fill("per_mille", "1000")
        await clerk.press("ctrl+s")
        assert "抽出 4 件" in clerk.message
        clerk.sees(f"{TODAY}-1", "随机", "没有看过")

    seen(supervisor, tmp_path, story)

    (file,) = sampling.listed(supervisor)
    assert (file.sample.population, len(file.lines)) == (4, 4)


@pytest.mark.parametrize(("name", "typed"), [("per_mille", "viele"), ("since", "2026-02-30"), ("seed", "x")])
def test_a_wrong_answer_is_asked_again(supervisor: Desk, tmp_path: Path, name: str, typed: str) -> None:
    """With what was typed; nothing is drawn."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.fill(name, typed)
        await clerk.press("ctrl+s")
        clerk.sees("✗", typed)
        await clerk.press("escape")

    seen(supervisor, tmp_path, story)

    assert sampling.listed(supervisor) == []


def test_a_finding_is_noted_line_by_line(supervisor: Desk, drawn: SampleFile, tmp_path: Path) -> None:
    """Sound by one key more; a problem is told in words, and the sample counts what is left."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        clerk.sees("抽查结果", "没有问题")
        await clerk.press("ctrl+s")
        assert f"已登记：{drawn.lines[0].case_number} 没有问题" in clerk.message
        await clerk.press("down", "ctrl+s", "right", "ctrl+s")
        clerk.sees("没有写明")
        await clerk.fill("note", "[bold]复印件不清[/]")
        await clerk.press("ctrl+s")
        assert "有瑕疵" in clerk.message
        clerk.sees("[bold]复印件不清[/]")

    seen(supervisor, tmp_path, story)

    file = sampling.file(supervisor, drawn.sample.id)
    assert [line.finding for line in file.lines] == ["sound", "defect"]


def test_a_case_is_opened_to_be_looked_through(
    supervisor: Desk, drawn: SampleFile, tmp_path: Path, opened: Opened
) -> None:
    """Enter on its line; Enter on the sample goes to its cases."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "enter", "shift+tab", "enter", "enter")

    seen(supervisor, tmp_path, story)

    number = drawn.lines[1].case_number
    assert opened == [("case", {"number": number})] * 2


def test_it_is_chosen_anew_and_printed(supervisor: Desk, drawn: SampleFile, tmp_path: Path) -> None:
    """F3 says whether the seed gives the same; F6 makes the sheet."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        assert "随机抽出的办件相同（登记 4 件）" in clerk.message
        await clerk.press("f6")
        assert "已出具抽查单" in clerk.message

    seen(supervisor, tmp_path, story)

    (paper,) = papers_of(supervisor, drawn.sample.id, "sampling_sheet")
    assert paper.number in {p.number for p in papers_of(supervisor, drawn.sample.id)}


def test_a_sample_that_does_not_agree_is_told(supervisor: Desk, drawn: SampleFile, tmp_path: Path) -> None:
    """It is no success, and says what to do."""
    engine = supervisor.store.engine
    with engine.write():
        engine.run(f"DELETE FROM sample_lines WHERE case_number = '{drawn.lines[0].case_number}'", {})

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        assert "与抽查不符，请核验留痕账" in clerk.message

    seen(supervisor, tmp_path, story)


@pytest.mark.parametrize("who", ["auditor", "read-only"])
def test_who_only_looks_may_choose_anew(
    supervisor: Desk, drawn: SampleFile, tmp_path: Path, who: str
) -> None:
    """And writes nothing."""
    looking = replace(supervisor, readonly=True) if who == "read-only" else as_role(supervisor, Role.AUDITOR)

    async def story(clerk: Clerk) -> None:
        for key in ("ctrl+s", "f2", "f6"):
            await clerk.press(key)
            assert "现在不能办" in clerk.message
        await clerk.press("f5", "f3")
        assert "相同" in clerk.message

    async def wide(clerk: Clerk) -> None:
        clerk.sees(drawn.sample.seed, "问题")

    seen(looking, tmp_path, story)
    seen(looking, tmp_path, wide, WIDE)


def test_it_is_for_those_who_supervise() -> None:
    """The palette offers it to nobody else."""
    assert doors.door("sampling").roles == frozenset({Role.SUPERVISOR, Role.AUDITOR})
