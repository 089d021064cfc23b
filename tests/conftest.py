"""What all tests share: nothing that is there before the first test is looked through for rubbish again."""

import gc


def pytest_collection_finish() -> None:
    """Set the modules and the tests themselves aside; they are most of what the collector would walk."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
