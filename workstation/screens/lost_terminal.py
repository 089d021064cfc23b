"""A terminal that is gone: its window was closed, the line to it was cut.

Then nothing is left to draw on, and Textual would read its end again and again. The kernel's own signal for
it reaches only the programs of a session's first group, so it is also looked for.
"""

from __future__ import annotations

import os
import select
import sys
import threading

#: Seconds the program has to close its store; after that it ends as it is, which harms nothing.
_PATIENCE = 5.0
_GONE = select.POLLHUP | select.POLLERR | select.POLLNVAL


def is_gone() -> bool:
    """Whether standard input was hung up; a pipe or a file that has come to its end was not."""
    try:
        number = sys.__stdin__.fileno() if sys.__stdin__ else -1
    except (ValueError, OSError):
        return False
    if number < 0:
        return False
    poll = select.poll()
    poll.register(number, 0)
    return any(event & _GONE for _, event in poll.poll(0))


def end_soon() -> None:
    """End this program in any case: whatever it wrote is synced, whatever it did not is not half written."""
    timer = threading.Timer(_PATIENCE, os._exit, (1,))
    timer.daemon = True
    timer.start()
