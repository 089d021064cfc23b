"""收件台账: a case that went all the way fills the line; each column says what the records say."""

from __future__ import annotations

import pytest

from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL, a_case, a_consignment, at, with_second
from tests.workstation.acts import parcels
from workstation.acts import (
    deadlines,
    departures,
    formal_review,
    home,
    notices,
    packing,
    pauses,
    postages,
    ratings,
    registers,
    results,
    service,
    waybills,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material, Result
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.history import ArchivePacket
from workstation.policies import DeadlinePolicy

#: domain notes §9.3, each part of it under a head of its own.
PROPOSED = """
收件编号 收件时间 窗口 收件人员 事项编码 事项名称 通办方式 属地省 属地市 属地县 属地部门 地址库版本
申请人类型 申请人 证件类型 证件号码 代办人 电话 身份核验方式 身份核验结果 身份核验时间
材料件数 其中原件 其中复印件 须退原件 形式审查结论 审查人 复核人 告知书编号 容缺/承诺
封袋号 封装人 监封人 去程邮件号 交寄批次 揽收时间 揽收员 妥投时间 签收方式
属地确认时间 确认登记人 确认方式 受理日期 文号 承诺办结日 办结日期 办结结果 结果载体
回程邮件号 窗口收到时间 送达方式 送达时间 送达回证 评价 邮费（元） 承担方 异常 归档号
"""


def lines(desk: Desk) -> list[dict[str, str]]:
    """Today's lines by the heads of their columns."""
    page = registers.listed(desk, "intake", registers.span(desk))
    return [dict(zip(page.register.heads(), line.cells, strict=True)) for line in page.lines]


def line(desk: Desk) -> dict[str, str]:
    """The one line there is."""
    (found,) = lines(desk)
    return found


def gone_all_the_way(desk: Desk) -> str:
    """A case with waybills both ways, tracked, paid for, rated and closed."""
    consignment = a_consignment(desk, ConsignmentState.HANDED_OVER)
    number, envelope = consignment.case_number, consignment.envelope or ""
    waybills.bind_envelope(desk, envelope, waybill=WAYBILL)
    parcels.take(desk, "203", "702", "704/10", start=desk.store.now() - parcels.DAY)
    builders.acknowledged(desk, envelope)
    home.accept(desk, consignment.id)
    home.decide(
        desk,
        consignment.id,
        outcome="granted",
        result_mode="paper",
        results=[Result(name="户籍证明")],
        document_number="示户证〔2026〕7号",
    )
    results.result_return(desk, consignment.id, waybill=RETURN_WAYBILL)
    postages.note(desk, WAYBILL, 2250)
    builders.arrived(desk, consignment.id)
    builders.served(desk, number)
    ratings.invite(desk, number)
    service.close(desk, number)
    return number


def test_all_proposed_columns_are_there_in_their_order() -> None:
    """And 交寄时间 besides: it is neither 封装 nor 揽收."""
    heads = registers.REGISTERS["intake"].heads()[1:]

    assert [head for head in heads if head != "交寄时间"] == PROPOSED.split()
    assert "交寄时间" in heads


def test_a_case_that_went_all_the_way(desk: Desk) -> None:
    """From the counter to the rating."""
    number = gone_all_the_way(desk)
    consignment = builders.consignments_of(desk, number)[0]
    envelope = builders.envelope_of(desk, consignment.envelope or "")

    found = line(desk)

    assert found["收件编号"] == number
    assert (found["窗口"], found["收件人员"], found["事项编码"]) == ("1", "1001", "59")
    assert (found["通办方式"], found["属地省"], found["属地市"]) == (
        "异地代收代办",
        "广西壮族自治区",
        "南宁市",
    )
    assert (found["属地部门"], found["地址库版本"]) == (consignment.office_name, "2023-06-30")
    assert (found["申请人类型"], found["申请人"], found["证件类型"]) == ("个人", "覃**", "居民身份证")
    assert (found["证件号码"], found["电话"]) == ("450103********0004", "139****0001")
    assert (found["身份核验方式"], found["身份核验结果"]) == ("人证目视", "通过")
    assert (found["形式审查结论"], found["审查人"], found["复核人"]) == ("形式审查通过", "1001", "")
    assert (found["封袋号"], found["封装人"], found["监封人"]) == (envelope.number, "1001", "1001")
    assert (found["去程邮件号"], found["交寄批次"]) == (WAYBILL, envelope.batch)
    assert (found["揽收员"], found["确认登记人"], found["确认方式"]) == ("5001", "1001", "电话")
    assert (found["受理日期"], found["办结日期"], found["承诺办结日"]) == (
        "2026-11-20",
        "2026-11-20",
        "2026-12-18",
    )
    assert (found["文号"], found["办结结果"], found["结果载体"]) == ("示户证〔2026〕7号", "准予", "纸质")
    assert (found["回程邮件号"], found["送达方式"]) == (RETURN_WAYBILL, "窗口领取")
    assert found["送达回证"] == builders.paper_of(desk, number, "proof_of_service").number
    assert (found["评价"], found["邮费（元）"]) == ("已邀请", "22.50；1 件未登记")
    assert found["承担方"] == "去：本窗口；回：业务属地"
    assert found["归档号"] == ""
    for head in ("交寄时间", "属地确认时间", "窗口收到时间", "送达时间", "身份核验时间"):
        assert found[head].startswith("2026-11-20 09:")


def test_the_promised_day_waits_while_a_pause_lasts(desk: Desk) -> None:
    """不计入承诺时限的环节: its name until it ends, then a later day, the same as the deadlines say."""
    consignment = a_consignment(desk, ConsignmentState.ACCEPTED)
    without = line(desk)["承诺办结日"]
    pauses.begin(desk, consignment.id, "hearing", told_on="2026-11-20")
    lasting = line(desk)["承诺办结日"]
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)
    clock.start += 5 * parcels.DAY
    pauses.end(desk, consignment.id)

    page = registers.listed(desk, "intake", registers.span(desk, "2026-11-20"))
    ended = dict(zip(page.register.heads(), page.lines[0].cells, strict=True))["承诺办结日"]
    with desk.reading() as reading:
        found = deadlines.timers(reading, desk.store.now(), DeadlinePolicy())
        due = {timer.leg: timer.due for timer in found if timer.object == consignment.id}

    assert (without, lasting) == ("2026-12-18", "听证")
    assert ended == due["decide"].isoformat() > without  # type: ignore[union-attr]


