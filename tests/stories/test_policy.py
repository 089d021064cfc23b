"""What the policies ask of the window, sentence by sentence, each at the level of acts.

Quoted as printed, from 闽审改办〔2023〕2号, 厦审改办〔2024〕12号 and two that print no number: 福建省实施方案
(福建省人民政府办公厅, 2020-11-27) and 厦门市实施方案 (厦门市人民政府办公厅, 2021-01-14).
Later: 邮寄费用, 业务办件计时, 电子档案单套制, 跨域通办办件统计, 日清月结.
"""

from __future__ import annotations

import inspect
import io
from typing import Any

import pytest
from PIL import Image

from forms import documents
from forms.items.guide import HEADS
from forms.review import DEFECTS
from tests import builders
from tests.builders import a_case, agreed, an_intake, as_role, asked_later, at, missing, refused, with_second
from tests.engines import OPENING
from workstation.acts import (
    acceptance,
    bypass,
    departures,
    formal_review,
    guides,
    home,
    identification,
    inputs,
    licences,
    notices,
    numbers,
    packing,
    papers,
    pledges,
    ratings,
    registration,
    service,
    table_files,
    tasks,
    verification,
    viewing,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import CreditCheck, Finding, LicenceFault, Material, Terms
from workstation.domain.case import CaseState, Holder
from workstation.domain.consignment import ConsignmentState
from workstation.domain.journal import Entry
from workstation.domain.roles import Role

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("undrawn")]

DAY = 24 * 3600 * 1000


def facts_of(desk: Desk, object_: str, kind: str) -> dict[str, Any]:
    """What a paper was promised with."""
    number = builders.paper_of(desk, object_, kind).number
    with desk.reading() as reading:
        return papers.facts_of(reading, number)


def words_of(desk: Desk, object_: str, kind: str) -> str:
    """The words of a paper, as they are printed."""
    return documents.preview(documents.fill(documents.load(kind), facts_of(desk, object_, kind)))


def entries_of(desk: Desk, case: str) -> list[Entry]:
    """What the journal tells of a case, but for the making of papers."""
    with desk.reading() as reading:
        return [entry for entry in reading.journal_of(case) if entry.act != "make_paper"]


def holders(desk: Desk, case: str) -> set[str]:
    """Who has the papers of a case."""
    with desk.reading() as reading:
        return {piece.holder for piece in reading.pieces.where(case_number=case)}


def failing(desk: Desk, case: str, *rows: str) -> None:
    """Look at every open row: nothing was handed in for these, the others pass."""
    found = [
        missing(row.row_id) if row.row_id in rows else builders.passing(row)
        for row in builders.open_rows(desk, case)
    ]
    formal_review.review(desk, case, found)


def days_pass(desk: Desk, days: int) -> None:
    """Let so many days go by."""
    clock = desk.store.clock
    assert isinstance(clock, builders.Ticking)
    clock.start += days * DAY


# --- 收受分离


def test_collected_here_and_accepted_there(desk: Desk) -> None:
    """收件 is not 受理: the day of acceptance is the home office's, and the slip says so.

    厦门市实施方案: 「按照“收受分离”工作模式,由收件地窗口对申请材料进行形式审查、身份核验」;
    「由业务属地审批部门对报件进行实质性审查并作出审批决定」.
    """
    consignment = builders.a_consignment(desk, ConsignmentState.ACKNOWLEDGED)
    here = [entry.act for entry in entries_of(desk, consignment.case_number)]

    accepted = home.accept(desk, consignment.id)

    assert here == ["register", "identify", "review", "pack", "seal", "hand_over", "acknowledge"]
    assert consignment.accepted_at is None
    assert accepted.accepted_at
    assert "收件不等于受理" in words_of(desk, consignment.case_number, "intake_slip")


def test_no_input_has_room_for_an_opinion_on_substance(desk: Desk) -> None:
    """The review takes findings of form; an outcome is told of two things only, both decided elsewhere.

    福建省实施方案: 「窗口收件后先对申请材料进行形式审查、身份核验，再由业务属地审批人员」;
    「对报件进行实质性审查并作出审批决定」.
    """
    taken = {
        name: set(one.__struct_fields__)
        for name, one in vars(inputs).items()
        if isinstance(one, type) and issubclass(one, inputs.Input)
    }

    assert taken["Finding"] == {
        "row", "way", "form", "copies", "pages", "defects", "not_applicable", "licence_fault", "remark"
    }  # fmt: skip
    assert {name for name, fields in taken.items() if "outcome" in fields} == {"Decision", "CreditCheck"}
    assert set(inspect.signature(formal_review.review).parameters) == {"desk", "number", "findings"}


