"""A refusal on a screen is whole without a command line: in its dialog, in a form and in the message line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.workstation.screens.stage import Clerk, a_counter, play
from workstation.acts.desk import Desk
from workstation.errors import WrongUsage
from workstation.screens.dialogs import Asked, Form, Refusal

ERROR = WrongUsage(
    "reason-missing",
    what="没有记录。",
    why="没有写明原因。（命令：字段 reason）",
    next="请先写明原因。（命令：--reason 原因）",
)


def test_the_dialog_leaves_out_what_is_for_the_command_line(desk: Desk, tmp_path: Path) -> None:
    """What, why, what next and the code for the telephone stay."""

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(Refusal(ERROR))
        await clerk.settle()
        clerk.sees("✗ 没有记录。", "原因：没有写明原因。", "下一步：请先写明原因。", "reason-missing")
        clerk.misses("（命令", "--reason", "字段")

    play(a_counter(desk, tmp_path), story)


def test_a_form_asked_again_leaves_it_out(desk: Desk, tmp_path: Path) -> None:
    """What was wrong with the answers stands below them."""

    async def story(clerk: Clerk) -> None:
        clerk.app.push_screen(Form("核验", [Asked("reason", "原因")], wrong=ERROR))
        await clerk.settle()
        clerk.sees("✗ 没有记录。没有写明原因。")
        clerk.misses("（命令", "字段")

    play(a_counter(desk, tmp_path), story)


@pytest.mark.parametrize("door", ["trouble", "attention"])
def test_the_message_line_leaves_it_out(desk: Desk, tmp_path: Path, door: str) -> None:
    """Whoever puts an error there, and in however many sentences."""

    async def story(clerk: Clerk) -> None:
        if door == "trouble":
            clerk.app.trouble(ERROR)
        else:
            clerk.app.attention(f"{ERROR.what}{ERROR.why}{ERROR.next}")
        await clerk.settle()
        assert "没有记录。没有写明原因。请先写明原因。" in clerk.message
        assert "命令" not in clerk.message

    play(a_counter(desk, tmp_path), story)
