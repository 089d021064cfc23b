"""申请人 and 代办人: what the document says and how to reach its bearer, each field checked as typed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from textual.app import ComposeResult

from workstation.acts import entry
from workstation.acts.entry import Bearer
from workstation.acts.facts import ID_KINDS
from workstation.errors import Explained
from workstation.screens.intake.part import Part, tell, text_of
from workstation.widgets.field import Choice, Field
from workstation.widgets.words import Words

CITIZEN = "citizen_id"
_DOCUMENT = frozenset({"id_kind", "id_number", "name"})
#: Field, label, and what F1 says of it.
_FIELDS = (
    ("id_number", "证件号码", "照证件填；公民身份号码会说出出生日期、性别和首次登记地，请与证件核对。"),
    ("name", "姓名", "照证件填，间隔号也照填；生僻字可用输入法打，打不出的按证件上的注音。"),
    ("phone", "电话", "手机或固定电话（区号-号码），补正和领取时要打。"),
    ("address", "地址", "寄送结果和联系用；不寄给本人时可以空着。"),
    ("valid_to", "证件到期", "证件的最后一天，如 2030-05-01；长期的空着。"),
)


class PersonPart(Part):
    """One person with one document."""

    DEFAULT_CSS = """
    PersonPart .person--told { padding: 0 0 0 12; color: $text-muted; display: none; }
    PersonPart .person--told.-there { display: block; }
    """

    def __init__(self, place: str) -> None:
        super().__init__(id=f"part-{place}")
        self._place, self._rest = place, dict[str, Any]()
        self._as_filled: Mapping[str, Any] = {}
        self._prefix = "代办人" if place == "agent" else ""
        self.today = datetime.date.min
        # Asked for several times at each key, whatever field it is in.
        self._told_of: tuple[str, str, datetime.date] | None = None
        self._bearer = Bearer()
        self._kind = Choice(
            f"{place}.id_kind",
            "代办人证件" if self._prefix else "证件种类",
            {kind: word for kind, word in ID_KINDS.items() if place != "agent" or not is_organisation(kind)},
            explains="←→ 换一种；号码像别的证件时，^T 直接换过去。",
        )
        self._fields = {
            name: Field(f"{place}.{name}", self._label(label), explains=explains)
            for name, label, explains in _FIELDS
            if place != "agent" or name != "address"
        }
        self._told = Words(classes="person--told")

    def compose(self) -> ComposeResult:
        """Kind, number, what the number says, and the rest."""
        yield self._kind
        for name, field in self._fields.items():
            yield field
            if name == "id_number":
                yield self._told

    @property
    def form(self) -> dict[str, Any]:
        """What is typed, as the form has it; empty while nothing is."""
        typed = {name: field.value for name, field in self._fields.items() if field.value.strip()}
        if not typed and self._kind.value == CITIZEN:
            return {}
        form = {"id_kind": self._kind.value, **typed}
        # What a reader has read and somebody has changed is typed.
        as_read = all(form.get(name) == self._as_filled.get(name) for name in _DOCUMENT)
        rest = {name: value for name, value in self._rest.items() if as_read or name != "source"}
        return {**rest, **form}

    @property
    def kind(self) -> str:
        """The kind of document."""
        return self._kind.value

    @property
    def name_typed(self) -> str:
        """The name as it stands there."""
        return self._fields["name"].value.strip()

    @property
    def bearer(self) -> Bearer:
        """What the number says."""
        asked = (self.kind, self._fields["id_number"].value, self.today)
        if self._told_of != asked:
            self._told_of, self._bearer = asked, entry.told(*asked)
        return self._bearer

    @property
    def may_switch_to(self) -> tuple[str, ...]:
        """Other kinds of document the number could be of."""
        return tuple(
            kind for kind in self.bearer.kinds if self._place != "agent" or not is_organisation(kind)
        )

    @property
    def is_organisation(self) -> bool:
        """Whether this is a legal person, for whom somebody has to act."""
        return is_organisation(self.kind)

    def fill(self, given: Mapping[str, Any]) -> None:
        """Take over what a draft has."""
        mine = {"id_kind", *self._fields}
        self._rest = {name: value for name, value in given.items() if name not in mine}
        self._kind.value = text_of(given, "id_kind") or CITIZEN
        for name, field in self._fields.items():
            field.value = text_of(given, name)
        self._as_filled = {"id_kind": CITIZEN, **given}
        self.check()

    def enter(self) -> None:
        """The number first: it says most, and the kind of document with it."""
        self._fields["id_number"].focus()

    def switch(self) -> None:
        """Take the document for the kind its number is of."""
        if self.may_switch_to:
            self._kind.value = self.may_switch_to[0]

    def errors(self) -> Iterator[tuple[Field, Explained]]:
        """What is wrong in which field."""
        for name, field in self._fields.items():
            error = entry.wrong(f"{self._place}.{name}", field.value, id_kind=self.kind, today=self.today)
            if error is not None:
                yield field, error

    def check(self) -> None:
        """Say beside each field what is right and wrong of it."""
        errors = dict(self.errors())
        bearer = self.bearer
        facts = {"id_number": " ".join(said for said in (bearer.birth_date, bearer.age, bearer.sex) if said)}
        for name, field in self._fields.items():
            tell(field, errors.get(field), facts.get(name, ""))
        kinds = "、".join(ID_KINDS[kind] for kind in self.may_switch_to)
        offer = f"号码像{kinds}：按 ^T 换成{ID_KINDS[self.may_switch_to[0]]}" if kinds else ""
        self._told.say("　".join(said for said in (bearer.division, offer) if said))
        self._told.set_class(bool(self._told.text), "-there")

    def on_field_changed(self, event: Field.Changed) -> None:
        """Another text."""
        event.stop()
        self._changed()

    def on_choice_changed(self, event: Choice.Changed) -> None:
        """Another choice."""
        event.stop()
        self._changed()

    def on_field_entered(self, event: Field.Entered) -> None:
        """Enter in a field."""
        event.stop()
        fields = list(self._fields.values())
        at = fields.index(event.field) + 1
        if at < len(fields):
            fields[at].focus()
        else:
            self.post_message(self.Left(self))

    def on_choice_entered(self, event: Choice.Entered) -> None:
        """Enter on a choice."""
        event.stop()
        self.enter()

    def _changed(self) -> None:
        self.check()
        self.post_message(self.Changed(self))

    def _label(self, label: str) -> str:
        # Twelve cells are there for a label.
        return f"{self._prefix}{label[-2:]}" if self._prefix else label


def is_organisation(kind: str) -> bool:
    """Whether documents of this kind are of legal persons, who cannot be agents."""
    return entry.wrong("agent.id_kind", kind, today=datetime.date.min) is not None
