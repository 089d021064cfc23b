"""Commands are typed as a person would; see `tests/line.py`."""

from tests.line import counter, line

__all__ = ["counter", "line"]
