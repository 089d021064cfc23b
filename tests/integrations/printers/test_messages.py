"""Bytes of IPP both ways: published examples, whatever can be written, whatever may arrive."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.printers import Unreadable, messages
from integrations.printers.messages import (
    Attribute,
    Content,
    Group,
    Media,
    Message,
    Range,
    Resolution,
    Value,
    Worded,
    decoded,
    one,
)
from tests.integrations.printers import fake_printer

URI = "ipp://printer.example/ipp/print"
ZL = Media(230, 120)
HEAD = bytes.fromhex("0200 0000 00000001")

NUMBERS = st.integers(-(2**31), 2**31 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
SIMPLE: list[st.SearchStrategy[tuple[int, Content]]] = [
    st.tuples(st.sampled_from([messages.INTEGER, messages.ENUM]), NUMBERS),
    st.tuples(st.just(messages.BOOLEAN), st.booleans()),
    st.tuples(st.sampled_from([messages.TEXT, messages.KEYWORD, messages.URI, messages.MIME]), TEXTS),
    st.tuples(st.just(messages.TEXT_IN), st.builds(Worded, TEXTS, TEXTS)),
    st.tuples(st.just(messages.RANGE), st.builds(Range, NUMBERS, NUMBERS)),
    st.tuples(st.just(messages.RESOLUTION), st.builds(Resolution, NUMBERS, NUMBERS, st.integers(0, 255))),
    st.tuples(st.sampled_from([0x10, 0x13, 0x30, 0x31, 0x38, 0x60, 0x7F]), st.binary(max_size=20)),
]
NAMES = st.text("abcdefghij-", min_size=1, max_size=12)


def attributes(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Attribute]:
    """Attributes of one or several values."""
    return st.builds(Attribute, NAMES, st.lists(values, min_size=1, max_size=3).map(tuple))


def collected(values: st.SearchStrategy[Value]) -> st.SearchStrategy[Value]:
    """Collections of what there is already."""
    members = st.lists(attributes(values), max_size=3).map(tuple)
    return members.map(lambda content: Value(messages.COLLECTION, content))


VALUES = st.recursive(st.one_of(SIMPLE).map(lambda pair: Value(*pair)), collected, max_leaves=8)
GROUPS = st.builds(
    Group,
    st.sampled_from([1, 2, 4, 5, 6, 0x0F]),
    st.lists(attributes(VALUES), max_size=4).map(tuple),
)
MESSAGES = st.builds(
    Message,
    code=st.integers(0, 0xFFFF),
    groups=st.lists(GROUPS, max_size=4).map(tuple),
    request_id=st.integers(0, 2**32 - 1),
    version=st.tuples(st.integers(0, 255), st.integers(0, 255)),
    data=st.binary(max_size=30),
)


def item(tag: int, name: bytes, value: bytes) -> bytes:
    """One item on the wire, written by hand."""
    return struct.pack(">BH", tag, len(name)) + name + struct.pack(">H", len(value)) + value


@given(MESSAGES)
def test_what_is_written_is_read_again(message: Message) -> None:
    """Every message comes back as it was, with collections in collections, sets and unknown tags."""
    assert decoded(message.encoded()) == message


@given(st.binary(max_size=200))
def test_random_bytes_bring_only_our_error(data: bytes) -> None:
    """Whatever arrives is read whole or refused with one named error."""
    readable(HEAD + data)
    readable(data)


@given(MESSAGES, st.data())
def test_damaged_messages_bring_only_our_error(message: Message, data: st.DataObject) -> None:
    """A message with one byte changed, or cut anywhere, is read or refused."""
    written = bytearray(message.encoded())
    written[data.draw(st.integers(0, len(written) - 1))] = data.draw(st.integers(0, 255))
    readable(bytes(written[: data.draw(st.integers(0, len(written)))]))


def readable(data: bytes) -> bool:
    """Whether it could be read; any other error than ours fails the test."""
    try:
        decoded(data)
    except Unreadable:
        return False
    return True


@pytest.mark.parametrize(
    ("broken", "why"),
    [
        (b"", "ends too early"),
        (HEAD, "ends too early"),
        (HEAD + item(0x21, b"copies", bytes(4)), "outside any group"),
        (HEAD + b"\x01" + item(0x21, b"", bytes(4)), "without a name"),
        (HEAD + b"\x01" + item(0x21, b"copies", bytes(3)), "wrong size"),
        (HEAD + b"\x01" + item(0x22, b"yes", b""), "wrong size"),
        (HEAD + b"\x01" + item(0x33, b"range", bytes(7)), "wrong size"),
        (HEAD + b"\x01" + item(0x35, b"text", b"\x00\x01a\x00\x01bc"), "too long"),
        (HEAD + b"\x01" + item(0x35, b"text", b"\x00\x09a"), "too early"),
        (HEAD + b"\x01\x21\xff\xff", "below nought"),
        (HEAD + b"\x01" + item(0x37, b"", b"") + b"\x03", "outside of one"),
        (HEAD + b"\x01" + item(0x34, b"col", b"") + b"\x03", "without end"),
        (HEAD + b"\x01" + item(0x34, b"col", b"") + item(0x21, b"", bytes(4)), "without a name"),
        (
            HEAD + b"\x01" + item(0x34, b"c", b"") + item(0x4A, b"", b"m") + item(0x37, b"", b""),
            "without a val",
        ),
        (
            HEAD + b"\x01" + item(0x34, b"c", b"") + (item(0x4A, b"", b"m") + item(0x34, b"", b"")) * 500,
            "deep",
        ),
        (b"<!DOCTYPE html><html>404</html>", "outside any group"),
    ],
)
def test_each_damage_is_told(broken: bytes, why: str) -> None:
    """What is wrong is said in the error, for the log."""
    with pytest.raises(Unreadable, match=why):
        decoded(broken)


def test_the_published_example_is_read() -> None:
    """The Print-Job request of RFC 8010 appendix A.1, written by hand."""
    wire = bytes.fromhex("0101 0002 00000001 01")
    wire += item(0x47, b"attributes-charset", b"utf-8")
    wire += item(0x48, b"attributes-natural-language", b"en-us")
    wire += item(0x45, b"printer-uri", b"ipp://printer.example.com/ipp/print/pinetree")
    wire += item(0x42, b"job-name", b"foobar")
    wire += item(0x22, b"ipp-attribute-fidelity", b"\x01")
    wire += b"\x02" + item(0x21, b"copies", bytes((0, 0, 0, 20)))
    wire += item(0x44, b"sides", b"two-sided-long-edge") + b"\x03%!PDF"

    read = decoded(wire)

    assert (read.version, read.code, read.request_id, read.data) == ((1, 1), messages.PRINT_JOB, 1, b"%!PDF")
    assert read.group(messages.OPERATION).values("ipp-attribute-fidelity") == (True,)
    assert read.group(messages.JOB).values("copies") == (20,)
    assert read.encoded() == wire


def test_a_text_in_another_encoding_is_read_all_the_same() -> None:
    """A panel's message that is not UTF-8 does not stop the following of a job."""
    wire = HEAD + b"\x04" + item(0x41, b"printer-state-message", "请加纸".encode("gb18030")) + b"\x03"

    (said,) = decoded(wire).group(messages.PRINTER).values("printer-state-message")

    assert isinstance(said, str)
    assert "�" in said


