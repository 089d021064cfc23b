"""寄件登记, 收件登记, 交接清单 and 邮费: what left and what came back, out of the acts of a span of days.

The first two have the columns of the 快递发送登记表 and 快递接收登记表 that were found (domain notes §9.3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from workstation.acts import handover, postages, steps
from workstation.acts.facts import CARRIER
from workstation.acts.postages import Charge
from workstation.acts.register_parts import Column, Look, Register, joined
from workstation.domain.case import Case
from workstation.domain.consignment import Consignment
from workstation.domain.envelope import Batch, BatchLine, Envelope, Waybill
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.store.statements import registers as sql
from workstation.store.work import Reading

GONE = "已交出"
_RETURNS = ("result_return", "home_refuse")


@dataclass(frozen=True)
class Move:
    """One thing an act has moved: in which batch, when, and who did it."""

    at: int
    by: str
    object: str
    """Envelope number, or the id of a consignment."""
    batch: str = ""


def _done(reading: Reading, act: str, since: int, until: int) -> Iterator[Move]:
    for line in reading.lines(sql.DONE, act=act, since=since, until=until):
        yield Move(line["at"], line["operator"] or "", line["object"])


def _in_batches(reading: Reading, since: int, until: int) -> list[Move]:
    """Every envelope that was expected in a batch or scanned into it, when the batch was handed over."""
    return [
        Move(done.at, done.by, line.envelope, done.object)
        for done in _done(reading, "hand_over", since, until)
        for line in reading.batch_lines.where(batch=done.object)
    ]


def _sent(reading: Reading, since: int, until: int) -> list[Move]:
    """Every envelope that went."""
    found = _in_batches(reading, since, until)
    return [move for move in found if _went(_line_of(reading, move))]


def _line_of(reading: Reading, move: Move) -> BatchLine:
    found = reading.batch_lines.get(move.batch, move.object)
    assert found is not None, "asked for in the same transaction"
    return found


def _went(of: BatchLine) -> bool:
    return of.scanned_at is not None and of.reason is None


# --- 寄件登记, 交接清单


@dataclass(frozen=True)
class Handed:
    """One envelope in a batch."""

    look: Look
    move: Move

    @cached_property
    def envelope(self) -> Envelope:
        """The envelope as it is known today."""
        return steps.find_envelope(self.look.reading, self.move.object)

    @cached_property
    def batch(self) -> Batch:
        """The batch as it was closed."""
        return handover.find(self.look.reading, self.move.batch)

    @cached_property
    def batch_line(self) -> BatchLine:
        """Whether it was expected, scanned, or left out."""
        return _line_of(self.look.reading, self.move)

    @cached_property
    def waybill(self) -> Waybill | None:
        """What it travels under."""
        return postages.travelled(self.look.reading, self.move.object, "out")

    @cached_property
    def consignments(self) -> list[Consignment]:
        """What is in it."""
        return steps.consignments_in(self.look.reading, self.envelope)

    @property
    def went(self) -> bool:
        """Whether the courier has it."""
        return _went(self.batch_line)


def _number(of: Handed) -> str:
    return of.waybill.number if of.waybill and of.went else ""


def _sender(of: Handed) -> str:
    return f"{of.look.hall.name} {of.batch.window} 号窗口"


def _remark(of: Handed) -> str:
    reason = of.batch_line.reason
    left_out = handover.MISSING_REASONS.get(reason, reason) if reason else None
    return joined([left_out, None if of.batch_line.expected else "应交之外"])


SENT: Register[Move, Handed] = Register(
    key="sent",
    title="寄件登记",
    explains="交给揽投员的每个封套一行（快递发送登记表）。",
    columns=(
        Column("寄件日期", lambda of: minute(of.move.at)[:10], cells=10),
        Column("单号", _number, cells=13),
        Column("快递公司", lambda _: CARRIER),
        Column("寄件部门", _sender),
        Column("寄件人", lambda of: of.move.by),
        Column("收件人", lambda of: of.envelope.office_name, cells=12, takes_rest=True),
        Column("收件人地址", lambda of: of.envelope.office_address),
        Column("收件人电话", lambda of: joined(c.office_phone for c in of.consignments)),
        Column("封套编号", lambda of: of.envelope.number, cells=20),
        Column("交寄批次", lambda of: of.move.batch),
    ),
    keys=_sent,
    line=Handed,
)
HANDOVER: Register[Move, Handed] = Register(
    key="handover",
    title="交接清单",
    explains="每个交寄批次的每个封套一行，没有交出的写明原因。",
    columns=(
        Column("交接时间", lambda of: minute(of.move.at), cells=16),
        Column("交寄批次", lambda of: of.move.batch),
        Column("窗口", lambda of: str(of.batch.window)),
        Column("交件人", lambda of: of.move.by),
        Column("揽投员", lambda of: of.batch.courier),
        Column("封套编号", lambda of: of.envelope.number, cells=20),
        Column("运单号", _number, cells=13),
        Column("收件单位", lambda of: of.envelope.office_name, cells=8, takes_rest=True),
        Column("送件数", lambda of: str(len(of.consignments))),
        Column("交接", lambda of: GONE if of.went else "未交出", cells=6),
        Column("备注", _remark),
    ),
    keys=_in_batches,
    line=Handed,
    signatures=("交件人：", "揽投员：", "日期："),
)


# --- 收件登记


@dataclass(frozen=True)
class Arrived:
    """One opening of what a home office has sent back."""

    look: Look
    move: Move

    @cached_property
    def consignment(self) -> Consignment:
        """What came back."""
        return steps.find_consignment(self.look.reading, self.move.object)

    @cached_property
    def case(self) -> Case:
        """Whose result it is."""
        return steps.find_case(self.look.reading, self.consignment.case_number)

    @property
    def waybill(self) -> str:
        """What it came under."""
        found = postages.travelled(self.look.reading, self.move.object, "back")
        return found.number if found else ""

    @property
    def troubles(self) -> str:
        """What was not as it should be."""
        tasks = self.look.reading.tasks.where(object=self.move.object)
        return joined(word(task.kind) for task in tasks)


def _opened(reading: Reading, since: int, until: int) -> list[Move]:
    return list(_done(reading, "arrive", since, until))


def _recipient(of: Arrived) -> str:
    """Who was given it, once somebody was: whose face was looked at then."""
    looks = of.look.reading.identities.where(case_number=of.case.number)
    subject = [look.subject for look in looks if look.at == of.consignment.served_at]
    return of.look.person(of.case, f"{subject[-1]}_name") if subject else ""


RECEIVED: Register[Move, Arrived] = Register(
    key="received",
    title="收件登记",
    explains="属地寄回、到窗拆开的结果，每件一行（快递接收登记表）。",
    columns=(
        Column("收件日期", lambda of: minute(of.move.at)[:10], cells=10),
        Column("单号", lambda of: of.waybill, cells=13),
        Column("快递公司", lambda of: CARRIER if of.waybill else ""),
        Column("寄件人", lambda of: of.consignment.office_name, cells=12, takes_rest=True),
        Column("寄件人地址", lambda of: of.consignment.office_address),
        Column("收件人", lambda of: of.move.by),
        Column("领件人", _recipient, personal=True, cells=8),
        Column("备注", lambda of: of.troubles),
        Column("收件编号", lambda of: of.case.number, cells=20),
    ),
    keys=_opened,
    line=Arrived,
)


# --- 邮费


def _parcels(reading: Reading, since: int, until: int) -> Sequence[tuple[str, Move]]:
    there = [("out", move) for move in _sent(reading, since, until)]
    back = {move.object: ("back", move) for act in _RETURNS for move in _done(reading, act, since, until)}
    return sorted([*there, *back.values()], key=lambda key: (key[1].at, key[0], key[1].object))


def _charge(look: Look, key: tuple[str, Move]) -> Charge:
    leg, move = key
    return postages.charge(look.reading, move.object, leg, move.at)


def _in_row(at: int, cells: int) -> Column[Charge]:
    """A column of the monthly statement 邮费月报表."""
    takes_rest = postages.HEADS[at] == "业务属地部门"
    return Column(postages.HEADS[at], lambda one: postages.row(one)[at], cells=cells, takes_rest=takes_rest)


POSTAGE: Register[tuple[str, Move], Charge] = Register(
    key="postage",
    title="邮费",
    explains="交寄、回寄的每件邮件一行；没有登记金额的照实写。",
    columns=(
        *(_in_row(at, cells) for at, cells in enumerate((10, 13, 4, 12, 8, 8, 8))),
        Column("封套或送件", lambda charge: charge.object),
    ),
    keys=_parcels,
    line=_charge,
)
