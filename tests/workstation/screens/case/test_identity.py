"""身份核验 from the case: in person with three keys, by the other methods with what each has to tell."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from tests import builders
from tests.workstation.screens.case.hands import on_case, second, set_to
from tests.workstation.screens.stage import Clerk
from workstation.acts import users, viewing
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.screens.dialogs import Refusal

PIN = "135790"


def test_identity_in_person_takes_three_keys(desk: Desk, tmp_path: Path, fresh: str) -> None:
    """F3, Enter, Enter: looked at in person, passed."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3", "enter", "enter")
        assert "已办：身份核验" in clerk.message

    on_case(desk, tmp_path, fresh, story)

    (look,) = viewing.case_file(desk, fresh).identities
    assert (look.method, look.outcome, look.subject) == ("in_person", "passed", "applicant")


def test_with_an_agent_it_is_asked_who_was_looked_at(desk: Desk, tmp_path: Path) -> None:
    """The agent stands at the counter, and comes first."""
    agent = builders.a_person("黄代办", phone="13900000005")
    number = builders.a_case(desk, CaseState.REGISTERED, agent=agent).number

    async def story(clerk: Clerk) -> None:
        clerk.sees("代办人 黄**", "代办人 ? 未核验")
        await clerk.press("f3")
        clerk.sees("核验谁", "< 代办人 >")
        await clerk.press("ctrl+s")

    on_case(desk, tmp_path, number, story)

    assert builders.case_of(desk, number).agent_identity == "passed"


def test_a_look_from_afar_asks_for_its_picture_and_keeps_what_was_typed(
    desk: Desk, tmp_path: Path, fresh: str
) -> None:
    """A wrong path is refused, a wrong time told beside the form; then it passes with the same words."""
    path = tmp_path / "画面.png"
    file = io.BytesIO()
    Image.effect_noise((64, 48), 80).save(file, "PNG")
    path.write_bytes(file.getvalue())

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await set_to(clerk, method="video")
        await clerk.press("ctrl+s")
        await set_to(clerk, participants="林一鸣 覃示例", held_at="昨天", picture=str(tmp_path / "没有.png"))
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("图片文件读不出来")
        await clerk.press("enter", "f3", "ctrl+s")
        clerk.sees("林一鸣 覃示例", "昨天")
        await set_to(clerk, picture=str(path))
        await clerk.press("ctrl+s")
        clerk.sees("视频时间看不懂")
        await clerk.press("ctrl+s")
        await set_to(clerk, held_at="2026-11-20 08:30")
        await clerk.press("ctrl+s")
        assert "已办：身份核验" in clerk.message
        await clerk.press("left")
        clerk.sees("申请人 远程视频 ✓ 通过")

    on_case(desk, tmp_path, fresh, story)

    (look,) = viewing.case_file(desk, fresh).identities
    assert (look.method, look.participants) == ("video", "林一鸣 覃示例")


def test_a_look_by_hand_needs_a_second_person(desk: Desk, tmp_path: Path, fresh: str) -> None:
    """Asked for by itself; left by Esc nothing is done and the reason is still there."""
    users.set_pin(builders.at(desk, "1002"), "1002", PIN)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await set_to(clerk, method="manual")
        await clerk.press("ctrl+s")
        await set_to(clerk, reason="读卡器坏了")
        await clerk.press("ctrl+s")
        clerk.sees("“身份核验”要第二人确认")
        await clerk.press("escape")
        assert "没有第二人确认" in clerk.message
        await clerk.press("f3", "ctrl+s")
        clerk.sees("读卡器坏了")
        await clerk.press("enter")
        await second(clerk, "1002", PIN)
        assert "已办：身份核验" in clerk.message

    on_case(desk, tmp_path, fresh, story)

    (look,) = viewing.case_file(desk, fresh).identities
    assert (look.method, look.second, look.reason) == ("manual", "1002", "读卡器坏了")


def test_an_electronic_licence_is_named(desk: Desk, tmp_path: Path, fresh: str) -> None:
    """Without its name the form does not let go."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3", "right", "ctrl+s", "ctrl+s")
        clerk.sees("✗ 必填")
        await clerk.type("居民身份证电子证照 示例")
        await clerk.press("enter")

    on_case(desk, tmp_path, fresh, story)

    (look,) = viewing.case_file(desk, fresh).identities
    assert look.licence == "居民身份证电子证照 示例"
