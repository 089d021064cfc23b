"""A case in words: what is said of limits, rows, waybills and notes, and that no clear name slips through."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from workstation.acts import contacts, handover, numbers, results
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.screens.case import notes, panes, sight, telling
from workstation.screens.case.sight import Sight


def seen(desk: Desk, state: str = CaseState.REGISTERED) -> Sight:
    """A look at a new case in this state."""
    return sight.look(desk, builders.a_case(desk, state).number)


def at(desk: Desk, state: ConsignmentState) -> Sight:
    """A look at a case whose consignment stands there."""
    return sight.look(desk, builders.a_consignment(desk, state).case_number)


def test_a_number_is_read_aloud_in_fives() -> None:
    """The last group is the short form of the telephone."""
    assert telling.grouped("13501021012632400019") == "13501 02101 26324 00019"
    assert telling.grouped("") == ""


@pytest.mark.parametrize(
    ("day", "doubtful", "told", "said"),
    [
        ("2026-11-27", False, False, "告知时限 2026-11-27"),
        ("2026-11-19", False, False, "! 已过告知时限 2026-11-19"),
        ("2026-11-20", False, False, "告知时限 2026-11-20"),
        ("2027-01-05", True, False, "告知时限 2027-01-05（暂定）"),
        ("2026-11-19", False, True, "告知时限 2026-11-19（已告知）"),
    ],
)
def test_the_limit_of_telling_is_said_with_its_doubt(day: str, doubtful: bool, told: bool, said: str) -> None:
    """Passed by a sign and a word, not by colour; once told it is no more than a date."""
    assert telling.told_by(day, "2026-11-20", doubtful=doubtful, told=told) == said


def test_only_a_case_that_may_still_be_told_has_a_limit(desk: Desk) -> None:
    """Registered and to be corrected do, reviewed does not; a notice is noted."""
    assert "告知时限 2026-11-27" in telling.head(seen(desk), "")
    assert "（已告知）" in telling.head(seen(desk, CaseState.TO_CORRECT), "")
    assert "告知时限" not in telling.head(seen(desk, CaseState.REVIEWED), "")


def test_clear_text_tells_every_field_of_the_applicant_and_agent(desk: Desk) -> None:
    """With the warning, and how long it stays; masked it tells none of them."""
    agent = builders.a_person("李代办", phone="13900000008")
    number = builders.a_case(desk, CaseState.REGISTERED, agent=agent, remark="听力不便").number
    there = sight.look(desk, number)

    clear = telling.head(there, "", clear=True, seconds=60)
    masked = telling.head(there, "")

    for text in ("覃示例", "450103199003070004", "13900000001", "示例路 1 号", "李代办", "听力不便"):
        assert text in clear
        assert text not in masked
    assert "! 明文，60 秒后" in clear
    assert "代办人 李**" in masked


def test_a_printed_text_is_masked_wherever_it_names_the_applicant(desk: Desk) -> None:
    """Name, number, telephone, address; a remark of one character does not blot out a page."""
    case = replace(seen(desk).case, remark="的")
    text = "申请人：覃示例 450103199003070004 13900000001 的"

    masked = telling.masked_text(text, case)

    assert masked == "申请人：覃** 450103********0004 139****0001 的"


def test_a_failing_row_is_told_with_sign_and_words(desk: Desk) -> None:
    """✗ and the word of each defect; a code nobody knows is shown as it came."""
    rows = {row.row_id: row for row in seen(desk, CaseState.TO_CORRECT).file.rows}
    failing = rows["statement"]

    assert telling.finding(failing) == "✗ 不符"
    assert telling.defects(failing) == "缺件"
    assert (
        telling.defects(replace(failing, defects="unsigned,novel", licence="absent")) == "未签名、novel、缺证"
    )
    assert telling.finding(rows["application"]) == "✓ 通过"
    assert "备注：（已遮盖）" in telling.row_told(replace(failing, remark="某人"), clear=False)
    assert "备注：某人" in telling.row_told(replace(failing, remark="某人"), clear=True)


def test_waybills_of_both_ways_are_shown_the_live_one_first_of_all(desk: Desk) -> None:
    """The outward one while it travels, the return one on the way back; the whole story on Enter."""
    sealed = at(desk, ConsignmentState.SEALED)
    (way,) = sealed.file.consignments
    assert telling.waybills(sealed, way) == []
    batch = handover.open_batch(desk, builders.badge(desk))
    face = builders.paper_of(desk, way.envelope or "", "envelope").number
    handover.scan_envelope(desk, batch.number, face=face, waybill=builders.WAYBILL)
    handover.hand_over(desk, batch.number, missing={})

    out = sight.look(desk, sealed.case.number)
    assert [sent.waybills for sent in panes.sent(out)] == [builders.WAYBILL]

    builders.advance(desk, way.id, ConsignmentState.DECIDED)
    results.result_return(desk, way.id, waybill=builders.RETURN_WAYBILL)

    back = sight.look(desk, sealed.case.number)
    (way,) = back.file.consignments
    assert telling.waybills(back, way) == [builders.RETURN_WAYBILL]
    assert f"{builders.WAYBILL}、{builders.RETURN_WAYBILL}" in telling.way_told(back, way)
    assert "决定：准予　纸质" in telling.way_told(back, way)


def test_every_piece_has_a_holder_and_its_history(desk: Desk) -> None:
    """As the journal tells it; what nobody knows of is said to have none."""
    there = at(desk, ConsignmentState.HANDED_OVER)

    held = {line.piece.id: line.now.holder if line.now else None for line in panes.held(there)}

    assert set(held.values()) == {"courier", "applicant"}
    for piece in held:
        assert telling.custody_of(there, piece).endswith(("因“收件登记”", "因“交寄”", "因“形式审查”"))
    assert telling.custody_of(there, "nothing") == "（没有保管记录）"


def test_notes_come_in_order_with_what_is_personal_apart(desk: Desk) -> None:
    """Look, pledge, call, other number: one line each, the clear part only when it is asked for."""
    case = builders.a_deferring_case(desk).number
    contacts.add(desk, case, who="applicant", outcome="left_word", next_on="2026-11-23", note="覃示例 外出")
    numbers.add(desk, case, system="provincial", value="示例0001")

    found = notes.of_file(sight.look(desk, case).file)

    assert [note.kind for note in found] == ["身份核验", "承诺", "联系", "外部编号"]
    assert [note.at for note in found] == sorted(note.at for note in found)
    call = found[2]
    assert call.text == "申请人 已留言　下次 2026-11-23　电话 139****0001"
    assert "覃示例" not in call.told(clear=False)
    assert "覃示例 外出" in call.told(clear=True)
    assert found[3].told(clear=False).endswith("省政务服务平台办件号 示例0001\n经办：1001")
