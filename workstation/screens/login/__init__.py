"""登录、锁屏与换人."""

from workstation.screens.doors import Door

DOOR = Door("登录", "dl", "登录后开始办理；离开座位先锁屏。", needs=True)
