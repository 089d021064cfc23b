"""草稿: typed, parked, gone on with by whoever sits at the window, and used up by one act exactly once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NoReturn

import pytest

from tests import builders
from tests.builders import an_intake, as_role, assert_explained, at, head, identified, with_second
from tests.engines import KEYS, Clock, Place
from workstation.acts import drafts, explanations, identification, registration, verification, waiting
from workstation.acts.desk import Desk
from workstation.acts.drafts import Alone
from workstation.domain.case import Case
from workstation.domain.draft import Draft
from workstation.domain.roles import Role
from workstation.errors import Explained, OutsideFailed
from workstation.store.drafts import Drafts, DraftsEngine
from workstation.store.ledger import Store
from workstation.store.protocols import StoreFailed
from workstation.store.sqlite import SqliteEngine

BODY = {"item": "59", "applicant": {"name": "覃示例", "id_number": "4501"}}
NOBODYS = "d01-261120-090000-99"


class Killed(BaseException):
    """Stands for kill -9: nothing of ours catches it."""


def an_engine(path: Path) -> DraftsEngine:
    """The engine of a test's drafts."""
    return SqliteEngine(path, synchronous="OFF", busy_seconds=0.2)


def with_drafts(desk: Desk, folder: Path) -> Desk:
    """The desk of a home that keeps drafts."""
    return replace(desk, drafts=Drafts(folder / "drafts.db", KEYS, Clock(), an_engine))


@pytest.fixture
def desk(desk: Desk, tmp_path: Path) -> Iterator[Desk]:
    """The first clerk at window 1, where drafts are kept."""
    yield from closing(with_drafts(desk, tmp_path))


def closing(desk: Desk) -> Iterator[Desk]:
    """The desk, its drafts closed afterwards."""
    yield desk
    file_of(desk).close()


def file_of(desk: Desk) -> Drafts:
    """The drafts of a desk that has them."""
    assert desk.drafts is not None
    return desk.drafts


def typed(desk: Desk, kind: str = "intake", **more: str) -> Draft:
    """A draft somebody has begun here."""
    return drafts.begin(desk, kind, BODY, **more)


def ids(desk: Desk | Alone, **which: str) -> list[str]:
    """The drafts a person is shown."""
    return [draft.id for draft in drafts.listed(desk, **which).drafts]


def using(desk: Desk, draft: Draft) -> Desk:
    """The desk at which the next act is done out of this draft."""
    return replace(desk, draft=draft.id)


def registers(desk: Desk) -> Case:
    """Register a hand-in."""
    return registration.register(desk, an_intake())


def identifies(desk: Desk, number: str) -> Case:
    """An act that needs a second person."""
    return identification.identify(desk, number, method="manual", outcome="passed", reason="读卡器故障")


def refused(code: str, act: Callable[[], object]) -> Explained:
    """How an act is refused, in words that help; for what is no act of the ledger too."""
    with pytest.raises(Explained) as caught:
        act()
    assert_explained(caught.value, code)
    return caught.value


def cases(desk: Desk) -> list[str]:
    """The numbers of all cases."""
    with desk.reading() as reading:
        return [case.number for case in reading.cases.where()]


@contextmanager
def server_away() -> Iterator[None]:
    """As long as this lasts, the store cannot be reached."""

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "reading", lambda *_, **__: Away())
        patch.setattr(Store, "transaction", lambda *_, **__: Away())
        yield


class Away(AbstractContextManager[None]):
    """A transaction that cannot begin."""

    def __enter__(self) -> NoReturn:
        raise StoreFailed("unreachable", "connection refused")

    def __exit__(self, *_: object) -> None:
        """Never reached."""


# --- kept


def test_a_draft_is_no_act(desk: Desk) -> None:
    """Begun, saved, parked, resumed, discarded: the journal knows nothing of it."""
    before = head(desk)

    draft = typed(desk)
    drafts.save(desk, draft.id, {"item": "60"}, title="覃")
    parked = drafts.park(desk, draft.id)
    resumed = drafts.resume(desk, draft.id)
    drafts.sync(desk)
    drafts.discard(desk, draft.id, confirmed=True)

    assert (parked.state, resumed.state, resumed.body) == ("parked", "open", {"item": "60"})
    assert (resumed.title, resumed.operator, resumed.window, resumed.version) == ("覃", "1001", 1, 4)
    assert head(desk) == before
    assert ids(desk) == []


