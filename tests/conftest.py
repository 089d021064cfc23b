"""What all tests share: who stays together, what is drawn, what need not be looked through for rubbish."""

import gc
import os
import sys
from typing import Any

import pytest
from hypothesis import settings

# A run is about the change before it: the same examples each time; new ones are drawn with
# `make test ARGS=--hypothesis-profile=default`.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")

# Whatever the shell says: each worker, and each of the hundreds of programs that tests start, would compile
# all of this anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

#: What is played once for many tests is played once in all: each file stays on one worker, and so do these.
TOGETHER = (
    "tests/workstation/practice/",
    "tests/stories/test_typed_",
    "tests/bench/",
)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out whole files, whatever `--dist` says, and as they stand: the most tests are not the longest."""
    from xdist.scheduler import LoadScopeScheduling  # type: ignore[import-untyped]  # it ships no types

    config.option.loadscopereorder = False
    scheduler = LoadScopeScheduling(config, log)
    scheduler._split_scope = group_of
    return scheduler


def group_of(nodeid: str) -> str:
    """Its file, or what that belongs to."""
    file = nodeid.partition("::")[0]
    return next((group for group in TOGETHER if file.startswith(group)), file)


def pytest_collection_finish() -> None:
    """Set the modules and the tests themselves aside; they are most of what the collector would walk."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
