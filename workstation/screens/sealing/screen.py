"""装袋封装: every paper confirmed into the envelope, face and list scanned, then the seal and a place."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from workstation.acts import scanning, sealing
from workstation.acts.scanning import Scanned
from workstation.domain import scans
from workstation.domain.codes import LENGTH
from workstation.domain.envelope import Envelope
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.base import Do
from workstation.screens.sealing import bag as bags
from workstation.screens.sealing import saying
from workstation.screens.sealing.bag import FACES, Phase, tail
from workstation.screens.sealing.companions import Joining
from workstation.screens.sealing.mending import Mending
from workstation.screens.sealing.pane import INSPECTOR, PLACE
from workstation.screens.sealing.ticks import judge
from workstation.widgets.field import Choice, Field


class SealingScreen(Mending):
    """One envelope, from the papers on the desk to its shelf place."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "装袋封装"
    DOES = (
        Do("go_on", "装袋封装", "ctrl+s", "zdfz", "装袋并打印；两样都扫过后封装（F6 也行）"),
        Do("leave_out", "不装", "delete", "bz", "这一份不装进封套，要第二人确认；再按一次取消"),
        Do("join", "合装", "insert", "hz", "同一属地的别的办件装在一个封套里"),
        Do("reprint", "补打", "ctrl+r", "bd", "封套面或清单扫不出、破损：另打一张"),
        Do("other", "其他", "ctrl+o", "qt", "预览、作废、拆封、下一件、看办件"),
        Do("next", "下一件", "f2", "xyj", "同一办件的下一个送件"),
        Do("void", "作废", "ctrl+g", "zf", "封套作废重装；已封装的要第二人"),
        Do("reopen", "拆封", "ctrl+t", "cf", "已封装还没有交寄的，拆开重装，要第二人"),
        Do("preview", "预览", "ctrl+y", "yl", "内件清单上写了什么"),
    )
    explains = (
        "放进一份，按一次空格；全部确认后 ^S 装袋，打印封套面和内件清单。"
        "扫过这两张（先后不限），写货位，检查无涉密材料后打勾，^S 封装。"
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "do('go_on')", "装袋封装", show=False),
        Binding("space,ideographic_space", "tick", "这一份已放进封套", show=False),
    ]

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self._looked_for = ""

    def why_not(self, name: str) -> str | None:
        """From the offers of the acts, and what is not ticked, scanned or typed yet."""
        bag = self.bag
        if bag is None or name not in ("go_on", "leave_out", "join"):
            return self.why_not_mend(name)
        if name == "go_on":
            return saying.why_not_on(bag, self.ticks, self.pane)
        if bag.phase != Phase.PACKING:
            return "已经装袋；要改请先作废"
        if name == "join" and not self.offered:
            return "没有别的送件在等同一属地"
        return bag.why_not("pack") or self.barred("pack")

    # --- laying papers in

    def action_tick(self) -> None:
        """This paper lies in the envelope, or no longer."""
        self._mark(self.ticks.confirmed, self.ticks.without)

    def do_leave_out(self) -> None:
        """This paper stays out, or no longer."""
        self._mark(self.ticks.without, self.ticks.confirmed)

    def _mark(self, here: set[str], elsewhere: set[str]) -> None:
        row, reason = self.rows.row, self.why_not("leave_out")
        if reason is not None or row is None or not self.rows.has_focus:
            self.counter.attention(reason or "请先用 Tab 回到材料列表。")
            return
        elsewhere.discard(row.id)
        if row.id in here:
            here.discard(row.id)
        else:
            here.add(row.id)
            self.rows.to(self.rows.cursor + 1)
        self.changed()

    def do_join(self) -> None:
        """Consignments of other cases go along."""
        self.run_worker(self._join(), group="tasks")

    async def _join(self) -> None:
        if self.bag is None:
            return
        office = self.bag.office.office_name
        joined = await self.app.push_screen_wait(Joining(office, self.offered, self.ticks.joined))
        if joined is not None:
            self.ticks.joined = joined
            await self.load()
            self.changed()

    # --- scans, and what is typed

    def take_scan(self, scanned: Scanned) -> bool:
        """The face and the list of this envelope; those of another are told and change nothing."""
        judged = judge(scanned, self.bag) if self.bag else None
        if judged is None:
            return False
        self.mismatch = judged.told
        if judged.kind is None:
            self.counter.attention(judged.wrong)
            self.say()
        elif self.bag and self.bag.phase == Phase.SEALING:
            # The scanner has typed into whatever has the focus; that gets back what it held before.
            (self.focused or self).call_later(self._accept, judged.kind, scanned.code)
        return True

    def _accept(self, kind: str, number: str) -> None:
        self.ticks.scans[kind] = number
        self.pane.scanned(kind, number)
        self.changed()
        self.go_where_wanted()

    @on(Field.Changed)
    def _typed(self, event: Field.Changed) -> None:
        event.stop()
        name, value = str(event.field.name), event.field.value
        if name in FACES:
            self._type_number(name, value)
        elif name in (PLACE, INSPECTOR):
            setattr(self.ticks, name, value)
            self.pane.note()
            self.changed()

    def _type_number(self, kind: str, value: str) -> None:
        if value == self.ticks.scans.get(kind):
            return
        self.ticks.scans.pop(kind, None)
        self.pane.scanned(kind, None)
        self.changed()
        number = _number(value)
        if number != self._looked_for and len(number) == LENGTH:
            self._find(kind, number)
        self._looked_for = number

    @work(group="typed", exclusive=True)
    async def _find(self, kind: str, number: str) -> None:
        field = self.pane.field(kind)
        try:
            scanned = await self.counter.look(lambda desk: scanning.scan(desk, number))
        except Explained as error:
            if _number(field.value) == number:
                field.wrong(error.what)
            return
        if self._is_left or _number(field.value) != number:
            return  # it was a scanner's, and is gone already
        judged = judge(scanned, self.bag) if self.bag else None
        if judged is None or judged.kind != kind:
            self.mismatch = judged.told if judged else ""
            field.wrong((judged.wrong if judged else "") or f"这是{word(scanned.kind)}的编号")
            self.say()
        else:
            self.mismatch = ""
            self._accept(kind, number)

    @on(Field.Entered)
    @on(Choice.Entered)
    def _next(self, event: Field.Entered | Choice.Entered) -> None:
        event.stop()
        self.go_where_wanted()

    @on(Choice.Changed)
    def _ticked(self, event: Choice.Changed) -> None:
        event.stop()
        self.say()

    # --- the two acts

    async def action_do(self, name: str) -> None:
        """An act's key; the cursor goes to what ^S still waits for."""
        await super().action_do(name)
        if name == "go_on":
            self.go_where_refused()

    def do_go_on(self) -> None:
        """Pack; or, once that is done, seal."""
        bag = self.bag
        if bag is None:
            return
        if bag.phase == Phase.PACKING:
            without = sorted(self.ticks.without)
            seen = bag.shares[0].consignment.version if len(bag.shares) == 1 else None
            act = partial(bags.pack, bag=bag, without=without)
            self.counter.perform(act, self._packed, seen=seen, draft=self.keeper.id)
        elif bag.envelope:
            act = partial(
                sealing.seal,
                face=self.ticks.scans["envelope"],
                packing_list=self.ticks.scans["packing_list"],
                place=self.pane.place,
                inspected_by=self.pane.inspector,
                no_secret=self.pane.tick.ticked,
            )
            self.counter.perform(act, self._sealed, seen=bag.envelope.version, draft=self.keeper.id)

    async def _packed(self, envelope: Envelope) -> None:
        self.counter.done(f"已装袋：封套 {tail(envelope.number)}，封套面和内件清单已出纸。")
        await self.over()

    async def _sealed(self, envelope: Envelope) -> None:
        self.counter.done(f"已封装：封套 {tail(envelope.number)}，请放到货位 {envelope.place}。")
        await self.over()


def _number(typed: str) -> str:
    return "".join(scans.clean(typed).split())


OPENS = SealingScreen
