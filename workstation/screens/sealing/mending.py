"""What is needed more rarely at an envelope: void it, open it again, print again, the next consignment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from workstation.acts import packing, papers, previews, stocks
from workstation.acts.desk import Desk
from workstation.domain.envelope import Envelope
from workstation.domain.paper import Paper
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.dialogs import Asked, Form, Pick, Reading
from workstation.screens.sealing.bag import FACES, Bag, Phase, tail
from workstation.screens.sealing.showing import Showing
from workstation.screens.sealing.ticks import Ticks

_EMPTYING: dict[str, Callable[..., Envelope]] = {"void": packing.void, "reopen": packing.reopen}
#: What is reached by one key and a list.
_RARER = ("preview", "reprint", "void", "reopen", "next", "case")


class Mending(Showing):
    """What the screen can do besides packing and sealing."""

    def why_not_mend(self, name: str) -> str | None:
        """Why one of the rarer things is not possible now."""
        bag = self.bag
        if bag is None:
            return self.trouble.what if self.trouble else "还在读取"
        if name in _EMPTYING:
            return bag.why_not(name)
        if name == "reprint":
            return self.barred("reprint") or (None if self._sheets() else "还没有打印过")
        if name == "preview":
            return (self.barred("pack") or bag.why_not("pack")) if bag.phase == Phase.PACKING else None
        return self._why_not_next(bag) if name == "next" else None

    def _why_not_next(self, bag: Bag) -> str | None:
        if not bag.to_do:
            return "同一办件没有别的送件要装"
        if bag.phase != Phase.CLOSED and not self.ticks.is_empty:
            return "这一件还没有办完"
        return None

    async def do_next(self) -> None:
        """The next consignment of the case that waits."""
        if self.bag:
            await self.turn_to(self.bag.to_do[0].id)

    async def turn_to(self, name: str) -> None:
        """Another consignment, with nothing ticked yet."""
        try:
            await self.counter.do(self.keeper.drop)
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
        self.ticks = Ticks(chosen=name)
        await self.load()

    def do_other(self) -> None:
        """The list of what is rarer."""
        self.run_worker(self._other(), group="tasks")

    async def _other(self) -> None:
        picked = await self.app.push_screen_wait(Pick("还要做什么？", list(self._rarer())))
        if picked == "case" and self.bag:
            self.counter.go("case", number=self.bag.shares[0].case.number)
        elif picked:
            await self.action_do(picked)

    def _rarer(self) -> Iterator[tuple[str, str]]:
        labels = {do.name: (do.label, do.explains) for do in self.DOES}
        for name in _RARER:
            label, explains = labels.get(name, ("办件", "看整个办件"))
            reason = self.why_not(name)
            yield name, f"× {label}：{reason}" if reason else f"  {label}　{explains}"

    def do_preview(self) -> None:
        """What is printed on the list, or will be."""
        self.run_worker(self._preview(), group="tasks")

    async def _preview(self) -> None:
        bag = self.bag
        sheet = bag.face("packing_list") if bag else None
        if bag is None or (bag.phase != Phase.PACKING and sheet is None):
            return
        names, without = bag.names, sorted(self.ticks.without)

        def text(desk: Desk) -> str:
            if sheet is not None:
                return previews.printed(desk, sheet.number)
            return previews.packing_list(desk, names, without=without)

        try:
            await self.app.push_screen_wait(Reading(word("packing_list"), await self.counter.look(text)))
        except Explained as error:
            await self.counter.refuse(error)

    def do_reprint(self) -> None:
        """Once more, under a new number."""
        self.run_worker(self._reprint(), group="tasks")

    async def _reprint(self) -> None:
        sheets = [(p.number, f"{word(p.kind)}　{p.number}　第 {p.copy} 份") for p in self._sheets()]
        number = await self.app.push_screen_wait(
            Pick("补打哪一张？", sheets, text="旧的一张随即作废，请销毁；以后扫新的一张。")
        )
        if number is None:
            return
        is_face = any(paper.number == number and paper.kind == "envelope" for paper in self._sheets())
        reasons = papers.ENVELOPE_REASONS if is_face else papers.REPRINT_REASONS
        reason = await self.app.push_screen_wait(Pick("为什么补打？", list(reasons.items())))
        stock = await self._stock() if reason == papers.OTHER_STOCK else None
        if reason is None or (reason == papers.OTHER_STOCK and stock is None):
            return
        self.counter.perform(
            lambda desk: papers.reprint(desk, number, reason=reason, stock=stock), self._reprinted
        )

    async def _stock(self) -> str | None:
        found = await self.counter.look(lambda desk: stocks.known(desk.tray))
        named = [(name, f"{name}　{each.page[0]:g}×{each.page[1]:g} 毫米") for name, each in found.items()]
        return await self.app.push_screen_wait(Pick("换成哪种封套？", named))

    def _sheets(self) -> list[Paper]:
        return [paper for kind in FACES if self.bag and (paper := self.bag.face(kind))]

    async def _reprinted(self, paper: Paper) -> None:
        self.counter.done(f"已补打{word(paper.kind)} {tail(paper.number)}；旧的一张已作废，请销毁。")
        await self.load()

    def do_void(self) -> None:
        """The envelope is not used; its papers are to be packed anew."""
        self._ask("void")

    def do_reopen(self) -> None:
        """The seal is opened before it left."""
        self._ask("reopen")

    def _ask(self, act: str) -> None:
        envelope = self.bag.envelope if self.bag else None
        if envelope is None:
            return
        asked = [
            Asked("reason", "事由", codes=packing.REASONS, required=True),
            Asked("text", "说明", explains="可以不填。"),
        ]
        text = f"封套 {envelope.number}（{word(envelope.state)}）和它的清单作废，材料回到手里重新装袋。"
        form = Form(f"{word(act)}这个封套？", asked, text=text, done=word(act))
        self.app.push_screen(form, partial(self._empty, act, envelope))

    def _empty(self, act: str, envelope: Envelope, given: dict[str, Any] | None) -> None:
        if given is None:
            return
        emptied = partial(
            _EMPTYING[act], number=envelope.number, reason=given["reason"], text=given["text"].strip() or None
        )
        self.counter.perform(emptied, partial(self._emptied, act), seen=envelope.version)

    async def _emptied(self, act: str, envelope: Envelope) -> None:
        self.counter.done(f"已{word(act)}：封套 {tail(envelope.number)}；材料回到手里，可以重新装袋。")
        if self.bag:
            await self.turn_to(self.bag.names[0])
