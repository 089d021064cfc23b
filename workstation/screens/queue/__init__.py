"""督办队列: what asks for somebody, the worst first; who works it, and what was looked at."""

from workstation.domain.roles import COUNTER
from workstation.screens.doors import Door

DOOR = Door(
    "督办队列",
    "dbdl",
    "逾期的、停着的、要过目的，最急的在前：打开就办；认领、放回、改派、阅、交接班。",
    roles=COUNTER,
)
