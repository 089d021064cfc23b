"""打印队列: what stands where, what each job allows, what is chosen and answered, and who may only look."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import a_batch, a_case, at
from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.printing.queue import a_job, jobs_of, moved, with_printer
from tests.workstation.screens.printing.queue import routed as routed_to
from tests.workstation.screens.printing.scenes import HOSTILE
from tests.workstation.screens.stage import WIDE, Clerk, Story, a_counter, play
from workstation.acts import papers, printers, printing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.envelope import BatchState
from workstation.domain.printing import PrintJob, PrintState
from workstation.screens.dialogs import Confirm, Pick, Refusal
from workstation.screens.printing.lines import Line
from workstation.screens.printing.screen import PrintingScreen


def told(desk: Desk, folder: Path, story: Story, size: tuple[int, int] = (80, 24)) -> None:
    """Play a story on the queue."""
    play(a_counter(desk, folder, "printing"), story, size)


def screen(clerk: Clerk) -> PrintingScreen:
    """The queue's screen."""
    assert isinstance(clerk.screen, PrintingScreen)
    return clerk.screen


def states(clerk: Clerk) -> list[str]:
    """The states as they stand from the top."""
    return [row.job.state for row in screen(clerk)._list.rows]


def line(clerk: Clerk) -> Line:
    """The line under the cursor."""
    found = screen(clerk)._line
    assert found is not None
    return found


def now(desk: Desk, job: PrintJob) -> PrintJob:
    """The job as it is now."""
    return next(each for each in jobs_of(desk, job.paper) if each.id == job.id)


# --- looking


def test_the_queue_is_stopped_between_two_papers_and_goes_on(
    routed: Desk, tmp_path: Path, laser: FakePrinter
) -> None:
    """How many are left is told; what is in the printer comes to its end, the rest waits for the next F7."""
    numbers = [a_job(routed).paper for _ in range(3)]

    async def story(clerk: Clerk) -> None:
        clerk.sees("还有 3 张没有打完")
        await clerk.press("f7")
        clerk.sees("队列停住了，还有 3 张没有打完")
        await clerk.look_at_printers(2)
        assert [received.operation for received in laser.received if received.operation == "print"] == []
        await clerk.press("f7")
        assert "接着打" in clerk.message
        await clerk.look_at_printers(4)
        assert states(clerk) == [PrintState.PRINTED] * 3

    told(routed, tmp_path, story)
    assert [jobs_of(routed, number)[-1].state for number in numbers] == [PrintState.PRINTED] * 3


def test_an_empty_queue_says_so_and_where_papers_go(desk: Desk, tmp_path: Path) -> None:
    """Without a route everything goes to the tray; there is nothing to answer."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("（没有打印任务）", "文书 → 出纸盘；封套面 → 出纸盘")
        await clerk.press("ctrl+s")
        assert "没有打印任务" in clerk.message

    told(desk, tmp_path, story)


def test_another_window_is_no_business_of_this_one(routed: Desk, tmp_path: Path) -> None:
    """Neither its jobs nor its routes are shown."""
    printers.set_route(at(routed, "2001"), "envelope", printer="激光机", stock="C5", window=2)
    a_job(routed)

    async def story(clerk: Clerk) -> None:
        clerk.sees("（没有打印任务）", "文书 → 出纸盘；封套面 → 激光机")

    told(replace(routed, window=2), tmp_path, story)


def test_what_needs_a_person_stands_first_and_what_ended_last(routed: Desk, tmp_path: Path) -> None:
    """Unsure, failed, then what is on its way, then today's, the latest first; each by word and sign."""
    for state in reversed(PrintState):
        a_job(routed, state)

    async def story(clerk: Clerk) -> None:
        first, rest = states(clerk)[:2], states(clerk)[2:5]
        assert first == [PrintState.UNSURE, PrintState.FAILED]
        assert set(rest) == {PrintState.WAITING, PrintState.SENDING, PrintState.SENT}
        assert states(clerk)[5:] == [PrintState.PRINTED, PrintState.CANCELED]
        clerk.sees("? 不知打出没有", "✗ 没有打印", "· 待打印", "· 打印机已接收", "✓ 已打印", "- 已取消")

    told(routed, tmp_path, story)


