"""What the EMS open platform answers: an envelope of JSON, and in its `retBody` a string of JSON again.

Pure. An answer is either read whole or `Unreadable`; fields we do not use may be of any kind.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import msgspec

from integrations.carriers import Booked, Duplicate, Event, Refused, Unreadable, Unsure
from integrations.carriers.ems.messages import SHANGHAI, Options

_DONE = "00000"
_YEARS = range(2000, 2100)
_NOT_FOUND_YET = ("无客户信息", "无查询信息", "查无")
_EMPTY = {"", "[]", "{}", "null"}
_HOW_DELIVERED, _WHY_NOT = "704", "705"
_REACHED = "0"
# What the statuses of 030005 mean; one of 0 is good.
_REACH = {
    _REACHED: "在揽收范围内",
    "1": "超范围",
    "2": "地址解析失败",
    "3": "产品代码为空",
    "4": "产品代码不合法",
    "6": "服务异常",
    "7": "读取参数失败",
    "8": "查询无结果",
    "9": "地址精度不足",
    "10": "未维护揽收频次",
}
_CODE_LENGTH, _NAME_LENGTH, _TEXT_LENGTH = 32, 80, 400


@dataclass(frozen=True)
class Answer:
    """What the platform answered: its code, its words, and a body that is JSON in a string."""

    code: str
    text: str = field(repr=False)
    body: str = field(repr=False)


@dataclass(frozen=True)
class Reach:
    """Whether the carrier picks up at an address; `text` says why not."""

    status: str
    text: str

    @property
    def served(self) -> bool:
        """Whether it does."""
        return self.status == _REACHED


@dataclass(frozen=True)
class Place:
    """Where the platform finds an address: full names and division codes, empty where it found none."""

    province: str
    city: str
    county: str
    province_code: str
    city_code: str
    county_code: str


class _Envelope(msgspec.Struct, rename="camel"):
    ret_code: str
    ret_msg: str | None = None
    ret_body: str | None = None


class _Waybills(msgspec.Struct, rename="camel"):
    waybill_no: str
    logistics_order_no: str | None = None


class _Status(msgspec.Struct, rename="camel"):
    status: str | int


class _Found(msgspec.Struct, rename="camel"):
    prov: str | None = None
    city: str | None = None
    county: str | None = None
    pro_code: str | int | None = None
    city_code: str | int | None = None
    county_code: str | int | None = None


class _Item(msgspec.Struct, rename="camel"):
    op_time: str
    op_code: str | int
    waybill_no: str | None = None
    op_name: str | None = None
    op_desc: str | None = None
    op_org_name: str | None = None
    op_org_code: str | int | None = None
    deliver_code: str | int | None = None
    attempt_delivery_code: str | int | None = None


class _Track(msgspec.Struct, rename="camel"):
    response_items: list[_Item] | None


# Made while this module is loaded, by one thread: several threads that read the first message of its kind at
# once bring msgspec 0.22 down.
_ENVELOPE = msgspec.json.Decoder(_Envelope)
_WAYBILLS = msgspec.json.Decoder(list[_Waybills])
_STATUS = msgspec.json.Decoder(_Status)
_TRACKS = msgspec.json.Decoder(list[_Track])
_PLACES = msgspec.json.Decoder(list[_Found])


def read(data: bytes) -> Answer:
    """The answer in these bytes, or `Unreadable`."""
    told = _decoded(data, _ENVELOPE)
    code = _plain(told.ret_code, _CODE_LENGTH)
    return Answer(code, _plain(told.ret_msg, _TEXT_LENGTH), told.ret_body or "")


def booked(answer: Answer, number: str, options: Options) -> Booked:
    """The waybills an order was given: the first goes out, the second comes back."""
    _taken(answer, options)
    told = _decoded(_array(answer.body), _WAYBILLS)
    if len(told) != 1:
        raise Unreadable("not one answer to one order")
    (one,) = told
    # A waybill of another order on this envelope would send it astray.
    if one.logistics_order_no not in {None, "", number}:
        raise Unreadable("an answer to another order")
    waybills = [_waybill(word) for word in one.waybill_no.split(",")]
    if len(waybills) > 2 or len(set(waybills)) < len(waybills):
        raise Unreadable("waybills not understood")
    return Booked(*waybills)


def canceled(answer: Answer, options: Options) -> None:
    """Go on where an order was taken back."""
    try:
        _taken(answer, options)
    except Duplicate as refusal:
        # Only an order can be there already.
        raise Refused(refusal.code, refusal.text) from None


def pdf(answer: Answer) -> bytes:
    """A label, ready to be printed."""
    _accepted(answer)
    try:
        label = base64.b64decode("".join(answer.body.split()).strip('"'), validate=True)
    except ValueError:
        label = b""
    if not label.startswith(b"%PDF-"):
        raise Unreadable("not a label")
    return label


def reach(answer: Answer) -> Reach:
    """Whether there is a pickup; a status nobody has told us of keeps the platform's words."""
    _accepted(answer)
    status = _plain(_decoded(answer.body, _STATUS).status, _CODE_LENGTH)
    return Reach(status, _REACH.get(status, answer.text))


