"""What is said to the EMS open platform: the form, the SM4 body in it, and the JSON of each operation.

Pure: it sends nothing; what comes back is read in `answers`. Forms and field names are the platform's, as
public code uses them (《中小电商企业接口规范 V2.7》).
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone

import msgspec
from cryptography.hazmat.primitives import padding
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from integrations.carriers import Misconfigured, Order, Party

ORDER, CANCEL, LABEL, REACH, TRACK, ADDRESS = "020003", "020006", "010004", "030005", "040001", "060001"
LABELS = ("129", "149", "179")  # 76 × 130, 76 × 150 and 100 × 180 mm

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
_TIME = "%Y-%m-%d %H:%M:%S"
_SEALED = "|$4|"
_KEY, _BLOCK = 16, 128  # bytes of the key, bits of a block: SM4
_RETURN_SLIP, _NO_SLIP = "8", "1"
_CONTRACT_CUSTOMER = "2"
_NUMBER_LENGTH = 50  # ecommerceUserId holds no more


@dataclass(frozen=True)
class Credentials:
    """What the platform gave to the hall; the test platform gives an authorization of its own."""

    sender_no: str = field(repr=False)
    """协议客户号."""
    authorization: str = field(repr=False)
    """授权码."""
    sign_key: str = field(repr=False)
    """SM4 key as text: 16 bytes in base64."""

    def __post_init__(self) -> None:
        told = (self.sender_no, self.authorization, self.sign_key)
        if not all(word.isascii() and word.isprintable() and word and " " not in word for word in told):
            raise Misconfigured("a credential is missing or has blanks in it")
        _key(self.sign_key)


@dataclass(frozen=True)
class Options:
    """How the hall sends, in the platform's own codes; as it stands, papers by express, sender pays."""

    product: str = "1"
    """bizProductNo: 1 特快专递, 2 快递包裹, 9 国内即日, 10 电商标快, 11 国内标快."""
    contents: str = "1"
    """contentsAttribute: 1 文件, 2 信函, 3 物品, 4 包裹."""
    payment: str = "1"
    """paymentMode: 1 寄件人, 2 收件人, 3 第三方, 4 收件人集中付费, 5 免费."""
    pickup: str = "1"
    """pickupType: 0 送货上门, 1 上门揽收."""
    delivery: str = "2"
    """deliverType: 2 上门; a cupboard (3) is no place for papers to an authority."""
    insurance: str = "1"
    """insuranceFlag: 1 基本, 2 保价, 3 保险."""
    project: str = ""
    """projectId, where the carrier runs one (公安户籍 and the like)."""
    cargo: str = "文件"
    """cargoName, which is read outside the envelope: neither item nor person."""
    # 来源：未核对. No published page says how a repeated order or a fault inside the platform is told.
    duplicate_codes: frozenset[str] = frozenset()
    duplicate_words: tuple[str, ...] = ("重复", "已存在")
    unsure_codes: frozenset[str] = frozenset()
    unsure_words: tuple[str, ...] = ("系统异常", "系统繁忙", "服务异常", "超时")


@dataclass(frozen=True)
class Request:
    """An operation of the platform and the body that goes with it."""

    api: str
    body: str = field(repr=False)


def form(request: Request, credentials: Credentials, *, at: int) -> dict[str, str]:
    """The fields of the form that is sent at a time (epoch milliseconds)."""
    return {
        "apiCode": request.api,
        "senderNo": credentials.sender_no,
        "authorization": credentials.authorization,
        "msgType": "0",
        "timeStamp": _written(at),
        "version": "V1.0.0",
        # The platform spells it so.
        "logitcsInterface": sealed(request.body, credentials.sign_key),
    }


def sealed(body: str, sign_key: str) -> str:
    """A body as it travels: with the text of the key behind it, in SM4-ECB with PKCS#7, in base64."""
    padder = padding.PKCS7(_BLOCK).padder()
    plain = padder.update((body + sign_key).encode()) + padder.finalize()
    # ECB is what the platform reads; what keeps the content from others is TLS.
    cipher = Cipher(algorithms.SM4(_key(sign_key)), modes.ECB()).encryptor()
    return _SEALED + base64.b64encode(cipher.update(plain) + cipher.finalize()).decode()


