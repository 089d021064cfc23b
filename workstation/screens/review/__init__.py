"""形式审查: the checklist of one case, row by row, with 一次性告知, 补正 and 承诺."""

from workstation.domain.roles import COUNTER
from workstation.screens.doors import Door

DOOR = Door("形式审查", "xssc", "逐行审查材料；不符的一次性告知，补正后再审。", roles=COUNTER, needs=True)
