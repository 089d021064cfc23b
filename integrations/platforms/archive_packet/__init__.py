"""归档包: the packet of one case as bytes (`packet`), how it is named, and the four checks 四性检测 on it."""
