"""What the EMS platform answers: each documented form is read, whatever else arrives is a named error."""

from __future__ import annotations

import base64
import contextlib
import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.carriers import Booked, CarrierError, Duplicate, Event, Refused, Unreadable, Unsure
from integrations.carriers.ems import answers
from integrations.carriers.ems.answers import Answer, Place, Reach
from integrations.carriers.ems.messages import Options

NUMBER, WAYBILL, BACK = "E2026112000017-1", "1234567890123", "1234567890124"
NINE = 1795136400000  # 2026-11-20 09:00:00 in Shanghai
PDF = b"%PDF-1.4\n%%EOF\n"
ITEM = {
    "waybillNo": WAYBILL,
    "opTime": "2026-11-20 09:00:00",
    "opCode": "704",
    "opName": "投递结果反馈-妥投",
    "opDesc": "已签收，收发室代收",
    "opOrgProvName": "广西壮族自治区",
    "opOrgCity": "南宁市",
    "opOrgCode": "53000012",
    "opOrgName": "南宁市青秀营业部",
    "operatorName": "某某",
    "deliverCode": "60",
    "attemptDeliveryCode": None,
    "productName": "特快专递",
}


def told(body: object = None, code: str = "00000", text: str = "成功") -> Answer:
    """An answer as it comes: its body is a string of JSON."""
    ret_body = None if body is None else json.dumps(body, ensure_ascii=False)
    return wired({"retCode": code, "retMsg": text, "retBody": ret_body})


def wired(fields: object) -> Answer:
    """An answer of these fields."""
    return answers.read(json.dumps(fields, ensure_ascii=False).encode())


def booked(answer: Answer, options: Options | None = None) -> Booked:
    """The waybills of our order."""
    return answers.booked(answer, NUMBER, options or Options())


def events(*items: object) -> list[Event]:
    """What these items tell of a parcel."""
    return answers.events(told({"responseItems": list(items)}), WAYBILL)


def test_an_answer_is_read_with_all_that_surrounds_it() -> None:
    """Fields we do not use, known and unknown, may be of any kind."""
    fields = {
        "retCode": "00000",
        "retMsg": "成功",
        "retBody": "{}",
        "retDate": 5,
        "serialNo": None,
        "new": [1],
    }

    assert wired(fields) == Answer("00000", "成功", "{}")


def test_an_answer_needs_no_body_and_no_words() -> None:
    """A cancellation is answered by its code alone."""
    assert wired({"retCode": "00000"}) == Answer("00000", "", "")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"retCode":0}',
        b'{"retCode":"00000","retBody":{}}',
        b'{"retCode":"00000"',
        b'{"retCode":"00000"}}',
        b'{"retCode":"\xff"}',
        b'{"retCode":"00000","retMsg":"\\ud800"}',
        b"[" * 100_000,
        b"<html><body>502 Bad Gateway</body></html>",
    ],
)
def test_what_is_not_documented_is_unreadable(data: bytes) -> None:
    """Cut, another kind, a body that is no string, a gateway's page: one error, which keeps none of it."""
    with pytest.raises(Unreadable, match=r"^not in the documented form$") as wrong:
        answers.read(data)

    assert wrong.value.__cause__ is None
    assert wrong.value.__context__ is None


def test_an_order_is_given_a_waybill() -> None:
    """The fields for sorting beside it are of no use here."""
    answer = told(
        {"logisticsOrderNo": NUMBER, "waybillNo": WAYBILL, "routeCode": "530-01", "markDestinationName": ""}
    )

    assert booked(answer) == Booked(WAYBILL)


def test_the_second_waybill_is_for_the_way_back() -> None:
    """They stand in one field with a comma between them."""
    assert booked(told({"waybillNo": f"{WAYBILL},{BACK}"})) == Booked(WAYBILL, BACK)
    assert booked(told({"waybillNo": f" {WAYBILL}, {BACK} "})) == Booked(WAYBILL, BACK)


def test_one_order_may_be_answered_by_an_array_of_one() -> None:
    """As it was asked for in one."""
    assert booked(told([{"logisticsOrderNo": NUMBER, "waybillNo": "ea123456785cn"}])) == Booked(
        "EA123456785CN"
    )


@pytest.mark.parametrize(
    "body",
    [
        None,
        {},
        [],
        {"waybillNo": None},
        {"waybillNo": ""},
        {"waybillNo": "12345"},
        {"waybillNo": "运单号码一二三"},
        {"waybillNo": f"{WAYBILL},"},
        {"waybillNo": f"{WAYBILL},{WAYBILL}"},
        {"waybillNo": f"{WAYBILL},{BACK},1234567890125"},
        {"waybillNo": WAYBILL, "logisticsOrderNo": "E2026112000018-1"},
        [{"waybillNo": WAYBILL}, {"waybillNo": BACK}],
    ],
)
def test_a_waybill_not_understood_is_put_on_no_envelope(body: object) -> None:
    """None, too many, the same twice, or that of another order."""
    with pytest.raises(Unreadable):
        booked(told(body))


