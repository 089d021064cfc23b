"""号码池: numbers come in as the post gives them, go out once, and are missed before they run out."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from integrations.carriers.number_pool import numbers
from tests import builders
from tests.builders import a_consignment, an_envelope, assert_explained, refused, with_second
from workstation.acts import carriers, packing, papers, pools, verification, waybills
from workstation.acts.desk import Desk
from workstation.domain.envelope import Waybill
from workstation.domain.mail import PoolNumber
from workstation.errors import Explained

FIRST, SECOND, THIRD = numbers.spanned("EE000000014CN", "EE000000031CN")
DIGITS = ("1136281381675", "1136281381676")
MONTH = 31 * 24 * 60 * 60 * 1000


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who looks after the stock."""
    return builders.at(desk, "2001")


@pytest.fixture
def giving(supervisor: Desk) -> Desk:
    """A hall whose pool of three numbers gives one to each envelope that is packed."""
    carriers.set_carrier(supervisor, "number_pool", numbers="packing")
    pools.import_span(supervisor, FIRST, THIRD)
    return supervisor


def later(desk: Desk, months: int) -> Desk:
    """The same desk so many months on."""
    return replace(desk, store=replace(desk.store, clock=builders.Ticking(desk.store.now() + months * MONTH)))


def number_of(desk: Desk, number: str) -> PoolNumber:
    """A number of the pool as it stands."""
    with desk.reading() as reading:
        found = reading.pool_numbers.get(number)
    assert found is not None
    return found


def waybills_of(desk: Desk, envelope: str) -> list[Waybill]:
    """All waybills an envelope has had."""
    with desk.reading() as reading:
        return reading.waybills.where(object=envelope)


def counts(desk: Desk) -> tuple[int, int, int]:
    """Free, used and void."""
    stock = pools.status(desk, low=0)
    return stock.free, stock.bound, stock.spent


def packed(desk: Desk) -> str:
    """An envelope with the next number."""
    return packing.pack(desk, [a_consignment(desk).id]).number


def bind(desk: Desk, envelope: str, number: str) -> Waybill:
    """A sticker is put on and scanned."""
    return waybills.bind_envelope(desk, envelope, waybill=number)


# --- in


def test_a_span_is_counted_with_its_check_digits(supervisor: Desk) -> None:
    """First and last are included; one entry of the journal names the first and the count."""
    assert pools.import_span(supervisor, "ee 0000 0001 4cn", THIRD) == 3

    assert counts(supervisor) == (3, 0, 0)
    assert number_of(supervisor, SECOND).source == "span"
    with supervisor.reading() as reading:
        entry = reading.journal_back(10**9, 1)[0]
    assert (entry.act, '"count":3' in entry.body) == ("import_pool", True)
    assert verification.verify(supervisor).difference is None


def test_a_list_may_mix_both_kinds(supervisor: Desk) -> None:
    """Thirteen digits are taken as they are given."""
    assert pools.import_list(supervisor, f"{DIGITS[0]}，{DIGITS[1]}\n{FIRST}\r\n") == 3

    assert number_of(supervisor, DIGITS[1]).source == "list"


def test_a_clerk_takes_no_numbers_in(desk: Desk) -> None:
    """Nor spends any; what is left everybody may know."""
    with refused(desk, "wrong-role"):
        pools.import_span(desk, FIRST, THIRD)
    with refused(desk, "wrong-role"):
        pools.spend(desk, FIRST)
    assert counts(desk) == (0, 0, 0)


def test_a_number_that_is_there_already_lets_none_in(supervisor: Desk) -> None:
    """A span that overlaps another was mistyped, or imported twice."""
    pools.import_span(supervisor, FIRST, SECOND)

    with refused(supervisor, "pool-number-known") as caught:
        pools.import_list(supervisor, f"{THIRD} {SECOND}")

    assert SECOND in caught.value.why
    assert counts(supervisor) == (2, 0, 0)


