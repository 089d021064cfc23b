"""免提交: what the home office looks up itself is asked for only if the licence library does not have it."""

from __future__ import annotations

from workstation.acts import formal_review, licences, notices, registration
from workstation.acts.inputs import Finding, LicenceFault
from workstation.practice import hall
from workstation.practice.scene import Scene
from workstation.practice.stories import answers, counter, mail
from workstation.practice.times import Days, Later, Story

_ABSENT = hall.EXEMPT[-1]


def licence_absent(scene: Scene) -> Story:
    """缺证: one licence is found, the other is not; its paper is told, brought, and the register closed."""
    case = registration.register(scene.desk, scene.intake())
    yield Later(3)
    counter.in_person(scene, case.number)
    yield Later(3)
    fault = LicenceFault(kind="absent", what="证照库没有这份户口簿", sent_to=scene.offices[0].name)
    formal_review.review(scene.desk, case.number, [Finding(row=_ABSENT, licence_fault=fault)])
    yield Later(3)
    counter.reviewed(scene, case.number)
    yield Later(2)
    notices.notice(scene.desk, case.number, due=counter.due(case))
    yield Days(1)
    counter.resubmitted(scene, case.number)
    yield Later(4)
    counter.reviewed(scene, case.number)
    envelope = yield from mail.packed(scene, case.number)
    yield from mail.acknowledged(scene, envelope)
    yield Later(2)
    licences.close(scene.desk, f"{case.number}-d1", outcome="mended", note="属地来电：证照已补录")
    yield from answers.on_paper(scene, case.number)
    yield from answers.closed(scene, case.number)
