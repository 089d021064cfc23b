"""扫描枪检查: every key as it came, with the gap before it, and what was made of it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual.widget import Widget

from workstation.domain.bursts import Heard, Outcome
from workstation.screens.base import CounterScreen, Do
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

if TYPE_CHECKING:
    from workstation.acts.scanning import Scanned

_WORDS = {
    Outcome.TYPING: "打字",
    Outcome.BEGUN: "开头",
    Outcome.GOES_ON: "接着",
    Outcome.ENDED_AS_SCAN: "✓ 一次完整的扫描",
    Outcome.ENDED_UNREADABLE: "? 像扫描，读不出",
    Outcome.ENDED_UNFINISHED: "? 没有以回车结尾",
}


class ScannerScreen(CounterScreen):
    """For whoever sets up a scanner."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "扫描枪检查"
    DOES = (Do("clear", "清空", "f2", "qk", "从头看"),)
    explains = (
        "对着任何条码扫一下：每个按键一行。间隔应远小于设置的毫秒数，最后一个应是 enter 或 tab；"
        "全角字符说明输入法开着。设置在 settings.toml 的 [scanner]。"
    )

    def body(self) -> Iterator[Widget]:
        """What is set, and the keys."""
        policy = self.counter.scanner_policy
        prefix = f"，前缀 {policy.prefix!r}" if policy.prefix else "，没有前缀"
        yield Words(
            f"请扫一个条码。设置：间隔 ≤ {policy.gap_ms} 毫秒，至少 {policy.shortest} 个字符{prefix}。",
            id="scanner-policy",
        )
        heads = [
            Column("按键", 24),
            Column("编码", 10),
            Column("间隔", 12),
            Column("判断", 10, flexible=True),
        ]
        yield RecordList[Heard](heads, _cells, empty="（还没有按键）")

    def on_mount(self) -> None:
        """Watch, four times a second."""
        self._watch(on=True)
        self.set_interval(0.25, self._show)
        self.query_one(RecordList).focus()

    def take_scan(self, scanned: Scanned) -> bool:  # noqa: ARG002 - whatever it is
        """Looked at here, and led nowhere."""
        return True

    def on_unmount(self) -> None:
        """Keys that stand alone are nobody's business any more."""
        self._watch(on=False)

    def do_clear(self) -> None:
        """From the beginning."""
        self.counter.listen(self.counter.scanner_policy)
        self._watch(on=True)
        self._show()

    def _watch(self, *, on: bool) -> None:
        if self.counter.bursts is not None:
            self.counter.bursts.watched = on

    def _show(self) -> None:
        trace = self.counter.bursts.trace if self.counter.bursts else ()
        rows = self.query_one(RecordList)
        if tuple(rows.rows) != trace:
            rows.show(trace, at=len(trace) - 1)


def _cells(heard: Heard) -> Sequence[str]:
    code = f"U+{heard.code:04X}" if heard.code is not None else ""
    gap = "" if math.isinf(heard.gap_ms) else f"{heard.gap_ms:.1f} 毫秒"
    return heard.name or "（单独一键）", code, gap, _WORDS[heard.outcome]


OPENS = ScannerScreen
