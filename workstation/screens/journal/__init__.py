"""留痕账: the journal for those who may read it."""

from workstation.domain.roles import ROLES
from workstation.screens.doors import Door

DOOR = Door("留痕账", "lhz", "逐条翻看留痕账，核验全账，抄链首码。", roles=ROLES["read_journal"])
