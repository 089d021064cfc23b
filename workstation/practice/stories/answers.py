"""What comes back: 受理, 决定, 回寄, 到窗, 送达, 办结, as parts of longer stories."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.acts import home, ratings, results, service
from workstation.acts.inputs import Found, Result
from workstation.domain.case import Case
from workstation.practice.scene import Scene
from workstation.practice.stories import telephone
from workstation.practice.times import Days, Later, Steps

#: What the home office sends, by item.
_DOCUMENTS = {"58": "无犯罪记录证明", "59": "户籍证明", "63": "准予迁入证明", "64": "准予迁入证明"}


def decided(
    scene: Scene, consignment: str, *, mode: str = "paper", outcome: str = "granted", more: Sequence[str] = ()
) -> None:
    """The home office has decided, and says in which form the result will come."""
    document = _DOCUMENTS.get(scene.item.code, "办理结果") if outcome == "granted" else "不予办理决定书"
    names = (document, *more) if mode == "paper" else ()
    home.decide(
        scene.desk,
        consignment,
        outcome=outcome,
        result_mode=mode,
        results=[Result(name=name) for name in names],
        document_number=f"演练〔{scene.year}〕{scene.rng.randint(1, 9999)}号",
    )


def returned(scene: Scene, consignment: str, *, typed: bool = False) -> str:
    """The result is in the post; its waybill was scanned from a photograph, or typed before a colleague."""
    waybill = scene.waybill()
    desk = scene.window.with_colleague if typed else scene.desk
    results.result_return(desk, consignment, waybill=waybill, how="typed" if typed else "scanned")
    return waybill


def arrived(scene: Scene, consignment: str, *, waybill: str | None = None, lacking: int = 0) -> Steps[None]:
    """The return envelope is opened and counted; the last `lacking` pieces are not in it."""
    expected = scene.expected(consignment)
    found = [Found(piece=p.id, copies=p.copies) for p in expected[: len(expected) - lacking]]
    place = f"R-{scene.rng.randint(1, 12):02d}"
    results.arrive(scene.desk, waybill or consignment, found, place=place)
    yield Later(2)
    telephone.reached(scene, expected[0].case_number, "通知领取结果")


def on_paper(scene: Scene, number: str, *, outcome: str = "granted", typed: bool = False) -> Steps[None]:
    """Accepted, decided, mailed back and arrived: six days after the acknowledgement."""
    consignment = scene.consignment(number)
    yield Days(1)
    home.accept(scene.desk, consignment)
    yield Days(2)
    decided(scene, consignment, outcome=outcome)
    yield Days(1)
    waybill = returned(scene, consignment, typed=typed)
    yield Days(2)
    yield from arrived(scene, consignment, waybill=waybill)


def served(scene: Scene, number: str, *, days: int = 1) -> Steps[Case]:
    """The result is handed over, or known to have gone straight to the applicant."""
    yield Days(days)
    return service.serve(scene.desk, number, recipient=scene.bearer, identity_checked=True)


def closed(scene: Scene, number: str, *, days: int = 1, rated: str = "") -> Steps[None]:
    """Served, and the rating invited or refused; `rated`: what came of it before the close."""
    yield from served(scene, number, days=days)
    yield Later(2)
    if rated:
        ratings.invite(scene.desk, number)
        yield Later(1)
        ratings.record(scene.desk, number, rated)
        service.close(scene.desk, number)
        return
    service.close(scene.desk, number, rating="refused" if scene.rng.random() < 0.3 else "invited")
