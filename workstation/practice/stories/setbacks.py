"""Stories with an envelope in trouble: opened again, void, sent back, lost; and supplements."""

from __future__ import annotations

from workstation.acts import departures, home, packing, troubles
from workstation.acts.inputs import Wanted
from workstation.domain.case import RowState
from workstation.domain.envelope import Envelope
from workstation.practice.scene import Scene
from workstation.practice.stories import answers, counter, mail, telephone
from workstation.practice.times import Days, Later, Steps, Story


def reopened(scene: Scene) -> Story:
    """A paper was left out: the seal is opened before two pairs of eyes, then all is packed anew."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield Later(4)
    packing.reopen(scene.window.with_colleague, envelope.number, reason="paper_missing")
    yield from mail.packed(scene, case.number)


def voided(scene: Scene) -> Story:
    """Wrong address on a sealed envelope, then a torn one: both void, the third lies open."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield Later(3)
    packing.void(scene.window.with_colleague, envelope.number, reason="wrong_address")
    yield Later(3)
    mail.asked_anew(scene, case.number)
    torn = packing.pack(scene.desk, [case.number])
    yield Later(2)
    counter.reprinted(scene, torn.number, "packing_list", "jammed")
    yield Later(2)
    packing.void(scene.desk, torn.number, reason="damaged")
    yield Later(3)
    mail.asked_anew(scene, case.number)
    packing.pack(scene.desk, [case.number])


def sent_back(scene: Scene) -> Story:
    """The carrier brings it back; nobody has dealt with it yet."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from _back(scene, envelope, days=4)


def sent_back_and_packed_again(scene: Scene) -> Story:
    """It came back, was packed anew, and this time it got there."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from _back(scene, envelope, days=4)
    yield Later(5)
    troubles.resolve(scene.window.supervising, envelope.number, outcome="repack")
    again = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, again, days=3)


def sent_back_and_withdrawn(scene: Scene) -> Story:
    """It came back, and the applicant has had enough."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from _back(scene, envelope, days=4)
    yield Later(5)
    troubles.resolve(scene.window.supervising, envelope.number, outcome="withdrawal")
    yield Days(1)
    departures.withdraw(scene.desk, case.number)


def _back(scene: Scene, envelope: Envelope, *, days: int) -> Steps[None]:
    yield from mail.gone(scene, envelope, days)
    troubles.trouble(scene.desk, envelope.number, kind="sent_back", text="收件单位搬迁，无人签收")


def lost(scene: Scene) -> Story:
    """The carrier cannot find it; a claim is filed the next day."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.gone(scene, envelope, days=6)
    troubles.trouble(scene.desk, envelope.number, kind="lost", text="运单停滞，寄递企业查无下落")
    yield Days(1)
    troubles.resolve(scene.window.supervising, envelope.number, outcome="claim")


def no_word_yet(scene: Scene) -> Story:
    """A second notice, then mailed: handed over, and nobody has said the code of the reply slip."""
    case = yield from counter.told_twice(scene)
    yield Days(1)
    counter.resubmitted(scene, case.number)
    yield Later(4)
    counter.reviewed(scene, case.number)
    yield from mail.packed(scene, case.number)


def wanted(scene: Scene, number: str) -> None:
    """The home office asks for a paper more."""
    paper = Wanted(name="亲属关系补充材料", standard="写明双方姓名和关系；由出具单位盖章。", form="copy")
    home.correct(scene.desk, number, [paper])


def waits_for_a_supplement(scene: Scene) -> Story:
    """The home office has asked for a paper more, and nobody answers the telephone yet."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield Days(2)
    wanted(scene, case.number)
    yield Later(2)
    telephone.not_reached(scene, case.number, "通知补交材料")


def supplemented(scene: Scene) -> Story:
    """A paper more was wanted and went in an envelope of its own, then another; the rest goes quickly."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield Days(1)
    wanted(scene, case.number)
    yield Later(2)
    telephone.not_reached(scene, case.number, "通知补交材料")
    yield Days(1)
    telephone.reached(scene, case.number, "通知补交材料")
    yield Days(0)
    counter.resubmitted(scene, case.number)
    yield Later(4)
    counter.reviewed(scene, case.number)
    supplement = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, supplement)
    yield Later(2)
    wanted(scene, case.number)
    yield Later(6)
    counter.resubmitted(scene, case.number)
    yield Later(4)
    counter.reviewed(scene, case.number)
    another = yield from mail.packed(scene, case.number)
    yield from mail.told_by_hand(scene, another)
    yield Days(1)
    home.accept(scene.desk, case.number)
    yield Days(1)
    answers.decided(scene, case.number, mode="electronic")
    yield from answers.closed(scene, case.number)


def unlucky_supplement(scene: Scene) -> Story:
    """A supplement with which everything goes wrong that can."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield Later(5)
    wanted(scene, case.number)
    yield Days(1)
    yield from _brought_twice(scene, case.number)
    yield Later(3)
    mail.asked_anew(scene, case.number)
    torn = packing.pack(scene.desk, [case.number])
    yield Later(2)
    packing.void(scene.desk, torn.number, reason="damaged")
    first = yield from mail.packed(scene, case.number)
    yield Later(3)
    packing.reopen(scene.window.with_colleague, first.number, reason="wrong_paper")
    second = yield from mail.packed(scene, case.number)
    yield from _back(scene, second, days=3)
    yield Later(5)
    troubles.resolve(scene.window.supervising, second.number, outcome="repack")
    yield from mail.packed(scene, case.number)


def _brought_twice(scene: Scene, number: str) -> Steps[None]:
    """The first copy is illegible; the second will do."""
    counter.resubmitted(scene, number)
    yield Later(4)
    counter.reviewed(scene, number, faulty=[row.row_id for row in scene.rows(number, RowState.PENDING)])
    yield Later(10)
    counter.resubmitted(scene, number)
    yield Later(4)
    counter.reviewed(scene, number)
