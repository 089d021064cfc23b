"""沉默属地: the offices that owe something for longer than is usual with them."""

from workstation.domain.roles import COUNTER
from workstation.screens.doors import Door

DOOR = Door(
    "沉默属地",
    "cmsd",
    "逾常没有签收确认、没有告知、没有寄回结果的业务属地：催办、登记联系、登记签收。",
    roles=COUNTER,
)