def test_many_that_are_there_are_told_shortly(supervisor: Desk) -> None:
    """The first few, and how many."""
    last = numbers.s10("EE", "00000030")
    pools.import_span(supervisor, FIRST, last)

    with refused(supervisor, "pool-number-known") as caught:
        pools.import_span(supervisor, FIRST, last)

    assert "等 30 个" in caught.value.why
    assert caught.value.why.count("EE") == 5


@pytest.mark.parametrize("months", [0, 11, 23])
def test_a_number_used_within_24_months_does_not_come_in(desk: Desk, months: int) -> None:
    """Whether it came from the pool or from a sticker (UPU S10)."""
    envelope = an_envelope(desk).number
    bind(desk, envelope, FIRST)
    packing.void(desk, envelope, reason="wrong_paper")
    supervisor = later(builders.at(desk, "2001"), months)

    with refused(supervisor, "pool-number-used"):
        pools.import_span(supervisor, FIRST, SECOND)


def test_a_number_used_longer_ago_comes_in_again(desk: Desk) -> None:
    """The post gives numbers out anew, whether they were stickers or of the pool."""
    supervisor = builders.at(desk, "2001")
    pools.import_span(supervisor, SECOND, THIRD)
    pools.spend(supervisor, THIRD)
    for number in (FIRST, SECOND):
        envelope = an_envelope(desk).number
        bind(desk, envelope, number)
        packing.void(desk, envelope, reason="wrong_paper")

    with refused(later(supervisor, 23), "pool-number-known"):
        pools.import_span(later(supervisor, 23), SECOND, THIRD)
    assert pools.import_span(later(supervisor, 25), FIRST, THIRD) == 3

    assert counts(supervisor) == (3, 0, 0)
    assert number_of(supervisor, SECOND).object is None
    assert verification.verify(supervisor).difference is None


def test_a_free_number_stays_in_the_pool_however_old(supervisor: Desk) -> None:
    """Nobody has used it."""
    pools.import_span(supervisor, FIRST, FIRST)

    with refused(later(supervisor, 40), "pool-number-known"):
        pools.import_span(later(supervisor, 40), FIRST, FIRST)


def test_a_number_that_lives_does_not_come_in_however_old(desk: Desk) -> None:
    """It would stop the packing of the envelope that it were given to."""
    bind(desk, an_envelope(desk).number, FIRST)
    supervisor = later(builders.at(desk, "2001"), 30)

    with refused(supervisor, "pool-number-used"):
        pools.import_span(supervisor, FIRST, SECOND)


SPANS = {
    "empty": ("", THIRD),
    "form": ("号码", THIRD),
    "check_digit": ("EE000000015CN", THIRD),
    "foreign": (numbers.s10("EE", "00000001", "DE"), THIRD),
    "reserved": (numbers.s10("JA", "00000001"), THIRD),
    "not_registered": (numbers.s10("LA", "00000001"), THIRD),
    "indicator": (numbers.s10("CA", "00000001"), THIRD),
    "never_computed": DIGITS,
    "mixed": (FIRST, numbers.s10("EA", "00000003")),
    "order": (THIRD, FIRST),
    "too_many": (FIRST, numbers.s10("EE", "00009999")),
}
LISTS = {"range_in_list": f"{FIRST}\n{SECOND}-{THIRD}", "doubled": f"{FIRST}\n\n{FIRST}"}


@pytest.mark.parametrize("reason", SPANS)
def test_a_span_that_cannot_be_taken_is_told(supervisor: Desk, reason: str) -> None:
    """Each reason has its code, a sentence with what was typed, and what to do."""
    first, last = SPANS[reason]

    with refused(supervisor, f"pool-{reason.replace('_', '-')}") as caught:
        pools.import_span(supervisor, first, last)

    assert caught.value.exit_code == 2
    assert "{" not in "".join(caught.value.as_dict().values())
    assert reason in ("empty", "too_many") or any(text in caught.value.why for text in (first, last))


