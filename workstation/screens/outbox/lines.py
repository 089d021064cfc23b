"""An envelope of the outbox in words: how its order stands, why, what next, and why an act is none for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from workstation.acts import orders
from workstation.acts.desk import Desk
from workstation.acts.orders import Outward, Standing
from workstation.domain import lifecycle
from workstation.domain.codes import short_form
from workstation.domain.envelope import EnvelopeState
from workstation.domain.mail import ORDER_ENDED, MailOrder, OrderState
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.widgets.words import cut

_SIGNS: Mapping[str, str] = {
    OrderState.REFUSED: "✗",
    OrderState.CANCEL_REFUSED: "✗",
    OrderState.UNSURE: "?",
    OrderState.CANCEL_UNSURE: "?",
    OrderState.PLACED: "✓",
}
#: What is to be done about an order nothing went wrong with.
_NEXT: Mapping[str, str] = {
    OrderState.WAITING: "轮到就下，不用管它。急着交寄，就扫封套，再扫贴好的运单。",
    OrderState.SENDING: "正在下单，请稍候。",
    OrderState.PLACED: "单已下好，等揽收。不寄了，F4 撤单。",
    OrderState.UNSURE: "会用同一个单号再问，不用管它。",
    OrderState.REFUSED: "Ctrl+S 再试，F5 不再下单。",
    OrderState.CANCEL_WAITING: "轮到就撤，不用管它。",
    OrderState.CANCEL_SENDING: "正在撤单，请稍候。",
    OrderState.CANCEL_UNSURE: "会再撤一次，不用管它。",
    OrderState.CANCEL_REFUSED: "请电话问寄递企业，再按 Ctrl+O 确认已撤单。",
}
_NO_ORDER = "扫这个封套，再扫贴好的运单；或按 F3 输入运单号，F6 向寄递企业下单。"
_BARE = "没有运单"
_LONGEST_WHY = 200
#: More states than these are not read in a footer.
_MOST_STATES = 2


@dataclass(frozen=True)
class Line:
    """One envelope: its order that is not done, or that it has neither an order nor a waybill."""

    number: str
    office: str
    order: MailOrder | None
    """The order it has, or had last."""
    waybill: str | None = None
    why: str = ""
    next: str = ""
    needs_person: bool = False
    has_left: bool = False
    """Whether the courier has taken it."""

    @property
    def key(self) -> str:
        """What the cursor stays on."""
        return self.number

    @property
    def name(self) -> str:
        """The envelope as one calls it: last digits and office."""
        return f"…{short_form(self.number)}　{self.office}"

    @property
    def live(self) -> MailOrder | None:
        """Its order, if it is not ended."""
        return self.order if self.order and self.order.state not in ORDER_ENDED else None

    @property
    def is_resolvable(self) -> bool:
        """Whether a waybill that is found on the envelope may be the one the carrier gave to its order."""
        return bool(self.live and self._allows("resolve_order"))

    @property
    def state(self) -> str:
        """Sign and word."""
        if self.live:
            return f"{_SIGNS.get(self.live.state, '·')} {word(self.live.state)}"
        if self.waybill:
            return "✓ 已有运单"
        return f"{'!' if self.has_left else '·'} {_BARE}"

    @property
    def cells(self) -> Sequence[str]:
        """State, envelope, office, why, the next try; on a wide screen also waybill and when it was asked."""
        short = f"…{short_form(self.number)}"
        asked = minute(self.order.asked_at)[5:] if self.order else ""
        return self.state, short, self.office, self._short_why, self._when, self.waybill or "", asked

    @property
    def _short_why(self) -> str:
        if self.live is None and self.order:
            return f"上一单{word(self.order.state)}"
        return self.why or ("已交寄" if self.has_left else "")

    @property
    def _when(self) -> str:
        if self.needs_person:
            return "要人管"
        at = self.live.next_try_at if self.live else None
        return f"{local(at):%H:%M}" if at else ""

    @property
    def told(self) -> str:
        """All about it, and what to do next."""
        lines = [f"封套 {self.number}　{self.office}" + ("　已交寄" if self.has_left else "")]
        if self.order:
            lines.append(self._told_order(self.order))
        # What a carrier says may be of any length; what to do next stands below it.
        says = f"：{cut(self.why, _LONGEST_WHY)}" if self.why else ""
        waybill = f"　运单 {self.waybill}" if self.waybill else ""
        lines.append(f"{self.state}{waybill}{says}")
        return "\n".join([*lines, f"下一步：{self._what_next}"])

    def _told_order(self, order: MailOrder) -> str:
        tries = f"　发过 {order.attempts} 次" if order.attempts else ""
        ended = "" if self.live else f"　{word(order.state)}"
        asked = f"{minute(order.asked_at)} {order.asked_by} 登记"
        return f"单号 {order.id}　{order.window} 号窗口　{asked}{tries}{ended}"

    @property
    def _what_next(self) -> str:
        if self.live:
            return f"{self.next}。" if self.next else _NEXT.get(self.live.state, "")
        return "邮件按这个运单走。换贴了运单，F3 改绑。" if self.waybill else _NO_ORDER

    def why_not(self, act: str) -> str | None:
        """Why this act is none for this envelope."""
        if act == "bind_waybill":
            return None
        if act == "order_again":
            return self._no_new_order
        if self.live is None:
            return "这个封套没有要了结的单"
        if self._allows(act):
            return None
        states = lifecycle.states_for(lifecycle.MAIL_ORDER, act)
        named = "".join(f"“{word(state)}”" for state in states[:_MOST_STATES])
        more = "等" if len(states) > _MOST_STATES else ""
        return f"这一单现在是“{word(self.live.state)}”；“{word(act)}”要在{named}{more}时办"

    @property
    def _no_new_order(self) -> str | None:
        if self.live:
            return f"这一单“{word(self.live.state)}”，还没有了结"
        return f"它已有运单 {self.waybill}" if self.waybill else None

    def _allows(self, act: str) -> bool:
        return self.order is not None and act in lifecycle.allowed(lifecycle.MAIL_ORDER, self.order.state)


def look(desk: Desk, asked_for: str | None) -> list[Line]:
    """Every order that is not done, every envelope without order and waybill, and the one asked for."""
    found = [_of_order(standing) for standing in orders.listed(desk)]
    found += [of_envelope(outward) for outward in orders.unbound(desk)]
    if asked_for and asked_for not in {line.number for line in found}:
        found.insert(0, of_envelope(orders.about(desk, asked_for)))
    return found


def _of_order(standing: Standing) -> Line:
    order = standing.order
    line = Line(order.envelope, standing.office, order, order.waybill)
    return replace(line, why=standing.why, next=standing.next, needs_person=standing.needs_person)


def of_envelope(outward: Outward) -> Line:
    """Whatever has become of its orders."""
    envelope, order = outward.envelope, outward.order
    has_left = envelope.state == EnvelopeState.HANDED_OVER
    line = Line(envelope.number, envelope.office_name, order, outward.waybill, has_left=has_left)
    if line.live is None:
        return line
    why, then = orders.reason(line.live)
    return replace(line, why=why, next=then, needs_person=orders.needs_person(line.live))
