"""工作台: what waits, by state with counts on the left, and the list of one state on the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget

from workstation.acts import drafts, masking, offers, worklists
from workstation.acts.worklists import Line, Worklist
from workstation.domain import draft as drafting
from workstation.domain.draft import Draft
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.screens.base import CounterScreen, Do
from workstation.screens.dialogs import Pick
from workstation.widgets.record_list import Ask, Column, Page, RecordList, Whole

DRAFTS = "drafts"
_LISTS = (DRAFTS, *Worklist)
#: What is begun from here, by the act it begins with.
_BEGINS = {"register": "register", "courier": "open_batch"}
#: The screens about what is on its way, by what one wants to know.
_MAIL = (
    ("parcels", "邮件轨迹　每个封套、每件结果现在在哪里"),
    ("outbox", "下单　　　向邮政下的单，没有运单的封套"),
    ("tasks", "待办　　　退回、丢失、签收不明……要办的事"),
    ("silent", "沉默属地　该回音而没有回音的部门"),
)
#: The screens of those who supervise.
_SUPERVISION = (
    ("queue", "督办队列　逾期的、停着的、要过目的，最急的在前"),
    ("closing", "日清月结　核清之后关闭当日，出具日清单"),
    ("sampling", "抽查　　　抽出办件复看，登记结果"),
    ("statistics", "统计　　　跨域通办办件统计"),
    ("registers", "登记簿　　收件台账、寄件、收件、交接、邮费"),
    ("bypass", "体外循环　收件不登记、不告知的迹象"),
    ("archives", "归档　　　办结办件的归档包"),
    ("history", "旧台账　　导入、查找以前的 Excel 台账"),
)
_HEADS = (
    Column("编号", 20),
    Column("状态", 12),
    Column("申请人", 8),
    Column("事项", 10, flexible=True),
    Column("时间", 16, wide_only=True),
    Column("属地", 14, flexible=True, wide_only=True),
)


class WorklistScreen(CounterScreen):
    """The first screen of everybody at the counter."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "工作台"
    DOES = (
        Do("register", "收件", "f2", "sj", "登记一个新的办件", opens="intake"),
        Do("resume", "草稿", "f3", "cg", "接着填没有办完的"),
        Do("courier", "交寄", "f7", "jj", "揽投员来取件：扫胸牌，逐件扫描", opens="courier"),
        Do("arrivals", "到件", "f8", "dj", "属地签收、决定、结果到窗", opens="arrivals"),
        Do("doings", "今日", "f9", "jr", "今天写了什么、印了什么、还有什么在等", opens="doings"),
        Do("mail", "邮件", "ctrl+o", "yj", "邮件轨迹、下单、待办、沉默的属地"),
        Do("supervise", "值班", "ctrl+b", "zb", "督办队列、日清月结、抽查、统计、登记簿、归档"),
    )
    explains = "左边选状态，右边选办件，Enter 打开。Tab 在两边之间切换；任何时候都可以直接扫描。"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "reload", "刷新", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self._list: str = Worklist.REGISTERED
        self._loaded = False

    def body(self) -> Iterator[Widget]:
        """States on the left, cases on the right."""
        with Horizontal():
            yield RecordList[str](
                (Column("状态", 12, flexible=True), Column("件", 5)), self._state_cells, id="states"
            )
            yield RecordList[Line](_HEADS, _cells, fetch=self._fetch, empty="（没有）", id="lines")

    async def load(self) -> None:
        """Counts and the list as they are now; the cursors stay."""
        if not self.counter.is_signed_in:
            return
        self._counts = dict(await self.counter.look(worklists.counts))
        self._counts[DRAFTS] = await self.counter.do(self._count_drafts)
        states = self._states
        at = states.cursor if self._loaded else _LISTS.index(Worklist.REGISTERED)
        states.show(_LISTS, at=at)
        await self._lines.reload()
        if not self._loaded:
            self._loaded = True
            states.focus()

    def why_not(self, name: str) -> str | None:
        """Whether there is anything to go on with."""
        if name == "resume" and not self._counts.get(DRAFTS):
            return "没有草稿"
        return offers.barred(self.desk, _BEGINS[name]) if name in _BEGINS else None

    @property
    def _states(self) -> RecordList[str]:
        return self.query_one("#states", RecordList)

    @property
    def _lines(self) -> RecordList[Line]:
        return self.query_one("#lines", RecordList)

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another state: its list."""
        if event.rows is self._states and event.row is not None and event.row != self._list:
            self._list = event.row
            self._load_list()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: into the list, or into what is on its line."""
        if event.rows is self._states:
            self._lines.focus()
        elif self._list == DRAFTS:
            self.counter.resume(event.row.draft)
        else:
            self.counter.go("case", number=event.row.number)

    @work(group="list", exclusive=True)
    async def _load_list(self) -> None:
        await self._lines.load()

    async def action_reload(self) -> None:
        """Ask again."""
        await self.load()

    def do_register(self) -> None:
        """A new hand-in."""
        self.counter.go("intake")

    def do_resume(self) -> None:
        """To the drafts."""
        self._states.to(_LISTS.index(DRAFTS))
        self._lines.focus()

    def do_courier(self) -> None:
        """The courier is here."""
        self.counter.go("courier")

    def do_arrivals(self) -> None:
        """News and papers from home offices."""
        self.counter.go("arrivals")

    def do_doings(self) -> None:
        """What was done today."""
        self.counter.go("doings")

    def do_mail(self) -> None:
        """One of the screens about what is on its way."""
        self.app.push_screen(Pick("邮件", _MAIL), self._to_screen)

    def do_supervise(self) -> None:
        """One of the screens of those who supervise."""
        self.app.push_screen(Pick("值班", _SUPERVISION), self._to_screen)

    def _to_screen(self, screen: str | None) -> None:
        if screen:
            self.counter.go(screen)

    async def _fetch(self, ask: Ask) -> Page[Line]:
        name = self._list
        if name == DRAFTS:
            return await self.counter.do(self._drafts)
        return await self.counter.look(
            lambda desk: worklists.page(
                desk, name, after=ask.after, before=ask.before, last=ask.last, count=ask.size
            )
        )

    def _state_cells(self, name: str) -> tuple[str, str]:
        count = self._counts.get(name)
        return _title(name), "" if count is None else worklists.counted(count)

    def _count_drafts(self) -> int:
        return len(drafts.listed(self.desk).drafts)

    def _drafts(self) -> Whole[Any]:
        return Whole([_DraftLine.of(draft) for draft in drafts.listed(self.desk).drafts])


@dataclass(frozen=True)
class _DraftLine:
    """A draft as a line of the list."""

    draft: Draft
    key: str
    number: str
    state: str
    applicant: str
    at: int
    title: str
    office: str

    @classmethod
    def of(cls, draft: Draft) -> _DraftLine:
        """A draft with what its title names masked."""
        name = masking.mask("name", draft.title) or ""
        kind = drafting.word(draft.kind)
        return cls(draft, draft.id, draft.object or draft.id, draft.state, name, draft.changed_at, kind, "")


def _cells(line: Line | _DraftLine) -> Sequence[str]:
    state = drafting.word(line.state) if isinstance(line, _DraftLine) else word(line.state)
    return line.number, state, line.applicant, line.title, minute(line.at), line.office


def _title(name: str) -> str:
    return "草稿" if name == DRAFTS else worklists.title(name)


OPENS = WorklistScreen
