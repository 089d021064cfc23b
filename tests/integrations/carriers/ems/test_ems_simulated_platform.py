"""The simulated platform: what it demands, what it does, and what it says in the documented form."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import Any

import msgspec
import pypdfium2
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from integrations.carriers.ems.simulated_parcels import DAY, HOUR, read_time
from integrations.carriers.ems.simulated_platform import Platform
from integrations.carriers.ems.simulated_requests import Account, Refusal
from integrations.carriers.ems.simulated_script import Plan, Rule, Script, read_script

ACCOUNT = Account()
START = read_time("2026-03-02 09:00:00")

# The published vector: signKey MDEyMzQ1Njc4OWFiY2RlZg==.
VECTOR = "|$4|bjpt44DaNFululm42LhgQ7mqmie6urnK7+bCdFlr4Jn++Q9qL82C2jxcJhNmorLUMl1QH9ahSF9rrKTItnvJYA=="

Json = dict[str, Any]


class Time:
    """A clock that stands where the test sets it."""

    now = START

    def __call__(self) -> int:
        return self.now


@pytest.fixture
def time() -> Time:
    """Monday, nine o'clock."""
    return Time()


@pytest.fixture
def platform(time: Time) -> Platform:
    """A platform that has seen nothing."""
    return Platform(ACCOUNT, time, lambda _: None)


def encrypted(plain: bytes) -> str:
    """SM4-ECB by the account's key, padded by hand and so not by what is tried here."""
    gap = 16 - len(plain) % 16
    cipher = Cipher(algorithms.SM4(base64.b64decode(ACCOUNT.sign_key)), modes.ECB()).encryptor()
    return base64.b64encode(cipher.update(plain + bytes([gap]) * gap) + cipher.finalize()).decode()


def sealed(text: str) -> str:
    """A body as `logitcsInterface` carries it."""
    return "|$4|" + encrypted((text + ACCOUNT.sign_key).encode())


def a_form(code: str, body: object, **changed: str) -> dict[str, str]:
    """The fields of a request that is as it should be."""
    text = body if isinstance(body, str) else json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return {
        "apiCode": code,
        "senderNo": ACCOUNT.sender_no,
        "authorization": ACCOUNT.authorization,
        "msgType": "0",
        "timeStamp": "2026-03-02 09:00:00",
        "version": "V1.0.0",
        "logitcsInterface": sealed(text),
    } | changed


def an_order(number: str = "24350203190126061000012-1", **changed: object) -> Json:
    """An order for a letter to an office."""
    party = {"name": "演练窗口", "phone": "0000000", "prov": "甲省", "city": "甲市", "county": "甲区"}
    return {
        "createdTime": "2026-03-02 09:00:00",
        "ecommerceUserId": number,
        "logisticsOrderNo": number,
        "contentsAttribute": "1",
        "bizProductNo": "1",
        "sender": {**party, "address": "演练路0号"},
        "receiver": {**party, "prov": "乙省", "city": "乙市", "address": "演练路1号"},
    } | changed


def said(platform: Platform, code: str, body: object) -> Any:
    """What an accepted request is answered: retBody, which is a string of JSON."""
    answer = platform.answer("production", a_form(code, body))
    assert answer["retCode"] == "00000", answer
    return json.loads(answer["retBody"])


def refused(platform: Platform, code: str, body: object, **changed: str) -> str:
    """The words of a refusal, which has the documented shape too."""
    answer = platform.answer("production", a_form(code, body, **changed))
    assert set(answer) == {"serialNo", "retCode", "retMsg", "retBody", "retDate", "success"}
    assert answer["retCode"] != "00000"
    assert answer["success"] is False
    return str(answer["retMsg"])


def test_the_published_vector_is_opened() -> None:
    """The body that the vector was made of comes out, byte for byte."""
    assert ACCOUNT.opened(VECTOR) == '{"waybillNo":"1234567890123"}'


def test_the_published_vector_is_answered(platform: Platform, time: Time) -> None:
    """A question that carries it is understood, and the parcel's event told."""
    platform.plot(["1234567890123"], "plain")
    time.now += 2 * HOUR

    answer = platform.answer("production", {**a_form("040001", {}), "logitcsInterface": VECTOR})

    [event] = json.loads(answer["retBody"])["responseItems"]
    assert (event["waybillNo"], event["opCode"]) == ("1234567890123", "203")


