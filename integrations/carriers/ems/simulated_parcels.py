"""What happens to the parcels of the simulated network: plots, and the events told of them as time goes by.

The codes and words stand here once more, on their own: a slip in the client's table must not repeat itself in
what the client is tried against.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
HOUR = 3600
DAY = 24 * HOUR

#: Hours after the order, code, and the sub-code of a 704 or 705.
Happening = tuple[float, str, str]
#: A plot by its name (`doubled+cancelled:743`), or told event by event.
Said = str | Sequence[Happening]

# 事件冲销: each of these takes back an earlier event of one of its targets.
CANCELS: dict[str, tuple[str, ...]] = {
    "207": ("203",),
    "212": ("208",),
    "304": ("303", "336", "345"),
    "424": ("423",),
    "448": ("447",),
    "472": ("404",),
    "474": ("405",),
    "483": ("482",),
    "742": ("702",),
    "743": ("704",),
    "744": ("705",),
    "EDAD": ("EDA",),
    "EDCD": ("EDC",),
    "EMED": ("EME",),
    "EXAD": ("EXA",),
    "EXBD": ("EXB",),
    "EXCD": ("EXC",),
    "EXDD": ("EXD",),
}

NAMES: dict[str, str] = {
    "013": "订单拦截成功",
    "203": "收寄计费信息",
    "207": "揽收环节删除邮件",
    "208": "客户交接",
    "212": "客户交接取消",
    "303": "揽收批量配发",
    "304": "揽投配发取消",
    "305": "揽投发运/封车",
    "336": "揽收直连配发",
    "345": "揽收扫描配发",
    "404": "交航扫描",
    "405": "库区退回扫描",
    "423": "出口邮件直封封发",
    "424": "出口邮件直封封发删除",
    "447": "退回邮件开拆",
    "448": "退回邮件开拆删除",
    "472": "交航扫描删除",
    "474": "库区退回扫描删除",
    "482": "交换站退回扫描",
    "483": "交换站退回扫描删除",
    "516": "总包到底寄达地",
    "702": "投递下段",
    "704": "投递结果反馈-妥投",
    "705": "投递结果反馈-未妥投",
    "708": "退件登记",
    "711": "退回妥投",
    "741": "妥投退回登记",
    "742": "投递下段撤销",
    "743": "投递妥投撤销",
    "744": "投递未妥投撤销",
    "756": "电子渠道收件人改址",
    "987": "丢失已赔付（赔付给协议客户）",
    "EDA": "进口互换局留存",
    "EDAD": "进口互换局留存删除",
    "EDC": "进口海关放行",
    "EDCD": "进口海关放行删除",
    "EME": "进口海关留存待验",
    "EMED": "进口海关留存待验删除",
    "EXA": "送交出口海关/安全",
    "EXAD": "送交出口海关/安全删除",
    "EXB": "出口海关/安全留存待验",
    "EXBD": "出口海关/安全留存待验删除",
    "EXC": "出口海关/安全放行",
    "EXCD": "出口海关/安全放行删除",
    "EXD": "出口互换局留存",
    "EXDD": "出口互换局留存删除",
}

# What a sentence adds for how it was delivered (704) or why it was not (705).
WORDS: dict[tuple[str, str], str] = {
    ("704", "10"): "本人签收",
    ("704", "50"): "包裹柜",
    ("704", "60"): "收发室",
    ("704", "162"): "办公室收",
    ("704", "166"): "门把手",
    ("704", "180"): "理赔签收",
    ("705", "4"): "收件人不在地址且无法联系",
    ("705", "7"): "拒收",
}

_TAKEN: tuple[Happening, ...] = ((2, "203", ""), (6, "305", ""))
_ROAD: tuple[Happening, ...] = (*_TAKEN, (30, "516", ""), (50, "702", ""))

PLOTS: dict[str, tuple[Happening, ...]] = {
    "plain": (*_ROAD, (60, "704", "60")),
    "reception": (*_ROAD, (60, "704", "60")),
    "person": (*_ROAD, (60, "704", "10")),
    "office": (*_ROAD, (60, "704", "162")),
    "locker": (*_ROAD, (60, "704", "50")),
    "door_handle": (*_ROAD, (60, "704", "166")),
    "compensated": (*_ROAD, (60, "704", "180")),
    "sent_back": (*_ROAD, (60, "705", "7"), (62, "741", ""), (64, "708", ""), (110, "711", "")),
    "intercepted": (*_TAKEN, (20, "013", "")),
    "address_changed": (*_TAKEN, (20, "756", ""), (40, "516", ""), (60, "702", ""), (70, "704", "60")),
    "lost": (*_TAKEN, (200, "987", "")),
    "failed_then_delivered": (*_ROAD, (60, "705", "4"), (84, "705", "4"), (108, "704", "60")),
    "none": (),
}
_MODIFIERS = frozenset({"late", "doubled", "reordered"})


@dataclass(frozen=True)
class Plot:
    """What happens to a parcel, and how it is told."""

    happenings: tuple[Happening, ...]
    late: bool = False
    """For a day nothing is found; then all at once."""
    doubled: bool = False
    reordered: bool = False


@dataclass(frozen=True)
class Way:
    """From where to where: province and city."""

    origin: tuple[str, str] = ("演练省", "演练市")
    target: tuple[str, str] = ("演练省", "远方市")


@dataclass
class Parcel:
    """A waybill and what becomes of it; the carrier's clock is off by `skew` seconds."""

    waybill: str
    said: Said
    since: int
    skew: int = 0
    way: Way = Way()
    asked: int = 0

    def is_taken(self, now: int) -> bool:
        """Whether the carrier has it, so that its order can no longer be cancelled."""
        return bool(self._happened(plot_of(self.said), now))

    def events(self, now: int) -> list[dict[str, str]]:
        """The items of an answer to 040001, as far as they are told now."""
        plot = plot_of(self.said)
        if plot.late and now < self.since + DAY:
            return []
        told = [self._told(happening) for happening in self._happened(plot, now)]
        if plot.doubled:
            told = [event for event in told for _ in range(2)]
        return [*told[::-2], *told[-2::-2]] if plot.reordered else told

    def _happened(self, plot: Plot, now: int) -> list[Happening]:
        return [happening for happening in plot.happenings if self.since + happening[0] * HOUR <= now]

    def _told(self, happening: Happening) -> dict[str, str]:
        hours, code, sub = happening
        province, city = self.way.origin if hours < 30 else self.way.target
        name = NAMES.get(code, "未知事件")
        return {
            "waybillNo": self.waybill,
            "opTime": written(self.since + self.skew + round(hours * HOUR)),
            "opCode": code,
            "opName": name,
            "opDesc": f"【{city}】{name}{WORDS.get((code, sub), '')}，经办人：演练员",
            "opOrgProvName": province,
            "opOrgCity": city,
            "opOrgCode": "00000001" if hours < 30 else "00000002",
            "opOrgName": f"{city}演练营业部",
            "operatorNo": "0000",
            "operatorName": "演练员",
            "deliverCode": sub if code == "704" else "",
            "attemptDeliveryCode": sub if code == "705" else "",
            "productName": "特快专递",
        }


