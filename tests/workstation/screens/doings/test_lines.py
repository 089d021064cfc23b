"""The parts of a day, each thing in them as a line: what, when, by whom, and where it leads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from workstation.acts import drafts, offices, troubles
from workstation.acts.desk import Desk
from workstation.acts.doings import Done
from workstation.domain.case import CaseState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.people import Waiting
from workstation.screens.doings import lines


def test_every_part_is_there_even_if_nothing_is_in_it(desk: Desk) -> None:
    """The left list is the same every day."""
    day = lines.look(desk)

    assert day.parts.keys() == lines.TITLES.keys()
    assert not day.unread_drafts


def test_what_was_written_with_who_confirmed_it(desk: Desk) -> None:
    """Time, act in words, object, both people."""
    case = builders.a_case(desk, CaseState.REGISTERED)
    builders.identified(builders.with_second(desk), case.number)

    newest = lines.look(desk).parts[lines.WRITTEN][0]

    assert (newest.what, newest.object, newest.note) == ("身份核验", case.number, "1001，复核 2002")
    assert newest.time.startswith("09:00:")


@pytest.mark.parametrize(("flag", "told"), [("clock", "! 时钟曾回拨"), ("clock_accepted", "时钟回拨已确认")])
def test_a_clock_that_had_gone_back_is_told(flag: str, told: str) -> None:
    """By sign and word."""
    done = Done(seq=1, at=0, act="seal", object="x", operator="1001", second=None, flag=flag)

    assert told in lines._written(done).note


def test_an_act_that_waits_does_not_look_done() -> None:
    """Its entry is in the journal, but it only says that it waits."""
    done = Done(seq=1, at=0, act="decline", object="x", operator="1001", second=None, flag=None)

    assert lines._written(done, waits=True).note == "1001　? 待确认"
    assert lines._written(done).note == "1001"


def test_papers_by_state(desk: Desk) -> None:
    """Made, still promised, void: a sign and a word each."""
    builders.a_case(desk, CaseState.REGISTERED)

    found = lines.look(desk).parts[lines.PAPERS]

    assert [(line.what, line.note) for line in found] == [("收件凭证", "✓ 已成文")]
    assert found[0].object == found[0].key


def test_tasks_and_drafts_wait(desk: Desk) -> None:
    """A lost envelope is a task; a draft shows its masked title and can be gone on with."""
    envelope = builders.an_envelope(desk, EnvelopeState.HANDED_OVER)
    troubles.trouble(desk, envelope.number, kind="lost")
    draft = drafts.begin(desk, "intake", {"item": "59"}, title="覃示例")

    parts = lines.look(desk).parts

    assert [line.what for line in parts[lines.TASKS]] == ["丢失"]
    (kept,) = parts[lines.DRAFTS]
    assert kept.draft is not None
    assert kept.draft.id == draft.id
    assert "覃**" in kept.note
    assert "覃示例" not in kept.note


def test_a_desk_without_drafts_has_none(desk: Desk) -> None:
    """Such as that of a command."""
    assert lines.look(replace(desk, drafts=None)).parts[lines.DRAFTS] == []


def test_what_waits_names_who_did_it() -> None:
    """The line keeps the waiting act for the keys."""
    one = Waiting(id="x-w1", act="decline", object="x", by="1001", at=0, window=1, state="waiting")

    line = lines._waiting(one)

    assert (line.what, line.note, line.waiting) == ("不予收件", "? 经办 1001", one)


def test_acts_on_the_hall_lead_to_their_screen(desk: Desk) -> None:
    """An office has no number; its entry knows where it belongs."""
    offices.add(builders.as_role(desk, "supervisor"), builders.an_office())

    newest = lines.look(desk).parts[lines.WRITTEN][0]

    assert (newest.what, newest.place) == ("新增属地部门", "offices")
