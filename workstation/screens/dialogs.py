"""The questions any screen may ask: why not, yes or no, who is the second person, a form, a text to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.widget import Widget

from workstation.acts import labels
from workstation.errors import Explained, on_screen
from workstation.screens.base import Dialog
from workstation.widgets.field import Choice, Field, Tick
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words


class Refusal(Dialog):
    """A refusal: what, why, what next, and its code for the telephone."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "cancel", "知道了", show=False)]
    keys_word = "Enter 知道了"

    def __init__(self, error: Explained) -> None:
        super().__init__()
        self.error = error
        self.title_word = f"✗ {error.what}"
        self.explains = "办不成的原因和下一步。代号在电话里报给管理员。"

    def body(self) -> Iterator[Widget]:
        """The three sentences."""
        with VerticalScroll():
            why, then = on_screen(self.error.why), on_screen(self.error.next)
            yield Words(f"原因：{why}\n下一步：{then}\n代号：{self.error.code}")


class Confirm(Dialog):
    """Yes or no; no is the answer of Enter where something would be lost."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+y", "yes", "是", show=False)]

    def __init__(self, question: str, text: str = "", *, yes: str = "是", safe: bool = False) -> None:
        super().__init__()
        self.title_word, self._text, self._safe = question, text, safe
        self.keys_word = f"^Y {yes}　Esc 返回" if safe else f"Enter {yes}　Esc 返回"

    def body(self) -> Iterator[Widget]:
        """What it is about."""
        yield Words(self._text)

    def key_enter(self, event: events.Key) -> None:
        """Enter says yes where nothing can be lost; it is no Enter of the screen below, too."""
        event.stop()
        self.dismiss(not self._safe)

    def action_yes(self) -> None:
        """Yes."""
        self.dismiss(True)


@dataclass(frozen=True)
class Asked:
    """One thing a form asks."""

    name: str
    label: str
    codes: Mapping[str, str] = field(default_factory=dict)
    """Codes and their words to choose from; none: it is typed."""
    value: str = ""
    required: bool = False
    secret: bool = False
    tick: bool = False
    """A box to tick; its value is "yes" or "no"."""
    passing: bool = False
    """Typed in a moment and asked for anew each time: nothing is lost with it."""
    aside: bool = False
    """Seldom filled: the arrow keys come to it, Enter passes it by."""
    explains: str = ""

    def widget(self) -> Field | Choice:
        """What it is asked with."""
        if self.tick:
            return Tick(self.name, self.label, ticked=self.value == "yes", explains=self.explains)
        if self.codes:
            return Choice(self.name, self.label, dict(self.codes), self.value or None, explains=self.explains)
        return Field(self.name, self.label, self.value, secret=self.secret, explains=self.explains)


class Form(Dialog):
    """A few things asked at once; gives their values by name, None if it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "done", "确定", show=False)]
    DEFAULT_CSS = """
    Form .form--fields { height: auto; max-height: 14; }
    Form .form--wrong { color: $text-error; height: auto; }
    """

    def __init__(
        self,
        title: str,
        asked: Sequence[Asked],
        *,
        text: str = "",
        wrong: Explained | None = None,
        done: str = "确定",
    ) -> None:
        super().__init__()
        self.title_word, self._asked, self._text, self._wrong = title, tuple(asked), text, wrong
        self.keys_word = f"Enter 下一项，最后一项 Enter {done}　^S {done}　Esc 取消"
        self.explains = text

    def body(self) -> Iterator[Widget]:
        """What it is about, and a line for each thing asked."""
        if self._text:
            yield Words(self._text)
        with VerticalScroll(classes="form--fields", can_focus=False):
            for asked in self._asked:
                yield asked.widget()
        yield from self.below()
        yield Words(told(self._wrong, self._asked) if self._wrong else "", classes="form--wrong")

    def below(self) -> Iterator[Widget]:
        """What else stands below what is asked."""
        yield from ()

    def on_mount(self) -> None:
        """Begin with the first; given back as wrong, with the answer it is about, or else a missing one."""
        widgets = self._widgets()
        begin = [*self._to_mend(self._wrong), *widgets] if self._wrong else widgets
        for each in begin[:1]:
            each.focus()

    def _to_mend(self, wrong: Explained) -> list[Field | Choice]:
        pairs = list(zip(self._asked, self._widgets(), strict=True))
        faulty = about(wrong, self._asked)
        missing = [each for asked, each in pairs if asked.required and not each.value.strip()]
        return [*(each for asked, each in pairs if asked is faulty), *missing]

    @property
    def values(self) -> dict[str, str]:
        """What stands in the form."""
        return {str(widget.name): widget.value for widget in self._widgets()}

    @on(Field.Entered)
    @on(Choice.Entered)
    def _next(self, event: Field.Entered | Choice.Entered) -> None:
        event.stop()
        widgets = self._widgets()
        at = widgets.index(event.field if isinstance(event, Field.Entered) else event.choice) + 1
        following = zip(self._asked[at:], widgets[at:], strict=True)
        then = next((widget for asked, widget in following if not asked.aside), None)
        if then is not None:
            then.focus()
        else:
            self.action_done()

    def action_done(self) -> None:
        """Give the values, once everything required is there."""
        values = self.values
        for asked, widget in zip(self._asked, self._widgets(), strict=True):
            if asked.required and not values[asked.name].strip():
                if isinstance(widget, Field):
                    widget.wrong("必填")
                widget.focus()
                return
        self.dismiss(values)

    def action_cancel(self) -> None:
        """Esc: leave, after a question if something typed would be lost."""
        if not self._is_typed:
            self.dismiss(None)
            return
        question = Confirm("放弃已填的内容吗？", "这里填的还没有办，也不在草稿里。", yes="放弃")
        self.app.push_screen(question, self._left)

    def _left(self, yes: bool | None) -> None:
        if yes:
            self.dismiss(None)

    @property
    def _is_typed(self) -> bool:
        pairs = zip(self._asked, self._widgets(), strict=True)
        fields = [(asked, each) for asked, each in pairs if isinstance(each, Field) and not asked.passing]
        return any(each.value.strip() != asked.value.strip() for asked, each in fields)

    def _widgets(self) -> list[Field | Choice]:
        children = self.query_one(".form--fields").children
        return [child for child in children if isinstance(child, Field | Choice)]


