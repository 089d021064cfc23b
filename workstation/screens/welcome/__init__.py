"""第一次启动: practise, or found a hall."""

from workstation.screens.doors import Door

DOOR = Door("开始", "ks", "这里还没有大厅：先演练，或新建大厅。", needs=True)
