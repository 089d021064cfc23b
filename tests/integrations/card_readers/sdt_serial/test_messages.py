"""Bytes on the wire: published vectors both ways, and answers found again in whatever arrives."""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from integrations.card_readers import ReaderError
from integrations.card_readers.sdt_serial import messages
from integrations.card_readers.sdt_serial.messages import Answer, Frames

PREAMBLE = bytes.fromhex("AAAAAA9669")
FOUND = PREAMBLE + bytes.fromhex("000800009F0000000097")
SELECTED = PREAMBLE + bytes.fromhex("000C00009000000000000000009C")
# Said by hand: length 0508, status 00 00 90, lengths 0100 and 0400; blocks of one byte cancel out in the XOR.
READ = PREAMBLE + bytes.fromhex("0508000090 01000400") + b"t" * 256 + b"p" * 1024 + bytes((0x98,))


def parsed(*pieces: bytes) -> list[Answer]:
    """All answers in what arrives, damaged ones left out, and in what is there when nothing more comes."""
    frames = Frames()
    found: list[Answer] = []
    for piece in pieces:
        frames.feed(piece)
        found += until(frames.next, {None})
    return found + until(frames.give_up, {"truncated", "no_answer"})


def until(question: Callable[[], Answer | None], ends: set[str | None]) -> list[Answer]:
    """What a question is answered with until there is no more; between answers only damage may be told."""
    found = []
    while (said := answer(question)) not in ends:
        if isinstance(said, Answer):
            found.append(said)
        else:
            assert said == "checksum"
    return found


def answer(question: Callable[[], Answer | None]) -> Answer | str | None:
    """What is said, or the reason of the error."""
    try:
        return question()
    except ReaderError as error:
        return error.reason


def reason(frames: Frames) -> str:
    """Why there is no answer when nothing more comes."""
    with pytest.raises(ReaderError) as caught:
        frames.give_up()
    return caught.value.reason


def frame(status: int, data: bytes) -> bytes:
    """A good answer, built here by the published rule."""
    counted = (len(data) + 4).to_bytes(2, "big") + bytes((0, 0, status)) + data
    return PREAMBLE + counted + bytes((functools.reduce(operator.xor, counted),))


def is_frame(data: bytes) -> bool:
    """Whether a good answer begins here, by the published rule."""
    end = 7 + int.from_bytes(data[5:7], "big")
    counted = data[5:end]
    return data[:5] == PREAMBLE and 11 <= end <= len(data) and not functools.reduce(operator.xor, counted)


@pytest.mark.parametrize(
    ("built", "published"),
    [
        (messages.FIND, "00 03 20 01 22"),
        (messages.SELECT, "00 03 20 02 21"),
        (messages.READ, "00 03 30 01 32"),
        (messages.request(0x10, 0xFF), "00 03 10 FF EC"),
        (messages.request(0x11, 0xFF), "00 03 11 FF ED"),
        (messages.request(0x12, 0xFF), "00 03 12 FF EE"),
        (messages.request(0x30, 0x10), "00 03 30 10 23"),
        (messages.request(0x30, 0x03), "00 03 30 03 30"),
        (messages.request(0x61, 0xFF, b"\x50"), "00 04 61 FF 50 CA"),
    ],
)
def test_requests_are_the_published_bytes(built: bytes, published: str) -> None:
    """Preamble, length, command, parameter, data and XOR as the makers print them."""
    assert built == PREAMBLE + bytes.fromhex(published)


@pytest.mark.parametrize(("arrived", "status", "data"), [(FOUND, 0x9F, bytes(4)), (SELECTED, 0x90, bytes(8))])
def test_published_answers_are_understood(arrived: bytes, status: int, data: bytes) -> None:
    """Found and selected, with nothing in their data."""
    assert parsed(arrived) == [Answer(0, 0, status, data)]


def test_the_text_is_taken_and_the_photo_left() -> None:
    """The answer to READ has 1295 bytes, 256 of them text."""
    (said,) = parsed(READ)

    assert len(READ) == 1295
    assert messages.text_of(said) == b"t" * 256


def test_an_answer_does_not_print_its_data() -> None:
    """What is on the card must not get into a log."""
    (said,) = parsed(READ)

    assert "tt" not in repr(said)
    assert "data" not in repr(said)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x01",
        b"\x01\x00\x04\x00",
        b"\x01\x00\x04\x00" + bytes(1279),
        b"\x01\x00\x04\x00" + bytes(1281),
        b"\x00\xff\x04\x01" + bytes(1280),
        b"\x04\x00\x01\x00" + bytes(1280),
    ],
)
def test_a_read_answer_of_other_lengths_is_refused(data: bytes) -> None:
    """Lengths that are not 256 and 1024, or are not kept, are no text of a card."""
    with pytest.raises(ReaderError) as caught:
        messages.text_of(Answer(0, 0, 0x90, data))
    assert caught.value.reason == "unexpected_answer"