def test_the_cursor_stays_on_its_job_while_the_list_moves(routed: Desk, tmp_path: Path) -> None:
    """Another one ends meanwhile and goes below."""
    first, second = a_job(routed), a_job(routed)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down")
        moved(routed, first, "cancel_print", PrintState.CANCELED)
        screen(clerk).on_sending_looked()
        await clerk.settle()
        assert screen(clerk)._list.cursor == 0
        assert line(clerk).key == second.id
        assert states(clerk) == [PrintState.WAITING, PrintState.CANCELED]

    told(routed, tmp_path, story)


def test_a_wide_screen_shows_who_asked_for_it(routed: Desk, tmp_path: Path) -> None:
    """At 80 columns it is in the lines below."""
    a_job(routed)

    async def narrow(clerk: Clerk) -> None:
        assert "登记" not in clerk.lines[1]
        clerk.sees("1001 登记")

    async def wide(clerk: Clerk) -> None:
        assert "登记" in clerk.lines[1]

    told(routed, tmp_path, narrow)
    told(routed, tmp_path, wide, WIDE)


@pytest.mark.parametrize(
    ("state", "answer", "move", "cancel"),
    [
        (PrintState.WAITING, "还没有轮到它", "", ""),
        (PrintState.SENDING, "正在交给打印机", "正在交给打印机", "正在交给打印机"),
        (PrintState.SENT, "", "先取消，或回答", ""),
        (PrintState.UNSURE, "", "先按 Ctrl+S 回答", "先按 Ctrl+S 回答"),
        (PrintState.FAILED, "", "", ""),
        (PrintState.PRINTED, "已经打出来了", "已经打出来了", "已经打出来了"),
        (PrintState.CANCELED, "", "", "已经取消了"),
    ],
)
def test_each_state_says_what_is_possible_and_why_the_rest_is_not(
    routed: Desk, tmp_path: Path, state: PrintState, answer: str, move: str, cancel: str
) -> None:
    """The footer crosses out exactly what the acts would refuse."""
    a_job(routed, state)

    async def story(clerk: Clerk) -> None:
        for name, expected in (("answer", answer), ("move", move), ("cancel", cancel)):
            reason = screen(clerk).why_not(name)
            assert (reason is None) == (not expected)
            assert expected in (reason or "")

    told(routed, tmp_path, story)


def test_what_became_void_is_not_printed_again(routed: Desk, tmp_path: Path) -> None:
    """The failed job of a face that was copied since has left the queue; one of today says by what."""
    failed, canceled = a_job(routed, PrintState.FAILED), a_job(routed, PrintState.CANCELED)
    for job in (failed, canceled):
        papers.reprint(routed, job.paper, reason="lost")

    async def story(clerk: Clerk) -> None:
        await clerk.press("end")
        assert line(clerk).why_not("answer") == line(clerk).why_not("move")
        clerk.sees("这张纸面已作废，由 …")

    told(routed, tmp_path, story)


def test_a_face_with_a_later_job_is_not_begun_again_from_the_former_one(routed: Desk, tmp_path: Path) -> None:
    """Otherwise two sheets of one number."""
    job = a_job(routed, PrintState.CANCELED)
    printing.print_paper(routed, job.paper)

    async def story(clerk: Clerk) -> None:
        await clerk.press("end")
        assert "后来另有打印任务" in (screen(clerk).why_not("answer") or "")
        clerk.sees("不用再管")

    told(routed, tmp_path, story)


# --- answering


