"""The way out: 装袋, 封装, waiting for the courier, 属地签收, as parts of longer stories."""

from __future__ import annotations

from workstation.acts import dunning, offices, packing, papers, receipts, sealing, steps
from workstation.domain.codes import short_form
from workstation.domain.envelope import Envelope, EnvelopeState
from workstation.errors import Refused
from workstation.practice.scene import Scene
from workstation.practice.times import Days, Later, Steps


def packed(scene: Scene, *names: str) -> Steps[Envelope]:
    """Into an envelope and sealed; names are cases or consignments to one office."""
    yield Later(3)
    asked_anew(scene, names[0])
    envelope = packing.pack(scene.desk, names)
    yield Later(4)
    return sealed(scene, envelope.number)


def asked_anew(scene: Scene, name: str) -> None:
    """Nothing goes to an office from which an envelope came back before somebody has called there."""
    with scene.desk.reading() as reading:
        found = reading.envelopes.get(name) or steps.find_consignment(reading, name)
        try:
            offices.trusted(reading, found.office_code)
        except Refused:
            is_locked = True
        else:
            is_locked = False
    if is_locked:
        offices.verify(scene.desk, found.office_code)


def sealed(scene: Scene, envelope: str) -> Envelope:
    """Face and list scanned, somebody has looked inside, laid on the shelf."""
    asked_anew(scene, envelope)
    inspector = scene.rng.choice([scene.desk.signed_in(), scene.window.colleague])
    return sealing.seal(
        scene.desk,
        scene.live_face(envelope, "envelope"),
        scene.live_face(envelope, "packing_list"),
        place=f"{'ABCDEFGHI'[(scene.window.number - 1) % 9]}-{scene.rng.randint(1, 24):02d}",
        inspected_by=inspector.code,
        no_secret=True,
    )


def gone(scene: Scene, envelope: Envelope, days: int) -> Steps[None]:
    """So many days later, and not before the courier has taken it."""
    yield Days(days)
    while scene.envelope(envelope.number).state == EnvelopeState.SEALED:
        yield Days(1)


def dunned(scene: Scene, envelope: Envelope, number: str) -> Steps[None]:
    """Nothing is heard of the envelope: a 催办函 goes out, and comes out of the printer twice."""
    yield from gone(scene, envelope, 1)
    consignment = scene.consignment(number)
    dunning.dun(scene.desk, consignment)
    yield Later(2)
    papers.reprint(scene.desk, scene.live_face(consignment, "dunning_letter"), reason="jammed")


def acknowledged(scene: Scene, envelope: Envelope, days: int = 2) -> Steps[None]:
    """The home office says the code of the reply slip, once the courier has taken the envelope."""
    yield from gone(scene, envelope, days)
    answered_for(scene, envelope)


def told_by_hand(scene: Scene, envelope: Envelope, days: int = 2) -> Steps[None]:
    """The home office has it and cannot find the slip any more: who says so is noted."""
    yield from gone(scene, envelope, days)
    receipts.acknowledge_by_hand(scene.desk, envelope.number, person="示例科员", channel="phone")


def answered_for(scene: Scene, envelope: Envelope) -> None:
    """The home office has the envelope, and says so by telephone, fax, photograph or post."""
    slip = scene.live_face(envelope.number, "reply_slip")
    channel = scene.rng.choice(receipts.CHANNELS)
    if channel == "phone" and _by_short_code(scene, slip, envelope.office_code):
        return
    receipts.acknowledge(scene.desk, slip, channel=channel)


def _by_short_code(scene: Scene, slip: str, office: str) -> bool:
    """Five digits on the telephone, unless another envelope to the same office ends alike."""
    try:
        receipts.acknowledge(scene.desk, short_form(slip), channel="phone", office=office)
    except Refused as refusal:
        if refusal.code != "reply-code-unknown":
            raise
        return False
    return True