@pytest.mark.parametrize("cut", range(1, len(SELECTED)))
def test_an_answer_may_be_split_at_any_byte(cut: int) -> None:
    """Nothing is said until the last byte is there, then the answer."""
    frames = Frames()

    frames.feed(SELECTED[:cut])
    assert frames.next() is None
    frames.feed(SELECTED[cut:])
    assert frames.next() == Answer(0, 0, 0x90, bytes(8))
    assert frames.next() is None


def test_an_answer_inside_another_ones_data_is_data() -> None:
    """A photo may contain anything; the length decides."""
    outer = frame(0x90, b"photo" + FOUND + b"photo")

    assert parsed(*(bytes((byte,)) for byte in outer)) == [Answer(0, 0, 0x90, b"photo" + FOUND + b"photo")]


def test_a_damaged_answer_is_told_once() -> None:
    """A wrong XOR is `checksum`; what comes afterwards is read again."""
    frames = Frames()
    frames.feed(FOUND[:-1] + b"\x00")

    with pytest.raises(ReaderError) as caught:
        frames.next()
    assert caught.value.reason == "checksum"
    assert frames.next() is None
    frames.feed(SELECTED)
    assert frames.next() == Answer(0, 0, 0x90, bytes(8))


def test_a_good_answer_behind_a_damaged_one_counts() -> None:
    """What looks like an answer and is none costs nothing when the true one is there."""
    frames = Frames()
    frames.feed(PREAMBLE + b"\x00\x06abcdef" + FOUND)

    assert frames.next() == Answer(0, 0, 0x9F, bytes(4))


@pytest.mark.parametrize("size", ["0000", "0003", "FFFF", "0914"])
def test_an_impossible_length_is_no_answer(size: str) -> None:
    """Too short for status bytes and XOR, or longer than any answer documented: the search goes on."""
    frames = Frames()
    frames.feed(PREAMBLE + bytes.fromhex(size) + FOUND)

    assert frames.next() == Answer(0, 0, 0x9F, bytes(4))


def test_silence_tells_what_came() -> None:
    """Nothing, something incomplete, something damaged and never completed: each has its name."""
    silent, cut, damaged = Frames(), Frames(), Frames()
    cut.feed(READ[:700])
    damaged.feed(PREAMBLE + b"\x00\x06abcdef" + PREAMBLE + b"\x00")

    assert cut.next() is None
    assert damaged.next() is None
    assert (reason(silent), reason(cut), reason(damaged)) == ("no_answer", "truncated", "checksum")


def test_after_silence_an_answer_behind_an_incomplete_one_is_found() -> None:
    """Garbage that looks like the head of a long answer does not swallow the short one behind it."""
    frames = Frames()
    frames.feed(PREAMBLE + b"\x05\x08" + FOUND)

    assert frames.next() is None
    assert frames.give_up() == Answer(0, 0, 0x9F, bytes(4))


HEADS = st.builds(lambda size: PREAMBLE + size.to_bytes(2, "big"), st.integers(0, 1400))
NOISE = st.lists(st.binary(max_size=12) | HEADS | st.just(PREAMBLE[:3]), max_size=5).map(b"".join)


@given(st.lists(NOISE, max_size=6))
def test_whatever_arrives_only_its_own_error_is_raised(pieces: list[bytes]) -> None:
    """`parsed` lets nothing but ReaderError pass, and comes to an end."""
    assert all(isinstance(said, Answer) for said in parsed(*pieces))


@given(NOISE, st.binary(max_size=40), st.integers(0, 255), st.data())
def test_a_good_answer_after_garbage_is_never_lost(
    noise: bytes, data: bytes, status: int, draw: st.DataObject
) -> None:
    """However the bytes are split; only garbage that happens to be an answer itself may take its place."""
    stream = noise + frame(status, data)
    assume(not any(is_frame(stream[start:]) for start in range(len(noise))))
    cuts = sorted(draw.draw(st.lists(st.integers(0, len(stream)), max_size=6)))

    pieces = [stream[start:end] for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]

    assert Answer(0, 0, status, data) in parsed(*pieces)


DOCUMENTED = "90 9F 10 11 21 24 31 32 33 40 41 47 60 66 80 81 91"


def test_each_documented_status_has_an_id_and_a_sentence() -> None:
    """The table is that of the protocol pages, no id twice, every sentence Chinese."""
    known = messages.STATUSES

    assert set(known) == set(bytes.fromhex(DOCUMENTED))
    assert len({status.id for status in known.values()}) == len(known)
    assert all(messages.status_of(code) is known[code] for code in known)
    assert all(status.sentence and status.sentence[0] > "\u4e00" for status in known.values())


def test_an_undocumented_status_is_shown_as_it_came() -> None:
    """Its meaning is not guessed."""
    status = messages.status_of(0x0B)

    assert (status.code, status.id) == (0x0B, "undocumented")
    assert status.sentence == "设备返回代码 0B，含义未知"