@pytest.mark.parametrize("reason", LISTS)
def test_a_list_that_cannot_be_taken_is_told_by_its_line(supervisor: Desk, reason: str) -> None:
    """Whoever has the list opens it there."""
    with refused(supervisor, f"pool-{reason.replace('_', '-')}") as caught:
        pools.import_list(supervisor, LISTS[reason])

    assert caught.value.why.startswith(f"第 {2 if reason == 'range_in_list' else 3} 行：")


def test_every_reason_has_its_words() -> None:
    """And each of them is provoked here."""
    assert pools.REASONS.keys() == set(numbers.REASONS) == SPANS.keys() | LISTS.keys()


def test_what_is_typed_in_place_of_a_number_is_repeated_shortly(supervisor: Desk) -> None:
    """With nothing in it that could steer a terminal."""
    with refused(supervisor, "pool-form") as caught:
        pools.import_list(supervisor, "\x1b[2J" + "9" * 300)

    assert "\x1b" not in caught.value.why
    assert len(caught.value.why) < 120


# --- from a file


def test_a_list_is_read_from_a_file_or_its_bytes(tmp_path: Path) -> None:
    """With or without the mark that editors write."""
    (tmp_path / "list.txt").write_bytes(b"\xef\xbb\xbf" + FIRST.encode())

    assert pools.taken(tmp_path / "list.txt") == FIRST
    assert pools.taken(FIRST.encode()) == FIRST


