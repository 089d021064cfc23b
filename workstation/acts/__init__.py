"""What can be done at the counter: one module a duty, one function an act.

Screens and commands call the same functions; every guard is in here.
"""
