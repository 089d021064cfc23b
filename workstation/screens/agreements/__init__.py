"""协议: what home offices have agreed with this hall."""

from workstation.screens.doors import Door

DOOR = Door("协议", "xy", "与业务属地部门就各事项的协议：授予的权力、时限、容缺；登记和终止。")
