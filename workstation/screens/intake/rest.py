"""The two parts that are mostly left empty: 代办人 and 备注."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from textual.app import ComposeResult

from workstation.acts import entry
from workstation.errors import Explained
from workstation.screens.intake.part import Part, tell
from workstation.screens.intake.people import PersonPart
from workstation.widgets.field import Choice, Field, Tick


class AgentPart(Part):
    """A box to tick, and the person it opens; a legal person always has somebody who acts for it."""

    DEFAULT_CSS = """
    AgentPart PersonPart { display: none; }
    AgentPart.-there PersonPart { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(id="part-has-agent")
        self._tick = Tick(
            "has_agent",
            "有代办人（单位申请：经办人）",
            explains="空格打勾；由别人代办的填代办人，单位申请必须填到窗口来的经办人。",
        )
        self.person = PersonPart("agent")
        self._is_required = False

    def compose(self) -> ComposeResult:
        """The box and the person."""
        yield self._tick
        yield self.person

    @property
    def is_there(self) -> bool:
        """Whether there is an agent."""
        return self._tick.ticked

    @property
    def form(self) -> dict[str, Any]:
        """What is typed of the agent."""
        if not self.is_there:
            return {}
        return self.person.form

    def fill(self, given: Mapping[str, Any]) -> None:
        """Take over what a draft has."""
        self.person.fill(given)
        self._tick.value = "yes" if given else "no"
        self._show()

    def require(self, *, is_required: bool) -> None:
        """A legal person applies, or does not any more."""
        if is_required and not self._is_required:
            self._tick.value = "yes"
            self._show()
        self._is_required = is_required

    def toggle(self) -> None:
        """Have an agent, or none."""
        self._tick.value = "no" if self.is_there else "yes"
        self._show()
        (self.person if self.is_there else self).enter()

    def enter(self) -> None:
        """Tick or pass by; who has an agent already goes on with the person."""
        self._tick.focus()

    def errors(self) -> Iterator[tuple[Field, Explained]]:
        """What is wrong of the agent, if there is one."""
        if self.is_there:
            yield from self.person.errors()

    def check(self) -> None:
        """The person checks itself."""

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Another choice."""
        event.stop()
        self._show()
        self.post_message(self.Changed(self))

    def on_choice_entered(self, event: Choice.Entered) -> None:
        """Enter on a choice."""
        event.stop()
        if self.is_there:
            self.person.enter()
        else:
            self.post_message(self.Left(self))

    def _show(self) -> None:
        self.set_class(self.is_there, "-there")


class RemarkPart(Part):
    """备注."""

    def __init__(self) -> None:
        super().__init__(id="part-remark")
        self._field = Field(
            "remark", "备注", longest=500, explains="给同事看的话；不写实质性意见，可以空着。"
        )

    def compose(self) -> ComposeResult:
        """The one field."""
        yield self._field

    @property
    def text(self) -> str:
        """What is typed."""
        return self._field.value

    def fill(self, text: str) -> None:
        """Take over what a draft has."""
        self._field.value = text

    def enter(self) -> None:
        """Type here."""
        self._field.focus()

    def errors(self) -> Iterator[tuple[Field, Explained]]:
        """A character that cannot be kept."""
        error = entry.wrong("remark", self._field.value, today=datetime.date.min)
        if error is not None:
            yield self._field, error

    def check(self) -> None:
        """Say what is wrong of it."""
        tell(self._field, dict(self.errors()).get(self._field))

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another text."""
        event.stop()
        self.check()
        self.post_message(self.Changed(self))

    def on_field_entered(self, event: Field.Entered) -> None:
        """Enter in a field."""
        event.stop()
        self.post_message(self.Left(self))
