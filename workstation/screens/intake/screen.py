"""收件登记 in one pass: item, place and offices, applicant, papers; checked as typed, kept at each change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.widget import Widget
from textual.worker import WorkType

from workstation.acts import drafts, entry, offers, previews, registration
from workstation.acts.desk import Desk
from workstation.acts.inputs import Intake
from workstation.domain import draft as drafting
from workstation.domain.draft import Draft
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.errors import Explained, on_screen
from workstation.screens.base import CounterScreen, Do
from workstation.screens.dialogs import Reading, Refusal
from workstation.screens.drafting import SYNC_SECONDS, Keeper
from workstation.screens.intake import asking, looking
from workstation.screens.intake.hand_in import HandIn
from workstation.screens.intake.hint_lines import HintLines
from workstation.screens.intake.materials import MaterialsPart, standard
from workstation.screens.intake.part import Part
from workstation.widgets.record_list import RecordList
from workstation.widgets.words import Words

R = TypeVar("R")

_EXPLAINS = (
    "从上到下填一遍：Enter 下一项，↑↓ 和 Tab 在各项之间走。边填边查，边填边存草稿；"
    "下面几行是登记之前要留意的。填完 ^S 登记，得到编号，打印收件凭证。"
)


class IntakeScreen(CounterScreen):
    """One hand-in, from its item to its number."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "收件登记"
    DOES = (
        Do("register", "登记", "ctrl+s", "dj", "登记成办件，给编号，打印收件凭证"),
        Do("office", "部门", "f2", "bm", "加一个别处的业务属地部门，或写一个通讯录里没有的"),
        Do("preview", "预览", "f5", "yl", "登记之前看收件凭证上会写什么"),
        Do("take_all", "全收", "ctrl+a", "qs", "必交的材料都照清单收下"),
        Do("agent", "代办", "ctrl+g", "db", "有代办人、经办人；再按一次去掉"),
        Do("switch", "换证", "ctrl+t", "hz", "证件种类换成号码所像的那一种"),
    )
    explains = _EXPLAINS
    # An input would take its cursor to the beginning; the key Home does that too.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+a", "do('take_all')", "全收", show=False, priority=True)
    ]

    def __init__(self, draft: Draft | None = None, item: str | None = None) -> None:
        super().__init__()
        self._draft, self._item = draft, item
        # Held, not looked for: an answer may come when the screen has just been left.
        self._hand_in, self._hint_lines, self._standard = HandIn(), HintLines(), Words(id="standard")
        self._keeper = Keeper(lambda: self.desk, "intake")
        self._is_filled = self._is_troubled = False
        self._at_first: dict[str, Any] = {}
        """What stood there before anything was typed: it is no draft."""
        self._asked: dict[str, object] = {}
        """What was asked last of the hall: the same is not asked twice."""
        self._hints: tuple[str, ...] = ()

    def body(self) -> Iterator[Widget]:
        """The form, and what is known about it."""
        with Vertical(id="intake-main"):
            yield self._hand_in
            with Vertical(id="intake-side"):
                yield self._hint_lines
                yield self._standard

    def on_mount(self) -> None:
        """What is typed is brought to the disk every other second."""
        self.set_interval(SYNC_SECONDS, self._keeper.sync)

    async def load(self) -> None:
        """Items, offices, checklist and hints as they are now; what is typed stays."""
        if not self.counter.is_signed_in:
            return
        known = await self._look(looking.catalogue_of)
        if known is not None:
            self._hand_in.item.know(known.finder, known.items)
            self._hand_in.applicant.today = self._hand_in.agent.person.today = known.today
        if not self._is_filled:
            await self._begin()
        self._asked.clear()
        self._look_up_soon()

    async def _begin(self) -> None:
        """Fill in the draft, or the item one comes with."""
        body: Mapping[str, Any] = {"item": self._item} if self._item else {}
        if self._draft is not None:
            body = await self._resumed(self._draft)
        self._hand_in.fill(body)
        self._at_first = self._hand_in.value if self._keeper.id is None else {}
        self._is_filled = True
        self._hand_in.begin()

    @on(Part.Changed)
    def _changed(self) -> None:
        self._keep()
        self._look_up_soon()
        self.refresh_keys()

    @on(HandIn.Filled)
    def _at_the_end(self) -> None:
        self.counter.tell("accent", "·", "提示", "填完了：^S 登记，F5 先看收件凭证。")

    @on(MaterialsPart.Refused)
    def _no_paper(self, event: MaterialsPart.Refused) -> None:
        self.counter.attention(event.why)

    @on(MaterialsPart.Counting)
    def _count(self, event: MaterialsPart.Counting) -> None:
        dialog = asking.counts(self.counter, self._hand_in.materials, event.line, check=self._check)
        self.run_worker(dialog, group="tasks")

    # --- the draft

    async def _resumed(self, draft: Draft) -> Mapping[str, Any]:
        """What was typed in a draft; nothing, and a word why, if nobody can go on with it."""

        def resumed() -> Mapping[str, Any]:
            if self.desk.readonly:
                return drafts.show(self.desk, draft.id).body or {}
            return self._keeper.resume(draft)

        try:
            body = await self.counter.do(resumed)
        except Explained as error:
            self.app.push_screen(Refusal(error))
            return {}
        begun = f"{draft.operator} 于 {minute(draft.begun_at)} 开始的{drafting.word(draft.kind)}"
        self.counter.tell("accent", "·", "草稿", f"接着填 {begun}。")
        return body

    def _keep(self) -> None:
        """Keep what is typed; a form that is empty again is no draft."""
        if not self._is_filled or self._may_not():
            return
        form = self._hand_in.value
        if form and (self._keeper.id or form != self._at_first):
            self._keeper.keep(form, self._hand_in.applicant.name_typed)
        elif not form:
            self._drop()
        trouble = self._keeper.trouble
        if trouble and not self._is_troubled:
            self.counter.attention(f"草稿没有存上，填的都还在屏幕上：{trouble.why}{trouble.next}")
        self._is_troubled = trouble is not None

    def _drop(self) -> None:
        try:
            self._keeper.drop()
        except Explained as error:
            self._keeper.trouble = error

    @property
    def unsaved(self) -> str | None:
        """A hand-in that has not been registered."""
        if not self._is_filled or self._may_not() or self._hand_in.value in ({}, self._at_first):
            return None
        return f"{self._hand_in.applicant.name_typed or '这份'}的收件登记还没有登记。"

    # --- what follows from what is typed

    def _look_up_soon(self) -> None:
        self._show_hints()
        if self._is_filled:
            # Given as a function: one that is replaced before it has begun would be a coroutine left over.
            work: WorkType[None] = self._look_up
            self.run_worker(work, group="look-up", exclusive=True)

    async def _look_up(self) -> None:
        """Offices of the place, then the checklist of the first one, then hints; only what is not known."""
        await self._look_up_offices()
        await self._look_up_checklist()
        self._keep()
        intake = looking.half(self._hand_in.value)
        days = looking.days_of(self.counter.opened)
        hints = await self._new("hints", intake, lambda desk: looking.hints_of(desk, intake, days))
        if hints is not None:
            has_place = self._hand_in.place.chosen is not None
            self._hints = tuple(looking.lines(hints, has_place=has_place))
        self._show_hints()

    async def _look_up_offices(self) -> None:
        offices = self._hand_in.offices
        place, item = self._hand_in.place.text, self._hand_in.item.code
        codes = [named for named in offices.picked if isinstance(named, str)]
        found = await self._new(
            "offices", (place, item), lambda desk: looking.offices_of(desk, place, item, codes)
        )
        if found is not None:
            offices.know(*found)

    async def _look_up_checklist(self) -> None:
        hand_in = self._hand_in
        item, has_agent, first = hand_in.item.chosen, hand_in.agent.is_there, hand_in.offices.first
        if item is None:
            self._asked.pop("checklist", None)
            hand_in.materials.know([], [])
            return
        code, office = item.code, (first.code, first.division) if first else None
        names = hand_in.offices.names
        rows = await self._new(
            "checklist",
            (code, office, has_agent, names),
            lambda desk: looking.rows_of(desk, code, office, has_agent=has_agent),
        )
        if rows is not None:
            hand_in.materials.know(rows, names)
            self.refresh_keys()

    async def _new(self, name: str, asked: object, look: Callable[[Desk], R]) -> R | None:
        """The answer to a question; None if the same was asked last, or nobody can be asked."""
        if name in self._asked and self._asked[name] == asked:
            return None
        answer = await self._look(look)
        if answer is not None:
            self._asked[name] = asked
        return answer

    async def _look(self, look: Callable[[Desk], R]) -> R | None:
        try:
            return await self.counter.look(look)
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
            return None

    @on(RecordList.Highlighted)
    def _another_row(self) -> None:
        self._show_hints()

    def on_descendant_focus(self) -> None:
        """Another field, and what is wrong of that one."""
        if self._is_filled:
            self._show_hints()
            self.refresh_keys()

    def _show_hints(self) -> None:
        """The error of the field one is in, then what is known of the whole."""
        said = [*self._wrong_here(), *self._hand_in.item.said, *self._hints]
        self._hint_lines.show(said)
        line = self._hand_in.materials.line
        self._standard.say(standard(line.row) if line else "")
        self.explains = "\n".join([_EXPLAINS, *said])

    def _wrong_here(self) -> Iterator[str]:
        here = self.focused.ancestors if self.focused else []
        part = next((each for each in here if isinstance(each, Part)), None)
        for field, error in part.errors() if part else ():
            if field in here and not isinstance(error, entry.NotYet):
                yield on_screen(f"✗ {error.why}{error.next}")

    def _check(self, name: str, text: str) -> Explained | None:
        return entry.wrong(name, text, today=self._hand_in.applicant.today)

    # --- the acts

    def why_not(self, name: str) -> str | None:
        """Who may not register may look; and what there is nothing to do with."""
        if why := self._may_not():
            return why
        if name == "switch" and not self._hand_in.person_here.may_switch_to:
            return "号码不像别种证件"
        if name == "take_all" and self._hand_in.materials.line is None:
            return "还没有材料清单，先选事项"
        return None

    def _may_not(self) -> str | None:
        return offers.barred(self.desk, "register")

    def do_office(self) -> None:
        """F2: an office that is not in the list."""
        place = self._hand_in.place.chosen
        dialog = asking.office(
            self.counter,
            self._hand_in.offices,
            place=place.code if place else "",
            item=self._hand_in.item.code,
            check=self._check,
        )
        self.run_worker(dialog, group="tasks")

    def do_take_all(self) -> None:
        """Ctrl+A: all that is always asked for has been handed in."""
        taken = self._hand_in.materials.take_all()
        self.counter.tell("accent", "·", "材料", f"照清单收下 {taken} 行；没有的用空格取消，Enter 改份数。")

    def do_agent(self) -> None:
        """Ctrl+G: somebody acts for the applicant, or nobody."""
        self._hand_in.agent.toggle()

    def do_switch(self) -> None:
        """Ctrl+T: the number is of another kind of document."""
        self._hand_in.person_here.switch()

    async def do_preview(self) -> None:
        """F5: the slip as it would print."""
        intake = await self._complete()
        if intake is not None:
            self.counter.perform(lambda desk: previews.intake_slip(desk, intake), self._previewed)

    async def do_register(self) -> None:
        """Ctrl+S: the case, its number, its slip."""
        intake = await self._complete()
        if intake is not None:
            self.counter.perform(
                lambda desk: registration.register(desk, intake).number,
                self._registered,
                refused=self._refused,
                draft=self._keeper.id,
            )

    async def _complete(self) -> Intake | None:
        """The hand-in, if nothing is missing or wrong in it; else the cursor goes to what is."""
        await self._look_up()
        wrong = next(self._hand_in.errors(), None)
        if wrong is not None:
            field, error = wrong
            field.focus()
            self.counter.attention(f"{error.why}{error.next}")
            return None
        if self._hand_in.needs_office:
            self._hand_in.offices.enter()
            self.counter.attention("还没有选业务属地部门：空格选一个，通讯录里没有的按 F2 写。")
            return None
        try:
            return entry.sealed(self._hand_in.value)
        except Explained as error:
            self.app.push_screen(Refusal(error))
            return None

    def _previewed(self, text: str) -> None:
        self.app.push_screen(Reading(word("intake_slip"), text))

    def _registered(self, number: str) -> None:
        self._keeper.forget()
        self._hand_in.fill({})
        self._at_first = self._hand_in.value
        self.counter.done(f"已收件：{number}，收件凭证已出。")
        if self.counter.screen is self:
            self.counter.pop_screen()
            self.counter.go("case", number=number)

    async def _refused(self, error: Explained) -> None:
        """A refusal after the commit leaves a case behind: then this is over all the same."""
        await self.counter.refuse(error)
        draft = self._keeper.id
        became = await self._look(lambda desk: desk.became([draft] if draft else [])) or {}
        if draft is not None and draft in became:
            self._registered(became[draft])


OPENS = IntakeScreen
