"""What a packet holds: every paper or why not, pictures, what the case is, and its part of the journal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from integrations.platforms.archive_packet import metadata, packet
from integrations.platforms.archive_packet.packet import Row
from tests import builders
from tests.builders import a_case, an_intake, papers_of
from tests.workstation.acts.packets import (
    POLICY,
    a_closed_case,
    a_picture,
    looked_at,
    on_blank_sheets,
    shared_envelope,
)
from workstation.acts import (
    archive_checks,
    archive_contents,
    archives,
    departures,
    making,
    numbers,
    packing,
    papers,
    registration,
    service,
)
from workstation.acts.archive_contents import ABSENT, SHARED, Packable
from workstation.acts.desk import Desk
from workstation.domain import codes
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.paper import PaperState
from workstation.domain.words import word


@pytest.fixture(autouse=True)
def blank_sheets(undrawn: None) -> Iterator[None]:
    """Papers are whole PDFs."""
    with on_blank_sheets():
        yield


def rows(packable: Packable, kind: str = "paper") -> dict[str, Row]:
    """What is listed, by number."""
    return {row.number: row for row in packable.contents.rows if row.kind == kind}


def lines(packable: Packable) -> list[dict[str, object]]:
    """The excerpt of the journal."""
    return [json.loads(line) for line in packable.contents.journal.splitlines()]


def said(packable: Packable) -> dict[str, str]:
    """What is said of the case."""
    return {field.name: field.value for field in packable.contents.fields}


def gone(desk: Desk, number: str) -> None:
    """The bytes of a paper have passed their time of keeping."""
    with desk.store.engine.write():
        desk.store.engine.run("UPDATE paper_bodies SET pdf = NULL WHERE number = :number", {"number": number})


def test_every_paper_is_in_it(desk: Desk) -> None:
    """Those of the case and of its envelope; a slip stands on the sheet of its list."""
    number = a_closed_case(desk).number

    found = rows(archive_contents.of_case(desk, number))

    kinds = {row.title: row for row in found.values()}
    assert kinds.keys() == {
        word(k) for k in ("intake_slip", "envelope", "packing_list", "reply_slip", "proof_of_service")
    }
    assert all(row.file for row in found.values())
    assert kinds["回执联"].file == kinds["内件清单"].file
    assert {paper.number for paper in papers_of(desk, number)} <= found.keys()


def test_a_paper_without_image_says_why(desk: Desk) -> None:
    """Its time of keeping is over, or it was void before it was made."""
    number = a_case(desk, CaseState.REGISTERED).number
    void = builders.paper_of(desk, number, "intake_slip").number
    live = papers.reprint(desk, void, reason="jammed").number
    departures.withdraw(desk, number)
    for paper in (void, live):
        gone(desk, paper)

    packable = archive_contents.of_case(desk, number)

    found = rows(packable)
    assert (found[void].file, found[void].absent) == ("", ABSENT[PaperState.VOID])
    assert (found[live].file, found[live].absent) == ("", ABSENT[PaperState.MADE])
    assert packable.absent == 2
    assert archive_checks.of(packet.packed(packable.contents)).is_sound


def test_what_an_interruption_left_is_made_first(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is missing only because nobody had asked for it yet."""
    with monkeypatch.context() as patch:
        patch.setattr(making, "make", lambda *_: None)
        patch.setattr(making, "make_left", lambda *_: None)
        number = registration.register(desk, an_intake()).number
        departures.withdraw(desk, number)

    packable = archive_contents.of_case(desk, number)

    assert packable.absent == 0
    assert rows(packable)


def test_every_state_of_a_paper_has_a_reason() -> None:
    """None is left out without a word."""
    assert ABSENT.keys() == set(PaperState)


def test_an_envelope_that_was_opened_again_is_in_it_too(desk: Desk) -> None:
    """Its void face: the case's record knows only the last envelope."""
    number = a_case(desk).number
    (consignment,) = builders.consignments_of(desk, number)
    first = builders.packed(desk, consignment.id).number
    packing.void(desk, first, reason="wrong_address")
    builders.asked_anew(desk, consignment.id)
    builders.advance(desk, consignment.id, ConsignmentState.DONE)
    service.close(desk, number, rating="invited")

    found = rows(archive_contents.of_case(desk, number))

    faces = [row for row in found.values() if row.title == "封套面"]
    assert sorted(row.state for row in faces) == ["作废", "已成文"]