@pytest.mark.parametrize(
    "wrong",
    [
        VECTOR.removeprefix("|$4|"),
        VECTOR[:-4],
        VECTOR.replace("bjpt", "bjpu"),
        "|$4|" + encrypted(b'{"waybillNo":"1234567890123"}'),
        "|$4|" + encrypted(b"\xff\xfe" + ACCOUNT.sign_key.encode()),
        "|$4|不是",
        "|$4|",
    ],
)
def test_a_body_that_is_not_sealed_with_the_key_is_refused(wrong: str) -> None:
    """Without prefix, shortened, damaged, without the key's text, no text, no base64, nothing."""
    with pytest.raises(Refusal, match="B0005"):
        ACCOUNT.opened(wrong)


def test_the_key_of_another_customer_does_not_open() -> None:
    """What was made with another key is refused and not read as rubbish."""
    other = replace(ACCOUNT, sign_key=base64.b64encode(b"fedcba9876543210").decode())

    with pytest.raises(Refusal, match="B0005"):
        other.opened(VECTOR)


@pytest.mark.parametrize(
    "name",
    ["apiCode", "senderNo", "authorization", "msgType", "timeStamp", "version", "logitcsInterface"],
)
def test_each_public_field_is_required(platform: Platform, name: str) -> None:
    """What is left empty is named; a field spelt rightly is a missing one."""
    assert refused(platform, "040001", {"waybillNo": "1"}, **{name: ""}) == f"缺少必填字段：{name}"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"apiCode": "999999"}, "接口编码不存在"),
        ({"senderNo": "1"}, "授权码错误"),
        ({"authorization": ACCOUNT.test_authorization}, "授权码错误"),
        ({"msgType": "1"}, "msgType或version错误"),
        ({"version": "v1.0.0"}, "msgType或version错误"),
        ({"timeStamp": "2026-03-02T09:00:00"}, "timeStamp格式错误"),
    ],
)
def test_wrong_public_fields(platform: Platform, changed: dict[str, str], words: str) -> None:
    """Each is refused by name, before anything is carried out."""
    assert refused(platform, "020003", [an_order()], **changed) == words
    assert platform.orders == {}


def test_test_and_production_have_codes_of_their_own(platform: Platform) -> None:
    """The authorization of the one is wrong in the other."""
    form = a_form("020003", [an_order()], authorization=ACCOUNT.test_authorization)

    assert platform.answer("production", form)["success"] is False
    assert platform.answer("test", form)["success"] is True
    assert platform.overview()["orders"][0]["environment"] == "test"


def test_an_order_gets_a_waybill_of_thirteen_digits(platform: Platform) -> None:
    """And the answer has the documented fields."""
    answer = said(platform, "020003", [an_order()])

    assert answer["waybillNo"] == "1190000000001"
    assert answer["logisticsOrderNo"] == "24350203190126061000012-1"
    assert {"routeCode", "packageCode", "packageCodeName", "markDestinationName"} <= set(answer)


def test_a_return_gets_a_second_waybill(platform: Platform) -> None:
    """receiptFlag 8: two numbers with a comma between, and no number is given twice."""
    both = said(platform, "020003", [an_order("1-1", receiptFlag="8")])["waybillNo"]
    one = said(platform, "020003", [an_order("2-1", receiptFlag="1")])["waybillNo"]

    assert (both, one) == ("1190000000001,1190000000002", "1190000000003")


def test_several_orders_at_once(platform: Platform) -> None:
    """An array is answered by an array, in its order."""
    answer = said(platform, "020003", [an_order("1-1"), an_order("2-1")])

    assert [order["logisticsOrderNo"] for order in answer] == ["1-1", "2-1"]


@pytest.mark.parametrize(
    "name",
    [
        "createdTime",
        "ecommerceUserId",
        "logisticsOrderNo",
        "contentsAttribute",
        "bizProductNo",
        "sender",
        "receiver",
    ],
)
def test_each_starred_field_of_an_order_is_required(platform: Platform, name: str) -> None:
    """An order without it is refused, and nothing of the array is taken."""
    wrong = {key: value for key, value in an_order("2-1").items() if key != name}

    assert refused(platform, "020003", [an_order("1-1"), wrong]) == f"缺少必填字段：{name}"
    assert platform.orders == {}


