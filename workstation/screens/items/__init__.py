"""事项: what is done at this hall, and by which checklist."""

from workstation.screens.doors import Door

DOOR = Door("事项", "sx", "查事项和材料清单；新增事项、更改办理方式，导入办事指南。")
