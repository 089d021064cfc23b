"""The bytes of IPP: values, attributes and messages, both ways (RFC 8010), and the requests we make.

Pure: it sends nothing. Whatever arrives is either read whole or `Unreadable`; a tag we do not know is kept
with its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from integrations.printers import Unreadable

# Operations (RFC 8011 5.4.15).
PRINT_JOB, VALIDATE_JOB, CANCEL_JOB, GET_JOB, GET_PRINTER = 0x0002, 0x0004, 0x0008, 0x0009, 0x000B
# Statuses (RFC 8011 appendix B).
NOT_FOUND, GONE, UNSUPPORTED_VALUES = 0x0406, 0x0407, 0x040B
OPERATION_NOT_SUPPORTED, VERSION_NOT_SUPPORTED, BUSY = 0x0501, 0x0503, 0x0507
_LAST_SUCCESS = 0x00FF
# Groups.
OPERATION, JOB, END, PRINTER, UNSUPPORTED = 0x01, 0x02, 0x03, 0x04, 0x05
# Values.
INTEGER, BOOLEAN, ENUM = 0x21, 0x22, 0x23
OCTETS, DATE, RESOLUTION, RANGE, COLLECTION, TEXT_IN, NAME_IN, COLLECTION_END = range(0x30, 0x38)
TEXT, NAME, KEYWORD, URI, URI_SCHEME, CHARSET, LANGUAGE, MIME, MEMBER = 0x41, 0x42, *range(0x44, 0x4B)

_STRINGS = {TEXT, NAME, KEYWORD, URI, URI_SCHEME, CHARSET, LANGUAGE, MIME}
_FIRST_VALUE = 0x10  # what is below delimits groups
_LONGEST = 0x7FFF  # lengths are signed
_DEEPEST = 16  # collections within collections; media-col needs two
_JOB_NAME = re.compile(r"(?!.*\d{11})[A-Za-z0-9][A-Za-z0-9 .-]{0,63}", re.ASCII)
_WHO = "workstation"


@dataclass(frozen=True)
class Worded:
    """A text that says which language it is in."""

    language: str
    text: str


@dataclass(frozen=True)
class Range:
    """From one number to another, both within."""

    low: int
    high: int


@dataclass(frozen=True)
class Resolution:
    """Dots across and along, in a unit: 3 is dots per inch, 4 per centimetre."""

    across: int
    along: int
    unit: int


@dataclass(frozen=True)
class Attribute:
    """A name and what it is set to: one value, or several (1setOf)."""

    name: str
    values: tuple[Value, ...]


Content = bool | int | str | bytes | Worded | Range | Resolution | tuple[Attribute, ...]


@dataclass(frozen=True)
class Value:
    """A tag and what it tells; what has no meaning for us are the bytes as they came."""

    tag: int
    content: Content


@dataclass(frozen=True)
class Group:
    """Attributes that are about one thing: the operation, a job, the printer, what is not supported."""

    tag: int
    attributes: tuple[Attribute, ...] = ()

    def values(self, name: str) -> tuple[Content, ...]:
        """What an attribute is set to, nothing where it is missing."""
        return tuple(v.content for found in self.attributes if found.name == name for v in found.values)


@dataclass(frozen=True)
class Message:
    """A request (`code` is the operation) or an answer (`code` is the status); `data` is the document."""

    code: int
    groups: tuple[Group, ...]
    request_id: int = 1
    version: tuple[int, int] = (2, 0)
    data: bytes = field(default=b"", repr=False)

    @property
    def succeeded(self) -> bool:
        """Whether an answer says that it was done."""
        return self.code <= _LAST_SUCCESS

    def group(self, tag: int) -> Group:
        """The first group of its kind, an empty one where there is none."""
        return next((group for group in self.groups if group.tag == tag), Group(tag))

    def encoded(self) -> bytes:
        """The bytes for the wire."""
        head = bytes(self.version) + self.code.to_bytes(2) + self.request_id.to_bytes(4)
        groups = (bytes((g.tag,)) + b"".join(map(_attribute, g.attributes)) for g in self.groups)
        return head + b"".join(groups) + bytes((END,)) + self.data


@dataclass(frozen=True)
class Media:
    """The paper that must lie in the printer, width and length in millimetres."""

    width: float
    length: float

    @property
    def hundredths(self) -> tuple[int, int]:
        """In 1/100 mm, portrait: printers refuse a medium whose first side is the longer one."""
        shorter, longer = sorted((round(self.width * 100), round(self.length * 100)))
        if shorter <= 0:
            raise ValueError("a medium has two sides")
        return shorter, longer


# ---- requests


def print_job(uri: str, pdf: bytes, *, name: str, media: Media) -> Message:
    """Print this, on exactly this paper, once, at its own size."""
    return Message(PRINT_JOB, _ticket(uri, name, media), data=pdf)


def validate_job(uri: str, *, name: str, media: Media) -> Message:
    """Would you print such a paper?"""
    return Message(VALIDATE_JOB, _ticket(uri, name, media))


def cancel_job(uri: str, job: int) -> Message:
    """Do not print this job, or stop printing it."""
    return Message(CANCEL_JOB, (_operation(uri, one("job-id", INTEGER, job)),))


def get_job(uri: str, job: int) -> Message:
    """How far is this job?"""
    wanted = _wanted("job-id", "job-name", "job-state", "job-state-reasons", "job-state-message")
    return Message(GET_JOB, (_operation(uri, one("job-id", INTEGER, job), wanted=wanted),))


def get_printer(uri: str) -> Message:
    """How are you?"""
    wanted = _wanted(
        "printer-state", "printer-state-reasons", "printer-state-message", "printer-is-accepting-jobs"
    )
    return Message(GET_PRINTER, (_operation(uri, wanted=wanted),))


def one(name: str, tag: int, content: Content) -> Attribute:
    """An attribute with a single value."""
    return Attribute(name, (Value(tag, content),))


def _ticket(uri: str, name: str, media: Media) -> tuple[Group, Group]:
    # The name stands on the panel and in the log, where neither applicants nor their numbers belong.
    if not _JOB_NAME.fullmatch(name):
        raise ValueError("a job is named by the number of its paper")
    x, y = media.hundredths
    size = (one("x-dimension", INTEGER, x), one("y-dimension", INTEGER, y))
    job = (
        one("copies", INTEGER, 1),
        one("media-col", COLLECTION, (one("media-size", COLLECTION, size),)),
        # Without it a queue fits the page to its margins: barcodes shrink to 0.846.
        one("print-scaling", KEYWORD, "none"),
    )
    about = one("job-name", NAME, name), one("document-format", MIME, "application/pdf")
    return _operation(uri, *about), Group(JOB, job)


def _operation(uri: str, *others: Attribute, wanted: Attribute | None = None) -> Group:
    # RFC 8011 4.1.4: charset, language and what it is about come first, in this order; a job's id follows.
    first = (
        one("attributes-charset", CHARSET, "utf-8"),
        one("attributes-natural-language", LANGUAGE, "zh-cn"),
        one("printer-uri", URI, uri),
    )
    job_id = tuple(other for other in others if other.name == "job-id")
    rest = tuple(other for other in others if other.name != "job-id")
    last = () if wanted is None else (wanted,)
    return Group(OPERATION, (*first, *job_id, one("requesting-user-name", NAME, _WHO), *rest, *last))


def _wanted(*names: str) -> Attribute:
    return Attribute("requested-attributes", tuple(Value(KEYWORD, name) for name in names))


# ---- writing


def _attribute(attribute: Attribute) -> bytes:
    first, *others = attribute.values
    return _value(attribute.name, first) + b"".join(_value("", other) for other in others)


def _value(name: str, value: Value) -> bytes:
    if value.tag != COLLECTION or not isinstance(value.content, tuple):
        return bytes((value.tag,)) + _counted(name.encode()) + _counted(_content(value))
    written = bytes((COLLECTION,)) + _counted(name.encode()) + _counted(b"")
    for member in value.content:
        written += bytes((MEMBER,)) + _counted(b"") + _counted(member.name.encode())
        written += b"".join(_value("", each) for each in member.values)
    return written + bytes((COLLECTION_END,)) + _counted(b"") + _counted(b"")


def _content(value: Value) -> bytes:
    match value.content:
        case bool(yes):
            return bytes((yes,))
        case int(number):
            return _number(number)
        case str(text):
            return text.encode()
        case Worded(language, text):
            return _counted(language.encode()) + _counted(text.encode())
        case Range(low, high):
            return _number(low) + _number(high)
        case Resolution(across, along, unit):
            return _number(across) + _number(along) + bytes((unit,))
        case bytes(kept):
            return kept
        case _:
            raise TypeError(f"tag 0x{value.tag:02X}")


def _number(number: int) -> bytes:
    return number.to_bytes(4, signed=True)


def _counted(data: bytes) -> bytes:
    if len(data) > _LONGEST:
        raise ValueError("too long for IPP")
    return len(data).to_bytes(2) + data


# ---- reading


def decoded(data: bytes) -> Message:
    """The message in these bytes, or `Unreadable`."""
    wire = _Wire(data)
    version = wire.take(1)[0], wire.take(1)[0]
    code, request_id = int.from_bytes(wire.take(2)), int.from_bytes(wire.take(4))
    groups = tuple(_groups(wire))
    return Message(code, groups, request_id, version, wire.rest())


class _Wire:
    """Bytes taken from the front, never more than there are."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, count: int) -> bytes:
        taken = self._data[self._at : self._at + count]
        if len(taken) < count:
            raise Unreadable("ends too early")
        self._at += count
        return taken

    def counted(self) -> bytes:
        count = int.from_bytes(self.take(2))
        if count > _LONGEST:
            raise Unreadable("a length below nought")
        return self.take(count)

    def peek(self) -> int:
        """The tag that comes next; the end where nothing does, so that taking it tells."""
        return self._data[self._at] if self._at < len(self._data) else END

    def item(self) -> tuple[int, str, bytes]:
        return self.take(1)[0], _text(self.counted()), self.counted()

    def rest(self) -> bytes:
        return self._data[self._at :]


