"""The hall's own wording: who puts it in force, what is kept of it, and back to what was shipped."""

from __future__ import annotations

import json
from typing import Any

import pytest

from forms import documents
from tests import builders
from tests.builders import a_case, at, refused
from workstation.acts import verification, wordings
from workstation.acts.desk import Desk
from workstation.acts.facts import known
from workstation.domain.case import CaseState
from workstation.domain.wording import Wording

OWN = "---\npage: A4\n---\n\n[条码 {{paper.number}}] 编号\n\n# 告知单\n\n请补正 {{count.rows}} 项。\n"
OTHER = OWN.replace("请补正", "请尽快补正")
SHIPPED = documents.shipped("notice")


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor's desk."""
    return at(desk, "2001")


def entry(desk: Desk) -> tuple[str, str | None, str | None, dict[str, Any]]:
    """Act, second person, object and facts of the newest entry."""
    with desk.reading() as reading:
        seq, _, _ = reading.chain()
        (newest,) = reading.journal(seq - 1)
    return newest.act, newest.second, newest.object, json.loads(newest.body)["facts"]


def states(desk: Desk) -> dict[str, str]:
    """The state of each wording of the notice that the store has, by its text."""
    with desk.reading() as reading:
        return {one.text: one.state for one in reading.wordings.where(document="notice")}


def present(desk: Desk) -> Wording:
    """The wording of the notice that is in force."""
    (found,) = [one for one in wordings.listed(desk) if one.document == "notice"]
    return found


def test_at_first_everything_is_as_it_was_shipped(desk: Desk) -> None:
    """Every document is listed, in force since nobody knows when, by nobody."""
    found = wordings.listed(desk)

    assert [one.document for one in found] == list(documents.names())
    assert {(one.state, one.since, one.by) for one in found} == {("shipped", 0, "")}
    assert present(desk).text == SHIPPED


def test_a_wording_is_put_in_force(desk: Desk) -> None:
    """From now on, by whom, journalled with its digest; the other documents stay as they are."""
    wording = wordings.set_wording(desk, "notice", OWN)

    assert (wording.state, wording.by, wording.second) == ("current", "2001", None)
    assert wording.since > 0
    assert present(desk) == wording
    assert [one.document for one in wordings.listed(desk) if one.state == "current"] == ["notice"]
    told = {"document": "notice", "digest": documents.digest(OWN), "state": "current"}
    assert entry(desk) == ("set_wording", None, "notice", told)
    assert verification.verify(desk).difference is None


def test_every_wording_is_kept(desk: Desk) -> None:
    """One after the other in force, the present first; one that was in force before can be so again."""
    for text in (OWN, OTHER, OWN):
        wordings.set_wording(desk, "notice", text)

    assert states(desk) == {OWN: "current", OTHER: "former"}
    assert [one.text for one in wordings.all_of(desk, "notice")] == [OWN, OTHER]
    assert verification.verify(desk).difference is None


def test_back_to_what_was_shipped(desk: Desk) -> None:
    """By act, or by putting that very text in force; since when and by whom is told."""
    wordings.set_wording(desk, "notice", OWN)

    back = wordings.reset_wording(desk, "notice")

    assert (back.text, back.state, back.by) == (SHIPPED, "shipped", "2001")
    assert back.since > 0
    assert entry(desk)[::2] == ("reset_wording", "notice")
    wordings.set_wording(desk, "notice", OTHER)
    assert wordings.set_wording(desk, "notice", SHIPPED).state == "shipped"
    assert states(desk) == {OWN: "former", OTHER: "former"}
    assert present(desk).text == SHIPPED


def test_what_changes_nothing_is_refused(desk: Desk) -> None:
    """The same text again, and a reset of what was never changed."""
    with refused(desk, "wording-unchanged"):
        wordings.set_wording(desk, "notice", SHIPPED)
    with refused(desk, "own-wording-not-found"):
        wordings.reset_wording(desk, "notice")
    wordings.set_wording(desk, "notice", OWN)
    with refused(desk, "wording-unchanged"):
        wordings.set_wording(desk, "notice", OWN)


