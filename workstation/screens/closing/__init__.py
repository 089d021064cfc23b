"""日清月结: what is unexplained, and the end of the day and of the month."""

from workstation.domain.roles import Role
from workstation.screens.doors import Door

DOOR = Door(
    "日清月结",
    "rqyj",
    "说不清的封套、纸面、批次、待办，各在哪里；核清之后日清，月底之后月结，需要时重开。",
    roles=frozenset({Role.SUPERVISOR, Role.AUDITOR}),
)
