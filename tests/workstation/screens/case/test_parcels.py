"""The parcels of a case: where each is stands beside its waybill, what was told of it is a choice away."""

from __future__ import annotations

from pathlib import Path

from tests import builders
from tests.builders import RETURN_WAYBILL, WAYBILL
from tests.workstation.acts import parcels
from tests.workstation.screens.case.hands import further, on_case
from tests.workstation.screens.conftest import Opened
from tests.workstation.screens.stage import Clerk
from workstation.acts import results
from workstation.acts.desk import Desk
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.policies import RatingPolicy
from workstation.screens.case import panes, sight, telling
from workstation.screens.case.further import TRACK, choices


def told(desk: Desk, *codes: str) -> str:
    """The number of a case whose envelope is on its way, of which this was told."""
    with builders.no_ink():
        envelope = parcels.mailed(desk)
    parcels.take(desk, *codes)
    return builders.consignments_in(desk, envelope.number)[0].case_number


def test_where_the_parcel_is_stands_beside_its_waybill(desk: Desk, tmp_path: Path) -> None:
    """In a word, with how it was signed for; Enter tells it whole."""
    number = told(desk, "702", "704/60")

    async def story(clerk: Clerk) -> None:
        clerk.sees(f"{WAYBILL} 妥投 收发室等…")
        await clerk.press("tab", "enter")
        clerk.sees("邮件：妥投 收发室等代收，请电话核实")

    on_case(desk, tmp_path, number, story)


def test_without_a_waybill_nothing_is_said_of_mail(desk: Desk) -> None:
    """Of one that nobody has told anything of it is said."""
    bare = sight.look(desk, builders.a_consignment(desk, ConsignmentState.SEALED).case_number)
    silent = sight.look(desk, told(desk))

    assert [sent.mail for sent in panes.sent(bare)] == [""]
    assert "邮件：" not in telling.way_told(bare, bare.file.consignments[0])
    assert [sent.mail for sent in panes.sent(silent)] == ["没有轨迹"]


def test_on_the_way_back_it_is_the_parcel_that_travels(desk: Desk) -> None:
    """The outward one is closed by then."""
    number = told(desk, "704/10")
    (way,) = builders.consignments_of(desk, number)
    with builders.no_ink():
        builders.advance(desk, way.id, ConsignmentState.DECIDED)
        results.result_return(desk, way.id, waybill=RETURN_WAYBILL)
    parcels.take(desk, "702", waybill=RETURN_WAYBILL)

    (sent,) = panes.sent(sight.look(desk, number))

    assert (sent.waybills, sent.mail) == (RETURN_WAYBILL, "派送中")


def test_what_was_told_is_a_choice_away(desk: Desk, tmp_path: Path, opened: Opened) -> None:
    """Nothing is done by it."""
    number = told(desk, "702")
    before = builders.head(desk)

    async def story(clerk: Clerk) -> None:
        await further(clerk, "邮件轨迹")

    on_case(desk, tmp_path, number, story)

    assert opened == [("parcels", {"number": number})]
    assert builders.head(desk) == before


def test_a_case_without_a_parcel_does_not_offer_it(desk: Desk) -> None:
    """There is nothing to look at."""
    bare = sight.look(desk, builders.a_case(desk, CaseState.REVIEWED).number)

    assert TRACK not in [further for further, _ in choices(bare, RatingPolicy())]