def test_a_failed_job_is_printed_again_with_one_key(routed: Desk, tmp_path: Path, laser: FakePrinter) -> None:
    """Nothing came of it, so nothing is asked."""
    job = a_job(routed, PrintState.FAILED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert "已交去打印：收件凭证，打印机“激光机”" in clerk.message
        await clerk.look_at_printers(3)
        clerk.sees("✓ 已打印")

    told(routed, tmp_path, story)

    assert len(laser.asked("print")) == 1
    assert len(jobs_of(routed, job.paper)) == 2


def test_a_refusal_is_shown_and_the_job_stays(routed: Desk, tmp_path: Path) -> None:
    """Its printer was retired."""
    job = a_job(routed, PrintState.FAILED)
    printers.retire(at(routed, "2001"), "激光机")

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("已停用")
        await clerk.press("enter", "f4")
        assert "没有别的打印机在用" in clerk.message

    told(routed, tmp_path, story)

    assert now(routed, job).state == PrintState.FAILED


def test_what_somebody_has_answered_meanwhile_is_not_answered_again(routed: Desk, tmp_path: Path) -> None:
    """The refusal names them; the list shows their answer."""
    job = a_job(routed, PrintState.UNSURE)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s", "down", "down")
        printing.confirm_print(at(routed, "1002"), job.id, printed=True)
        await clerk.press("enter")
        clerk.sees("changed-meanwhile", "1002")
        await clerk.press("enter")
        clerk.sees("✓ 已打印")

    told(routed, tmp_path, story)

    assert now(routed, job).ended_by == "1002"


def test_esc_answers_nothing(routed: Desk, tmp_path: Path) -> None:
    """Neither the question, nor the pick of a printer, nor cancelling."""
    with_printer(routed, name="备用机")
    unsure, waiting = a_job(routed, PrintState.UNSURE), a_job(routed)
    before = builders.head(routed)

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Pick)
        await clerk.press("escape", "down", "f4")
        assert isinstance(clerk.app.screen, Pick)
        await clerk.press("escape", "f6")
        assert isinstance(clerk.app.screen, Confirm)
        await clerk.press("escape")

    told(routed, tmp_path, story)

    assert builders.head(routed) == before
    assert (now(routed, unsure), now(routed, waiting)) == (unsure, waiting)


# --- elsewhere, and not at all


