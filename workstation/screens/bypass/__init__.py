"""体外循环: the signs that a hand-in went past the rules."""

from workstation.acts.bypass import READERS
from workstation.screens.doors import Door

DOOR = Door(
    "体外循环",
    "twxh",
    "收件不审查、不一次性告知、审查通过后属地又要求补正的迹象。",
    roles=READERS,
)
