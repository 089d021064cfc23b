"""交寄: the badge opens a batch, every envelope is scanned, both confirm; offices and codes only."""

from __future__ import annotations

from collections import deque

from workstation.acts import batches, handover, offers, papers, previews
from workstation.acts.batches import Parcel
from workstation.acts.desk import Desk
from workstation.domain.envelope import Batch, BatchLine
from workstation.domain.grades import Grade
from workstation.domain.paper import Paper
from workstation.errors import Explained, Refused
from workstation.screens.base import Do
from workstation.screens.courier.questions import ALL, BACK, FOUND, Missing, Opening, Signing, waybill_twice
from workstation.screens.courier.scanning import Scanning
from workstation.screens.dialogs import Asked, Form, Pick, Reading
from workstation.widgets.record_list import RecordList


class CourierScreen(Scanning):
    """One window and the courier before it."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "交寄"
    DOES = (
        Do("close", "交接", "ctrl+s", "jj", "未扫的逐件写明事由，双方确认，出交接清单"),
        Do("open", "胸牌", "f2", "xp", "胸牌扫不出时，输入胸牌号，开批次"),
        Do("type_face", "封套", "f3", "ft", "封套面扫不出时，输入它的编号"),
        Do(
            "type_waybill", "运单", "f4", "yd", "运单扫不出时，输入两遍，第二人确认；绑在右边光标所在的封套上"
        ),
        Do("read", "清单", "f6", "qd", "看交接清单的文字和文件位置"),
        Do("reprint", "补打", "f9", "bd", "按事由补打交接清单"),
    )
    explains = (
        "揽投员扫胸牌开批次；逐件扫封套面，扫到即入批次；贴了运单的，扫完封套接着扫运单。"
        "左边是应交未扫的（按货位），右边是已扫的，+ 是多出的。在左边按 Enter 可先写明不交的事由。"
        "扫完按 Ctrl+S 交接。中途离开，批次仍开着。"
    )

    def __init__(self, badge: str | None = None, number: str | None = None) -> None:
        super().__init__(number)
        self._badge = badge

    def _begin(self) -> None:
        """Take up what was on its way here."""
        (self._today if self._sheet is None else self._wanted).focus()
        sheet = self._sheet
        if sheet is None or not sheet.is_open:
            if self._badge is not None:
                self.ask_to_open(self._badge)
        elif self._is_live:
            self._tell_hint(
                f"批次 {sheet.batch.number} 还没有交接完（揽投员 {sheet.batch.courier}），接着扫。"
            )
        else:
            self.counter.tell_grade(
                Grade.REFUSED, f"这是 {sheet.batch.window} 号窗口的批次，在那里扫描和交接；这里只能看。"
            )
        early, self._scans = list(self._scans), deque()
        for scanned in early:
            self.take_scan(scanned)

    # --- what can be done

    def why_not(self, name: str) -> str | None:
        """Open comes before scanning, scanning before closing, and a sheet is there after it."""
        if not self._loaded:
            return "正在打开"
        if name == "read":
            return None if self._paper else "没有交接清单"
        if name == "reprint":
            return offers.barred(self.desk, "reprint") or (None if self._paper else "没有交接清单")
        if name == "open":
            open_here = "本窗口的批次还没有交接完" if self._is_live else None
            return open_here or offers.barred(self.desk, "open_batch")
        return self._why_not_on(name)

    def _why_not_on(self, name: str) -> str | None:
        """As `why_not`, of what is done to the batch on the screen."""
        sheet = self._sheet
        if sheet is None:
            return "还没有开批次"
        if sheet.is_open and not self._is_live:
            return f"是 {sheet.batch.window} 号窗口的批次"
        if name == "close" and self._scans:
            return "还有扫描正在写入"
        act = "hand_over" if name == "close" else "scan_envelope"
        why = offers.why_not(self.desk, "batches", sheet.batch, act)
        if name == "type_waybill" and not why and (self._along.row is None or self._along.row.waybill):
            return "右边光标处没有等运单的封套"
        return why

    def action_back(self) -> None:
        """Leaving loses nothing: the batch stays open, and that is said."""
        if self._scans:
            self.counter.attention(f"还有 {len(self._scans)} 个扫描正在写入，请稍候。")
            return
        if self._is_live and self._sheet is not None:
            self._tell_hint(f"批次 {self._sheet.batch.number} 没有交接，仍开着；再进“交寄”接着扫。")
        self.counter.step_back()

    async def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter: a batch of today is shown; an envelope that is not there gets its reason."""
        if event.rows is self._today:
            self.counter.go("courier", number=event.row.batch.number)
        elif event.rows is self._wanted and event.row.is_wanted and self.why_not("close") is None:
            self.run_worker(self._name_reason(event.row), group="tasks")

    # --- opening

    def do_open(self) -> None:
        """The badge is typed."""
        form = Form("揽投员胸牌", [Asked("badge", "胸牌号", required=True)], done="开批次")
        self.app.push_screen(form, lambda given: self.ask_to_open(given["badge"].strip()) if given else None)

    def ask_to_open(self, badge: str) -> None:
        """Begin with whose badge this is, after a question."""
        if reason := self.why_not("open"):
            self.counter.cannot("开批次", reason)
        else:
            self.run_worker(self._open(badge), group="tasks")

    async def _open(self, badge: str) -> None:
        try:
            awaited = await self.counter.look(lambda desk: batches.awaited(desk, badge))
        except Explained as error:
            self.counter.tell_grade(Grade.REFUSED, f"{error.what}{error.why}")
            return
        if await self.app.push_screen_wait(Opening(awaited.courier, awaited.count)):
            self.counter.perform(lambda desk: handover.open_batch(desk, badge), self._opened)

    async def _opened(self, batch: Batch) -> None:
        self._batch, self._latest = batch.number, None
        self._reasons.clear()
        await self._look()
        self._wanted.focus()
        self.counter.done(f"已开批次 {batch.number}，请逐件扫封套面。")

    # --- what cannot be scanned is typed

    def do_type_face(self) -> None:
        """The number of an envelope's face is typed."""
        form = Form("封套面编号", [Asked("face", "编号", required=True)], done="放入批次")
        self.app.push_screen(form, lambda given: self._type_face(given["face"].strip()) if given else None)

    def _type_face(self, face: str) -> None:
        batch = self._batch or ""
        self.counter.perform(
            lambda desk: handover.scan_envelope(desk, batch, face=face), lambda line: self._in(line, face)
        )

    async def do_type_waybill(self) -> None:
        """The waybill of the envelope under the cursor is typed, twice."""
        if self._along.row is not None:
            self.run_worker(self._type_waybill(self._along.row), group="tasks")

    async def _type_waybill(self, parcel: Parcel) -> None:
        wrong: Refused | None = None
        while given := await self.app.push_screen_wait(waybill_twice(parcel, wrong)):
            waybill, batch = given["waybill"].strip(), self._batch or ""
            if waybill == given["again"].strip():
                break
            wrong = _typed_differently()
        else:
            return

        def bind(desk: Desk) -> BatchLine:
            face = batches.face(desk, parcel.number)
            return handover.scan_envelope(desk, batch, face=face, waybill=waybill, how="typed")

        self.counter.perform(bind, lambda line: self._in(line, line.envelope, waybill))

    # --- closing

    def do_close(self) -> None:
        """Every envelope that is missing gets its reason, then both confirm."""
        self.run_worker(self._close(), group="tasks", exclusive=True)

    async def _close(self) -> None:
        await self._look()
        if not await self._all_explained() or self._sheet is None:
            self._tell_hint("没有交接，批次仍开着。")
            return
        sheet = self._sheet
        reasons = {parcel.number: self._reasons[parcel.number] for parcel in sheet.wanted}
        if not await self.app.push_screen_wait(Signing(sheet, reasons)):
            self._tell_hint("没有交接，批次仍开着。")
            return
        self.counter.perform(
            lambda desk: handover.hand_over(desk, sheet.batch.number, missing=reasons),
            self._handed_over,
            seen=sheet.batch.version,
        )

    async def _all_explained(self) -> bool:
        """Ask about one missing envelope after the other; False: somebody goes back to look."""
        while left := self._unexplained():
            if not await self._name_reason(left[0]):
                return False
        return True

    def _unexplained(self) -> list[Parcel]:
        return [p for p in self._sheet.wanted if p.number not in self._reasons] if self._sheet else []

    async def _name_reason(self, parcel: Parcel) -> bool:
        others = [each for each in self._unexplained() if each.number != parcel.number]
        answer = await self.app.push_screen_wait(Missing(parcel, others=len(others)))
        if answer in (None, BACK):
            return False
        if answer != FOUND:
            for each in [parcel, *others] if answer.startswith(ALL) else [parcel]:
                self._reasons[each.number] = answer.removeprefix(ALL)
            self._show(self._sheet)
        return True

    async def _handed_over(self, batch: Batch) -> None:
        await self._look()
        count = len(self._sheet.along) if self._sheet else 0
        self.counter.done(f"批次 {batch.number} 已交寄 {count} 件。")
        if self._paper is not None:
            self.do_read()

    # --- the sheet

    @property
    def _paper(self) -> Paper | None:
        if self._sheet is not None:
            return self._sheet.paper
        return self._today.row.paper if self._today.row else None

    def do_read(self) -> None:
        """The sheet's text, and where it lies."""
        if self._paper is not None:
            self.run_worker(self._read(self._paper), group="tasks")

    async def _read(self, paper: Paper) -> None:
        text = await self.counter.look(lambda desk: previews.printed(desk, paper.number))
        told = f"{papers.where(self.desk, paper)}\n\n{text}"
        await self.app.push_screen_wait(Reading("交接清单", told))

    def do_reprint(self) -> None:
        """The sheet once more, for a reason."""
        if self._paper is not None:
            self.run_worker(self._reprint(self._paper.number), group="tasks")

    async def _reprint(self, number: str) -> None:
        reason = await self.app.push_screen_wait(
            Pick("补打交接清单的事由", list(papers.REPRINT_REASONS.items()))
        )
        if reason is not None:
            self.counter.perform(lambda desk: papers.reprint(desk, number, reason=reason), self._reprinted)

    async def _reprinted(self, paper: Paper) -> None:
        await self._look()
        self.counter.done(f"已补打交接清单 {paper.number}（副本 {paper.copy}），原来的一张作废。")


def _typed_differently() -> Refused:
    return Refused(
        "waybill-typed-differently",
        what="两遍输入的运单号不一样，没有绑定。",
        why="手工输入没有校验位可查，要两遍一致。",
        next="请对着运单再输两遍。",
    )


OPENS = CourierScreen