def test_a_printer_of_the_same_kind_prints_the_same_face(
    routed: Desk, tmp_path: Path, spare: FakePrinter
) -> None:
    """No copy, no new number."""
    with_printer(routed, spare.uri, name="备用机")
    job = a_job(routed, PrintState.FAILED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f4")
        clerk.sees("备用机　203 点　原样的一张")
        await clerk.press("enter")
        await clerk.look_at_printers(3)
        assert clerk.message == "已交去打印：收件凭证，打印机“备用机”。"

    told(routed, tmp_path, story)

    assert len(spare.asked("print")) == 1
    assert jobs_of(routed, job.paper)[-1].printer == "备用机"


@pytest.mark.parametrize("state", [PrintState.WAITING, PrintState.FAILED])
def test_what_nobody_wants_is_cancelled(routed: Desk, tmp_path: Path, state: PrintState) -> None:
    """After a question; what failed leaves the list of those that need a person."""
    job = a_job(routed, state)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6", "enter")
        assert "已记下：已取消打印" in clerk.message
        assert states(clerk) == [PrintState.CANCELED]

    told(routed, tmp_path, story)

    assert now(routed, job).state == PrintState.CANCELED


def test_a_job_in_the_printer_is_asked_back_once(routed: Desk, tmp_path: Path, laser: FakePrinter) -> None:
    """How it ends the printer tells; until then the key says what is being waited for."""
    laser.paper = False
    with builders.no_ink():
        a_case(routed, CaseState.REGISTERED)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")
        await clerk.look_at_printers(2)
        await clerk.press("f6", "enter")
        assert "已请打印机取消" in clerk.message
        assert "看它怎么结束" in (screen(clerk).why_not("cancel") or "")
        await clerk.look_at_printers()
        clerk.sees("? 不知打出没有", "这次打印已取消")

    told(routed, tmp_path, story)


# --- around


def test_enter_opens_the_case_or_the_batch(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """Whatever the face speaks for."""
    routed_to(desk)
    with builders.no_ink():
        batch = a_batch(desk, BatchState.CLOSED)

    async def story(clerk: Clerk) -> None:
        kinds = [row.paper.kind for row in screen(clerk)._list.rows]
        await clerk.press("enter")
        screen(clerk)._list.to(kinds.index("handover_sheet"))
        await clerk.press("enter")

    told(desk, tmp_path, story)

    assert [name for name, _ in opened] == ["case", "courier"]
    assert opened[1][1] == {"number": batch.number}


def test_a_scan_of_a_face_puts_the_cursor_on_its_job(routed: Desk, tmp_path: Path, opened: Opened) -> None:
    """It says nothing of itself: whoever scanned it still answers. Another case's is opened by the frame."""
    a_job(routed, PrintState.UNSURE)
    job = a_job(routed, PrintState.UNSURE)
    with builders.no_ink():
        printers.set_route(at(routed, "2001"), "sheet", printer=None)
        other = builders.paper_of(routed, a_case(routed, CaseState.REGISTERED).number, "intake_slip").number

    async def story(clerk: Clerk) -> None:
        await clerk.scan(job.paper)
        assert line(clerk).key == job.id
        await clerk.scan(other)

    told(routed, tmp_path, story)

    assert now(routed, job).state == PrintState.UNSURE
    assert opened == [("case", {"number": other})]


def test_the_printers_are_one_key_away(routed: Desk, tmp_path: Path, opened: Opened) -> None:
    """F9."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f9")

    told(routed, tmp_path, story)

    assert opened == [("printers", {})]


@pytest.mark.parametrize("role", ["auditor", "read-only"])
def test_who_may_not_print_sees_all_and_does_nothing(routed: Desk, tmp_path: Path, role: str) -> None:
    """Each key says why."""
    a_job(routed, PrintState.UNSURE)
    looking = replace(routed, readonly=True) if role == "read-only" else at(routed, "4001")

    async def story(clerk: Clerk) -> None:
        clerk.sees("? 不知打出没有")
        for key in ("ctrl+s", "f4", "f6"):
            await clerk.press(key)
            assert "现在不能办" in clerk.message
        await clerk.press("f5")

    told(looking, tmp_path, story)

    assert [job.state for job in printing.listed(routed)] == [PrintState.UNSURE]


def test_names_that_would_steer_the_screen_are_shown_as_they_are(desk: Desk, tmp_path: Path) -> None:
    """In the list, below it, and in the question."""
    routed_to(desk, name=HOSTILE)
    a_job(desk, PrintState.UNSURE)

    async def story(clerk: Clerk) -> None:
        clerk.sees(HOSTILE)
        await clerk.press("ctrl+s")
        clerk.sees(f"打印机“{HOSTILE}”")

    told(desk, tmp_path, story)


# --- the tray


def test_the_tray_is_emptied_after_a_question(desk: Desk, tmp_path: Path) -> None:
    """What the ledger can give out again goes, anything else stays and is named."""
    with builders.no_ink():
        number = builders.paper_of(desk, a_case(desk, CaseState.REGISTERED).number, "intake_slip").number
    (desk.tray / "扫描.pdf").write_bytes(b"%PDF")

    async def story(clerk: Clerk) -> None:
        screen(clerk).do_sweep()
        await clerk.settle()
        clerk.sees("清掉 1 张", "留下 1 个文件（不是本系统放的）")
        await clerk.press("enter")
        assert (desk.tray / f"{number}.pdf").exists(), "Enter is no here"
        screen(clerk).do_sweep()
        await clerk.settle()
        await clerk.press("ctrl+y")
        assert "已从出纸盘清掉 1 张" in clerk.message
        screen(clerk).do_sweep()
        await clerk.settle()
        assert "没有可以清的" in clerk.message

    told(desk, tmp_path, story)

    assert [entry.name for entry in desk.tray.iterdir()] == ["扫描.pdf"]


def test_a_tray_that_cannot_be_opened_is_told(desk: Desk, tmp_path: Path) -> None:
    """A file stands in its place."""
    (tmp_path / "file").write_text("")

    async def story(clerk: Clerk) -> None:
        screen(clerk).do_sweep()
        await clerk.settle()
        clerk.sees("出纸盘打不开")

    told(replace(desk, tray=tmp_path / "file"), tmp_path, story)
