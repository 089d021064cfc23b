"""读证: a card reader brings an identity document to the counter, in the form a hand-in takes it.

The chip proves a genuine card, not that the bearer is its holder: that is looked at in `identification`.
"""

from __future__ import annotations

from integrations import card_readers
from integrations.card_readers import CardText, ReaderError
from workstation.acts import checks, refusals
from workstation.acts.inputs import IdentityDocument
from workstation.errors import OutsideFailed, command

BAUD = 115200
"""What readers are set to when they are delivered."""

_PLUG = "请检查读卡器的连线和端口后再读；急用时可照证件输入。（命令：--port）"
_AGAIN = "请把证件重新放好，放稳后再读；仍不行时照证件输入。"
_TECHNICIAN = "请重新插拔读卡器后再读；仍不行时请设备维护人员检查，先照证件输入。"

#: Why a card could not be read, and what to do; `{status}` is what the device itself answered.
READER_REASONS = {
    "port_missing": ("没有这个端口，读卡器没有接上或换了端口。", _PLUG),
    "port_denied": (
        "当前用户没有使用这个端口的权限。",
        "请系统管理员给当前用户开通串口权限；先照证件输入。",
    ),
    "port_busy": ("端口正被别的程序占用。", "请关掉正在读卡的其他程序后再读。"),
    "port_unusable": ("端口打不开，或不能这样设置。", _PLUG),
    "port_vanished": ("读的时候读卡器断开了。", _PLUG),
    "no_answer": ("读卡器没有应答。", _PLUG),
    "truncated": ("读卡器的应答只有半截。", _AGAIN),
    "checksum": ("读卡器的应答校验不符，线路上有干扰。", _AGAIN),
    "unexpected_answer": ("读卡器的应答不合规程。", _TECHNICIAN),
    "no_card": ("等候时间内没有放上证件。", "请把证件放到读卡器上再读。"),
    "card_lifted": ("没有读完证件就拿开了{status}。", _AGAIN),
    "status": ("读卡器报告没有读成{status}。", _TECHNICIAN),
    "unknown_layout": ("芯片里的内容不是已知的证件版式。", "请照证件输入。"),
    "unreadable_text": ("芯片里的文字有损坏或不合规定。", "请照证件逐项输入。"),
}


def names() -> tuple[str, ...]:
    """The makes of readers there are."""
    return card_readers.names()


def read(reader_name: str, port: str, timeout: float, *, baud: int = BAUD) -> IdentityDocument:
    """The document laid on this reader within `timeout` seconds."""
    try:
        make = card_readers.load(reader_name)
    except KeyError:
        known = "、".join(names())
        raise checks.usage(
            "reader-unknown",
            f"不认识读卡器“{refusals.shown(reader_name)}”。",
            f"请系统管理员核对读卡器的设置；先照证件输入。{command(f'可用 {known}')}",
        ) from None
    try:
        card = make.reader(port, baud=baud).read(timeout)
    except ReaderError as error:
        raise explained(error) from error
    return document(card, reader_name)


def document(card: CardText, source: str) -> IdentityDocument:
    """What a card says, as a hand-in takes it; whoever has a Chinese name is registered under it."""
    # A comma parts surname and given names on the card, and stands in no name.
    name = card.name or " ".join((card.latin_name or "").replace(",", " ").split())
    return IdentityDocument(
        name=name,
        id_kind=card.kind,
        id_number=card.number,
        address=card.address,
        valid_to=card.valid_to.isoformat() if card.valid_to else None,
        source=source,
    )


def explained(error: ReaderError) -> OutsideFailed:
    """A card that could not be read, in the clerk's words; nothing from the card is in them."""
    why, then = READER_REASONS[error.reason]
    told = f"：{error.sentence}" if error.sentence else ""
    return OutsideFailed(
        f"reader-{error.reason.replace('_', '-')}",
        what="身份证件没有读成。",
        why=why.format(status=told),
        next=then,
    )
