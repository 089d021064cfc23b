"""属地部门: the directory of home offices."""

from workstation.screens.doors import Door

DOOR = Door("属地部门", "sdbm", "业务属地部门的通讯录：查找、新增、更改、电话核实、停用，导入和导出。")
