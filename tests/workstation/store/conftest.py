"""The store's tests run on the engine named by the environment; see `tests/engines.py`."""

from tests.engines import clock, engine, place, store

__all__ = ["clock", "engine", "place", "store"]
