"""业务属地部门: by default, several, from elsewhere, written out; in the order of the consignments."""

from __future__ import annotations

import pytest

from tests import builders
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.intake import typing
from tests.workstation.screens.intake.typing import OFFICE, Intake, here
from tests.workstation.screens.stage import Clerk
from workstation.acts import registration
from workstation.screens.dialogs import Form
from workstation.widgets.field import Field

NEW = {
    "code": "450103-new",
    "name": "示例市青秀区[bold]新[/]派出所𠮷",
    "address": "示例市示例区示例路 9 号",
    "postcode": "530022",
    "phone": "0771-5550009",
}


async def written_in(clerk: Clerk, text: str) -> None:
    """Write a text in the one field of the dialog."""
    clerk.app.screen.query_one(Field).value = text
    await clerk.settle()


async def written_out(clerk: Clerk, **values: str) -> None:
    """Fill in the form of an office, and send it off."""
    for name, text in values.items():
        clerk.app.screen.query_one(f"#field-{name}", Field).value = text
    await clerk.settle()
    await clerk.press("ctrl+s")


def test_the_first_is_meant_by_default_and_changes_with_the_place(intake: Intake) -> None:
    """The one used last comes first; another place brings its own, and leaves none of the former behind."""
    intake.with_offices(2, code="450103-used", division="450103")
    registration.register(intake.desk, builders.an_intake(offices=("450103-used",)))

    async def story(clerk: Clerk) -> None:
        await typing.item(clerk)
        await typing.put(clerk, "basis_place", "450103")
        assert typing.hand_in(clerk).offices.picked == ["450103-used"]
        clerk.sees("[1]  示例市第2公安局", "[ ]  示例市第3公安局")
        await typing.put(clerk, "basis_place", "450102")
        assert typing.hand_in(clerk).offices.picked == []

    intake.play(story)


def test_several_are_ticked_in_their_order(intake: Intake, opened: Opened) -> None:
    """Space ticks and takes away; the numbers are the order, and each office has its own papers."""
    intake.with_offices(2, division="450103")

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        typing.hand_in(clerk).offices.enter()
        await clerk.settle()
        await clerk.press("home", "space", "down", "space", "up", "space")
        clerk.sees("[2]  ", "[1]  ", "1 开具户籍类证明申请表")
        await clerk.press("ctrl+a", "ctrl+s")

    intake.play(story)

    file = intake.case
    ticked = [each.office_code for each in file.consignments]
    assert sorted(ticked) == ["450102-police", OFFICE]
    assert {piece.consignment for piece in file.pieces} == {each.id for each in file.consignments}


def test_enter_on_an_unticked_list_takes_the_line_under_the_cursor(intake: Intake) -> None:
    """Nobody wants to go on with no office."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "basis_place", "450103")
        await clerk.press("enter", "space")
        assert typing.hand_in(clerk).offices.picked == []
        await clerk.press("enter")
        assert typing.hand_in(clerk).offices.picked == [OFFICE]
        assert here(clerk) == "field-applicant-id-number"

    intake.play(story)


def test_an_office_of_another_place_is_added(intake: Intake, opened: Opened) -> None:
    """F2, elsewhere, its place by name, the office: beside the one of the basis place."""
    intake.with_offices(2)

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        await clerk.press("f2", "enter")
        await clerk.type("450102")
        await clerk.press("enter")
        clerk.sees("450102-police")
        await clerk.press("enter")
        assert typing.hand_in(clerk).offices.codes == [OFFICE, "450102-police"]
        await clerk.press("ctrl+s")

    intake.play(story)

    assert [each.office_code for each in intake.case.consignments] == [OFFICE, "450102-police"]


def test_instead_of_an_office_nobody_has_gone_on_with(intake: Intake) -> None:
    """The default was only an offer: the one from elsewhere stands in its place."""
    intake.with_offices(2)

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "basis_place", "450103")
        await clerk.press("f2", "enter")
        await written_in(clerk, "450102")
        await clerk.press("enter", "enter")
        assert typing.hand_in(clerk).offices.codes == ["450102-police"]
        clerk.sees("[ ]  示例市第3公安局", "[1]  示例市第2公安局")

    intake.play(story)


@pytest.mark.parametrize(("typed", "said"), [("桃花源", "区划表里没有“桃花源”"), ("450105", "通讯录里没有")])
def test_a_place_without_offices_is_told(intake: Intake, typed: str, said: str) -> None:
    """Nothing is added, and the way on is named."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "enter")
        await written_in(clerk, typed)
        await clerk.press("enter")
        assert said in clerk.message
        assert typing.hand_in(clerk).offices.picked == []

    intake.play(story)


def test_several_places_of_a_name_are_offered(intake: Intake) -> None:
    """鼓楼区 is in many cities: which one? Esc adds none."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "enter")
        await written_in(clerk, "鼓楼区")
        await clerk.press("enter")
        clerk.sees("哪一个？", "南京市鼓楼区", "福州市鼓楼区")
        await clerk.press("escape")
        assert typing.hand_in(clerk).offices.picked == []

    intake.play(story)


def test_an_office_is_written_out(intake: Intake, opened: Opened) -> None:
    """A wrong field is told and the rest kept; then it is ticked, and in the directory after registering."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        await clerk.press("f2", "down", "enter")
        assert isinstance(clerk.app.screen, Form)
        await written_out(clerk, **{**NEW, "postcode": "53"})
        clerk.sees("✗", "邮编", "450103-new")
        await written_out(clerk, postcode="530022")
        clerk.sees("[2]  示例市青秀区[bold]新[/]派出所𠮷", "450103-new", "从未核实")
        await clerk.press("ctrl+s")

    intake.play(story)

    assert [each.office_code for each in intake.case.consignments] == [OFFICE, "450103-new"]
    with intake.desk.reading() as reading:
        office = reading.offices.get("450103-new")
    assert office is not None
    assert (office.name, office.division, office.verified_on) == (NEW["name"], "450103", None)


def test_a_written_out_office_is_changed_and_not_doubled(intake: Intake) -> None:
    """F2 on its line opens what was written; leaving the form changes nothing."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "basis_place", "450102")
        await clerk.press("f2", "down", "enter")
        await written_out(clerk, **{**NEW, "division": "450102"})
        await clerk.press("f2")
        clerk.sees("写一个业务属地部门", "450103-new")
        await written_out(clerk, phone="0771-5550010")
        (office,) = typing.hand_in(clerk).offices.picked
        assert isinstance(office, dict)
        assert (office["phone"], office["code"]) == ("0771-5550010", "450103-new")
        await clerk.press("f2", "escape")
        assert typing.hand_in(clerk).offices.picked == [office]

    intake.play(story)
