"""锁屏: covers everything until who is at the desk proves to be there, or another one signs in (换人)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from workstation.errors import Explained, on_screen
from workstation.screens.base import Dialog
from workstation.widgets.field import Field
from workstation.widgets.frame import WATERMARK
from workstation.widgets.words import Words


class Lock(Dialog):
    """Own code and PIN: go on. Another code and its password: that person's worklist. Drafts wait."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "stay", "", show=False)]
    DEFAULT_CSS = """
    Lock { background: $background; }
    Lock #lock-wrong { color: $text-error; height: auto; }
    """
    title_word = "已锁屏"
    keys_word = "Enter 解锁　换人：↑ 改工号，再填自己的密码"
    explains = "本人用 PIN（或密码）解锁。换人时改成自己的工号，填自己的密码；前一位没办完的都存在草稿里。"

    def __init__(self) -> None:
        super().__init__(id="lock")

    def body(self) -> Iterator[Widget]:
        """Who, and with what."""
        operator = self.desk.signed_in()
        if self.desk.hall.practice:
            yield Words(WATERMARK)
        yield Words(f"{operator.code} {operator.name} 正在办理；画面已盖住，什么也没有丢。")
        yield Field("code", "工号", operator.code)
        yield Field("secret", "PIN 或密码", secret=True)
        yield Words("", id="lock-wrong")

    def on_mount(self) -> None:
        """Begin with the PIN."""
        self.query(Field).last().focus()

    @on(Field.Entered)
    def _next(self, event: Field.Entered) -> None:
        event.stop()
        if event.field.name == "code":
            self.query(Field).last().focus()
            return
        code, secret = (field.value for field in self.query(Field))
        self.run_worker(self._open(code.strip(), secret), group="unlock", exclusive=True)

    async def _open(self, code: str, secret: str) -> None:
        try:
            if code == self.desk.signed_in().code:
                await self.counter.unlock(secret)
                self.dismiss(None)
            else:
                await self.counter.sign_in(code, secret)
        except Explained as error:
            self.query(Field).last().value = ""
            self.query_one("#lock-wrong", Words).say(on_screen(f"✗ {error.what}{error.why}{error.next}"))

    def action_stay(self) -> None:
        """Esc opens no lock."""
