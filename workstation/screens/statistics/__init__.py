"""统计: 跨域通办办件统计 in seven views, for those who supervise."""

from workstation.domain.roles import ROLES
from workstation.screens.doors import Door

DOOR = Door(
    "统计",
    "tj",
    "跨域通办办件统计：事项、省份、结果、经办、时限、时段；可导出表格和 PDF。",
    roles=ROLES["export_statistics"],
)
