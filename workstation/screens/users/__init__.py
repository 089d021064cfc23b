"""人员: who works here."""

from workstation.screens.doors import Door

DOOR = Door("人员", "ry", "人员名单；新增、停用、密码、PIN、胸牌。")
