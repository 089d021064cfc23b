"""The letters of the trials of speed: offices with short and long, common and rare names, the same each time.

They lie in a CSV with a head, which every program that is measured reads. Nothing here loads what draws.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from workstation.domain.codes import HallCode, Kind, compose

COUNT, SEED = 500, 1416
#: The head of the CSV: the fields of a face.
FIELDS = ("number", "postcode", "office", "address", "sender", "sender_address", "sender_postcode")

_PROVINCES = ("广西壮族自治区", "新疆维吾尔自治区", "福建省", "内蒙古自治区", "北京市", "黑龙江省")
_PLACES = (
    "南宁市青秀区",
    "伊犁哈萨克自治州察布查尔锡伯自治县",
    "黔西南布依族苗族自治州",
    "浚县",
    "𬱟县𪾢镇",
    "㛃溪䶮乡",
)
_STREETS = ("民族大道100号", "平川街道政务路8号", "Zhongshan Rd. 12", "团结路·北段88号院5号楼", "解放路1号")
_ROOMS = ("", "", "政务服务中心三楼B区12号窗口", "（西门）Room 1203-A")
_BODIES = ("公安局", "人力资源和社会保障局", "医疗保障局", "民政局", "住房公积金管理中心")
_DESKS = ("", "", "户籍科", "跨省通办窗口（代收代办专窗）", "政务服务管理办公室")
_SENDER = {
    "sender": "榕城政务服务中心",
    "sender_address": "榕城区示例路 1 号",
    "sender_postcode": "350001",
}
_HALL, _DAY = HallCode("350102", 1), date(2026, 11, 20)


def write(file: Path, count: int = COUNT) -> list[str]:
    """Write so many letters into a CSV; gives their numbers."""
    letters = list(generated(count))
    with file.open("w", encoding="utf-8", newline="") as rows:
        writer = csv.DictWriter(rows, FIELDS)
        writer.writeheader()
        writer.writerows(letters)
    return [letter["number"] for letter in letters]


def generated(count: int = COUNT) -> Iterator[Mapping[str, str]]:
    """So many letters from one window on one day, each to some office."""
    chance = random.Random(SEED)
    for serial in range(1, count + 1):
        places = "".join(chance.sample(_PLACES, chance.choice((1, 1, 1, 2))))
        street, room = chance.choice(_STREETS), chance.choice(_ROOMS)
        yield {
            "number": compose(Kind.ENVELOPE, _HALL, window=1, day=_DAY, serial=serial),
            "postcode": f"{chance.randrange(1_000_000):06}",
            "office": places + chance.choice(_BODIES) + chance.choice(_DESKS),
            "address": chance.choice(_PROVINCES) + places + street + room,
            **_SENDER,
        }
