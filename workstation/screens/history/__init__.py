"""旧台账: the hall's old Excel ledgers, taken in and found in; history that nothing is done with."""

from workstation.domain.roles import COUNTER, RULES
from workstation.screens.doors import Door

DOOR = Door(
    "旧台账",
    "jtz",
    "导入以前的 Excel 台账，残损的只标记、不猜补；按姓名、证件、电话、旧编号、邮件号查找。",
    roles=COUNTER | RULES,
)
