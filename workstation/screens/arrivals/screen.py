"""到件: the consignments that wait for something from outside, by state; one is opened by number or scan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from textual.containers import Horizontal
from textual.widget import Widget

from workstation.acts import offices, receipts, worklists
from workstation.acts.desk import Desk
from workstation.acts.receipts import Expected
from workstation.acts.scanning import Scanned
from workstation.acts.worklists import Line, Worklist
from workstation.domain import codes
from workstation.domain.consignment import Consignment
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.errors import Explained, Refused
from workstation.screens.arrivals import finding, questions, receiving
from workstation.screens.arrivals.asking import Asking, Given, Question, Values
from workstation.screens.arrivals.consignment import ConsignmentScreen
from workstation.screens.arrivals.receiving import ROWS, Received, Receiving
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked, Pick
from workstation.widgets.field import Field
from workstation.widgets.record_list import Ask, Column, Page, RecordList
from workstation.widgets.words import Words

_LISTS = (
    Worklist.HANDED_OVER,
    Worklist.HOME_CORRECTING,
    Worklist.ACKNOWLEDGED,
    Worklist.ACCEPTED,
    Worklist.DECIDED,
    Worklist.RESULT_RETURNING,
    Worklist.RESULT_ARRIVED,
)
_HEADS = (
    Column("属地", 12, flexible=True),
    Column("申请人", 8),
    Column("办件编号", 20),
    Column("最近一步", 16, wide_only=True),
    Column("事项", 18, wide_only=True),
)
#: Lists whose envelopes are under way: a caller with a reply code speaks of one of them.
_UNDER_WAY = (Worklist.HANDED_OVER, Worklist.HOME_CORRECTING)
#: What a scan can be that leads to a consignment; courier and batch have a screen of their own.
_ELSEWHERE = frozenset({"badge", "batch", "handover_sheet", "foreign_manifest"})


class ArrivalsScreen(Asking):
    """Where every call from a home office and every return envelope begins."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "到件"
    DOES = (Do("receive", "属地签收", "f2", "sdqs", "属地来电报回执码：20 位，或后五位加单位名称"),)
    explains = (
        "扫回程运单、回执联、办件凭证，或在上面输入编号，Enter 打开那个送件。"
        "也可以在左边选状态，右边选送件。来电报五位短码：输入后 Enter。"
    )

    def __init__(self, number: str | None = None) -> None:
        super().__init__()
        self._number = number
        self._counts: dict[str, int] = {}
        self._list: str = Worklist.HANDED_OVER
        self._loaded = False

    def body(self) -> Iterator[Widget]:
        """A number to go to; states on the left, consignments on the right."""
        yield Field(
            "find",
            "编号",
            longest=60,
            explains="办件、送件、封套、回执联编号，运单号，或电话里报的五位短码；Enter 打开。",
        )
        yield Words("扫描，或输入编号、运单号、五位短码，Enter。", id="arrivals-find")
        with Horizontal():
            heads = (Column("等什么", 12, flexible=True), Column("件", 5))
            yield RecordList[str](heads, self._state_cells, id="arrivals-states")
            yield RecordList[Line](_HEADS, _cells, fetch=self._fetch, empty="（没有）", id="arrivals-lines")

    async def load(self) -> None:
        """Counts and the list as they are now; the cursors stay."""
        self._counts = await self.counter.look(worklists.counts)
        self._states.show(_LISTS, at=self._states.cursor)
        await self._lines.reload()
        if not self._loaded:
            self._loaded = True
            self._field.focus()
            if self._number:
                self.beside(partial(self._open, self._number, instead=True))

    @property
    def _states(self) -> RecordList[str]:
        return self.query_one("#arrivals-states", RecordList)

    @property
    def _lines(self) -> RecordList[Line]:
        return self.query_one("#arrivals-lines", RecordList)

    @property
    def _field(self) -> Field:
        return self.query_one("#field-find", Field)

    def why_not(self, name: str) -> str | None:  # noqa: ARG002 - there is one act
        """Whether this person may record what a caller says."""
        return self.barred("acknowledge")

    def _state_cells(self, name: str) -> tuple[str, str]:
        count = self._counts.get(name)
        return worklists.title(name), "" if count is None else worklists.counted(count)

    async def _fetch(self, ask: Ask) -> Page[Line]:
        name = self._list
        return await self.counter.look(
            lambda desk: worklists.page(
                desk, name, after=ask.after, before=ask.before, last=ask.last, count=ask.size
            )
        )

    def on_record_list_highlighted(self, event: RecordList.Highlighted) -> None:
        """Another state: its list."""
        event.stop()
        if event.rows is self._states and event.row is not None and event.row != self._list:
            self._list = event.row
            self.beside(self._lines.load, "list")

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a row."""
        event.stop()
        if event.rows is self._states:
            self._lines.focus()
        else:
            self.app.push_screen(ConsignmentScreen(event.row.id))

    # --- by number

    def on_field_changed(self, event: Field.Changed) -> None:
        """Typing."""
        event.stop()
        event.field.note()

    def on_field_entered(self, event: Field.Entered) -> None:
        """Enter in a field."""
        event.stop()
        text = event.field.value
        if finding.is_short(text):
            self._receive(code=finding.joined(text))
        elif text.strip():
            self.beside(partial(self._open, text))

    async def _open(self, text: str, *, instead: bool = False) -> None:
        """Open the consignment of a number; of several, the chosen one. `instead` of this screen."""
        try:
            found = await self.counter.look(partial(finding.find, text=text))
        except Explained as error:
            self._field.wrong(error.what)
            self.counter.attention(f"{error.what}{error.why}{error.next}")
            return
        name = found[0].id if len(found) == 1 else await self.app.push_screen_wait(_which(found))
        if name is None:
            return
        self._field.value = ""
        if instead:
            self.app.call_later(self.app.switch_screen, ConsignmentScreen(name, text))
        else:
            self.app.push_screen(ConsignmentScreen(name, text))

    def take_scan(self, scanned: Scanned) -> bool:
        """Whatever leads to a consignment opens it."""
        if self.asking == "receive" and scanned.kind == "reply_slip":
            self.fill(code=scanned.code, channel="slip")
            return True
        if self.app.screen.is_modal or scanned.kind in _ELSEWHERE:
            return False
        self.beside(partial(self._open, scanned.code))
        return True

    # --- a caller with a code

    def do_receive(self) -> None:
        """属地签收, by the code alone."""
        self._receive()

    def _receive(self, **filled: str) -> None:
        reason = self.why_not("receive")
        if reason is not None:
            self.counter.cannot("属地签收", reason)
            return
        line = self._lines.row
        if line is not None and self._lines.has_focus and self._list in _UNDER_WAY:
            filled.setdefault("office", line.office)
        self.ask("receive", **filled)

    async def _answered(self, name: str, question: Question, result: object) -> None:
        """The code has done its work: what is typed next is another number."""
        if finding.is_short(self._field.value):
            self._field.value = ""
        await super()._answered(name, question, result)

    def question(self, name: str) -> Question:  # noqa: ARG002 - there is one
        """The code, and for its short form whose it is."""
        return Question(
            title="属地签收",
            text="请对方报单位名称和回执码；只报后五位的，填上单位名称。",
            asked=(
                Asked("code", "回执码", required=True, explains="20 位，或后五位；也可以扫。"),
                Asked("channel", "途径", questions.CHANNELS),
                Asked("office", "对方单位", explains="只报五位时要填：名称或其中几个字，能认出是哪一家。"),
                ROWS,
            ),
            act=_acknowledge,
            told=receiving.told,
            form=partial(Receiving, look=_listed, by=("code", "office")),
        )


def _listed(desk: Desk, values: Values) -> Expected | None:
    """The rows of the envelope a caller speaks of, once the code is whole."""
    code, named = finding.joined(values["code"]), values["office"].strip()
    if finding.is_short(code):
        return receipts.listed(desk, code, _office(desk, named)) if named else None
    return receipts.listed(desk, code) if len(code) == codes.LENGTH else None


def _acknowledge(desk: Desk, given: Given) -> Received:
    code, named, rows = given.text("code"), given.text("office"), given.text("rows")
    office, channel = _office(desk, named) if finding.is_short(code) else None, given.text("channel")
    envelope = receipts.acknowledge(desk, finding.joined(code), channel=channel, office=office, rows=rows)
    return Received(envelope, receipts.ticked(rows))


def _office(desk: Desk, named: str) -> str:
    """The one office that is meant; refused if it could be another."""
    known = offices.listed(desk)
    found = [o for o in known if named and o.name == named] or [o for o in known if named and named in o.name]
    if len(found) == 1:
        return found[0].code
    several = "、".join(office.name for office in found[:3])
    raise Refused(
        "office-unclear",
        what="没有认出是哪个单位，没有登记签收。",
        why=f"有 {len(found)} 个单位：{several}{'等' if len(found) > 3 else ''}。"
        if found
        else "名录里没有这样的单位。",
        next="短码要连同单位名称核对：请把名称写全，或请对方报 20 位全码。",
    )


def _which(found: Sequence[Consignment]) -> Pick:
    lines = [(c.id, f"{c.ordinal} 号送件　{word(c.state)}　{c.office_name}") for c in found]
    return Pick("哪一个送件？", lines)


def _cells(line: Line) -> Sequence[str]:
    return line.office, line.applicant, line.number, minute(line.at), line.title


OPENS = ArrivalsScreen
