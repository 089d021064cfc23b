"""Items and checklists as they hold in a hall: its own word before what we ship, the nearest place first."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from forms import items
from forms.items import checklists
from tests import builders
from tests.builders import assert_explained
from workstation.acts import catalogue, guides, hall_items, registration, table_files
from workstation.acts.desk import Desk
from workstation.acts.inputs import EXAMPLE_ITEM
from workstation.domain.times import local
from workstation.errors import Refused, WrongUsage
from workstation.reference import divisions

PAPER = {"source": "示例大厅的决定", "source_date": "2026-11-02"}


@pytest.fixture
def desk(desk: Desk) -> Desk:
    """The supervisor of a hall that has said nothing yet."""
    return builders.at(desk, "2001")


def guide_for(desk: Desk, scope: str, code: str = "63") -> None:
    """A guide of one row, named after its scope."""
    heads = ("事项代码", "材料名称", "审查要点", "形式")
    content = table_files.written("csv", heads, [(code, f"材料{scope}", "字迹清晰。", "原件")], title="表")
    guides.import_file(desk, "指南.csv", content, scope=scope, **PAPER)


def checklist(desk: Desk, code: str, office: str = "", division: str | None = None) -> items.Checklist:
    """The checklist that holds."""
    with desk.reading() as reading:
        return catalogue.checklist(reading, code, office=office, division=division)


def test_a_hall_that_says_nothing_has_the_national_list(desk: Desk) -> None:
    """All of it, in its order, word for word."""
    with desk.reading() as reading:
        assert catalogue.all_items(reading) == items.all_items()
        assert catalogue.item(reading, "63") == items.by_code("63")
        assert catalogue.editions(reading, "63") == []


def test_own_items_stand_behind_the_list_and_numbers_in_their_order(desk: Desk) -> None:
    """2 before 10, and words last."""
    for code in ("a-1", "138", "H-1"):
        hall_items.add(desk, msgspec.structs.replace(EXAMPLE_ITEM, code=code))

    with desk.reading() as reading:
        codes = [item.code for item in catalogue.all_items(reading)]
    assert codes == [*(str(number) for number in range(1, 139)), "H-1", "a-1"]


def test_a_changed_item_keeps_what_the_list_printed(desk: Desk) -> None:
    """Only mode and source are the hall's."""
    hall_items.set_mode(desk, "54", ["online"], **PAPER)
    listed = items.by_code("54")

    with desk.reading() as reading:
        item = catalogue.item(reading, "54")

    assert (item.modes, item.source, item.source_date.isoformat()) == ((items.Mode.ONLINE,), *PAPER.values())
    for field in ("title", "scenario", "mode_text", "batch", "due_text", "basis_place", "lead_ministry"):
        assert getattr(item, field) == getattr(listed, field)


@pytest.mark.parametrize("code", ["999", "H-1", "", "６３", "63\x00"])
def test_an_unknown_item_is_refused(desk: Desk, code: str) -> None:
    """In words, whatever was typed."""
    with desk.reading() as reading, pytest.raises(Refused) as caught:
        catalogue.item(reading, code)

    assert_explained(caught.value, "item-not-found")


def test_the_nearest_guide_holds(desk: Desk) -> None:
    """Office, county, city, province, all; then the files we ship: jurisdiction, item, generic."""
    expected = items.for_item("63")
    assert checklist(desk, "63", "450101-police", "450101") == expected
    for scope in ("*", "450000", "450100", "450101"):
        guide_for(desk, scope)
        assert checklist(desk, "63", "450101-police", "450101").rows[0].name == f"材料{scope}"

    assert checklist(desk, "63", "350203-police", "350203").rows[0].name == "材料*"
    assert checklist(desk, "64", "450101-police", "450101") == items.for_item("64")
    assert checklist(desk, "5").origin == checklists.Origin.GENERIC


def test_the_file_of_a_jurisdiction_goes_before_that_of_the_item(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """And behind every guide of the hall."""
    folder = tmp_path / "items" / "x"
    folder.mkdir(parents=True)
    own = Path(items.__file__).parent / str(items.folder_of("63")) / checklists.FILE
    for name in (checklists.FILE, "450100.toml"):
        (folder / name).write_bytes(own.read_bytes())
    shipped = items.for_item

    def for_item(code: str, division: str | None = None) -> items.Checklist:
        return shipped(code, division, tmp_path / "items")

    monkeypatch.setattr(items, "for_item", for_item)

    assert checklist(desk, "63", division="450101").origin == items.Origin.JURISDICTION
    assert checklist(desk, "63").origin == items.Origin.ITEM
    guide_for(desk, "*")
    assert checklist(desk, "63", division="450101").origin == items.Origin.GUIDE


@pytest.mark.parametrize("division", ["", "012345", "4501"])
def test_a_place_that_is_no_division_has_the_items_own_checklist(desk: Desk, division: str) -> None:
    """Six digits may be typed that no division can have; the hand-in is registered all the same."""
    assert checklist(desk, "63", division=division) == items.for_item("63")
    assert not divisions.exists(division)


def test_a_hand_in_for_an_office_of_no_division_is_registered(desk: Desk) -> None:
    """Number before anything: a doubtful code of a division stops nobody."""
    office = builders.an_office(code="x-1", division="012345")

    case = registration.register(builders.at(desk, "1001"), builders.an_intake(offices=(office,)))

    assert case.checklist_version == items.for_item("59").version


def test_a_case_remembers_which_checklist_it_was(desk: Desk) -> None:
    """The item's own and a guide by version alone, others with whose they are."""
    assert catalogue.named(items.for_item("63")) == items.for_item("63").version
    assert catalogue.named(checklists.generic()) == f"generic/{checklists.generic().version}"
    guide_for(desk, "*")
    assert catalogue.named(checklist(desk, "63")) == "63/*/1"


def test_the_finder_knows_every_item(desk: Desk) -> None:
    """Each is found first by its code, the hall's own too."""
    hall_items.add(desk, EXAMPLE_ITEM)

    with desk.reading() as reading:
        finder = catalogue.finder(reading)
        codes = [item.code for item in catalogue.all_items(reading)]

    assert [finder.find(code, 1)[0].code for code in codes] == codes


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("", "2026-11-02"), "plain-text-empty"),
        (("长" * 201, "2026-11-02"), "plain-text-too-long"),
        (("决定", "2026-02-30"), "day-impossible"),
        (("决定", "2026-11-21"), "source-not-yet"),
    ],
)
def test_a_source_is_a_text_and_a_day_that_has_come(desk: Desk, given: tuple[str, str], code: str) -> None:
    """Today is the last day it can be of."""
    now = desk.store.now()
    today = local(now).date().isoformat()
    assert catalogue.sourced(" 决定 ", today, now=now) == ("决定", today)

    with pytest.raises(WrongUsage) as caught:
        catalogue.sourced(*given, now=now)

    assert_explained(caught.value, code)
