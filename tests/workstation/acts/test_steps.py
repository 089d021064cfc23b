"""Finding a record, the version the operator saw, and numbers that nobody can have meant."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests import builders
from tests.builders import a_batch, a_case, a_consignment, an_envelope, at, refused
from workstation.acts import (
    custody,
    departures,
    formal_review,
    handover,
    home,
    identification,
    notices,
    packing,
    papers,
    results,
    revealing,
    sealing,
    service,
    troubles,
    users,
    viewing,
    waiting,
)
from workstation.acts.desk import Desk
from workstation.acts.inputs import Material
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState

BY_NUMBER: dict[str, tuple[str, Callable[[Desk, str], object]]] = {
    "identify": ("case", lambda d, n: identification.identify(d, n, method="in_person", outcome="passed")),
    "review": ("case", lambda d, n: formal_review.review(d, n, [])),
    "notice": ("case", notices.notice),
    "resubmit": ("case", lambda d, n: formal_review.resubmit(d, n, [])),
    "decline": ("case", lambda d, n: departures.decline(d, n, reason="not_this_item", text="x")),
    "guide": ("case", lambda d, n: departures.guide(d, n, channel="online", text="x")),
    "lapse": ("case", departures.lapse),
    "withdraw": ("case", departures.withdraw),
    "hand_back": ("case", departures.hand_back),
    "serve": ("case", lambda d, n: service.serve(d, n, identity_checked=True)),
    "close": ("case", lambda d, n: service.close(d, n, rating="invited")),
    "reveal": ("case", lambda d, n: revealing.reveal(d, n, reason="contact")),
    "show": ("case", viewing.case_file),
    "custody": ("case", custody.of_case),
    "pack": ("consignment", lambda d, n: packing.pack(d, [n])),
    "accept": ("consignment", home.accept),
    "refuse": ("consignment", lambda d, n: home.refuse(d, n, reason="not_ours")),
    "return": ("consignment", results.result_return),
    "arrive": ("consignment", lambda d, n: results.arrive(d, n, [], place="R-01")),
    "void": ("envelope", lambda d, n: packing.void(d, n, reason="other")),
    "trouble": ("envelope", lambda d, n: troubles.trouble(d, n, kind="lost")),
    "resolve": ("envelope", lambda d, n: troubles.resolve(d, n, outcome="claim")),
    "show_envelope": ("envelope", viewing.envelope_file),
    "scan_envelope": ("batch", lambda d, n: handover.scan_envelope(d, n, face=n)),
    "hand_over": ("batch", handover.hand_over),
    "show_batch": ("batch", viewing.batch_file),
    "seal": ("paper", lambda d, n: sealing.seal(d, n, n, place="A-01", no_secret=True)),
    "reprint": ("paper", lambda d, n: papers.reprint(d, n, reason="lost")),
    "pdf": ("paper", papers.pdf_of),
    "user": ("user", users.find_user),
}


@pytest.mark.parametrize(
    "number", ["", "13501021012632400017", "1" * 5000, "😀", "\x1b[2J\x00", "\ud800", "' OR 1 --"]
)
@pytest.mark.parametrize("name", BY_NUMBER)
def test_a_number_that_nobody_has_is_not_found(desk: Desk, name: str, number: str) -> None:
    """Whatever was typed: no fault of the store, and nothing in the answer that moves a cursor."""
    kind, act = BY_NUMBER[name]

    with refused(desk, f"{kind}-not-found") as caught:
        act(desk, number)

    said = "".join(caught.value.as_dict().values())
    assert said.isprintable()
    assert len(said) < 300


@pytest.mark.parametrize("text", ["\x00", "\udcff", "\x1b[31m", "一" * 5000])
def test_other_damaged_words_are_refused_in_words(desk: Desk, text: str) -> None:
    """Badges, inspectors, rows, waiting ids and codes are asked of the store only where they can be."""
    envelope, case = an_envelope(desk), a_case(desk, CaseState.TO_CORRECT).number
    listed = builders.paper_of(desk, envelope.number, "packing_list").number

    with refused(desk, "badge-unknown"):
        handover.open_batch(desk, text)
    with refused(desk, "inspector-unknown"):
        sealing.seal(desk, envelope.number, listed, place="A-01", inspected_by=text, no_secret=True)
    with refused(desk, "row-not-found"):
        formal_review.resubmit(desk, case, [Material(row=text, form="copy")])
    with refused(desk, "code-unknown") as caught:
        identification.identify(desk, case, method=text, outcome="passed")
    with builders.refused_as(desk, {"waiting-not-found", "not-waiting"}):
        waiting.confirm(desk, text)

    assert "".join(caught.value.as_dict().values()).isprintable()


# --- the version the operator saw


def seen(desk: Desk, version: int) -> Desk:
    """The desk of somebody who looks at this version."""
    return replace(desk, seen=version)


def test_the_later_of_two_is_told_who_when_and_what(desk: Desk) -> None:
    """The record changed after it was looked at: the older copy yields (design §7)."""
    case = a_case(desk, CaseState.REGISTERED)
    departures.guide(at(desk, "1002"), case.number, channel="online", text="网上可办")

    with refused(desk, "changed-meanwhile") as caught:
        departures.withdraw(seen(desk, case.version), case.number)

    why = caught.value.why
    assert all(
        word in why for word in ("1002", "2026-11-20", "“指引”", f"第 {case.version} 版", "现在是第 2 版")
    )


def test_whoever_saw_the_present_version_goes_on(desk: Desk) -> None:
    """And counts it up by one."""
    case = a_case(desk, CaseState.REGISTERED)

    done = departures.withdraw(seen(desk, case.version), case.number)

    assert (done.version, done.changed_by, done.changed_act) == (case.version + 1, "1001", "withdraw")


def test_consignments_envelopes_and_batches_carry_versions_too(desk: Desk) -> None:
    """Whatever is acted on, by the version of that."""
    consignment = a_consignment(desk, ConsignmentState.ACKNOWLEDGED)
    envelope = an_envelope(desk, EnvelopeState.SEALED)
    batch = a_batch(desk)

    with refused(desk, "changed-meanwhile"):
        home.accept(seen(desk, consignment.version - 1), consignment.id)
    with refused(desk, "changed-meanwhile"):
        packing.void(seen(builders.with_second(desk), envelope.version + 1), envelope.number, reason="other")
    with refused(desk, "changed-meanwhile"):
        handover.hand_over(seen(desk, batch.version + 1), batch.number)
    assert home.accept(seen(desk, consignment.version), consignment.id).state == ConsignmentState.ACCEPTED


def test_an_act_counts_a_record_once(desk: Desk) -> None:
    """However often it writes the record."""
    envelope = an_envelope(desk)

    sealed = builders.sealed(desk, envelope.number)

    assert sealed.version == envelope.version + 1


def test_what_is_possible_is_said_where_it_is_not(desk: Desk) -> None:
    """A refusal of the life cycle tells the acts of the present state, or that there are none."""
    open_case, closed = a_case(desk).number, a_case(desk, CaseState.CLOSED).number

    with refused(desk, "wrong-state") as caught:
        service.close(desk, open_case, rating="invited")
    with refused(desk, "wrong-state") as at_the_end:
        service.close(desk, closed, rating="invited")

    assert "“办结”只能在“已送达”时办理" in caught.value.why
    assert "送达" in caught.value.next
    assert "终点" in at_the_end.value.next
