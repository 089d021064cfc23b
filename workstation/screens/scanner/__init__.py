"""F12: what a scanner really sends."""

from workstation.screens.doors import Door

DOOR = Door("扫描枪检查", "smqjc", "看扫描枪实际发来的按键和间隔，配好间隔、结尾和前缀。")
