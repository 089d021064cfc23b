"""打印队列: what this window prints, how it stands, and what a person has to say about it."""

from workstation.domain.roles import ROLES
from workstation.screens.doors import Door

DOOR = Door(
    "打印队列",
    "dydl",
    "本窗口的打印任务：打到哪一步，打印机怎么了；确认、换打印机、取消。",
    roles=ROLES["print_paper"],
)
