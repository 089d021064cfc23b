"""恢复单: shown once, and gone on from only when two of its groups have been typed from the paper."""

from __future__ import annotations

import random
from collections.abc import Iterator

from textual.containers import Vertical
from textual.widget import Widget

from workstation.screens.base import CounterScreen, Do
from workstation.widgets.field import Field
from workstation.widgets.words import Words

_COLUMNS = 3
_TEXT = (
    "请把下面各组数字按序号抄到纸上，封存在保险柜。只显示这一次；不要拍照，不要存进电脑。\n"
    "密钥丢失时，凭它恢复；没有恢复单也没有密钥，账本再也打不开。"
)
_ASK = "现在看着抄好的纸，输入其中两组。恢复单已盖住；要再看，按 F2。"


class RecoveryScreen(CounterScreen):
    """The recovery text in numbered groups; then the question for two of them."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "恢复单"
    KEPT = "恢复单不会再显示；要重出，登录后由系统管理员用命令 key export-recovery。"
    DOES = (
        Do("go_on", "抄好了", "ctrl+s", "chl", "输入其中两组，核对无误后去登录"),
        Do("look", "再看", "f2", "zk", "再看一遍恢复单"),
    )
    explains = "恢复单是大厅密钥的纸面备份。抄好、核对两组，才能往下走。"

    def __init__(self, recovery: str, places: tuple[int, int] | None = None) -> None:
        super().__init__()
        self._groups = recovery.split("-")
        first, second = places or random.SystemRandom().sample(range(1, len(self._groups) + 1), 2)
        self._places = min(first, second), max(first, second)

    def body(self) -> Iterator[Widget]:
        """The sheet, and under it the two questions."""
        with Vertical(id="recovery"):
            yield Words(_TEXT, id="recovery-text")
            yield Words(_laid_out(self._groups), id="recovery-groups")
            for place in self._places:
                yield Field(f"group-{place}", f"第 {place} 组", longest=12, explains="6 位数字。")

    def on_mount(self) -> None:
        """First the sheet."""
        self.do_look()

    @property
    def unsaved(self) -> str | None:
        """As long as it has not been confirmed."""
        return "恢复单还没有核对。"

    @property
    def _is_asking(self) -> bool:
        return not self.query_one("#recovery-groups").display

    def why_not(self, name: str) -> str | None:
        """What is being looked at is not looked at again."""
        if name == "look" and self.is_mounted and not self._is_asking:
            return "恢复单就在上面"
        return None

    def action_back(self) -> None:
        """Esc: back to the sheet; from there no step leads back."""
        if self._is_asking:
            self.do_look()
        else:
            self.counter.attention("请先抄下恢复单，抄好按 Ctrl+S。")

    def do_look(self) -> None:
        """Show the sheet."""
        self._turn(asking=False)

    def do_go_on(self) -> None:
        """Ask for the two groups, or check them."""
        if not self._is_asking:
            self._turn(asking=True)
            self.query(Field).first(Field).focus()
        elif self._are_right():
            self._groups = []
            self.counter.done("恢复单已核对。请登录。")
            self.counter.begin()

    def _are_right(self) -> bool:
        wrong = [field for field in self.query(Field) if not self._is_right(field)]
        for field in wrong:
            field.wrong("与恢复单不符" if field.value.strip() else "还没有输入")
        if wrong:
            wrong[0].focus()
            self.counter.attention("有一组不符：请对照纸面重输；抄错了按 F2 再看一遍。")
        return not wrong

    def _is_right(self, field: Field) -> bool:
        place = int(str(field.name).removeprefix("group-"))
        return "".join(field.value.split()) == self._groups[place - 1]

    def _turn(self, *, asking: bool) -> None:
        self.query_one("#recovery-text", Words).say(_ASK if asking else _TEXT)
        self.query_one("#recovery-groups").display = not asking
        for field in self.query(Field):
            field.display = asking
        self.refresh_keys()

    def on_field_changed(self, event: Field.Changed) -> None:
        """What was said of it is past."""
        event.field.note()

    def on_field_entered(self, event: Field.Entered) -> None:
        """Enter: the next one, or the check."""
        event.stop()
        if event.field is self.query(Field).last():
            self.do_go_on()
        else:
            self.focus_next()


def _laid_out(groups: list[str]) -> str:
    numbered = [f"{number:>2}. {group}" for number, group in enumerate(groups, 1)]
    rows = -(-len(numbered) // _COLUMNS)
    return "\n".join("      ".join(numbered[row::rows]) for row in range(rows))
