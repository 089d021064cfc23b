"""Items of the hall's own and other modes: who may say so, on what paper, edition by edition; and rates."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

from forms import items, pinyin
from forms.items import Mode, Path
from tests import builders
from tests.builders import assert_explained
from workstation.acts import catalogue, departures, formal_review, hall_items, registration
from workstation.acts.desk import Desk
from workstation.acts.hall_items import Rate
from workstation.acts.inputs import EXAMPLE_ITEM, HallItem, Material
from workstation.domain.case import CaseState
from workstation.domain.guide import ItemVersion
from workstation.errors import Explained, Refused

PAPER = {"source": "示例大厅的决定", "source_date": "2026-11-02"}
DAY_MS = 86_400_000


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor's desk."""
    return builders.at(desk, "2001")


def an_item(**changes: Any) -> HallItem:
    """A valid item of a hall's own."""
    return msgspec.structs.replace(EXAMPLE_ITEM, **changes)


def refused(desk: Desk, **changes: Any) -> Explained:
    """How adding this item is refused; nothing is written."""
    before = builders.head(desk)
    with pytest.raises(Explained) as caught:
        hall_items.add(desk, an_item(**changes))
    assert builders.head(desk) == before
    return caught.value


def mode_refused(desk: Desk, code: str = "54", *modes: str, **given: str) -> Explained:
    """How another mode is refused; nothing is written."""
    before = builders.head(desk)
    with pytest.raises(Explained) as caught:
        hall_items.set_mode(desk, code, modes or ("online",), **{**PAPER, **given})
    assert builders.head(desk) == before
    return caught.value


def entry(desk: Desk) -> tuple[str, str | None, dict[str, Any]]:
    """Act, second person and facts of the newest entry."""
    with desk.reading() as reading:
        seq, _, _ = reading.chain()
        (newest,) = reading.journal(seq - 1)
    return newest.act, newest.second, json.loads(newest.body)["facts"]


def path(desk: Desk, code: str) -> Path:
    """What the counter does with an item."""
    with desk.reading() as reading:
        return catalogue.item(reading, code).path


def test_an_item_of_the_halls_own_stands_beside_the_list(desk: Desk) -> None:
    """With all it was added with, and with the pinyin it is found by."""
    added = hall_items.add(desk, an_item(title="示例户口登记", cooperating_ministries=("甲部", "乙部")))

    assert (added.id, added.edition, added.state, added.added_by) == ("H-1/1", 1, "live", "2001")
    assert (added.initials, added.pinyin) == (pinyin.initials(added.title), pinyin.spelled(added.title))
    with desk.reading() as reading:
        item = catalogue.item(reading, "H-1")
        assert catalogue.all_items(reading)[-1] == item
    assert (item.title, item.modes, item.cooperating_ministries) == (
        "示例户口登记",
        (Mode.COLLECT_ELSEWHERE,),
        ("甲部", "乙部"),
    )
    assert entry(desk) == (
        "add_item",
        None,
        {"item": "H-1", "edition": 1, "modes": "collect_elsewhere"},
    )


def test_a_case_of_it_is_registered_with_the_generic_checklist(desk: Desk) -> None:
    """Until a guide is imported."""
    hall_items.add(desk, an_item())

    case = registration.register(builders.at(desk, "1001"), builders.an_intake(item="H-1", materials=()))

    assert (case.item, case.path, case.checklist_version) == ("H-1", "received", "generic/generic-1")


@pytest.mark.parametrize("query", ["slhk", "shilihu", "示例户", "H-1", "h-1"])
def test_it_is_found_as_one_types(desk: Desk, query: str) -> None:
    """By initials, pinyin, text and code, among those of the list."""
    hall_items.add(desk, an_item(title="示例户口登记"))

    with desk.reading() as reading:
        found = catalogue.finder(reading).find(query)
        assert catalogue.finder(reading).find("fqtk")[0].code == "63"

    assert found[0].code == "H-1"


def test_without_own_items_the_national_finder_is_taken(desk: Desk) -> None:
    """Another mode makes no other title, so nothing is built anew."""
    with desk.reading() as reading:
        before = catalogue.finder(reading)
    hall_items.set_mode(desk, "54", ["online"], **PAPER)

    with desk.reading() as reading:
        assert catalogue.finder(reading) is before


