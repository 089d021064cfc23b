"""其他: the acts on a case that are rarer than a key of their own, as a table of what each asks and calls.

Whether one is possible is asked of the acts; nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from workstation.acts import (
    acceptance,
    contacts,
    departures,
    licences,
    numbers,
    papers,
    previews,
    ratings,
    results,
    revealing,
    troubles,
)
from workstation.acts.acceptance import Grounds
from workstation.acts.desk import Desk
from workstation.domain.words import word
from workstation.policies import RatingPolicy
from workstation.screens.case.asking import (
    Asks,
    Further,
    Target,
    Values,
    on_case,
    optional,
    words,
)
from workstation.screens.case.sight import Sight
from workstation.screens.dialogs import Asked

_NOTE = Asked("note", "说明")
#: What comes of an envelope that came back or was lost.
_RESOLVED = {"repack": "重新装袋寄送", "withdrawal": "申请人要撤回", "claim": "丢失，向寄递企业索赔"}


def _fixed(*asked: Asked) -> Asks:
    return lambda _, __, ___: asked


# --- what is asked


def _contact(sight: Sight, _: str, __: Values) -> Sequence[Asked]:
    case = sight.case
    who = {f"applicant:{case.number}": word("applicant")}
    if case.agent_name:
        who[f"agent:{case.number}"] = word("agent")
    who |= {f"home_office:{each.id}": each.office_name for each in sight.file.consignments}
    return (
        Asked("who", "联系谁", who),
        Asked("outcome", "结果", words(contacts.OUTCOMES)),
        Asked("channel", "方式", dict(contacts.CHANNELS)),
        Asked("next_on", "下次联系", explains="日期，如 2026-11-23；不填就是不用再联系。"),
        _NOTE,
    )


def _resolve(sight: Sight, number: str, _: Values) -> Sequence[Asked]:
    states = {each.envelope.number: each.envelope.state for each in sight.envelopes}
    outcomes = {state.value: codes for state, codes in troubles.OUTCOMES.items()}
    # Somebody may have dealt with it since it was chosen: then the act says so.
    possible = outcomes.get(states.get(number, ""), tuple(_RESOLVED))
    return (Asked("outcome", "怎么处理", {code: _RESOLVED[code] for code in possible}),)


_DECLINE = _fixed(
    Asked("reason", "事由", dict(departures.DECLINE_REASONS)),
    Asked("text", "说明", required=True, explains="写给申请人看的话。"),
    Asked("authority", "有权部门", explains="事由是“不属于该属地部门职权”时必须写明。"),
)
_GUIDE = _fixed(
    Asked("channel", "渠道", {"": "按事项的办理方式", **departures.CHANNELS}),
    Asked("text", "说明", required=True, explains="写给申请人看的话。"),
    Asked("entry", "到哪里办", explains="平台、地址或窗口。"),
    Asked(
        "system", "帮办", {"": "没有帮办", **numbers.SYSTEMS}, explains="在窗口协助网上申报的，写明所得编号。"
    ),
    Asked("value", "帮办编号"),
)
_ACCEPTANCE = _fixed(
    Asked("legal_basis", "受理依据", required=True), Asked("limit", "办理时限", required=True)
)
_NON_ACCEPTANCE = _fixed(
    Asked("reason", "理由", required=True),
    Asked("legal_basis", "依据", required=True),
    Asked("remedies", "救济途径", required=True, explains="可以怎样、在多久以内、向哪里提出。"),
    Asked("authority", "有权部门", explains="应当由别的部门受理的，写明是哪个。"),
)
_GRADE = _fixed(
    Asked("grade", "等级", dict(ratings.GRADES)),
    Asked("source", "评价器代号", required=True, explains="评价器或平台的代号，如 device-03。"),
)


# --- how it is called


def _add_contact(desk: Desk, _: str, values: Values) -> object:
    who, _, number = values["who"].partition(":")
    return contacts.add(
        desk,
        number,
        who=who,
        outcome=values["outcome"],
        channel=values["channel"],
        next_on=optional(values, "next_on"),
        note=optional(values, "note"),
    )


def _decline(desk: Desk, number: str, values: Values) -> object:
    authority = optional(values, "authority")
    return departures.decline(desk, number, reason=values["reason"], text=values["text"], authority=authority)


def _guide(desk: Desk, number: str, values: Values) -> object:
    helped = values["system"]
    return departures.guide(
        desk,
        number,
        channel=optional(values, "channel"),
        text=values["text"],
        entry=optional(values, "entry"),
        assisted=(helped, values["value"]) if helped else None,
    )


def _accept(desk: Desk, name: str, values: Values) -> object:
    return acceptance.accept(desk, name, legal_basis=values["legal_basis"], limit=values["limit"])


def _refuse(desk: Desk, name: str, values: Values) -> object:
    grounds = Grounds(
        values["reason"], values["legal_basis"], values["remedies"], optional(values, "authority")
    )
    return acceptance.refuse(desk, name, grounds=grounds)


def _previewed(kind: str, does: Callable[[Desk, str, Values], object]) -> Callable[[Desk, str, Values], str]:
    return lambda desk, name, values: previews.rehearsed(desk, kind, lambda there: does(there, name, values))


# --- what it is done to


def _defects(sight: Sight, act: str) -> list[Target]:
    names = {row.row_id: row.name for row in sight.file.rows}
    return [
        Target(defect.id, None, f"{word(defect.kind)} {names.get(defect.row_id, '')}", sight.barred[act])
        for defect in sight.file.licence_defects
        if defect.state == "open"
    ]


def _ahead(sight: Sight, act: str) -> list[Target]:
    """Each consignment whose result has not come back."""
    found = [each for each in sight.file.consignments if each.state in results.AHEAD]
    return [Target(each.id, None, f"回程 {each.office_name}", sight.barred[act]) for each in found]


def _served(sight: Sight, act: str) -> list[Target]:
    """Ratings come with the result; before it nobody looks for them."""
    return on_case(sight, act) if sight.case.served_at is not None else []


def _badly_rated(sight: Sight, act: str) -> list[Target]:
    tasks = [task for task in sight.file.tasks if (task.kind, task.state) == ("bad_rating", "open")]
    return on_case(sight, act) if tasks else []


FURTHER: tuple[Further, ...] = (
    Further("contact", _add_contact, (_contact,), targets=on_case),
    Further(
        "add_number",
        lambda desk, number, v: numbers.add(desk, number, system=v["system"], value=v["value"]),
        (_fixed(Asked("system", "哪个系统", dict(numbers.SYSTEMS)), Asked("value", "编号", required=True)),),
        targets=on_case,
    ),
    Further(
        "reveal",
        lambda desk, number, v: revealing.reveal(desk, number, reason=v["reason"], note=optional(v, "note")),
        (_fixed(Asked("reason", "事由", dict(revealing.REASONS)), _NOTE),),
        text="谁、何时、因何查看都记入留痕账。确定后显示明文，过一会儿或离开本画面就遮盖。",
        targets=on_case,
    ),
    Further(
        "guide",
        _guide,
        (_GUIDE,),
        text="指引不是拒绝：告诉申请人更方便的渠道，出办事指引单，可在窗口帮办。",
        says="办事指引单已送去出纸",
        preview=_previewed("guidance", _guide),
    ),
    Further(
        "decline",
        _decline,
        (_DECLINE,),
        text="窗口没有否决权：要写明事由，并由第二人确认；收下的材料退还申请人。",
        says="请退还材料",
    ),
    Further(
        "withdraw",
        lambda desk, number, _: departures.withdraw(desk, number),
        text="材料都在本窗口的，当场退还并了结；已经交寄的，先登记撤回请求。",
    ),
    Further(
        "lapse",
        lambda desk, number, _: departures.lapse(desk, number),
        text="申请人逾期没有补正：办件了结，材料留在窗口，等申请人来取。",
    ),
    Further(
        "hand_back",
        lambda desk, number, _: departures.hand_back(desk, number),
        text="把留在窗口的材料退还申请人。请当面点清。",
    ),
    Further(
        "trouble",
        lambda desk, number, v: troubles.trouble(desk, number, kind=v["kind"], text=optional(v, "text")),
        (_fixed(Asked("kind", "怎么了", words(troubles.KINDS)), Asked("text", "说明")),),
        says="已开待办",
    ),
    Further(
        "bind_waybill",
        lambda desk, name, v: results.expect_return(desk, name, waybill=v["waybill"]),
        (_fixed(Asked("waybill", "回程运单", required=True, explains="扫随封套寄去的预付回程运单。")),),
        text="结果回来时扫它，就打开这个送件。",
        targets=_ahead,
    ),
    Further(
        "resolve",
        lambda desk, number, v: troubles.resolve(desk, number, outcome=v["outcome"]),
        (_resolve,),
    ),
    Further(
        "issue_acceptance",
        _accept,
        (_ACCEPTANCE,),
        text="代业务属地出具；只在协议授予收件受理时可以。",
        says="受理通知书已送去出纸",
        preview=_previewed("acceptance", _accept),
    ),
    Further(
        "issue_non_acceptance",
        _refuse,
        (_NON_ACCEPTANCE,),
        text="代业务属地出具，要第二人确认；材料退还，办件了结。",
        says="不予受理通知书已送去出纸",
        preview=_previewed("non_acceptance", _refuse),
    ),
    Further(
        "close_defect",
        lambda desk, name, v: licences.close(desk, name, outcome=v["outcome"], note=optional(v, "note")),
        (_fixed(Asked("outcome", "结果", dict(licences.OUTCOMES)), _NOTE),),
        targets=_defects,
    ),
    Further(
        "invite_rating",
        lambda desk, number, _: ratings.invite(desk, number),
        text="一次办件只邀请一次，不提示等级。",
        targets=_served,
    ),
    Further(
        "record_rating",
        lambda desk, number, v: ratings.record(desk, number, v["kind"]),
        (_fixed(Asked("kind", "结果", {kind: ratings.STEPS[kind] for kind in ratings.KINDS})),),
        targets=_served,
    ),
    Further(
        "answer_rating",
        lambda desk, number, v: ratings.answer(desk, number, outcome=v["outcome"], note=v["note"]),
        (
            _fixed(
                Asked("outcome", "核实结果", dict(ratings.ANSWERS)), Asked("note", "回访情况", required=True)
            ),
        ),
        targets=_badly_rated,
    ),
)


def grading(policy: RatingPolicy) -> Further:
    """登记评价等级, followed up within the days this window's settings name."""
    return Further(
        "record_grade",
        lambda desk, number, v: ratings.record_grade(desk, number, v["grade"], v["source"], policy=policy),
        (_GRADE,),
        text="照评价器或平台给出的等级登记；登记后不能改。",
        targets=_served,
    )


REPRINT = Further(
    "reprint",
    lambda desk, number, v: papers.reprint(desk, number, reason=v["reason"]),
    (_fixed(Asked("reason", "事由", dict(papers.REPRINT_REASONS))),),
    text="新的一张有新编号，写明第几份；原来的一张作废，请销毁。",
    says="原来的一张已作废，请销毁",
)


def _mailed(sight: Sight, _: str) -> list[Target]:
    """The case, once it has a parcel."""
    return [Target(sight.case.number, None)] if sight.file.waybills else []


TRACK = Further("track", lambda _, __, ___: None, targets=_mailed, opens="parcels")


def choices(sight: Sight, policy: RatingPolicy) -> list[tuple[Further, Target]]:
    """Every act of the table on what it could be done to, the possible ones first; and where else to look."""
    table = (*FURTHER, grading(policy), TRACK)
    every = [(further, target) for further in table for target in further.targets_in(sight)]
    return sorted(every, key=lambda choice: choice[1].why_not is not None)
