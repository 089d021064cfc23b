"""What footer and palette offer: asked of the acts' own guards, in every state, and told in a few words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders
from tests.workstation.acts.scenes import ATTEMPTS, SCENES, Attempt, Scene
from workstation.acts import handover, home, offers, packing, pledges, viewing
from workstation.acts.desk import Desk
from workstation.acts.offers import Offer
from workstation.domain import lifecycle
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.roles import Role
from workstation.errors import Explained

#: What an offered act may be refused for by its own check is something else than these.
TOLD_BEFORE = {"wrong-state", "wrong-role", "read-only", "nobody-signed-in"}

LONGEST = 44


@pytest.fixture(scope="module")
def halls(founded: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Path]]:
    """A hall to copy scenes from, and where; without ink."""
    with builders.no_ink():
        yield founded, tmp_path_factory.mktemp("offers")


def offered(desk: Desk, number: str) -> dict[tuple[str, str], Offer]:
    """All offers of a case by act and object."""
    found = offers.of_case(desk, viewing.case_file(desk, number))
    by_act = {(offer.act, offer.object): offer for offer in found}
    assert len(by_act) == len(found)
    return by_act


def why(desk: Desk, act: str, number: str, object_: str | None = None) -> str | None:
    """Why an act of a case cannot be done now."""
    return offered(desk, number)[act, object_ or number].why_not


def of_attempt(found: Mapping[tuple[str, str], Offer], scene: Scene, attempt: Attempt) -> Offer | None:
    """The offer of what is attempted, if the record is one of this case's in force."""
    objects = (scene.case, scene.consignment, scene.envelope)
    return next((found[attempt.act, one] for one in objects if (attempt.act, one) in found), None)


def refusal(desk: Desk, scene: Scene, attempt: Attempt) -> str | None:
    """Under which code the act itself refuses."""
    try:
        attempt.do(desk, scene)
    except Explained as error:
        return error.code
    return None


@pytest.mark.parametrize("name", SCENES)
def test_what_is_offered_is_what_the_acts_allow(halls: tuple[Desk, Path], name: str) -> None:
    """No offer is refused for state or role, and what is said to be impossible is refused."""
    founded, folder = halls
    original = builders.a_copy(founded, folder)
    scene = SCENES[name](original)
    desk = builders.with_second(builders.a_copy(original, folder))
    found = offered(desk, scene.case)
    tried = 0

    for attempt in ATTEMPTS.values():
        offer = of_attempt(found, scene, attempt)
        if offer is None:
            continue
        tried += 1
        code = refusal(desk, scene, attempt)
        if offer.why_not is None:
            assert code not in TOLD_BEFORE, (offer, code)
        else:
            assert code is not None, offer
        if code is None:
            desk = builders.with_second(builders.a_copy(original, folder))
    assert tried >= len(offers.OF_CASE)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLERK, Role.SUPERVISOR}))
def test_others_are_told_whose_act_it_is(desk: Desk, role: Role) -> None:
    """No act of a case is offered to who does not work at the counter."""
    case = builders.a_case(desk).number

    found = offered(builders.as_role(desk, role), case)

    assert {offer.why_not.partition("”由")[2] for offer in found.values() if offer.why_not} == {
        "窗口人员、值班长办理"
    }
    assert all(offer.why_not for offer in found.values())


def test_nothing_is_offered_to_who_only_looks_or_is_not_there(desk: Desk) -> None:
    """Both are told at each act, whatever its state."""
    case = builders.a_case(desk).number

    looking = offered(replace(desk, readonly=True), case).values()
    nobody = offered(builders.nobody(desk), case).values()

    assert {offer.why_not for offer in looking} == {"本次只看不写"}
    assert {offer.why_not for offer in nobody} == {"还没有登录"}


def test_a_state_is_told_with_the_one_in_which_it_is_possible(desk: Desk) -> None:
    """Where it stands, and when the act is done; a long list of states is cut."""
    case = builders.a_case(desk, CaseState.REGISTERED).number

    assert why(desk, "pack", case, f"{case}-1") == "办件现在是“已收件”；“装袋”要在“形式审查通过”时办"
    assert why(desk, "close", case) == "办件现在是“已收件”；“办结”要在“已送达”时办"
    assert why(desk, "decide", case, f"{case}-1") == (
        "送件现在是“待封装”；“属地决定”要在“属地已签收”“属地已受理”时办"
    )
    reviewed = builders.a_case(desk).number
    assert why(desk, "identify", reviewed) is None
    served = builders.a_case(desk, CaseState.SERVED).number
    assert why(desk, "identify", served) == "办件现在是“已送达”；“身份核验”要在“已收件”“待补正”等时办"


