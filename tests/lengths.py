"""How often what is drawn by chance is drawn, and how often a program is killed.

`make test` stays short; `make test-long` does each as often as the issues ask for.
"""

import os

#: Set by `make test-long`.
VARIABLE = "WORKSTATION_TEST_LONG"


def often(in_full: int, in_short: int) -> int:
    """So often in a long run, and so often in a short one."""
    return in_full if os.environ.get(VARIABLE) else in_short
