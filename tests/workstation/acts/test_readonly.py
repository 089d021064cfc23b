"""只读: a desk for inspectors sees everything and writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.builders import a_case, assert_explained, refused
from tests.engines import KEYS, Clock
from tests.workstation.acts.scenes import ATTEMPTS, BEGINNINGS, Scene
from workstation.acts import clock, drafts, making, papers, searching, verification, viewing, waiting
from workstation.acts.desk import Desk
from workstation.acts.drafts import Alone
from workstation.domain.case import CaseState
from workstation.domain.people import User
from workstation.errors import Explained, Refused
from workstation.store.drafts import Drafts
from workstation.store.sqlite import SqliteEngine

BODY = {"item": "59"}


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """A desk that keeps drafts, and may write."""
    file = Drafts(
        tmp_path / "drafts.db",
        KEYS,
        Clock(),
        lambda path: SqliteEngine(path, synchronous="OFF", busy_seconds=0.2),
    )
    yield replace(desk, drafts=file)
    file.close()


def looking(desk: Desk) -> Desk:
    """The same desk, which only looks."""
    return replace(desk, readonly=True)


def code_of(act: Callable[[], object]) -> str:
    """Under which code this is refused."""
    with pytest.raises(Explained) as caught:
        act()
    return caught.value.code


def test_every_act_is_refused(desk: Desk) -> None:
    """Whatever the tables allow in this state, and whatever begins something."""
    case = a_case(desk).number
    scene = Scene(case, f"{case}-1")
    inspector = looking(builders.with_second(desk))

    for begin in BEGINNINGS.values():
        with refused(inspector, "read-only"):
            begin(inspector, scene)
    codes = {code_of(lambda do=attempt.do: do(inspector, scene)) for attempt in ATTEMPTS.values()}  # type: ignore[misc]

    # Some look for the face that was scanned before they come to the desk.
    assert "read-only" in codes
    assert codes <= {"read-only", "paper-not-found"}
    with refused(looking(builders.at(desk, "2001")), "read-only"):
        clock.accept(looking(builders.at(desk, "2001")))


def test_the_refusal_says_how_to_go_on(desk: Desk) -> None:
    """It names the way the program was opened."""
    with pytest.raises(Refused) as caught, looking(desk).act("register"):
        pass

    assert_explained(caught.value, "read-only")
    assert "--readonly" in caught.value.next
    assert caught.value.exit_code == 3


def test_everything_is_seen(desk: Desk) -> None:
    """Cases, the journal, its verification, what waits and what was searched."""
    case = a_case(desk).number
    auditor = looking(builders.at(desk, "4001"))

    assert viewing.case_file(auditor, case).case.number == case
    assert searching.search(auditor, case)
    assert verification.verify(auditor).verified
    assert verification.listed(auditor, after=0, count=5, of=None)
    assert waiting.listed(auditor) == []


def test_a_promised_paper_stays_promised(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """To make it would be written down; one that is made can be taken out."""
    with monkeypatch.context() as patch:
        patch.setattr(making, "make", lambda *_: None)
        patch.setattr(making, "make_left", lambda *_: None)
        case = a_case(desk, CaseState.REGISTERED).number
    slip = builders.paper_of(desk, case, "intake_slip").number

    with refused(desk, "read-only"):
        papers.pdf_of(looking(desk), slip)
    _, made = papers.pdf_of(desk, slip)

    assert papers.pdf_of(looking(desk), slip)[1] == made


def test_a_waiting_act_is_not_confirmed(lonely: Desk) -> None:
    """Nor is one put among those that wait."""
    case = a_case(lonely, CaseState.REGISTERED).number
    with pytest.raises(waiting.Waits) as waits:
        ATTEMPTS["decline"].do(lonely, Scene(case, f"{case}-1"))
    supervisor = looking(builders.at(lonely, "2001"))

    with refused(lonely, "read-only"):
        waiting.confirm(supervisor, waits.value.waiting.id)
    with refused(lonely, "read-only"):
        ATTEMPTS["decline"].do(looking(lonely), Scene(case, f"{case}-1"))


def test_drafts_are_read_and_not_written(kept: Desk) -> None:
    """Begun, saved, parked, gone on with, discarded: none of it."""
    draft = drafts.begin(kept, "intake", BODY).id
    inspector = looking(kept)
    writing: list[Callable[[], object]] = [
        lambda: drafts.begin(inspector, "intake", BODY),
        lambda: drafts.save(inspector, draft, {"item": "63"}),
        lambda: drafts.park(inspector, draft),
        lambda: drafts.resume(inspector, draft),
        lambda: drafts.discard(inspector, draft, confirmed=True),
    ]

    assert {code_of(act) for act in writing} == {"read-only"}
    (shown,) = drafts.listed(inspector).drafts
    assert (shown.id, shown.state, shown.version) == (draft, "open", 1)
    assert drafts.show(inspector, draft).body == BODY


def test_a_used_draft_is_not_swept_by_who_only_looks(kept: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It leaves the list unasked, and stays in the file for the next one who may write."""
    draft = drafts.begin(kept, "intake", BODY).id
    with monkeypatch.context() as patch:
        patch.setattr(drafts.NamedDraft, "drop", lambda _: None)
        a_case(replace(kept, draft=draft), CaseState.REGISTERED)
    file = kept.drafts
    assert file is not None

    assert drafts.listed(looking(kept)).drafts == ()
    assert code_of(lambda: drafts.show(looking(kept), draft)) == "draft-used"
    assert [one.id for one in file.listed()] == [draft]
    assert drafts.listed(kept).drafts == ()
    assert file.listed() == []


def test_a_window_without_its_server_only_looks_too(kept: Desk) -> None:
    """The drafts go on while the server is away, but not for inspectors."""
    file = kept.drafts
    assert file is not None
    draft = drafts.begin(kept, "intake", BODY).id
    alone = Alone(1, file, User(code="1001"), readonly=True)

    assert code_of(lambda: drafts.save(alone, draft, {})) == "read-only"
    assert [one.id for one in drafts.listed(alone).drafts] == [draft]
