"""The hall's old 台账 out of Excel: which column is what, which lines count, and what in them is damaged.

Damage is told and never mended: what Excel has rounded away, nobody can know. Nothing here reads a file.
"""