def test_a_refusal_keeps_the_words_of_the_carrier() -> None:
    """Its code is in the error, its words, which may name a person, are not in what is logged."""
    with pytest.raises(Refused) as refused:
        booked(told(code="B00012", text="收件人地址不完整"))

    assert type(refused.value) is Refused
    assert refused.value.code == "B00012"
    assert refused.value.text == "收件人地址不完整"
    assert str(refused.value) == "B00012"


def test_a_refusal_may_say_why_in_its_body() -> None:
    """Some answers have their words there."""
    with pytest.raises(Refused) as refused:
        booked(wired({"retCode": "B1", "retBody": "参数缺失"}))

    assert refused.value.text == "参数缺失"


@pytest.mark.parametrize("text", ["物流订单号重复", "该订单已存在，请勿再次下单"])
def test_a_repeated_order_is_known_by_its_words(text: str) -> None:
    """How the platform says it is not published; the words are a setting."""
    with pytest.raises(Duplicate):
        booked(told(code="B00099", text=text))


def test_a_repeated_order_is_known_by_a_code_once_somebody_has_seen_it() -> None:
    """A hall that knows the code sets it."""
    options = Options(duplicate_codes=frozenset({"B00100"}), duplicate_words=())

    with pytest.raises(Duplicate):
        booked(told(code="B00100", text="见说明"), options)
    with pytest.raises(Refused) as refused:
        booked(told(code="B00099", text="订单号重复"), options)
    assert type(refused.value) is Refused


def test_a_fault_inside_the_platform_says_nothing_of_the_order() -> None:
    """A time-out behind the gateway may have been after the order was written down."""
    with pytest.raises(Unsure):
        booked(told(code="S07", text="系统异常，请重试"))
    with pytest.raises(Unsure):
        answers.canceled(told(code="S07", text="系统繁忙"), Options())
    with pytest.raises(Unsure):
        booked(told(code="S08", text="请重试"), Options(unsure_codes=frozenset({"S08"})))


def test_an_order_is_taken_back() -> None:
    """The code says it; a body is not looked at. A no stays a no, whatever is there already."""
    answers.canceled(told(), Options())

    with pytest.raises(Refused) as refused:
        answers.canceled(told(code="C1", text="撤单申请重复"), Options())
    assert type(refused.value) is Refused


def test_a_label_is_a_pdf() -> None:
    """Base64 as it stands, on several lines, or with quotes round it."""
    plain = base64.b64encode(PDF).decode()

    for body in (plain, plain[:8] + "\n" + plain[8:], f'"{plain}"'):
        assert answers.pdf(wired({"retCode": "00000", "retBody": body})) == PDF


@pytest.mark.parametrize("body", [None, "", "https://label.example/1.pdf", "aGVsbG8=", "JVBERi0", "面单"])
def test_what_is_no_label_is_not_printed(body: str | None) -> None:
    """An address, other bytes, broken base64."""
    with pytest.raises(Unreadable, match="not a label"):
        answers.pdf(wired({"retCode": "00000", "retBody": body}))


@pytest.mark.parametrize("status", ["0", 0])
def test_a_pickup_is_promised(status: str | int) -> None:
    """Status 0, as a number or as text."""
    found = answers.reach(told({"status": status}))

    assert found == Reach("0", "在揽收范围内")
    assert found.served


def test_no_pickup_says_why() -> None:
    """A documented status has our words, another one keeps the platform's."""
    assert answers.reach(told({"status": "1"})) == Reach("1", "超范围")
    assert answers.reach(told({"status": 10})) == Reach("10", "未维护揽收频次")
    assert answers.reach(told({"status": "11"}, text="暂停揽收")) == Reach("11", "暂停揽收")
    assert not answers.reach(told({"status": "11"})).served


def test_an_event_is_told_whole() -> None:
    """Its time has no zone and is that of Shanghai; how it was delivered belongs to a delivery."""
    assert events(ITEM) == [
        Event(WAYBILL, "704", "60", NINE, "南宁市青秀营业部", "投递结果反馈-妥投", "已签收，收发室代收")
    ]


@pytest.mark.parametrize(
    ("code", "sub"), [("704", "60"), ("705", "7"), (704, "60"), (705, "7"), ("702", ""), ("743", "")]
)
def test_only_two_codes_have_a_sub_code(code: str | int, sub: str) -> None:
    """The platform may send both fields with every event; only 704 and 705 mean anything by them."""
    (event,) = events(ITEM | {"opCode": code, "deliverCode": 60, "attemptDeliveryCode": "7"})

    assert event.code == str(code)
    assert event.sub == sub


def test_events_come_as_they_were_told() -> None:
    """Late, doubled, of an unknown code: nothing is sorted, dropped or merged here."""
    told_twice = [ITEM, ITEM | {"opCode": "V_398x", "opTime": "2026-11-19 23:59:59"}, ITEM]

    assert [event.code for event in events(*told_twice)] == ["704", "V_398x", "704"]