def test_the_carriers_account_stands_apart_from_ours(desk: Desk) -> None:
    """揽收 and 妥投 by its own clock, with how it was signed for; a delivery is no acknowledgement."""
    consignment = a_consignment(desk, ConsignmentState.HANDED_OVER)
    waybills.bind_envelope(desk, consignment.envelope or "", waybill=WAYBILL)
    before = line(desk)
    parcels.take(desk, "203", "702", "704/10")

    found = line(desk)

    assert (before["揽收时间"], before["妥投时间"], before["签收方式"]) == ("", "", "")
    assert found["揽收时间"] == "2026-11-20 10:00"
    assert found["妥投时间"] == "2026-11-20 12:00"
    assert found["签收方式"] != ""
    assert found["属地确认时间"] == found["确认方式"] == ""


@pytest.mark.parametrize("state", [CaseState.DECLINED, CaseState.GUIDED, CaseState.WITHDRAWN])
def test_what_ends_at_the_counter_says_how(desk: Desk, state: CaseState) -> None:
    """And nothing of a way it never went; who confirmed a refusal stands beside."""
    case = a_case(desk, state)

    found = line(desk)

    assert found["形式审查结论"] == {"declined": "不予收件", "guided": "已指引", "withdrawn": "已撤回"}[state]
    assert (found["审查人"], found["复核人"]) == (("1001", "2002") if state == "declined" else ("", ""))
    assert all(found[head] == "" for head in ("封袋号", "交寄批次", "办结结果", "送达方式", "承担方"))
    assert case.number == found["收件编号"]