def order_body(order: Order, *, sender_no: str, options: Options) -> str:
    """The body of an order, to be kept and sent unchanged however often: an array of one."""
    if not 0 < len(order.number) <= _NUMBER_LENGTH:
        raise ValueError("an order's number has 1 to 50 characters")
    told = {
        "createdTime": _written(order.created_at),
        # Documented as a random id; ours is the number again, so that a repetition is equal to the last byte.
        "ecommerceUserId": order.number,
        "senderNo": sender_no,
        "logisticsOrderNo": order.number,
        "oneBillFlag": "0",
        "contentsAttribute": options.contents,
        "bizProductNo": options.product,
        "insuranceFlag": options.insurance,
        "deliverType": options.delivery,
        "pickupType": options.pickup,
        "paymentMode": options.payment,
        "codFlag": "9",
        "receiptFlag": _RETURN_SLIP if order.with_return else _NO_SLIP,
        "projectId": options.project,
    }
    parties = {"sender": _party(order.sender), "receiver": _party(order.receiver)}
    cargos = [{"cargoName": options.cargo, "cargoQuantity": "1"}]
    return _compact([_told(told) | parties | {"cargos": cargos}])


def number_of(body: str) -> str:
    """The order number in a body of ours."""
    try:
        return _NUMBERED.decode(body)[0].logistics_order_no
    except (ValueError, RecursionError, IndexError):
        wrong = ValueError("not the body of an order")
    raise wrong


def cancel_order(number: str, waybill: str, why: str) -> Request:
    """Take an order back; the waybill is empty where it was never told."""
    told = {"logisticsOrderNo": number, "waybillNo": waybill, "cancelReason": why}
    return Request(CANCEL, _compact(_told(told)))


def get_label(waybill: str, kind: str, *, reverse: bool = False) -> Request:
    """The label of a waybill as a PDF, of one of the `LABELS`; `reverse` is the one for the way back."""
    if kind not in LABELS:
        raise ValueError("there is no such label")
    return Request(LABEL, _compact({"waybillNo": waybill, "type": kind, "isReturn": "1" if reverse else "0"}))


def get_reach(party: Party, *, sender_no: str, options: Options) -> Request:
    """Do you pick up there?"""
    told = {
        "address": party.address,
        "prov": party.province,
        "city": party.city,
        "county": party.county,
        "bizProductNo": options.product,
        "type": _CONTRACT_CUSTOMER,
        "senderNo": sender_no,
    }
    return Request(REACH, _compact(told))


def get_track(waybill: str) -> Request:
    """What has happened to it?"""
    return Request(TRACK, _compact({"waybillNo": waybill, "direction": "0"}))


def get_place(address: str) -> Request:
    """Where is this?"""
    return Request(ADDRESS, _compact([{"wholeAddress": address}]))


def _party(party: Party) -> dict[str, str]:
    is_mobile = party.phone.isdecimal() and len(party.phone) == 11 and party.phone.startswith("1")
    return _told(
        {
            "name": party.name,
            "postCode": party.postcode,
            "phone": party.phone,
            "mobile": party.phone if is_mobile else "",
            "prov": party.province,
            "city": party.city,
            "county": party.county,
            "address": party.address,
        }
    )


def _told(fields: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}


def _compact(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _written(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, SHANGHAI).strftime(_TIME)


def _key(sign_key: str) -> bytes:
    try:
        key = base64.b64decode(sign_key, validate=True)
    except ValueError:
        key = b""
    if len(key) != _KEY:
        raise Misconfigured("the key is not 16 bytes in base64")
    return key


class _Numbered(msgspec.Struct, rename="camel"):
    logistics_order_no: str


_NUMBERED = msgspec.json.Decoder(list[_Numbered])
