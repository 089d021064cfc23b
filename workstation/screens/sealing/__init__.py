"""装袋封装: from papers on the desk to a sealed envelope on its shelf place."""

from workstation.screens.doors import Door

DOOR = Door("装袋封装", "zdfz", "逐份装袋，扫封套面和内件清单，验视后封装上架。", needs=True)
