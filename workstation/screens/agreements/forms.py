"""What is asked for an agreement: first with whom and about what, then what it grants."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from forms import items
from workstation.acts import agreements, catalogue, checks, inputs, offices
from workstation.acts.desk import Desk
from workstation.domain.office import Agreement, Office
from workstation.screens.dialogs import Asked
from workstation.screens.directory import folded, holds
from workstation.screens.long_form import Sheet, Values

_POWER, _LIMIT = "power.", "limits."
_DEFER, _PLEDGE = "defer.", "pledge."
#: More than these are not read in a list; who looks for another types more of its name.
MOST = 50


@dataclass(frozen=True)
class Parties:
    """With whom and about what: what fits, while it is being chosen."""

    offices: tuple[Office, ...]
    items: tuple[items.Item, ...]


def whom(office: str = "", item: str = "") -> list[Asked]:
    """The first two questions."""
    return [
        Asked("office", "属地部门", value=office, required=True, explains="名称的一部分，或部门代码。"),
        Asked("item", "事项", value=item, required=True, explains="名称、拼音首字母或代码。"),
    ]


def parties(desk: Desk, values: Values) -> Parties:
    """Offices in use and items that fit what was typed; an exact code fits alone."""
    known = [one for one in offices.listed(desk) if one.state == "active"]
    exact = [one for one in known if one.code == offices.folded(values["office"])]
    named = [one for one in known if holds(folded(f"{one.code} {one.name}"), values["office"])]
    found = Parties(tuple((exact or named)[:MOST]), _items(desk, values["item"]))
    _must_be_found("属地部门", bool(found.offices))
    _must_be_found("事项", bool(found.items))
    return found


def _items(desk: Desk, typed: str) -> tuple[items.Item, ...]:
    text = unicodedata.normalize("NFKC", typed).strip()
    with desk.reading() as reading:
        known = {one.code: one for one in catalogue.all_items(reading)}
        if text in known:
            return (known[text],)
        return tuple(known[one.code] for one in catalogue.finder(reading).find(text, MOST))


def _must_be_found(place: str, is_found: bool) -> None:
    if not is_found:
        raise checks.usage("not-chosen", f"{place}没有相符的。", "请换名称的一部分或代码再找。")


def checklist(desk: Desk, office: Office, item: items.Item) -> items.Checklist:
    """The checklist whose rows an agreement of these two can name."""
    with desk.reading() as reading:
        return catalogue.checklist(reading, item.code, office=office.code, division=office.division)


def granting(office: Office, item: items.Item, rows: items.Checklist, today: str) -> Sheet[Agreement]:
    """What the office has agreed for the item; by default nothing."""
    return Sheet(
        f"登记协议 {office.code}/{item.code}",
        list(_asked(rows, today)),
        lambda desk, values: agreements.add(desk, _terms(office, item, values)),
        lambda made: f"已登记协议 {made.id}（{agreements.period(made)}）。",
        text=f"{office.name}　{item.code} {item.title}\n照协议原文勾选；没有勾的一律没有授予。",
    )


def ending(agreement: Agreement, today: str) -> Sheet[Agreement]:
    """The last day on which it holds."""
    return Sheet(
        f"终止协议 {agreement.id}",
        [Asked("on", "最后一天", value=today, required=True)],
        lambda desk, values: agreements.end(desk, agreement.id, on=values["on"]),
        lambda ended: f"协议 {ended.id} 到 {ended.valid_to} 为止，当天仍有效。",
        text=f"现在：{agreements.period(agreement)}。当天仍有效；已按它办的不受影响。",
        yes="终止",
        seen=agreement.version,
    )


def _asked(checklist: items.Checklist, today: str) -> Iterator[Asked]:
    for power, word in agreements.POWERS.items():
        yield Asked(f"{_POWER}{power}", word, tick=True)
    yield Asked("valid_from", "起期", value=today, required=True)
    yield Asked("valid_to", "止期", explains="长期有效的空着。")
    yield Asked("document_number", "名称、文号", explains="照协议原文写；没有就空着。")
    for leg, word in agreements.LEGS.items():
        yield Asked(f"{_LIMIT}{leg}", f"{word}几天", explains="工作日；没有约定的空着。")
    yield Asked("calendar", "哪里的假日", explains="空着按全国；另有规定的填 6 位区划代码。")
    yield Asked("payer_out", "去程邮费", codes=agreements.PAYERS, value="window")
    yield Asked("payer_back", "回程邮费", codes=agreements.PAYERS, value="home")
    yield Asked("return_mode", "结果怎么来", codes=agreements.RETURN_MODES, value="paper")
    rows = [row for row in checklist.rows if not row.exempt]
    for place, word in ((_DEFER, "可容缺"), (_PLEDGE, "可告知承诺")):
        for row in rows:
            yield Asked(f"{place}{row.id}", f"{word}：{row.name}", tick=True)


def _terms(office: Office, item: items.Item, values: Values) -> inputs.Terms:
    return inputs.Terms(
        office=office.code,
        item=item.code,
        powers=_ticked(values, _POWER),
        payer_out=values["payer_out"],
        payer_back=values["payer_back"],
        limits={
            name.removeprefix(_LIMIT): _days(name, text)
            for name, text in values.items()
            if name.startswith(_LIMIT) and text.strip()
        },
        calendar=values["calendar"].strip() or agreements.NATIONAL,
        return_mode=values["return_mode"],
        deferrable_rows=_ticked(values, _DEFER),
        pledgeable_rows=_ticked(values, _PLEDGE),
        valid_from=values["valid_from"],
        valid_to=values["valid_to"].strip() or None,
        document_number=values["document_number"].strip() or None,
    )


def _ticked(values: Values, place: str) -> tuple[str, ...]:
    return tuple(
        name.removeprefix(place) for name, text in values.items() if name.startswith(place) and text == "yes"
    )


def _days(name: str, text: str) -> int:
    digits = unicodedata.normalize("NFKC", text).strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 3):
        raise checks.usage(
            "limit-impossible",
            f"“{agreements.LEGS[name.removeprefix(_LIMIT)]}”不是天数。",
            "请写工作日数，如 3；没有约定的空着。",
        )
    return int(digits)
