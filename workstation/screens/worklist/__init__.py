"""工作台: what waits, by state, with counts."""

from workstation.screens.doors import Door

DOOR = Door("工作台", "gzt", "各种状态的办件，从这里开始。", needs=True)
