"""What is said above the list: to whom, whose papers, what comes next, what the seal still waits for."""

from __future__ import annotations

from workstation.acts import masking
from workstation.domain.words import word
from workstation.screens.sealing.bag import FACES, Bag, Phase, Share, tail
from workstation.screens.sealing.pane import SealPane
from workstation.screens.sealing.ticks import Ticks
from workstation.widgets.words import cut

#: Cells of one thing the seal waits for: two lines of a narrow screen.
_TWO_LINES = 150


def head(bag: Bag, beside: int) -> tuple[str, str, str]:
    """Office, cases and envelope, a line each; `beside` more consignments wait for the same office."""
    office = bag.office
    purpose = "补充材料" if bag.is_supplement else "首次寄送"
    more = f"　同属地另有 {beside} 件等装袋，可合装" if beside else ""
    envelope = f"未装袋　{purpose}{more}"
    if bag.envelope:
        envelope = f"{bag.envelope.number}　{purpose}　{word(bag.envelope.state)}"
    return (
        f"寄往　{office.office_name}　{office.office_postcode}　{office.office_address}",
        _cases(bag),
        f"封套　{envelope}",
    )


def _cases(bag: Bag) -> str:
    if len(bag.shares) == 1:
        return f"办件　{bag.names[0]}　{_whose(bag.shares[0])}　{bag.shares[0].title}"
    several = "、".join(f"{tail(share.consignment.id)} {_whose(share)}" for share in bag.shares)
    return f"合装　{len(bag.shares)} 件：{several}"


def _whose(share: Share) -> str:
    return masking.field(share.case, "applicant_name") or ""


def why_not_on(bag: Bag, ticks: Ticks, pane: SealPane) -> str | None:
    """Why one cannot pack, or seal, now."""
    return refused(bag) or lacking(bag, ticks, pane)


def refused(bag: Bag) -> str | None:
    """Why the act would be refused, whatever is ticked, scanned or typed."""
    if bag.phase == Phase.SEALING:
        return bag.why_not("seal")
    if bag.envelope:
        return f"封套现在是“{word(bag.envelope.state)}”"
    if bag.waiting:
        return f"已经装过，在等第二人确认（{bag.waiting[0]}）"
    return bag.why_not("pack")


def lacking(bag: Bag, ticks: Ticks, pane: SealPane) -> str | None:
    """What is not ticked, scanned or typed yet: the first thing, on this screen."""
    if bag.phase == Phase.SEALING:
        return _unscanned(ticks) or (pane.lacks[1] if pane.lacks else None)
    return _unconfirmed(bag, ticks) if bag.phase == Phase.PACKING else None


def _unconfirmed(bag: Bag, ticks: Ticks) -> str | None:
    if left := ticks.left_to_confirm(bag):
        return f"还有 {left} 份没有确认装入"
    return None if len(ticks.without) < len(bag.pieces) else "没有一份要装"


def _unscanned(ticks: Ticks) -> str | None:
    missing = [word(kind) for kind in FACES if kind not in ticks.scans]
    return f"还没有扫{'和'.join(missing)}" if missing else None


def next_step(bag: Bag, ticks: Ticks, pane: SealPane) -> tuple[bool, str]:
    """Whether one can go on, and how; or why not."""
    why = why_not_on(bag, ticks, pane)
    if bag.phase == Phase.PACKING:
        return _next_in_packing(bag, ticks, why)
    if bag.phase == Phase.SEALING:
        if refusal := bag.why_not("seal"):
            return False, f"! 现在不能封装：{refusal}"
        if why:
            return True, f"> {_ASKS.get(why, why.replace('还没有扫', '请扫') + '的条码')}"
        return True, f"> 封好封套，^S 封装，放到货位 {pane.place}"
    return _closed(bag)


_ASKS = {
    "还没有写货位": "写上放在哪个货位",
    "验视人不在岗或没有这个工号": "改一下验视人的工号",
    "还没有确认封套内无涉密材料": "检查封套内没有涉密材料，空格打勾",
}


def _next_in_packing(bag: Bag, ticks: Ticks, why: str | None) -> tuple[bool, str]:
    total = len(bag.pieces)
    left = ticks.left_to_confirm(bag)
    if why and not (left and bag.why_not("pack") is None and not bag.waiting):
        return False, f"! 现在不能装袋：{why}"
    without = f"（{len(ticks.without)} 份不装，要第二人确认）" if ticks.without else ""
    if left:
        return True, f"> 逐份放进封套，每放一份按空格：{total - left}/{total}{without}"
    return True, f"> 齐了：^S 装袋，出封套面和内件清单{without}"


def _closed(bag: Bag) -> tuple[bool, str]:
    envelope = bag.envelope
    if envelope is None or envelope.state != "sealed":
        return False, f"· 封套现在是“{word(envelope.state)}”" if envelope else ""
    return True, f"✓ 已封装，在货位 {envelope.place}，等揽投员"


def lacks(bag: Bag, mismatch: str) -> str:
    """What the seal still waits for, and what was scanned that belongs elsewhere."""
    waits = [cut(f"! 封装还等：{each}", _TWO_LINES) for each in bag.lacks]
    return "\n".join([*([f"✗ {mismatch}"] if mismatch else []), *waits])
