"""One consignment on its way: what the home office says of it, and the check of what comes back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from workstation.acts.scanning import Scanned
from workstation.domain.case import Piece
from workstation.domain.words import word
from workstation.errors import Explained, on_screen
from workstation.screens.arrivals import questions, saying
from workstation.screens.arrivals.asking import Question
from workstation.screens.arrivals.unannounced import Unannounced
from workstation.screens.arrivals.way import Way, look
from workstation.screens.base import Do
from workstation.screens.dialogs import Pick
from workstation.widgets.field import Field
from workstation.widgets.frame import Key, Keys
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (
    Column("核对", 7),
    Column("材料、文书", 12, flexible=True),
    Column("形式", 8),
    Column("份", 3),
    Column("在哪里", 24),
)
#: What is needed more rarely: one key, and a list.
_RARER = {
    "send_back": "属地退件",
    "by_hand": "凭通话签收：报不出回执码",
    "trouble": "邮件异常：退回、丢失、破损",
    "wrong_inside": "内件错装：属地收到的不是清单上的",
    "resolve": "异常处理",
    "contact": "联系登记",
    "tasks": "待办",
    "case": "打开办件",
}


class ConsignmentScreen(Unannounced):
    """From the courier's hand to the result shelf."""

    CSS_PATH = "consignment.tcss"
    TITLE_WORD = "到件"
    DOES = (
        Do("receive", "属地签收", "f2", "sdqs", "凭回执码登记属地签收"),
        Do("accept", "属地受理", "f4", "sdsl", "属地受理了这个送件"),
        Do("correct", "属地补正", "f5", "sdbz", "属地要申请人补材料"),
        Do("decide", "属地决定", "f6", "sdjd", "属地的决定，结果怎么来"),
        Do("post_back", "回寄", "f7", "hj", "结果已寄出；也可以直接扫回程运单"),
        Do("arrive", "到窗", "ctrl+s", "dc", "核对完内件，登记到窗"),
        Do("serve", "送达", "f9", "sd", "把结果交给申请人"),
        Do("other", "其他", "ctrl+o", "qt", "退件、凭通话签收、邮件异常、联系登记、打开办件"),
        Do("by_hand", "凭通话签收", "", "pthqs", "对方报不出回执码，凭姓名和通话登记属地签收"),
    )
    explains = (
        "上面是这个送件走到哪一步，下面是每份材料在哪里。结果到了：有的按空格，份数不同按 Enter，"
        "没有的留空，写上货位，^S 到窗。"
    )

    def __init__(self, name: str, found_by: str = "") -> None:
        super().__init__(name, found_by)
        self._trouble = ""
        self._has_begun = False

    def body(self) -> Iterator[Widget]:
        """The way so far, what comes next, the papers, and what the check comes to."""
        yield Words("", id="way-head")
        yield Words("", id="way-next")
        with Horizontal():
            with Vertical():
                yield Words("", id="way-dates")
                rows: RecordList[Piece] = RecordList(_HEADS, self._cells, empty="（没有材料）", id="way-rows")
                rows.explains = "↑↓ 移动；到窗核对时空格打勾，Enter 填实收份数。"
                yield rows
                yield Field("place", "货位", longest=40, explains="结果放在哪个货位，领取时照此找。")
                yield Words("", id="way-sum")
            yield Words("", id="way-beside")

    # --- what is shown

    async def load(self) -> None:
        """The consignment as it is now; what was ticked and typed stays."""
        is_first = not self._has_begun
        try:
            self.way = await self.counter.look(partial(look, name=self.consignment))
            self._has_begun = True
            if is_first:
                await self.resume(self.way)
        except Explained as error:
            self._trouble = error.what
            self.query_one("#way-next", Words).say(on_screen(f"✗ {error.what}{error.why}{error.next}"))
            return
        self._show(self.way)
        if is_first:
            self.look_what_came(self.way)

    def _show(self, way: Way) -> None:
        self.contents.fit([piece for piece in way.pieces if way.may_come(piece)])
        self.query_one("#way-head", Words).say(saying.head(way))
        self.query_one("#way-next", Words).say(saying.next_step(way))
        self.query_one("#way-dates", Words).say(saying.dates(way))
        self.query_one("#way-beside", Words).say(saying.dates_beside(way))
        self.rows.show(way.pieces, at=self.rows.cursor)
        self.set_class(self.is_checking, "-checking")
        if not self.is_checking and self.place.has_cursor:
            self.rows.focus()
        self.attend()
        self.sum_up()

    def _cells(self, piece: Piece) -> Sequence[str]:
        way = self.way
        sign = self.contents.sign(piece) if way and self.is_checking and way.may_come(piece) else ""
        where = way.where(piece) if way else ""
        return sign, piece.name, word(piece.form), str(piece.copies), where

    def refresh_keys(self) -> None:
        """What is possible now stands first: there are more keys than room."""
        if self.is_mounted:
            keys = [Key(do.key_word, do.label, self.why_not(do.name)) for do in self.DOES if do.key]
            self.query_one(Keys).tell(sorted(keys, key=lambda key: key.why_not is not None))

    def why_not(self, name: str) -> str | None:
        """As the acts offer it."""
        if self.way is None:
            return self._trouble.rstrip("。") or "还在读取"
        if name in ("other", "case", "tasks"):
            return None
        if name == "contact":
            return self.barred("contact")
        if name == "wrong_inside":
            return self.barred("trouble") or self.way.why_not_wrong_inside
        if name == "arrive" and not self.is_checking and self.way.why_not("arrive") is None:
            return "没有还在路上的东西"
        return self.way.why_not(questions.ACTS.get(name, name))

    # --- what the home office says

    def question(self, name: str) -> Question:
        """About this consignment as it stands."""
        assert self.way is not None, "nothing is asked before it is there"
        question = questions.ask(name, self.way)
        return self.with_way_back(question) if name == "decide" else question

    def attend(self) -> None:
        """Thirteen digits are a waybill where the next one is that of the way back."""
        wanted = self.asking in questions.WITH_WAYBILL
        self.expects_waybill = wanted or (not self.asking and self.why_not("post_back") is None)

    def do_receive(self) -> None:
        """属地签收."""
        self.ask("receive")

    def do_by_hand(self) -> None:
        """属地签收, by somebody's word."""
        self.ask("by_hand")

    def do_accept(self) -> None:
        """属地受理."""
        self.ask("accept")

    def do_correct(self) -> None:
        """属地补正."""
        self.ask("correct")

    def do_decide(self) -> None:
        """属地决定."""
        self.ask("decide")

    def do_post_back(self) -> None:
        """回寄."""
        self.ask("post_back")

    def do_serve(self) -> None:
        """To whom it is for."""
        if self.way:
            self.counter.go("serving", number=self.way.file.case.number)

    def do_other(self) -> None:
        """What is needed more rarely."""
        lines = []
        for name, label in _RARER.items():
            reason = self.why_not(name)
            lines.append((name, f"× {label}　{reason}" if reason else f"  {label}"))
        self.app.push_screen(Pick("其他", lines), self._rarer)

    def _rarer(self, name: str | None) -> None:
        reason = self.why_not(name) if name else None
        if reason is not None:
            self.counter.cannot(_RARER[name or ""], reason)
        elif name == "case" and self.way:
            self.counter.go("case", number=self.way.file.case.number)
        elif name == "tasks" and self.way:
            self.counter.go("tasks", number=self.way.task_object)
        elif name:
            self.ask(name)

    # --- scans

    def take_scan(self, scanned: Scanned) -> bool:
        """A slip of this envelope, a waybill of the way back; any other return envelope opens its own."""
        way = self.way
        if way is None:
            return False
        if scanned.kind == "waybill":
            return self._take_waybill(scanned)
        if scanned.kind == "reply_slip" and any(slip.number == scanned.code for slip in way.slips):
            return self._offered("receive", code=scanned.code, channel="slip")
        mine = {way.file.case.number, *(file.envelope.number for file in way.envelopes)}
        return not self.app.screen.is_modal and scanned.object in mine

    def _take_waybill(self, scanned: Scanned) -> bool:
        if not scanned.object:
            name = self.asking if self.asking in questions.WITH_WAYBILL else "post_back"
            self.given(name).scanned = scanned.code
            return self._offered(name, waybill=scanned.code, again=scanned.code)
        if self.app.screen.is_modal or "-" not in scanned.object:
            return False
        other = ConsignmentScreen(scanned.object, scanned.code)
        if scanned.object == self.consignment:
            self.rows.focus()
            self.ask_what_came()
        elif self.unsaved:
            self.app.push_screen(other)
        else:
            self.app.call_later(self.app.switch_screen, other)
        return True

    def _offered(self, name: str, **values: str) -> bool:
        """Fill the question that stands there, or put it; never answer it."""
        if self.asking == name:
            self.fill(**values)
        elif self.app.screen.is_modal or self.why_not(name) is not None:
            return False
        else:
            self.ask(name, **values)
        return True
