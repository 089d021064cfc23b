"""收件登记: one pass from the item to the number."""

from workstation.domain.roles import ROLES
from workstation.screens.doors import Door

DOOR = Door(
    "收件登记", "sjdj", "登记一个新的办件：事项、属地、申请人、材料，一次填完。", roles=ROLES["register"]
)