@pytest.mark.parametrize(
    ("document", "text", "code"),
    [
        ("notice", OWN.replace("count.rows", "count.pages"), "wording-unknown-fact"),
        ("notice", OWN.replace("[条码 {{paper.number}}] 编号", "编号"), "wording-without-code"),
        ("notice", "", "wording-empty"),
        ("envelope", OWN, "document-not-found"),
    ],
)
def test_what_cannot_be_printed_is_not_put_in_force(desk: Desk, document: str, text: str, code: str) -> None:
    """Nothing is changed by a refusal: the next paper is printed as the last one."""
    before = wordings.listed(desk)

    with refused(desk, code):
        wordings.set_wording(desk, document, text)

    assert wordings.listed(desk) == before


@pytest.mark.parametrize("role", ["1001", "4001", "5001"])
def test_who_serves_or_audits_changes_no_wording(desk: Desk, role: str) -> None:
    """Supervisor and administrator say what the hall's papers say; whoever has signed in may read it."""
    with refused(at(desk, role), "wrong-role"):
        wordings.set_wording(at(desk, role), "notice", OWN)
    with refused(at(desk, role), "wrong-role"):
        wordings.reset_wording(at(desk, role), "notice")
    assert wordings.show(at(desk, role), "notice").text == SHIPPED
    with refused(builders.nobody(desk), "nobody-signed-in"):
        wordings.listed(builders.nobody(desk))


def test_an_administrator_needs_a_supervisor_beside(desk: Desk) -> None:
    """Who administers the system does not say alone what applicants are told (design §5)."""
    administering = at(desk, "3001")
    with refused(administering, "second-needed"):
        wordings.set_wording(administering, "notice", OWN)

    beside = builders.with_second(administering, "2001")
    wording = wordings.set_wording(beside, "notice", OWN)

    assert (wording.by, wording.second) == ("3001", "2001")
    assert entry(desk)[:2] == ("set_wording", "2001")
    with refused(administering, "second-needed"):
        wordings.reset_wording(administering, "notice")
    assert wordings.reset_wording(beside, "notice").state == "shipped"


def test_a_wording_is_found_by_the_beginning_of_its_digest(desk: Desk, undrawn: None) -> None:
    """The former ones too; too short a beginning, or a strange one, finds none."""
    a_case(at(desk, "1001"), CaseState.TO_CORRECT)
    wordings.set_wording(desk, "notice", OWN)

    assert wordings.show(desk, "notice", documents.digest(SHIPPED)[:8]).text == SHIPPED
    assert wordings.show(desk, "notice", documents.digest(OWN).upper()).text == OWN
    for digest in ("", documents.digest(OWN)[:7], "f" * 64, "\x1b[2J"):
        with refused(desk, "wording-not-found"):
            wordings.show(desk, "notice", digest)


def test_the_facts_of_a_document_are_told_with_label_and_sample() -> None:
    """By the names a wording writes; the cells of a list say which list they are of."""
    told = {one.name: (one.label, one.sample) for one in wordings.facts("notice")}

    assert told.keys() == dict(known.named(known.of("notice"))).keys()
    assert told["notice.due"] == ("补正期限", "2026-12-11")
    assert told["rows.material"] == ("需要补正的内容·材料名称", "户口簿复印件")


def test_two_supervisors_at_once_leave_one_wording_in_force(desk: Desk) -> None:
    """The later one holds; the store itself would refuse a second."""
    wordings.set_wording(desk, "notice", OWN)
    wordings.set_wording(at(desk, "2002"), "notice", OTHER)

    assert [text for text, state in states(desk).items() if state == "current"] == [OTHER]
    assert present(desk).by == "2002"