@pytest.mark.parametrize("name", ["name", "phone", "prov", "city", "county", "address"])
@pytest.mark.parametrize("side", ["sender", "receiver"])
def test_each_field_of_a_party_is_required(platform: Platform, side: str, name: str) -> None:
    """Nobody can be left without a place or a telephone."""
    order = an_order()
    del order[side][name]

    assert name in refused(platform, "020003", [order])


@pytest.mark.parametrize(
    "wrong",
    [
        an_order(),
        [],
        "nonsense",
        [3],
        [an_order(contentsAttribute="9")],
        [an_order(bizProductNo="0")],
        [an_order(receiptFlag="4")],
        [an_order(senderNo="1")],
        [an_order(ecommerceUserId="x" * 51)],
        [an_order(sender="演练窗口")],
    ],
)
def test_an_order_of_another_form_is_refused(platform: Platform, wrong: object) -> None:
    """No array, an empty one, no JSON, unknown codes, another customer's number."""
    assert refused(platform, "020003", wrong)
    assert platform.orders == {}


def test_a_repeated_order_gets_the_same_waybill(platform: Platform) -> None:
    """The first of the two known answers; it is one order, asked for twice."""
    first = said(platform, "020003", [an_order()])

    assert said(platform, "020003", [an_order()]) == first
    [order] = platform.overview()["orders"]
    assert (order["asked"], order["state"], platform.faults) == (2, "live", [])


def test_a_repeated_order_is_told_to_be_a_duplicate(platform: Platform) -> None:
    """The second one: an error that does not tell the waybill."""
    platform.follow(Script(repeat="duplicate"))
    said(platform, "020003", [an_order()])

    assert refused(platform, "020003", [an_order()]) == "订单号重复"


@pytest.mark.parametrize("repeat", ["same", "duplicate"])
def test_a_repetition_with_another_body_is_a_fault(platform: Platform, repeat: Any) -> None:
    """The client must send what it sent before, to the byte."""
    platform.follow(Script(repeat=repeat))
    said(platform, "020003", [an_order()])

    platform.answer("production", a_form("020003", [an_order(note="x")]))

    assert platform.overview()["faults"] == [
        {"what": "different_body", "number": "24350203190126061000012-1"}
    ]


def test_a_body_with_blanks_is_a_fault(platform: Platform) -> None:
    """The documented plaintext is compact JSON; blanks inside a string are none."""
    said(platform, "020003", json.dumps([an_order("1-1", note="a, b: c")], separators=(",", ":")))
    assert platform.faults == []

    said(platform, "020003", json.dumps([an_order("2-1")]))
    assert platform.faults == [{"what": "not_compact", "number": "020003"}]


def test_two_live_orders_for_one_envelope_are_seen(platform: Platform) -> None:
    """A new number is right only when the former order is cancelled."""
    said(platform, "020003", [an_order("7-1")])
    said(platform, "020003", [an_order("7-2")])
    assert (platform.overview()["envelopes"], platform.overview()["doubled"]) == (1, ["7"])

    said(platform, "020006", {"logisticsOrderNo": "7-1", "waybillNo": "", "cancelReason": "演练"})
    assert platform.overview()["doubled"] == []


def test_a_cancelled_order_stays_cancelled(platform: Platform, time: Time) -> None:
    """No event comes of it, and its number does not come to life again."""
    waybill = said(platform, "020003", [an_order("7-1")])["waybillNo"]
    said(platform, "020006", {"logisticsOrderNo": "7-1", "waybillNo": waybill, "cancelReason": "演练"})
    time.now += 30 * DAY

    assert said(platform, "040001", {"waybillNo": waybill})["responseItems"] == []
    assert "重复" in refused(platform, "020003", [an_order("7-1")])
    assert platform.overview()["orders"][0]["state"] == "canceled"