def test_a_paper_is_asked_for_exactly() -> None:
    """The ticket has the medium portrait in 1/100 mm, no scaling, one copy and the type of the document."""
    wire = messages.print_job(URI, b"%PDF", name="P-0001", media=ZL).encoded()

    received = fake_printer.parsed(wire, {})

    assert received.operation == "print"
    assert received.document == b"%PDF"
    assert received.number("media-col/media-size/x-dimension") == 12000
    assert received.number("media-col/media-size/y-dimension") == 23000
    assert received.text("print-scaling") == "none"
    assert received.number("copies") == 1
    assert received.text("document-format") == "application/pdf"
    assert received.text("job-name") == "P-0001"


def test_validating_asks_for_the_same_as_printing() -> None:
    """What was found good is what is printed: the two differ in operation and document only."""
    asked = messages.validate_job(URI, name="P-1", media=ZL)
    printed = messages.print_job(URI, b"%PDF", name="P-1", media=ZL)

    assert asked.groups == printed.groups
    assert (asked.code, asked.data) == (messages.VALIDATE_JOB, b"")


@pytest.mark.parametrize(
    "request_",
    [
        messages.print_job(URI, b"", name="P-1", media=ZL),
        messages.get_job(URI, 7),
        messages.get_printer(URI),
        messages.cancel_job(URI, 7),
    ],
)
def test_every_request_begins_as_the_standard_wants(request_: Message) -> None:
    """Charset, language and address come first and in this order, then a job's id."""
    names = [attribute.name for attribute in request_.groups[0].attributes]

    assert names[:3] == ["attributes-charset", "attributes-natural-language", "printer-uri"]
    assert "job-id" not in names[4:]


@pytest.mark.parametrize(
    ("sides", "hundredths"),
    [((230, 120), (12000, 23000)), ((110, 220), (11000, 22000)), ((76, 129.999), (7600, 13000))],
)
def test_media_stand_upright(sides: tuple[float, float], hundredths: tuple[int, int]) -> None:
    """The shorter side is the first, however the page lies."""
    assert Media(*sides).hundredths == hundredths


def test_a_medium_without_a_side_is_no_medium() -> None:
    """A size of nought is our own fault and never reaches a printer."""
    with pytest.raises(ValueError, match="two sides"):
        messages.print_job(URI, b"", name="P-1", media=Media(0, 100))


@pytest.mark.parametrize("name", ["", "张三", "450102195202290005", "P-13800138000", "x" * 65, "a\nb", "-"])
def test_a_job_name_tells_nothing_about_people(name: str) -> None:
    """Names, identity numbers and telephone numbers do not get onto the printer's panel."""
    with pytest.raises(ValueError, match="number of its paper"):
        messages.print_job(URI, b"", name=name, media=ZL)


def test_what_cannot_be_written_is_not_written() -> None:
    """A value too long, or of no kind, is our own fault."""
    with pytest.raises(ValueError, match="too long"):
        Message(2, (Group(1, (one("job-name", messages.NAME, "x" * 0x8000),)),)).encoded()
    with pytest.raises(TypeError):
        Message(2, (Group(1, (one("job-name", messages.NAME, ()),)),)).encoded()


def test_success_is_told_by_the_status() -> None:
    """Everything up to 0x00FF was done, everything above was not."""
    assert Message(0x0000, ()).succeeded
    assert Message(0x0001, ()).succeeded
    assert not Message(0x0406, ()).succeeded
    assert not Message(messages.BUSY, ()).succeeded


def test_a_missing_group_is_empty() -> None:
    """What an answer does not tell is not there, and asking for it is no error."""
    assert Message(0, ()).group(messages.JOB).values("job-id") == ()
