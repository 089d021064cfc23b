"""One line of a form: a label, what is typed, and beside it what is wrong or what follows from it."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from workstation.widgets.words import OneLine, fitted, shown

#: Signs before what stands beside a field; colour alone says nothing.
WRONG, RIGHT, NOTE = "✗", "✓", "·"
#: Cells of a label; the style sheet of `Field` says the same.
_LABEL = 12


class Entry(Input):
    """An input of one row; a blinking cursor would redraw the screen twice a second."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "app.focus_previous", "上一项", show=False),
        Binding("down", "app.focus_next", "下一项", show=False),
    ]

    def __init__(
        self, value: str = "", *, secret: bool = False, longest: int = 0, id: str | None = None
    ) -> None:
        super().__init__(
            value,
            password=secret,
            max_length=longest,
            compact=True,
            select_on_focus=False,
            id=id,
        )
        self.cursor_blink = False


class Field(Widget):
    """A labelled input; its parent says what is right and wrong of it."""

    DEFAULT_CSS = """
    Field { height: 1; layout: horizontal; }
    Field .field--label { width: 12; color: $text-muted; }
    Field Entry { width: 2fr; background: $surface; }
    Field Entry:focus { background: $panel; }
    Field .field--beside { width: 3fr; padding: 0 0 0 1; }
    Field.-wrong .field--beside { color: $text-error; }
    Field.-right .field--beside { color: $text-success; }
    /* A rule of its own: for the field's sake only Textual looks at its label again. */
    Field:focus-within { height: 1; }
    Field:focus-within .field--label { color: $text; text-style: bold underline; }
    """

    class OfField(Message):
        """Something has happened to a field; the kinds are siblings: `@on` takes a message for its bases."""

        def __init__(self, field: Field) -> None:
            super().__init__()
            self.field = field

        @property
        def control(self) -> Field:
            """The field."""
            return self.field

    class Changed(OfField):
        """The text of a field is another one now."""

    class Entered(OfField):
        """Enter in a field."""

    def __init__(
        self,
        name: str,
        label: str,
        value: str = "",
        *,
        secret: bool = False,
        longest: int = 200,
        explains: str = "",
    ) -> None:
        super().__init__(name=name, id=field_id(name))
        self._label = label
        self._entry = Entry(value, secret=secret, longest=longest)
        self._beside = OneLine(classes="field--beside")
        self.explains = explains

    def compose(self) -> ComposeResult:
        """Label, input, and what is beside."""
        yield OneLine(self._label, classes="field--label")
        yield self._entry
        yield self._beside

    @property
    def value(self) -> str:
        """What is typed."""
        return self._entry.value

    @value.setter
    def value(self, text: str) -> None:
        self._entry.value = text
        self._entry.cursor_position = len(text)

    @property
    def label(self) -> str:
        """What the field is called."""
        return self._label

    @property
    def has_cursor(self) -> bool:
        """Whether one types in this field."""
        return self._entry.has_focus

    def focus(self, scroll_visible: bool = True) -> Field:
        """Type here."""
        self._entry.focus(scroll_visible)
        return self

    def wrong(self, text: str) -> None:
        """Say what is wrong, beside the field."""
        self._tell("-wrong", f"{WRONG} {text}")

    def right(self, text: str = "") -> None:
        """Say what follows from it; or just that it is right."""
        self._tell("-right", f"{RIGHT} {text}")

    def note(self, text: str = "") -> None:
        """Say something about it, neither right nor wrong; nothing clears it."""
        self._tell("", f"{NOTE} {text}" if text else "")

    def _tell(self, look: str, text: str) -> None:
        self.set_class(look == "-wrong", "-wrong")
        self.set_class(look == "-right", "-right")
        self._beside.say(text)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass the change on as the field's own."""
        event.stop()
        self.post_message(self.Changed(self))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter goes on to the next field, unless the screen has other plans."""
        event.stop()
        self.post_message(self.Entered(self))


class Choice(Widget, can_focus=True):
    """One of some codes, chosen with the arrow keys; shows the word of each."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", "上一个", show=False),
        Binding("right,space", "step(1)", "下一个", show=False),
        Binding("up", "app.focus_previous", "上一项", show=False),
        Binding("down", "app.focus_next", "下一项", show=False),
        Binding("enter", "enter", "确定", show=False),
    ]
    DEFAULT_CSS = """
    Choice { height: 1; }
    Choice:focus { background: $panel; text-style: bold underline; }
    """

    class OfChoice(Message):
        """Something has happened to a choice."""

        def __init__(self, choice: Choice) -> None:
            super().__init__()
            self.choice = choice

        @property
        def control(self) -> Choice:
            """The choice."""
            return self.choice

    class Changed(OfChoice):
        """Another code is chosen."""

    class Entered(OfChoice):
        """Enter on a choice."""

    def __init__(
        self,
        name: str,
        label: str,
        codes: dict[str, str],
        value: str | None = None,
        *,
        explains: str = "",
    ) -> None:
        super().__init__(name=name, id=field_id(name))
        self._label, self._codes = label, codes
        self._value = value if value in codes else next(iter(codes), "")
        self.explains = explains or "←→ 或空格换一个，Enter 确定。"

    @property
    def value(self) -> str:
        """The chosen code."""
        return self._value

    @value.setter
    def value(self, code: str) -> None:
        if code in self._codes and code != self._value:
            self._value = code
            self.refresh()
            self.post_message(self.Changed(self))

    @property
    def label(self) -> str:
        """What is chosen here."""
        return self._label

    def offer(self, codes: dict[str, str]) -> None:
        """Other codes to choose from."""
        self._codes = codes
        if self._value not in codes:
            self._value = next(iter(codes), "")
        self.refresh()

    def render(self) -> Text:
        """Label and word between arrows."""
        word = shown(self._codes.get(self._value, self._value))
        at = list(self._codes).index(self._value) + 1 if self._value in self._codes else 0
        count = f"  {at}/{len(self._codes)}" if len(self._codes) > 1 else ""
        return _literal(f"{fitted(self._label, _LABEL)}< {word} >{count}")

    def action_step(self, step: int) -> None:
        """The next code, round and round."""
        codes = list(self._codes)
        if codes:
            self.value = codes[(codes.index(self._value) + step) % len(codes)]

    def action_enter(self) -> None:
        """Enter."""
        self.post_message(self.Entered(self))


class Tick(Choice):
    """Yes or no, as a box that is ticked with a blank."""

    def __init__(self, name: str, label: str, *, ticked: bool = False, explains: str = "") -> None:
        codes = {"no": "[ ]", "yes": "[x]"}
        super().__init__(
            name, label, codes, "yes" if ticked else "no", explains=explains or "空格打勾或取消。"
        )

    @property
    def ticked(self) -> bool:
        """Whether it is."""
        return self.value == "yes"

    def render(self) -> Text:
        """The box and what it says."""
        return _literal(f"{self._codes[self._value]} {self._label}")


def field_id(name: str) -> str:
    """The widget id of a field, whose name may have dots: `applicant.name` → `field-applicant-name`."""
    return "field-" + name.replace(".", "-").replace("_", "-")


def _literal(text: str) -> Text:
    return Text(text, no_wrap=True, overflow="ellipsis")
