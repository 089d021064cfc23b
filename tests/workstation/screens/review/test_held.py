"""What was found is a draft from the first key on, and taken up again by whoever goes on."""

from __future__ import annotations

import dataclasses

import msgspec
import pytest

from tests.builders import at
from tests.workstation.screens.review.playing import drafts_of, is_here, review, rows_of
from tests.workstation.screens.stage import Clerk
from workstation.acts import drafts, formal_review
from workstation.acts.desk import Desk
from workstation.acts.inputs import Findings
from workstation.domain.case import RowState
from workstation.domain.draft import Draft
from workstation.store.drafts import Drafts
from workstation.store.protocols import StoreFailed


def test_each_key_is_kept_and_taken_up_again(desk: Desk, case: str) -> None:
    """Whatever happens to the program, the next one begins where this one was."""

    async def before(clerk: Clerk) -> None:
        await clerk.press("space", "delete")

    async def after(clerk: Clerk) -> None:
        assert "接着上次的草稿：2 行" in clerk.message
        clerk.sees("1 行不符", "2 行未存")
        await clerk.press("space", "space", "space", "ctrl+s")
        assert "已保存 5 行" in clerk.message

    review(desk, case, before)
    (draft,) = drafts_of(desk)
    review(desk, case, after)

    assert (draft.kind, draft.object) == ("review", case)
    assert drafts_of(desk) == ()
    assert rows_of(desk, case)["applicant_id"].defects == "missing"


def test_the_command_reads_the_draft_of_the_screen(desk: Desk, case: str) -> None:
    """Its body is the JSON of `case review`, so that `case review --draft` takes over."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "delete", "ctrl+n")

    review(desk, case, story)
    (draft,) = drafts_of(desk)
    findings = msgspec.json.decode(drafts.content(desk, draft.id), type=Findings)
    formal_review.review(dataclasses.replace(desk, draft=draft.id), case, findings.findings)

    assert [finding.row for finding in findings.findings] == ["application", "applicant_id", "capture"]
    assert rows_of(desk, case)["capture"].state == RowState.NOT_APPLICABLE
    assert drafts_of(desk) == ()


def test_the_screen_reads_the_draft_of_a_command(desk: Desk, case: str) -> None:
    """As short as somebody has written it; a row the checklist has not falls away."""
    body = {"findings": [{"row": "application", "form": "original", "copies": 1}, {"row": "nothing"}]}
    drafts.begin(desk, "review", body, object=case)

    async def story(clerk: Clerk) -> None:
        clerk.sees("1 行未存", "还有 4 行未审")

    review(desk, case, story)


def test_a_draft_that_is_none_is_left_alone(desk: Desk, case: str) -> None:
    """Somebody has saved something else under this kind: the screen begins anew and does not touch it."""
    drafts.begin(desk, "review", {"findings": "all"}, object=case)

    async def story(clerk: Clerk) -> None:
        clerk.sees("还有 5 行未审")
        await clerk.press("space")

    review(desk, case, story)

    assert [(draft.body or {})["findings"] == "all" for draft in drafts_of(desk)] == [True, False]


def test_leaving_asks_and_keeps(desk: Desk, case: str) -> None:
    """Esc asks while something is unsaved; the draft stays, and ^D throws it away after a question."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "escape")
        clerk.sees("1 行审查结果还没有保存")
        await clerk.press("escape")
        assert is_here(clerk)
        assert len(drafts_of(desk)) == 1
        await clerk.press("ctrl+d", "enter")
        clerk.sees("1 行未存")
        await clerk.press("ctrl+d", "ctrl+y")
        clerk.sees("还有 5 行未审")
        await clerk.press("escape")
        assert not is_here(clerk)

    review(desk, case, story)

    assert drafts_of(desk) == ()


def test_the_last_finding_taken_back_leaves_no_draft(desk: Desk, case: str) -> None:
    """And one made after it begins another."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("space", "home", "backspace")
        assert drafts_of(desk) == ()
        await clerk.press("delete")
        assert len(drafts_of(desk)) == 1

    review(desk, case, story)


def test_what_cannot_be_kept_is_still_on_the_screen(
    desk: Desk, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told once; the review goes on and can be saved."""

    def full(*_: object) -> Draft:
        raise StoreFailed("disk_full")

    monkeypatch.setattr(Drafts, "begin", full)

    async def story(clerk: Clerk) -> None:
        await clerk.press("space")
        assert "磁盘已满" in clerk.message
        clerk.app.done("别的")
        await clerk.press("space", "delete")
        assert clerk.message == "别的"
        clerk.sees("3 行未存")
        await clerk.press("ctrl+s")
        assert "已保存 3 行" in clerk.message

    review(desk, case, story)

    assert rows_of(desk, case)["application"].state == RowState.PASSED


def test_a_colleague_at_the_window_goes_on(desk: Desk, case: str) -> None:
    """The draft belongs to the window: another clerk finds the same findings."""

    async def begins(clerk: Clerk) -> None:
        await clerk.press("delete")

    async def goes_on(clerk: Clerk) -> None:
        clerk.sees("1 行不符", "1 行未存")

    review(desk, case, begins)
    review(at(desk, "1002"), case, goes_on)
