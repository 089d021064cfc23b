"""Stories that end early or backwards: 不予收件, 指引, 逾期, 撤回 before and after mailing, 属地退件."""

from __future__ import annotations

from workstation.acts import departures, home, registration
from workstation.domain.case import Case
from workstation.practice.scene import Scene
from workstation.practice.stories import answers, counter, mail
from workstation.practice.times import Days, Later, Steps, Story


def declined(scene: Scene) -> Story:
    """Not this item: the colleague confirms, the papers go back at once."""
    case = registration.register(scene.desk, scene.intake())
    yield Later(6)
    departures.decline(
        scene.window.with_colleague, case.number, reason="not_this_item", text="所需证明不属于户籍类证明"
    )


def guided(scene: Scene) -> Story:
    """It is done online: the clerk helps at the counter (帮办), and the platform gives its number."""
    case = registration.register(scene.desk, scene.intake())
    yield Later(6)
    departures.guide(
        scene.desk,
        case.number,
        text="可以网上申请，不必到现场",
        entry="演练政务服务网（示例）",
        assisted=("provincial", f"演练{case.number[-12:]}"),
    )
    yield Later(2)
    counter.reprinted(scene, case.number, "guidance", "jammed")


def guided_by_the_clerk(scene: Scene) -> Story:
    """The list names no way yet: the clerk says where to go."""
    case = registration.register(scene.desk, scene.intake())
    yield Later(4)
    departures.guide(
        scene.desk,
        case.number,
        channel="other_authority",
        text="办理方式尚待统一部署",
        entry="演练市示例主管部门",
    )


def lapsed(scene: Scene) -> Story:
    """Nobody came back; later the papers that stayed here are handed back."""
    case = yield from counter.told(scene)
    yield Days(7)
    departures.lapse(scene.window.supervising, case.number)
    yield Days(1)
    departures.hand_back(scene.desk, case.number)


def changed_mind(scene: Scene) -> Story:
    """Withdrawn in the same visit."""
    case = registration.register(scene.desk, scene.intake())
    yield Later(5)
    departures.withdraw(scene.desk, case.number)


def gave_up(scene: Scene) -> Story:
    """Withdrawn instead of bringing what is missing."""
    case = yield from counter.told(scene)
    yield Days(1)
    departures.withdraw(scene.desk, case.number)


def asks_everything_back(scene: Scene) -> Story:
    """A withdrawal after mailing is a request; the home office has put the papers into the post."""
    yield from _asked_back(scene)


def gets_everything_back(scene: Scene) -> Story:
    """The same, up to the end: all papers are here again, and the withdrawal is done."""
    case = yield from _asked_back(scene)
    yield Days(3)
    yield from answers.arrived(scene, scene.consignment(case.number))
    yield Later(8)
    departures.withdraw(scene.desk, case.number)


def _asked_back(scene: Scene) -> Steps[Case]:
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.gone(scene, envelope, days=1)
    departures.withdraw(scene.desk, case.number)
    yield from mail.acknowledged(scene, envelope, days=1)
    yield Days(1)
    home.refuse(scene.desk, case.number, reason="withdrawn")
    return case


def refused_at_once(scene: Scene) -> Story:
    """Not its business, says the home office; the papers come back and the applicant gets them."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield Days(1)
    typing = scene.window.with_colleague
    home.refuse(typing, case.number, reason="not_ours", waybill=scene.waybill(), how="typed")
    yield Days(3)
    yield from answers.arrived(scene, scene.consignment(case.number))
    yield from answers.closed(scene, case.number)


def refused_after_acceptance(scene: Scene) -> Story:
    """Accepted, and found incomplete all the same: on its way back."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield Days(1)
    home.accept(scene.desk, case.number)
    yield Days(2)
    home.refuse(scene.desk, case.number, reason="not_complete", waybill=scene.waybill())