def test_drafts_are_listed_by_state_oldest_first(desk: Desk) -> None:
    """All of them, the open ones, the parked ones."""
    first, second, third = typed(desk), typed(desk, "review"), typed(desk, "packing")
    drafts.park(desk, second.id)

    assert ids(desk) == [first.id, second.id, third.id]
    assert ids(desk, state="open") == [first.id, third.id]
    assert ids(desk, state="parked") == [second.id]
    assert drafts.listed(desk).checked


def test_a_colleague_at_the_window_goes_on(desk: Desk) -> None:
    """It still says whose it is."""
    draft = drafts.park(desk, typed(desk).id)
    colleague = at(desk, "1002")

    resumed = drafts.resume(colleague, draft.id)

    assert ids(colleague) == [draft.id]
    assert (resumed.body, resumed.operator) == (BODY, "1001")
    assert drafts.whose(resumed) == "1001 于 2026-11-20 09:00 在第 1 号窗口开始的收件登记"


def test_a_draft_follows_its_person_and_nobody_else(desk: Desk) -> None:
    """At another window one finds one's own; a colleague there is told where it is."""
    draft = typed(desk)
    away = replace(desk, window=2)

    assert ids(away) == [draft.id]
    assert ids(at(away, "1002")) == []
    error = refused("draft-of-another-window", lambda: drafts.show(at(away, "1002"), draft.id))
    assert "1001" in error.why
    assert "--window 1" in error.next
    refused("draft-of-another-window", lambda: drafts.save(at(away, "1002"), draft.id, {}))


def test_what_is_in_the_way_of_a_draft_is_said(desk: Desk) -> None:
    """Nobody signed in, another role, no such kind, no number, a draft that is none."""
    draft = typed(desk)
    nobody = replace(desk, operator=None)

    refused("nobody-signed-in", lambda: typed(nobody))
    refused("nobody-signed-in", lambda: drafts.listed(nobody))
    refused("nobody-signed-in", lambda: drafts.show(nobody, draft.id))
    refused("wrong-role", lambda: typed(as_role(desk, Role.ADMINISTRATOR)))
    refused("wrong-role", lambda: drafts.resume(as_role(desk, Role.AUDITOR), draft.id))
    refused("draft-kind", lambda: typed(desk, "poem"))
    refused("draft-object", lambda: typed(desk, "review", object="覃示例"))
    for name in (NOBODYS, "覃示例", "\0", ""):
        refused("draft-not-found", partial(drafts.show, desk, name))
        refused("draft-not-found", partial(drafts.save, desk, name, {}))
    refused("drafts-none", lambda: typed(replace(desk, drafts=None)))


def test_discarding_is_meant(desk: Desk) -> None:
    """Without a confirmation nothing happens but a question that says whose draft it is."""
    draft = typed(desk)

    error = refused("draft-not-confirmed", lambda: drafts.discard(desk, draft.id))

    assert "1001" in error.why
    assert "--yes" in error.next
    assert ids(desk) == [draft.id]
    assert drafts.discard(desk, draft.id, confirmed=True).body == BODY
    refused("draft-not-found", lambda: drafts.show(desk, draft.id))


def test_whoever_was_faster_is_not_overwritten(desk: Desk) -> None:
    """Two at one window may have the same draft open."""
    draft = typed(desk)
    drafts.save(at(desk, "1002"), draft.id, {"faster": True})

    refused("draft-changed-meanwhile", lambda: drafts.save(desk, draft.id, {}, seen=draft.version))
    assert drafts.show(desk, draft.id).body == {"faster": True}


def test_what_was_typed_comes_as_json(desk: Desk) -> None:
    """As the act's input reads it."""
    assert drafts.content(desk, typed(desk).id).startswith(b'{"item": "59"')


# --- used up by an act


def test_an_act_uses_its_draft_up(desk: Desk) -> None:
    """The journal entry is found under the draft's id, the journal is true, the draft is gone."""
    draft, other = typed(desk), typed(desk)

    case = registers(using(desk, draft))

    with desk.reading() as reading:
        (entry,) = reading.journal_of(draft.id)
    assert (entry.act, entry.object) == ("register", case.number)
    assert ids(desk) == [other.id]
    assert verification.verify(desk).verified


