"""An item in words: its line, all columns of the list, its checklist row by row, what the hall has said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from forms import items
from forms.items import ChecklistRow
from forms.review import DEFECTS
from workstation.acts import agreements, catalogue
from workstation.acts.hall_items import Rate
from workstation.domain.guide import Guide, ItemVersion
from workstation.domain.office import Agreement
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.screens.agreements.saying import powers
from workstation.screens.items import looking
from workstation.screens.items.looking import Known, Sight

_ORIGINS = {
    items.Origin.GUIDE: "本大厅办事指南",
    items.Origin.JURISDICTION: "属地清单",
    items.Origin.ITEM: "事项清单",
    items.Origin.GENERIC: "通用清单",
}
_BATCHES = {"2020": "2020 年底前", "2021": "2021 年底前", "later": "2021 年以后"}
_STATUSES = {items.Status.DONE: "已完成", items.Status.DUE: "有期限", items.Status.PENDING: "按统一部署"}
_DEFINITION = (
    f"近 {looking.RATE_DAYS} 天登记的办件中，一次交件、未经一次性告知就通过形式审查或在窗口帮办的比例；"
    "没有查到全国统一口径，按本系统口径"
)
NONE = "未载明"


def cells(known: Known, item: items.Item) -> Sequence[str]:
    """Code, title, what the counter does, rate, place, whether the hall has said something itself."""
    rate = known.rates.get(item.code)
    own = ("更改" if item.mode_text else "新增") if item.code in known.own else ""
    how = catalogue.path_word(item)
    return item.code, item.title, how, share(rate) if rate else "", item.basis_place, modes(item.modes), own


def share(rate: Rate) -> str:
    """A rate as people read it."""
    return "无办件" if rate.share is None else f"{rate.share:.0%}"


def modes(of: Sequence[str]) -> str:
    """Modes in the list's words."""
    return "、".join(items.MODE_WORDS[items.Mode(mode)] for mode in of)


def head(sight: Sight) -> str:
    """What one wants to know first."""
    item, rate = sight.item, sight.rate
    words = f"（“{item.basis_words}”）" if item.basis_words else ""
    done = f"　{rate.done_at_once}/{rate.cases} 件一次办成" if rate.cases else ""
    return "\n".join((
        f"{item.code}　{item.title}",
        f"窗口怎么办：{_how(item)}",
        f"属地依据：{item.basis_place}{words}　可通办率：{share(rate)}{done}",
    ))  # fmt: skip


def _how(item: items.Item) -> str:
    path, way = catalogue.path_word(item), modes(item.modes)
    return path if way in path else f"{path}（{way}）"


def listed(sight: Sight) -> str:
    """The other columns of the list."""
    item = sight.item
    cooperating = "、".join(item.cooperating_ministries)
    batch = "不在全国清单里"
    if item.batch:
        status = _STATUSES[item.status]
        batch = f"{_BATCHES.get(item.batch, item.batch)}，序号 {item.batch_no}，当时：{status}"
    return "\n".join((
        f"应用场景：{item.scenario}",
        f"实现形式：{item.mode_text or NONE}",
        f"清单批次：{batch}　完成时限：{item.due_text or NONE}",
        f"牵头单位：{item.lead_ministry or NONE}　配合单位：{cooperating or NONE}",
        f"省牵头单位：{item.provincial_department or NONE}",
        f"来源：{item.source}（{item.source_date.isoformat()}）",
        f"可通办率：{_DEFINITION}。",
    ))  # fmt: skip


def papers(sight: Sight) -> str:
    """Whose checklist holds, and its rows with what is looked at."""
    checklist = sight.checklist
    for_whom = f"，{sight.place}" if sight.place else "，没有指定属地（F3 换）"
    lines = [
        f"材料清单：{_ORIGINS[checklist.origin]}{for_whom}",
        f"版本 {checklist.version}，{checklist.date.isoformat()}，{checklist.mark}",
    ]
    if sight.guide is not None:
        lines.append(f"适用于{scope(sight.guide.scope)}；来源：{sight.guide.source}")
    for at, row in enumerate(checklist.rows, start=1):
        lines += ["", *_row(at, row)]
    return "\n".join(lines)


def _row(at: int, row: ChecklistRow) -> Iterator[str]:
    when = "免提交：不得向申请人要" if row.exempt else row.condition or "必需"
    marks = "　可容缺" if row.deferrable else ""
    yield f"{at}. {row.name}　{word(row.form)} {row.copies} 份　{when}{marks}"
    yield f"审查要点：{row.standard}"
    if row.faults:
        yield f"常见缺陷：{'、'.join(DEFECTS[f].word if f in DEFECTS else f for f in row.faults)}"
    if row.sample:
        yield _headed("示例", row.sample)
    by = f"出具：{row.from_whom}　" if row.from_whom else ""
    yield by + _headed("来源", row.source)


def _headed(title: str, text: str) -> str:
    """A text with its title; many have it in them."""
    return text if text.startswith(f"{title}：") else f"{title}：{text}"


def others(sight: Sight) -> str:
    """Agreements about the item, the hall's guides for it, and its editions here."""
    sections = (
        _section("协议", map(_agreement, sight.agreements)),
        _section("办事指南", map(_guide, sight.guides)),
        _section("本大厅的版本", map(_edition, sight.editions)),
    )
    return "\n".join(sections)


def _section(title: str, told: Iterable[str]) -> str:
    lines = [f"· {line}" for line in told]
    return "\n".join([f"{title}：", *lines]) if lines else f"{title}：无"


def _agreement(one: Agreement) -> str:
    return f"{one.office}　{agreements.period(one)}　{powers(one)}"


def _guide(one: Guide) -> str:
    return f"{one.id}　适用于{scope(one.scope)}　{one.source}　{minute(one.imported_at)} 导入"


def _edition(one: ItemVersion) -> str:
    second = f"，复核 {one.second}" if one.second else ""
    said = f"{one.source}（{one.source_date}）"
    return f"第 {one.edition} 版　{modes(one.modes.split(','))}　{said}　经办 {one.added_by}{second}"


def scope(of: str) -> str:
    """For whom a guide holds."""
    if of == catalogue.ALL_OFFICES:
        return "全部属地部门"
    return looking.division(of) if of.isdigit() and len(of) == 6 else of
