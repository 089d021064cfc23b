"""今日办理: what was written and printed here today, and what waits."""

from workstation.screens.doors import Door

DOOR = Door("今日办理", "jrbl", "本窗口今天写了什么、出了什么纸、还有什么在等。")
