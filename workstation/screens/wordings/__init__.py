"""文书措辞: what the hall's papers say."""

from workstation.domain.roles import Role
from workstation.screens.doors import Door

DOOR = Door(
    "文书措辞",
    "wscc",
    "各种文书现用的文字：看样张，从文件换成本大厅的文字，恢复系统原文。",
    roles=frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
)