def second_person(act: str, wrong: Explained | None = None, code: str = "") -> Form:
    """Asks the second person for code and PIN; who is at the desk looks away."""
    return Form(
        f"“{act}”要第二人确认",
        [
            Asked("code", "第二人工号", value=code, required=True, passing=True),
            Asked("pin", "本人 PIN", required=True, secret=True, passing=True),
        ],
        text="请另一位同事输入自己的工号和 PIN；经办人不能复核自己。",
        wrong=wrong,
        done="确认",
    )


class Reading(Dialog):
    """A text to read, such as a paper before it is printed; Enter goes on, Esc goes back."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "go_on", "继续", show=False)]
    DEFAULT_CSS = """
    Reading > .dialog--box { height: 20; width: 78; }
    Reading > .dialog--box .reading--text { height: 1fr; max-height: 100%; }
    """

    def __init__(self, title: str, text: str, *, go_on: str = "关闭") -> None:
        super().__init__()
        self.title_word, self._text = title, text
        self.keys_word = f"↑↓ PgUp PgDn 翻看　Enter {go_on}　Esc 返回"

    def body(self) -> Iterator[Widget]:
        """The text, which may be longer than the screen."""
        with VerticalScroll(classes="reading--text"):
            yield Words(self._text)

    def on_mount(self) -> None:
        """The arrow keys move the text."""
        self.query_one(VerticalScroll).focus()

    def action_go_on(self) -> None:
        """Enter."""
        self.dismiss(True)


class Pick(Dialog):
    """One of some things, each with a line of words."""

    DEFAULT_CSS = """
    Pick > .dialog--box { max-height: 18; }
    Pick > .dialog--box Lines { height: auto; }
    """

    def __init__(self, title: str, choices: Sequence[tuple[str, str]], *, text: str = "") -> None:
        super().__init__()
        self.title_word, self._choices, self._text = title, choices, text
        self.keys_word = "↑↓ 选择　Enter 确定　Esc 取消"

    def body(self) -> Iterator[Widget]:
        """The choices."""
        if self._text:
            yield Words(self._text)
        rows = Lines([Column("", 10, flexible=True)], lambda row: (row[1],))
        rows.show(self._choices)
        yield rows

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on one."""
        self.dismiss(event.row[0])


class Lines(RecordList[tuple[str, str]]):
    """The choices of a `Pick`: as high as there are some, as far as the words around them leave room."""

    #: Lines within the border of a `Pick`, as its style sheet has it.
    MOST: ClassVar[int] = 16

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line each, and one where there is none; what does not fit is scrolled to."""
        assert isinstance(self.parent, Widget)
        around = [each for each in self.parent.children if each is not self]
        taken = sum(
            each.get_content_height(container, viewport, width) + each.styles.margin.height for each in around
        )
        return max(1, min(len(self.rows), self.MOST - taken))


def about(error: Explained, asked: Sequence[Asked]) -> Asked | None:
    """The answer a refusal is about, where it tells and the form asks for it."""
    name = labels.named(error) or ""
    by_name = {one.name: one for one in asked}
    return by_name.get(name) or by_name.get(name.rpartition(".")[2])


def told(error: Explained, asked: Sequence[Asked]) -> str:
    """A refusal as its form tells it: the answer it is about is called what the form calls it."""
    faulty = about(error, asked)
    called = labels.label(labels.named(error) or "")

    def put(text: str) -> str:
        return on_screen(text.replace(called, faulty.label, 1) if faulty else text)

    return f"✗ {put(error.what)}{put(error.why)}"
