"""归档: the cases that have ended, which of them were packed, and the packets made and checked here."""

from workstation.domain.roles import COUNTER
from workstation.screens.doors import Door

DOOR = Door(
    "归档",
    "gd",
    "办结的办件打归档包：挑出要归档的，逐件打包、四性检测；也可检测别处拿来的归档包。",
    roles=COUNTER,
)