def test_before_acceptance_only_form_is_looked_at(desk: Desk) -> None:
    """Fourteen coded defects of form and no other; a remark of the clerk's reaches no paper.

    闽审改办〔2023〕2号: 「从严纠治线下业务强制预审」…「或受理前开展实质性审查等问题」.
    """
    case = registration.register(desk, an_intake(without=("statement",))).number
    seen = Finding(row="application", form="original", copies=1, pages=1, defects=("not_eligible",))
    with refused(desk, "defect-unknown") as caught:
        formal_review.review(desk, case, [seen])

    failing(desk, case, "statement")
    formal_review.review(desk, case, [Finding(row="statement", remark="恐怕不符合条件")])
    notices.notice(desk, case)

    assert set(DEFECTS) == {
        "missing", "wrong_form", "too_few", "pages_missing", "illegible", "damaged", "altered",
        "incomplete", "unsigned", "undated", "unsealed", "expired", "name_differs", "number_differs",
    }  # fmt: skip
    assert "不记实质意见" in caught.value.why
    assert "恐怕不符合条件" not in words_of(desk, case, "notice")


# --- 全程网办, 异地代收代办, 多地联办


def test_who_can_do_it_online_is_guided_and_helped(desk: Desk) -> None:
    """指引 with 帮办 at the counter and the platform's number; alone, as nobody is refused anything.

    福建省实施方案: 「可全程网办的事项不得强制要求申请人到现场办理」;
    闽审改办〔2023〕2号: 「帮办代办等服务管理制度」.
    """
    case = registration.register(desk, an_intake(item="5")).number
    with refused(desk, "item-not-collected"):
        builders.review_all(desk, case)

    guided = departures.guide(desk, case, text="可以全程网办", assisted=("provincial", "示例办 0001"))

    (number,) = builders.numbers_of(desk, case)
    told = words_of(desk, case, "guidance")
    assert (guided.state, guided.channel, guided.assisted) == (CaseState.GUIDED, "online", 1)
    assert (number.system, number.number) == ("provincial", "示例办 0001")
    assert "省政务服务平台办件号 示例办 0001" in told
    assert "不强制您到现场" in told
    assert "不是不予收件" in told
    assert holders(desk, case) == {Holder.APPLICANT}


def test_it_is_collected_here_for_an_office_far_away(desk: Desk) -> None:
    """异地代收代办: the papers are taken in here and travel to the 户籍地 in an envelope.

    厦审改办〔2024〕12号: 「完善“异地代收代办”“多地联办”“远程视频身份核验”等线下服务渠道」.
    """
    consignment = builders.a_consignment(desk, ConsignmentState.HANDED_OVER)

    envelope = builders.envelope_of(desk, consignment.envelope or "")
    assert (consignment.office_division, consignment.office_code) == ("450101", envelope.office_code)
    assert consignment.office_division[:2] != desk.hall.division[:2]
    assert holders(desk, consignment.case_number) == {Holder.APPLICANT, Holder.INSIDE}


def test_one_application_goes_to_several_authorities(desk: Desk) -> None:
    """多地联办: one case with a consignment for each; it is served only when both have answered.

    厦门市实施方案: 「推动实现申请人一地申请、各地政府部门协同办理」.
    """
    case = a_case(desk, item="9", offices=2).number
    builders.advance(desk, f"{case}-1", ConsignmentState.DONE)
    half = builders.case_of(desk, case).state

    builders.advance(desk, f"{case}-2", ConsignmentState.DONE)

    offices = {consignment.office_code for consignment in builders.consignments_of(desk, case)}
    assert len(offices) == 2
    assert (half, builders.case_of(desk, case).state) == (CaseState.REVIEWED, CaseState.SERVED)


# --- 收件即受理


