"""号码池: waybill numbers the hall was given beforehand; each is used once, and a low stock is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from workstation.acts import checks, mail_orders, refusals, waybills
from workstation.acts.desk import Desk
from workstation.domain.envelope import Envelope
from workstation.domain.mail import PoolNumber
from workstation.domain.times import DAY_MS
from workstation.errors import OutsideFailed, Refused, WrongUsage
from workstation.settings import os_reason
from workstation.store.statements import mail as sql
from workstation.store.work import Reading, Work

if TYPE_CHECKING:
    from integrations.carriers.number_pool.numbers import NumberError

LARGEST = 64 << 10
"""Bytes of a list: several thousand numbers; a file chosen by mistake is not read through."""
_SHOWN = 5

_COMPARE = "请对照邮政给的号段或清单逐位核对。"
_ANOTHER = "请改用特快或挂号的号码；机关文书只能交邮政企业寄（邮政法第五十五条）。"
#: What can be wrong with numbers that are handed in, and what to do, by the reason of `NumberError`.
REASONS = {
    "empty": ("没有写运单号", "请写上运单号后再导入。"),
    "form": ("“{text}”不是邮件号：应为 13 位数字，或两位字母＋九位数字＋两位国别字母", _COMPARE),
    "check_digit": ("“{text}”的校验位不符，有一位写错了", _COMPARE),
    "foreign": ("“{text}”不是中国邮政的号码（末两位不是 CN）", _ANOTHER),
    "reserved": ("“{text}”的首字母是万国邮联留用的，不是特快或挂号", _ANOTHER),
    "not_registered": ("“{text}”是平常邮件的号码（首字母 L），投递时不签收", _ANOTHER),
    "indicator": ("“{text}”不是特快（首字母 E）或挂号（首字母 R）的号码", _ANOTHER),
    "never_computed": (
        "“{text}”是 13 位号码，没有公开的校验规则，不能按起止号推算",
        "请向邮政要逐个的清单，按清单导入。（命令：pool import --list）",
    ),
    "range_in_list": (
        "清单里写了起止号“{text}”",
        "请在清单里逐个写号码；整段的按起号、止号导入。（命令：pool import --first --last）",
    ),
    "mixed": ("止号“{text}”的字母与起号不同，不是同一段", _COMPARE),
    "order": ("止号“{text}”在起号之前", "请把起号、止号对调或改正。"),
    "too_many": (
        "这一段有 {text} 个号码，一次最多 {limit} 个",
        "请核对起号、止号有没有多写一位；确实这么多的，分几次导入。",
    ),
    "doubled": ("“{text}”写了两次，先在第 {first_line} 行", "请核对这一处该是哪个号码。"),
}


@dataclass(frozen=True)
class Stock:
    """How many numbers there are."""

    free: int
    bound: int
    spent: int
    low: int
    """With so few free ones the stock is low."""
    wanted: bool = False
    """Whether every envelope takes one when it is packed."""

    @property
    def is_low(self) -> bool:
        """Whether more have to be ordered; a hall without a pool needs none."""
        return (self.wanted or bool(self.free + self.bound + self.spent)) and self.free <= self.low


def give(work: Work, envelope: Envelope) -> str | None:
    """The next free number for an envelope that is packed, where the hall's pool gives numbers then."""
    if not _given_at_packing(work):
        return None
    free = work.pool_numbers.query(sql.FREE_NUMBERS, count=1)
    if not free:
        return None  # the envelope goes on without; a sticker follows
    return waybills.attach(work, free[0].number, leg="out", object_=envelope.number, how="pool").number


def _given_at_packing(reading: Reading) -> bool:
    carrier = mail_orders.in_service(reading)
    return carrier is not None and (carrier.name, carrier.numbers) == ("number_pool", "packing")


def import_span(desk: Desk, first: str, last: str) -> int:
    """Take in the S10 numbers from first to last, each with its own check digit; gives how many."""
    from integrations.carriers.number_pool import numbers

    try:
        found = numbers.spanned(first, last)
    except numbers.NumberError as error:
        raise _unsound(error) from error
    return _import(desk, found, source="span")


def import_list(desk: Desk, text: str) -> int:
    """Take in an explicit list; 13-digit numbers are never computed, only listed."""
    from integrations.carriers.number_pool import numbers

    if len(text) > LARGEST:
        raise _too_large()
    try:
        found = numbers.listed(text)
    except numbers.NumberError as error:
        raise _unsound(error) from error
    return _import(desk, found, source="list")


