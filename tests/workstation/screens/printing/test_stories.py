"""打印队列, told with a printer on the wire: out of paper, switched off, moved, a program that was killed."""

from __future__ import annotations

from pathlib import Path

from tests import builders
from tests.builders import a_case, paper_of
from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.screens.printing.queue import a_job, jobs_of, with_printer
from tests.workstation.screens.stage import Clerk, Story, a_counter, play
from workstation.acts import papers, verification
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.paper import PaperState
from workstation.domain.printing import PrintJob, PrintState


def told(desk: Desk, folder: Path, story: Story) -> None:
    """Play a story on the queue."""
    play(a_counter(desk, folder, "printing"), story)


async def registered(clerk: Clerk) -> str:
    """A hand-in at this window, as a screen asks for it; gives the number of its intake slip."""
    numbers: list[str] = []
    clerk.app.perform(
        lambda desk: a_case(desk, CaseState.REGISTERED), lambda case: numbers.append(case.number)
    )
    await clerk.settle()
    return paper_of(clerk.app.desk, numbers[0], "intake_slip").number


def last(desk: Desk, number: str) -> PrintJob:
    """The latest attempt with a face."""
    return jobs_of(desk, number)[-1]


def test_a_registration_prints_by_itself(routed: Desk, tmp_path: Path, laser: FakePrinter) -> None:
    """Nobody asks for it; the queue shows each step without a key."""

    async def story(clerk: Clerk) -> None:
        number = await registered(clerk)
        clerk.sees("· 打印机已接收", "激光机")
        await clerk.look_at_printers(3)
        clerk.sees("✓ 已打印", "再要一张，请在办件的“纸面”里补打")
        assert last(routed, number).state == PrintState.PRINTED

    told(routed, tmp_path, story)

    assert len(laser.asked("print")) == 1
    assert verification.verify(routed).difference is None


def test_paper_that_is_out_is_told_and_refilled_it_prints(
    routed: Desk, tmp_path: Path, laser: FakePrinter
) -> None:
    """The clerk reads what to do; nothing is asked, nothing is sent twice."""
    laser.paper = False

    async def story(clerk: Clerk) -> None:
        await registered(clerk)
        await clerk.look_at_printers(3)
        clerk.sees("打印机里没有所需的纸", "放入所需的纸或信封，打印机会接着打")
        assert "没有所需的纸" in clerk.message
        laser.paper = True
        await clerk.look_at_printers(3)
        clerk.sees("✓ 已打印")
        assert "“激光机”好了" in clerk.message

    told(routed, tmp_path, story)

    assert len(laser.asked("print")) == 1


def test_a_printer_that_is_off_is_told_and_the_job_moved_to_other_dots(
    routed: Desk, tmp_path: Path, laser: FakePrinter, spare: FakePrinter
) -> None:
    """The pick says that a copy will be drawn; the former face is void, and only the copy is printed."""
    with_printer(routed, spare.uri, name="备用机", dpi=300)
    laser.script = ["cut before reading"] * 9

    async def story(clerk: Clerk) -> None:
        number = await registered(clerk)
        clerk.sees("· 待打印", "连不上打印机", "检查打印机的电源和网线")
        await clerk.press("f4")
        clerk.sees("换到哪台打印机？", "备用机　300 点　出副本，旧的作废")
        clerk.misses("激光机　203 点")
        await clerk.press("enter")
        assert "副本 2" in clerk.message
        await clerk.look_at_printers(4)
        clerk.sees("✓ 已打印", "收件凭证 副本2", "- 已取消", "改到另一台打印机")
        with routed.reading() as reading:
            former = reading.papers.get(number)
        assert former is not None
        assert (former.state, former.reason) == (PaperState.VOID, None)
        assert former.replaced_by is not None
        assert papers.pdf_of(routed, former.replaced_by)[0].dpi == 300

    told(routed, tmp_path, story)

    assert (len(laser.asked("print")), len(spare.asked("print"))) == (0, 1)


def test_what_a_killed_program_was_sending_is_asked_about_and_printed_once(
    routed: Desk, tmp_path: Path, laser: FakePrinter
) -> None:
    """Nothing is sent before a person has looked; 没有打出, and then once."""
    job = a_job(routed, PrintState.SENDING)

    async def story(clerk: Clerk) -> None:
        clerk.sees("· 正在交出")
        await clerk.press("f5")
        await clerk.look_at_printers()
        clerk.sees("? 不知打出没有", "先到打印机“激光机”前看", "没看之前不要再打")
        assert laser.asked("print") == []
        await clerk.press("ctrl+s", "enter")
        assert "没有记下什么" in clerk.message, "Enter alone is the harmless answer"
        assert last(routed, job.paper).state == PrintState.UNSURE
        await clerk.press("ctrl+s", "down", "down", "enter")
        clerk.sees("✗ 没有打印", "Ctrl+S 再打一次")
        await clerk.press("ctrl+s")
        await clerk.look_at_printers(3)
        clerk.sees("✓ 已打印")

    told(routed, tmp_path, story)

    assert len(laser.asked("print")) == 1
    assert [each.state for each in jobs_of(routed, job.paper)] == [PrintState.FAILED, PrintState.PRINTED]


def test_what_is_said_not_to_have_come_out_does_not_come_out_later(
    routed: Desk, tmp_path: Path, laser: FakePrinter
) -> None:
    """A job that stands in the printer for want of paper is taken out of it: refilled, it prints nothing."""
    laser.paper = False

    async def story(clerk: Clerk) -> None:
        number = await registered(clerk)
        await clerk.look_at_printers(2)
        await clerk.press("ctrl+s", "down", "down", "enter")
        assert last(routed, number).state == PrintState.FAILED
        assert [job.state for job in laser.jobs.values()] == ["canceled"]

    told(routed, tmp_path, story)


def test_a_printer_that_talks_nonsense_leaves_the_question_to_a_person(
    routed: Desk, tmp_path: Path, laser: FakePrinter
) -> None:
    """It may have the paper: in hand, it is confirmed, and the person stands in the ledger."""
    laser.script = ["", "", b"nonsense"]

    async def story(clerk: Clerk) -> None:
        number = await registered(clerk)
        clerk.sees("? 不知打出没有")
        assert "请到打印队列处理" in clerk.message
        await clerk.press("ctrl+s", "down", "enter")
        assert "已记下：已打印" in clerk.message
        job = last(routed, number)
        assert (job.state, job.ended_by) == (PrintState.PRINTED, "1001")
        clerk.sees("由 1001 确认")

    told(routed, tmp_path, story)


def test_a_queue_that_has_stopped_goes_on_at_the_key(
    routed: Desk, tmp_path: Path, laser: FakePrinter
) -> None:
    """What was promised by the command line waits until somebody looks."""
    job = a_job(routed)

    async def story(clerk: Clerk) -> None:
        clerk.sees("· 待打印")
        await clerk.press("f5")
        await clerk.look_at_printers(3)
        clerk.sees("✓ 已打印")

    told(routed, tmp_path, story)

    assert last(routed, job.paper).state == PrintState.PRINTED
    assert builders.head(routed)[0] > 0