def test_collected_is_accepted_only_where_it_was_agreed(desk: Desk) -> None:
    """No agreement, or one that names no power, grants none; with the power the paper names its agreement.

    闽审改办〔2023〕2号: 「除复杂材料办件外，实现“收件即受理”」;
    厦门市实施方案: 「明确异地收件职责分工、业务流程」.
    """
    case = a_case(desk).number
    legal: dict[str, str] = {"legal_basis": "示例依据", "limit": "20 个工作日"}
    with refused(desk, "power-not-granted") as caught:
        acceptance.accept(desk, case, **legal)
    agreed(desk, powers=(), valid_to="2026-11-20")
    with refused(desk, "power-not-granted"):
        acceptance.accept(desk, case, **legal)

    days_pass(desk, 1)
    agreed(desk, powers=("accept",), valid_from="2026-11-21", document_number="示例协议 2 号")
    acceptance.accept(desk, case, **legal)

    assert Terms(office="x", item="59", valid_from="2026-01-01").powers == ()
    assert "一律不授予" in caught.value.why
    assert "示例协议 2 号" in words_of(desk, f"{case}-1", "acceptance")


# --- 一次性告知, 首问负责, 窗口无否决权


def test_whatever_is_wrong_it_is_registered_first(desk: Desk) -> None:
    """With no paper at all there is a number and a slip; what then lies about is shown to a supervisor.

    闽审改办〔2023〕2号: 「收件不登记、不受理、不一次性告知，或受理前开展实质性审查等问题」.
    """
    case = registration.register(desk, an_intake(materials=())).number
    days_pass(desk, 5)

    (sign,) = bypass.report(as_role(desk, Role.SUPERVISOR)).unreviewed

    assert "不会因材料不齐而不登记" in words_of(desk, case, "intake_slip")
    assert (sign.case_number, sign.clerk) == (case, "1001")


def test_everything_missing_is_told_at_once(desk: Desk) -> None:
    """No notice before every row was looked at, each failing row on it, and no second one by the clerk alone.

    闽审改办〔2023〕2号: 「规范落实“一次性告知”“首问负责”“窗口无否决权”等制度」.
    """
    gone = ("application", "statement")
    case = registration.register(desk, an_intake(without=gone)).number
    formal_review.review(desk, case, [missing("statement")])
    with refused(desk, "review-incomplete") as caught:
        notices.notice(desk, case)
    failing(desk, case, *gone)
    asked = builders.open_rows(desk, case)
    notices.notice(desk, case)
    told, rows = words_of(desk, case, "notice"), facts_of(desk, case, "notice")["rows"]
    formal_review.resubmit(desk, case, [Material(row=row, form="original") for row in gone])
    failing(desk, case, "statement")

    with refused(desk, "second-needed"):
        notices.notice(desk, case, reason="补来的不是所缺的材料")

    assert "一次说全" in caught.value.why
    assert "有 2 项需要补正" in told
    assert "收件之日起5个工作日内，至 2026-11-27" in told
    assert [row["material"] for row in rows] == [row.name for row in asked]
    assert [row["standard"] for row in rows] == [row.standard for row in asked]


def test_the_window_has_no_veto(desk: Desk) -> None:
    """One person alone declines nothing, whoever it is; with a second one both names stand in the journal.

    闽审改办〔2023〕2号: 「规范落实“一次性告知”“首问负责”“窗口无否决权”等制度」.
    """
    case = a_case(desk, CaseState.REGISTERED).number
    for alone in (desk, as_role(desk, Role.SUPERVISOR)):
        with refused(alone, "second-needed"):
            departures.decline(alone, case, reason="not_this_item", text="应办理另一事项")

    departures.decline(with_second(desk), case, reason="not_this_item", text="应办理另一事项")

    last = entries_of(desk, case)[-1]
    assert (last.act, last.operator, last.second) == ("decline", "1001", "2002")


def test_who_was_asked_first_stays_named(desk: Desk) -> None:
    """首问负责: others go on with the case, and its papers still name the clerk who registered it.

    闽审改办〔2023〕2号: 「规范落实“一次性告知”“首问负责”“窗口无否决权”等制度」.
    """
    case = registration.register(desk, an_intake(without=("statement",))).number
    other = at(desk, "1002")
    builders.identified(other, case)
    failing(other, case, "statement")
    notices.notice(other, case)
    formal_review.resubmit(other, case, [Material(row="statement", form="original")])
    builders.review_all(at(desk, "2001"), case)

    record = builders.case_of(desk, case)

    assert (record.clerk, record.changed_by) == ("1001", "2001")
    assert "承办人员：林一鸣（1001）" in words_of(desk, case, "notice")