def written(second: int) -> str:
    """A time as the platform writes it: in China, and without a zone."""
    return dt.datetime.fromtimestamp(second, SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def read_time(text: str) -> int:
    """The second that the platform writes so."""
    return round(dt.datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI).timestamp())


def plot_of(said: Said) -> Plot:
    """The plot meant by a name with its modifiers, or by its events; ValueError where nothing is meant."""
    if isinstance(said, str):
        return _named(said)
    return Plot(tuple((hours, code, sub) for hours, code, sub in said))


@lru_cache
def _named(said: str) -> Plot:
    parts = said.split("+")
    modifiers = [part for part in parts if part in _MODIFIERS]
    names = [part for part in parts if part not in _MODIFIERS] or ["plain"]
    if len(names) > 1:
        raise ValueError(f"one plot at a time: {said}")
    name, _, argument = names[0].partition(":")
    return Plot(
        _happenings(name, argument),
        late="late" in modifiers,
        doubled="doubled" in modifiers,
        reordered="reordered" in modifiers,
    )


def _happenings(name: str, argument: str) -> tuple[Happening, ...]:
    if name == "unknown":
        return (*_TAKEN, (20, argument or "X99", ""), *_ROAD[2:], (60, "704", "60"))
    if name in {"cancelled", "undone"}:
        return _cancelled(argument or "743", again=name == "cancelled")
    if argument or name not in PLOTS:
        raise ValueError(f"no such plot: {name}:{argument}")
    return PLOTS[name]


def _cancelled(argument: str, *, again: bool) -> tuple[Happening, ...]:
    """An event, its cancellation, and if `again` the event once more and the rest of the way."""
    code, _, target = argument.partition("/")
    target = target or CANCELS.get(code, ("",))[0]
    if target not in CANCELS.get(code, ()):
        raise ValueError(f"{code} does not cancel {target or 'anything'}")
    plain = PLOTS["plain"]
    known = [happening[1] for happening in plain]
    # Hours between two events of the plain way leave room for three more.
    place = known.index(target) if target in known else 4 if target == "705" else 1
    hour = plain[place][0] if target in known else plain[place - 1][0] + 1
    sub = {"704": "60", "705": "4"}.get(target, "")
    told = (*plain[:place], (hour, target, sub), (hour + 1, code, ""))
    return (*told, (hour + 2, target, sub), *plain[place + (target in known) :]) if again else told
