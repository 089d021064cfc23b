"""办件: one case with everything of it, and its acts."""

from workstation.screens.doors import Door

DOOR = Door("办件", "bj", "一个办件的全部：材料、送件、时间线、纸面、联系；从这里办下一步。", needs=True)
