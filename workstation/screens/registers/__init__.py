"""登记簿: the registers, by days, persons masked; given out as files."""

from workstation.acts.registers import READERS
from workstation.screens.doors import Door

DOOR = Door(
    "登记簿",
    "djb",
    "收件台账、寄件登记、收件登记、交接清单、邮费：按日期看，导出表格或打印件。",
    roles=READERS,
)