# --- 容缺, 告知承诺, 免提交


def test_a_paper_follows_later_only_where_agreed_and_signed_for(desk: Desk) -> None:
    """容缺: first the agreement, then the signed pledge; what is owed then stands on the list with its day.

    闽审改办〔2023〕2号: 「合理设置告知承诺和容缺受理事项范围」.
    """
    case = registration.register(desk, an_intake(without=("statement",))).number
    later = Finding(row="statement", way="deferred")
    with refused(desk, "not-agreed"):
        pledges.print_pledge(desk, case, asked_later())
    agreed(desk)
    printed = pledges.print_pledge(desk, case, asked_later())
    with refused(desk, "pledge-not-signed"):
        formal_review.review(desk, case, [later])

    pledges.sign(desk, builders.paper_of(desk, printed[0].sheet, "pledge").number)
    formal_review.review(desk, case, [later])

    (due,) = pledges.due_list(desk)
    assert (due.case.number, due.pledge.due, due.pledge.credit_source) == (
        case,
        "2026-12-11",
        "示例信用查询平台",
    )
    assert builders.review_all(desk, case).state == CaseState.REVIEWED


@pytest.mark.parametrize("kind", ["deferred", "pledged"])
def test_who_has_an_unrepaired_record_takes_the_ordinary_way(desk: Desk, kind: str) -> None:
    """失信未修复: no pledge is printed, and the case goes on with its notice like any other.

    厦审改办〔2024〕12号: 「对存在失信未修复的企业或个人，限制使用告知承诺申报方式」.
    """
    agreed(desk)
    case = registration.register(desk, an_intake(without=("statement",))).number
    listed = CreditCheck(source="示例信用查询平台", outcome="listed")
    with refused(desk, "credit-listed"):
        pledges.print_pledge(desk, case, asked_later(kind=kind, credit=listed))

    failing(desk, case, "statement")

    assert notices.notice(desk, case).state == CaseState.TO_CORRECT


def test_nobody_is_made_to_pledge(desk: Desk) -> None:
    """The paper says that it is given freely and that the ordinary way stays open; and it does stay open.

    厦审改办〔2024〕12号: 「落实自愿承诺原则，对于企业群众不愿实行承诺办的，按照正常方式审批」.
    """
    agreed(desk)
    case = registration.register(desk, an_intake(without=("statement",))).number
    (printed,) = pledges.print_pledge(desk, case, asked_later(kind="pledged"))
    failing(desk, case, "statement")
    notices.notice(desk, case)
    formal_review.resubmit(desk, case, [Material(row="statement", form="original")])

    assert builders.review_all(desk, case).state == CaseState.REVIEWED
    with desk.reading() as reading:
        assert [pledge.state for pledge in reading.pledges.where(case_number=case)] == ["void"]
    assert "不愿承诺的，可以备齐材料按一般方式办理" in words_of(desk, printed.sheet, "pledge")


@pytest.fixture
def exempted(desk: Desk) -> str:
    """The row of item 59 that the hall's guide has as 免提交."""
    row = {"item": "59", "name": "居民身份证", "standard": "在有效期内。", "form": "复印件", "exempt": "是"}
    cells = [row.get(field, "") for field in HEADS]
    file = table_files.written("csv", [head.name for head in HEADS.values()], [cells], title="指南")
    guides.import_file(
        as_role(desk, Role.SUPERVISOR),
        "指南.csv",
        file,
        scope="*",
        source="示例办事指南",
        source_date="2026-11-01",
    )
    with desk.reading() as reading:
        (imported,) = reading.guide_rows.where()
    return imported.row_id


