"""A packing list is received out of its QR codes, whole or not at all, and held against the ledger."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from printing import sheets
from tests import builders
from tests.builders import a_case, an_envelope, assert_explained, papers_of, refused
from tests.workstation.domain.lists import a_list
from workstation.acts import explanations, manifests, packing, papers
from workstation.acts.desk import Desk
from workstation.acts.manifests import Received
from workstation.domain import manifest
from workstation.domain.codes import HallCode
from workstation.domain.envelope import EnvelopeState
from workstation.domain.manifest import Manifest, ManifestError
from workstation.errors import OutsideFailed

#: A hall far away; its list takes several symbols.
FOREIGN = a_list(150, cases=2, hall=HallCode("110101", 2))
SYMBOLS = manifest.symbols(FOREIGN)


def facts_of(desk: Desk, envelope: str) -> dict[str, Any]:
    """What the newest packing list of an envelope was promised with."""
    with desk.reading() as reading:
        faces = reading.papers.where(object=envelope, kind="packing_list")
        newest = max(faces, key=lambda face: face.copy)
        return papers.facts_of(reading, newest.number)


def symbols_of(desk: Desk, envelope: str) -> list[str]:
    """The digits on it."""
    return str(facts_of(desk, envelope)["manifest.code"]).split()


def received(desk: Desk, found: Manifest) -> Received:
    """A list as it arrives."""
    return manifests.received(desk, manifest.symbols(found))


def of_envelope(desk: Desk, envelope: str) -> Manifest:
    """The list of an envelope of this hall."""
    return manifests.received(desk, symbols_of(desk, envelope)).manifest


# ---- of this hall


@pytest.mark.parametrize("state", [*EnvelopeState])
def test_the_list_of_an_envelope_agrees_with_the_ledger(desk: Desk, state: EnvelopeState) -> None:
    """From the packing on, wherever the envelope is by now, and after it was voided."""
    envelope = an_envelope(desk, state)

    found = manifests.received(desk, symbols_of(desk, envelope.number))

    assert (found.state, found.agrees, found.differences) == (state, True, ())
    assert found.manifest.envelope == envelope.number
    assert found.manifest.office == envelope.office_code


def test_it_says_what_the_paper_says(desk: Desk) -> None:
    """Case, item and each piece with form, copies and pages, in the same order."""
    envelope = an_envelope(desk).number
    facts = facts_of(desk, envelope)

    found = of_envelope(desk, envelope)

    assert [case.number for case in found.cases] == [row["number"] for row in facts["case_rows"]]
    assert [(p.name, str(p.copies), str(p.pages)) for p in found.pieces] == [
        (row["name"], row["copies"], row["pages"]) for row in facts["rows"]
    ]


def test_it_says_nothing_about_people(desk: Desk) -> None:
    """Neither name nor number nor telephone, in clear or masked."""
    case = a_case(desk)
    envelope = packing.pack(desk, [case.number]).number

    said = repr(of_envelope(desk, envelope))

    for told in (case.applicant_name, case.applicant_id, case.applicant_phone, case.applicant_name[0] + "*"):
        assert told not in said


def test_a_reprint_carries_the_same_list(desk: Desk) -> None:
    """So the QR codes of the copy and of the former paper are one list."""
    envelope = an_envelope(desk).number
    former = symbols_of(desk, envelope)

    papers.reprint(desk, papers_of(desk, envelope, "packing_list")[0].number, reason="damaged")

    assert symbols_of(desk, envelope) == former


def without_a_row(found: Manifest) -> Manifest:
    """One paper was left out."""
    return replace(found, pieces=found.pieces[1:])


def with_more_copies(found: Manifest) -> Manifest:
    """One paper more than is known."""
    first, *others = found.pieces
    return replace(found, pieces=(replace(first, copies=9), *others))


def with_another_paper(found: Manifest) -> Manifest:
    """A paper nobody handed in."""
    return replace(found, pieces=(*found.pieces, replace(found.pieces[0], row="other", name="别的材料")))


def to_another_office(found: Manifest) -> Manifest:
    """Addressed otherwise."""
    return replace(found, office="999999-xx")


def of_another_item(found: Manifest) -> Manifest:
    """The case is about something else."""
    return replace(found, cases=(replace(found.cases[0], item="1"),))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (without_a_row, ["清单上没有"]),
        (with_more_copies, ["账上没有", "9 份", "清单上没有"]),
        (with_another_paper, ["别的材料", "账上没有"]),
        (to_another_office, ["寄往的部门", "999999-xx"]),
        (of_another_item, ["事项"]),
    ],
)
def test_what_the_ledger_says_otherwise_is_told(desk: Desk, change: object, words: list[str]) -> None:
    """Each difference in words; the list is shown all the same."""
    envelope = an_envelope(desk).number
    assert callable(change)

    found = received(desk, change(of_envelope(desk, envelope)))

    told = "".join(found.differences)
    assert found.agrees is False
    assert all(word in told for word in words), told
    assert all(word in manifests.sheet(found) for word in (*words, "与账不一致"))


def test_a_case_of_another_envelope_is_told(desk: Desk) -> None:
    """And the one that should be there."""
    one, other = (an_envelope(desk).number for _ in range(2))
    mine, theirs = of_envelope(desk, one), of_envelope(desk, other)

    told = received(desk, replace(theirs, envelope=one)).differences

    assert any(mine.cases[0].number in each and "清单上没有" in each for each in told)
    assert any(theirs.cases[0].number in each and "不在这个封套里" in each for each in told)


# ---- of another hall


def test_another_halls_list_is_received(desk: Desk) -> None:
    """In any order; whether it is right only its reader can see."""
    found = manifests.received(desk, reversed(SYMBOLS))

    assert (found.manifest, found.state, found.agrees) == (FOREIGN, None, None)
    assert found.titles == {"63": found.titles["63"]}
    assert "63" not in found.titles["63"]


def test_the_sheet_has_a_box_for_each_piece(desk: Desk) -> None:
    """With totals, the envelope's number, and that this hall does not know it."""
    text = manifests.sheet(manifests.received(desk, SYMBOLS))

    assert text.count("□") == 150
    for words in (
        FOREIGN.envelope,
        f"合计 2 件办件，150 项材料，{sum(p.copies for p in FOREIGN.pieces)} 份",
        "没有这个封套",
        FOREIGN.pieces[77].name,
    ):
        assert words in text