def test_a_used_draft_is_refused_and_its_case_named(desk: Desk) -> None:
    """Whatever is tried with it."""
    draft = typed(desk)
    case = registers(using(desk, draft))

    tries: list[Callable[[], object]] = [
        lambda: registers(using(desk, draft)),
        lambda: drafts.show(desk, draft.id),
        lambda: drafts.resume(desk, draft.id),
        lambda: drafts.discard(desk, draft.id, confirmed=True),
    ]
    for attempt in tries:
        error = refused("draft-used", attempt)
        assert case.number in error.why + error.next
    assert cases(desk) == [case.number]


def test_an_act_that_is_refused_leaves_its_draft(desk: Desk) -> None:
    """Before its transaction or in it: nothing is mentioned, and the draft goes on."""
    number, draft = registers(desk).number, typed(desk)

    acting = using(desk, draft)

    refused("item-not-found", lambda: registration.register(acting, an_intake(item="999", materials=())))
    refused("second-needed", lambda: identifies(acting, number))
    refused("wrong-role", lambda: registers(using(as_role(desk, Role.AUDITOR), draft)))

    assert ids(desk) == [draft.id]
    registers(using(desk, draft))


def test_an_act_names_no_draft_that_is_none(desk: Desk) -> None:
    """Least of all something typed by mistake: the journal takes in nothing personal."""
    before = head(desk)

    for name in ("覃示例", NOBODYS, "d01", ""):
        refused("draft-not-found", partial(registers, replace(desk, draft=name)))
    refused("drafts-none", lambda: registers(replace(desk, drafts=None, draft=NOBODYS)))

    assert head(desk) == before


def test_without_a_draft_nothing_is_different(desk: Desk) -> None:
    """An act that names no draft neither asks for the file nor makes one."""
    registers(desk)

    assert not file_of(desk).path.exists()


def test_an_act_that_waits_for_its_second_person_has_used_its_draft(lonely: Desk, tmp_path: Path) -> None:
    """What was typed lies with the waiting act now."""
    desk = with_drafts(lonely, tmp_path)
    number = registers(desk).number
    draft = typed(desk, "review", object=number)

    with pytest.raises(waiting.Waits):
        identifies(using(desk, draft), number)

    error = refused("draft-used", lambda: identified(using(desk, draft), number))
    assert number in error.why
    assert ids(desk) == []
    file_of(desk).close()


def test_with_a_second_person_too(desk: Desk) -> None:
    """The entry of an act of two names the draft like any other."""
    number = registers(desk).number
    draft = typed(desk, "review", object=number)

    identifies(with_second(using(desk, draft)), number)

    assert desk.became([draft.id, NOBODYS]) == {draft.id: number}


# --- killed


@pytest.mark.engine
def test_killed_before_the_commit(place: Place, tmp_path: Path, undrawn: None) -> None:
    """The draft is there, the case is not; it becomes one at the next try."""
    desk = with_drafts(builders.a_desk(place, tmp_path / "tray"), tmp_path)
    draft = typed(desk)

    with pytest.raises(Killed), using(desk, draft).act("register"):
        raise Killed

    assert (ids(desk), cases(desk)) == ([draft.id], [])
    assert registers(using(desk, draft)).number in cases(desk)
    let_go(desk)


