"""送达: the result handed to whom it is for, the rating invited, the case closed."""

from workstation.domain.roles import COUNTER, Role
from workstation.screens.doors import Door

DOOR = Door(
    "送达", "sd", "核对领取人，交付结果，邀请评价，办结。", roles=COUNTER | {Role.AUDITOR}, needs=True
)