def test_what_need_not_be_handed_in_is_not_asked_for(desk: Desk, exempted: str) -> None:
    """免提交: neither taken in nor missed on paper; what the library gave passes with nothing handed in.

    闽审改办〔2023〕2号: 「审批过程中原则上不再收取纸质证照」;
    福建省实施方案: 「能通过电子证照调用和数据共享查询、核验的，不得要求申请人到现场核验原件」.
    """
    with refused(desk, "row-exempt"):
        registration.register(desk, an_intake(materials=(Material(row=exempted, form="copy"),)))
    case = registration.register(desk, an_intake(materials=())).number
    with refused(desk, "row-exempt"):
        formal_review.review(desk, case, [missing(exempted)])

    reviewed = formal_review.review(desk, case, [Finding(row=exempted, way="licence")])

    assert reviewed.state == CaseState.REVIEWED
    assert holders(desk, case) == set()


def test_a_wrong_or_missing_licence_has_five_working_days(desk: Desk, exempted: str) -> None:
    """错证缺证 is registered with the day its keeper has; only then paper is asked for, by the notice.

    闽审改办〔2023〕2号: 「应向申请人说明情况，并进行错证、缺证登记」;
    「证照生成部门在收到错证、缺证纠正处理请求后5个工作日内应完成电子证照补充生成」.
    """
    case = registration.register(desk, an_intake(materials=())).number
    fault = LicenceFault(kind="absent", what="证照库没有此人的电子证照", sent_to="示例市公安局")

    formal_review.review(desk, case, [Finding(row=exempted, licence_fault=fault)])
    notices.notice(desk, case)

    (defect,) = licences.listed(desk)
    assert (defect.case_number, defect.due, defect.sent_to) == (case, "2026-11-27", "示例市公安局")
    assert "居民身份证" in words_of(desk, case, "notice")
    formal_review.resubmit(desk, case, [Material(row=exempted, form="copy")])
    assert builders.review_all(desk, case).state == CaseState.REVIEWED


# --- 责任追溯, 全程留痕


def test_every_act_of_a_case_can_be_traced_to_who_did_it(desk: Desk) -> None:
    """From the number to the rating: each act under its operator, and under the second where two were asked.

    厦门市实施方案: 「完善监督管理和责任追溯机制」.
    """
    case = registration.register(desk, an_intake(without=("statement",))).number
    identification.identify(desk, case, method="in_person", outcome="failed")
    identification.identify(with_second(desk, "1002"), case, method="in_person", outcome="passed")
    failing(desk, case, "statement")
    notices.notice(desk, case)
    told_again(at(desk, "1002"), case)
    formal_review.resubmit(desk, case, [Material(row="statement", form="original")])
    builders.review_all(desk, case)
    former = builders.advance(desk, f"{case}-1", ConsignmentState.SEALED).envelope or ""
    packing.reopen(with_second(desk, "2001"), former, reason="paper_missing")
    builders.advance(at(desk, "1002"), f"{case}-1", ConsignmentState.DONE)
    service.close(desk, case, rating="refused")

    done = [(entry.act, entry.operator, entry.second) for entry in entries_of(desk, case)]

    assert done == [
        ("register", "1001", None),
        ("identify", "1001", None),
        ("identify", "1001", "1002"),
        ("review", "1001", None),
        ("notice", "1001", None),
        ("resubmit", "1002", None),
        ("review", "1002", None),
        ("notice", "1002", "2001"),
        ("resubmit", "1001", None),
        ("review", "1001", None),
        ("pack", "1001", None),
        ("seal", "1001", None),
        ("reopen", "1001", "2001"),
        *((act, "1002", None) for act in ("pack", "seal", "hand_over", "acknowledge", "home_accept")),
        *((act, "1002", None) for act in ("decide", "result_return", "arrive", "serve")),
        ("close", "1001", None),
    ]
    assert verification.verify(desk).verified
    builders.assert_true_ledger(desk, case)


def told_again(desk: Desk, case: str) -> None:
    """What was brought is not what was asked for, and a supervisor agrees to a second notice."""
    formal_review.resubmit(desk, case, [Material(row="statement", form="original")])
    unsigned = Finding(row="statement", form="original", copies=1, pages=1, defects=("unsigned",))
    formal_review.review(desk, case, [unsigned])
    notices.notice(with_second(desk, "2001"), case, reason="补来的材料没有签名")


