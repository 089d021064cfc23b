"""Drafts of the hand-in: kept at each change, gone on with here or by command, used up by the act."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests import builders, halls
from tests.line import Line, counter, line
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.intake import typing
from tests.workstation.screens.intake.typing import NAME, NUMBER, Intake, field, here
from tests.workstation.screens.stage import Clerk, play
from workstation import bootstrap, typed
from workstation.acts import drafts, inputs, registration
from workstation.acts.desk import Desk
from workstation.errors import OutsideFailed
from workstation.screens.dialogs import Refusal

__all__ = ["counter", "line"]

WHOLE: dict[str, Any] = json.loads(msgspec.json.encode(builders.an_intake(remark="[bold]x[/]")))
HALF: dict[str, Any] = {
    "item": "huji",
    "basis_place": "4501",
    "applicant": {"id_kind": "passport", "id_number": "E1", "name": "[/oops]", "valid_to": "20"},
    "agent": {"name": "李"},
    "remark": "半",
}


def begun(intake: Intake, body: dict[str, Any]) -> Any:
    """A draft somebody at this window has begun."""
    return drafts.begin(intake.desk, "intake", body, title="某人")


def test_each_change_is_kept(intake: Intake) -> None:
    """In the very form `case register` reads, half typed or not, under the applicant's name as typed."""
    kept: list[dict[str, Any]] = []

    async def story(clerk: Clerk) -> None:
        assert not list(intake.drafts)
        for name, text in (("item", "huji"), ("applicant.name", "覃示"), ("applicant.name", NAME)):
            await typing.put(clerk, name, text)
            (draft,) = intake.drafts
            kept.append(dict(draft.body or {}))

    intake.play(story)

    names = [body.get("applicant", {}).get("name") for body in kept]
    assert (names, kept[0]) == ([None, "覃示", NAME], {"item": "huji"})
    assert [draft.title for draft in intake.drafts] == [NAME]


def test_a_form_that_is_emptied_leaves_no_draft(intake: Intake) -> None:
    """There is nothing in it any more."""

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "applicant.name", NAME)
        await typing.put(clerk, "applicant.name", "")
        assert intake.drafts == ()
        assert typing.screen(clerk).unsaved is None

    intake.play(story)


@pytest.mark.parametrize("body", [HALF, WHOLE], ids=["half", "whole"])
def test_a_draft_comes_back_with_every_field(intake: Intake, body: dict[str, Any]) -> None:
    """Whatever is half typed too; nothing is changed by opening it, and it is said whose it is."""
    draft = begun(intake, body)

    async def story(clerk: Clerk) -> None:
        value = typing.hand_in(clerk).value
        assert (
            value == {**body, "agent": {**body["agent"], "id_kind": "citizen_id"}} if body is HALF else body
        )
        assert "接着填 1001" in clerk.message
        assert typing.screen(clerk).unsaved is not None

    intake.play(story, draft=draft)

    assert [each.id for each in intake.drafts] == [draft.id]


def test_after_a_crash_the_worklist_offers_it(intake: Intake, opened: Opened) -> None:
    """What one session kept, the next one opens, registers, and there is no draft any more."""

    async def crashed(clerk: Clerk) -> None:
        await typing.everything(clerk)

    async def resumed(clerk: Clerk) -> None:
        assert field(clerk, "applicant.name").value == NAME
        await clerk.press("ctrl+s")

    intake.play(crashed)
    (draft,) = intake.drafts
    intake.at("1002").play(resumed, draft=draft)

    assert (intake.case.case.clerk, intake.case.case.applicant_name) == ("1002", NAME)
    assert intake.drafts == ()


def test_the_command_line_goes_on_with_a_draft_of_the_screen(intake: Intake) -> None:
    """What the screen keeps is what the command reads, and the command uses it up."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)

    intake.play(story)
    (draft,) = intake.drafts
    body = typed.convert(json.loads(drafts.content(intake.desk, draft.id)), inputs.Intake)
    registration.register(replace(intake.desk, draft=draft.id), body)

    assert intake.case.case.applicant_name == NAME
    assert intake.drafts == ()


def test_one_home_both_ways(counter: Line, tmp_path: Path, opened: Opened) -> None:
    """`draft save` → screen → `case register --draft`: one draft, one case, in a hall with passwords."""
    body = {"item": "59", "applicant": {"name": NAME, "id_number": NUMBER, "phone": "139"}}
    saved = counter("draft", "save", "--json", "-", "--kind", "intake", stdin=body, as_="1001").json["draft"]
    assert counter.home is not None
    home = bootstrap.open_hall(counter.home)
    desk = halls.seat(home.desk, "1001")

    async def story(clerk: Clerk) -> None:
        assert here(clerk) == "field-basis-place"
        await typing.put(clerk, "basis_place", "450103")
        typing.hand_in(clerk).offices.take(msgspec.to_builtins(builders.an_office(3)))
        await typing.put(clerk, "applicant.phone", typing.PHONE)
        await clerk.press("ctrl+a")

    Intake(desk, tmp_path).play(story, draft=drafts.show(desk, saved["id"]))
    home.close()
    answer = counter("case", "register", "--draft", saved["id"], "--json", as_="1001")

    assert answer.exit_code == 0, answer
    assert answer.json["case"]["applicant_name"] == "覃**"
    assert counter("draft", "list", "--json", as_="1001").json["drafts"] == []


def test_a_draft_used_meanwhile_is_told(intake: Intake) -> None:
    """Another window has registered it: the case's number is said, and an empty form stands there."""
    draft = begun(intake, WHOLE)
    number = registration.register(replace(intake.desk, draft=draft.id), builders.an_intake()).number

    async def story(clerk: Clerk) -> None:
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees(number)
        await clerk.press("enter")
        assert typing.hand_in(clerk).value == {}

    intake.play(story, draft=draft)

    assert len(intake.cases) == 1


