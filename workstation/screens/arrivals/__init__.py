"""到件: what comes back from home offices, by word and by mail."""

from workstation.domain.roles import COUNTER, Role
from workstation.screens.doors import Door

DOOR = Door("到件", "dj", "属地签收、受理、决定、回寄，结果到窗拆开核对。", roles=COUNTER | {Role.AUDITOR})