def test_symbols_are_gathered_until_all_are_there() -> None:
    """Scanned one after the other, twice, and with another list between them."""
    other = manifest.symbols(a_list(150, serial=9))[0]
    found: tuple[str, ...] = ()
    told = []
    for symbol in (SYMBOLS[1], SYMBOLS[1], other, *SYMBOLS):
        found = manifests.gathered(found, symbol)
        told.append(manifests.still_missing(found)[0])

    rest = list(range(1, len(SYMBOLS) + 1))
    assert told[:2] == [[n for n in rest if n != 2]] * 2
    assert told[2] == rest[1:]
    assert told[3:] == [rest[n:] for n in range(1, len(SYMBOLS) + 1)]
    assert set(found) == set(SYMBOLS)


# ---- refused


def spoilt(text: str) -> str:
    """With one digit misread."""
    return text[:100] + str((int(text[100]) + 1) % 10) + text[101:]


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ([], "manifest-nothing-read"),
        (SYMBOLS[1:], "manifest-missing"),
        ([*SYMBOLS[1:], manifest.symbols(a_list(150))[0]], "manifest-mixed"),
        ([*SYMBOLS[1:], spoilt(SYMBOLS[0])], "scan-list-check"),
        ([*SYMBOLS[1:], SYMBOLS[0][:400]], "scan-list-truncated"),
        (["".join(SYMBOLS[:2])], "scan-list-length"),
        (["12345"], "scan-too-short"),
    ],
)
def test_what_makes_no_list_is_refused(desk: Desk, texts: list[str], code: str) -> None:
    """Each with its own code and in words."""
    with refused(desk, code):
        manifests.received(desk, texts)