def test_registered_by_another_while_it_stands_here(intake: Intake, opened: Opened) -> None:
    """The second try is refused and writes nothing; the screen goes on to the case there is."""

    async def story(clerk: Clerk) -> None:
        await typing.everything(clerk)
        (draft,) = intake.drafts
        registration.register(replace(intake.desk, draft=draft.id), builders.an_intake())
        await clerk.press("ctrl+s")
        clerk.sees("没有再办一次")
        await clerk.press("enter")

    intake.play(story)

    assert opened == [("case", {"number": intake.case.case.number})]


def test_an_inspector_sees_a_draft_and_changes_nothing(intake: Intake) -> None:
    """Read-only: all fields are there, and what is typed is not kept."""
    draft = begun(intake, WHOLE)
    looking = Intake(replace(intake.desk, readonly=True), intake.folder)
    app = looking.app(draft=draft)
    app.given = replace(app.given, readonly=True)

    async def story(clerk: Clerk) -> None:
        assert field(clerk, "applicant.name").value == WHOLE["applicant"]["name"]
        await typing.put(clerk, "applicant.name", "别人")

    play(app, story)

    (left,) = intake.drafts
    assert (left.version, (left.body or {})["applicant"]["name"]) == (draft.version, NAME)


def test_a_full_disk_is_told_once_and_loses_nothing(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    """The form stays on the screen and can be registered; with room again, drafts are kept again."""
    full = OutsideFailed("drafts-disk-full", what="没有存。", why="磁盘已满。", next="请清理。")
    told: list[str] = []

    def fails(*_: Any, **__: Any) -> Any:
        raise full

    async def story(clerk: Clerk) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(drafts, "begin", fails)
            await typing.put(clerk, "applicant.name", "覃")
            told.append(clerk.message)
            clerk.app.done("别的话")
            await typing.put(clerk, "applicant.name", NAME)
            told.append(clerk.message)
        await typing.put(clerk, "applicant.phone", "1")
        assert [draft.title for draft in intake.drafts] == [NAME]

    intake.play(story)

    assert told == ["草稿没有存上，填的都还在屏幕上：磁盘已满。请清理。", "别的话"]


@pytest.mark.parametrize(
    "body",
    [
        {"item": 59, "applicant": [1], "offices": "x", "materials": ["y", {"row": 3}], "more": {"a": 1}},
        {"agent": "z", "basis_place": {"a": 1}, "remark": 7, "offices": [3, {"name": "甲"}]},
    ],
)
def test_a_draft_of_another_shape_opens_all_the_same(intake: Intake, body: dict[str, Any]) -> None:
    """A command can keep anything as a draft: what is no text shows as none, and nothing breaks."""
    draft = begun(intake, body)

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "applicant.name", NAME)
        assert typing.hand_in(clerk).value["applicant"]["name"] == NAME
        assert typing.hand_in(clerk).value.get("more") == body.get("more")

    intake.play(story, draft=draft)


def test_what_a_reader_has_read_is_typed_once_it_is_changed(intake: Intake) -> None:
    """The source stays with the document as it was read; another name is somebody's typing."""
    person = {**WHOLE["applicant"], "source": "sdt_serial"}
    draft = begun(intake, {**WHOLE, "applicant": person})

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "applicant.phone", "139")
        assert typing.hand_in(clerk).value["applicant"]["source"] == "sdt_serial"
        await typing.put(clerk, "applicant.name", "覃别")
        assert "source" not in typing.hand_in(clerk).value["applicant"]

    intake.play(story, draft=draft)


def test_the_sync_brings_it_to_the_disk(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept is synced by the screen's own clock."""
    synced: list[Desk] = []
    monkeypatch.setattr(drafts, "sync", synced.append)

    async def story(clerk: Clerk) -> None:
        await typing.put(clerk, "applicant.name", NAME)
        typing.screen(clerk)._keeper.sync()

    intake.play(story)

    assert len(synced) >= 1