def test_what_was_told_and_what_follows_later(desk: Desk) -> None:
    """Each notice by its number; each pledge with its day."""
    told = a_case(desk, CaseState.TO_CORRECT).number
    deferring = builders.a_deferring_case(desk).number

    found = {each["收件编号"]: each for each in lines(desk)}

    assert found[told]["告知书编号"] == builders.paper_of(desk, told, "notice").number
    assert found[told]["形式审查结论"] == "待补正"
    assert found[deferring]["容缺/承诺"] == "容缺后补至 2026-12-11 已签"


def test_a_case_to_two_offices_stands_twice(desk: Desk) -> None:
    """Once for each, with what went there; the envelope of one is not on the line of the other."""
    number = a_case(desk, offices=2).number
    envelope = builders.packed(desk, f"{number}-2").number

    first, second = lines(desk)

    assert (first["收件编号"], second["收件编号"]) == (number, number)
    assert (first["封袋号"], second["封袋号"]) == ("", envelope)
    assert first["属地部门"] != second["属地部门"]


def test_pieces_are_counted_by_what_they_are(desk: Desk) -> None:
    """Originals that were only looked at go back; results are no material."""
    gone_all_the_way(desk)

    found = line(desk)

    assert int(found["材料件数"]) == int(found["其中原件"]) + int(found["其中复印件"])
    assert (found["其中原件"], found["须退原件"]) == ("3", "1")


def test_a_supplement_stands_beside_the_first_envelope(desk: Desk) -> None:
    """Both numbers in one cell."""
    consignment = a_consignment(desk, ConsignmentState.HOME_CORRECTING)
    builders.supplied(desk, consignment.case_number)
    supplement = builders.packed(desk, consignment.id).number

    assert line(desk)["封袋号"] == f"{consignment.envelope}；{supplement}"


def test_trouble_stands_on_the_line(desk: Desk) -> None:
    """By its kind, and whether it is over."""
    consignment = a_consignment(desk, ConsignmentState.HANDED_OVER)
    departures.withdraw(desk, consignment.case_number)
    open_ = line(desk)["异常"]
    home.refuse(desk, _acknowledged(desk, consignment.id), reason="withdrawn")
    builders.arrived(desk, consignment.id)
    departures.withdraw(desk, consignment.case_number)

    assert open_ == "撤回请求"
    assert line(desk)["异常"] == "撤回请求（已了结）"


def _acknowledged(desk: Desk, name: str) -> str:
    builders.acknowledged(desk, builders.consignment_of(desk, name).envelope or "")
    return name


def test_a_grade_comes_before_the_invitation(desk: Desk) -> None:
    """As the device told it."""
    number = a_case(desk, CaseState.SERVED).number
    ratings.invite(desk, number)
    ratings.record_grade(at(desk, "2001"), number, "satisfied", source="device-03")

    assert line(desk)["评价"] == "满意"


def test_an_archived_case_names_its_packet(desk: Desk) -> None:
    """The latest one."""
    number = a_case(desk, CaseState.CLOSED).number
    with desk.carrying_out("export_archive") as work:
        for ordinal in (1, 2):
            packet = ArchivePacket(
                f"{number}-a{ordinal}", number, f"350102-2026-{ordinal}", 3, "", "", 0, "1001"
            )
            work.archives.add(packet)

    assert line(desk)["归档号"] == "350102-2026-2"


def test_reopening_changes_the_line_of_now(desk: Desk) -> None:
    """A register tells how things stand: a void envelope is not on it."""
    consignment = a_consignment(desk, ConsignmentState.SEALED)
    packing.reopen(with_second(desk), consignment.envelope or "", reason="wrong_paper")

    assert line(desk)["封袋号"] == ""


def test_a_second_notice_names_who_confirmed_it(desk: Desk) -> None:
    """The supervisor beside the clerk."""
    number = a_case(desk, CaseState.TO_CORRECT).number
    formal_review.resubmit(desk, number, [Material(row="statement", form="original")])
    (row,) = builders.open_rows(desk, number)
    formal_review.review(desk, number, [builders.missing(row.row_id)])
    notices.notice(with_second(desk), number, reason="再次发现缺签名")

    assert "；" in line(desk)["告知书编号"]
