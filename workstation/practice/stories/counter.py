"""At the counter: 收件, 身份核验, 形式审查, 一次性告知, 补正, as parts of longer stories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from workstation.acts import formal_review, identification, notices, papers, registration
from workstation.domain.case import Case, CaseState, RowState
from workstation.domain.times import local
from workstation.practice import camera
from workstation.practice.scene import Scene
from workstation.practice.times import Days, Later, Steps

Looks = Callable[[Scene, str], Case]
"""One way of looking at whoever hands in."""


def in_person(scene: Scene, number: str) -> Case:
    """Whoever stands at the counter was looked at."""
    return identification.identify(
        scene.desk, number, method="in_person", outcome="passed", subject=scene.bearer
    )


def by_e_licence(scene: Scene, number: str) -> Case:
    """An electronic licence was shown on the telephone."""
    return identification.identify(
        scene.desk, number, method="e_licence", outcome="passed", licence="演练电子身份证（示例）"
    )


def by_video(scene: Scene, number: str) -> Case:
    """The applicant is far away and was seen on the screen; the picture is kept."""
    with scene.desk.reading() as reading:
        _, _, at = reading.chain()
    return identification.identify(
        scene.desk,
        number,
        method="video",
        outcome="passed",
        participants="演练窗口人员和申请人",
        held_at=at,
        picture=camera.picture(scene.rng),
    )


def visit(scene: Scene, applicant: int = 0, *, looks: Looks = in_person) -> Steps[Case]:
    """Everything is in order: registered, identified and passed in one visit."""
    case = registration.register(scene.desk, scene.intake(applicant))
    yield Later(3)
    looks(scene, case.number)
    yield Later(6)
    return reviewed(scene, case.number)


def doubtful_identity(scene: Scene, number: str) -> Steps[Case]:
    """The face is not that of the card; then typed by hand, a colleague confirming."""
    identification.identify(
        scene.desk, number, method="in_person", outcome="failed", reason="照片与本人差别较大"
    )
    yield Later(4)
    identification.identify(
        scene.window.with_colleague, number, method="manual", outcome="passed", reason="芯片读不出，两人核对"
    )
    yield Later(5)
    return reviewed(scene, number)


def reviewed(
    scene: Scene,
    number: str,
    *,
    faulty: Sequence[str] = (),
    only: Sequence[str] = (),
    ways: Mapping[str, str] | None = None,
) -> Case:
    """The papers were looked at, row by row."""
    found = scene.findings(number, faulty=faulty, only=only, ways=ways)
    return formal_review.review(scene.desk, number, found)


def told(scene: Scene) -> Steps[Case]:
    """One paper is missing and another has a defect: both are told at once."""
    missing, faulty = scene.rng.sample(scene.required(), 2)
    case = registration.register(scene.desk, scene.intake(missing=[missing]))
    yield Later(3)
    in_person(scene, case.number)
    yield Later(6)
    reviewed(scene, case.number, faulty=[faulty])
    yield Later(2)
    return notices.notice(scene.desk, case.number, due=due(case))


def due(case: Case) -> str:
    """A fortnight to bring what is missing."""
    return (local(case.registered_at) + timedelta(days=14)).date().isoformat()


def resubmitted(scene: Scene, number: str) -> Case:
    """The applicant brings every paper that was told or asked for."""
    wanted = [row for state in (RowState.FAILING, RowState.PENDING) for row in scene.rows(number, state)]
    return formal_review.resubmit(scene.desk, number, [m for row in wanted for m in scene.papers_for(row)])


def brought(scene: Scene, number: str, row_id: str) -> Case:
    """The applicant brings the one paper of this row, which was deferred."""
    (row,) = [row for row in scene.rows(number, RowState.DEFERRED) if row.row_id == row_id]
    return formal_review.resubmit(scene.desk, number, scene.papers_for(row))


def corrected(scene: Scene) -> Steps[Case]:
    """Told once, come back the next day with everything."""
    case = yield from told(scene)
    yield Days(1)
    in_person(scene, case.number)
    yield Later(2)
    resubmitted(scene, case.number)
    yield Later(4)
    return reviewed(scene, case.number)


def told_twice(scene: Scene) -> Steps[Case]:
    """What was brought has a defect of its own: a second notice, which the supervisor answers for."""
    case = yield from told(scene)
    yield Days(2)
    rows = [row.row_id for row in scene.rows(case.number, RowState.FAILING)]
    resubmitted(scene, case.number)
    yield Later(4)
    reviewed(scene, case.number, faulty=rows[:1])
    yield Later(3)
    return notices.notice(
        scene.window.with_supervisor, case.number, due=due(case), reason="补交的材料有新的形式缺陷"
    )


def reprinted(scene: Scene, object_: str, kind: str, reason: str) -> None:
    """A paper went wrong and is printed once more."""
    papers.reprint(scene.desk, scene.live_face(object_, kind), reason=reason)


# --- stories that stay at the counter


def only_registered(scene: Scene) -> Steps[None]:
    """Registered, and the queue goes on: nothing else yet."""
    registration.register(scene.desk, scene.intake())
    yield Later(2)


def half_reviewed(scene: Scene) -> Steps[None]:
    """Some rows have been looked at, the rest waits."""
    case = registration.register(scene.desk, scene.intake())
    yield Later(3)
    in_person(scene, case.number)
    yield Later(3)
    reviewed(scene, case.number, only=scene.required())


def ready_to_pack(scene: Scene) -> Steps[None]:
    """Passed, and not packed yet."""
    yield from visit(scene)


def waits_for_papers(scene: Scene) -> Steps[None]:
    """Told what is missing; the applicant has lost the slip and gets another."""
    case = yield from told(scene)
    assert case.state == CaseState.TO_CORRECT
    yield Later(3)
    reprinted(scene, case.number, "intake_slip", "lost")
    yield Days(1)
    reprinted(scene, case.number, "notice", "lost")