def events(answer: Answer, waybill: str) -> list[Event]:
    """All that has happened to a parcel, as it was told; empty where it is not known yet."""
    empty = answer.body.strip() in _EMPTY or answer.code != _DONE
    if empty and answer.text.startswith(_NOT_FOUND_YET):
        return []
    _accepted(answer)
    tracks = _decoded(_array(answer.body), _TRACKS)
    if len(tracks) != 1:
        raise Unreadable("not one track of one parcel")
    return [_event(item, waybill) for item in tracks[0].response_items or ()]


def place(answer: Answer) -> Place | None:
    """Where an address is, or nothing."""
    _accepted(answer)
    told = _decoded(_array(answer.body), _PLACES)
    found = told[0] if told else _Found()
    names = (_plain(name, _NAME_LENGTH) for name in (found.prov, found.city, found.county))
    codes = (_plain(code, _CODE_LENGTH) for code in (found.pro_code, found.city_code, found.county_code))
    parts = (*names, *codes)
    return Place(*parts) if any(parts) else None


def _accepted(answer: Answer) -> None:
    if answer.code != _DONE:
        raise Refused(answer.code, answer.text or _plain(answer.body, _TEXT_LENGTH))


def _taken(answer: Answer, options: Options) -> None:
    """Go on where an order or a cancellation is done, or say whether it is certainly not."""
    try:
        _accepted(answer)
    except Refused as refusal:
        code, text = refusal.code, refusal.text
    else:
        return
    if code in options.duplicate_codes or _has(text, options.duplicate_words):
        raise Duplicate(code, text)
    if code in options.unsure_codes or _has(text, options.unsure_words):
        # It speaks of itself, not of the order: what it had done by then nobody knows.
        raise Unsure("a fault inside the platform")
    raise Refused(code, text)


def _has(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)


def _event(item: _Item, waybill: str) -> Event:
    code = _plain(item.op_code, _CODE_LENGTH)
    if not code:
        raise Unreadable("an event without a code")
    subs = {_HOW_DELIVERED: item.deliver_code, _WHY_NOT: item.attempt_delivery_code}
    return Event(
        waybill=_waybill(item.waybill_no) if item.waybill_no else waybill,
        code=code,
        sub=_plain(subs.get(code), _CODE_LENGTH),
        at=_read_time(item.op_time),
        # The name, since a table from the carrier's web site has no code to know the same event by.
        organisation=_plain(item.op_org_name, _NAME_LENGTH) or _plain(item.op_org_code, _CODE_LENGTH),
        name=_plain(item.op_name, _NAME_LENGTH),
        text=_plain(item.op_desc, _TEXT_LENGTH),
    )


def _read_time(text: str) -> int:
    try:
        # It names no zone; the platform lives in this one.
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Unreadable("an event without a time") from None
    if at.tzinfo is not None or at.isoformat(" ") != text or at.year not in _YEARS:
        raise Unreadable("an event without a time of ours")
    return int(at.replace(tzinfo=SHANGHAI).timestamp()) * 1000


def _waybill(word: str) -> str:
    number = word.strip().upper()
    if not (number.isascii() and number.isalnum() and 6 <= len(number) <= _CODE_LENGTH):
        raise Unreadable("not a waybill")
    return number


_Read = TypeVar("_Read")


def _decoded(data: bytes | str, decoder: msgspec.json.Decoder[_Read]) -> _Read:
    try:
        return decoder.decode(data)
    except (ValueError, RecursionError):
        # Not its cause: that holds what was read, and so the names of people.
        wrong = Unreadable("not in the documented form")
    raise wrong


def _array(body: str) -> str:
    """A body as an array: some operations answer with one, some with what would be its only member."""
    told = body.strip()
    return told if told.startswith("[") else f"[{told}]"


def _plain(value: str | int | None, longest: int) -> str:
    """On one line and no longer than it may be: what comes from outside must not steer a terminal."""
    text = "" if value is None else str(value)[: 2 * longest]
    if not text.isprintable():
        text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.split())[:longest]
