"""抽查: the share a seed chooses, the cases their flags bring in, findings, and the sample chosen anew."""

from __future__ import annotations

import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.builders import a_case, a_consignment, an_envelope, as_role, at, refused, with_second
from tests.workstation.acts.closing import TODAY, TOMORROW, days_pass
from workstation.acts import (
    formal_review,
    identification,
    notices,
    packing,
    previews,
    revealing,
    sampling,
    verification,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.acts.sampling import SampleFile
from workstation.domain.case import CaseState
from workstation.domain.codes import parse_anchor
from workstation.domain.roles import Role
from workstation.policies import SamplingPolicy

SEED = "7" * 40


def drawn(desk: Desk, per_mille: int = 1, seed: str | None = SEED, fewest: int = 0) -> SampleFile:
    """The supervisor draws out of today's cases."""
    policy = SamplingPolicy(per_mille=per_mille, fewest=fewest)
    return sampling.draw(at(desk, "2001"), TODAY, TODAY, policy=policy, seed=seed)


def chosen(file: SampleFile) -> dict[str, str]:
    """The cases of a sample, and why each is in it."""
    return {line.case_number: line.chosen for line in file.lines}


numbers = st.lists(st.text("0123456789", min_size=20, max_size=20), min_size=1, max_size=60, unique=True)


@given(numbers=numbers, share=st.integers(1, 1000), seed=st.text("0123456789", min_size=40, max_size=40))
def test_a_share_is_rounded_up_and_follows_from_seed_and_numbers(
    numbers: list[str], share: int, seed: str
) -> None:
    """Whatever order they come in; those of the lowest SM3 over seed and number, by another count."""
    found = sampling.chosen(seed, numbers, share)

    ranks = sorted((hashlib.new("sm3", f"{seed}{n}".encode()).hexdigest(), n) for n in numbers)
    count = next(n for n in range(len(numbers) + 1) if n * 1000 >= len(numbers) * share)
    assert found == [number for _, number in ranks[:count]]
    assert found == sampling.chosen(seed, numbers[::-1], share)


def test_a_sample_keeps_what_it_can_be_drawn_from_again(desk: Desk) -> None:
    """Seed, share, how many cases, and a digest of their numbers; the journal carries no more than codes."""
    cases = sorted(a_case(desk, CaseState.REGISTERED).number for _ in range(4))

    file = drawn(desk, 500)

    sample = file.sample
    digest = hashlib.new("sm3", "\n".join(cases).encode()).hexdigest()
    assert (sample.id, sample.seed, sample.share, sample.population) == (f"{TODAY}-1", SEED, 500, 4)
    assert sample.digest == digest
    assert chosen(file) == dict.fromkeys(sorted(sampling.chosen(SEED, cases, 500)), "random")
    builders.assert_true_ledger(desk)


def test_without_a_seed_it_is_the_anchor_of_the_journal(desk: Desk) -> None:
    """Nobody can choose it, and everybody can look it up."""
    a_case(desk, CaseState.REGISTERED)
    anchor = verification.anchor(desk)

    file = drawn(desk, seed=None)

    assert file.sample.seed == anchor
    assert verification.verify_from(desk, anchor).head is not None
    assert parse_anchor(anchor)


def test_the_fewest_are_drawn_whatever_the_share(desk: Desk) -> None:
    """As far as there are so many; the share that gave them is kept, so the seed still gives the same."""
    for _ in range(7):
        a_case(desk, CaseState.REGISTERED)

    for fewest in (0, 1, 3, 7, 50):
        file = drawn(desk, 1, fewest=fewest)
        assert len(file.lines) == min(max(fewest, 1), 7)
        assert sampling.recompute(at(desk, "2001"), file.sample.id).agrees


def test_flags_bring_a_case_in_whatever_the_seed(desk: Desk) -> None:
    """Each flag by the act that sets it; a case may have several, and be random besides."""
    beside, supervisor = with_second(desk), at(desk, "2001")
    told = a_case(desk, CaseState.TO_CORRECT).number
    _told_again(desk, told)
    manual, failed = (a_case(desk, CaseState.REGISTERED).number for _ in range(2))
    identification.identify(beside, manual, method="manual", outcome="passed", reason="读卡器坏")
    identification.identify(beside, failed, method="in_person", outcome="failed")
    opened = an_envelope(desk, "sealed").number
    packing.reopen(beside, opened, reason="wrong_paper")
    voided = an_envelope(desk, "sealed").number
    packing.void(beside, voided, reason="damaged")
    packing.void(desk, an_envelope(desk).number, reason="damaged")  # never sealed: nothing to look at
    seen = a_case(desk, CaseState.REGISTERED).number
    revealing.reveal(supervisor, seen, reason="supervise")
    left = a_consignment(desk)
    _packed_without_one(beside, left.id)

    found = chosen(drawn(desk, 1))

    flagged = {number: why for number, why in found.items() if why != "random"}
    expected = {
        told: "second_notice",
        manual: "manual_identity",
        failed: "manual_identity",
        _case_of(desk, opened): "seal_reopened",
        _case_of(desk, voided): "seal_voided",
        seen: "revealed",
        left.case_number: "left_out",
    }
    assert {n: why.removeprefix("random,") for n, why in flagged.items()} == expected
    assert len(found) - len(flagged) <= 1


def _told_again(desk: Desk, number: str) -> None:
    """What the applicant brings will not do, and is told a second time."""
    formal_review.resubmit(desk, number, [Material(row="statement", form="copy")])
    formal_review.review(desk, number, [builders.missing("statement")])
    notices.notice(with_second(desk), number, reason="材料仍缺")


def _packed_without_one(desk: Desk, consignment: str) -> None:
    found = builders.consignment_of(desk, consignment)
    with desk.reading() as reading:
        pieces = packing.to_send(reading, found)
    packing.pack(desk, [consignment], without=[pieces[0].id])


def _case_of(desk: Desk, envelope: str) -> str:
    with desk.reading() as reading:
        (content,) = reading.contents.where(envelope=envelope)
    return content.consignment.partition("-")[0]


# --- findings


def test_a_finding_is_noted_and_may_be_mended(desk: Desk) -> None:
    """The later one stands; what was found is told in words where it is not sound."""
    case = a_case(desk, CaseState.REGISTERED).number
    file, supervisor = drawn(desk, 1000), at(desk, "2001")

    first = sampling.find(supervisor, file.sample.id, case, finding="sound")
    second = sampling.find(supervisor, file.sample.id, case, finding="defect", note="张示例的复印件不清")

    assert (first.finding, first.found_by, first.version) == ("sound", "2001", 2)
    assert (second.finding, second.note, second.version) == ("defect", "张示例的复印件不清", 3)
    assert sampling.file(supervisor, file.sample.id).left == 0
    with desk.reading() as reading:
        entry = reading.journal_back(10**6, 1)[0]
    assert "张示例" not in entry.body
    assert json.loads(entry.body)["facts"] == {"sample": file.sample.id, "finding": "defect"}


def test_what_cannot_be_noted(desk: Desk) -> None:
    """A case of another sample, a finding nobody knows, a problem without a word, an older look."""
    a_case(desk, CaseState.REGISTERED)
    file, supervisor = drawn(desk, 1000), at(desk, "2001")
    name, case = file.sample.id, file.lines[0].case_number
    with refused(desk, "case-not-sampled"):
        sampling.find(supervisor, name, "[/oops]\x1b", finding="sound")
    with refused(desk, "sample-not-found"):
        sampling.find(supervisor, "2026-11-20-9", case, finding="sound")
    with refused(desk, "code-unknown"):
        sampling.find(supervisor, name, case, finding="fine")
    with refused(desk, "note-missing"):
        sampling.find(supervisor, name, case, finding="serious")
    with refused(desk, "wrong-role"):
        sampling.find(desk, name, case, finding="sound")


# --- drawing


def test_what_cannot_be_drawn(desk: Desk) -> None:
    """No case, a day to come, days in the wrong order, a share or a seed that is none."""
    policy, supervisor = SamplingPolicy(), at(desk, "2001")
    with refused(desk, "sample-empty"):
        sampling.draw(supervisor, TODAY, TODAY, policy=policy)
    a_case(desk, CaseState.REGISTERED)
    with refused(desk, "day-to-come"):
        sampling.draw(supervisor, TODAY, TOMORROW, policy=policy)
    with refused(desk, "span-empty"):
        sampling.draw(supervisor, TODAY, "2026-11-19", policy=policy)
    for share in (0, -1, 1001):
        with refused(desk, "share-impossible"):
            sampling.draw(supervisor, TODAY, TODAY, policy=policy, per_mille=share)
    for seed in ("x", "1" * 41, "12.5"):
        with refused(desk, "seed-impossible"):
            sampling.draw(supervisor, TODAY, TODAY, policy=policy, seed=seed)


@pytest.mark.parametrize("role", [Role.CLERK, Role.ADMINISTRATOR, Role.AUDITOR])
def test_only_a_supervisor_draws(desk: Desk, role: str) -> None:
    """Whoever handled the cases does not choose which are looked at."""
    a_case(desk, CaseState.REGISTERED)

    with refused(desk, "wrong-role"):
        sampling.draw(as_role(desk, role), TODAY, TODAY, policy=SamplingPolicy())


def test_the_same_days_may_be_drawn_again(desk: Desk) -> None:
    """Under the next ordinal; the latest days stand first in the list."""
    a_case(desk, CaseState.REGISTERED)
    drawn(desk)
    drawn(desk)
    days_pass(desk)
    a_case(desk, CaseState.REGISTERED)
    sampling.draw(at(desk, "2001"), TOMORROW, TOMORROW, policy=SamplingPolicy())

    found = [file.sample.id for file in sampling.listed(at(desk, "4001"))]

    assert found == [f"{TOMORROW}-1", f"{TODAY}-2", f"{TODAY}-1"]
    with refused(desk, "report-role"):
        sampling.listed(desk)


# --- once more


def test_a_sample_is_chosen_anew_from_its_seed(desk: Desk) -> None:
    """Cases registered after it was drawn, on the same day, were not among them."""
    for _ in range(5):
        a_case(desk, CaseState.REGISTERED)
    file = drawn(desk, 400)
    a_case(desk, CaseState.REGISTERED)

    again = sampling.recompute(at(desk, "4001"), file.sample.id)

    assert (again.agrees, again.population, again.missing, again.extra) == (True, 5, (), ())


def test_a_sample_that_was_tampered_with_does_not_agree(desk: Desk) -> None:
    """A case exchanged for another, or one taken out of the hall."""
    cases = [a_case(desk, CaseState.REGISTERED).number for _ in range(5)]
    file, engine = drawn(desk, 200), desk.store.engine
    (line,) = file.lines
    other = next(number for number in cases if number != line.case_number)
    with engine.write():
        engine.run(f"UPDATE sample_lines SET case_number = '{other}', note = NULL", {})

    again = sampling.recompute(at(desk, "2001"), file.sample.id)
    assert (again.agrees, again.missing, again.extra) == (False, (line.case_number,), (other,))

    with engine.write():
        engine.run(f"DELETE FROM cases WHERE number = '{other}'", {})
    assert not sampling.recompute(at(desk, "2001"), file.sample.id).is_same_list


def test_the_sheet_has_the_seed_and_the_cases(desk: Desk) -> None:
    """What was not looked at stays empty; no name is on it."""
    looked, left = sorted(a_case(desk, CaseState.REGISTERED).number for _ in range(2))
    file, supervisor = drawn(desk, 1000), at(desk, "2001")
    sampling.find(supervisor, file.sample.id, looked, finding="serious", note="没有核验身份")

    paper = sampling.print_sheet(supervisor, file.sample.id)

    text = previews.printed(supervisor, paper.number)
    row = next(line for line in text.splitlines() if looked in line)
    assert [cell.strip() for cell in row.split("│")][1:] == [
        looked,
        "随机",
        "有严重问题",
        "没有核验身份",
        "2001",
    ]
    assert left in text
    assert SEED in text
    assert builders.a_person().name not in text
    with refused(desk, "wrong-role"):
        sampling.print_sheet(desk, file.sample.id)
