"""The QR code of a packing list, scanned on a screen: its envelope, or the list to read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.workstation.domain.lists import a_list
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import WIDE, Clerk, a_counter, play
from workstation.acts import papers, scan_log
from workstation.acts.desk import Desk
from workstation.domain import manifest
from workstation.domain.codes import HallCode
from workstation.screens.case.screen import CaseScreen
from workstation.screens.dialogs import Asked, Form, Reading
from workstation.widgets.field import Entry

FOREIGN = a_list(6, hall=HallCode("110101", 2))
SYMBOL = manifest.symbols(FOREIGN)[0]
LONG = a_list(100, hall=HallCode("110101", 2))
SYMBOLS = manifest.symbols(LONG)


@pytest.fixture
def envelope(desk: Desk) -> str:
    """An envelope of this hall."""
    return builders.an_envelope(desk).number


def symbol_of(desk: Desk, envelope: str) -> str:
    """What stands on its packing list."""
    with desk.reading() as reading:
        (face,) = reading.papers.where(object=envelope, kind="packing_list")
        return str(papers.facts_of(reading, face.number)["manifest.code"])


def test_the_list_of_an_envelope_opens_it(desk: Desk, envelope: str, tmp_path: Path, opened: Opened) -> None:
    """From the worklist; hundreds of digits arrive as one scan."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(symbol_of(desk, envelope))
        clerk.sees("✓ 认得", "内件清单二维码", envelope)

    play(a_counter(desk, tmp_path), story)

    assert opened == [("case", {"number": envelope})]
    assert [(noted.grade, noted.object) for noted in scan_log.listed(desk)] == [("recognised", envelope)]


def test_the_page_of_its_case_is_there(desk: Desk, envelope: str, tmp_path: Path) -> None:
    """In earnest: the case page opens by the envelope's number."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(symbol_of(desk, envelope))
        assert isinstance(clerk.screen, CaseScreen)
        clerk.sees(f"内件清单二维码 {envelope} 待封口")

    play(a_counter(desk, tmp_path), story, WIDE)


@pytest.mark.parametrize("screen", ["worklist", "search", "arrivals", "doings"])
def test_another_halls_list_is_shown_to_read(desk: Desk, tmp_path: Path, screen: str) -> None:
    """On any screen: what it is, its pieces, and that this hall does not know the envelope."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(SYMBOL)
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees("这是内件清单二维码", FOREIGN.envelope, "没有这个封套", "□")
        await clerk.press("escape")
        assert not isinstance(clerk.app.screen, Reading)

    play(a_counter(desk, tmp_path, screen), story)


def test_a_list_of_several_codes_is_gathered(desk: Desk, tmp_path: Path) -> None:
    """In any order; until then the line below says which are missing."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(SYMBOLS[2])
        clerk.sees("共 3 个；请接着扫第 1、2 个")
        await clerk.scan(SYMBOLS[0])
        clerk.sees("请接着扫第 2 个")
        assert not isinstance(clerk.app.screen, Reading)
        await clerk.scan(SYMBOLS[1])
        clerk.sees("这是内件清单二维码", LONG.envelope)

    assert len(SYMBOLS) == 3
    play(a_counter(desk, tmp_path), story)


def test_the_courier_sees_no_list(desk: Desk, tmp_path: Path) -> None:
    """At the handover nothing else is opened: it is told and left."""

    async def story(clerk: Clerk) -> None:
        await clerk.scan(SYMBOL)
        assert not isinstance(clerk.app.screen, Reading)

    batch = builders.a_batch(desk).number
    play(a_counter(desk, tmp_path, "courier", number=batch), story)


def test_the_focused_input_gets_back_what_it_held(desk: Desk, tmp_path: Path) -> None:
    """Hundreds of digits went through it."""

    async def story(clerk: Clerk) -> None:
        form = Form("问", [Asked("name", "姓名")])
        clerk.app.push_screen(form)
        await clerk.settle()
        await clerk.type("覃示例")
        await clerk.scan(SYMBOL)
        assert form.query(Entry).first().value == "覃示例"
        clerk.sees("请先关闭这个对话框")

    play(a_counter(desk, tmp_path), story)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda text: text[:-1], "没有扫完"),
        (lambda text: text + text, "两次扫描连在了一起"),
        (lambda text: text[:60] + str((int(text[60]) + 1) % 10) + text[61:], "有数字读错了"),
    ],
)
def test_a_spoilt_list_is_told_and_not_shown(desk: Desk, tmp_path: Path, spoil: object, words: str) -> None:
    """Never a wrong list: what is wrong is said, in the line below."""
    assert callable(spoil)

    async def story(clerk: Clerk) -> None:
        await clerk.scan(spoil(SYMBOL))
        assert not isinstance(clerk.app.screen, Reading)
        assert words in clerk.message

    play(a_counter(desk, tmp_path), story)

    assert [noted.grade for noted in scan_log.listed(desk)] == ["unknown"]
