"""The dialogs of the hand-in: an office from elsewhere or written out, the counts of a paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from workstation.acts import entry
from workstation.acts.entry import Division
from workstation.domain.office import Office
from workstation.errors import Explained
from workstation.screens.dialogs import Asked, Form, Pick
from workstation.screens.intake import materials, offices
from workstation.screens.intake.materials import MaterialLine, MaterialsPart
from workstation.screens.intake.offices import OfficesPart

if TYPE_CHECKING:
    from workstation.app import CounterApp

#: What is wrong with the text of one field of the form, by the field's place.
Check = Callable[[str, str], Explained | None]

_WAYS = (("other", "通讯录里别处的部门（多地联办）"), ("new", "通讯录里没有的部门，现在写上"))


async def office(counter: CounterApp, part: OfficesPart, *, place: str, item: str, check: Check) -> None:
    """Add an office; one that is written out under the cursor is changed instead."""
    written = part.written_out
    if written:
        await _write_out(counter, part, written, check, instead_of=written)
        return
    way = await counter.push_screen_wait(Pick("加一个业务属地部门", _WAYS))
    if way == "new":
        await _write_out(counter, part, {"division": place}, check)
    elif way == "other":
        await _from_elsewhere(counter, part, item)


async def _from_elsewhere(counter: CounterApp, part: OfficesPart, item: str) -> None:
    where = await _division(counter)
    if where is None:
        return
    found = await counter.look(lambda desk: entry.offices_for(desk, where.code, item))
    if not found:
        counter.attention(f"通讯录里没有{where.words}的部门；可以按 F2 写一个。")
        return
    choices = [(each.code, f"{each.name}　{each.code}　{each.address}") for each in found]
    code = await counter.push_screen_wait(Pick(f"{where.words}的部门", choices))
    by_code: dict[str, Office] = {each.code: each for each in found}
    if code is not None:
        part.take(code, by_code[code])


async def _division(counter: CounterApp) -> Division | None:
    asked = Asked("place", "区划", required=True)
    form = Form("哪里的部门？", [asked], text="填 6 位区划代码，或名称的一部分。")
    given = await counter.push_screen_wait(form)
    if given is None:
        return None
    text = given["place"]
    found = [known] if (known := entry.division(text)) else entry.find_divisions(text, limit=20)
    if len(found) <= 1:
        if not found:
            counter.attention(f"区划表里没有“{text}”。")
        return found[0] if found else None
    code = await counter.push_screen_wait(Pick("哪一个？", [(each.code, each.words) for each in found]))
    return next((each for each in found if each.code == code), None)


async def _write_out(
    counter: CounterApp,
    part: OfficesPart,
    given: Mapping[str, Any],
    check: Check,
    *,
    instead_of: dict[str, Any] | None = None,
) -> None:
    wrong: Explained | None = None
    while True:
        form = Form(
            "写一个业务属地部门",
            list(offices.asked_of(given)),
            text="照来源抄写。登记后进入通讯录，标为从未核实。",
            wrong=wrong,
            done="加上",
        )
        values = await counter.push_screen_wait(form)
        if values is None:
            return
        given, wrong = values, offices.wrong_in(values, check)
        if wrong is None:
            office = {name: text.strip() for name, text in values.items() if text.strip()}
            part.take(office, instead_of=instead_of)
            return


async def counts(counter: CounterApp, part: MaterialsPart, line: MaterialLine, *, check: Check) -> None:
    """Ask how many copies and pages of a paper are there."""
    asked, wrong = list(materials.asked_of(part.of(line))), None
    while True:
        form = Form(line.row.name, asked, text=_COUNTS_TEXT, wrong=wrong)
        values = await counter.push_screen_wait(form)
        if values is None:
            return
        wrong = materials.wrong_in(values, check)
        if wrong is None:
            part.count(line, values)
            return
        asked = [Asked(each.name, each.label, value=values[each.name]) for each in asked]


_COUNTS_TEXT = "没有的空着；只写份数的按 1 页算。"
