"""下单: what the carrier is told of envelopes, how it stands, and what a person has to say about it."""

from workstation.domain.roles import COUNTER
from workstation.screens.doors import Door

DOOR = Door(
    "下单",
    "xd",
    "封套向寄递企业下的单：走到哪一步，要人管的是哪几单；再试、撤单、绑运单；还没有运单的封套。",
    roles=COUNTER,
)
