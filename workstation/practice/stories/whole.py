"""Stories in which all goes well: one case, one to two offices, two in one envelope, by an agent."""

from __future__ import annotations

from workstation.acts import home, registration
from workstation.practice.scene import Scene
from workstation.practice.stories import answers, counter, mail
from workstation.practice.times import Days, Later, Story


def ordinary(scene: Scene) -> Story:
    """Passed at once, granted, and back on paper; how long the post and the home office take is chance."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope, days=scene.rng.randint(2, 4))
    yield from answers.on_paper(scene, case.number)
    yield from answers.closed(scene, case.number, days=scene.rng.randint(1, 2))


def after_a_notice(scene: Scene) -> Story:
    """A paper was missing; the next day all is there. The home office is dunned (催办) before it answers."""
    case = yield from counter.corrected(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield Later(3)
    counter.reprinted(scene, envelope.number, "envelope", "damaged")
    yield from mail.dunned(scene, envelope, case.number)
    yield from mail.told_by_hand(scene, envelope, days=1)
    yield from answers.on_paper(scene, case.number)
    yield from answers.closed(scene, case.number)


def by_an_agent(scene: Scene) -> Story:
    """Somebody else hands in and collects; the home office refuses, and that too is a result.

    When it comes, another clerk sits at the window: who was asked first stays named (首问负责).
    """
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield from answers.on_paper(scene.relieved, case.number, outcome="refused", typed=True)
    yield from answers.closed(scene.relieved, case.number)


def served_not_closed(scene: Scene) -> Story:
    """The identity check fails at first; in the end the result is handed over, and the close still to do."""
    case = registration.register(scene.desk, scene.intake())
    yield Later(3)
    case = yield from counter.doubtful_identity(scene, case.number)
    yield Later(2)
    counter.in_person(scene, case.number)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield from answers.on_paper(scene, case.number)
    yield from answers.served(scene, case.number)
    yield Later(2)
    counter.reprinted(scene, case.number, "proof_of_service", "jammed")


def electronic(scene: Scene) -> Story:
    """The result comes as a file: nothing is mailed back."""
    case = yield from counter.visit(scene)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield Days(1)
    home.accept(scene.desk, case.number, document_number=f"演练收〔{scene.year}〕1号")
    yield Days(2)
    answers.decided(scene, case.number, mode="electronic")
    yield from answers.closed(scene, case.number)


def direct_post(scene: Scene) -> Story:
    """From afar: seen on the screen, decided with no word of acceptance, mailed straight to the applicant."""
    case = yield from counter.visit(scene, looks=counter.by_video)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield Days(3)
    answers.decided(scene, case.number, mode="direct_post")
    yield from answers.closed(scene, case.number, days=2, rated="refused")


def two_offices(scene: Scene) -> Story:
    """多地联办: two envelopes; one office answers at once, the other has only accepted."""
    case = yield from counter.visit(scene)
    first, second = scene.consignments(case.number)
    to_first = yield from mail.packed(scene, first.id)
    to_second = yield from mail.packed(scene, second.id)
    yield from mail.acknowledged(scene, to_first)
    yield from mail.acknowledged(scene, to_second, days=1)
    yield Later(2)
    answers.decided(scene, first.id)
    yield Days(1)
    home.accept(scene.desk, second.id)
    waybill = answers.returned(scene, first.id)
    yield Days(2)
    yield from answers.arrived(scene, first.id, waybill=waybill)
    yield from answers.served(scene, case.number)


def together(scene: Scene) -> Story:
    """Two applicants, one office, one envelope; the first result comes back with a paper less than told."""
    one = yield from counter.visit(scene, 0)
    yield Later(2)
    other = yield from counter.visit(scene, 1)
    envelope = yield from mail.packed(scene, one.number, other.number)
    yield from mail.acknowledged(scene, envelope)
    yield Days(1)
    home.accept(scene.desk, one.number)
    yield Later(1)
    home.accept(scene.desk, other.number)
    yield Days(2)
    answers.decided(scene, one.number, more=["材料退回清单"])
    yield Days(1)
    waybill = answers.returned(scene, one.number)
    yield Later(1)
    answers.decided(scene, other.number)
    yield Days(2)
    yield from answers.arrived(scene, scene.consignment(one.number), waybill=waybill, lacking=1)
