"""The kills happen on the engine named by the environment; see `tests/engines.py`."""

from tests.engines import place

__all__ = ["place"]
