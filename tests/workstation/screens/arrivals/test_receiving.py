"""属地签收 with the rows of its list: all there in as few keys as before, the rest told in one line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests import builders
from tests.builders import a_consignment, an_envelope, paper_of
from tests.workstation.screens.stage import WIDE, Clerk, a_counter, play
from workstation.acts import contacts, packing, tasks, viewing
from workstation.acts.desk import Desk
from workstation.acts.receipts import DAMAGED, MISSING
from workstation.domain import codes
from workstation.domain.case import Piece
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import EnvelopeState
from workstation.screens.arrivals import receiving
from workstation.screens.arrivals.receiving import Received


@pytest.fixture
def own(desk: Desk) -> Consignment:
    """A consignment whose envelope is on its way, with three rows on its list."""
    return a_consignment(desk, S.HANDED_OVER)


def slip_of(desk: Desk, own: Consignment) -> str:
    """The reply slip's code of its envelope."""
    return paper_of(desk, own.envelope or "", "reply_slip").number


def raised(desk: Desk) -> list[str]:
    """The kinds of the open tasks."""
    return sorted(task.kind for task in tasks.listed(desk))


def lost(desk: Desk, own: Consignment) -> list[Piece]:
    """The pieces the mail answers for."""
    return [piece for piece in viewing.case_file(desk, own.case_number).pieces if piece.is_lost]


def test_ticks_are_written_as_they_are_typed() -> None:
    """And summed up in words."""
    ticks = {5: DAMAGED, 3: MISSING, 1: MISSING}

    assert receiving.written(ticks) == "1缺 3缺 5损"
    assert receiving.summed_up(ticks) == "缺 2 项、损 1 项"
    assert receiving.written({}) == receiving.summed_up({}) == ""


def test_what_is_told_begins_with_what_is_not_as_it_should_be(desk: Desk) -> None:
    """The line below is cut at its end."""
    envelope = an_envelope(desk, EnvelopeState.HANDED_OVER)

    plain = receiving.told(Received(envelope, {}))
    damaged = receiving.told(Received(envelope, {2: DAMAGED}))

    assert plain == f"属地已签收：示例市第1公安局示例派出所，封套 {envelope.number[-5:]}。"
    assert damaged.startswith("属地已签收，损 1 项，已记入待办：内件受损。")


def test_a_scanned_slip_and_one_key_acknowledge(desk: Desk, tmp_path: Path, own: Consignment) -> None:
    """The rows stand there as received; nothing has to be ticked."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(slip_of(desk, own))
        clerk.sees("1   ✓ 收到", "3   ✓ 收到", "✓ 全部收到")
        await clerk.press("ctrl+s")
        clerk.sees("【属地已签收】")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert raised(desk) == []


def test_what_is_typed_shows_in_the_list(desk: Desk, tmp_path: Path, own: Consignment) -> None:
    """In one line, with letters; the message tells of the tasks, and so does the screen."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(slip_of(desk, own))
        await clerk.fill("rows", "2q,3s")
        clerk.sees("1   ✓ 收到", "2   ! 缺", "3   ! 损", "缺 1 项、损 1 项，将生成待办")
        await clerk.press("ctrl+s")
        assert "缺 1 项、损 1 项，已记入待办：内件短少、内件受损" in clerk.message
        clerk.sees("! 待办：", "内件短少", "内件受损")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert raised(desk) == [DAMAGED, MISSING]
    assert [piece.name for piece in lost(desk, own)] == ["申请人居民身份证"]
    builders.assert_true_ledger(desk, own.case_number)


def test_the_blank_turns_a_row(desk: Desk, tmp_path: Path, own: Consignment) -> None:
    """There, missing, damaged, there; the line follows. Enter writes nothing."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "down", "down", "down", "down")
        await clerk.press("space")
        clerk.sees("2   ! 缺", "缺、损      2缺")
        await clerk.press("space", "up", "space")
        clerk.sees("1缺 2损")
        await clerk.press("down", "space")
        clerk.sees("1   ! 缺", "2   ✓ 收到", "缺、损      1缺 ")
        await clerk.press("enter")
        assert raised(desk) == []
        await clerk.fill("code", codes.short_form(slip_of(desk, own)))
        await clerk.press("enter", "enter")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story, WIDE)
    assert raised(desk) == [MISSING]


@pytest.mark.parametrize(
    ("text", "told"), [("3", "如 3q 5s"), ("9q", "清单只有 1 至 3 行"), ("0s", "清单只有")]
)
def test_rows_nobody_can_tell_are_asked_again(
    desk: Desk, tmp_path: Path, own: Consignment, text: str, told: str
) -> None:
    """Before anything is done; turning a row does not throw away what was typed either."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(slip_of(desk, own))
        await clerk.fill("rows", text)
        clerk.sees("1   ✓ 收到")
        await clerk.press("down", "space")
        clerk.sees(told, f"缺、损      {text} ")
        await clerk.press("ctrl+s")
        clerk.sees(f"✗ {told}" if told[0] != "如" else told, text)

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert builders.consignment_of(desk, own.id).state == S.HANDED_OVER


