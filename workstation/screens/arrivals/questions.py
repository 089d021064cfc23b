"""What each act about a consignment asks, and how it is called with the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from workstation.acts import contacts, home, receipts, results, troubles
from workstation.acts.desk import Desk
from workstation.acts.inputs import Result, Wanted
from workstation.acts.receipts import Expected
from workstation.domain.consignment import Consignment
from workstation.domain.envelope import EnvelopeState
from workstation.domain.words import word
from workstation.screens.arrivals import answers, contacting, receiving
from workstation.screens.arrivals.asking import Given, Question, Several, Values
from workstation.screens.arrivals.receiving import ROWS, Received, Receiving
from workstation.screens.arrivals.way import TAIL, Way
from workstation.screens.dialogs import Asked

CHANNELS = {"phone": "电话", "fax": "传真", "photo": "照片", "slip": "回执联寄回"}
_OUTCOMES = {"repack": "拆开重新装袋", "withdrawal": "转申请人撤回", "claim": "向寄递企业索赔"}
_TROUBLES = {
    "sent_back": "退回到本窗口",
    "lost": "寄递企业找不到",
    "damaged": "破损，在本窗口",
    "mail_refused": "收件人拒收，已退回",
    "address_changed": "地址变了，已退回",
    "intercepted": "拦截，已退回",
}
_FORMS = {form: word(form) for form in ("copy", "original", "copy_checked")}
_DOCUMENT_NUMBER = Asked("document_number", "属地文号", explains="属地自己的文号；没有就不填。")
_WAYBILL = (
    Asked("waybill", "回程运单号", explains="扫运单条码；电话里报的输两遍，要第二人。还不知道就不填。"),
    Asked("again", "再输一遍", explains="手输的运单号输两遍；扫的不用。"),
)
_PAPER = (
    Asked("name", "材料名称", required=True, explains="属地要的材料，照对方的话写。"),
    Asked("standard", "要求", required=True, explains="要达到什么标准，申请人照着补。"),
    Asked("form", "形式", _FORMS),
    Asked("copies", "份数", value="1"),
)
_DOCUMENT = (
    Asked("name", "结果文书", required=True, explains="将寄回的文书名称。"),
    Asked("copies", "份数", value="1"),
)
#: The act behind each question, as the offers name it.
ACTS: Mapping[str, str] = {
    "receive": "acknowledge",
    "by_hand": "acknowledge_by_hand",
    "accept": "home_accept",
    "correct": "home_correct",
    "decide": "decide",
    "post_back": "result_return",
    "send_back": "home_refuse",
    "trouble": "trouble",
    "wrong_inside": "trouble",
    "resolve": "resolve",
    "contact": "contact",
}
#: Questions in which a waybill is asked for.
WITH_WAYBILL = frozenset({"post_back", "send_back"})


def ask(name: str, way: Way) -> Question:
    """The question of this name about this consignment."""
    return _QUESTIONS[name](way)


def _title(act: str, way: Way) -> str:
    return f"{word(act)}：{way.consignment.office_name}"


def _moved(consignment: Consignment) -> str:
    return f"{word(consignment.state)}：{consignment.office_name}"


def _receive(way: Way) -> Question:
    envelope = way.envelope
    tail = envelope.number[-TAIL:] if envelope else ""

    def acknowledge(desk: Desk, given: Given) -> Received:
        code, rows = answers.of_this_envelope(way, given.text("code")), given.text("rows")
        office, channel = way.consignment.office_code, given.text("channel")
        envelope = receipts.acknowledge(desk, code, channel=channel, office=office, rows=rows)
        return Received(envelope, receipts.ticked(rows))

    return Question(
        title=_title("acknowledge", way),
        text=f"封套 {tail}。请对方报单位名称和回执码：后五位，或 20 位全码。单位不对的不要登记。",
        asked=(
            Asked(
                "code", "回执码", required=True, explains="回执联上的 20 位编号，电话里报后五位；也可以扫。"
            ),
            Asked("channel", "途径", CHANNELS),
            ROWS,
        ),
        act=acknowledge,
        told=receiving.told,
        seen=envelope.version if envelope else None,
        form=_beside_rows(way),
    )


def _beside_rows(way: Way) -> Callable[..., Receiving]:
    """With the rows of this envelope, whatever code is told."""
    number = way.envelope.number if way.envelope else ""

    def look(desk: Desk, _: Values) -> Expected:
        return receipts.listed_in(desk, number)

    return partial(Receiving, look=look)


def _by_hand(way: Way) -> Question:
    envelope = way.envelope
    number = envelope.number if envelope else ""

    def acknowledge(desk: Desk, given: Given) -> Received:
        rows, channel, person = given.text("rows"), given.text("channel"), given.text("person")
        envelope = receipts.acknowledge_by_hand(desk, number, person=person, channel=channel, rows=rows)
        return Received(envelope, receipts.ticked(rows))

    return Question(
        title=f"凭通话签收：{way.consignment.office_name}",
        text=f"封套 {number[-TAIL:]}。对方报不出回执码时用：说收到的人是谁，怎么说的，都记在账上。",
        asked=(
            Asked("person", "对方姓名", required=True, explains="属地部门里谁说收到了。"),
            Asked("channel", "方式", contacts.CHANNELS),
            ROWS,
        ),
        act=acknowledge,
        told=receiving.told,
        seen=envelope.version if envelope else None,
        form=_beside_rows(way),
    )


def _accept(way: Way) -> Question:
    return Question(
        title=_title("home_accept", way),
        asked=(_DOCUMENT_NUMBER,),
        act=lambda desk, given: home.accept(
            desk, way.consignment.id, document_number=given.text("document_number") or None
        ),
        told=_moved,
        seen=way.consignment.version,
    )


def _correct(way: Way) -> Question:
    def correct(desk: Desk, given: Given) -> Consignment:
        wanted = [
            Wanted(
                name=line["name"],
                standard=line["standard"],
                form=line["form"],
                copies=answers.copies(line["copies"]),
            )
            for line in (given.values, *given.more)
        ]
        return home.correct(desk, way.consignment.id, wanted)

    return Question(
        title=_title("home_correct", way),
        text="属地要申请人补什么，一项一项照写；登记后请联系申请人。",
        asked=_PAPER,
        act=correct,
        told=lambda c: f"{_moved(c)}。请联系申请人来补（^O 联系登记）。",
        seen=way.consignment.version,
        several=Several(_PAPER, _paper_line, "一项材料"),
    )


def _paper_line(values: Values) -> str:
    return f"{values['name']}（{word(values['form'])} {values['copies']} 份）：{values['standard']}"


def _decide(way: Way) -> Question:
    def decide(desk: Desk, given: Given) -> Consignment:
        lines = (given.values, *given.more) if _on_paper(given.values) else ()
        answers.named(lines)
        return home.decide(
            desk,
            way.consignment.id,
            outcome=given.text("outcome"),
            result_mode=given.text("mode"),
            results=[Result(name=x["name"], copies=answers.copies(x["copies"])) for x in lines],
            document_number=given.text("document_number") or None,
        )

    first = Asked("name", "结果文书", explains="将寄回的文书名称；电子和直寄的不填。")
    return Question(
        title=_title("decide", way),
        asked=(
            Asked("outcome", "决定", {code: word(code) for code in home.OUTCOMES}),
            Asked("mode", "结果方式", {code: word(code) for code in home.RESULT_MODES}),
            _DOCUMENT_NUMBER,
            first,
            _DOCUMENT[1],
        ),
        act=decide,
        told=lambda c: f"{_moved(c)}，{word(c.outcome or '')}，结果{word(c.result_mode or '')}。",
        seen=way.consignment.version,
        several=Several(_DOCUMENT, lambda v: f"{v['name']} {v['copies']} 份", "一份文书", _on_paper),
    )


def _on_paper(values: Values) -> bool:
    return values["mode"] == "paper"


def _post_back(way: Way) -> Question:
    def post(desk: Desk, given: Given) -> Consignment:
        waybill, how = answers.waybill(given)
        return results.result_return(desk, way.consignment.id, waybill=waybill, how=how)

    return Question(
        title=_title("result_return", way),
        asked=_WAYBILL,
        act=post,
        told=_moved,
        seen=way.consignment.version,
    )


def _send_back(way: Way) -> Question:
    def refuse(desk: Desk, given: Given) -> Consignment:
        waybill, how = answers.waybill(given)
        return home.refuse(desk, way.consignment.id, reason=given.text("reason"), waybill=waybill, how=how)

    return Question(
        title=_title("home_refuse", way),
        text="属地不办，把材料全部寄回；材料到窗后交还申请人。",
        asked=(Asked("reason", "事由", home.REFUSALS), *_WAYBILL),
        act=refuse,
        told=lambda c: f"属地退件：{c.office_name}，材料在回寄途中。",
        seen=way.consignment.version,
    )


def _trouble(way: Way) -> Question:
    number = way.envelope.number if way.envelope else ""
    return Question(
        title=_title("trouble", way),
        text=f"封套 {number[-TAIL:]}。登记后生成一项待办，直到处理完。",
        asked=(
            Asked("kind", "怎么了", _TROUBLES),
            Asked("text", "说明"),
        ),
        act=lambda desk, given: troubles.trouble(
            desk, number, kind=given.text("kind"), text=given.text("text") or None
        ),
        told=lambda envelope: f"已登记邮件异常：封套 {envelope.number[-TAIL:]} {word(envelope.state)}。",
        seen=way.envelope.version if way.envelope else None,
    )


def _wrong_inside(way: Way) -> Question:
    number = way.envelope.number if way.envelope else ""
    return Question(
        title=f"内件错装：{way.consignment.office_name}",
        text=f"封套 {number[-TAIL:]}。属地说里面不是清单上的材料。登记后生成一项待办，封套照旧。",
        asked=(Asked("text", "说明", explains="里面是什么，少了什么；照对方的话写。"),),
        act=lambda desk, given: troubles.trouble(
            desk, number, kind="wrong_contents", text=given.text("text") or None
        ),
        told=lambda envelope: f"已登记内件错装，已记入待办：封套 {envelope.number[-TAIL:]}。",
        seen=way.envelope.version if way.envelope else None,
    )


def _resolve(way: Way) -> Question:
    envelope = way.envelope
    state = EnvelopeState(envelope.state) if envelope else EnvelopeState.SENT_BACK
    number = envelope.number if envelope else ""
    return Question(
        title=_title("resolve", way),
        asked=(
            Asked("outcome", "怎么办", {code: _OUTCOMES[code] for code in troubles.OUTCOMES.get(state, ())}),
        ),
        act=lambda desk, given: troubles.resolve(desk, number, outcome=given.text("outcome")),
        told=lambda envelope: f"邮件异常已处理：封套 {envelope.number[-TAIL:]}。",
        seen=envelope.version if envelope else None,
    )


def _contact(way: Way) -> Question:
    return contacting.question(way.file.case, way.consignment.id, who="home_office")


_QUESTIONS: Mapping[str, Callable[[Way], Question]] = {
    "receive": _receive,
    "by_hand": _by_hand,
    "accept": _accept,
    "correct": _correct,
    "decide": _decide,
    "post_back": _post_back,
    "send_back": _send_back,
    "trouble": _trouble,
    "wrong_inside": _wrong_inside,
    "resolve": _resolve,
    "contact": _contact,
}
