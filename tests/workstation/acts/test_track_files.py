"""A table from the carrier's web site: taken like what is asked for, and nothing personal of it in clear."""

from __future__ import annotations

import dataclasses

import pytest

from integrations.carriers import track_tables
from tests import builders
from tests.builders import WAYBILL, refused
from tests.workstation.acts.parcels import look, mailed, open_kinds, take, waybill_of
from workstation.acts import track_files, tracking
from workstation.acts.desk import Desk
from workstation.domain.roles import Role
from workstation.domain.tracking import MailState

HEAD = "运单号,时间,代码,状态,机构,说明"
UNKNOWN = "1136281381699"


def table(*rows: str, head: str = HEAD) -> bytes:
    """A CSV with these rows."""
    return "\n".join([head, *rows]).encode()


def test_a_table_is_taken_like_an_answer(desk: Desk) -> None:
    """By codes where there are some, by the carrier's own words where not; the acts say so."""
    envelope = mailed(desk)

    found = track_files.import_table(
        desk,
        "轨迹.csv",
        table(
            f"{WAYBILL},2026-11-20 10:00,203,,南宁揽投部,",
            f"{WAYBILL},2026-11-20 18:00,,投递下段,福州投递部,",
            f"{WAYBILL},2026-11-21 09:00,signed:60,,福州投递部,收发室",
        ),
    )

    assert (found.rows, found.unread, found.unknown) == (3, 0, ())
    assert [(taken.new, taken.raised) for taken in found.taken] == [(3, ("signing_doubtful",))]
    waybill = waybill_of(desk, envelope.number)
    assert (waybill.mail_state, waybill.mail_code) == (MailState.DELIVERED, "704/60")
    assert open_kinds(desk, envelope.number) == ["signing_doubtful"]
    assert look(desk, lambda reading: reading.journal())[-1].act == "import_events"
    events = look(desk, lambda reading: reading.mail_events.where(waybill=WAYBILL))
    assert {event.source for event in events} == {tracking.IMPORT}


def test_the_same_table_again_leaves_no_entry(desk: Desk) -> None:
    """A clerk copies the whole page each day."""
    mailed(desk)
    content = table(f"{WAYBILL},2026-11-20 10:00,203,,南宁揽投部,")
    track_files.import_table(desk, "轨迹.csv", content)
    before = builders.head(desk)

    found = track_files.import_table(desk, "轨迹.csv", content)

    assert (found.rows, found.taken) == (1, ())
    assert builders.head(desk) == before


def test_a_text_without_a_code_is_kept_encrypted_and_moves_nothing(desk: Desk) -> None:
    """It may name who signed: neither the journal nor the name of the event has it."""
    envelope = mailed(desk)

    found = track_files.import_table(
        desk, "轨迹.csv", table(f"{WAYBILL},2026-11-20 10:00,,已签收,福州投递部,签收人：覃某某")
    )

    assert found.unread == 1
    (event,) = look(desk, lambda reading: reading.mail_events.where(waybill=WAYBILL))
    assert (event.code, event.name, event.text) == ("", "", "已签收；签收人：覃某某")
    assert "覃某某" not in "".join(entry.body for entry in look(desk, lambda reading: reading.journal()))
    assert waybill_of(desk, envelope.number).mail_state == MailState.NONE


def test_rows_of_waybills_that_are_not_ours_are_told_and_left_out(desk: Desk) -> None:
    """The others are taken all the same."""
    mailed(desk)

    found = track_files.import_table(
        desk,
        "轨迹.csv",
        table(f"{UNKNOWN},2026-11-20 10:00,203,,,", f"{WAYBILL},2026-11-20 10:00,203,,,"),
    )

    assert found.unknown == (UNKNOWN,)
    assert [taken.waybill for taken in found.taken] == [WAYBILL]
    assert look(desk, lambda reading: reading.mail_events.where(waybill=UNKNOWN)) == []


def test_an_imported_event_that_the_interface_tells_too_is_one(desk: Desk) -> None:
    """By the same code, time and office it is the same event, whichever way it came."""
    mailed(desk)
    take(desk, "203")

    found = track_files.import_table(
        desk, "轨迹.csv", table(f"{WAYBILL},2026-11-20 10:00:00,203,,南宁揽投部,")
    )

    assert found.taken == ()


def test_a_table_with_faults_is_not_taken_at_all(desk: Desk) -> None:
    """Each fault by its row and column, in words, without what stands there."""
    mailed(desk)
    faulty = table(
        f"{WAYBILL},2026-11-20 10:00,203,,,",
        "12345,昨天,,,,",
    )

    with refused(desk, "file-rows") as caught:
        track_files.import_table(desk, "轨迹.csv", faulty)

    said = caught.value.why
    assert all(place in said for place in ("第 3 行“运单号”", "第 3 行“时间”", "第 3 行“状态”"))
    assert "昨天" not in said


def test_every_reason_has_its_words() -> None:
    """A fault of a cell that the reader knows can be told; those of the header are told by every reader."""
    of_cells = {one for one in track_tables.REASONS if not one.startswith("column_")}

    assert of_cells == set(track_files.REASONS)


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_does_not_work_at_the_counter_imports_nothing(desk: Desk, role: Role) -> None:
    """Nor does anybody where nothing would be new; and a desk that only looks writes nothing."""
    with refused(desk, "wrong-role"):
        track_files.import_table(builders.as_role(desk, role), "轨迹.csv", table())
    with refused(desk, "read-only"):
        track_files.import_table(dataclasses.replace(desk, readonly=True), "轨迹.csv", table())


def test_how_far_it_has_come_is_told_by_parcels(desk: Desk) -> None:
    """Each parcel is a step."""
    mailed(desk)
    mailed(desk, UNKNOWN)
    steps: list[tuple[int, int | None]] = []

    track_files.import_table(
        desk,
        "轨迹.csv",
        table(f"{UNKNOWN},2026-11-20 10:00,203,,,", f"{WAYBILL},2026-11-20 10:00,203,,,"),
        progress=lambda done, total: steps.append((done, total)),
    )

    assert steps[-1] == (2, 2)
