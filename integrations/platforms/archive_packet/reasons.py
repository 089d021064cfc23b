"""What can be wrong with a packet, by the four checks 四性检测 that find it; words are made in the acts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Check(StrEnum):
    """The four checks, as a real transfer to an archive has them (SOURCE.md)."""

    AUTHENTIC = "authentic"
    COMPLETE = "complete"
    USABLE = "usable"
    SAFE = "safe"


class Reason(StrEnum):
    """One kind of fault."""

    # 真实性
    CHANGED = "changed"
    UNLISTED = "unlisted"
    DOUBLED_NUMBER = "doubled_number"
    METADATA_DIFFERS = "metadata_differs"
    JOURNAL_CHANGED = "journal_changed"
    # 完整性
    MISSING = "missing"
    SIZE = "size"
    UNEXPLAINED = "unexplained"
    COUNT = "count"
    # 可用性
    NOT_PACKET = "not_packet"
    DAMAGED = "damaged"
    FORM = "form"
    BOMB = "bomb"
    TABLE = "table"
    METADATA = "metadata"
    JOURNAL = "journal"
    PDF = "pdf"
    PICTURE = "picture"
    # 安全性
    ABSOLUTE_NAME = "absolute_name"
    OUTSIDE_NAME = "outside_name"
    STRANGE_NAME = "strange_name"
    DOUBLED_NAME = "doubled_name"
    LINK = "link"
    ENCRYPTED = "encrypted"
    HIDDEN = "hidden"
    DTD = "dtd"
    ACTIVE = "active"
    KIND = "kind"
    SIGNATURE = "signature"


_FOUND_BY = {
    Check.AUTHENTIC: (
        Reason.CHANGED,
        Reason.UNLISTED,
        Reason.DOUBLED_NUMBER,
        Reason.METADATA_DIFFERS,
        Reason.JOURNAL_CHANGED,
    ),
    Check.COMPLETE: (Reason.MISSING, Reason.SIZE, Reason.UNEXPLAINED, Reason.COUNT),
    Check.USABLE: (
        Reason.NOT_PACKET,
        Reason.DAMAGED,
        Reason.FORM,
        Reason.BOMB,
        Reason.TABLE,
        Reason.METADATA,
        Reason.JOURNAL,
        Reason.PDF,
        Reason.PICTURE,
    ),
}
#: Which check finds it; whatever is not named above is a matter of safety.
CHECK_OF = {reason: check for check, reasons in _FOUND_BY.items() for reason in reasons}


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong, and in which file of the packet."""

    reason: Reason
    file: str = ""

    @property
    def check(self) -> Check:
        """Which of the four found it."""
        return CHECK_OF.get(self.reason, Check.SAFE)
