"""The parcels of the week of the mail: what befalls each, who does what about it, and how it must end."""

from __future__ import annotations

from dataclasses import replace

from integrations.carriers.ems.simulated_parcels import CANCELS, Happening
from tests.stories.mail_people import (
    INSTEAD,
    acknowledged,
    acknowledged_by_hand,
    arrived,
    begun,
    canceled_by_mistake,
    dropped,
    in_trouble,
    packed_again,
    reopened,
    resolved,
    sent_back_with_result,
    settled,
    stuck_on,
    withdrawn,
)
from tests.stories.mail_week import Plan
from workstation.domain.tracking import MailState

_BEGUN: tuple[Happening, ...] = ((2, "203", ""), (6, "305", ""))
#: To the person it is addressed to, within a day.
QUICK: tuple[Happening, ...] = (*_BEGUN, (16, "702", ""), (20, "704", "10"))
#: No more than this within the week.
SLOW: tuple[Happening, ...] = (*_BEGUN, (30, "516", ""))
GONE: tuple[Happening, ...] = (*_BEGUN, (20, "987", ""))
TAKEN_BACK: tuple[Happening, ...] = (*QUICK, (44, "743", ""))


def every_cancellation() -> tuple[Happening, ...]:
    """Each code that can be taken back is told and taken back, one after the other; then it is delivered."""
    pairs = [(target, code) for code, targets in CANCELS.items() for target in targets]
    told: list[Happening] = []
    for place, (target, code) in enumerate(pairs):
        hour = 8 + place / 4
        sub = {"704": "60", "705": "4"}.get(target, "")
        told += [(hour, target, sub), (hour + 0.1, code, "")]
    return (*_BEGUN, *told, (20, "702", ""), (24, "704", "162"))


PLANS = (
    # sealed on Monday, taken on Tuesday: the whole way within the week
    Plan(
        "to the end and back",
        0,
        "plain",
        (acknowledged("phone"), sent_back_with_result, arrived),
        "",
        back=QUICK,
    ),
    Plan(
        "a row missing, one damaged",
        0,
        "person+doubled",
        (acknowledged("photo", rows="1缺 2损"), settled("missing_inside"), settled("damaged_inside")),
        "",
    ),
    Plan("told by hand", 0, "office+reordered", (acknowledged_by_hand,), "", office=3),
    Plan("silent", 0, QUICK, (), "silent", office=5),
    Plan("told late, and silent", 0, "none+late", (), "silent", office=5, window=2),
    Plan("lost, which nobody has told yet", 0, "lost", (), "silent", office=5),
    Plan("in a cupboard", 0, "locker", (settled("signing_alarm"), acknowledged("fax")), "", office=3),
    Plan("at the door handle", 0, "door_handle", (begun("signing_alarm"),), "trouble", office=7),
    Plan(
        "compensated",
        0,
        "compensated",
        (in_trouble("lost", once=MailState.LOST), resolved("claim")),
        "claimed",
        office=7,
    ),
    Plan(
        "sent back, and packed again",
        0,
        "sent_back",
        (
            settled("attempt_refused"),
            in_trouble("sent_back", once=MailState.RETURNED),
            resolved("repack"),
            packed_again,
        ),
        "on_shelf",
        office=8,
    ),
    Plan(
        "intercepted, and withdrawn",
        0,
        "intercepted",
        (in_trouble("intercepted", once=MailState.INTERCEPTED), resolved("withdrawal"), withdrawn),
        "",
        window=2,
    ),
    Plan(
        "to another address",
        0,
        "address_changed",
        (settled("address_changed"), acknowledged("slip")),
        "",
        office=9,
        window=2,
    ),
    Plan("lost", 0, GONE, (in_trouble("lost", once=MailState.LOST), begun("lost")), "trouble", office=9),
    Plan(
        "delivered at the third try",
        0,
        "failed_then_delivered",
        (settled("signing_doubtful"),),
        "delivered",
        office=8,
        window=2,
    ),
    Plan("an unknown code", 0, "unknown:X99", (acknowledged("slip"),), ""),
    Plan(
        "delivered, not delivered, delivered",
        0,
        "cancelled:743+doubled+reordered",
        (acknowledged("phone", is_short=True),),
        "",
        office=3,
        window=2,
    ),
    Plan("its delivery undone at once", 0, "undone:743", (), "silent", office=5, window=2),
    Plan("its delivery undone", 0, TAKEN_BACK, (begun("mail_undone"),), "trouble", office=7, window=2),
    Plan("every cancellation", 0, every_cancellation(), (acknowledged("phone"),), "", office=9, window=2),
    Plan(
        "its result lost",
        0,
        QUICK,
        (acknowledged("phone"), sent_back_with_result, begun("mail_vanished")),
        "trouble",
        back=GONE,
        office=8,
    ),
    Plan(
        "its result on the way",
        0,
        QUICK,
        (acknowledged("phone"), sent_back_with_result),
        "moving",
        back=_BEGUN,
        office=3,
        window=2,
    ),
    # sealed on Tuesday, taken on Wednesday
    Plan("reopened", 1, "person", (reopened,), "delivered", office=2),
    Plan(
        "a sticker at once", 1, "reception", (stuck_on(), settled("signing_doubtful")), "delivered", office=8
    ),
    Plan(INSTEAD, 1, "person+late", (stuck_on(instead=True),), "delivered", office=8, window=2),
    Plan("gone before its label", 1, QUICK, (), "silent", office=5, window=2, hour="14:00", same_day=True),
    Plan("canceled by mistake", 1, "person", (canceled_by_mistake,), "delivered", office=7),
    # still on their way, or here, when the week is over
    Plan("taken on Thursday", 2, "person", (), "delivered", office=2, window=2),
    Plan("slow", 3, SLOW, (), "moving", office=2),
    Plan("never heard of", 3, "none", (), "unheard", office=2, window=2),
    Plan("without an order", 3, "none", (dropped,), "no_waybill", office=2, labelled=False),
    Plan("not picked up", 4, "none", (), "missed_pickup", office=2, window=2, hour="14:00"),
    Plan("on the shelf", 4, "none", (), "on_shelf", office=2, hour="16:30"),
    Plan("being packed", 4, "none", (), "packing", office=2, hour="16:30"),
)


def plans(times: int = 1) -> list[Plan]:
    """Each of them so often."""
    return [
        replace(plan, name=f"{plan.name} {number}" if number > 1 else plan.name)
        for number in range(1, times + 1)
        for plan in PLANS
    ]