def test_it_is_said_which_record_is_in_the_state(desk: Desk) -> None:
    """An envelope opened at the home office and its consignment are told apart, and so is a batch."""
    consignment = builders.a_consignment(desk, ConsignmentState.ACKNOWLEDGED)
    number, envelope = consignment.case_number, consignment.envelope or ""

    assert why(desk, "acknowledge", number, envelope) == "封套现在是“已拆封”；“属地签收”要在“已交寄”时办"
    assert why(desk, "result_return", number, consignment.id) == (
        "送件现在是“属地已签收”；“结果回寄”要在“已决定”时办"
    )
    sealed = builders.an_envelope(desk, EnvelopeState.SEALED).number
    batch = handover.hand_over(desk, builders.batched(desk, sealed).number)
    said = offers.why_not(desk, "batches", batch, "hand_over")
    assert said == "批次现在是“已交寄”；“交寄”要在“扫描中”时办"


def test_a_notice_waits_for_every_row_and_for_one_that_fails(desk: Desk) -> None:
    """Rows not reviewed, then nothing to tell."""
    case = builders.a_case(desk, CaseState.REGISTERED).number
    assert why(desk, "notice", case) == "还不能告知：有材料没有审查"

    builders.identified(desk, case)
    builders.review_all(desk, case)

    assert why(desk, "review", case) == "没有待审查的材料"
    assert why(desk, "pack", case, f"{case}-1") is None


def test_a_seal_waits_for_identity(desk: Desk) -> None:
    """Reviewed and packed without a look at the person, the envelope stays open."""
    case = builders.a_case(desk, CaseState.REGISTERED).number
    builders.review_all(desk, case)
    envelope = packing.pack(desk, [case]).number

    assert why(desk, "seal", case, envelope) == "没有通过身份核验"
    assert why(desk, "pack", case, f"{case}-1") == "已经装袋"
    assert why(desk, "withdraw", case) == "材料还在封套里"
    builders.identified(desk, case)
    assert why(desk, "seal", case, envelope) is None


def test_results_and_what_is_under_way_are_waited_for(desk: Desk) -> None:
    """Serving waits for a result; an electronic one does not come by post."""
    accepted = builders.a_consignment(desk, ConsignmentState.ACCEPTED)
    number = accepted.case_number
    assert why(desk, "serve", number) == "现在没有可送达的结果"

    home.decide(desk, accepted.id, outcome="granted", result_mode="electronic")

    assert why(desk, "serve", number) is None
    assert why(desk, "result_return", number, accepted.id) == "结果不以纸质寄回窗口"


def test_a_pledge_is_signed_once_it_is_printed(desk: Desk) -> None:
    """There is none to sign before, nor after."""
    builders.agreed(desk)
    case = builders.a_case(desk, CaseState.REGISTERED).number
    assert why(desk, "sign_pledge", case) == "没有待签的承诺书"

    printed = pledges.print_pledge(desk, case, builders.asked_later())

    assert why(desk, "sign_pledge", case) is None
    pledges.sign(desk, builders.paper_of(desk, printed[0].sheet, "pledge").number)
    assert why(desk, "sign_pledge", case) == "没有待签的承诺书"


def test_powers_are_offered_for_each_office_that_grants_them(desk: Desk) -> None:
    """收件受理 is the agreement's: the office with one is offered, the other is told apart."""
    builders.agreed(desk)
    case = builders.a_case(desk, offices=2).number

    assert why(desk, "issue_acceptance", case, f"{case}-1") is None
    said = why(desk, "issue_acceptance", case, f"{case}-2")
    assert said is not None
    assert "没有授予本窗口" in said


def test_an_envelope_shared_with_another_case_waits_for_both(desk: Desk) -> None:
    """The bearer of the other case was not looked at."""
    mine = builders.a_case(desk).number
    other = builders.a_case(desk, CaseState.REGISTERED).number
    builders.review_all(desk, other)
    envelope = packing.pack(desk, [mine, other]).number

    assert why(desk, "seal", mine, envelope) == "没有通过身份核验"


def test_every_reason_is_short(halls: tuple[Desk, Path]) -> None:
    """It stands in a footer: one sentence, no number of a case in it."""
    founded, folder = halls
    desk = builders.a_copy(founded, folder)
    for name in ("registered", "failing", "consignment_sealed", "envelope_open", "papers_back", "closed"):
        scene = SCENES[name](desk)
        for offer in offered(desk, scene.case).values():
            said = offer.why_not or ""
            assert len(said) <= LONGEST, said
            assert scene.case not in said
            assert not said.endswith("。")


def test_every_act_of_the_tables_is_offered_somewhere() -> None:
    """But those that begin something, and those of a batch."""
    tables = (lifecycle.CASE, lifecycle.CONSIGNMENT, lifecycle.ENVELOPE)
    acts = {edge.act for table in tables for edge in table}

    assert acts - {*offers.OF_CASE, *offers.OF_CONSIGNMENT, *offers.OF_ENVELOPE} == {"register", "hand_over"}
