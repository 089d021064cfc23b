"""The 催办函 as written: what each state asks for, the mail as far as it is known, and nobody in clear."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests import builders
from tests.builders import WAYBILL, a_consignment, a_person, paper_of
from tests.workstation.acts.facts.written import at_window, on_paper
from workstation.acts import handover, waybills
from workstation.acts.desk import Desk
from workstation.acts.facts import Facts, dunning_letter
from workstation.domain.consignment import Consignment
from workstation.domain.consignment import ConsignmentState as S
from workstation.domain.envelope import EnvelopeState
from workstation.domain.paper import Paper
from workstation.domain.times import minute
from workstation.domain.tracking import MailState

#: 2026-11-23 09:40 in Asia/Shanghai.
DELIVERED_AT = 1_795_398_000_000


def told(desk: Desk, consignment: Consignment, *earlier: Paper) -> Facts:
    """The facts as the act would promise them."""
    case = builders.case_of(desk, consignment.case_number)
    with at_window(desk) as work:
        return dunning_letter.facts(work, desk.hall, case, consignment, earlier=earlier)


@pytest.mark.parametrize(
    ("state", "awaited", "asked"),
    [
        (S.HANDED_OVER, "没有收到贵单位的签收确认", "报出封套内回执联上的回执短码"),
        (S.ACKNOWLEDGED, "没有收到贵单位是否受理的告知", "请一次告知需要补正的全部内容"),
        (S.ACCEPTED, "没有收到贵单位作出决定的告知", "预计作出决定的时间"),
        (S.DECIDED, "没有收到寄回的办理结果", "请告知寄出时间和运单号"),
    ],
)
def test_each_state_asks_for_its_own(desk: Desk, state: S, awaited: str, asked: str) -> None:
    """What has not come, and what the office is asked to say; by window and telephone of who asks."""
    text = on_paper("dunning_letter", told(desk, a_consignment(desk, state)))

    assert awaited in text
    assert asked in text
    assert f"回电请打 {desk.hall.phone}（{desk.hall.name} 2 号窗口）" in text
    assert "■ 示例市第1公安局示例派出所：" in text


def test_the_reply_slips_code_is_not_told(desk: Desk) -> None:
    """Who reads it from this letter could acknowledge an envelope that never came."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    slip = paper_of(desk, consignment.envelope or "", "reply_slip").number

    text = on_paper("dunning_letter", told(desk, consignment))

    assert slip not in text
    assert slip[-5:] not in text
    assert f"{slip[-5:-1]}-{slip[-1]}" not in text


def test_the_applicant_is_masked_and_has_no_number(desk: Desk) -> None:
    """The office finds the case by our numbers; document, telephone and address stay here."""
    person = a_person("欧阳示例")
    consignment = a_consignment(desk, S.HANDED_OVER, applicant=person)

    facts = told(desk, consignment)
    text = on_paper("dunning_letter", facts)

    assert facts.values["applicant.name"] == "欧阳**"
    assert not [private for private in (person.name, person.id_number, person.phone) if private in text]


def test_the_waybill_is_named_if_there_is_one(desk: Desk) -> None:
    """Also after the acknowledgement has ended it; without one the carrier alone is."""
    without = a_consignment(desk, S.HANDED_OVER)
    packed = a_consignment(desk, S.SEALED)
    face = paper_of(desk, packed.envelope or "", "envelope").number
    batch = handover.open_batch(desk, builders.badge(desk)).number
    handover.scan_envelope(desk, batch, face=face, waybill=WAYBILL)
    handover.hand_over(desk, batch)
    builders.acknowledged(desk, packed.envelope or "")
    acknowledged = builders.consignment_of(desk, packed.id)

    left = f"{minute(without.handed_over_at)} 交寄，中国邮政（EMS）"
    assert told(desk, without).values["mail.told"] == left
    assert str(told(desk, acknowledged).values["mail.told"]).endswith(f"，运单号 {WAYBILL}")


@pytest.mark.parametrize(
    ("state", "said"),
    [(MailState.DELIVERED, "，2026-11-23 09:40 妥投"), (MailState.IN_TRANSIT, ""), (MailState.NONE, "")],
)
def test_a_delivery_is_told_as_the_carrier_has_it(desk: Desk, state: MailState, said: str) -> None:
    """With its time, and still without the slip's code; what is under way is nothing the office knows."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    envelope = consignment.envelope or ""
    with desk.act("take_events") as work:
        bound = waybills.attach(work, WAYBILL, leg="out", object_=envelope, how="order")
        work.waybills.save(replace(bound, mail_state=state, mail_at=DELIVERED_AT))

    facts = told(desk, consignment)

    assert str(facts.values["mail.told"]).partition(WAYBILL)[2] == said
    assert paper_of(desk, envelope, "reply_slip").number[-5:] not in on_paper("dunning_letter", facts)


def test_a_supplement_on_its_way_is_asked_about_first(desk: Desk) -> None:
    """Under its own number and with the day it left; without one, about what the state awaits."""
    supplement = builders.a_deferred_supplement(desk, S.ACCEPTED, EnvelopeState.HANDED_OVER)
    (consignment,) = builders.consignments_in(desk, supplement.number)
    with desk.reading() as reading:
        batch = reading.batches.get(supplement.batch or "")

    facts = told(desk, consignment)

    assert batch is not None
    assert facts.values["envelope.number"] == supplement.number
    assert facts.values["mail.told"] == f"{minute(batch.closed_at)} 交寄，中国邮政（EMS）"
    assert facts.values["dun.awaited"] == "贵单位的签收确认"
    builders.acknowledged(desk, supplement.number)
    after = told(desk, builders.consignment_of(desk, consignment.id))
    assert after.values["envelope.number"] == consignment.envelope
    assert after.values["dun.awaited"] == "贵单位作出决定的告知"


def test_what_the_office_has_said_is_told_with_its_times(desk: Desk) -> None:
    """So that it sees what is on our account; before it has said anything, that nothing is."""
    silent, accepted = a_consignment(desk, S.HANDED_OVER), a_consignment(desk, S.ACCEPTED)

    assert told(desk, silent).values["consignment.told"] == "尚无"
    assert told(desk, accepted).values["consignment.told"] == (
        f"{minute(accepted.acknowledged_at)} 属地签收；{minute(accepted.accepted_at)} 属地受理"
    )


def test_earlier_letters_are_counted_with_the_last_ones_time(desk: Desk) -> None:
    """第 3 次 after two; of the first there is none before."""
    consignment = a_consignment(desk, S.HANDED_OVER)
    slip = paper_of(desk, consignment.case_number, "intake_slip")

    first, third = told(desk, consignment), told(desk, consignment, slip, slip)

    assert (first.values["dun.ordinal"], first.values["dun.earlier"]) == ("1", "无")
    assert third.values["dun.ordinal"] == "3"
    assert third.values["dun.earlier"] == f"2 次，最近 {minute(slip.promised_at)}"
