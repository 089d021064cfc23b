"""登录: who is at this window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.containers import Vertical
from textual.widget import Widget

from workstation.domain.times import local
from workstation.errors import Explained, on_screen
from workstation.screens.base import CounterScreen, Do
from workstation.widgets.field import Field
from workstation.widgets.words import Words, fitted

_HEADS = ("职责", "工号", "密码", "PIN")
_WIDTHS = (12, 6, 16)


class LoginScreen(CounterScreen):
    """Code and password; the hall opens meanwhile."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "登录"
    DOES = (Do("enter", "登录", "f2", "dl"),)
    explains = "填工号和密码，Enter 登录。密码连续输错会锁定。忘记密码请系统管理员另设。"

    def body(self) -> Iterator[Widget]:
        """The hall's name, and the two fields."""
        with Vertical(id="login-box"):
            yield Words("跨省通办窗口工作站", id="login-title")
            yield Words("正在打开大厅……", id="login-hall")
            yield Words("", id="login-people")
            code = self.counter.given.operator or ""
            yield Field("code", "工号", code, explains="3 至 8 位数字。")
            yield Field("password", "密码", secret=True, explains="本人的密码。")
            yield Words("", id="login-wrong")

    def on_mount(self) -> None:
        """Open the hall beside the screen."""
        field = self.query("Field").first(Field)
        field.focus()
        if field.value:
            self.query(Field).last().focus()
        # What opens a hall takes as long to load as the sign-in takes to appear.
        self.counter.after_paint(lambda: self.run_worker(self._open(), group="open"))

    async def load(self) -> None:
        """Nothing is asked before somebody has signed in."""

    async def _open(self) -> None:
        try:
            opened = await self.counter.open_hall()
            people = await self.counter.practice_people()
        except Explained as error:
            self.counter.fail(error)
            return
        hall = opened.desk.hall
        practice = "\n（演练：一切都是假的，可以随意试）" if hall.practice else ""
        day = local(opened.desk.store.now())
        where = f"{hall.name}　{opened.desk.window} 号窗口　{day:%Y-%m-%d}"
        self.query_one("#login-hall", Words).say(where + practice)
        if people:
            self.query_one("#login-people", Words).say("\n".join(map(_line, (_HEADS, *people))))
            self.query_one("#login-people").display = True
        await self.refresh_frame()

    @on(Field.Entered)
    def _next(self, event: Field.Entered) -> None:
        event.stop()
        if event.field.name == "code":
            self.query(Field).last().focus()
        else:
            self.do_enter()

    def do_enter(self) -> None:
        """Sign in."""
        code, password = (field.value for field in self.query(Field))
        self._wrong("正在核对……")
        self.run_worker(self._sign_in(code, password), group="sign-in", exclusive=True)

    async def _sign_in(self, code: str, password: str) -> None:
        try:
            await self.counter.sign_in(code, password)
        except Explained as error:
            self.query(Field).last().value = ""
            self._wrong(on_screen(f"✗ {error.what}{error.why}{error.next}"))

    def _wrong(self, text: str) -> None:
        self.query_one("#login-wrong", Words).say(text)


def _line(cells: Sequence[str]) -> str:
    """Cells below each other, the last as long as it is."""
    *first, last = cells
    return "".join(fitted(cell, width) for cell, width in zip(first, _WIDTHS, strict=False)) + last


OPENS = LoginScreen
