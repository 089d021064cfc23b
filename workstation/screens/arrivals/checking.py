"""The check of what comes back: each piece ticked or counted, kept as a draft, a difference told before."""

from __future__ import annotations

import unicodedata
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from workstation.acts import drafts, results
from workstation.domain.case import Piece
from workstation.domain.consignment import Consignment
from workstation.screens.arrivals import saying
from workstation.screens.arrivals.asking import Asking
from workstation.screens.arrivals.contents import Contents
from workstation.screens.arrivals.way import Way
from workstation.screens.dialogs import Asked, Confirm, Form
from workstation.screens.drafting import SYNC_SECONDS, Keeper
from workstation.widgets.field import Field
from workstation.widgets.record_list import RecordList
from workstation.widgets.words import Words

_MOST_DIGITS = 3


class Checking(Asking):
    """The part of the screen that counts what lay in the return envelope."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,ideographic_space", "tick", "这一份在，与应收相同", show=False),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self.consignment = name
        self.way: Way | None = None
        self.contents = Contents()
        self.keeper = Keeper(lambda: self.desk, "arrival", name)
        self._is_unkept = False

    def on_mount(self) -> None:
        """Begin with the papers; what is kept is brought to the disk now and then."""
        self.rows.focus()
        self.set_interval(SYNC_SECONDS, self.keeper.sync)

    async def resume(self, way: Way) -> None:
        """Go on with the check somebody at this window has begun."""
        if not way.is_coming_back or way.why_not("arrive"):
            return
        found = await self.counter.do(self.keeper.find)
        if found is not None:
            body = await self.counter.do(lambda: self.keeper.resume(found))
            self.contents = Contents.of(body)
            self.place.value = self.contents.place
            self.counter.tell("accent", "·", "草稿", f"接着核对：{drafts.whose(found)}。")

    def sum_up(self) -> None:
        """What the check comes to; the keys may have changed with it."""
        expected = self.way.expected if self.way else []
        differs = bool(self.contents.found) and bool(self.contents.differences(expected))
        line = self.query_one("#way-sum", Words)
        line.set_class(differs, "-differs")
        kept = len(self.way.kept_there) if self.way else 0
        also = f"属地还有原件 {kept} 项，寄回的也打勾。" if kept else ""
        line.say(self.contents.sentence(expected) + also)
        self.rows.refresh()
        self.refresh_keys()

    @property
    def rows(self) -> RecordList[Piece]:
        """The papers."""
        return self.query_one("#way-rows", RecordList)

    @property
    def place(self) -> Field:
        """Where the result is laid."""
        return self.query_one("#field-place", Field)

    @property
    def is_checking(self) -> bool:
        """Whether contents may be checked now."""
        return self.way is not None and self.way.is_coming_back

    @property
    def unsaved(self) -> str | None:
        """What is ticked and not done."""
        if not self.is_checking or self.contents.is_empty:
            return None
        return "核对过的内件还没有登记到窗。"

    def action_tick(self) -> None:
        """This piece is there as expected, or it is not."""
        piece = self._checked()
        if piece is not None:
            self.contents.toggle(piece)
            self.rows.to(self.rows.cursor + 1)
            self._changed()

    def _checked(self) -> Piece | None:
        """The piece under the cursor, if it may be checked now."""
        reason, piece = self.why_not("arrive"), self.rows.row
        if reason is not None:
            self.counter.attention(f"现在不能核对：{reason}")
        elif piece is not None and not (self.way and self.way.may_come(piece)):
            self.counter.attention(f"“{piece.name}”不在应收之列。")
        elif self.rows.has_focus:
            return piece
        return None

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a row."""
        event.stop()
        piece = self._checked() if self.is_checking else None
        if piece is not None:
            self.beside(partial(self._ask_count, piece))

    async def _ask_count(self, piece: Piece) -> None:
        text = f"{'应收' if piece.expected else '寄去'} {piece.copies} 份；一份也没有填 0。"
        asked = [Asked("copies", "实收份数", value=str(piece.copies), required=True)]
        given = await self.app.push_screen_wait(Form(piece.name, asked, text=text))
        if given is None:
            return
        digits = unicodedata.normalize("NFKC", given["copies"]).strip()
        if not (digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS):
            self.counter.attention(f"“{piece.name}”的份数没有改：请填 0 至 999 的数字。")
            return
        self.contents.count(piece, int(digits))
        self.rows.to(self.rows.cursor + 1)
        self._changed()

    def on_field_changed(self, event: Field.Changed) -> None:
        """Typing."""
        event.stop()
        if event.field.value != self.contents.place:
            self.contents.place = event.field.value
            event.field.note()
            self._changed()

    def on_field_entered(self, event: Field.Entered) -> None:
        """Enter in a field."""
        event.stop()
        self.rows.focus()

    def _changed(self) -> None:
        """Keep it, and say what it comes to."""
        self.sum_up()
        if self.way is None or self.why_not("arrive") or (self.contents.is_empty and not self.keeper.id):
            return
        self.keeper.keep(self.contents.body(), title=self.way.file.case.applicant_name)
        trouble = self.keeper.trouble
        if trouble and not self._is_unkept:
            self.counter.attention(f"{trouble.what}{trouble.why}")
        self._is_unkept = trouble is not None

    def do_arrive(self) -> None:
        """Record what was found; a difference is told before."""
        way = self.way
        if way is None:
            return
        if not self.place.value.strip():
            self.place.wrong("写上放在哪个货位")
            self.place.focus()
            return
        differences = self.contents.differences(way.expected)
        if not differences:
            self._arrive(yes=True)
            return
        text = "\n".join(f"! {told}" for told in differences)
        self.app.push_screen(
            Confirm(
                "内件不符，照实登记吗？", f"{text}\n将登记内件不符，生成一项待办。", yes="登记", safe=True
            ),
            lambda yes: self._arrive(yes=bool(yes)),
        )

    def _arrive(self, *, yes: bool) -> None:
        if yes and self.way is not None:
            found, place = self.contents.as_found(), self.place.value
            act = partial(results.arrive, number=self.consignment, found=found, place=place)
            seen = self.way.consignment.version
            self.counter.perform(act, self._arrived, seen=seen, draft=self.keeper.id)

    async def _arrived(self, consignment: Consignment) -> None:
        differences = self.contents.differences(self.way.expected if self.way else [])
        told = f"内件不符已记入待办：{'；'.join(differences)}" if differences else "内件相符"
        self.counter.done(
            f"已到窗：{saying.pickup(consignment)}{told}。"
            f"货位 {self.place.value.strip()}，{consignment.office_name}的结果。"
        )
        self.keeper.forget()
        self.contents = Contents()
        self.place.value = ""
        self.rows.focus()
        await self.load()
        self.refresh_keys()
