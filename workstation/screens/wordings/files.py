"""A wording out of a file, read with the samples before it is put in force; and into a file to be edited."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from forms import documents
from workstation.acts import trials, wordings
from workstation.acts.desk import Desk
from workstation.acts.trials import Trial
from workstation.domain.wording import Wording
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens import table_files
from workstation.screens.base import Dialog
from workstation.screens.dialogs import Asked
from workstation.screens.long_form import AskingScreen, LongForm, Values
from workstation.widgets.words import Words

_PRESENT, _SHIPPED = "present", "shipped"


class Trying(Dialog):
    """A wording as it would read; gives True if it is to be put in force."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "take", "启用", show=False)]
    DEFAULT_CSS = """
    Trying > .dialog--box { height: 20; width: 78; }
    Trying > .dialog--box .trying--text { height: 1fr; max-height: 100%; }
    Trying.-tall > .dialog--box { height: 34; max-height: 34; }
    """
    keys_word = "↑↓ PgUp PgDn 翻看　^S 启用　Esc 返回，什么也不改"

    def __init__(self, trial: Trial) -> None:
        super().__init__()
        self.title_word = f"{word(trial.document)}：还没有启用（内容是样例）"
        self._text = trial.preview

    def body(self) -> Iterator[Widget]:
        """The whole text."""
        with VerticalScroll(classes="trying--text"):
            yield Words(self._text)

    def on_mount(self) -> None:
        """The arrow keys move the text."""
        self.query_one(VerticalScroll).focus()

    def action_take(self) -> None:
        """Put it in force."""
        self.dismiss(True)


def take_in(screen: AskingScreen, wording: Wording) -> None:
    """Ask for a file, show what it says, put it in force."""
    screen.run_worker(_take_in(screen, wording.document), group="files", exclusive=True)


def give_out(screen: AskingScreen, wording: Wording) -> None:
    """Ask where to, and write a wording."""
    screen.run_worker(_give_out(screen, wording), group="files", exclusive=True)


async def _take_in(screen: AskingScreen, document: str) -> None:
    title = f"{word(document)}：换文字"
    asked = [Asked(table_files.PATH, "文件", required=True, explains="写好的文字，UTF-8 编码。")]
    wrong: Explained | None = None
    while (values := await _filled(screen, title, asked, yes="看样张", wrong=wrong)) is not None:
        wrong = None
        try:
            trial = await screen.counter.look(partial(_tried, document, table_files.named(values)))
        except Explained as error:
            wrong = error
            continue
        if await screen.app.push_screen_wait(Trying(trial)):
            screen.counter.perform(partial(_set, trial), partial(_in_force, screen, title))
            return


def _tried(document: str, path: Path, _: Desk) -> Trial:
    return trials.tried(document, trials.taken(path))


def _set(trial: Trial, desk: Desk) -> Wording:
    return wordings.set_wording(desk, trial.document, trial.text)


async def _in_force(screen: AskingScreen, title: str, wording: Wording) -> None:
    screen.forget(title)
    screen.counter.done(f"已启用：{word(wording.document)}以后用这份文字。")
    await screen.load()
    screen.refresh_keys()


async def _give_out(screen: AskingScreen, wording: Wording) -> None:
    name = word(wording.document)
    title = f"{name}：导出文字"
    which = {_PRESENT: f"现用的（{word(wording.state)}）", _SHIPPED: "系统原文"}
    asked = [
        Asked(table_files.PATH, "写到", required=True, explains=f"如 {name}.md。"),
        Asked("which", "哪一份", codes=which),
    ]
    wrong: Explained | None = None
    while (values := await _filled(screen, title, asked, yes="导出", wrong=wrong)) is not None:
        wrong = None
        text = wording.text if values["which"] == _PRESENT else documents.shipped(wording.document)
        try:
            written = await table_files.saved(screen, table_files.named(values), text.encode())
        except Explained as error:
            wrong = error
            continue
        if written is not None:
            screen.forget(title)
            screen.counter.done(f"已导出到 {written}。编辑后用“换文字”启用。")
            return


async def _filled(
    screen: AskingScreen, title: str, asked: list[Asked], *, yes: str, wrong: Explained | None
) -> Values | None:
    """The form filled in, None if it was left."""
    form = LongForm(title, asked, screen.typed(title), text=table_files.whence(""), wrong=wrong, yes=yes)
    given: Values | None = await screen.app.push_screen_wait(form)
    return given