def test_the_missing_symbols_are_named(desk: Desk) -> None:
    """So that the clerk knows where to point the scanner."""
    with refused(desk, "manifest-missing") as caught:
        manifests.received(desk, SYMBOLS[1:2])

    assert f"有 {len(SYMBOLS)} 个" in caught.value.why
    assert "缺第 1、3" in caught.value.why


def test_another_barcode_is_no_list(desk: Desk) -> None:
    """The number of the paper stands beside it."""
    envelope = an_envelope(desk).number

    with refused(desk, "manifest-another-code"):
        manifests.received(desk, [envelope])


def test_a_practice_list_is_refused_in_a_real_hall(desk: Desk) -> None:
    """As every code of a practice hall."""
    with refused(desk, "practice-code-in-live-hall"):
        received(desk, a_list(hall=HallCode("110101", 9)))


def test_somebody_has_to_be_signed_in(desk: Desk) -> None:
    """Any role may read a list."""
    with refused(desk, "nobody-signed-in"):
        manifests.received(builders.nobody(desk), SYMBOLS)
    for code in ("1001", "2001", "3001", "4001"):
        assert manifests.received(builders.at(desk, code), SYMBOLS).manifest == FOREIGN


def test_reading_writes_nothing(desk: Desk) -> None:
    """Also of an envelope that is known, and at a desk that only looks."""
    envelope = an_envelope(desk).number
    symbols = symbols_of(desk, envelope)
    before = builders.head(desk)

    manifests.received(replace(desk, readonly=True), symbols)

    assert builders.head(desk) == before


def kinds(kind: type[ManifestError]) -> Iterator[type[ManifestError]]:
    """A kind of error and all below it."""
    yield kind
    for below in kind.__subclasses__():
        yield from kinds(below)


FAULTS = [
    manifest.MissingParts((1, 2), 3) if kind is manifest.MissingParts else kind("detail")
    for kind in kinds(ManifestError)
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.reason)
def test_every_fault_of_a_list_has_words(fault: ManifestError) -> None:
    """And there are no words for faults that cannot be."""
    assert_explained(explanations._manifest(fault), f"manifest-{fault.reason.replace('_', '-')}")
    assert {each.reason for each in FAULTS} == explanations.MANIFEST_REASONS.keys()


# ---- pictures


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sheet with a list of several symbols, as a PDF."""
    path = tmp_path_factory.mktemp("photo") / "list.pdf"
    parts = (
        ("title", (("清单",),)),
        ("code", (("43501021203263240018", "编号"),)),
        ("qr", ((" ".join(SYMBOLS), ""),)),
    )
    path.write_bytes(sheets.render(parts, page="A4"))
    return path


def test_all_symbols_of_a_picture_are_read(desk: Desk, photo: Path) -> None:
    """The barcode beside them is left alone."""
    found = manifests.in_file(photo)

    assert sorted(found) == sorted(SYMBOLS)
    assert manifests.received(desk, found).manifest == FOREIGN


def blank(folder: Path) -> Path:
    """A picture of nothing."""
    output = io.BytesIO()
    Image.new("L", (300, 300), 255).save(output, "PNG")
    (folder / "blank.png").write_bytes(output.getvalue())
    return folder / "blank.png"


def text(folder: Path) -> Path:
    """A file of another kind."""
    (folder / "list.txt").write_text(SYMBOLS[0])
    return folder / "list.txt"


def endless(folder: Path) -> Path:
    """A file larger than any photograph."""
    with (folder / "large.png").open("wb") as file:
        file.truncate(manifests.LARGEST + 1)
    return folder / "large.png"


@pytest.mark.parametrize(
    ("make", "code"),
    [(blank, "manifest-nothing-read"), (text, "manifest-no-picture"), (endless, "manifest-no-picture")],
)
def test_a_file_without_a_list_is_told(desk: Desk, tmp_path: Path, make: object, code: str) -> None:
    """No symbol found is something else than no picture."""
    assert callable(make)
    path = make(tmp_path)

    with refused(desk, code):
        manifests.in_file(path)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Not there, or a folder."""
    for path in (tmp_path / "none.png", tmp_path):
        with pytest.raises(OutsideFailed) as caught:
            manifests.in_file(path)
        assert_explained(caught.value, "file-unreadable")
