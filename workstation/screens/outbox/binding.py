"""绑定运单: an envelope and the sticker on it come together, by two scans and a word, or typed."""

from __future__ import annotations

from workstation.acts import orders, waybills
from workstation.acts.desk import Desk
from workstation.acts.orders import Outward
from workstation.domain.codes import short_form
from workstation.domain.envelope import Waybill
from workstation.domain.mail import MailOrder
from workstation.errors import Explained
from workstation.screens.base import CounterScreen
from workstation.screens.outbox import lines, questions
from workstation.screens.outbox.questions import OWN, Given


class Binding(CounterScreen):
    """A screen on which waybills are bound."""

    expects_waybill = True

    async def has_changed(self) -> None:
        """Show it anew."""
        raise NotImplementedError

    def bind(self, number: str, given: Given | None = None) -> None:
        """Bind a waybill to an envelope: the one given, or one that is asked for."""
        self.run_worker(self._bind(number, given), group="tasks", exclusive=True)

    async def _bind(self, number: str, given: Given | None) -> None:
        try:
            # As it is at this moment: the list may be some seconds old.
            found = await self.counter.look(lambda desk: orders.about(desk, number))
        except Explained as error:
            await self.counter.refuse(error)
            return
        line = lines.of_envelope(found)
        given = given or await self.app.push_screen_wait(questions.Label(line))
        if given is None:
            return
        answer: str | bool | None = questions.is_plain(line, given)
        if not answer:
            answer = await self.app.push_screen_wait(questions.whose(line, given))
        if answer == OWN:
            self._resolve(found, given)
        elif answer:
            self._stick(found, given)

    def _stick(self, found: Outward, given: Given) -> None:
        number, instead = found.envelope.number, found.waybill is not None

        def act(desk: Desk) -> Waybill:
            return waybills.bind_envelope(desk, number, waybill=given.waybill, how=given.how, instead=instead)

        self.counter.perform(act, self._bound, seen=found.envelope.version)

    def _resolve(self, found: Outward, given: Given) -> None:
        order = found.order
        assert order is not None, "only an order can be found to have been taken"

        def act(desk: Desk) -> MailOrder:
            return orders.resolve(desk, order.id, waybill=given.waybill, how=given.how)

        self.counter.perform(act, self._resolved, seen=order.version)

    async def _bound(self, waybill: Waybill) -> None:
        await self.has_changed()
        self.counter.done(f"运单 {waybill.number} 已绑：封套 …{short_form(waybill.object)}")

    async def _resolved(self, order: MailOrder) -> None:
        await self.has_changed()
        self.counter.done(f"已确认下单：封套 …{short_form(order.envelope)}　运单 {order.waybill}")