def test_a_row_told_twice_is_refused_with_all_that_was_typed(
    desk: Desk, tmp_path: Path, own: Consignment
) -> None:
    """Missing and damaged at once is neither."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(slip_of(desk, own))
        await clerk.fill("rows", "2q2s")
        await clerk.press("ctrl+s")
        clerk.sees("2q2s", "✗ 缺损写行号")
        await clerk.press("escape")
        clerk.sees("放弃已填的内容吗？")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert raised(desk) == []


def test_what_was_ticked_stands_there_again_after_a_refusal(
    desk: Desk, tmp_path: Path, own: Consignment
) -> None:
    """Another envelope's code moves nothing."""
    other = a_consignment(desk, S.HANDED_OVER)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.type(slip_of(desk, other))
        await clerk.fill("rows", "2q")
        await clerk.press("ctrl+s")
        clerk.sees("回执码和这个封套对不上", "2   ! 缺", "2q")
        await clerk.fill("code", slip_of(desk, own))
        await clerk.press("ctrl+s")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert raised(desk) == [MISSING]


def test_a_caller_hears_the_rows_once_the_code_is_whole(desk: Desk, tmp_path: Path, own: Consignment) -> None:
    """From the list: five digits are not enough, with the office's name they are."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        await clerk.type(codes.short_form(slip_of(desk, own)))
        clerk.sees("（报出回执码，就列出该有的内件）")
        await clerk.fill("office", "第1公安局")
        clerk.sees("3   ✓ 收到")
        await clerk.fill("office", "没有")
        clerk.misses("✓ 收到")
        await clerk.fill("code", slip_of(desk, own))
        clerk.sees("3   ✓ 收到")
        await clerk.fill("rows", "1s")
        await clerk.press("ctrl+s")
        assert clerk.message.startswith("属地已签收，损 1 项，已记入待办：内件受损")

    play(a_counter(desk, tmp_path, "arrivals"), story)
    assert raised(desk) == [DAMAGED]


def test_two_cases_in_one_envelope_are_told_apart(desk: Desk, tmp_path: Path) -> None:
    """By the end of their numbers: the same paper stands on the list twice."""
    first, second = (builders.a_case(desk).number for _ in range(2))
    envelope = packing.pack(desk, [first, second]).number
    for act in (builders.sealed, builders.handed_over):
        act(desk, envelope)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2")
        clerk.sees(f"…{first[-5:]}", f"…{second[-5:]}", "6   ✓ 收到")

    play(a_counter(desk, tmp_path, "arrivals", number=f"{first}-1"), story)


async def rarer(clerk: Clerk, label: str) -> None:
    """Choose one of what is needed more rarely."""
    await clerk.press("ctrl+o")
    listed = [line for line in clerk.lines if "│" in line]
    begin = next(at for at, line in enumerate(listed) if "属地退件" in line)
    await clerk.press(
        *["down"] * (next(at for at, line in enumerate(listed) if label in line) - begin), "enter"
    )


def test_without_the_code_somebodys_word_is_kept(desk: Desk, tmp_path: Path, own: Consignment) -> None:
    """Who said so, by what; with the rows as well."""

    async def story(clerk: Clerk) -> None:
        await rarer(clerk, "凭通话签收")
        clerk.sees("对方报不出回执码时用", "3   ✓ 收到")
        await clerk.press("ctrl+s")
        clerk.sees("必填")
        await clerk.type("示例科员")
        await clerk.fill("rows", "2缺")
        await clerk.press("ctrl+s")
        clerk.sees("【属地已签收】", "内件短少")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert builders.consignment_of(desk, own.id).acknowledged_how == "hand"
    assert "示例科员" in (contacts.listed(desk, own.case_number)[0].note or "")


def test_wrong_papers_are_told_and_lead_to_their_task(
    desk: Desk, tmp_path: Path, own: Consignment, opened: list[Any]
) -> None:
    """The envelope stays where it is; the list of rarer things leads to its task."""

    async def story(clerk: Clerk) -> None:
        await rarer(clerk, "内件错装")
        await clerk.type("是别人的申请表")
        await clerk.press("ctrl+s")
        assert "已登记内件错装，已记入待办" in clerk.message
        clerk.sees("! 待办：内件错装", "【已交寄】")
        await clerk.press("ctrl+o", *["down"] * 6, "enter")
        assert opened == [("tasks", {"number": own.envelope})]

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert raised(desk) == ["wrong_contents"]


def test_wrong_papers_are_told_of_an_envelope_that_is_open_there(desk: Desk, tmp_path: Path) -> None:
    """And of none that has not left."""
    there, here = a_consignment(desk, S.ACKNOWLEDGED), a_consignment(desk, S.SEALED)

    async def told(clerk: Clerk) -> None:
        await rarer(clerk, "内件错装")
        await clerk.press("ctrl+s")

    async def refused(clerk: Clerk) -> None:
        await rarer(clerk, "内件错装")
        assert "封套不在属地" in clerk.message

    play(a_counter(desk, tmp_path, "arrivals", number=there.id), told)
    play(a_counter(desk, tmp_path, "arrivals", number=here.id), refused)
    assert raised(desk) == ["wrong_contents"]


@pytest.mark.parametrize(("downs", "kind"), [(2, "damaged"), (3, "mail_refused"), (5, "intercepted")])
def test_every_trouble_of_an_envelope_back_here_has_its_name(
    desk: Desk, tmp_path: Path, own: Consignment, downs: int, kind: str
) -> None:
    """Each is a task of its own kind."""

    async def story(clerk: Clerk) -> None:
        await rarer(clerk, "邮件异常")
        await clerk.press(*["right"] * downs, "ctrl+s")

    play(a_counter(desk, tmp_path, "arrivals", number=own.id), story)
    assert raised(desk) == [kind]
