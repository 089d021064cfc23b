"""材料: as the checklist asks, row by row, with counts; what no row asks for is not handed in."""

from __future__ import annotations

from typing import Any

import pytest

from forms import items
from tests import builders
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.intake import typing
from tests.workstation.screens.intake.typing import Intake
from tests.workstation.screens.stage import Clerk
from workstation.acts import catalogue
from workstation.screens.dialogs import Form
from workstation.widgets.field import Field


async def checklist(clerk: Clerk) -> None:
    """Choose the item and go to its papers."""
    await typing.item(clerk)
    typing.hand_in(clerk).materials.enter()
    await clerk.settle()


async def counted(clerk: Clerk, **counts: str) -> None:
    """Fill in the dialog of the counts, and send it off."""
    for name, text in counts.items():
        clerk.app.screen.query_one(f"#field-{name.replace('_', '-')}", Field).value = text
    await clerk.press("ctrl+s")


def handed_in(clerk: Clerk) -> list[tuple[Any, ...]]:
    """Row, form, copies and pages of all that is there."""
    given = typing.hand_in(clerk).value.get("materials", [])
    return [(each["row"], each["form"], each["copies"], each["pages"]) for each in given]


def test_space_takes_what_a_row_asks_for_and_gives_it_back(intake: Intake) -> None:
    """A copy that is checked against its original means both; the sign before the row says so."""

    async def story(clerk: Clerk) -> None:
        await checklist(clerk)
        await clerk.press("down", "space")
        assert handed_in(clerk) == [("applicant_id", "original", 1, 1), ("applicant_id", "copy", 1, 1)]
        clerk.sees("✓  申请人居民身份证", "原件 1、复印件 1")
        await clerk.press("space")
        assert handed_in(clerk) == []
        clerk.sees("·  申请人居民身份证")

    intake.play(story)


def test_one_key_takes_everything_that_is_always_asked_for(intake: Intake) -> None:
    """From any field; rows with a condition, and those counted otherwise already, are left as they are."""

    async def story(clerk: Clerk) -> None:
        await checklist(clerk)
        await clerk.press("enter")
        await counted(clerk, original_copies="3")
        await typing.put(clerk, "applicant.name", "覃")
        await clerk.press("ctrl+a")
        assert "照清单收下 3 行" in clerk.message
        rows = [row for row, form, *_ in handed_in(clerk) if form == "original"]
        assert sorted(rows) == ["applicant_id", "application", "statement"]
        assert ("application", "original", 3, 1) in handed_in(clerk)

    intake.play(story)


def test_before_an_item_is_chosen_there_is_nothing_to_take(intake: Intake) -> None:
    """The key says so, and the list what is to be done first."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("^A 全收×")
        await clerk.press("ctrl+a")
        assert "先选事项" in clerk.message
        assert handed_in(clerk) == []

    intake.play(story)


def test_counts_are_typed_and_wrong_ones_told(intake: Intake) -> None:
    """Enter asks; what is no count stays with what is wrong of it; without copies it is gone."""

    async def story(clerk: Clerk) -> None:
        await checklist(clerk)
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, Form)
        await counted(clerk, original_copies="2", copy_copies="一", copy_pages="7")
        clerk.sees("✗", "数目不对")
        await counted(clerk, copy_copies="１")
        assert handed_in(clerk) == [("application", "original", 2, 1), ("application", "copy", 1, 7)]
        clerk.sees("原件 2、复印件 1×7页")
        await clerk.press("enter")
        await counted(clerk, original_copies="", original_pages="", copy_copies="", copy_pages="")
        assert handed_in(clerk) == []

    intake.play(story)


def test_leaving_the_counts_changes_nothing(intake: Intake) -> None:
    """Esc in the dialog."""

    async def story(clerk: Clerk) -> None:
        await checklist(clerk)
        await clerk.press("space", "enter", "escape")
        assert handed_in(clerk) == [("application", "original", 1, 1)]

    intake.play(story)


def test_f1_says_what_the_paper_must_be_like(intake: Intake) -> None:
    """审查要点 of the row under the cursor, its sample and where it comes from."""

    async def story(clerk: Clerk) -> None:
        await checklist(clerk)
        await clerk.press("down", "f1")
        row = items.for_item("59").rows[1]
        clerk.sees(row.name, row.standard[:12], row.source)

    intake.play(story)


def test_wide_the_standard_stands_beside_the_list(intake: Intake) -> None:
    """It follows the cursor."""

    async def story(clerk: Clerk) -> None:
        await checklist(clerk)
        rows = items.for_item("59").rows
        clerk.sees(rows[0].standard[:8])
        await clerk.press("down")
        clerk.sees(rows[1].standard[:8])

    intake.play(story, (120, 40))


def test_a_row_that_is_exempt_takes_no_paper(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    """免提交: neither Space nor Enter nor the key for all takes it, and the reason is said."""
    exempting = builders.exempting(items.for_item("59"), "application")
    monkeypatch.setattr(catalogue, "shipped", lambda *_: exempting)

    async def story(clerk: Clerk) -> None:
        await checklist(clerk)
        clerk.sees("-  开具户籍类证明申请表", "免提交")
        for key in ("space", "enter"):
            await clerk.press(key)
            assert "免提交，不收纸质材料" in clerk.message
        await clerk.press("ctrl+a")
        assert "application" not in {row for row, *_ in handed_in(clerk)}

    intake.play(story)


def test_another_item_has_other_rows(intake: Intake, opened: Opened) -> None:
    """What was taken for the first and is in no row now is not handed in; with the first it is back."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        await typing.item(clerk, "63")
        assert {row for row, *_ in handed_in(clerk)} == {"application"}
        await typing.item(clerk)
        assert {row for row, *_ in handed_in(clerk)} == {"application", "applicant_id", "statement"}
        await clerk.press("ctrl+s")

    intake.play(story)

    assert {piece.row_id for piece in intake.case.pieces} == {"application", "applicant_id", "statement"}