def test_a_look_from_afar_keeps_its_picture_for_the_check(desk: Desk) -> None:
    """The picture is kept under its digest, can be looked at again, and each such look leaves a trace.

    厦审改办〔2024〕12号: 「建立完善“远程视频身份核验”图片信息归档核查机制」.
    """
    case = registration.register(desk, an_intake()).number
    file = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(file, "PNG")
    said: identification.Said = {
        "method": "video",
        "outcome": "passed",
        "participants": "本窗口林一鸣；属地窗口韦示例",
        "held_at": OPENING,
    }
    with refused(desk, "picture-missing"):
        identification.identify(desk, case, **said)
    identification.identify(desk, case, **said, picture=file.getvalue())
    (look,) = viewing.case_file(desk, case).identities

    kept, picture = identification.evidence(as_role(desk, Role.SUPERVISOR), look.id, reason="supervise")

    last = entries_of(desk, case)[-1]
    assert picture == file.getvalue()
    assert kept.sm3 == desk.store.keys.journal("evidence.picture", picture)
    assert (last.act, last.operator, viewing.told(last)["reason"]) == ("reveal", "2001", "supervise")
    assert kept.sm3 in "".join(entry.body for entry in entries_of(desk, case))
    builders.assert_true_ledger(desk, case)


# --- 好差评


def test_the_applicant_is_invited_once_and_rates_alone(desk: Desk) -> None:
    """Nothing is closed without the invitation; it is answered once, and no act of a clerk's takes a grade.

    闽审改办〔2023〕2号: 「落实主动邀请评价机制，确保“线上办事一事一评，线下办事一次一评”」.
    """
    case = a_case(desk, CaseState.SERVED).number
    with refused(desk, "rating-not-invited"):
        service.close(desk, case)
    ratings.invite(desk, case)
    with refused(desk, "rating-invited"):
        ratings.invite(desk, case)
    with refused(desk, "code-unknown"):
        ratings.record(desk, case, "satisfied")
    with refused(desk, "wrong-role"):
        ratings.record_grade(desk, case, "very_satisfied", "device-03")

    ratings.record(desk, case, "given")

    with refused(desk, "rating-recorded"):
        ratings.record(desk, case, "refused")
    closed = service.close(desk, case)
    with desk.reading() as reading:
        steps = reading.ratings.where(case_number=case)
    assert (closed.state, closed.rating) == (CaseState.CLOSED, "given")
    assert [(step.kind, step.grade) for step in steps] == [("invited", None), ("given", None)]


def test_a_bad_rating_must_be_answered(desk: Desk) -> None:
    """The device's grade comes in through a supervisor with no part in it, and opens a task with its days.

    闽审改办〔2023〕2号: 「差评整改和情况报送要求」; 厦审改办〔2024〕12号: 「落实差评整改和数据汇聚要求」.
    """
    supervisor = as_role(desk, Role.SUPERVISOR)
    case = ratings.invite(desk, a_case(desk, CaseState.SERVED).number).number

    ratings.record_grade(supervisor, case, "dissatisfied", "device-03")

    (task,) = tasks.listed(desk)
    assert (task.kind, task.object) == ("bad_rating", case)
    assert task.note == "2026-11-23 前联系核实，2026-11-27 前办结答复"


# --- 统一收件系统


def test_a_case_carries_the_numbers_of_other_systems(desk: Desk) -> None:
    """Each is noted with its system, belongs to one case only, and stands in no journal entry.

    闽审改办〔2023〕2号: 「打造全省统一收件系统，统一收件标准」;
    厦审改办〔2024〕12号: 「按照省统一收件系统对接标准」.
    """
    case, other = (a_case(desk, CaseState.REGISTERED).number for _ in range(2))

    numbers.add(desk, case, system="provincial", value="fj-示例-0001")
    numbers.add(desk, case, system="home_office", value="示例受〔2026〕7号")

    with refused(desk, "number-taken") as caught:
        numbers.add(desk, other, system="provincial", value="ＦＪ-示例-0001")
    found = {number.system: number.number for number in builders.numbers_of(desk, case)}
    assert found == {"provincial": "fj-示例-0001", "home_office": "示例受〔2026〕7号"}
    assert case in caught.value.why
    told = "".join(entry.body for entry in entries_of(desk, case))
    assert [number for number in found.values() if number in told] == []
