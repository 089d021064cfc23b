"""The fold of a carrier's events: one state, whatever way they came; and the meanings it is fed with."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.carriers.ems import events
from workstation.domain import tracking
from workstation.domain.tracking import FINAL, Alarm, Fact, Grade, Mail, MailState, fold

WAYBILL = "1136281381675"
ORGANISATIONS = ("南宁揽投部", "南宁处理中心", "福州投递部")
CANCELLING = {
    code: events.meaning(code).cancels for code, _ in events.codes() if events.meaning(code).cancels
}
#: Those an order of events is most likely to depend on.
LIKELY = (
    *(("203", ""), ("207", ""), ("336", ""), ("303", ""), ("304", ""), ("954", ""), ("702", ""), ("742", "")),
    *(("704", "10"), ("704", "50"), ("704", "180"), ("743", ""), ("705", "7"), ("744", ""), ("741", "")),
    *(("708", ""), ("711", ""), ("756", ""), ("651", ""), ("987", ""), ("Z99", ""), ("704", "777")),
)


def fact(code: str, at: int = 0, sub: str = "", organisation: str = "福州投递部") -> Fact:
    """An event of EMS with its meaning, as the act puts them together."""
    said = events.meaning(code, sub)
    ident = tracking.identity(WAYBILL, code=code, sub=sub, at=at, organisation=organisation)
    return Fact(ident, code, sub, at, organisation, said.name, said.effect, said.cancels, said.grade)


def told(*codes: str) -> list[Fact]:
    """Events an hour apart: `702`, or `704/60` with a sub-code."""
    pairs = [code.partition("/") for code in codes]
    return [fact(code, at, sub) for at, (code, _, sub) in enumerate(pairs, start=1)]


def state(*codes: str) -> MailState:
    """The state these come to, told in this order."""
    return fold(told(*codes)).state


FACTS = st.builds(
    lambda pair, at, organisation: fact(pair[0], at, pair[1], organisation),
    st.one_of(st.sampled_from(LIKELY), st.sampled_from(events.codes())),
    # Few instants, so that many things happen at one.
    st.integers(0, 12),
    st.sampled_from(ORGANISATIONS),
)
HISTORIES = st.lists(FACTS, max_size=25)
BOUNDED = settings(max_examples=100, deadline=None)


def by_the_rule(facts: Sequence[Fact]) -> frozenset[str]:
    """What is taken back, found the slow way: word for word as the rule says."""
    distinct = list({one.id: one for one in facts}.values())
    gone: set[str] = set()
    for canceller in sorted((f for f in distinct if f.cancels), key=lambda f: f.at):
        reached = [f for f in distinct if f.code in canceller.cancels and f.at <= canceller.at]
        open_ones = [f for f in reached if f.id not in gone]
        gone.update(f.id for f in sorted(open_ones, key=lambda f: (f.at, f.code, f.sub, f.organisation))[-1:])
    return frozenset(gone)


def test_a_plain_parcel_goes_from_state_to_state() -> None:
    """Each event brings its own."""
    codes = ("203", "305", "516", "702", "704/10")

    states = [fold(told(*codes[:count])).state for count in range(len(codes) + 1)]

    assert states == [
        MailState.NONE,
        MailState.PICKED_UP,
        MailState.IN_TRANSIT,
        MailState.ARRIVED_DESTINATION,
        MailState.OUT_FOR_DELIVERY,
        MailState.DELIVERED,
    ]


def test_nothing_told_is_no_state() -> None:
    """And it has no time, no code and no alarm."""
    assert fold([]) == Mail()


def test_the_fold_says_since_when_and_by_which_event() -> None:
    """A state begins with its first event and stands by its last; any event breaks the silence."""
    mail = fold(told("203", "305", "954", "O_020"))

    assert mail == Mail(MailState.IN_TRANSIT, since=2, at=3, code="954", heard_at=4)


def test_a_better_signing_replaces_a_worse_one() -> None:
    """Out of the cupboard into a hand: the later result speaks."""
    mail = fold(told("704/50", "704/10"))

    assert (mail.since, mail.at, mail.sub, mail.grade, mail.alarms) == (1, 2, "10", Grade.PERSON, ())


@BOUNDED
@given(HISTORIES, st.randoms(use_true_random=False))
def test_every_permutation_gives_the_same(facts: list[Fact], chance: random.Random) -> None:
    """State, times, grade, alarms and what was taken back: nothing depends on the order of arrival."""
    shuffled = facts[:]
    chance.shuffle(shuffled)

    assert fold(shuffled) == fold(facts)


@BOUNDED
@given(HISTORIES, st.data())
def test_every_duplication_gives_the_same(facts: list[Fact], data: st.DataObject) -> None:
    """A carrier tells the whole list each time it is asked."""
    again = data.draw(st.lists(st.sampled_from(facts), max_size=20)) if facts else []

    assert fold([*again, *facts, *again]) == fold(facts)


@BOUNDED
@given(HISTORIES, st.data())
def test_a_replay_in_pieces_gives_the_same(facts: list[Fact], data: st.DataObject) -> None:
    """Overlapping pieces, each kept by identity when it comes, end where the whole list ends."""
    kept: dict[str, Fact] = {}
    for _ in range(3):
        start = data.draw(st.integers(0, len(facts)))
        for one in facts[start:] + facts[: start + 1]:
            kept.setdefault(one.id, one)
        fold(kept.values())

    assert fold(kept.values()) == fold(facts)


@BOUNDED
@given(HISTORIES)
def test_cancellations_take_back_what_the_rule_says(facts: list[Fact]) -> None:
    """The latest event of the targets that still stands and is not later; each takes back one at most."""
    cancelled = fold(facts).cancelled

    assert cancelled == by_the_rule(facts)
    assert len(cancelled) <= len({one.id for one in facts if one.cancels})
    assert not {one.id for one in facts if one.cancels} & cancelled


@BOUNDED
@given(HISTORIES)
def test_what_was_taken_back_might_never_have_been(facts: list[Fact]) -> None:
    """Without it and without any cancellation the parcel is in the same state."""
    mail = fold(facts)
    rest = fold([one for one in facts if one.id not in mail.cancelled and not one.cancels])

    assert (rest.state, rest.since, rest.at, rest.code) == (mail.state, mail.since, mail.at, mail.code)
    assert (rest.sub, rest.grade) == (mail.sub, mail.grade)
    assert set(mail.alarms) - {Alarm.UNDONE} == set(rest.alarms) - {Alarm.UNDONE}


@BOUNDED
@given(HISTORIES, st.lists(st.tuples(st.text("XYZ", min_size=1, max_size=3), st.integers(0, 12)), max_size=5))
def test_unknown_codes_are_told_and_move_nothing(facts: list[Fact], unknown: list[tuple[str, int]]) -> None:
    """A history with them is the history without them, but for their names and the silence they break."""
    mail, plain = fold([*facts, *(fact(code, at) for code, at in unknown)]), fold(facts)

    assert set(mail.idle) == {code for code, _ in unknown} | set(plain.idle)
    assert (mail.state, mail.since, mail.at, mail.code, mail.sub) == (
        *(plain.state, plain.since, plain.at, plain.code, plain.sub),
    )
    assert (mail.grade, mail.cancelled, mail.alarms) == (plain.grade, plain.cancelled, plain.alarms)


@pytest.mark.parametrize(("code", "sub"), events.codes())
def test_every_code_of_the_carrier_is_one_the_fold_knows(code: str, sub: str) -> None:
    """Its effect is a state or nothing, its grade a grade or none; alone it brings what it says."""
    said = events.meaning(code, sub)
    mail = fold([fact(code, 7, sub)])

    assert said.effect in {"", *MailState} - {MailState.NONE}
    assert said.grade in {"", *Grade}
    assert mail.idle == ()
    assert mail.cancelled == frozenset()
    assert mail.heard_at == 7
    assert (mail.state, mail.at) == ((said.effect, 7) if said.effect else (MailState.NONE, None))


@pytest.mark.parametrize(
    ("canceller", "target"), [(code, target) for code, targets in CANCELLING.items() for target in targets]
)
def test_every_cancellation_undoes_its_target(canceller: str, target: str) -> None:
    """At the same instant or later it takes it back; what was before is so again; earlier it does nothing."""
    before, event = fact("O_001", 1), fact(target, 5)

    for at in (5, 9):
        mail = fold([before, event, fact(canceller, at)])
        assert mail.cancelled == {event.id}
        assert (mail.state, mail.at) == (MailState.PICKED_UP, 1)
    early = fold([before, event, fact(canceller, 4)])
    assert early.cancelled == frozenset()
    assert early.state == fold([before, event]).state


@pytest.mark.parametrize(("code", "sub"), events.codes())
def test_no_cancellation_reaches_another_code(code: str, sub: str) -> None:
    """Each of the 18, told after each of the 237, takes back its own targets and nothing else."""
    event = fact(code, 1, sub)

    reached = {name for name in CANCELLING if fold([event, fact(name, 2)]).cancelled}

    assert reached == {name for name, targets in CANCELLING.items() if code in targets}


def test_a_cancellation_takes_back_the_latest_one_only() -> None:
    """Out for delivery twice, one round taken back: the first stands."""
    first, second, back = told("702", "702", "742")

    mail = fold([first, second, back])

    assert mail.cancelled == {second.id}
    assert (mail.state, mail.at) == (MailState.OUT_FOR_DELIVERY, 1)


@pytest.mark.parametrize("codes", [("303", "336", "345"), ("345", "336", "303"), ("336", "345", "303")])
def test_of_several_targets_the_latest_is_taken_back(codes: tuple[str, ...]) -> None:
    """304 may mean any of three; then the one before it, and the one before that."""
    facts = told(*codes, "304", "304")

    assert fold(facts[:4]).cancelled == {facts[2].id}
    assert fold(facts).cancelled == {facts[2].id, facts[1].id}


def test_at_one_instant_a_cancellation_comes_last() -> None:
    """336 sorts behind 304 and is not later than it, so it is taken back all the same."""
    scan = fact("336", 5)

    assert fold([scan, fact("304", 5)]).cancelled == {scan.id}


def test_a_cancellation_told_twice_is_one() -> None:
    """It takes back one event, however often it comes."""
    first, second, back = told("702", "702", "742")

    assert fold([first, second, back, back, first]).cancelled == {second.id}


def test_between_two_of_one_instant_the_organisation_decides() -> None:
    """So that the same one is taken back, whichever was told first."""
    one, other = fact("704", 1, "10", "南宁揽投部"), fact("704", 1, "10", "福州投递部")
    back = fact("743", 2)

    assert fold([one, other, back]) == fold([other, one, back])
    assert fold([one, other, back]).cancelled == {other.id}


def test_two_cancellations_take_back_two() -> None:
    """Each one reaches what the other has left."""
    facts = told("203", "702", "702", "742", "742")

    assert fold(facts).cancelled == {facts[1].id, facts[2].id}
    assert fold(facts).state == MailState.PICKED_UP


def test_a_delivery_taken_back_and_made_again_is_one() -> None:
    """704, 743, 704: delivered, by the second event, and nothing is left to be asked."""
    mail = fold(told("702", "704/50", "743", "704/10"))

    assert (mail.state, mail.since, mail.grade, mail.alarms) == (MailState.DELIVERED, 4, Grade.PERSON, ())


def test_a_return_reopens_a_delivery_and_ends_at_the_sender() -> None:
    """741 makes a delivery a return, and 711 is its end."""
    assert state("702", "704/10", "741") == MailState.RETURNING
    assert state("702", "704/10", "741", "954", "702", "705/4") == MailState.RETURNING
    assert state("702", "704/10", "741", "954", "711") == MailState.RETURNED


def test_a_claim_paid_is_a_loss() -> None:
    """180 reads like a signature, and the parcel is gone."""
    mail = fold(told("702", "704/180"))

    assert (mail.state, mail.grade, mail.alarms) == (MailState.LOST, Grade.LOST, (Alarm.VANISHED,))
    assert mail.state in FINAL


@pytest.mark.parametrize("scan", ["203", "954", "516", "702", "756", "013", "651", "801"])
@pytest.mark.parametrize("outcome", ["704/10", "741", "711", "987"])
def test_an_outcome_is_not_undone_by_a_scan(outcome: str, scan: str) -> None:
    """The clock of another post office is ahead: what it stamps later has not happened later."""
    assert state(outcome, scan) == state(outcome)


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("704/10", "705/4"), MailState.ATTEMPT_FAILED),
        (("704/10", "723"), MailState.AWAITING_PICKUP),
        (("704/10", "987"), MailState.LOST),
        (("741", "705/4"), MailState.RETURNING),
        (("708", "704/10"), MailState.DELIVERED),
        (("711", "741"), MailState.RETURNED),
        (("711", "705/4"), MailState.RETURNED),
        (("987", "704/10"), MailState.DELIVERED),
        (("987", "711"), MailState.RETURNED),
        (("705/13", "705/4"), MailState.LOST),
    ],
)
def test_an_outcome_yields_to_another(codes: tuple[str, ...], expected: MailState) -> None:
    """Later word of where it ended counts; an attempt counts against a delivery only."""
    assert state(*codes) == expected


@pytest.mark.parametrize(
    ("codes", "alarms"),
    [
        (("702", "704/10"), ()),
        (("702", "704/162"), ()),
        (("702", "704/60"), (Alarm.SIGNING_DOUBTFUL,)),
        (("702", "704/100"), (Alarm.SIGNING_DOUBTFUL,)),
        (("702", "704"), (Alarm.SIGNING_DOUBTFUL,)),
        (("702", "704/166"), (Alarm.SIGNING_LEFT,)),
        (("704/166", "743", "702"), (Alarm.UNDONE,)),
        (("704/10", "741"), (Alarm.UNDONE, Alarm.RETURNING)),
        (("704/10", "705/4"), (Alarm.UNDONE,)),
        (("705/7", "741", "708", "711"), (Alarm.RETURNING, Alarm.REFUSED)),
        (("705/7", "744", "702"), ()),
        (("705/3", "702", "704/10"), (Alarm.ADDRESS,)),
        (("756", "702", "704/10"), (Alarm.ADDRESS_CHANGED,)),
        (("013", "954"), (Alarm.INTERCEPTED,)),
        (("954", "651"), (Alarm.STUCK,)),
        (("954", "651", "702"), ()),
        (("704/10", "651"), (Alarm.STUCK,)),
        (("203", "801"), (Alarm.STUCK,)),
        (("708", "704/10"), (Alarm.SIGNING_DOUBTFUL,)),
        (("954", "987"), (Alarm.VANISHED,)),
    ],
)
def test_alarms_name_what_a_person_must_look_after(codes: tuple[str, ...], alarms: tuple[Alarm, ...]) -> None:
    """What is so now, and what has happened and is not made good by going on; nothing that was taken back."""
    assert fold(told(*codes)).alarms == alarms


def test_at_one_instant_the_code_decides() -> None:
    """Out for delivery and delivered within the same second: delivered, whichever was told first."""
    out, delivered = fact("702", 1), fact("704", 1, "10")

    assert fold([delivered, out]).state == fold([out, delivered]).state == MailState.DELIVERED


def test_identity_is_of_five_parts_and_of_nothing_else() -> None:
    """The same event is one however it comes; another in any part is another, across their borders too."""
    one = tracking.identity(WAYBILL, code="704", sub="60", at=5, organisation="福州")
    others = [
        tracking.identity("1136281381676", code="704", sub="60", at=5, organisation="福州"),
        tracking.identity(WAYBILL, code="705", sub="60", at=5, organisation="福州"),
        tracking.identity(WAYBILL, code="704", sub="10", at=5, organisation="福州"),
        tracking.identity(WAYBILL, code="704", sub="60", at=6, organisation="福州"),
        tracking.identity(WAYBILL, code="704", sub="60", at=5, organisation="南宁"),
        tracking.identity(WAYBILL, code="7046", sub="0", at=5, organisation="福州"),
        tracking.identity(WAYBILL, code="704", sub="6", at=5, organisation="0福州"),
    ]

    assert len({one, *others}) == 8
    assert one == tracking.identity(WAYBILL, code="704", sub="60", at=5, organisation="福州")


def test_identity_stays_what_it_is() -> None:
    """It is a key of the ledger: another one would take every event for a new one."""
    ident = tracking.identity(
        "1136281381675", code="704", sub="60", at=1_800_000_000_000, organisation="35000101"
    )

    assert ident == "c617932201ef394fd213c164e3326468"
