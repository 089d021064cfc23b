"""Facts of the 抽查单: seed, case numbers, why each was chosen and what was found; nobody's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workstation.acts.facts import Facts, numbered, of_hall
from workstation.acts.facts.known import OF_HALL, SEQ, Fact, Known, Rows
from workstation.domain.people import Hall
from workstation.domain.times import minute
from workstation.domain.words import word

if TYPE_CHECKING:
    from workstation.acts.sampling import SampleFile
    from workstation.domain.sampling import SampleLine

RANDOM = "random"
#: What brings a case into every sample.
FLAGS = {
    "second_notice": "二次告知",
    "manual_identity": "人工核验或核验不通过",
    "seal_reopened": "拆封",
    "seal_voided": "作废已封装的封套",
    "revealed": "查看明文",
    "left_out": "装袋时留下材料",
}

KNOWN: Known = {
    **OF_HALL,
    "sample.id": Fact("抽查编号", "2026-11-20-1"),
    "sample.span": Fact("抽查期间", "2026-11-20 至 2026-11-20"),
    "sample.drawn_at": Fact("抽取时间", "2026-11-20 16:50"),
    "sample.drawn_by": Fact("抽取人", "2001"),
    "sample.seed": Fact("种子", "0000052331006062428060509553957313612959"),
    "sample.share": Fact("随机比例，千分之几", "50"),
    "sample.population": Fact("抽查期间登记的办件数", "26"),
    "sample.digest": Fact("办件编号的摘要", "5f6e1c2b" * 8),
    "count.cases": Fact("抽出的办件数", "2"),
    "count.left": Fact("还没有登记结果的办件数", "1"),
    "sample_rows": Rows(
        "抽出的办件",
        {
            "seq": SEQ,
            "number": Fact("办件编号", "13508249992632400016"),
            "chosen": Fact("为何抽出", "随机"),
            "finding": Fact("结果", "没有问题"),
            "note": Fact("问题", ""),
            "by": Fact("查看人", "2001"),
        },
        further=({"number": "13508249992632400024", "chosen": "二次告知", "finding": "", "by": ""},),
    ),
}


def facts(hall: Hall, window: int, file: SampleFile) -> Facts:
    """A sample as it stands: what was not looked at yet stays empty, to be filled in by hand."""
    sample = file.sample
    values = {
        **of_hall(hall, window),
        "sample.id": sample.id,
        "sample.span": f"{sample.since} 至 {sample.until}",
        "sample.drawn_at": minute(sample.drawn_at),
        "sample.drawn_by": sample.drawn_by,
        "sample.seed": sample.seed,
        "sample.share": str(sample.share),
        "sample.population": str(sample.population),
        "sample.digest": sample.digest,
        "count.cases": str(len(file.lines)),
        "count.left": str(file.left),
        "sample_rows": numbered(rows(file)),
    }
    return Facts(values)


def rows(file: SampleFile) -> list[dict[str, str]]:
    """The cases, each with why it was chosen and what was found."""
    return [
        {
            "number": line.case_number,
            "chosen": reasons(line),
            "finding": word(line.finding) if line.finding else "",
            "note": line.note or "",
            "by": line.found_by or "",
        }
        for line in file.lines
    ]


def reasons(line: SampleLine) -> str:
    """Why a case is in its sample, in words."""
    return "、".join(FLAGS.get(flag, "随机") for flag in line.chosen.split(","))