@pytest.mark.parametrize("code", ["H-1", "b2", "2026-01", "x" * 20, "138", "Ｈ７"])
def test_codes_of_a_halls_own(desk: Desk, code: str) -> None:
    """Letters, digits and hyphens; full width is folded."""
    assert hall_items.add(desk, an_item(code=code)).code in (code, "H7")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"code": ""}, "item-code"),
        ({"code": "-1"}, "item-code"),
        ({"code": "事项"}, "item-code"),
        ({"code": "x" * 21}, "item-code"),
        ({"code": "a/1"}, "item-code"),
        ({"code": "063"}, "item-code"),
        ({"code": "a\n"}, None),
        ({"title": " "}, "plain-text-empty"),
        ({"title": "长" * 101}, "plain-text-too-long"),
        ({"scenario": ""}, "plain-text-empty"),
        ({"modes": ()}, "modes-without-path"),
        ({"modes": ("online_precheck",)}, "modes-without-path"),
        ({"modes": ("by_pigeon",)}, "code-unknown"),
        ({"basis_place": "火星"}, "code-unknown"),
        ({"lead_ministry": "长" * 101}, "plain-text-too-long"),
        ({"cooperating_ministries": ("",)}, "plain-text-empty"),
        ({"provincial_department": "\u202e"}, "plain-text-invisible"),
        ({"source": ""}, "plain-text-empty"),
        ({"source_date": "2026-13-01"}, "day-impossible"),
        ({"source_date": "2026-11-21"}, "source-not-yet"),
        ({"code": "63"}, "item-code-taken"),
    ],
)
def test_what_cannot_be_an_item_is_refused(desk: Desk, changes: dict[str, Any], code: str | None) -> None:
    """Each with its code and in words; blanks around a code do not matter."""
    if code is None:
        assert hall_items.add(desk, an_item(**changes)).code == "a"
    else:
        assert_explained(refused(desk, **changes), code)


def test_a_code_is_taken_once_whatever_its_case(desk: Desk) -> None:
    """On the telephone H-1 and h-1 are the same."""
    hall_items.add(desk, an_item())

    assert isinstance(error := refused(desk, code="h-1", title="另一个"), Refused)
    assert error.code == "item-code-taken"
    assert "示例事项" in error.why


def test_a_mode_of_the_list_is_changed(desk: Desk) -> None:
    """From then on the counter does otherwise; everything else stays as printed, and the list is kept."""
    assert path(desk, "54") == Path.PENDING

    version = hall_items.set_mode(desk, "54", ["postal", "online", "postal"], **PAPER)

    with desk.reading() as reading:
        item = catalogue.item(reading, "54")
        assert catalogue.finder(reading).find(version.initials)[0].code == "54"
    assert (version.id, version.modes, version.source) == ("54/1", "postal,online", PAPER["source"])
    assert path(desk, "54") == Path.RECEIVED
    assert (item.source, item.mode_text) == (PAPER["source"], items.by_code("54").mode_text)
    assert entry(desk)[::2] == ("set_mode", {"item": "54", "edition": 1, "modes": "postal,online"})


def editions_of(desk: Desk, code: str) -> list[ItemVersion]:
    """Every edition the hall has made of an item, the first one first."""
    with desk.reading() as reading:
        return catalogue.editions(reading, catalogue.item(reading, code).code)


def test_every_edition_is_kept(desk: Desk) -> None:
    """The latest one holds; ten and more stand in their order."""
    hall_items.add(desk, an_item())
    for number in range(10):
        hall_items.set_mode(desk, "H-1", ["online" if number % 2 == 0 else "joint"], **PAPER)

    editions = editions_of(desk, "H-1")

    assert [one.edition for one in editions] == [*range(1, 12)]
    assert [one.state for one in editions] == ["former"] * 10 + ["live"]
    assert {(one.title, one.initials) for one in editions} == {(EXAMPLE_ITEM.title, "slsx")}
    assert [one.modes for one in editions[-2:]] == ["online", "joint"]
    with desk.reading() as reading:
        assert [one.act for one in reading.journal_of("H-1")] == ["add_item"] + ["set_mode"] * 10
    builders.assert_true_ledger(desk)


def test_an_item_nobody_changed_has_no_editions(desk: Desk) -> None:
    """And one that is none is refused."""
    assert editions_of(desk, "63") == []
    with pytest.raises(Refused, match="item-not-found"):
        editions_of(desk, "H-9")