def test_cancelling_again(platform: Platform) -> None:
    """Fine to the one platform, an error to the other."""
    asked = {"logisticsOrderNo": "7-1", "waybillNo": "1190000000001", "cancelReason": "演练"}
    said(platform, "020003", [an_order("7-1")])
    said(platform, "020006", asked)

    assert said(platform, "020006", asked)["waybillNo"] == "1190000000001"
    platform.follow(Script(repeat="duplicate"))
    assert refused(platform, "020006", asked) == "订单已取消"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"logisticsOrderNo": "8-1"}, "订单不存在"),
        ({"waybillNo": "1190000000009"}, "订单不存在"),
        ({"cancelReason": ""}, "缺少必填字段：cancelReason"),
    ],
)
def test_what_cannot_be_cancelled(platform: Platform, changed: Json, words: str) -> None:
    """An order or waybill that is not there; no reason given."""
    said(platform, "020003", [an_order("7-1")])
    asked = {"logisticsOrderNo": "7-1", "waybillNo": "1190000000001", "cancelReason": "演练"}

    assert refused(platform, "020006", asked | changed) == words


def test_what_the_carrier_has_cannot_be_cancelled(platform: Platform, time: Time) -> None:
    """From the first event on the parcel is in its hands."""
    said(platform, "020003", [an_order("7-1")])
    time.now += 2 * HOUR

    words = refused(platform, "020006", {"logisticsOrderNo": "7-1", "waybillNo": "", "cancelReason": "演练"})
    assert words == "邮件已收寄，不能取消"


def test_a_label_is_a_page(platform: Platform) -> None:
    """retBody is the base64 of a PDF, or an address where one is asked for."""
    said(platform, "020003", [an_order()])
    asked = {"waybillNo": "1190000000001", "type": "129", "getURL": "0", "isReturn": "0"}

    answer = platform.answer("production", a_form("010004", asked))
    with pypdfium2.PdfDocument(base64.b64decode(answer["retBody"], validate=True)) as document:
        assert len(document) == 1
    answer = platform.answer("production", a_form("010004", asked | {"getURL": "1"}))
    assert answer["retBody"].startswith("https://")


@pytest.mark.parametrize(
    ("changed", "words"),
    [({"waybillNo": "1190000000009"}, "运单不存在"), ({"type": "100"}, "type不合法")],
)
def test_a_label_that_is_not_there(platform: Platform, changed: Json, words: str) -> None:
    """For an unknown waybill or in an unknown size."""
    said(platform, "020003", [an_order()])

    assert refused(platform, "010004", {"waybillNo": "1190000000001", "type": "129"} | changed) == words


def test_the_pickup_range(platform: Platform) -> None:
    """Status 0, or the one of the script."""
    place = {"address": "演练路0号", "prov": "甲省", "city": "甲市", "county": "甲区"}
    asked = {**place, "bizProductNo": "1", "type": "2", "senderNo": ACCOUNT.sender_no}

    assert said(platform, "030005", asked) == {"status": "0"}
    platform.follow(Script(pickup="10"))
    assert said(platform, "030005", asked) == {"status": "10"}


def test_addresses_are_taken_apart(platform: Platform) -> None:
    """Province, city and county with their codes where it has them."""
    asked = [{"wholeAddress": "广西壮族自治区南宁市青秀区演练路0号"}, {"wholeAddress": "演练路0号"}]

    known, unknown = said(platform, "060001", asked)

    assert (known["prov"], known["city"], known["county"]) == ("广西壮族自治区", "南宁市", "青秀区")
    assert (known["proCode"], known["cityCode"], known["countyCode"]) == ("450000", "450100", "450103")
    assert set(unknown.values()) == {""}
    assert "数组" in refused(platform, "060001", asked[0])


def test_the_tracks_of_an_order(platform: Platform, time: Time) -> None:
    """Not found, then event by event; the way back begins a week later, the other way round."""
    said(platform, "020003", [an_order(receiptFlag="8")])
    platform.follow(Script(return_plots=("plain",)))
    said(platform, "020003", [an_order("2-1", receiptFlag="8")])
    question = {"waybillNo": "1190000000003", "direction": "0"}
    assert platform.answer("production", a_form("040001", question))["retMsg"] == "无查询信息"

    time.now += 6 * HOUR
    items = said(platform, "040001", question)["responseItems"]
    assert [(item["opCode"], item["opOrgCity"]) for item in items] == [("203", "甲市"), ("305", "甲市")]

    time.now = START + 7 * DAY + 2 * HOUR
    [back] = said(platform, "040001", {"waybillNo": "1190000000004"})["responseItems"]
    assert (back["opCode"], back["opOrgCity"]) == ("203", "乙市")
    assert platform.overview()["orders"][1]["tracked"] == 3


