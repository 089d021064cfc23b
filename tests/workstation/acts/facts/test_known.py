"""The catalogue of facts: a wording may name what a paper of its kind really has, with label and sample."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from forms import documents
from tests import builders
from tests.builders import a_case, a_consignment, paper_of
from tests.workstation.screens.silent.waiting import days_pass
from workstation.acts import (
    acceptance,
    claims,
    day_closes,
    day_sheets,
    dunning,
    month_closes,
    papers,
    pledges,
    postages,
    queue,
    sampling,
)
from workstation.acts.acceptance import Grounds
from workstation.acts.desk import Desk
from workstation.acts.facts import known
from workstation.acts.facts.known import Fact, Rows
from workstation.domain.case import CaseState
from workstation.domain.codes import Kind, parse
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import BatchState
from workstation.policies import MailPolicy, SamplingPolicy

NAMES = documents.names()
every_document = pytest.mark.parametrize("document", NAMES)


def names_in(facts: Mapping[str, Any]) -> set[str]:
    """The names of facts as a wording writes them; what is fixed for a face besides is left out."""
    plain = {name for name, value in facts.items() if isinstance(value, str)}
    lists = {name: value for name, value in facts.items() if not isinstance(value, str)}
    return plain | {f"{name}.{cell}" for name, rows in lists.items() for row in rows for cell in row}


@every_document
def test_a_wording_names_only_what_is_known(document: str) -> None:
    """A shipped wording with a slip in a name would be found by an applicant."""
    assert documents.load(document).facts <= dict(known.named(known.of(document))).keys()


@every_document
def test_every_fact_has_a_label_of_its_own(document: str) -> None:
    """In Chinese, so that who writes a wording can tell what it will become."""
    there = known.of(document)
    facts = [fact for fact in there.values() if isinstance(fact, Fact)]
    lists = [fact for fact in there.values() if isinstance(fact, Rows)]

    for labels in ([f.label for f in facts], *([c.label for c in rows.cells.values()] for rows in lists)):
        assert all("\u4e00" <= label[0] <= "\u9fff" for label in labels)
        assert len(set(labels)) == len(labels)
    assert all(rows.label for rows in lists)


@every_document
def test_the_samples_are_all_a_wording_needs(document: str) -> None:
    """The shipped one can be filled with them, list rows numbered from one."""
    samples = known.samples(document)

    told = documents.preview(documents.fill(documents.load(document), samples))

    assert names_in(samples) == dict(known.named(known.of(document))).keys()
    assert str(samples["paper.number"]) in told
    for rows in (value for value in samples.values() if not isinstance(value, str)):
        counted = [row["seq"] for row in rows if "seq" in row]
        assert counted in ([], [str(i + 1) for i in range(len(rows))])


@every_document
def test_sample_numbers_belong_to_nobody(document: str) -> None:
    """They are right numbers of a practice hall: scanned by mistake, they find no case."""
    samples = known.samples(document)
    numbers = [v for v in samples.values() if isinstance(v, str) and len(v) == 20 and v.isdigit()]

    assert numbers
    assert all(parse(number).place.is_practice for number in numbers)
    assert parse(str(samples["paper.number"])).kind == Kind.FACE


GROUNDS = Grounds("不属于本机关职权范围", "填写的依据", "填写的救济途径")


def _accepted(desk: Desk) -> str:
    name = f"{a_case(desk).number}-1"
    acceptance.accept(desk, name, legal_basis="填写的依据", limit="20个工作日")
    return name


def _not_accepted(desk: Desk) -> str:
    name = f"{a_case(desk, CaseState.REGISTERED).number}-1"
    acceptance.refuse(builders.with_second(desk), name, grounds=GROUNDS)
    return name


def _pledged(desk: Desk) -> str:
    case = a_case(desk, CaseState.REGISTERED).number
    return pledges.print_pledge(desk, case, builders.asked_later())[0].sheet


def _shift_handed_over(desk: Desk) -> str:
    a_case(desk, CaseState.REGISTERED)
    claims.claim(desk, queue.listed(desk))
    return claims.hand_over(desk, "1002").paper.object


def _sampled(desk: Desk) -> str:
    a_case(desk, CaseState.REGISTERED)
    supervisor, day = builders.at(desk, "2001"), "2026-11-20"
    drawn = sampling.draw(supervisor, day, day, policy=SamplingPolicy())
    return sampling.print_sheet(supervisor, drawn.sample.id).object


def _month_over(desk: Desk) -> str:
    a_case(desk, CaseState.REGISTERED)
    supervisor = builders.at(desk, "2001")
    day_closes.close(supervisor, policy=MailPolicy())
    days_pass(desk)
    return month_closes.close(supervisor, "2026-11").month


#: What each paper speaks for, once the act that needs it is done.
PROMISED: dict[str, Callable[[Desk], str]] = {
    "acceptance": _accepted,
    "day_sheet": lambda desk: day_sheets.print_sheet(builders.at(desk, "2001")).object,
    "dunning_letter": lambda desk: (
        dunning.dun(desk, a_consignment(desk, ConsignmentState.HANDED_OVER).id).paper.object
    ),
    "guidance": lambda desk: a_case(desk, CaseState.GUIDED).number,
    "handover_sheet": lambda desk: builders.a_batch(desk, BatchState.CLOSED).number,
    "intake_slip": lambda desk: a_case(desk, CaseState.REGISTERED).number,
    "month_sheet": _month_over,
    "non_acceptance": _not_accepted,
    "notice": lambda desk: a_case(desk, CaseState.TO_CORRECT).number,
    "packing_list": lambda desk: builders.an_envelope(desk).number,
    "pledge": _pledged,
    "postage_statement": lambda desk: postages.print_statement(builders.at(desk, "2001"), "2026-11").object,
    "proof_of_service": lambda desk: a_consignment(desk, ConsignmentState.DONE).case_number,
    "sampling_sheet": _sampled,
    "shift_handover": _shift_handed_over,
}


@every_document
def test_a_real_paper_has_exactly_what_is_known(desk: Desk, undrawn: None, document: str) -> None:
    """Neither a fact that no hall can find in the list, nor one in the list that a paper would not have."""
    builders.agreed(desk)

    number = paper_of(desk, PROMISED[document](desk), document).number

    with desk.reading() as reading:
        facts = papers.facts_of(reading, number)
    there = dict(known.named(known.of(document))).keys()
    lists = {name for name, value in facts.items() if not isinstance(value, str) and not value}
    assert names_in(facts) - lists == {name for name in there if name.partition(".")[0] not in lists}
