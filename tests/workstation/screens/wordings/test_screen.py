"""文书措辞: what the papers say is read, brought from a file, looked at, put in force, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.containers import VerticalScroll

from forms import documents
from tests import builders
from tests.builders import at
from tests.workstation.screens.filling import close, fill_in, send, values
from tests.workstation.screens.stage import NARROW, WIDE, Clerk, Story, a_counter, play
from tests.workstation.screens.wordings.scenes import HOSTILE, OWN, SCENES
from workstation.acts import wordings
from workstation.acts.desk import Desk
from workstation.screens.wordings.files import Trying

DOWN_TO_NOTICE = ["down"] * list(documents.names()).index("notice")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor's desk."""
    return at(desk, "2001")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A wording for the notice."""
    path = tmp_path / "告知单.md"
    path.write_text(OWN, encoding="utf-8")
    return path


def told(desk: Desk, folder: Path, story: Story, **given: Any) -> None:
    """Play a story on the notice in the list."""

    async def on_the_notice(clerk: Clerk) -> None:
        await clerk.press(*DOWN_TO_NOTICE)
        await story(clerk)

    play(a_counter(desk, folder, "wordings"), on_the_notice, **given)


def in_force(desk: Desk) -> str:
    """The present text of the notice."""
    return wordings.show(desk, "notice").text


async def bring(clerk: Clerk, path: Path | str) -> None:
    """Name a file for another wording."""
    await clerk.press("f5")
    await fill_in(clerk, path=str(path))
    await send(clerk)


def test_each_paper_stands_there_with_its_wording(desk: Desk, tmp_path: Path) -> None:
    """Shipped or the hall's own, by word and sign, since when and by whom; the digest where there is room."""
    wordings.set_wording(desk, "notice", OWN)

    async def story(clerk: Clerk) -> None:
        clerk.sees("一次性告知", "* 本大厅文字", "系统原文", "2001", documents.digest(OWN)[:12])
        assert clerk.text.count("系统原文") == len(documents.names()) - 1

    told(desk, tmp_path, story, size=WIDE)


def test_enter_reads_the_paper_with_its_samples(desk: Desk, tmp_path: Path) -> None:
    """The whole text, as a clerk sees it before printing; Esc comes back to the same line."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")
        clerk.sees("系统原文，样例", "示例市示例县政务服务中心")
        clerk.app.screen.query_one(VerticalScroll).scroll_end(animate=False)
        await clerk.settle()
        clerk.sees("（共 2 联：申请人联、窗口留存联）")
        await close(clerk)
        assert clerk.screen.wording.document == "notice"  # type: ignore[attr-defined]

    told(desk, tmp_path, story)


def test_facts_are_read_with_label_and_sample(desk: Desk, tmp_path: Path) -> None:
    """What may stand in braces in this paper."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f8")
        clerk.sees("{{case.number}}　办件编号")
        clerk.app.screen.query_one(VerticalScroll).scroll_end(animate=False)
        await clerk.settle()
        clerk.sees("{{rows.remedy}}", "怎样补正：携带户口簿原件到本窗口重新复印", "{{count.rows}}")

    told(desk, tmp_path, story)


def test_another_wording_is_read_first_and_then_put_in_force(desk: Desk, tmp_path: Path, file: Path) -> None:
    """^S in the form shows it, ^S there puts it in force; before that nothing is written."""
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await bring(clerk, file)
        clerk.sees("还没有启用", "【告知单】", "请补正 2 项。")
        assert builders.head(desk) == before
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, Trying), "Enter puts nothing in force"
        await send(clerk)
        assert clerk.message == "已启用：一次性告知以后用这份文字。"
        clerk.sees("* 本大厅文字")

    told(desk, tmp_path, story)
    assert in_force(desk) == OWN


