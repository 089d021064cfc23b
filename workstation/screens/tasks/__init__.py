"""待办: what trouble left behind, its steps in order, and how each of them gets done."""

from workstation.domain.roles import COUNTER, Role
from workstation.screens.doors import Door

DOOR = Door(
    "待办",
    "db",
    "退回、丢失、短少、签收可疑等：一步一步怎么办，办了哪几步，怎么了结。",
    roles=COUNTER | {Role.AUDITOR},
)
