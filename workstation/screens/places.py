"""Which printer a face shall go to: asked wherever somebody sends one on its way by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workstation.acts import printing
from workstation.acts.printing import Place
from workstation.domain.paper import Paper
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.dialogs import Pick

if TYPE_CHECKING:
    from workstation.screens.base import CounterScreen

_ANEW = "分辨率、校准不同的要重新排版：出副本，原来的一张作废。"


async def chosen(
    screen: CounterScreen, number: str, title: str, *, text: str = "", but: str | None = None
) -> str | None:
    """The printer that was picked for a face, if one was; `but` is where it is to go away from."""
    try:
        found = await screen.counter.look(lambda desk: printing.places(desk, number))
    except Explained as error:
        await screen.counter.refuse(error)
        return None
    choices = [(place.printer.name, _told(place)) for place in found if place.printer.name != but]
    if not choices:
        other = "没有别的打印机在用" if but else "没有打印机在用"
        screen.counter.attention(f"{other}；请值班长或系统管理员在“打印机”里登记。")
        return None
    picked: str | None = await screen.app.push_screen_wait(Pick(title, choices, text=text + _ANEW))
    return picked


def going(before: str, paper: Paper) -> str:
    """What is told of a face that is on its way, which was this number before."""
    anew = f"（重新排版，副本 {paper.copy}，原来的一张作废）" if paper.number != before else ""
    return f"已交去打印：{word(paper.kind)}{anew}，打印机“{paper.printer}”。"


def _told(place: Place) -> str:
    anew = "出副本，旧的作废" if place.anew else "原样的一张"
    return f"{place.printer.name}　{place.printer.dpi} 点　{anew}"
