"""Stories that an agreement 协议 makes possible: 容缺, 告知承诺, 受理 and 不予受理 at this window."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.acts import acceptance, contacts, home, numbers, papers, pledges, ratings, registration
from workstation.acts.acceptance import Grounds
from workstation.acts.inputs import CreditCheck, PledgedRow, Pledges
from workstation.domain.case import Case
from workstation.domain.envelope import Envelope
from workstation.practice.scene import Scene
from workstation.practice.stories import answers, counter, mail
from workstation.practice.times import Days, Later, Steps, Story

_BASIS = "示例依据（演练，来源：未核对）"


def deferred(scene: Scene) -> Story:
    """容缺: three papers follow, one before 属地签收, one after it and one after 受理."""
    case = yield from _pledged(scene, dict.fromkeys(("statement", "purpose", "supporting"), "deferred"))
    first = yield from mail.packed(scene, case.number)
    yield from mail.gone(scene, first, days=1)
    with_statement = yield from _follows(scene, case.number, "statement")
    yield from mail.acknowledged(scene, with_statement, days=1)
    yield Later(2)
    mail.answered_for(scene, first)
    yield Days(1)
    with_purpose = yield from _follows(scene, case.number, "purpose")
    yield from mail.acknowledged(scene, with_purpose, days=1)
    yield Later(2)
    home.accept(scene.desk, case.number)
    yield Days(1)
    with_the_last = yield from _follows(scene, case.number, "supporting")
    yield from mail.acknowledged(scene, with_the_last, days=1)
    yield Days(1)
    answers.decided(scene, case.number, mode="electronic")
    yield from answers.closed(scene, case.number)


def accepted_here(scene: Scene) -> Story:
    """收件即受理: a pledge stands for a paper, the office has lent its word; a bad rating 差评 follows."""
    case = yield from _pledged(scene, {"statement": "pledged"}, looks=counter.by_e_licence)
    yield Later(3)
    acceptance.accept(scene.desk, case.number, legal_basis=_BASIS, limit="20 个工作日（示例）")
    yield Later(1)
    counter.reprinted(scene, scene.consignment(case.number), "acceptance", "jammed")
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield Days(1)
    home.accept(scene.desk, case.number)
    numbers.add(scene.desk, case.number, system="department", value=f"演练{case.number[-12:]}")
    yield Days(1)
    answers.decided(scene, case.number, mode="electronic")
    yield from answers.closed(scene, case.number, rated="given")
    yield Days(1)
    yield from _badly_rated(scene, case.number)


def not_accepted(scene: Scene) -> Story:
    """不予受理 in the office's name: a colleague confirms, and the right authority is named."""
    case = registration.register(scene.desk, scene.intake())
    yield Later(6)
    grounds = Grounds(
        reason="所申请的证明不属于该部门职权",
        legal_basis=_BASIS,
        remedies="示例救济途径和期限（演练，来源：未核对）",
        authority="演练乙市民政局示例分局",
    )
    acceptance.refuse(scene.window.with_colleague, case.number, grounds=grounds)
    yield Later(2)
    counter.reprinted(scene, scene.consignment(case.number), "non_acceptance", "jammed")


def _pledged(
    scene: Scene, ways: Mapping[str, str], *, looks: counter.Looks = counter.in_person
) -> Steps[Case]:
    """Some papers are not here; 失信 is checked, a pledge printed twice and signed, the rest passes."""
    case = registration.register(scene.desk, scene.intake(missing=list(ways)))
    yield Later(3)
    looks(scene, case.number)
    yield Later(3)
    asked = Pledges(
        rows=tuple(PledgedRow(row=row, kind=kind, due=counter.due(case)) for row, kind in ways.items()),
        credit=CreditCheck(source="演练信用查询平台（示例）", outcome="clear"),
        verification="示例：属地收到材料后核对（来源：未核对）",
        consequence="示例：按属地的规定处理（来源：未核对）",
    )
    printed = pledges.print_pledge(scene.desk, case.number, asked)
    yield Later(2)
    face = scene.live_face(printed[0].sheet, "pledge")
    copy = papers.reprint(scene.desk, face, reason="damaged")
    yield Later(2)
    pledges.sign(scene.desk, copy.number)
    yield Later(4)
    return counter.reviewed(scene, case.number, ways=ways)


def _follows(scene: Scene, number: str, row: str) -> Steps[Envelope]:
    """A deferred paper is brought, passes, and goes in an envelope of its own."""
    counter.brought(scene, number, row)
    yield Later(4)
    counter.reviewed(scene, number)
    return (yield from mail.packed(scene, number))


def _badly_rated(scene: Scene, number: str) -> Steps[None]:
    """The device has told the grade; the supervisor notes it and calls the same day."""
    desk = scene.window.supervising
    ratings.record_grade(desk, number, "dissatisfied", "device-01")
    yield Later(3)
    contacts.add(desk, number, who="applicant", outcome="reached", note="等候时间较长，已致歉并说明")