@pytest.mark.parametrize(
    ("code", "modes", "given", "told"),
    [
        ("H-9", ["online"], {}, "item-not-found"),
        ("54", ["by_pigeon"], {}, "code-unknown"),
        ("54", ["online_precheck"], {}, "modes-without-path"),
        ("54", ["online"], {"source": ""}, "plain-text-empty"),
        ("54", ["online"], {"source_date": "2026-11-21"}, "source-not-yet"),
        ("63", ["online_precheck", "collect_elsewhere"], {}, "mode-unchanged"),
    ],
)
def test_what_cannot_be_a_mode_is_refused(
    desk: Desk, code: str, modes: list[str], given: dict[str, str], told: str
) -> None:
    """The same modes again are no change."""
    with desk.reading() as reading:
        if told == "mode-unchanged":
            modes = [*reversed(catalogue.item(reading, code).modes)]

    assert_explained(mode_refused(desk, code, *modes, **given), told)


@pytest.mark.parametrize("act", ["add_item", "set_mode"])
def test_an_administrator_needs_a_supervisor_beside(desk: Desk, act: str) -> None:
    """Another administrator or clerk is not enough; a supervisor alone is; a clerk may not at all."""
    administrator = builders.at(desk, "3001")
    refusal = {"add_item": refused, "set_mode": mode_refused}[act]

    assert_explained(refusal(administrator), "second-needed")
    assert_explained(refusal(builders.with_second(administrator, "1001")), "wrong-second")
    assert_explained(refusal(builders.with_second(administrator, "3001")), "own-second")
    assert_explained(refusal(builders.with_second(builders.at(desk, "1001"))), "wrong-role")

    done = _done(builders.with_second(administrator, "2002"), act)

    assert (done.added_by, done.second) == ("3001", "2002")
    assert entry(desk)[:2] == (act, "2002")


def _done(desk: Desk, act: str) -> ItemVersion:
    if act == "add_item":
        return hall_items.add(desk, an_item())
    return hall_items.set_mode(desk, "54", ["online"], **PAPER)


def test_pinyin_is_ready_before_the_transaction_begins(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits at another window while a dictionary loads."""
    spell = pinyin.spelled

    def spelled(text: str) -> str:
        with desk.reading():  # there is no transaction inside another
            return spell(text)

    monkeypatch.setattr(pinyin, "spelled", spelled)

    assert hall_items.add(desk, an_item()).pinyin == "shi li shi xiang"


def test_a_rate_counts_what_one_visit_was_enough_for(desk: Desk) -> None:
    """Passed or helped online; those told, declined, withdrawn, merely guided or not yet reviewed are not."""
    clerk = builders.at(desk, "1001")
    for state in CaseState:
        builders.a_case(clerk, state)
    helped = builders.a_case(clerk, CaseState.REGISTERED)
    departures.guide(
        clerk, helped.number, channel="online", text="已在窗口帮办", assisted=("national", "A-1")
    )

    found = hall_items.rate(desk, "59")

    assert found == Rate(cases=len(CaseState) + 1, done_at_once=4)
    assert found.share == 4 / 9


def test_a_case_that_passed_after_a_notice_is_not_counted(desk: Desk) -> None:
    """The applicant came twice."""
    clerk = builders.at(desk, "1001")
    case = builders.a_case(clerk, CaseState.TO_CORRECT)

    formal_review.resubmit(clerk, case.number, [Material(row="statement", form="original")])
    assert builders.review_all(clerk, case.number).state == CaseState.REVIEWED

    assert hall_items.rate(desk, "59") == Rate(1, 0)


def test_without_a_case_there_is_no_share(desk: Desk) -> None:
    """Nothing is divided by nothing; and an item that is none is refused."""
    assert hall_items.rate(desk, "63") == Rate(0, 0)
    assert hall_items.rate(desk, "63").share is None
    assert hall_items.rates(desk) == {}
    with pytest.raises(Refused, match="item-not-found"):
        hall_items.rate(desk, "H-9")


def test_rates_are_those_of_the_days_asked_for(desk: Desk) -> None:
    """Both days count whole; the items in the order of the list."""
    clerk = builders.at(desk, "1001")
    builders.a_case(clerk)
    builders.a_case(clerk, CaseState.REGISTERED, item="63", materials=())
    builders.a_case(clerk, CaseState.REGISTERED, item="5", materials=())

    today = hall_items.rates(desk, "2026-11-20", "2026-11-20")

    assert [*today.items()] == [("5", Rate(1, 0)), ("59", Rate(1, 1)), ("63", Rate(1, 0))]
    assert hall_items.rates(desk) == today
    assert hall_items.rates(desk, since="2026-11-21", until="2026-11-21") == {}
    assert hall_items.rates(desk, until="2026-11-19") == {}
    assert hall_items.rate(desk, "59", since="2026-11-19").cases == 1
    for since, until in (("gestern", None), ("2026-11-20", "2026-11-19")):
        with pytest.raises(Explained):
            hall_items.rates(desk, since, until)
