"""办件, printed by hand: where a sheet is, and a face of the tray that goes to a printer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.builders import a_case, at
from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.screens.stage import Clerk, Story, a_counter, play
from workstation.acts import printers, printing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.paper import Paper
from workstation.screens.dialogs import Pick, Reading, Refusal

PAPERS = ("right", "right", "right")


@pytest.fixture
def number(desk: Desk) -> str:
    """A case whose slip lies in the tray."""
    return a_case(desk, CaseState.REGISTERED).number


def on_case(desk: Desk, folder: Path, number: str, story: Story) -> None:
    """Play a story on a case."""
    play(a_counter(desk, folder, "case", number=number), story)


def slip(desk: Desk, number: str) -> Paper:
    """The intake slip in force."""
    return builders.paper_of(desk, number, "intake_slip")


def test_a_face_of_the_tray_goes_to_a_printer_and_says_where_it_is(
    desk: Desk, tmp_path: Path, number: str
) -> None:
    """The pick warns of a second sheet; on its way, the paper tells its printer, and how that stands."""
    with FakePrinter() as laser:
        printers.add(at(desk, "2001"), "激光机", laser.uri, dpi=203)

        async def story(clerk: Clerk) -> None:
            await clerk.press(*PAPERS, "ctrl+d")
            assert isinstance(clerk.app.screen, Pick)
            clerk.sees("同一编号只能有一张纸", "激光机　203 点　原样的一张")
            await clerk.press("enter")
            assert clerk.message == "已交去打印：收件凭证，打印机“激光机”。"
            await clerk.press("enter")
            assert isinstance(clerk.app.screen, Reading)
            clerk.sees("打印机“激光机”：打印机已接收")

        on_case(desk, tmp_path, number, story)

        assert len(laser.asked("print")) == 1
    assert not (desk.tray / f"{slip(desk, number).number}.pdf").exists()


def test_a_face_that_is_on_its_way_is_not_sent_twice(desk: Desk, tmp_path: Path, number: str) -> None:
    """The refusal says what to do instead."""
    printers.add(at(desk, "2001"), "激光机", "ipp://127.0.0.1:9/", dpi=203)
    printing.print_paper(desk, slip(desk, number).number, printer="激光机")

    async def story(clerk: Clerk) -> None:
        await clerk.press(*PAPERS, "ctrl+d", "enter")
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("print-waiting")

    on_case(desk, tmp_path, number, story)

    assert len(printing.listed(desk)) == 1


def test_other_dots_make_a_copy(desk: Desk, tmp_path: Path, number: str) -> None:
    """It says so before and after, and the former face is void."""
    former = slip(desk, number)

    async def story(clerk: Clerk) -> None:
        await clerk.press(*PAPERS, "ctrl+d")
        clerk.sees("出副本，旧的作废")
        await clerk.press("enter")
        assert "副本 2，原来的一张作废" in clerk.message
        clerk.sees("× 作废")

    with FakePrinter() as laser:
        printers.add(at(desk, "2001"), "激光机", laser.uri, dpi=600)
        on_case(desk, tmp_path, number, story)

    assert slip(desk, number).replaces == former.number


def test_why_nothing_can_be_printed_is_told(desk: Desk, tmp_path: Path, number: str) -> None:
    """Not on another pane, and not where there is no printer."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+d")
        assert "请先到“纸面”选一张" in clerk.message
        await clerk.press(*PAPERS, "ctrl+d")
        assert "没有打印机在用" in clerk.message

    on_case(desk, tmp_path, number, story)


def test_an_auditor_prints_nothing(desk: Desk, tmp_path: Path, number: str) -> None:
    """The key says whose it is."""

    async def story(clerk: Clerk) -> None:
        await clerk.press(*PAPERS, "ctrl+d")
        assert "现在不能办" in clerk.message

    on_case(at(desk, "4001"), tmp_path, number, story)
