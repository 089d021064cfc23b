"""下单: the orders that are not done, the envelopes without a waybill, and what a person decides of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.widget import Widget

from workstation.acts import offers, orders, scanning
from workstation.acts.desk import Desk
from workstation.acts.scanning import Scanned
from workstation.domain.codes import short_form
from workstation.domain.mail import MailOrder
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.base import Do
from workstation.screens.dialogs import Asked, Confirm, Form, Pick
from workstation.screens.outbox import lines, questions
from workstation.screens.outbox.binding import Binding
from workstation.screens.outbox.lines import Line
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (
    Column("状态", 15),
    Column("封套", 6),
    Column("属地", 12, flexible=True),
    Column("情况", 14, flexible=True),
    Column("下次", 6),
    Column("运单", 13, wide_only=True),
    Column("登记", 11, wide_only=True),
)
_ACTS = {
    "retry": "retry_order",
    "bind": "bind_waybill",
    "cancel": "cancel_order",
    "drop": "drop_order",
    "again": "order_again",
    "confirm_cancel": "confirm_cancel",
}
_RARER = {"confirm_cancel": "确认已撤单", "find": "输入封套编号", "reload": "刷新"}
#: Any face of an envelope that lies at hand shows which one is meant.
_FACES = frozenset({"envelope", "packing_list", "manifest"})
_HINT = ("accent", "·", "提示")


class OutboxScreen(Binding):
    """The outbox of the hall."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "下单"
    DOES = (
        Do("retry", "再试", "ctrl+s", "zs", "被拒的、没有确切回音的，用同一个单号再发一次"),
        Do("bind", "绑定", "f3", "bd", "把运单绑到光标处的封套：扫运单，或输入两遍、第二人确认"),
        Do("cancel", "撤单", "f4", "cd", "请寄递企业撤掉这一单"),
        Do("drop", "不下", "f5", "bx", "还没有发出的一单不下了，改用贴纸运单"),
        Do("again", "新单", "f6", "xd", "上一单了结以后，用新的单号重新下单"),
        Do("other", "其他", "ctrl+o", "qt", "确认已撤单、输入封套编号、刷新"),
        Do("confirm_cancel", "确认已撤单", "", "qrycd", "寄递企业在电话里说没有这一单或已撤"),
        Do("find", "输入封套编号", "", "srftbh", "封套面扫不出时，找它的单和运单"),
        Do("reload", "刷新", "", "sx", "重新查一遍，到时候的这就下"),
    )
    explains = (
        "向寄递企业下的单，要人管的排在最前，自己刷新；后面是还没有运单的封套。Enter 打开办件。"
        "没有网也能封装、交寄：扫封套，再扫贴好的运单，核对后按 Enter，就绑在一起。"
        "“? ”的一单不知道下了没有：会用同一个单号自动再问，不会下两次。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._asked_for: str | None = None
        """An envelope that was scanned here: it is shown whatever has become of it."""

    def body(self) -> Iterator[Widget]:
        """What was asked when, the list, and below it all about the envelope under the cursor."""
        yield Words(id="outbox-sync")
        yield RecordList[Line](_HEADS, lambda row: row.cells, empty="（没有要下的单）", id="orders")
        yield Words(id="told")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    async def load(self) -> None:
        """Everything as it is now; the cursor stays on its envelope."""
        if not self.counter.is_signed_in:
            return
        asked_for = self._asked_for
        rows = await self.counter.look(lambda desk: lines.look(desk, asked_for))
        at = self.line
        self._put_cursor(rows, at.key if at else "")
        self.query_one("#outbox-sync", Words).say(self._summary(rows))

    def on_mailing_mailed(self) -> None:
        """The outbox has been worked off a little further."""
        self.run_worker(self._renew(), group="list", exclusive=True)

    async def _renew(self) -> None:
        try:
            await self.load()
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
        self.refresh_keys()

    def _summary(self, rows: list[Line]) -> str:
        live = sum(row.live is not None for row in rows)
        waiting = sum(row.needs_person for row in rows)
        said = [f"{live} 单没有了结" + (f"，{waiting} 单要人管" if waiting else "")] if live else []
        first = "　".join([*said, *filter(None, [self.counter.carrier_trouble])])
        return "\n".join(filter(None, (first, self.counter.last_sync)))

    def _put_cursor(self, rows: list[Line], key: str) -> None:
        keys = [row.key for row in rows]
        self._list.show(rows, at=keys.index(key) if key in keys else 0)
        self._tell_line()

    def _tell_line(self) -> None:
        line = self.line
        told = line.told if line else "没有要下的单，也没有缺运单的封套。绑运单：扫封套，再扫贴好的运单。"
        self.query_one("#told", Words).say(told)

    @property
    def _list(self) -> RecordList[Line]:
        return self.query_one("#orders", RecordList)

    @property
    def line(self) -> Line | None:
        """The envelope under the cursor."""
        return self._list.row if self.is_mounted else None

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another envelope."""
        self._tell_line()
        self.refresh_keys()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: the case the envelope belongs to."""
        self.counter.go("case", number=event.row.number)

    # --- scans

    def take_scan(self, scanned: Scanned) -> bool:
        """An envelope is shown, and may be followed by its waybill; nothing is bound without a question."""
        if self.app.screen is not self:
            return False
        if scanned.kind in _FACES:
            self.run_worker(self._find(scanned.object), group="list", exclusive=True)
            return True
        return scanned.kind == "waybill" and self._take_waybill(scanned)

    def _take_waybill(self, scanned: Scanned) -> bool:
        if scanned.object:
            # One in use leads to what it is on; that of a way back is no business of the outbox.
            is_out = "-" not in scanned.object
            if is_out:
                self.run_worker(self._find(scanned.object), group="list", exclusive=True)
            return is_out
        line = self.line
        if line is None or not (line.is_resolvable or line.number == self._asked_for):
            self.counter.attention(f"运单 {scanned.code} 没有绑定：请先扫它的封套，再扫运单。")
        elif reason := self.why_not("bind"):
            self.counter.cannot("绑定", reason)
        else:
            self.bind(line.number, questions.Given(scanned.code, is_scanned=True))
        return True

    async def _find(self, number: str) -> None:
        self._asked_for = number
        await self._renew()
        self._put_cursor(list(self._list.rows), number)
        self.refresh_keys()
        line = self.line
        if line is None or line.number != number:
            return
        if line.live is None and not line.waybill:
            self.counter.tell(
                *_HINT, f"封套 …{short_form(number)} 没有运单：接着扫贴好的运单，或按 F6 下单。"
            )
        else:
            self.counter.done(f"封套 {line.name}：{line.state[2:]}")

    # --- what may be done

    def why_not(self, name: str) -> str | None:
        """By role, by what the desk is there for, and by how the order stands."""
        if name in ("other", "find", "reload"):
            return None
        act = _ACTS[name]
        if self.line is None:
            return "没有封套"
        return offers.barred(self.desk, act) or self.line.why_not(act)

    def do_retry(self) -> None:
        """Once more, unchanged."""
        self._decide(orders.retry, "再试")

    def do_bind(self) -> None:
        """Ask for the waybill."""
        if self.line is not None:
            self.bind(self.line.number)

    def do_cancel(self) -> None:
        """Have it forgotten, after a question."""
        if self.line is not None:
            self._ask(questions.cancel(self.line), orders.cancel, "撤单")

    def do_drop(self) -> None:
        """Not at all, after a question."""
        if self.line is not None:
            self._ask(questions.drop(self.line), orders.drop, "不再下单")

    def do_confirm_cancel(self) -> None:
        """What the carrier said on the telephone, after a question."""
        if self.line is not None:
            self._ask(questions.canceled(self.line), orders.confirm_cancel, "确认已撤单")

    def do_again(self) -> None:
        """Under a new number."""
        if self.line is not None:
            number = self.line.number
            self.counter.perform(
                lambda desk: orders.order_again(desk, number), partial(self._told, "重新下单")
            )

    def _ask(self, question: Confirm, act: Callable[[Desk, str], MailOrder], label: str) -> None:
        self.app.push_screen(question, lambda yes: self._decide(act, label) if yes else None)

    def _decide(self, act: Callable[[Desk, str], MailOrder], label: str) -> None:
        order = self.line.live if self.line else None
        if order is not None:
            self.counter.perform(lambda d: act(d, order.id), partial(self._told, label), seen=order.version)

    async def _told(self, label: str, order: MailOrder) -> None:
        self._asked_for = order.envelope
        await self.has_changed()
        self.counter.done(f"{label}：…{short_form(order.envelope)} {word(order.state)}。")

    async def has_changed(self) -> None:
        """Show it anew."""
        await self._renew()

    # --- the rest

    def do_other(self) -> None:
        """What is needed more rarely."""
        told = [(name, self._rarer_line(name, label)) for name, label in _RARER.items()]
        self.app.push_screen(Pick("其他", told), self._rarer)

    def _rarer_line(self, name: str, label: str) -> str:
        reason = self.why_not(name)
        return f"× {label}　{reason}" if reason else f"  {label}"

    def _rarer(self, name: str | None) -> None:
        if name is not None:
            self.run_worker(self.action_do(name), group="tasks")

    async def do_reload(self) -> None:
        """Ask again, and let what is due go out."""
        await self._renew()
        self.counter.send_mail()

    def do_find(self) -> None:
        """The number of a face is typed."""
        form = Form("哪个封套？", [Asked("face", "封套编号", required=True)], done="查找")
        self.app.push_screen(form, lambda given: self._typed(given["face"]) if given else None)

    def _typed(self, face: str) -> None:
        self.run_worker(self._look_up(face), group="tasks", exclusive=True)

    async def _look_up(self, face: str) -> None:
        try:
            scanned = await self.counter.look(lambda desk: scanning.scan(desk, face))
        except Explained as error:
            await self.counter.refuse(error)
            return
        if scanned.kind in _FACES:
            await self._find(scanned.object)
        else:
            self.counter.attention(f"这不是封套的编号：{word(scanned.kind)}。")


OPENS = OutboxScreen