def test_esc_while_reading_changes_nothing(desk: Desk, tmp_path: Path, file: Path) -> None:
    """The form comes back with the path; left, it keeps it for the next time."""

    async def story(clerk: Clerk) -> None:
        await bring(clerk, file)
        await clerk.press("escape")
        assert values(clerk)["path"] == str(file)
        await clerk.press("escape", "f5")
        assert values(clerk)["path"] == str(file)

    told(desk, tmp_path, story)
    assert in_force(desk) == documents.shipped("notice")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (OWN.replace("count.rows", "count.pages").encode(), "第 9 行：“count.pages”不是这种文书的事实"),
        (OWN.encode("utf-16"), "不是 UTF-8"),
        (b"", "没有任何文字"),
        (OWN.replace("[条码 {{paper.number}}] 编号", "编号").encode(), "的条码，这张纸扫不"),
    ],
    ids=["fact", "encoding", "empty", "barcode"],
)
def test_a_faulty_file_is_told_in_the_form_and_can_be_mended(
    desk: Desk, tmp_path: Path, file: Path, content: bytes, said: str
) -> None:
    """With its line; saved again by the editor, the same path is taken."""

    async def story(clerk: Clerk) -> None:
        file.write_bytes(content)
        await bring(clerk, file)
        clerk.sees(said)
        assert values(clerk)["path"] == str(file)
        file.write_text(OWN, encoding="utf-8")
        await send(clerk)
        await send(clerk)

    told(desk, tmp_path, story, size=WIDE)
    assert in_force(desk) == OWN


def test_an_administrator_is_asked_for_a_supervisor(desk: Desk, tmp_path: Path, file: Path) -> None:
    """Without one it is not put in force."""

    async def story(clerk: Clerk) -> None:
        await bring(clerk, file)
        await clerk.press("ctrl+s")
        clerk.sees("要第二人确认")
        await clerk.press("escape")
        assert "没有办理" in clerk.message

    told(at(desk, "3001"), tmp_path, story)
    assert in_force(desk) == documents.shipped("notice")


def test_the_shipped_words_go_into_a_file_to_be_edited(desk: Desk, tmp_path: Path) -> None:
    """The present ones or the shipped ones; a file that is there is replaced only after a question."""
    wordings.set_wording(desk, "notice", OWN)
    present, shipped = tmp_path / "现用.md", tmp_path / "原文.md"
    shipped.write_text("旧", encoding="utf-8")

    async def story(clerk: Clerk) -> None:
        await clerk.press("f6")
        await fill_in(clerk, path=str(present))
        await send(clerk)
        assert clerk.message.startswith(f"已导出到 {present}")
        await clerk.press("f6")
        await fill_in(clerk, path=str(shipped))
        await clerk.press("tab", "space")
        await send(clerk)
        clerk.sees("替换它吗")
        await clerk.press("ctrl+y")
        assert clerk.message.startswith(f"已导出到 {shipped}")

    told(desk, tmp_path, story)
    assert present.read_text(encoding="utf-8") == OWN
    assert shipped.read_text(encoding="utf-8") == documents.shipped("notice")


def test_back_to_the_shipped_words_after_a_question(desk: Desk, tmp_path: Path) -> None:
    """Enter keeps what is there; ^Y goes back; then there is nothing more to go back from."""
    wordings.set_wording(desk, "notice", OWN)

    async def story(clerk: Clerk) -> None:
        await clerk.press("f7", "enter")
        assert in_force(desk) == OWN
        await clerk.press("f7", "ctrl+y")
        assert clerk.message == "一次性告知已恢复系统原文。"
        await clerk.press("f7")
        assert "现用的就是系统原文" in clerk.message

    told(desk, tmp_path, story)
    assert in_force(desk) == documents.shipped("notice")


@pytest.mark.parametrize("code", ["1001", "4001"])
def test_others_may_read_and_not_change(desk: Desk, tmp_path: Path, code: str) -> None:
    """The keys are crossed out and say why."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f5")
        assert "换文字" in clerk.message
        await clerk.press("f8")
        clerk.sees("可以写的事实")

    told(at(desk, code), tmp_path, story)


def test_words_that_would_steer_the_screen_are_text(desk: Desk, tmp_path: Path, file: Path) -> None:
    """Markup of the screen library comes out as it is written."""
    file.write_text(OWN.replace("请补正", HOSTILE), encoding="utf-8")

    async def story(clerk: Clerk) -> None:
        await bring(clerk, file)
        clerk.sees("[bold]x[/] [/oops]", "[@click=app.quit]x[/]")

    told(desk, tmp_path, story)


SHOWS = {"list": "* 本大厅文字", "read": "，样例）", "hostile": "[/oops]", "barred": "现用的就是系统原文"}


@pytest.mark.parametrize("scene", SCENES)
@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_scenes_fill_the_screen(tmp_path: Path, undrawn: None, scene: str, size: tuple[int, int]) -> None:
    """At both sizes, with no line too long."""
    counter, story = SCENES[scene](tmp_path)

    async def seen(clerk: Clerk) -> None:
        await story(clerk)
        assert len(clerk.lines) == size[1]
        assert max(map(cell_len, clerk.lines)) <= size[0]
        clerk.sees(SHOWS[scene])

    play(counter, seen, size)
