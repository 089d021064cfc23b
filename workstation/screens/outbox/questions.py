"""The questions before a waybill is bound: which one it is, whether it is the order's, whether to go on."""

from __future__ import annotations

from dataclasses import dataclass

from workstation.acts.scanning import Scanned
from workstation.domain import scans
from workstation.domain.words import word
from workstation.screens.base import Dialog
from workstation.screens.dialogs import Asked, Confirm, Form, Pick
from workstation.screens.outbox.lines import Line
from workstation.widgets.field import Field

OWN, STICKER = "own", "sticker"


@dataclass(frozen=True)
class Given:
    """A waybill as it was given."""

    waybill: str
    is_scanned: bool

    @property
    def how(self) -> str:
        """As the acts call it."""
        return "scanned" if self.is_scanned else "typed"


class Label(Form):
    """Which waybill is on the envelope: scanned, or typed twice."""

    def __init__(self, line: Line) -> None:
        asked = [Asked("waybill", "运单号", required=True), Asked("again", "再输一遍", required=True)]
        text = f"封套 {line.number}　{line.office}\n请扫封套上的运单；扫不出的输入两遍，第二人确认。"
        super().__init__("绑哪张运单？", asked, text=text, done="绑定")

    def take_scan(self, scanned: Scanned) -> bool:
        """A waybill answers; nothing else does."""
        if scanned.kind == "waybill":
            self.dismiss(Given(scanned.code, is_scanned=True))
        return scanned.kind == "waybill"

    def action_done(self) -> None:
        """Give what was typed, once it is twice the same: no check digit protects it."""
        first, again = (scans.clean(self.values[name]) for name in ("waybill", "again"))
        if first and again and first != again:
            field = self.query_one("#field-again", Field)
            field.wrong("两遍不一样，请对着运单再输")
            field.focus()
        elif first and again:
            self.dismiss(Given(first, is_scanned=False))
        else:
            super().action_done()


def whose(line: Line, given: Given) -> Dialog:
    """Whether this is what the carrier gave to the order, where it may be; else whether to go on."""
    told = f"封套 {line.number}　{line.office}\n运单 {given.waybill}"
    if line.is_resolvable:
        choices = [
            (OWN, "是寄递企业给这一单的运单：单已下好"),
            (STICKER, "是另贴的贴纸运单：先绑上，这一单等它回音，多下的会撤掉"),
        ]
        return Pick("封套上这张运单是哪来的？", choices, text=told)
    return Confirm("绑定这张运单吗？", f"{told}\n{_meanwhile(line, given)}", yes="绑定")


def is_plain(line: Line, given: Given) -> bool:
    """Whether nothing is left to be asked: typed twice and confirmed by a second person, ending nothing."""
    return not (given.is_scanned or line.live or line.waybill)


def _meanwhile(line: Line, given: Given) -> str:
    """What becomes of what was there before."""
    said = ""
    if line.live:
        said = f"它的一单“{word(line.live.state)}”，绑定后不再用那一单。"
    elif line.waybill not in (None, given.waybill):
        said = f"它现在的运单 {line.waybill} 不再用。"
    return f"{said}请核对封套上贴的就是这一张。"


def cancel(line: Line) -> Confirm:
    """撤单: the mail will not travel under it."""
    text = f"封套 {line.name}\n撤掉以后要寄，重新下单或用贴纸运单。邮件已寄出的不要撤。"
    return Confirm("撤掉这一单吗？", text, yes="撤单", safe=True)


def drop(line: Line) -> Confirm:
    """不再下单: nothing has been sent."""
    text = f"封套 {line.name}\n不下以后要寄，用贴纸运单或重新下单。"
    return Confirm("不再下这一单吗？", text, yes="不下单")


def canceled(line: Line) -> Confirm:
    """确认已撤单: somebody has called the carrier."""
    order = f"　单号 {line.order.id}" if line.order else ""
    text = f"封套 {line.name}{order}\n寄递企业在电话里说没有这一单，或已撤。"
    return Confirm("确认已撤单吗？", text, yes="已撤", safe=True)