def test_a_file_that_is_no_list_is_refused(tmp_path: Path, supervisor: Desk) -> None:
    """Missing, not closed to waiting, too large, or of another encoding; each told by its own code."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b"0" * (pools.LARGEST + 1))
    (tmp_path / "wide").write_bytes(f"{FIRST}\n{SECOND}，".encode("gbk"))
    codes = {}

    for name in ("gone", "pipe", "large", "wide"):
        with pytest.raises(Explained) as caught:
            pools.taken(tmp_path / name)
        assert_explained(caught.value, caught.value.code)
        codes[name] = caught.value.code
    with refused(supervisor, "pool-list-too-large"):
        pools.import_list(supervisor, "0" * (pools.LARGEST + 1))

    assert codes == {
        "gone": "file-unreadable",
        "pipe": "file-unreadable",
        "large": "pool-list-too-large",
        "wide": "pool-list-not-utf8",
    }
    assert "第 2 行" in caught.value.why


def test_the_largest_list_is_one_act(supervisor: Desk) -> None:
    """Some thousand numbers, whole or not at all."""
    many = [str(1_000_000_000_000 + n) for n in range(pools.LARGEST // 14)]
    before, _ = builders.head(supervisor)

    assert pools.import_list(supervisor, "\n".join(many)) == len(many) > 4000

    assert builders.head(supervisor)[0] == before + 1
    assert counts(supervisor) == (len(many), 0, 0)


# --- out


def test_an_envelope_gets_its_number_when_it_is_packed(giving: Desk) -> None:
    """The lowest one left; it stands on the face, is bound, and is out of the pool."""
    envelope = packed(giving)

    with giving.reading() as reading:
        face = papers.facts_of(reading, envelope)
    (waybill,) = waybills_of(giving, envelope)
    assert face["face.waybill"] == waybill.number == FIRST
    assert (waybill.leg, waybill.how, waybill.state) == ("out", "pool", "live")
    assert (number_of(giving, FIRST).state, number_of(giving, FIRST).object) == ("bound", envelope)
    assert [waybills_of(giving, packed(giving))[0].number for _ in range(2)] == [SECOND, THIRD]
    assert counts(giving) == (0, 3, 0)


def test_an_empty_pool_holds_nothing_up(giving: Desk) -> None:
    """The envelope is packed and sealed; a sticker follows."""
    for number in (FIRST, SECOND, THIRD):
        pools.spend(giving, number)

    envelope = packed(giving)
    builders.sealed(giving, envelope)

    with giving.reading() as reading:
        assert not papers.facts_of(reading, envelope).get("face.waybill")
    assert waybills_of(giving, envelope) == []
    assert bind(giving, envelope, DIGITS[0]).number == DIGITS[0]


@pytest.mark.parametrize("carrier", ["number_pool", "ems", None])
def test_numbers_are_given_at_packing_only_where_the_hall_says_so(
    supervisor: Desk, carrier: str | None
) -> None:
    """Where stickers are scanned, or the platform gives numbers, the stock is not touched."""
    pools.import_span(supervisor, FIRST, THIRD)
    if carrier:
        carriers.set_carrier(supervisor, carrier)

    assert waybills_of(supervisor, packed(supervisor)) == []
    assert counts(supervisor) == (3, 0, 0)


def test_a_sticker_of_the_pool_is_out_of_it_once_scanned(supervisor: Desk) -> None:
    """And cannot be bound to another envelope."""
    pools.import_span(supervisor, FIRST, THIRD)
    one, other = (an_envelope(supervisor).number for _ in range(2))

    bind(supervisor, one, SECOND)

    assert counts(supervisor) == (2, 1, 0)
    with refused(supervisor, "waybill-in-use"):
        bind(supervisor, other, SECOND)


def test_voiding_an_envelope_ends_its_waybill_and_never_gives_the_number_again(giving: Desk) -> None:
    """The face with it may still lie about."""
    envelope = packed(giving)
    packing.void(giving, envelope, reason="wrong_paper")

    again = packed(giving)

    assert [waybill.state for waybill in waybills_of(giving, envelope)] == ["ended"]
    assert waybills_of(giving, again)[0].number == SECOND
    with refused(giving, "waybill-used-before"):
        waybills.bind_envelope(giving, again, waybill=FIRST, instead=True)
    assert number_of(giving, FIRST).object == envelope
    assert verification.verify(giving).difference is None


def test_reopening_a_sealed_envelope_does_likewise(giving: Desk) -> None:
    """What is packed anew travels under another number."""
    envelope = packed(giving)
    builders.sealed(giving, envelope)
    packing.reopen(with_second(giving), envelope, reason="wrong_paper")

    assert [waybill.state for waybill in waybills_of(giving, envelope)] == ["ended"]
    assert waybills_of(giving, packed(giving))[0].number == SECOND


def test_a_spent_number_is_given_to_nobody(giving: Desk) -> None:
    """Neither by the pool nor by a scan; what was used cannot be spent, nor twice."""
    assert pools.spend(giving, FIRST.lower()).state == "spent"

    envelope = packed(giving)

    assert waybills_of(giving, envelope)[0].number == SECOND
    for number in (FIRST, SECOND):
        with refused(giving, "pool-number-not-free"):
            pools.spend(giving, number)
    carriers.set_carrier(giving, "number_pool")
    by_sticker = packed(giving)
    with refused(giving, "waybill-spent"):
        bind(giving, by_sticker, FIRST)


@pytest.mark.parametrize("number", ["EE000000014CN", "nothing", "\x00", ""])
def test_a_number_that_is_not_in_the_pool_cannot_be_spent(supervisor: Desk, number: str) -> None:
    """Whatever it is."""
    with refused(supervisor, "pool_number-not-found"):
        pools.spend(supervisor, number)


# --- how many are left


def test_a_low_stock_is_told(giving: Desk) -> None:
    """From the set figure downwards, and when nothing is left."""
    assert not pools.status(giving, low=2).is_low
    packed(giving)
    assert pools.status(giving, low=2).is_low

    for number in (SECOND, THIRD):
        pools.spend(giving, number)
    assert pools.status(giving, low=0).is_low


def test_a_hall_without_a_pool_lacks_nothing(supervisor: Desk) -> None:
    """Until its envelopes are to get their numbers from one."""
    assert not pools.status(supervisor, low=50).is_low

    carriers.set_carrier(supervisor, "number_pool")
    assert not pools.status(supervisor, low=50).is_low
    carriers.set_carrier(supervisor, "number_pool", numbers="packing")
    assert pools.status(supervisor, low=50).is_low
