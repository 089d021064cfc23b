"""Facts of the 办事指引单: where the item is done better, what to bring, what the clerk helped with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from workstation.acts.facts import Facts, numbered, of_case, of_hall
from workstation.acts.facts.known import OF_CASE, OF_HALL, SEQ, Fact, Known, Rows
from workstation.domain.case import Case
from workstation.domain.people import Hall
from workstation.store.work import Work

UNASSISTED = "这次没有帮办；需要时请当场提出"

KNOWN: Known = {
    **OF_HALL,
    **OF_CASE,
    "guidance.channel": Fact("办理方式（指引）", "全程网办"),
    "guidance.entry": Fact("办理入口", "示例政务服务平台“跨省通办”专区，搜索事项名称"),
    "guidance.why": Fact("指引理由", "本事项全程网办，不必到现场提交材料，申请之后可以随时在网上查询进度"),
    "guidance.assist": Fact("窗口帮办", "已在窗口协助网上提交：示例政务服务平台，网上办件编号 示例0001"),
    "rows": Rows(
        "请准备的材料",
        {"seq": SEQ, "name": Fact("材料名称", "居民身份证")},
        further=({"name": "居民户口簿"},),
    ),
}


@dataclass(frozen=True)
class Guidance:
    """Where an applicant is pointed to, in the words of the clerk or the item; nothing here is guessed."""

    channel_word: str
    """全程网办 · 本地就办 · 自助办理 · 现场办理 …"""
    entry: str
    """Where exactly: platform, address or counter."""
    why: str
    """Why this way serves the applicant better."""
    bring: Sequence[str]
    """Names of the papers to bring."""
    assisted: str | None
    """帮办: the platform and its number as recorded; None: the clerk has not helped."""


def facts(work: Work, hall: Hall, case: Case, *, given: Guidance) -> Facts:
    """The way pointed out; no refusal, and the papers have gone back."""
    values = {
        **of_hall(hall, work.stamp.window or case.window),
        **of_case(work, case),
        "guidance.channel": given.channel_word,
        "guidance.entry": given.entry,
        "guidance.why": given.why,
        "guidance.assist": given.assisted or UNASSISTED,
        "rows": numbered([{"name": name} for name in given.bring]),
    }
    return Facts(values, case.number)
