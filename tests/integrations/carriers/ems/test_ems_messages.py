"""What is said to the EMS platform, to the last byte: form, cipher, and the body of each operation."""

from __future__ import annotations

import base64
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from integrations.carriers import Misconfigured, Order, Party
from integrations.carriers.ems import messages
from integrations.carriers.ems.messages import Credentials, Options, Request

SIGN_KEY = "MDEyMzQ1Njc4OWFiY2RlZg=="
CREDENTIALS = Credentials("1100012345", "made-up-authorization", SIGN_KEY)
NINE = 1795136400000  # 2026-11-20 09:00:00 in Shanghai

HALL = Party("厦门市政务服务中心", "0592-7703333", "福建省", "厦门市", "湖里区", "云顶北路842号", "361015")
OFFICE = Party("南宁市公安局", "13800138000", "广西壮族自治区", "南宁市", "青秀区", "枫林路23号", "530000")
ORDER = Order("E2026112000017-1", NINE, HALL, OFFICE)


def body(order: Order = ORDER, options: Options | None = None) -> str:
    """The body of an order."""
    return messages.order_body(order, sender_no="1100012345", options=options or Options())


def said(order: Order = ORDER, options: Options | None = None) -> dict[str, object]:
    """The one order in a body."""
    (only,) = json.loads(body(order, options))
    assert isinstance(only, dict)
    return only


def opened(sealed: str) -> str:
    """What a sealed body holds, opened here by hand: the key's text behind it, the padding away."""
    cipher = Cipher(algorithms.SM4(b"0123456789abcdef"), modes.ECB()).decryptor()
    plain = cipher.update(base64.b64decode(sealed.removeprefix("|$4|"))) + cipher.finalize()
    return plain[: -plain[-1]].decode()


def test_a_body_is_sealed_as_published() -> None:
    """The published vector comes out byte for byte."""
    assert messages.sealed('{"waybillNo":"1234567890123"}', SIGN_KEY) == (
        "|$4|bjpt44DaNFululm42LhgQ7mqmie6urnK7+bCdFlr4Jn++Q9qL82C2jxcJhNmorLUMl1QH9ahSF9rrKTItnvJYA=="
    )


def test_json_is_compact() -> None:
    """Our JSON is as compact as the one of the vector: no blank in it, Chinese as it is."""
    assert messages.get_track("1234567890123").body == '{"waybillNo":"1234567890123","direction":"0"}'
    assert messages.get_place("厦门市云顶北路").body == '[{"wholeAddress":"厦门市云顶北路"}]'


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_every_body_opens_again_with_the_key_behind_it(text: str) -> None:
    """Chinese, empty, of any length: what was sealed is there, followed by the text of the key."""
    sealed = messages.sealed(text, SIGN_KEY)

    assert sealed.startswith("|$4|")
    assert opened(sealed) == text + SIGN_KEY


def test_a_form_has_the_fields_of_the_platform() -> None:
    """Eight names, one of them misspelt as the platform has it; the time is that of Shanghai."""
    form = messages.form(Request("040001", "{}"), CREDENTIALS, at=NINE)

    assert form == {
        "apiCode": "040001",
        "senderNo": "1100012345",
        "authorization": "made-up-authorization",
        "msgType": "0",
        "timeStamp": "2026-11-20 09:00:00",
        "version": "V1.0.0",
        "logitcsInterface": messages.sealed("{}", SIGN_KEY),
    }


def test_an_order_says_all_that_is_asked_for() -> None:
    """The whole body of an order of papers by express, paid here, brought to the door, no slip back."""
    assert json.loads(body()) == [
        {
            "createdTime": "2026-11-20 09:00:00",
            "ecommerceUserId": "E2026112000017-1",
            "senderNo": "1100012345",
            "logisticsOrderNo": "E2026112000017-1",
            "oneBillFlag": "0",
            "contentsAttribute": "1",
            "bizProductNo": "1",
            "insuranceFlag": "1",
            "deliverType": "2",
            "pickupType": "1",
            "paymentMode": "1",
            "codFlag": "9",
            "receiptFlag": "1",
            "sender": {
                "name": "厦门市政务服务中心",
                "postCode": "361015",
                "phone": "0592-7703333",
                "prov": "福建省",
                "city": "厦门市",
                "county": "湖里区",
                "address": "云顶北路842号",
            },
            "receiver": {
                "name": "南宁市公安局",
                "postCode": "530000",
                "phone": "13800138000",
                "mobile": "13800138000",
                "prov": "广西壮族自治区",
                "city": "南宁市",
                "county": "青秀区",
                "address": "枫林路23号",
            },
            "cargos": [{"cargoName": "文件", "cargoQuantity": "1"}],
        }
    ]


