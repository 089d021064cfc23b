"""What a person decides about an order 下单: try again, give it up, cancel it, order anew, say how it ended.

The worker in `ordering` does the sending; nothing here touches the wire.
"""

from __future__ import annotations

from dataclasses import dataclass

from workstation.acts import mail_orders, refusals, steps, waybills
from workstation.acts.desk import Desk
from workstation.acts.waiting import waits
from workstation.domain.envelope import Envelope, EnvelopeState
from workstation.domain.mail import ORDER_DUE, MailOrder, OrderState
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.statements import mail as sql
from workstation.store.work import Reading, Work

_DOUBTFUL = "封套上贴的是它给的运单，就扫那张运单确认已下单；不是，就撤单后重新下单或用贴纸"
#: Why an order did not go through, in the clerk's words; and what to do about it.
REASONS = {
    "misconfigured": ("寄递企业的账号没有配好", "请系统管理员检查账号文件，然后再试"),
    "unreachable": ("连不上寄递企业", "不用管它，连上后自动下单；急着交寄就扫贴纸运单"),
    "unsure": ("发出后没有等到回音，可能已下单", "不用管它，会用同一个单号自动再问"),
    "killed": ("发送时程序中断，可能已下单", "不用管它，会用同一个单号自动再问"),
    "unreadable": ("寄递企业的回答读不懂，可能已下单", "不用管它，会用同一个单号自动再问"),
    "duplicate": ("寄递企业说这个单号已下过单，但没有给运单号", _DOUBTFUL),
    "tries_spent": ("试了几次都没有确切的回音", _DOUBTFUL),
    "waybill_taken": ("寄递企业给的运单号正用在别处", "请与寄递企业核对，撤单后重新下单"),
    "refused": (
        "寄递企业拒绝了",
        "账号等问题改好后可以再试；单子内容要改的，请不再下单，改好后重新下单，或改用贴纸运单",
    ),
    "refused_again": ("寄递企业拒绝了，但此前发过一次没有回音，可能已下单", _DOUBTFUL),
}
#: The same where the order was to be canceled.
CANCEL_REASONS = {
    "misconfigured": ("寄递企业的账号没有配好，还没有撤", "请系统管理员检查账号文件，然后再试"),
    "unreachable": ("连不上寄递企业，还没有撤", "不用管它，连上后自动撤单"),
    "unsure": ("撤单发出后没有等到回音，可能已撤", "不用管它，会自动再撤一次"),
    "killed": ("撤单时程序中断，可能已撤", "不用管它，会自动再撤一次"),
    "unreadable": ("寄递企业的回答读不懂，可能已撤", "不用管它，会自动再撤一次"),
    "tries_spent": ("撤了几次都没有确切的回音", "请电话问寄递企业：已撤的确认已撤单，没撤的再试"),
    "refused": (
        "寄递企业没有撤",
        "请电话问寄递企业：没有这一单或已撤的，确认已撤单；邮件已按它的运单寄走的，扫运单确认已下单",
    ),
}


@dataclass(frozen=True)
class Standing:
    """An order with what is to be said about it."""

    order: MailOrder
    office: str
    why: str
    """Empty where nothing went wrong."""
    next: str
    needs_person: bool


def listed(desk: Desk, *, ended: bool = False) -> list[Standing]:
    """The orders that are not done, those that need a person first; `ended`: every order there is."""
    desk.signed_in()
    with desk.reading() as reading:
        orders = reading.mail_orders.where() if ended else reading.mail_orders.query(sql.OPEN_ORDERS)
        found = [_standing(reading, order) for order in orders]
    return sorted(found, key=lambda each: (not each.needs_person, each.order.asked_at, each.order.id))


@dataclass(frozen=True)
class Outward:
    """An envelope with the order it has, or had last, and the waybill it goes under."""

    envelope: Envelope
    order: MailOrder | None
    waybill: str | None


def unbound(desk: Desk) -> list[Outward]:
    """没有运单的封套, with nothing asked for either: what still lies here first, the longest first."""
    desk.signed_in()
    with desk.reading() as reading:
        found = [_outward(reading, envelope) for envelope in reading.envelopes.query(sql.UNBOUND)]
    here = EnvelopeState.SEALED
    return sorted(found, key=lambda one: (one.envelope.state != here, one.envelope.sealed_at or 0))


def about(desk: Desk, envelope: str) -> Outward:
    """How this envelope stands with the carrier, whatever has become of its orders."""
    desk.signed_in()
    with desk.reading() as reading:
        return _outward(reading, steps.find_envelope(reading, envelope))


def _outward(reading: Reading, envelope: Envelope) -> Outward:
    known = sorted(reading.mail_orders.where(envelope=envelope.number), key=lambda one: one.asked_at)
    live = reading.waybills.where(object=envelope.number, state="live")
    order = mail_orders.current(reading, envelope.number) or (known[-1] if known else None)
    return Outward(envelope, order, live[0].number if live else None)


def _standing(reading: Reading, order: MailOrder) -> Standing:
    office = steps.find_envelope(reading, order.envelope).office_name
    why, then = reason(order)
    return Standing(order, office, why, then, needs_person(order))


def reason(order: MailOrder) -> tuple[str, str]:
    """Why it has not gone through, and what can be done; both empty where nothing went wrong."""
    if order.reason is None:
        return "", ""
    reasons = CANCEL_REASONS if order.state.startswith("cancel") else REASONS
    why, then = reasons.get(order.reason, (f"原因代码 {order.reason}", "请电话问寄递企业"))
    return (f"{why}：{order.reason_text}" if order.reason_text else why), then


