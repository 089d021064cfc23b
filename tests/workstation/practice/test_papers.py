"""Every paper of the practice day lies in the tray, can be scanned, and tells nobody what it must not."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from forms import identifiers
from tests.printing import pdfs
from tests.workstation.practice.conftest import Day
from workstation.domain.fields import personal_fields
from workstation.store.tables import CASES

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
OUTSIDE = ("envelope", "handover_sheet")
CODE_128 = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.Code128])


@pytest.fixture(scope="session")
def personal(day: Day) -> list[str]:
    """Every personal value of the day's cases: names, numbers, telephones, addresses, remarks."""
    with day.desk.reading() as reading:
        cases = reading.cases.where()
    values = {getattr(case, field) for case in cases for field in personal_fields(CASES.kind)}
    return sorted(value for value in values if value)


def test_the_day_has_the_names_that_make_trouble(personal: list[str]) -> None:
    """Rare characters, a name with 间隔号 and one in Latin letters are among the people."""
    everything = "".join(personal)

    assert {"𬱟", "𪾢", "䶮"} <= set(everything)
    assert any("·" in value for value in personal)
    assert "MARIA EXEMPLO SILVA" in personal


def test_the_people_do_not_exist(day: Day) -> None:
    """Their ID numbers are valid and have the sequence 000, or EXAM; their telephones begin with 1390000."""
    with day.desk.reading() as reading:
        cases = reading.cases.where()

    for case in cases:
        number = identifiers.load(case.applicant_id_kind).validate(case.applicant_id)
        is_unit = case.applicant_id_kind in identifiers.OF_ORGANISATIONS
        assert number[8:12] == "EXAM" if is_unit else number[14:17] == "000"
        assert case.applicant_phone.startswith("1390000")
    assert any(case.applicant_id_kind in identifiers.OF_ORGANISATIONS for case in cases)


def test_every_paper_lies_in_the_tray_and_nothing_else(day: Day) -> None:
    """Paths are absolute and lead to a PDF in the home's tray; no other file is there."""
    paths = {Path(paper["path"]) for paper in day.document["papers"]}

    assert all(path.is_absolute() for path in paths)
    assert paths == set((day.home / "tray").iterdir())
    assert all(path.read_bytes().startswith(b"%PDF-") for path in paths)


def test_a_reply_slip_lies_on_the_sheet_of_its_packing_list(day: Day) -> None:
    """Two faces and two numbers share one file; every other face has a file of its own."""
    kinds = defaultdict(list)
    for paper in day.document["papers"]:
        kinds[paper["path"]].append(paper["kind"])

    shared = {tuple(sorted(found)) for found in kinds.values() if len(found) > 1}
    assert shared == {("packing_list", "reply_slip")}
    assert ["reply_slip"] not in kinds.values()


def scanned(path: str) -> set[str]:
    """The numbers on a file's pages, as a plain scanner sees them; no paper of a day stands on its side."""
    document = pypdfium2.PdfDocument(path)
    pictures = [page.render(scale=150 / 72, grayscale=True).to_pil() for page in document]
    document.close()
    return {
        code.text
        for picture in pictures
        for code in zxingcpp.read_barcodes(picture, formats=CODE_128, try_rotate=False, try_downscale=False)
    }


def test_the_bars_of_every_face_are_its_number(day: Day) -> None:
    """A scanner finds each face's own number on its sheet, and no number of another face."""
    expected = defaultdict(set)
    for paper in day.document["papers"]:
        expected[paper["path"]].add(paper["number"])
    numbers = {paper["number"] for paper in day.document["papers"]}

    wrong = {
        path: (found, wanted)
        for path, wanted in expected.items()
        if (found := scanned(path)) & numbers != wanted
    }

    assert not wrong


@pytest.mark.parametrize("kind", OUTSIDE)
def test_what_strangers_see_names_no_person(day: Day, personal: list[str], kind: str) -> None:
    """Envelope faces and handover sheets carry an office and no personal value, masked or not."""
    with day.desk.reading() as reading:
        offices = {"".join(envelope.office_name.split()) for envelope in reading.envelopes.where()}
    paths = sorted({paper["path"] for paper in day.document["papers"] if paper["kind"] == kind})

    for path in paths:
        text = pdfs.text(Path(path).read_bytes())
        assert any(office in text for office in offices)
        assert not [value for value in personal if "".join(value.split()) in text]
        assert "*" not in text


def test_a_paper_of_several_cases_belongs_to_none(day: Day) -> None:
    """Only what speaks of one case alone is kept under its number."""
    cases: dict[str, set[bool]] = defaultdict(set)
    for paper in day.document["papers"]:
        cases[paper["kind"]].add(paper["case"] is None)

    assert cases["handover_sheet"] == cases["envelope"] == {True}
    assert cases["packing_list"] == {True, False}
    assert cases["intake_slip"] == cases["notice"] == cases["proof_of_service"] == {False}


def test_no_file_of_the_home_tells_a_personal_value(day: Day, personal: list[str]) -> None:
    """Database, write-ahead log, settings and file names give away nobody, in whatever encoding."""
    with day.desk.reading() as reading:
        staff = [user.name for user in reading.users.where()]
    needles = {value.encode(encoding) for value in [*personal, *staff] for encoding in ENCODINGS}
    files = {path: content for path, content in day.files.items() if path.suffix != ".pdf"}

    searched = [*files.values(), "\n".join(str(path) for path in day.files).encode()]
    # Where not even its beginning stands, a value does not: telephones and ID numbers begin alike.
    begun = {start for start in {needle[:6] for needle in needles} if any(start in text for text in searched)}

    assert {path.name for path in files} >= {"ledger.db", "log-before-closing", "settings.toml"}
    assert all(len(files[path]) for path in files if path.name != "ledger.db.lock")
    assert not [
        needle for needle in needles if needle[:6] in begun and any(needle in text for text in searched)
    ]