def test_an_order_is_an_array_without_blanks() -> None:
    """The platform takes an array, also of one; equal orders are equal to the last byte."""
    assert body().startswith('[{"createdTime":"2026-11-20 09:00:00","ecommerceUserId":"E2026')
    assert body().endswith("}]")
    assert body() == body(replace(ORDER))


def test_a_waybill_for_the_way_back_is_asked_for() -> None:
    """Slip 8 is the reverse one; without a way back it is the plain one."""
    assert said(replace(ORDER, with_return=True))["receiptFlag"] == "8"
    assert said()["receiptFlag"] == "1"


def test_the_hall_sets_how_it_sends() -> None:
    """Product, payment, pickup and project are the hall's."""
    told = said(options=Options(product="11", payment="3", pickup="0", project="GAHJ"))

    assert told["bizProductNo"] == "11"
    assert told["paymentMode"] == "3"
    assert told["pickupType"] == "0"
    assert told["projectId"] == "GAHJ"


def test_what_nobody_knows_is_not_said() -> None:
    """An office without a postcode is no office with an empty one."""
    told = said(replace(ORDER, receiver=replace(OFFICE, postcode="")))

    assert "postCode" not in str(told["receiver"])
    assert "projectId" not in told


@pytest.mark.parametrize("number", ["", "E" * 51])
def test_a_number_the_platform_cannot_hold_is_not_sent(number: str) -> None:
    """It would be cut there, and a repetition no longer known as one."""
    with pytest.raises(ValueError, match="1 to 50"):
        body(replace(ORDER, number=number))


def test_a_body_tells_its_number() -> None:
    """A kept body is enough to know which order an answer must be about."""
    assert messages.number_of(body()) == "E2026112000017-1"


@pytest.mark.parametrize("kept", ["", "[]", "{}", "[{}]", '[{"logisticsOrderNo":17}]', "[" * 5000])
def test_what_is_no_body_of_ours_is_not_sent(kept: str) -> None:
    """The error says nothing of what was kept, not by its cause either."""
    with pytest.raises(ValueError, match=r"^not the body of an order$") as wrong:
        messages.number_of(kept)

    assert wrong.value.__cause__ is None
    assert wrong.value.__context__ is None


def test_an_order_is_taken_back_with_or_without_its_waybill() -> None:
    """A waybill that was never told is left out."""
    known = messages.cancel_order("E1-1", "1234567890123", "信封作废")
    unknown = messages.cancel_order("E1-1", "", "信封作废")

    assert known.api == unknown.api == "020006"
    assert json.loads(known.body) == {
        "logisticsOrderNo": "E1-1",
        "waybillNo": "1234567890123",
        "cancelReason": "信封作废",
    }
    assert json.loads(unknown.body) == {"logisticsOrderNo": "E1-1", "cancelReason": "信封作废"}


def test_a_label_is_asked_for_as_a_pdf() -> None:
    """Not as an address to fetch it from: that would lead out to another host."""
    out = messages.get_label("1234567890123", "149")
    back = messages.get_label("1234567890124", "149", reverse=True)

    assert out.api == "010004"
    assert json.loads(out.body) == {"waybillNo": "1234567890123", "type": "149", "isReturn": "0"}
    assert json.loads(back.body)["isReturn"] == "1"
    with pytest.raises(ValueError, match="no such label"):
        messages.get_label("1234567890123", "150")


def test_a_pickup_is_asked_for_as_a_contract_customer() -> None:
    """With the hall's product, since what is picked up differs by it."""
    asked = messages.get_reach(HALL, sender_no="1100012345", options=Options(product="9"))

    assert asked.api == "030005"
    assert json.loads(asked.body) == {
        "address": "云顶北路842号",
        "prov": "福建省",
        "city": "厦门市",
        "county": "湖里区",
        "bizProductNo": "9",
        "type": "2",
        "senderNo": "1100012345",
    }


@pytest.mark.parametrize(
    "told",
    [
        ("", "code", SIGN_KEY),
        ("110", "", SIGN_KEY),
        ("110", "two words", SIGN_KEY),
        ("110", "授权码", SIGN_KEY),
        ("110", "code\n", SIGN_KEY),
        ("110", "code", ""),
        ("110", "code", "not base64!"),
        ("110", "code", "c2hvcnQ="),
        ("110", "code", SIGN_KEY + SIGN_KEY),
    ],
)
def test_unsound_credentials_are_found_before_they_are_used(told: tuple[str, str, str]) -> None:
    """A missing word, a blank from copying, a key of the wrong length; the error repeats none of them."""
    with pytest.raises(Misconfigured) as wrong:
        Credentials(*told)

    assert not any(word and word in str(wrong.value) for word in told)


def test_nothing_shows_a_credential_or_a_body() -> None:
    """Neither is in what a log or a traceback would print."""
    request = Request("020003", body())

    assert repr(CREDENTIALS) == "Credentials()"
    assert "枫林路" not in repr(request)
