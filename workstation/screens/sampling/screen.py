"""抽查: the samples above, the cases of the one under the cursor below; findings, and the seed once more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.widget import Widget

from workstation.acts import papers, sampling, unexplained
from workstation.acts.facts import sampling_sheet
from workstation.acts.sampling import Recomputed, SampleFile
from workstation.domain.paper import Paper
from workstation.domain.sampling import SampleLine
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.policies import SamplingPolicy
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked
from workstation.screens.long_form import AskingScreen, Sheet, Values
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_SAMPLES = (
    Column("抽查", 13),
    Column("期间", 24, flexible=True),
    Column("登记", 6),
    Column("随机", 6),
    Column("抽出", 5),
    Column("未登记", 6),
    Column("抽取", 16, wide_only=True),
)
_LINES = (
    Column("", 2),
    Column("办件", 20),
    Column("为何抽出", 18, flexible=True),
    Column("结果", 12),
    Column("问题", 24, wide_only=True),
)
_ACTS = {"find": "note_finding", "draw": "draw_sample", "sheet": "print_sampling_sheet"}
_SIGNS = {None: "?", "sound": "✓", "defect": "!", "serious": "✗"}
_NOTE = "不写姓名和证件号码；没有问题的不填。"


class SamplingScreen(AskingScreen):
    """The samples and their cases."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "抽查"
    DOES = (
        Do("find", "登记结果", "ctrl+s", "djjg", "光标处的办件看过了：没有问题，或者有什么问题"),
        Do("draw", "抽取", "f2", "cq", "从几天里登记的办件中抽取样本"),
        Do("again", "重算", "f3", "cs", "按种子重算，看抽出的是不是这些"),
        Do("reload", "刷新", "f5", "sx", "重新查一遍"),
        Do("sheet", "抽查单", "f6", "ccd", "出具抽查单，印种子、办件和结果"),
    )
    explains = (
        "上面是历次抽查，下面是光标所在一次抽出的办件，Tab 换到另一边。Enter 打开办件复看，Ctrl+S 登记结果。"
        "随机抽出的由种子决定，谁都可以按抽查单上的种子重算；二次告知、拆封等有标记的一律抽出。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._shown = ""
        """The sample whose cases are shown."""
        self._drew = ""
        """The one just drawn: there goes the cursor."""

    def body(self) -> Iterator[Widget]:
        """The samples, their cases, and all about the line under the cursor."""
        yield RecordList[SampleFile](_SAMPLES, _sample_cells, empty="（还没有抽查过）", id="sampling-samples")
        yield RecordList[SampleLine](_LINES, _line_cells, empty="（没有办件）", id="sampling-lines")
        yield Words("", id="sampling-told")

    def on_mount(self) -> None:
        """Into the cases."""
        self._lines.focus()

    async def load(self) -> None:
        """The samples as they are now; both cursors stay on their lines."""
        if not self.counter.is_signed_in:
            return
        file, line = self._file, self._line
        found = await self.counter.look(sampling.listed)
        names = [one.sample.id for one in found]
        wanted, self._drew = self._drew or (file.sample.id if file else ""), ""
        self._samples.show(found, at=names.index(wanted) if wanted in names else 0)
        self._show_lines(line.case_number if line else None)

    def _show_lines(self, case: str | None = None) -> None:
        self._shown = self._file.sample.id if self._file else ""
        lines: Sequence[SampleLine] = self._file.lines if self._file else ()
        numbers = [line.case_number for line in lines]
        self._lines.show(lines, at=numbers.index(case) if case in numbers else 0)
        self._tell_line()

    def _tell_line(self) -> None:
        said = [_told(self._file), _line_told(self._line)] if self._file else ["F2 抽取样本。"]
        self.query_one("#sampling-told", Words).say("\n".join(filter(None, said)))

    @property
    def _samples(self) -> RecordList[SampleFile]:
        return self.query_one("#sampling-samples", RecordList)

    @property
    def _lines(self) -> RecordList[SampleLine]:
        return self.query_one("#sampling-lines", RecordList)

    @property
    def _file(self) -> SampleFile | None:
        return self._samples.row if self.is_mounted else None

    @property
    def _line(self) -> SampleLine | None:
        return self._lines.row if self.is_mounted else None

    @on(RecordList.Highlighted)
    def _moved(self, event: RecordList.Highlighted) -> None:
        if event.control is self._samples:
            if self._file is not None and self._file.sample.id != self._shown:
                self._show_lines()
        else:
            self._tell_line()
        self.refresh_keys()

    @on(RecordList.Opened)
    def _opened_line(self, event: RecordList.Opened) -> None:
        if event.control is self._samples:
            self._lines.focus()
        elif self._line is not None:
            self.counter.go("case", number=self._line.case_number)

    def why_not(self, name: str) -> str | None:
        """By role, and where there is a line."""
        if (name == "find" and self._line is None) or (name in ("again", "sheet") and self._file is None):
            return "还没有抽查过"
        return self.barred(_ACTS[name]) if name in _ACTS else None

    async def do_reload(self) -> None:
        """Ask again."""
        await self.load()
        self.refresh_keys()

    @property
    def _policy(self) -> SamplingPolicy:
        opened = self.counter.opened
        return opened.settings.sampling if opened else SamplingPolicy()

    def do_draw(self) -> None:
        """Draw a sample of some days."""
        today, policy = unexplained.today(self.desk.store.now()), self._policy
        sheet: Sheet[SampleFile] = Sheet(
            title="抽取样本",
            asked=(
                Asked("since", "从哪一天", value=today, required=True),
                Asked("until", "到哪一天", value=today, required=True),
                Asked("per_mille", "千分之几", value=str(policy.per_mille), required=True),
                Asked("seed", "种子", aside=True, explains="不填就用此刻的链首码。"),
            ),
            act=lambda desk, values: sampling.draw(
                desk,
                values["since"],
                values["until"],
                policy=policy,
                per_mille=_whole(values),
                seed=values["seed"].strip() or None,
            ),
            told=self._drawn,
            text="按登记日期；随机的按比例，二次告知、人工核验、拆封、查看明文等有标记的一律抽出。",
            yes="抽取",
        )
        self.ask(sheet)

    def _drawn(self, file: SampleFile) -> str:
        self._drew = file.sample.id
        return f"已抽取：抽查 {file.sample.id}，抽出 {len(file.lines)} 件"

    def do_find(self) -> None:
        """What was found in the case under the cursor."""
        file, line = self._file, self._line
        if file is None or line is None:
            return
        sheet: Sheet[SampleLine] = Sheet(
            title=f"抽查结果　{line.case_number}",
            asked=(
                Asked("finding", "结果", {code: word(code) for code in sampling.FINDINGS}),
                Asked("note", "问题", explains=_NOTE),
            ),
            act=lambda desk, values: sampling.find(
                desk,
                file.sample.id,
                line.case_number,
                finding=values["finding"],
                note=values["note"].strip() or None,
            ),
            told=lambda found: f"已登记：{found.case_number} {word(found.finding or '')}",
            text=f"抽出的原因：{sampling_sheet.reasons(line)}",
            seen=line.version,
        )
        self.ask(sheet)

    async def do_again(self) -> None:
        """Choose the sample anew from its seed."""
        if self._file is not None:
            name = self._file.sample.id
            found = await self.counter.look(lambda desk: sampling.recompute(desk, name))
            (self.counter.done if found.agrees else self.counter.attention)(_recomputed(found))

    def do_sheet(self) -> None:
        """The sheet of the sample under the cursor."""
        if self._file is not None:
            name = self._file.sample.id
            self.counter.perform(lambda desk: sampling.print_sheet(desk, name), self._printed)

    def _printed(self, paper: Paper) -> None:
        self.counter.done(f"已出具抽查单 {paper.number}。{papers.where(self.desk, paper)}")


def _whole(values: Values) -> int:
    """A share as typed; what is no number is no share."""
    text = values["per_mille"].strip()
    return int(text) if text.isascii() and text.isdigit() else 0


def _sample_cells(file: SampleFile) -> Sequence[str]:
    sample = file.sample
    return (
        sample.id,
        f"{sample.since} 至 {sample.until}",
        str(sample.population),
        f"{sample.share}‰",
        str(len(file.lines)),
        str(file.left) if file.left else "✓",
        minute(sample.drawn_at),
    )


def _line_cells(line: SampleLine) -> Sequence[str]:
    finding = word(line.finding) if line.finding else "没有看过"
    return _SIGNS[line.finding], line.case_number, sampling_sheet.reasons(line), finding, line.note or ""


def _told(file: SampleFile | None) -> str:
    if file is None:
        return ""
    sample = file.sample
    return f"抽查 {sample.id}：{minute(sample.drawn_at)} {sample.drawn_by} 抽取　种子 {sample.seed}"


def _line_told(line: SampleLine | None) -> str:
    if line is None:
        return ""
    head = f"办件 {line.case_number}　为何抽出：{sampling_sheet.reasons(line)}"
    if line.finding is None:
        return f"{head}\n下一步：Enter 打开复看，Ctrl+S 登记结果。"
    note = f"：{line.note}" if line.note else ""
    return f"{head}\n{minute(line.found_at)} {line.found_by}　{word(line.finding)}{note}"


def _recomputed(found: Recomputed) -> str:
    if found.agrees:
        return f"按种子重算：随机抽出的办件相同（登记 {found.population} 件）。"
    return "按种子重算：与抽查不符，请核验留痕账。（命令：sampling recompute）"


OPENS = SamplingScreen
