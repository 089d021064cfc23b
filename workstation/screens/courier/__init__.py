"""交寄: the courier badges in, every envelope is scanned, both confirm."""

from workstation.domain import roles
from workstation.screens.doors import Door

DOOR = Door("交寄", "jj", "揽投员来取件：扫胸牌，逐件扫描，双方确认，出交接清单。", roles=roles.COUNTER)
