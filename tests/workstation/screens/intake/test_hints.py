"""What to look at before registering: told as soon as it is known, the weightiest first."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders
from tests.workstation.screens.intake import typing
from tests.workstation.screens.intake.typing import NAME, NUMBER, Intake
from tests.workstation.screens.stage import Clerk
from workstation.acts import hints
from workstation.acts.hints import Earlier, Hint, Hints, SuggestedDivision
from workstation.domain.case import CaseState
from workstation.errors import OutsideFailed
from workstation.screens.intake import looking
from workstation.screens.intake.hint_lines import HintLines


def test_a_duplicate_is_told_with_its_number(intake: Intake) -> None:
    """The same person and item within the days: first of all hints, before anything is registered."""
    earlier = builders.a_case(intake.desk, CaseState.REGISTERED).number

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.put(clerk, "applicant.id_number", NUMBER)
        clerk.sees(f"! 可能重复：同一人同一事项 {earlier}，已收件，{intake.today} 由 1001 登记")
        await typing.item(clerk, "63")
        clerk.misses("可能重复")
        clerk.sees("· 申请人在本大厅另有 1 件")

    intake.play(story)


def test_an_expiring_document_is_told_as_it_is_typed(intake: Intake) -> None:
    """And gone as soon as the date is another one."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "applicant.id_number", NUMBER)
        await typing.put(clerk, "applicant.valid_to", "2026-11-25")
        clerk.sees("! 申请人的证件还有 5 天到期")
        await typing.put(clerk, "applicant.valid_to", "2020-01-01")
        clerk.sees("! 申请人的证件已过期")
        await typing.put(clerk, "applicant.valid_to", "2036-01-01")
        clerk.misses("到期；", "已过期")

    intake.play(story)


def test_the_division_of_the_number_is_offered_while_no_place_is_chosen(intake: Intake) -> None:
    """For an item that asks for the household; with a place nobody needs it."""

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.put(clerk, "applicant.id_number", NUMBER)
        clerk.sees("· 证件首次登记地是 450103 广西壮族自治区南宁市青秀区（首次登记地，请核对）")
        await typing.put(clerk, "basis_place", "450102")
        clerk.misses("证件首次登记地是")

    intake.play(story)


def test_a_store_that_is_away_takes_nothing_from_the_form(
    intake: Intake, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hints cannot be asked for: that is told, and what is typed stays and is kept."""

    def away(*_: object, **__: object) -> Hints:
        raise OutsideFailed("store-unreachable", what="问不到。", why="连不上。", next="等。")

    async def story(clerk: Clerk) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(hints, "before_intake", away)
            await typing.put(clerk, "applicant.id_number", NUMBER)
            assert clerk.message == "问不到。连不上。"
        assert typing.field(clerk, "applicant.id_number").value == NUMBER
        await typing.item(clerk)
        clerk.sees("材料清单是示例")

    intake.play(story)

    assert len(intake.drafts) == 1


def test_the_same_is_not_asked_twice(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name, a telephone, half a number change nothing of what is known."""
    asked: list[object] = []
    before = hints.before_intake

    def counting(*given: object, **more: object) -> Hints:
        asked.append(given)
        return before(*given, **more)  # type: ignore[arg-type]  # passed on as it came

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        monkeypatch.setattr(hints, "before_intake", counting)
        for name, text in (("name", NAME), ("phone", "139"), ("id_number", NUMBER[:9])):
            await typing.put(clerk, f"applicant.{name}", text)
        assert asked == []
        await typing.put(clerk, "applicant.id_number", NUMBER)
        assert len(asked) == 1

    intake.play(story)


def test_the_lines_stand_in_the_order_of_their_weight() -> None:
    """Duplicates, then warnings, then what is only good to know; the way elsewhere stands with the item."""
    found = Hints(
        warnings=(Hint("document-expired", "过期"), Hint("path-not-received", "别处办")),
        duplicates=(Earlier("1" * 20, "registered", "2026-11-19", "1001"),),
        history=2,
        office_suggestion=SuggestedDivision("450103", "青秀区"),
    )

    said = list(looking.lines(found, has_place=False))

    assert [line[:4] for line in said] == ["! 可能", "! 过期", "· 证件", "· 申请"]
    assert len(list(looking.lines(found, has_place=True))) == 3


def test_of_many_hints_the_rest_is_counted(intake: Intake) -> None:
    """Narrow: one line each and at most five, so that the form keeps its room; wide: all of them in full."""
    many = [f"! 第 {n} 条，{'很长' * 60}" for n in range(1, 8)]
    seen: dict[tuple[int, int], int] = {}

    async def story(clerk: Clerk) -> None:
        for size in ((80, 24), (120, 40)):
            await clerk.pilot.resize_terminal(*size)
            await clerk.settle()
            pane = clerk.screen.query_one(HintLines)
            pane.show(many)
            lines = pane.lines(pane.content_size.width or size[0])
            seen[size] = len(lines)
            if size == (80, 24):
                assert lines[-1] == "· 还有 3 条，F1 看全文"
                assert all(line.endswith("…") for line in lines[:-1])

    intake.play(story)

    assert seen[80, 24] == 5
    assert seen[120, 40] > len(many)


def test_what_is_not_right_yet_is_left_out_of_the_question() -> None:
    """Half a number, blanks and offices half written out: hints are given about the rest."""
    half = looking.half(
        {
            "item": "59",
            "applicant": {"id_kind": "citizen_id", "id_number": NUMBER[:9], "name": NAME},
            "agent": {"id_kind": "passport", "id_number": "E12345678"},
            "offices": ["a", {"code": "b"}],
        }
    )

    assert (half.applicant.id_number, half.applicant.name, half.basis_place) == ("", "", "")
    assert half.agent is not None
    assert half.agent.id_number == "E12345678"
    assert [each if isinstance(each, str) else each.code for each in half.offices] == ["a", "b"]


def test_days_come_from_the_settings_of_the_window(intake: Intake, tmp_path: Path) -> None:
    """How long a look at an office holds, and how far back duplicates are looked for."""
    opened = intake.app().opened

    assert looking.days_of(None) == {}
    assert looking.days_of(opened).keys() == {"verified_days", "duplicate_days"}