@pytest.mark.parametrize(("kind", "fine"), [("ok", True), ("refused", False)])
def test_not_found_comes_in_two_ways(platform: Platform, kind: Any, fine: bool) -> None:
    """With the retCode of success or without; the words begin as documented."""
    platform.follow(Script(not_found=kind))
    said(platform, "020003", [an_order()])

    for waybill, words in (("1190000000001", "无查询信息"), ("9999999999999", "查无此邮件")):
        answer = platform.answer("production", a_form("040001", {"waybillNo": waybill}))
        assert (answer["success"], answer["retMsg"]) == (fine, words)


def test_plots_go_round(platform: Platform) -> None:
    """The nth order after the script was set gets the nth plot, and then from the first again."""
    said(platform, "020003", [an_order("1-1")])
    platform.follow(Script(plots=("lost", "late", [(1, "704", "10")])))
    for n in range(2, 6):
        said(platform, "020003", [an_order(f"{n}-1")])

    plots = [order["plots"] for order in platform.overview()["orders"]]
    assert plots == [["plain"], ["lost"], ["late"], [[(1, "704", "10")]], ["lost"]]


def test_a_skewed_clock_shows_in_every_answer(platform: Platform) -> None:
    """retDate is off by the script's seconds."""
    platform.follow(Script(clock_skew=-3600))

    answer = platform.answer("production", a_form("040001", {"waybillNo": "1"}))
    assert answer["retDate"] == "2026-03-02 08:00:00"


def test_changes_are_told_and_can_be_done_again(time: Time) -> None:
    """Another platform that is told the same changes, through JSON, knows the same."""
    changes: list[str] = []
    first = Platform(ACCOUNT, time, lambda entry: changes.append(json.dumps(entry)))
    said(first, "020003", [an_order("1-1", receiptFlag="8")])
    said(first, "020003", [an_order("2-1")])
    first.answer("production", a_form("020003", [an_order("2-1", note="x")]))
    said(first, "020006", {"logisticsOrderNo": "1-1", "waybillNo": "", "cancelReason": "演练"})
    first.plot(["1190000000003", "9000000000001"], [(1, "704", "10")])

    second = Platform(ACCOUNT, time, lambda _: None)
    for change in changes:
        second.apply(json.loads(change))

    assert json.loads(json.dumps(first.overview())) == json.loads(json.dumps(second.overview()))
    time.now += DAY
    question = a_form("040001", {"waybillNo": "9000000000001"})
    assert second.answer("production", question)["retBody"] == first.answer("production", question)["retBody"]
    assert said(second, "020003", [an_order("3-1")])["waybillNo"] == "1190000000004"


def test_rules_count_what_they_are_for() -> None:
    """The first n of one kind; one in k of any kind; the first rule that applies wins."""
    plan = Plan((Rule("slow", on="040001", times=2), Rule("status_500", every=3)))
    asked = ["040001", "020003", "040001", "040001", "020003", "020003", "020003"]

    rules = [plan.rule(code, "*") for code in asked]

    assert [rule and rule.do for rule in rules] == ["slow", None, "slow", None, "status_500", None, None]


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b'{"ruels": []}',
        b'{"rules": [{"do": "explode"}]}',
        b'{"rules": [{"do": "slow", "every": 0}]}',
        b'{"rules": [{"do": "slow", "on": "unread"}]}',
        b'{"plots": ["nothing"]}',
        b'{"plots": []}',
        b'{"repeat": "sometimes"}',
    ],
)
def test_a_script_with_a_mistake_is_refused(text: bytes) -> None:
    """So that no test believes in a misbehaviour that never came."""
    with pytest.raises(msgspec.DecodeError):
        read_script(text)
