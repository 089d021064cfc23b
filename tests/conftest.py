"""What all tests share: what was there before is not looked through for rubbish, who stays together, what is drawn."""

import gc
from pathlib import Path

import pytest
from hypothesis import settings

# A run is about the change before it: the same examples each time. `make test ARGS=--hypothesis-profile=default`
# draws new ones.
settings.register_profile("same", derandomize=True)
settings.load_profile("same")

#: What is played once for many tests is played once in all: these run on one worker, by file or folder.
TOGETHER = (
    "tests/workstation/practice",
    "tests/stories/test_mail_week.py",
    "tests/stories/test_typed_case.py",
    "tests/stories/test_typed_first_start.py",
    "tests/bench",
)
_ROOT = Path(__file__).parent.parent


@pytest.hookimpl(tryfirst=True)  # before xdist looks for the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Name the group of each test that belongs to one."""
    for item in items:
        place = item.path.relative_to(_ROOT).as_posix()
        for group in TOGETHER:
            if place.startswith(group):
                item.add_marker(pytest.mark.xdist_group(group))


def pytest_collection_finish() -> None:
    """Set the modules and the tests themselves aside; they are most of what the collector would walk."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