def needs_person(order: MailOrder) -> bool:
    """Whether nothing more happens to it by itself."""
    if order.state in (OrderState.REFUSED, OrderState.CANCEL_REFUSED):
        return True
    return order.state in ORDER_DUE and order.next_try_at is None


def order_again(desk: Desk, envelope: str) -> MailOrder:
    """重新下单 under a new number, once the former order is dropped or canceled."""
    with desk.act("order_again") as work:
        found = steps.find_envelope(work, envelope)
        work.object = found.number
        desk.saw(found)
        if found.state not in mail_orders.ON_ITS_WAY:
            states = sorted(mail_orders.ON_ITS_WAY)
            raise refusals.wrong_state("envelopes", found, "order_again", states=states)
        if standing := mail_orders.current(work, found.number):
            raise _still_one(standing)
        order = mail_orders.begin(work, found)
        if order is None:
            raise _no_order_wanted(work, found.number)
        return order


def retry(desk: Desk, order_id: str) -> MailOrder:
    """再试: the refused one, or the one that waits for a person, goes out once more, unchanged."""
    with desk.act("retry_order") as work:
        order = _for_act(desk, work, order_id)
        # What may have been taken stays in doubt, whatever this try comes to.
        sent = int(order.state != OrderState.REFUSED)
        to = OrderState.WAITING if order.state == OrderState.REFUSED else OrderState(order.state)
        return mail_orders.move(work, order, "retry_order", to, attempts=sent, next_try_at=work.now)


def drop(desk: Desk, order_id: str) -> MailOrder:
    """不再下单: nothing of it has reached the carrier; a sticker takes its place."""
    with desk.act("drop_order") as work:
        return mail_orders.move(work, _for_act(desk, work, order_id), "drop_order", OrderState.DROPPED)


def cancel(desk: Desk, order_id: str) -> MailOrder:
    """撤单: the carrier is told to forget it, and its waybills are no longer ours."""
    with desk.act("cancel_order") as work:
        order = _for_act(desk, work, order_id)
        if order.state == OrderState.SENDING:
            raise mail_orders.not_while_sending(order)
        return mail_orders.end(work, order, "cancel_order")


def confirm_cancel(desk: Desk, order_id: str) -> MailOrder:
    """确认已撤单: the carrier said on the telephone that it has no such order, or none any more."""
    with desk.act("confirm_cancel") as work:
        return mail_orders.move(work, _for_act(desk, work, order_id), "confirm_cancel", OrderState.CANCELED)


@waits("resolve_order")
def resolve(desk: Desk, order_id: str, *, waybill: str, how: str = "scanned") -> MailOrder:
    """The carrier did take it: this is the waybill it gave, read from its label on the envelope."""
    with desk.act("resolve_order") as work:
        order = _for_act(desk, work, order_id)
        if not mail_orders.is_on_its_way(work, order):
            raise _nothing_travels(order)
        bound = waybills.bind(desk, work, waybill, leg="out", object_=order.envelope, how=how)
        if order.waybill not in (None, bound.number):
            raise _other_waybill(order, bound.number)
        waybills.attach_back(work, order.return_waybill, order.envelope)
        return mail_orders.move(
            work,
            order,
            "resolve_order",
            OrderState.PLACED,
            waybill=bound.number,
            reason=None,
            reason_text=None,
            next_try_at=None,
        )


def _for_act(desk: Desk, work: Work, order_id: str) -> MailOrder:
    order = mail_orders.find(work, order_id)
    work.object = order.id
    desk.saw(order)
    return order


def _nothing_travels(order: MailOrder) -> Refused:
    return Refused(
        "envelope-not-bindable",
        what=f"{order.id} 没有确认已下单。",
        why=f"封套 {order.envelope} 已不在路上：拆封、退回、丢失、作废或已到属地。",
        next="请撤单；寄递企业说没有这一单或已撤的，确认已撤单。（命令：order resolve）",
    )


def _other_waybill(order: MailOrder, number: str) -> Refused:
    return Refused(
        "order-other-waybill",
        what=f"{order.id} 没有确认已下单。",
        why=f"寄递企业给这一单的运单号是 {order.waybill}，扫的是 {number}。",
        next="请扫它给的那张运单；封套上贴的是别的运单时请撤单，再绑定贴的运单。"
        "（命令：order resolve --cancel、envelope bind）",
    )


def _still_one(order: MailOrder) -> Refused:
    return Refused(
        "order-still-one",
        what=f"封套 {order.envelope} 还有一单没有了结，没有重新下单。",
        why=f"{order.id} 现在是“{word(order.state)}”；两单同时在，邮件会寄两次。",
        next="请先撤单并等寄递企业确认，或不再下单。（命令：order resolve）",
    )


def _no_order_wanted(work: Work, envelope: str) -> Refused:
    live = work.waybills.where(object=envelope, state="live")
    why = f"它已有运单 {live[0].number}" if live else "本大厅用的寄递企业不在线接单"
    return Refused(
        "order-not-wanted",
        what=f"封套 {envelope} 没有重新下单。",
        why=f"{why}。",
        next="没有运单时请扫贴纸运单绑定；要在线下单，请系统管理员启用寄递企业接口。"
        "（命令：envelope bind、carrier set）",
    )
