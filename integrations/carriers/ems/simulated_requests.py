"""What the simulated platform demands of a request before it is carried out: the form, the seal, the fields.

Of the codes it refuses with none is documented; they are its own, and no client may rely on them.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from integrations.carriers.ems.simulated_parcels import read_time

_FORM = ("apiCode", "senderNo", "authorization", "msgType", "timeStamp", "version", "logitcsInterface")
_ORDER = (
    "createdTime",
    "ecommerceUserId",
    "logisticsOrderNo",
    "contentsAttribute",
    "bizProductNo",
    "sender",
    "receiver",
)
_PARTY = ("name", "prov", "city", "county", "address")
_ALLOWED = {
    "contentsAttribute": "1 2 3 4",
    "bizProductNo": "1 2 3 9 10 11",
    "receiptFlag": "1 2 3 5 6 7 8",
    "paymentMode": "1 2 3 4 5 6 7",
}

Json = dict[str, Any]


class Refusal(Exception):
    """The platform says no, with a code and a sentence."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(code, text)
        self.code = code
        self.text = text


@dataclass(frozen=True)
class Account:
    """The only customer (协议客户) of the simulated platform; the key is that of the published vector."""

    sender_no: str = "1100000000000"
    authorization: str = "PRACTICE-OPEN"
    test_authorization: str = "PRACTICE-TEST"
    sign_key: str = "MDEyMzQ1Njc4OWFiY2RlZg=="

    def opened(self, sealed: str) -> str:
        """The JSON inside `logitcsInterface`; Refusal where it was not made with our key."""
        try:
            data = base64.b64decode(sealed.removeprefix("|$4|"), validate=True)
            cipher = Cipher(algorithms.SM4(base64.b64decode(self.sign_key)), modes.ECB()).decryptor()
            padding = PKCS7(128).unpadder()
            plain = padding.update(cipher.update(data) + cipher.finalize()) + padding.finalize()
            text = plain.decode()
        except (binascii.Error, ValueError) as error:
            raise Refusal("B0005", "解密失败") from error
        if not sealed.startswith("|$4|") or not text.endswith(self.sign_key):
            raise Refusal("B0005", "验签失败")
        return text.removesuffix(self.sign_key)


def check_form(account: Account, environment: str, form: Mapping[str, str]) -> None:
    """Refusal unless the public fields are there, are ours and are as they should be."""
    require(form, _FORM)
    if form["apiCode"] not in {"020003", "020006", "010004", "030005", "040001", "060001"}:
        raise Refusal("B0002", "接口编码不存在")
    expected = account.authorization
    if environment == "test":
        expected = account.test_authorization
    if form["senderNo"] != account.sender_no or form["authorization"] != expected:
        raise Refusal("B0003", "授权码错误")
    if form["msgType"] != "0" or form["version"] != "V1.0.0":
        raise Refusal("B0004", "msgType或version错误")
    try:
        read_time(form["timeStamp"])
    except ValueError as error:
        raise Refusal("B0004", "timeStamp格式错误") from error


def check_order(account: Account, order: Json) -> None:
    """Refusal unless an order has all that 020003 requires."""
    require(order, _ORDER)
    for name, allowed in _ALLOWED.items():
        if name in order and str(order[name]) not in allowed.split():
            raise Refusal("B0007", f"{name}不合法")
    for side in ("sender", "receiver"):
        party = as_object(order[side])
        require(party, _PARTY)
        if not party.get("phone") and not party.get("mobile"):
            raise Refusal("B0001", f"缺少必填字段：{side}.phone")
    if order.get("senderNo", account.sender_no) != account.sender_no:
        raise Refusal("B0003", "协议客户号不符")
    if len(str(order["ecommerceUserId"])) > 50:
        raise Refusal("B0007", "ecommerceUserId过长")


def as_object(body: object) -> Json:
    """A JSON object; Refusal for anything else."""
    if not isinstance(body, dict):
        raise Refusal("B0006", "报文格式错误")
    return body


def require(given: Mapping[str, Any], names: tuple[str, ...]) -> None:
    """Refusal that names all that is missing or empty."""
    missing = [name for name in names if given.get(name) in (None, "", {}, [])]
    if missing:
        raise Refusal("B0001", "缺少必填字段：" + "、".join(missing))
