"""寄件登记, 收件登记, 交接清单, 邮费: one line an envelope, an arrival, a place in a batch, a parcel."""

from __future__ import annotations

from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, a_case, a_consignment, an_envelope
from tests.workstation.acts.parcels import DAY, mailed
from workstation.acts import handover, postages, registers, results, service
from workstation.acts.desk import Desk
from workstation.acts.facts import CARRIER
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState


def lines(desk: Desk, key: str) -> list[dict[str, str]]:
    """Today's lines of a register by the heads of their columns."""
    page = registers.listed(desk, key, registers.span(desk))
    return [dict(zip(page.register.heads(), line.cells, strict=True)) for line in page.lines]


def test_the_columns_are_those_of_the_forms_that_were_found() -> None:
    """快递发送登记表 and 快递接收登记表, in their order; our own numbers behind them."""
    sent = "序号 寄件日期 单号 快递公司 寄件部门 寄件人 收件人 收件人地址 收件人电话"
    received = "序号 收件日期 单号 快递公司 寄件人 寄件人地址 收件人 领件人 备注"

    assert " ".join(registers.find("sent").heads()).startswith(f"{sent} ")
    assert " ".join(registers.find("received").heads()).startswith(f"{received} ")


def test_what_left_stands_with_whom_it_went_to(desk: Desk) -> None:
    """Addresses and telephones of authorities in full: they are no persons."""
    envelope = mailed(desk)

    (found,) = lines(desk, "sent")

    assert found["寄件日期"] == "2026-11-20"
    assert (found["单号"], found["快递公司"]) == (WAYBILL, CARRIER)
    assert (found["寄件部门"], found["寄件人"]) == ("榕城政务服务中心 1 号窗口", "1001")
    assert (found["收件人"], found["收件人地址"]) == (envelope.office_name, envelope.office_address)
    assert found["收件人电话"] == "0771-5550000"
    assert (found["封套编号"], found["交寄批次"]) == (envelope.number, envelope.batch)


def test_what_was_expected_and_did_not_go_is_on_the_handover_alone(desk: Desk) -> None:
    """With its reason, and without the number it did not travel under."""
    left = an_envelope(desk, EnvelopeState.SEALED).number
    went = an_envelope(desk, EnvelopeState.SEALED).number
    batch = builders.handed_over(desk, went)

    sent, handed = lines(desk, "sent"), {each["封套编号"]: each for each in lines(desk, "handover")}

    assert [each["封套编号"] for each in sent] == [went]
    assert (handed[went]["交接"], handed[went]["备注"]) == ("已交出", "")
    assert (handed[left]["交接"], handed[left]["备注"]) == ("未交出", handover.MISSING_REASONS["held_back"])
    assert {each["交寄批次"] for each in handed.values()} == {batch.number}
    assert handed[went]["揽投员"] == "5001"
    assert handed[went]["送件数"] == "1"


def test_an_open_batch_is_in_no_register(desk: Desk) -> None:
    """Nobody has signed for it yet."""
    builders.a_batch(desk)

    assert lines(desk, "handover") == lines(desk, "sent") == []


def test_a_batch_belongs_to_the_day_it_was_handed_over(desk: Desk) -> None:
    """However long it was open."""
    batch = builders.a_batch(desk)
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)
    clock.start += DAY
    handover.hand_over(desk, batch.number, missing={})

    assert [each["交寄批次"] for each in lines(desk, "handover")] == [batch.number]
    assert registers.listed(desk, "handover", registers.span(desk, None, "2026-11-20")).total == 0


def test_a_result_that_came_stands_with_who_was_given_it(desk: Desk) -> None:
    """Empty until it is served, then the name of whose face was looked at, masked."""
    consignment = a_consignment(desk, ConsignmentState.DECIDED)
    results.result_return(desk, consignment.id, waybill=RETURN_WAYBILL)
    builders.arrived(desk, consignment.id)
    (before,) = lines(desk, "received")
    builders.served(desk, consignment.case_number)

    (found,) = lines(desk, "received")

    assert (before["领件人"], found["领件人"]) == ("", "覃**")
    assert (found["单号"], found["快递公司"]) == (RETURN_WAYBILL, CARRIER)
    assert (found["寄件人"], found["寄件人地址"]) == (consignment.office_name, consignment.office_address)
    assert (found["收件人"], found["备注"]) == ("1001", "")
    assert found["收件编号"] == consignment.case_number


def test_an_agent_who_collects_is_named(desk: Desk) -> None:
    """And not the applicant, who was not there."""
    agent = builders.a_person("李代办")
    consignment = a_consignment(desk, ConsignmentState.RESULT_ARRIVED, agent=agent)
    service.serve(desk, consignment.case_number, recipient="agent", identity_checked=True)

    assert [each["领件人"] for each in lines(desk, "received")] == ["李**"]


def test_what_was_not_as_it_should_be_is_remarked(desk: Desk) -> None:
    """An arrival without what was announced."""
    consignment = a_consignment(desk, ConsignmentState.RESULT_RETURNING)
    results.arrive(desk, consignment.id, [], place="R-01")

    (found,) = lines(desk, "received")

    assert found["备注"] == "内件不符"


def test_each_parcel_costs_something_or_nobody_knows(desk: Desk) -> None:
    """There and back in the order in which they left, with the columns of the monthly statement."""
    case = a_case(desk, CaseState.CLOSED).number
    envelope = mailed(desk)
    postages.note(desk, WAYBILL, 2250)

    first, back, second = lines(desk, "postage")

    assert set(postages.HEADS) <= first.keys()
    assert (first["程次"], back["程次"], second["程次"]) == ("寄出", "寄回", "寄出")
    assert (second["运单号"], second["邮费（元）"], second["说明"]) == (WAYBILL, "22.50", "")
    assert (back["邮费（元）"], back["说明"]) == ("", postages.UNKNOWN)
    assert (back["封套或送件"], second["封套或送件"]) == (f"{case}-1", envelope.number)
    assert (first["承担方"], back["承担方"]) == ("本窗口", "业务属地")


def test_the_month_of_postage_is_the_same_as_its_statement(desk: Desk) -> None:
    """Two ways to one list."""
    a_case(desk, CaseState.CLOSED)
    mailed(desk)

    statement = postages.statement(desk, "2026-11")
    page = registers.listed(desk, "postage", registers.span(desk, "2026-11-01"))

    told = sorted(line.cells[1:-1] for line in page.lines)
    assert told == sorted(postages.row(charge) for charge in statement.charges)
