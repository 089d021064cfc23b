"""打印机: which there are, where each window's papers go, and what each must correct."""

from workstation.screens.doors import Door

DOOR = Door("打印机", "dyj", "大厅的打印机：登记、停用、问一问现在怎样；各窗口的出纸去向；校准。")