def _groups(wire: _Wire) -> Iterator[Group]:
    while (tag := wire.take(1)[0]) != END:
        if tag >= _FIRST_VALUE:
            raise Unreadable("a value outside any group")
        found: list[tuple[str, list[Value]]] = []
        while wire.peek() >= _FIRST_VALUE:
            name, value = _read(wire, 0)
            _add(found, name, value)
        yield Group(tag, _attributes(found))


def _read(wire: _Wire, depth: int) -> tuple[str, Value]:
    tag, name, data = wire.item()
    if tag == COLLECTION:
        return name, Value(tag, _collection(wire, depth + 1))
    if tag in {COLLECTION_END, MEMBER}:
        raise Unreadable("a collection's part outside of one")
    return name, Value(tag, _meaning(tag, data))


def _collection(wire: _Wire, depth: int) -> tuple[Attribute, ...]:
    if depth > _DEEPEST:
        raise Unreadable("collections too deep")
    found: list[tuple[str, list[Value]]] = []
    while (tag := wire.peek()) != COLLECTION_END:
        if tag < _FIRST_VALUE:
            raise Unreadable("a collection without end")
        if tag == MEMBER:
            _, _, named = wire.item()
            found.append((_text(named), []))
        else:
            _add(found, "", _read(wire, depth)[1])
    wire.item()
    return _attributes(found)


