"""期限: every leg of a case with its days, and what pauses them."""

from workstation.screens.doors import Door

DOOR = Door(
    "期限",
    "qx",
    "一个办件的每一段期限怎么算：起点、跳过的每一天、暂停、终点。",
    needs=True,
)