def test_what_shows_another_case_stays_out(desk: Desk) -> None:
    """Two cases in one envelope: its papers are named in either packet, and given in none."""
    number, envelope = shared_envelope(desk)
    of_both = papers.listed(desk, envelope)
    packing.void(desk, envelope, reason="withdrawn")
    departures.withdraw(desk, number)

    packable = archive_contents.of_case(desk, number)

    found = rows(packable)
    assert {found[paper.number].absent for paper in of_both} == {SHARED}
    assert {found[paper.number].file for paper in of_both} == {""}


def test_pictures_are_in_it(desk: Desk) -> None:
    """As they were taken, by the look they belong to."""
    number = a_case(desk, CaseState.REGISTERED).number
    looked_at(desk, number)
    departures.withdraw(desk, number)

    packable = archive_contents.of_case(desk, number)

    (row,) = rows(packable, "evidence").values()
    assert packable.contents.files[row.file] == a_picture()
    assert row.file == f"evidence/{number}-i1-e1.jpg"
    assert archive_checks.of(packet.packed(packable.contents)).is_sound


def test_the_case_is_told_in_clear(desk: Desk) -> None:
    """Who, what, when; kinds and states by their words, numbers of others beside."""
    number = a_case(desk).number
    numbers.add(desk, number, system="provincial", value="FJ-2026-0001")
    departures.withdraw(desk, number)

    packable = archive_contents.of_case(desk, number)

    told = said(packable)
    person = builders.a_person()
    assert (told["applicant_name"], told["applicant_id"]) == (person.name, person.id_number)
    assert (told["applicant_id_kind"], told["state"]) == ("居民身份证", "已撤回")
    assert told["registered_at"].startswith("2026-11-20T09:")
    groups = {
        group.name: {field.name: field.value for field in group.fields} for group in packable.contents.groups
    }
    assert groups["external_number"] == {"system": "省政务服务平台办件号", "value": "FJ-2026-0001"}
    assert groups["consignment"]["id"] == f"{number}-1"


def test_the_journal_is_in_it_with_its_anchor(desk: Desk) -> None:
    """Every entry about the case, each with the hash that its columns have."""
    number = a_closed_case(desk).number
    with desk.reading() as reading:
        expected = [entry.seq for entry in reading.journal_of(number)]
        head = reading.chain()[1]

    first, *entries = lines(archive_contents.of_case(desk, number))

    assert [entry["seq"] for entry in entries] == expected
    assert (first["case"], first["entries"]) == (number, len(expected))
    assert first["anchor"] == codes.anchor(head)
    assert archive_checks._head(first)
    assert all(map(archive_checks._entry, entries))


def test_nobody_is_named_in_the_journal_or_the_list(desk: Desk, tmp_path: Path) -> None:
    """People stand in the papers and in the metadata, and nowhere else; not in the packet's name either."""
    number = a_closed_case(desk).number
    packable = archive_contents.of_case(desk, number)
    done = archives.pack(desk, number, tmp_path, policy=POLICY)

    person = builders.a_person()
    told = packable.contents.journal.decode() + "".join(packable.contents.files) + done.path.name
    told += "".join(row.number + row.title + row.absent for row in packable.contents.rows)
    assert not [text for text in (person.name, person.id_number, person.phone) if text in told]


def test_its_name_is_made_of_numbers(desk: Desk) -> None:
    """Each placeholder a template may have."""
    number = a_closed_case(desk).number

    packable = archive_contents.of_case(desk, number)

    assert packable.name_parts == {
        "division": "350102",
        "hall": "1",
        "item": "59",
        "year": "2026",
        "number": number,
        "ordinal": "1",
    }


def test_metadata_tell_that_the_standard_was_not_read(desk: Desk) -> None:
    """Whoever takes the packet over knows what it is not."""
    contents = archive_contents.of_case(desk, a_closed_case(desk).number).contents

    content = metadata.written(contents.fields, contents.groups, [])

    assert "来源：未核对" in content.decode()
