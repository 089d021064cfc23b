"""Each scan goes into the open batch at once; those that come while one is written wait in a queue."""

from __future__ import annotations

from collections import deque

from workstation.acts import batches, handover
from workstation.acts.batches import Parcel
from workstation.acts.scanning import Scanned
from workstation.domain.envelope import BatchLine
from workstation.domain.grades import Grade
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.screens.courier import words
from workstation.screens.courier.questions import FOUND, Missing
from workstation.screens.courier.table import Latest, Table

_EXTRA = ("accent", words.SIGN_EXTRA, "多出")
#: What names a batch: its own number, or its sheet's.
_OF_BATCH = ("batch", "handover_sheet")


class Scanning(Table):
    """The one screen where a scan acts."""

    def __init__(self, number: str | None = None) -> None:
        super().__init__(number)
        self._scans: deque[Scanned] = deque()
        """The first is being written."""
        self._writing = False

    def ask_to_open(self, badge: str) -> None:
        """A badge has come while no batch is open."""
        raise NotImplementedError

    def take_scan(self, scanned: Scanned) -> bool:
        """Envelopes and waybills go into the open batch; nothing else is opened before the courier's eyes."""
        if not self._loaded:
            self._scans.append(scanned)
        elif not self._is_live:
            return self._take_before(scanned)
        elif scanned.kind in ("envelope", "waybill"):
            self._scans.append(scanned)
            self.refresh_keys()
            if not self._writing:
                self._writing = True
                self.run_worker(self._write_scans(), group="courier")
        elif not (scanned.kind == "batch" and scanned.object == self._batch):
            self.counter.tell_grade(Grade.REFUSED, f"这里只扫封套面和运单；扫到的是{word(scanned.kind)}。")
        return True

    def _take_before(self, scanned: Scanned) -> bool:
        """No batch is open here: a badge opens one, a batch is shown."""
        if scanned.kind == "badge" and self.app.screen is self:
            self.ask_to_open(scanned.code)
        elif scanned.kind == "envelope":
            self.counter.tell_grade(Grade.REFUSED, "还没有开批次；请先扫揽投员胸牌，再扫封套。")
        elif scanned.kind in _OF_BATCH and self.app.screen is self:
            self.counter.go("courier", number=scanned.object)
        else:
            return scanned.kind == "badge"
        return True

    async def _write_scans(self) -> None:
        """One after the other: a scanner does not wait, and a refusal holds up none that follow."""
        try:
            while self._scans:
                await self._write(self._scans[0])
                self._scans.popleft()
        finally:
            self._writing = False
            self.refresh_keys()

    async def _write(self, scanned: Scanned) -> None:
        face, waybill = scanned.code, None
        if scanned.kind == "waybill":
            if self._latest is None:
                self.counter.tell_grade(
                    Grade.REFUSED, f"运单 {scanned.code} 没有绑定：请先扫它的封套，再扫运单。"
                )
                return
            face, waybill = self._latest.face, scanned.code
        desk, batch = self.desk, self._batch or ""
        try:
            line = await self.counter.do(
                lambda: handover.scan_envelope(desk, batch, face=face, waybill=waybill)
            )
        except Explained as error:
            await self._refused(error, scanned)
        else:
            await self._in(line, face, waybill)

    async def _refused(self, error: Explained, scanned: Scanned) -> None:
        """Told in the line: a dialog would stop the next scan."""
        again = error.code == "scanned-already"
        if scanned.kind == "envelope":
            self._latest = Latest(scanned.code, scanned.object) if again else None
        await self._look()
        self.counter.tell_grade(Grade.REPEATED if again else Grade.REFUSED, f"{error.what}{error.why}")

    async def _in(self, line: BatchLine, face: str, waybill: str | None = None) -> None:
        """An envelope is in the batch, or has its waybill: show and tell it."""
        parcel = await self.counter.look(lambda desk: batches.parcel(desk, line))
        self._latest = Latest(face, parcel.number) if waybill is None else None
        self._reasons.pop(parcel.number, None)
        if self._sheet is not None:
            self._show(self._sheet.having(parcel), newest=True)
        self._tell_scanned(parcel, waybill)
        asked = self.app.screen
        if isinstance(asked, Missing) and asked.parcel.number == parcel.number:
            asked.dismiss(FOUND)

    def _tell_scanned(self, parcel: Parcel, waybill: str | None) -> None:
        said = words.parcel_words(parcel)
        if waybill is not None:
            self.counter.done(f"运单 {waybill} 已绑：{said}")
        elif parcel.is_expected:
            self.counter.done(f"已扫：{said}")
        else:
            self.counter.tell(*_EXTRA, f"已扫，不在应交之列：{said}")
            self.counter.bell()
