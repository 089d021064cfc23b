"""How an item is done across provinces (实现形式), and the path that follows for a case at the counter."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum
from types import MappingProxyType


class Mode(StrEnum):
    """How an item is done across provinces, in the words of the national list of 2020 (实现形式)."""

    NATIONWIDE = "nationwide"
    ONLINE = "online"
    ONLINE_APPLICATION = "online_application"
    COLLECT_ELSEWHERE = "collect_elsewhere"
    JOINT = "joint"
    ONLINE_PRECHECK = "online_precheck"
    POSTAL = "postal"
    SELF_SERVICE = "self_service"
    PENDING = "pending"
    ONSITE = "onsite"
    NOT_IN_PROVINCE = "not_in_province"


class Path(StrEnum):
    """What the counter does with an item: it receives the papers, or guides to where it is done."""

    RECEIVED = "received"
    NOT_IN_PROVINCE = "not_in_province"
    ONSITE = "onsite"
    PENDING = "pending"
    """The list names no way (2020年清单未载明方式); the hall's own mode decides."""
    JOINT = "joint"
    """Received too, with one consignment for each authority (多地联办)."""
    ONLINE = "online"
    LOCAL = "local"
    SELF_SERVICE = "self_service"

    @property
    def is_received(self) -> bool:
        """Whether papers are taken in at the counter."""
        return self in (Path.RECEIVED, Path.JOINT)


# An item may have several modes, and the first line that names one of them decides. Receiving stands first:
# who can hand in papers here is not sent away because there is another way too.
_DECIDING: tuple[tuple[Path, frozenset[Mode]], ...] = (
    (Path.RECEIVED, frozenset({Mode.COLLECT_ELSEWHERE, Mode.POSTAL})),
    (Path.NOT_IN_PROVINCE, frozenset({Mode.NOT_IN_PROVINCE})),
    (Path.ONSITE, frozenset({Mode.ONSITE})),
    (Path.PENDING, frozenset({Mode.PENDING})),
    (Path.JOINT, frozenset({Mode.JOINT})),
    (Path.ONLINE, frozenset({Mode.ONLINE, Mode.ONLINE_APPLICATION})),
    (Path.LOCAL, frozenset({Mode.NATIONWIDE})),
    (Path.SELF_SERVICE, frozenset({Mode.SELF_SERVICE})),
)

MODE_WORDS: Mapping[Mode, str] = MappingProxyType(
    {
        Mode.NATIONWIDE: "全国无差别办理",
        Mode.ONLINE: "全程网办",
        Mode.ONLINE_APPLICATION: "网上申请办理",
        Mode.COLLECT_ELSEWHERE: "异地代收代办",
        Mode.JOINT: "多地联办",
        Mode.ONLINE_PRECHECK: "网上预审",
        Mode.POSTAL: "邮政寄递",
        Mode.SELF_SERVICE: "自助办理",
        Mode.PENDING: "按照统一部署安排",
        Mode.ONSITE: "仍需现场办理",
        Mode.NOT_IN_PROVINCE: "我省无该事项",
    }
)
"""The list's own words, shortened to what our codes keep of them."""

PATH_WORDS: Mapping[Path, str] = MappingProxyType(
    {
        Path.RECEIVED: "收件",
        Path.NOT_IN_PROVINCE: "本省无该事项",
        Path.ONSITE: "须现场办理",
        Path.PENDING: "2020年清单未载明方式",
        Path.JOINT: "收件（多地联办）",
        Path.ONLINE: "网办",
        Path.LOCAL: "本地就办",
        Path.SELF_SERVICE: "自助",
    }
)
"""What the clerk reads."""


class NoPath(ValueError):
    """None of these modes says what the counter does, e.g. 网上预审 alone."""


def path_of(modes: Collection[Mode]) -> Path:
    """The path of an item with these modes; `NoPath` where none of them decides it."""
    for path, deciding in _DECIDING:
        if not deciding.isdisjoint(modes):
            return path
    raise NoPath(", ".join(modes))
