"""邮件轨迹: everything that is on its way with what explains it, and of each parcel all that was told."""

from workstation.domain.roles import COUNTER
from workstation.screens.doors import Door

DOOR = Door(
    "邮件轨迹",
    "yjgj",
    "在途的每一件邮件：在哪里、为什么，说不清的排在最前；打开一件，逐条看它的轨迹。",
    roles=COUNTER,
)