def test_an_event_may_be_short() -> None:
    """Time and code make an event; the waybill is the one asked for, the office known by its code."""
    (event,) = events({"opTime": "2026-11-20 09:00:00", "opCode": "203", "opOrgCode": "361000"})

    assert event == Event(WAYBILL, "203", "", NINE, "361000", "", "")


def test_words_from_outside_do_not_steer_a_terminal() -> None:
    """Control characters, line ends and turned writing are blanks; a text without end ends."""
    (event,) = events(
        ITEM | {"opName": "妥\x1b[31m投\r\n\u202e", "opDesc": "长" * 5000, "opOrgName": "\u3000营业部"}
    )

    assert event.name == "妥 [31m投"
    assert event.text == "长" * 400
    assert event.organisation == "营业部"


@pytest.mark.parametrize(
    "change",
    [
        {"opTime": None},
        {"opTime": ""},
        {"opTime": "20日9时"},
        {"opTime": "2026-11-20"},
        {"opTime": "2026-11-31 09:00:00"},
        {"opTime": "2026-11-20T09:00:00"},
        {"opTime": "2026-11-20 09:00:00+08:00"},
        {"opTime": "0001-01-01 00:00:00"},
        {"opCode": None},
        {"opCode": " "},
        {"opCode": ["704"]},
        {"deliverCode": {}},
        {"waybillNo": "x"},
    ],
)
def test_an_event_that_cannot_be_placed_is_not_taken(change: dict[str, object]) -> None:
    """Without a time or a code it has no identity; the answer is unreadable, so that nobody misses it."""
    with pytest.raises(Unreadable):
        events(ITEM | change)


@pytest.mark.parametrize("text", ["无客户信息", "无查询信息！", "查无此邮件"])
def test_a_parcel_not_found_yet_has_no_events(text: str) -> None:
    """It is no error, with whichever code it is said; an empty track of a good answer is the same."""
    assert answers.events(told({"responseItems": []}, text=text), WAYBILL) == []
    assert answers.events(told(None, text=text), WAYBILL) == []
    assert answers.events(told([], text=text), WAYBILL) == []
    assert answers.events(told(None, code="B1", text=text), WAYBILL) == []
    assert answers.events(told({"responseItems": None}), WAYBILL) == []


def test_events_count_whatever_the_words_say() -> None:
    """Words of nothing found beside events: the events are there."""
    assert len(answers.events(told({"responseItems": [ITEM]}, text="无查询信息"), WAYBILL)) == 1


@pytest.mark.parametrize(
    "body", [None, {}, [], {"responseItems": {}}, "text", 5, [{"responseItems": []}] * 2]
)
def test_a_good_answer_without_a_track_is_unreadable(body: object) -> None:
    """Silence of the platform is not told as a parcel that has not moved."""
    with pytest.raises(Unreadable):
        answers.events(told(body), WAYBILL)


def test_a_question_may_be_refused() -> None:
    """Wrong authorization and the like; words that are doubtful for an order are not so here."""
    reading: list[Callable[[Answer], object]] = [
        answers.pdf,
        answers.reach,
        answers.place,
        lambda answer: answers.events(answer, WAYBILL),
    ]
    for read in reading:
        with pytest.raises(Refused) as refused:
            read(told(code="A1", text="系统异常：授权码已存在"))
        assert type(refused.value) is Refused


def test_an_address_is_found() -> None:
    """Full names and division codes; of several the first, of an object the object."""
    found = {"prov": "福建省", "city": "厦门市", "county": "湖里区", "proCode": 350000, "cityCode": "350200"}
    place = Place("福建省", "厦门市", "湖里区", "350000", "350200", "")

    assert answers.place(told([found, {}])) == place
    assert answers.place(told(found)) == place


@pytest.mark.parametrize("body", [[], [{}], {}, [{"prov": None, "city": ""}]])
def test_an_address_is_not_found(body: object) -> None:
    """Nothing, rather than a place without names."""
    assert answers.place(told(body)) is None


JSON: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(sorted(ITEM)), inner, max_size=4)
    ),
    max_leaves=8,
)
BODIES = (
    st.text(max_size=40)
    | JSON.map(json.dumps)
    | JSON.map(lambda value: json.dumps({"responseItems": [value]}))
)


@given(
    st.sampled_from(["00000", "B1", ""]), st.sampled_from(["", "无查询信息", "订单重复", "系统异常"]), BODIES
)
def test_any_body_is_read_or_is_one_of_our_errors(code: str, text: str, body: str) -> None:
    """Nothing else comes out, whichever question it answers."""
    answer = Answer(code, text, body)
    reading: list[Callable[[], object]] = [
        lambda: booked(answer),
        lambda: answers.canceled(answer, Options()),
        lambda: answers.pdf(answer),
        lambda: answers.reach(answer),
        lambda: answers.events(answer, WAYBILL),
        lambda: answers.place(answer),
    ]

    for read in reading:
        with contextlib.suppress(CarrierError):
            read()


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_unreadable(data: bytes) -> None:
    """Nothing else comes out of an envelope."""
    with contextlib.suppress(Unreadable):
        assert isinstance(answers.read(data), Answer)
