"""What the lists and lines of the courier's screen say: codes, offices and places only."""

from __future__ import annotations

from collections.abc import Sequence

from workstation.acts.batches import Parcel, Sheet, Taken
from workstation.acts.handover import MISSING_REASONS
from workstation.domain.codes import short_form
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.widgets.record_list import Column

WANTED = (
    Column("", 2),
    Column("货位", 8),
    Column("封套", 5),
    Column("未扫：寄往", 8, flexible=True),
)
ALONG = (
    Column("", 2),
    Column("封套", 5),
    Column("运单", 4),
    Column("已扫：寄往", 8, flexible=True),
)
TODAY = (
    Column("批次", 20),
    Column("揽投员", 8),
    Column("开", 5),
    Column("交", 5),
    Column("件", 4),
    Column("状态", 8, flexible=True),
)
SIGN_ALONG, SIGN_EXTRA, SIGN_WANTED, SIGN_OUT = "✓", "+", "·", "✗"


def wanted_cells(parcel: Parcel, reason: str | None) -> Sequence[str]:
    """A line on the left: not scanned yet, or not going along; `reason` is what the clerk has named."""
    sign = SIGN_OUT if parcel.left_out is not None else SIGN_WANTED
    cause = parcel.left_out or reason
    office = f"〔{why(cause)}〕{parcel.office}" if cause else parcel.office
    return sign, parcel.place, short_form(parcel.number), office


def along_cells(parcel: Parcel) -> Sequence[str]:
    """A line on the right: scanned."""
    bound = "有" if parcel.waybill else ""
    if parcel.is_expected:
        return SIGN_ALONG, short_form(parcel.number), bound, parcel.office
    return SIGN_EXTRA, short_form(parcel.number), bound, f"〔多出〕{parcel.office}"


def today_cells(taken: Taken) -> Sequence[str]:
    """A batch of today."""
    batch = taken.batch
    closed = f"{local(batch.closed_at):%H:%M}" if batch.closed_at else ""
    opened = f"{local(batch.opened_at):%H:%M}"
    return batch.number, batch.courier, opened, closed, str(taken.count), word(batch.state)


def why(code: str) -> str:
    """A reason, or the state an envelope has come to meanwhile."""
    return MISSING_REASONS.get(code) or word(code)


def parcel_words(parcel: Parcel) -> str:
    """An envelope as one says it to the other across the counter."""
    return f"{short_form(parcel.number)} {parcel.office}"


def detail(parcel: Parcel | None, reason: str | None) -> str:
    """All of the envelope under the cursor."""
    if parcel is None:
        return ""
    parts = [f"封套 {parcel.number}", parcel.office]
    parts += [f"货位 {parcel.place}"] if parcel.place else []
    parts += [f"运单 {parcel.waybill}"] if parcel.waybill else []
    parts += [f"不交：{why(cause)}" for cause in (parcel.left_out or reason,) if cause]
    return "　".join(parts)


def head(sheet: Sheet) -> str:
    """Which batch, whose."""
    batch = sheet.batch
    return f"批次 {batch.number}　揽投员 {batch.courier}　{word(batch.state)}　{minute(batch.opened_at)} 开"


def counts(sheet: Sheet) -> str:
    """What must be seen at any moment."""
    out = f"　不交 {len(sheet.left_out)}" if sheet.left_out else ""
    along, wanted = len(sheet.along), len(sheet.wanted)
    return f"应交 {sheet.expected}　已扫 {along}　未扫 {wanted}　多出 {sheet.extra}{out}"
