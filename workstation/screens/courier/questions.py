"""The questions of the courier's screen: begin with this one, why is this one missing, do both confirm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from workstation.acts import scanning
from workstation.acts.batches import Parcel, Sheet
from workstation.acts.handover import MISSING_REASONS
from workstation.acts.scanning import Scanned
from workstation.errors import Explained, on_screen
from workstation.screens.base import Dialog
from workstation.screens.courier import words
from workstation.screens.dialogs import Asked, Confirm, Form, Pick
from workstation.widgets.field import Field
from workstation.widgets.words import Words

BACK, FOUND = "back", "found"
#: Before the code of a reason that holds for all that are still missing.
ALL = "all "


class Opening(Confirm):
    """Begin with this courier; Enter and Ctrl+S say yes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "yes", "开批次", show=False)]

    def __init__(self, courier: str, count: int) -> None:
        text = f"揽投员 {courier}　本窗口应交 {count} 个封套"
        super().__init__("开交寄批次？", text)
        self.keys_word = "Enter 或 ^S 开批次　Esc 返回"


class Missing(Pick):
    """Why an envelope that is expected does not go; going back to look is the first answer."""

    def __init__(self, parcel: Parcel, *, others: int) -> None:
        choices = [(BACK, "回去再找"), *MISSING_REASONS.items()]
        if others:
            choices += [
                (ALL + code, f"连同其余 {others} 件都是：{word}") for code, word in MISSING_REASONS.items()
            ]
        text = f"{words.detail(parcel, None)}\n找到了就直接扫它。不交的，选一个事由："
        super().__init__("应交的封套没有扫到", choices, text=text)
        self.parcel = parcel
        self.keys_word = "↑↓ 选择　Enter 确定　Esc 回去再找"
        self.explains = "每个应交未扫的封套都要写明事由，才能交接。"


class Signing(Dialog):
    """Both confirm: the clerk by Ctrl+S, the courier with the own badge; in whichever order."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "clerk", "窗口确认", show=False)]
    DEFAULT_CSS = """
    Signing Field { margin: 1 0 0 0; }
    Signing .signing--wrong { color: $text-error; height: auto; }
    """
    title_word = "双方确认交接"
    keys_word = "窗口人员 ^S 确认　揽投员再扫一次本人胸牌　Esc 返回"
    explains = (
        "当面点清后：窗口人员按 Ctrl+S，揽投员再扫一次本人胸牌（扫不出时输入胸牌号，Enter）。先后不限。"
    )

    def __init__(self, sheet: Sheet, reasons: Mapping[str, str]) -> None:
        super().__init__()
        self._sheet, self._reasons = sheet, reasons
        self._clerk = self._courier = False

    def body(self) -> Iterator[Widget]:
        """What changes hands, and who has confirmed."""
        yield Words(_summary(self._sheet, self._reasons))
        yield Words(self._confirmed, id="signing-who")
        yield Field("badge", "揽投员胸牌", explains="扫不出时输入胸牌上的 20 位编号，Enter。")
        yield Words("", id="signing-wrong", classes="signing--wrong")

    def on_mount(self) -> None:
        """The badge may be typed."""
        self.query_one(Field).focus()

    def take_scan(self, scanned: Scanned) -> bool:
        """The courier's badge confirms; everything else waits until one has gone back."""
        if scanned.kind == "badge":
            self._badged(scanned)
        else:
            self._wrong("正在确认交接；要再扫封套，请先按 Esc 返回。")
        return True

    @on(Field.Entered)
    def _typed(self, event: Field.Entered) -> None:
        event.stop()
        text = event.field.value.strip()
        if text:
            self.run_worker(self._look_up(text), group="badge", exclusive=True)

    async def _look_up(self, text: str) -> None:
        try:
            scanned = await self.counter.look(lambda desk: scanning.scan(desk, text))
        except Explained as error:
            self._wrong(on_screen(f"{error.what}{error.why}"))
        else:
            self._badged(scanned)

    def _badged(self, scanned: Scanned) -> None:
        if scanned.kind != "badge" or scanned.object != self._sheet.batch.courier:
            self._wrong(f"这不是本批次揽投员 {self._sheet.batch.courier} 的胸牌。")
            return
        self._courier = True
        self._go_on()

    def action_clerk(self) -> None:
        """Ctrl+S."""
        self._clerk = True
        self._go_on()

    def _go_on(self) -> None:
        self._wrong("")
        self.query_one("#signing-who", Words).say(self._confirmed)
        if self._clerk and self._courier:
            self.dismiss(True)

    def _wrong(self, text: str) -> None:
        self.query_one("#signing-wrong", Words).say(f"✗ {text}" if text else "")

    @property
    def _confirmed(self) -> str:
        clerk, courier = ("✓ 已确认" if done else "· 待确认" for done in (self._clerk, self._courier))
        return (
            f"窗口人员 {self.desk.signed_in().code}　{clerk}\n揽投员　 {self._sheet.batch.courier}　{courier}"
        )


def waybill_twice(parcel: Parcel, wrong: Explained | None) -> Form:
    """A waybill that cannot be scanned, typed twice: no check digit protects it."""
    asked = [
        Asked("waybill", "运单号", required=True),
        Asked("again", "再输一遍", required=True),
    ]
    return Form("输入运单号", asked, text=f"封套 {words.parcel_words(parcel)}", wrong=wrong)


def _summary(sheet: Sheet, reasons: Mapping[str, str]) -> str:
    lines = [f"交 {len(sheet.along)} 件（其中多出 {sheet.extra} 件）"]
    causes = [*reasons.values(), *(p.left_out for p in sheet.left_out if p.left_out)]
    if causes:
        named = "，".join(f"{words.why(code)} {count}" for code, count in Counter(causes).items())
        lines.append(f"不交 {len(causes)} 件：{named}")
    if not sheet.along:
        lines.append("没有封套随揽投员走，不出交接清单。")
    return "\n".join(lines)