@pytest.mark.engine
def test_killed_between_commit_and_removal(
    place: Place, tmp_path: Path, undrawn: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The case is there once; a second try is refused with its number; the draft leaves the list."""
    desk = with_drafts(builders.a_desk(place, tmp_path / "tray"), tmp_path)
    draft, other = typed(desk), typed(desk)
    with monkeypatch.context() as patch, suppress(Killed):
        patch.setattr(Drafts, "discard", _kill)
        registers(using(desk, draft))
    assert [kept.id for kept in file_of(desk).listed()] == [draft.id, other.id]

    (number,) = cases(desk)
    error = refused("draft-used", lambda: registers(using(desk, draft)))

    assert number in error.why
    assert cases(desk) == [number]
    assert ids(desk) == [other.id]
    assert [kept.id for kept in file_of(desk).listed()] == [other.id]
    let_go(desk)


def _kill(*_: object) -> NoReturn:
    raise Killed


def let_go(desk: Desk) -> None:
    """Close what the test has opened."""
    file_of(desk).close()
    desk.store.engine.close()


# --- the store or the file is away


def test_drafts_go_on_while_the_server_is_away(desk: Desk) -> None:
    """Acts are refused in words, the draft stays; when the server is back the act is done."""
    with server_away():
        draft = typed(desk)
        drafts.save(desk, draft.id, BODY)
        drafts.park(desk, draft.id)
        assert drafts.resume(desk, draft.id).body == BODY
        listing = drafts.listed(desk)
        away = refused("store-unreachable", lambda: registers(using(desk, draft)))
        drafts.discard(desk, typed(desk).id, confirmed=True)

    assert ([kept.id for kept in listing.drafts], listing.checked) == ([draft.id], False)
    assert "草稿" in away.next
    registers(using(desk, draft))
    assert ids(desk) == []


def test_a_used_draft_is_shown_until_the_server_is_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody can be asked what it has become."""
    draft = typed(desk)
    with monkeypatch.context() as patch, suppress(Killed):
        patch.setattr(Drafts, "discard", _kill)
        registers(using(desk, draft))

    with server_away():
        assert ids(desk) == [draft.id]
    assert ids(desk) == []


def test_a_window_alone_has_its_drafts(desk: Desk) -> None:
    """Without a store, under the code somebody gives; what is no code is not written down."""
    mine = typed(desk)
    alone = Alone.of(1, file_of(desk), operator="1002")

    begun = drafts.begin(alone, "review", {}, object="13501021032632400019")

    assert ids(alone) == [mine.id, begun.id]
    assert not drafts.listed(alone).checked
    assert begun.operator == "1002"
    refused("user-code-form", lambda: Alone.of(1, file_of(desk), operator="覃示例"))


def test_acts_go_on_without_drafts(desk: Desk) -> None:
    """A damaged file is set aside and said so; the next draft begins another, and the acts never minded."""
    file_of(desk).path.write_bytes(b"Dear diary " * 500)

    registers(desk)
    error = refused("drafts-set-aside", lambda: drafts.listed(desk))

    assert "drafts.db.damaged-261120090000" in error.why
    assert isinstance(error, OutsideFailed)
    assert ids(desk) == []
    assert typed(desk).id in ids(desk)


def test_an_act_whose_draft_cannot_be_removed_is_done(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not read as if it had failed; the draft is dropped at the next look."""
    draft = typed(desk)
    with monkeypatch.context() as patch:
        patch.setattr(Drafts, "discard", _disk_full)
        case = registers(using(desk, draft))

    assert cases(desk) == [case.number]
    assert ids(desk) == []


def _disk_full(*_: object) -> NoReturn:
    raise StoreFailed("disk_full", "no room")


@pytest.mark.parametrize("reason", sorted(drafts.REASONS))
def test_every_failure_of_the_file_has_words(
    desk: Desk, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They speak of drafts, not of the ledger, under a code of their own."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise StoreFailed(reason, "detail")

    monkeypatch.setattr(Drafts, "begin", fail)

    error = refused(f"drafts-{reason.replace('_', '-')}", lambda: typed(desk))

    assert isinstance(error, OutsideFailed)
    assert "草稿" in error.what
    assert "detail" in error.why


def test_the_list_of_failures_is_complete() -> None:
    """It is the store's own."""
    assert drafts.REASONS.keys() == explanations.STORE_REASONS.keys()


def test_a_draft_that_does_not_open_is_named(desk: Desk, tmp_path: Path) -> None:
    """It stands in the list, does not hide the others, and can be discarded."""
    broken, other = typed(desk), typed(desk)
    engine = SqliteEngine(file_of(desk).path)
    with engine.write():
        engine.run("UPDATE drafts SET body = x'00' WHERE id = :id", {"id": broken.id})
    engine.close()

    error: Explained = refused("draft-broken", lambda: drafts.show(desk, broken.id))

    assert broken.id in error.what
    assert ids(desk) == [broken.id, other.id]
    drafts.discard(desk, broken.id, confirmed=True)
    assert ids(desk) == [other.id]