def taken(source: Path | bytes) -> str:
    """The text of a list, in a file or in the bytes of one."""
    data = source if isinstance(source, bytes) else _bytes_of(source)
    if len(data) > LARGEST:
        raise _too_large()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        why = f"第 {line} 行的文字编码不是 UTF-8。"
        raise checks.usage("pool-list-not-utf8", why, "请在编辑软件里另存为 UTF-8，再导入。") from None


def _bytes_of(path: Path) -> bytes:
    try:
        # A pipe or a device would be waited for without end.
        if not path.is_file():
            raise _unreadable(path, "没有这个文件，或者它不是普通文件")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise _unreadable(path, os_reason(error)) from error


def _import(desk: Desk, found: list[str], *, source: str) -> int:
    with desk.act("import_pool") as work:
        work.object = found[0]
        if known := [number for number in found if _stays_known(work, number)]:
            raise _there_already(known)
        if used := [number for number in found if _in_use(work, number)]:
            raise _used(used)
        for number in found:
            _enter(work, PoolNumber(number, "free", source, work.now, desk.signed_in().code))
        work.facts = {"count": len(found)}
    return len(found)


def _stays_known(work: Work, number: str) -> bool:
    """Whether it is in the pool; what came in more than 24 months ago and is used up may come again."""
    known = work.pool_numbers.get(number)
    if known is None:
        return False
    return known.state == "free" or known.imported_at > work.now - waybills.REUSE_DAYS * DAY_MS


def _in_use(work: Work, number: str) -> bool:
    """Whether it lives, however long ago it was bound, or has been used within 24 months."""
    lives = bool(work.waybills.where(number=number, state="live"))
    return lives or waybills.used_lately(work, number, work.now) is not None


def _enter(work: Work, number: PoolNumber) -> None:
    if work.pool_numbers.get(number.number):
        work.pool_numbers.save(number)
    else:
        work.pool_numbers.add(number)


def spend(desk: Desk, number: str) -> PoolNumber:
    """运单号作废: a sticker that was torn or lost is never given out."""
    from integrations.carriers.number_pool import numbers

    with desk.act("spend_number") as work:
        known = work.pool_numbers.get(refusals.readable("pool_number", numbers.compact(number)))
        if known is None:
            raise refusals.not_found("pool_number", number)
        work.object = known.number
        if known.state != "free":
            raise _not_free(known)
        return work.pool_numbers.save(replace(known, state="spent"))


def status(desk: Desk, *, low: int) -> Stock:
    """How many numbers are free, used and void."""
    desk.signed_in()
    with desk.reading() as reading:
        return stock(reading, low=low)


def stock(reading: Reading, *, low: int) -> Stock:
    """The same within a transaction."""
    counts = {line["state"]: line["n"] for line in reading.lines(sql.COUNT_NUMBERS)}
    return Stock(
        counts.get("free", 0),
        counts.get("bound", 0),
        counts.get("spent", 0),
        low,
        wanted=_given_at_packing(reading),
    )


def _unsound(error: NumberError) -> WrongUsage:
    from integrations.carriers.number_pool import numbers

    why, then = REASONS[error.reason]
    place = f"第 {error.line} 行：" if error.line else ""
    said = why.format(text=refusals.shown(error.text), limit=numbers.LIMIT, first_line=error.first_line)
    return checks.usage(f"pool-{error.reason.replace('_', '-')}", f"{place}{said}。", then)


def _too_large() -> WrongUsage:
    return checks.usage(
        "pool-list-too-large",
        f"清单超过 {LARGEST >> 10} KB。",
        "请核对是不是选错了文件；确实这么多的，分几次导入。",
    )


def _unreadable(path: Path, reason: str) -> OutsideFailed:
    return OutsideFailed(
        "file-unreadable",
        what="运单号清单打不开，没有导入。",
        why=f"{path}：{reason}。",
        next="请核对路径和权限。",
    )


def _listed(numbers: list[str]) -> str:
    more = f"等 {len(numbers)} 个" if len(numbers) > _SHOWN else ""
    return f"{'、'.join(numbers[:_SHOWN])}{more}"


def _there_already(known: list[str]) -> Refused:
    return Refused(
        "pool-number-known",
        what="号码池里已有这些运单号，一个也没有导入。",
        why=f"{_listed(known)}。",
        next="请核对号段是不是导入过。（命令：pool status）",
    )


def _used(used: list[str]) -> Refused:
    return Refused(
        "pool-number-used",
        what="有的运单号 24 个月内用过，一个也没有导入。",
        why=f"{_listed(used)}。",
        next="请与邮政核对这批号码。",
    )


def _not_free(known: PoolNumber) -> Refused:
    return Refused(
        "pool-number-not-free",
        what=f"运单号 {known.number} 没有作废。",
        why="它已用过或已作废。",
        next="要换运单，请在封套上改绑。（命令：envelope bind --instead）",
    )
