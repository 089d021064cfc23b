"""Moments of the samples worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.builders import a_case, at
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts import revealing, sampling
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.policies import SamplingPolicy

_TODAY = "2026-11-20"


def _drawn_sample(folder: Path) -> Desk:
    desk = a_desk(folder)
    cases = [a_case(desk, CaseState.REGISTERED).number for _ in range(6)]
    supervisor = at(desk, "2001")
    revealing.reveal(supervisor, cases[0], reason="supervise")
    file = sampling.draw(supervisor, _TODAY, _TODAY, policy=SamplingPolicy(per_mille=400), seed="7" * 40)
    note = "[bold]x[/] [/oops] 𠮷𬀩㐂· 复印件不清，没有变更页"
    sampling.find(supervisor, file.sample.id, file.lines[0].case_number, finding="defect", note=note)
    return supervisor


def _none(folder: Path) -> tuple[Seated, Story]:
    """Nothing was drawn yet; a sample is asked for."""
    desk = at(a_desk(folder), "2001")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")

    return a_counter(desk, folder, "sampling"), story


def _several(folder: Path) -> tuple[Seated, Story]:
    """A sample, of which one case was looked at; the seed gives the same."""
    desk = _drawn_sample(folder)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")

    return a_counter(desk, folder, "sampling"), story


def _finding(folder: Path) -> tuple[Seated, Story]:
    """A problem without a word is asked about again."""
    desk = _drawn_sample(folder)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "ctrl+s", "right", "ctrl+s")

    return a_counter(desk, folder, "sampling"), story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "none": _none,
    "several": _several,
    "finding": _finding,
}
