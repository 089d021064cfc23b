"""送达: what is handed out and to whom, the 送达回证 before it prints, then the rating and the end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual import on
from textual.containers import Container, Vertical, VerticalScroll
from textual.widget import Widget

from workstation.acts import previews, ratings, service
from workstation.acts.desk import Desk
from workstation.acts.scanning import Scanned
from workstation.domain.case import Case, CaseState
from workstation.errors import Explained, on_screen
from workstation.screens.arrivals import contacting
from workstation.screens.arrivals.asking import Asking, Question
from workstation.screens.base import Do
from workstation.screens.dialogs import Pick
from workstation.screens.serving import elsewhere
from workstation.screens.serving.sight import Handed, Sight, look
from workstation.widgets.field import Choice, Tick
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (
    Column("交付", 12, flexible=True),
    Column("形式", 8),
    Column("份", 3),
    Column("在哪里", 24),
)
#: More lines than these are scrolled; the paper to be signed is below.
_MOST_ROWS = 5
_RARER = {"contact": "联系登记", "arrivals": "到件：各送件走到哪一步", "case": "打开办件"}
_AT_CLOSE = {"invited": "已邀请评价，办结", "refused": "申请人不愿评价，办结"}


class ServingScreen(Asking):
    """One case, from the result shelf to its end."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "送达"
    DOES = (
        Do("serve", "送达", "ctrl+s", "sd", "交付结果，打印送达回证"),
        Do("rate", "评价", "f2", "pj", "邀请评价；登记已在设备上评价或不愿评价"),
        Do("close", "办结", "f9", "bj", "评价邀请过以后办结"),
        Do("other", "其他", "ctrl+o", "qt", "联系登记、到件、打开办件"),
    )
    explains = (
        "核对领取人的证件与本人一致，打勾，^S 送达，送达回证签名。评价由申请人自己在评价器上给，"
        "窗口只记邀请过、评过或不愿评。F9 办结。"
    )

    def __init__(self, number: str) -> None:
        super().__init__()
        self._number = number
        self.sight: Sight | None = None
        self._trouble = ""

    def body(self) -> Iterator[Widget]:
        """What is handed out, to whom, and the paper they sign."""
        yield Words("", id="serve-head")
        yield Words("", id="serve-next")
        with Container(id="serve-main"):
            with Vertical(id="serve-left"):
                yield RecordList[Handed](_HEADS, _cells, empty="（没有可交付的）", id="serve-rows")
                yield Choice("recipient", "领取人", {}, explains="←→ 或空格换一个；换了人要重新核对。")
                yield Tick("identity", "已核对领取人的证件，与本人一致", explains="核对以后按空格打勾。")
                yield Words("", id="serve-tried")
            scroll = VerticalScroll(id="serve-proof")
            with scroll:
                yield Words("", id="serve-text")

    def on_mount(self) -> None:
        """Begin with the look at the recipient."""
        self._tick.focus()

    # --- what is shown

    async def load(self) -> None:
        """The case as it is now; what was chosen stays."""
        try:
            self.sight = await self.counter.look(partial(look, number=self._number))
        except Explained as error:
            self._trouble = error.what
            self.query_one("#serve-next", Words).say(on_screen(f"✗ {error.what}{error.why}{error.next}"))
            return
        self._show(self.sight)
        self._preview()

    def _show(self, sight: Sight) -> None:
        self.query_one("#serve-head", Words).say(sight.head())
        self.query_one("#serve-next", Words).say(sight.next_step())
        self.query_one("#serve-tried", Words).say(sight.tried())
        rows = self.query_one("#serve-rows", RecordList)
        handed = sight.handed_out()
        rows.show(handed, at=rows.cursor)
        rows.styles.height = 1 + max(1, min(len(handed), _MOST_ROWS))
        self._recipient.offer(sight.recipients())
        self.set_class(sight.at_window, "-at-window")
        if not sight.at_window and self.focused in (self._tick, self._recipient):
            rows.focus()

    def _preview(self) -> None:
        self.beside(self._ask_preview, "preview")

    async def _ask_preview(self) -> None:
        """The proof as it would be printed; once that is done, as it was."""
        sight = self.sight
        if sight is None:
            return
        recipient, proof = self._recipient_code, sight.proof()
        try:
            if self.barred("serve"):
                text = "（送达回证上有姓名，只给窗口人员看。）"
            elif sight.ready:
                asked = partial(previews.proof_of_service, number=self._number, recipient=recipient)
                text = await self.counter.look(asked)
            elif proof is not None:
                text = await self.counter.look(partial(previews.printed, number=proof.number))
            else:
                text = ""
        except Explained as error:
            text = f"（现在不能预览送达回证：{on_screen(error.why)}）"
        # The blank lines of the sheet are left out: there are 24 rows.
        self.query_one("#serve-text", Words).say("\n".join(filter(str.strip, text.split("\n"))))

    @property
    def _tick(self) -> Tick:
        return self.query_one(Tick)

    @property
    def _recipient(self) -> Choice:
        return self.query_one("#field-recipient", Choice)

    @property
    def _recipient_code(self) -> str | None:
        return (self._recipient.value or None) if self.sight and self.sight.at_window else None

    @on(Choice.Changed)
    def _chosen(self, event: Choice.Changed) -> None:
        """Another recipient has not been looked at yet."""
        event.stop()
        if event.choice is self._recipient:
            self._tick.value = "no"
            self._preview()
        self.refresh_keys()

    def why_not(self, name: str) -> str | None:
        """As the acts offer it; nobody collects unseen."""
        sight = self.sight
        if sight is None:
            return self._trouble.rstrip("。") or "还在读取"
        match name:
            case "rate":
                return self.barred("invite_rating") or sight.why_not_rate()
            case "contact":
                return self.barred("contact")
            case "close":
                return sight.why_not("close")
            case "serve":
                reason = sight.why_not("serve")
                unseen = sight.at_window and not self._tick.ticked
                return reason or ("先核对领取人的证件与本人，按空格打勾" if unseen else None)
        return None

    # --- the acts

    def do_serve(self) -> None:
        """Hand out all that can be served."""
        if self.sight is None:
            return
        if elsewhere.asked(self.sight):
            self.ask("serve")
        else:
            self.counter.perform(self._serving(), self._served, seen=self.sight.case.version)

    def _serving(self) -> Callable[..., Case]:
        """The act, as far as it is said on the screen."""
        return partial(
            service.serve,
            number=self._number,
            recipient=self._recipient_code,
            identity_checked=self._tick.ticked,
        )

    async def _served(self, case: Case) -> None:
        self.counter.done(self._told(case))
        self._tick.value = "no"
        await self._look_again()

    def _told(self, case: Case) -> str:
        told = "已送达" if case.state == CaseState.SERVED else "已送达一部分"
        signed = "请领取人签名" if self.sight and self.sight.at_window else "归入办件"
        return f"{told}：送达回证已打印，{signed}。"

    async def _answered(self, name: str, question: Question, result: object) -> None:
        """Whoever collects next is looked at anew."""
        if name == "serve":
            self._tick.value = "no"
        await super()._answered(name, question, result)

    def do_rate(self) -> None:
        """Invite; once that is done, what came of it."""
        if self.sight is None:
            return
        if self.sight.case.rating is None:
            self._rate("invited")
            return
        choices = [(kind, ratings.STEPS[kind]) for kind in ratings.KINDS]
        text = "等级由申请人在评价器上给，窗口不录。"
        self.app.push_screen(Pick("申请人评价了吗？", choices, text=text), self._rate)

    def _rate(self, kind: str | None) -> None:
        if kind is None or self.sight is None:
            return

        def rate(desk: Desk) -> Case:
            if kind == "invited":
                return ratings.invite(desk, self._number)
            return ratings.record(desk, self._number, kind)

        self.counter.perform(rate, self._rated, seen=self.sight.case.version)

    async def _rated(self, case: Case) -> None:
        self.counter.done(f"评价：{ratings.STEPS[case.rating or 'invited']}。")
        await self._look_again()

    def do_close(self) -> None:
        """办结; if nobody was invited to rate yet, that is asked first."""
        if self.sight is None:
            return
        if self.sight.case.rating is not None:
            self._close(None)
        else:
            text = "请先请申请人在评价器上评价；可以不评。"
            pick = Pick("办结：评价邀请过了吗？", list(_AT_CLOSE.items()), text=text)
            self.app.push_screen(pick, lambda rating: self._close(rating) if rating else None)

    def _close(self, rating: str | None) -> None:
        if self.sight is not None:
            act = partial(service.close, number=self._number, rating=rating)
            self.counter.perform(act, self._ended, seen=self.sight.case.version)

    async def _ended(self, case: Case) -> None:
        self.counter.done(f"已办结：{case.number}。")
        await self._look_again()

    async def _look_again(self) -> None:
        await self.load()
        self.refresh_keys()

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
        elif name == "contact":
            self.ask("contact")
        elif name:
            self.counter.go(name, number=self._number)

    def question(self, name: str) -> Question:
        """联系登记, or what is told of a result that came otherwise."""
        assert self.sight is not None, "nothing is asked before it is there"
        if name == "serve":
            return elsewhere.question(self.sight, self._serving(), self._told)
        return contacting.question(self.sight.case)

    def take_scan(self, scanned: Scanned) -> bool:
        """A paper of this case: one is here already."""
        return not self.app.screen.is_modal and scanned.object == self._number


def _cells(line: Handed) -> tuple[str, str, str, str]:
    return line.name, line.form, line.copies, line.where


OPENS = ServingScreen