def _add(found: list[tuple[str, list[Value]]], name: str, value: Value) -> None:
    """A value without a name is one more of the attribute before it."""
    if name:
        found.append((name, []))
    if not found:
        raise Unreadable("a value without a name")
    found[-1][1].append(value)


def _attributes(found: list[tuple[str, list[Value]]]) -> tuple[Attribute, ...]:
    if not all(values for _, values in found):
        raise Unreadable("a name without a value")
    return tuple(Attribute(name, tuple(values)) for name, values in found)


def _meaning(tag: int, data: bytes) -> Content:
    if tag in _STRINGS:
        return _text(data)
    if tag in {TEXT_IN, NAME_IN}:
        inner = _Wire(data)
        return _whole(inner, Worded(_text(inner.counted()), _text(inner.counted())))
    if tag == BOOLEAN:
        return bool(_sized(data, 1)[0])
    if tag in {INTEGER, ENUM}:
        return _signed(_sized(data, 4))
    if tag == RANGE:
        return Range(_signed(_sized(data, 8)[:4]), _signed(data[4:]))
    if tag == RESOLUTION:
        return Resolution(_signed(_sized(data, 9)[:4]), _signed(data[4:8]), data[8])
    return data


_Read = TypeVar("_Read")


def _whole(wire: _Wire, read: _Read) -> _Read:
    if wire.rest():
        raise Unreadable("a value too long")
    return read


def _sized(data: bytes, size: int) -> bytes:
    if len(data) != size:
        raise Unreadable("a value of the wrong size")
    return data


def _signed(data: bytes) -> int:
    return int.from_bytes(data, signed=True)


def _text(data: bytes) -> str:
    # A panel's message in another encoding is no reason to stop following a job.
    return data.decode(errors="replace")
