"""查找: the one search."""

from workstation.screens.doors import Door

DOOR = Door("查找", "cz", "按编号、尾号、证件号码、电话、姓名、外部编号找办件。")
