"""The form of a hand-in: its parts in the order a clerk works, and what is typed in them as one value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message

from workstation.acts import entry
from workstation.errors import Explained
from workstation.screens.intake.finding import ItemPart, PlacePart
from workstation.screens.intake.materials import MaterialsPart
from workstation.screens.intake.offices import OfficesPart
from workstation.screens.intake.part import Part, mapping_of, text_of
from workstation.screens.intake.people import PersonPart
from workstation.screens.intake.rest import AgentPart, RemarkPart
from workstation.widgets.field import Field

#: What the parts hold; anything else a draft has is kept beside.
_OURS = frozenset({"item", "basis_place", "applicant", "agent", "offices", "materials", "remark"})


class HandIn(VerticalScroll, can_focus=False):
    """All parts; Enter at the end of one goes on to the next."""

    class Filled(Message):
        """Enter at the end of the last part."""

    def __init__(self) -> None:
        super().__init__(id="hand-in")
        self.item, self.place, self.offices = ItemPart(), PlacePart(), OfficesPart()
        self.applicant, self.agent = PersonPart("applicant"), AgentPart()
        self.materials, self.remark = MaterialsPart(), RemarkPart()
        self.parts: tuple[Part, ...] = (
            self.item,
            self.place,
            self.offices,
            self.applicant,
            self.agent,
            self.materials,
            self.remark,
        )
        self._rest: dict[str, Any] = {}

    def compose(self) -> ComposeResult:
        """The parts."""
        yield from self.parts

    @property
    def value(self) -> dict[str, Any]:
        """The JSON of `case register` with whatever is half typed in it."""
        return entry.trimmed(
            {
                **self._rest,
                "item": self.item.code,
                "basis_place": self.place.text,
                "applicant": self.applicant.form,
                "agent": self.agent.form,
                "offices": self.offices.picked,
                "materials": self.materials.form,
                "remark": self.remark.text,
            }
        )

    def fill(self, body: Mapping[str, Any]) -> None:
        """Take over what a draft has; what somebody else has put there in another shape is left alone."""
        self._rest = {name: value for name, value in body.items() if name not in _OURS}
        self.item.fill(text_of(body, "item"))
        self.place.fill(text_of(body, "basis_place"))
        self.offices.fill([each for each in _list(body, "offices") if isinstance(each, str | dict)])
        self.applicant.fill(mapping_of(body, "applicant"))
        self.agent.fill(mapping_of(body, "agent"))
        self.materials.fill(_list(body, "materials"))
        self.remark.fill(text_of(body, "remark"))

    def errors(self) -> Iterator[tuple[Field, Explained]]:
        """What is wrong in which field, in the order of the parts."""
        for part in self.parts:
            yield from part.errors()

    @property
    def needs_office(self) -> bool:
        """Whether papers would be mailed and nobody has said where to."""
        return not self.offices.picked and not self.item.way

    @property
    def person_here(self) -> PersonPart:
        """The person one types about, else the applicant."""
        here = self.screen.focused
        is_agent = here is not None and self.agent.person in here.ancestors
        return self.agent.person if is_agent else self.applicant

    def begin(self) -> None:
        """To the first field that has something to be done; where none has, to the papers."""
        first = next(self.errors(), None)
        if first is None:
            self.materials.enter()
        else:
            first[0].focus()

    def on_resize(self) -> None:
        """More hints below leave less room: where one types stays in sight."""
        here = self.screen.focused
        if here is not None and self in here.ancestors:
            here.scroll_visible(animate=False)

    @on(Part.Left)
    def _go_on(self, event: Part.Left) -> None:
        event.stop()
        part = self.agent if event.part is self.agent.person else event.part
        at = self.parts.index(part) + 1
        if at < len(self.parts):
            self.parts[at].enter()
        else:
            self.post_message(self.Filled())

    @on(Part.Changed)
    def _legal_person(self) -> None:
        self.agent.require(is_required=self.applicant.is_organisation)


def _list(body: Mapping[str, Any], name: str) -> list[Any]:
    given = body.get(name)
    return list(given) if isinstance(given, list | tuple) else []
