"""Items 事项 as this hall has them: its own beside the national list, another mode, and how many go through.

An edition names the document or decision behind it; former ones are kept. How they hold is in `catalogue`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import msgspec

from forms import items, pinyin
from forms.identifiers import plain_text
from forms.items import finder
from workstation.acts import catalogue, checks
from workstation.acts.desk import Desk
from workstation.acts.inputs import HallItem
from workstation.domain.guide import ItemVersion
from workstation.domain.roles import Role
from workstation.errors import Refused
from workstation.store.statements import items as sql
from workstation.store.work import Reading, Work

#: Like a number of the national list, or a word of the hall's own; never a number with zeros before it.
_CODE = re.compile(r"(?!0[0-9]*\Z)[A-Za-z0-9][A-Za-z0-9-]{0,19}")
_LONGEST_NAME = 100


@dataclass(frozen=True)
class Rate:
    """实时可通办率 of one item, by our own definition: no national one is known to us (GAP).

    Of the cases of the item registered in the period, those this window could take in and pass on by their
    first hand-in: the formal review passed, or the clerk helped online (指引并帮办), and no notice
    (一次性告知) called for a second visit. A case not reviewed yet counts as not passed on.
    """

    cases: int
    done_at_once: int

    @property
    def share(self) -> float | None:
        """From 0 to 1; None where there was no case."""
        return self.done_at_once / self.cases if self.cases else None


def add(desk: Desk, item: HallItem) -> ItemVersion:
    """新增事项: an item of this hall's own, such as one of the second national batch."""
    item = _checked(item)
    source, source_date = catalogue.sourced(item.source, item.source_date, now=desk.store.now())
    # Loading the dictionary of pinyin takes a quarter of a second, during which nobody else shall wait.
    initials, spelled = pinyin.initials(item.title), pinyin.spelled(item.title)
    with desk.act("add_item") as work:
        second = _second(desk, "add_item")
        _must_be_free(work, item.code)
        version = ItemVersion(
            id=f"{item.code}/1",
            code=item.code,
            edition=1,
            title=item.title,
            scenario=item.scenario,
            modes=",".join(item.modes),
            basis_place=item.basis_place,
            lead_ministry=item.lead_ministry,
            cooperating_ministries="、".join(item.cooperating_ministries),
            provincial_department=item.provincial_department,
            source=source,
            source_date=source_date,
            added_at=work.now,
            added_by=desk.signed_in().code,
            second=second,
            initials=initials,
            pinyin=spelled,
        )
        return _noted(work, version)


def set_mode(desk: Desk, code: str, modes: Sequence[str], *, source: str, source_date: str) -> ItemVersion:
    """更改办理方式: an item is done otherwise than it was; the former edition is kept."""
    modes = _modes(modes)
    source, source_date = catalogue.sourced(source, source_date, now=desk.store.now())
    national = finder.national()
    with desk.act("set_mode") as work:
        second = _second(desk, "set_mode")
        item = catalogue.item(work, code)
        if set(item.modes) == set(modes):
            raise _same_modes(item)
        editions = work.item_versions.where(code=item.code)
        live = next((one for one in editions if one.state == "live"), None)
        if live:
            work.item_versions.save(replace(live, state="former"))
        edition = max((one.edition for one in editions), default=0) + 1
        version = replace(
            live or _as_listed(item, national),
            id=f"{item.code}/{edition}",
            edition=edition,
            modes=",".join(modes),
            source=source,
            source_date=source_date,
            added_at=work.now,
            added_by=desk.signed_in().code,
            second=second,
        )
        return _noted(work, version)


def rate(desk: Desk, code: str, since: str | None = None, until: str | None = None) -> Rate:
    """实时可通办率 of an item over the cases registered from one day to another; see `Rate`."""
    span = _span(since, until, desk.store.now())
    with desk.reading() as reading:
        item = catalogue.item(reading, code)
        return _rates(reading, sql.RATE, item=item.code, **span).get(item.code, Rate(0, 0))


def rates(desk: Desk, since: str | None = None, until: str | None = None) -> dict[str, Rate]:
    """The same of every item that had a case, by code."""
    span = _span(since, until, desk.store.now())
    with desk.reading() as reading:
        found = _rates(reading, sql.RATES, **span)
    return {code: found[code] for code in sorted(found, key=catalogue.code_order)}


