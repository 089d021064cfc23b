"""抽查: cases drawn by a seed and by their flags, looked through again, with what was found."""

from workstation.domain.roles import Role
from workstation.screens.doors import Door

DOOR = Door(
    "抽查",
    "cc",
    "按比例随机抽出办件，有标记的一律抽出；复看之后登记结果，出具抽查单。",
    roles=frozenset({Role.SUPERVISOR, Role.AUDITOR}),
)