def _rates(reading: Reading, statement: str, **values: str | int) -> dict[str, Rate]:
    return {line["item"]: Rate(line["cases"], line["done"]) for line in reading.lines(statement, **values)}


def _span(since: str | None, until: str | None, now: int) -> dict[str, int]:
    begins, ends = checks.span(since, until, now)
    return {"since": begins, "until": ends}


def _checked(item: HallItem) -> HallItem:
    name = partial(plain_text.validate, longest=_LONGEST_NAME)
    optional = partial(plain_text.validate, longest=_LONGEST_NAME, required=False)
    return msgspec.structs.replace(
        item,
        code=_code(item.code),
        title=checks.field("title", name, item.title),
        scenario=checks.field("scenario", plain_text.validate, item.scenario),
        modes=_modes(item.modes),
        basis_place=checks.one_of("basis_place", item.basis_place, tuple(items.BasisPlace)),
        lead_ministry=checks.field("lead_ministry", optional, item.lead_ministry),
        cooperating_ministries=tuple(
            checks.field(f"cooperating_ministries[{i}]", name, ministry)
            for i, ministry in enumerate(item.cooperating_ministries)
        ),
        provincial_department=checks.field("provincial_department", optional, item.provincial_department),
    )


def _code(text: str) -> str:
    code = unicodedata.normalize("NFKC", text).strip()
    if not _CODE.fullmatch(code):
        raise checks.usage(
            "item-code",
            "事项代码不合要求。",
            "代码用字母、数字和连字符，不超过 20 位；纯数字的不以 0 开头。",
        )
    return code


def _modes(modes: Sequence[str]) -> tuple[str, ...]:
    """Known modes, each once, that say what the counter does."""
    known = tuple(items.Mode(checks.one_of("modes", mode, tuple(items.Mode))) for mode in modes)
    try:
        items.path_of(known)
    except items.NoPath as error:
        raise checks.usage(
            "modes-without-path",
            "这些办理方式说不出窗口该怎么办。",
            "请再加上一种能定下办法的方式，如异地代收代办、全程网办。（命令：collect_elsewhere、online）",
        ) from error
    return tuple(dict.fromkeys(known))


def _second(desk: Desk, act: str) -> str | None:
    """A supervisor does it alone; who administers the system needs one beside (design §5)."""
    return None if desk.signed_in().role == Role.SUPERVISOR else desk.confirmed(act)


def _must_be_free(work: Work, code: str) -> None:
    taken = {item.code.casefold(): item for item in catalogue.all_items(work)}
    if item := taken.get(code.casefold()):
        raise Refused(
            "item-code-taken",
            what=f"代码 {code} 已经有事项了，没有新增。",
            why=f"{item.code} 是“{item.title}”；代码不分大小写，只能指一个事项。",
            next="请换一个代码；要改这个事项，请更改它的办理方式。（命令：item mode）",
        )


def _same_modes(item: items.Item) -> Refused:
    modes = "、".join(items.MODE_WORDS[mode] for mode in item.modes)
    return Refused(
        "mode-unchanged",
        what=f"{item.code}“{item.title}”的办理方式没有变化，没有更改。",
        why=f"现在就是：{modes}；来源：{item.source}。",
        next="不必更改；确有变化的，请核对所选的方式。（命令：item show、--mode）",
    )


def _as_listed(item: items.Item, national: finder.Finder) -> ItemVersion:
    """What the national list says, as an edition to be changed."""
    entry = national.find(item.code, 1)[0]  # an exact code is found first
    return ItemVersion(
        id="",
        code=item.code,
        edition=0,
        title=item.title,
        scenario=item.scenario,
        modes="",
        basis_place=item.basis_place,
        lead_ministry=item.lead_ministry,
        cooperating_ministries="、".join(item.cooperating_ministries),
        provincial_department=item.provincial_department,
        source="",
        source_date="",
        added_at=0,
        added_by="",
        initials=entry.initials,
        pinyin=entry.pinyin,
    )


def _noted(work: Work, version: ItemVersion) -> ItemVersion:
    work.object = version.code
    work.facts = {"item": version.code, "edition": version.edition, "modes": version.modes}
    return work.item_versions.add(version)
