"""What all tests share: who stays together, what is drawn, what need not be looked through for rubbish."""

import functools
import gc
import itertools
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from hypothesis import settings

from workstation.acts import passwords

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


_FOLDERS = itertools.count()


@pytest.fixture
def tmp_path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for this test; pytest's own would look through those of all tests before it."""
    name = re.sub(r"\W", "_", request.node.name)[:30]
    folder = tmp_path_factory.getbasetemp() / f"{name}-{next(_FOLDERS)}"
    folder.mkdir(mode=0o700)
    return folder


class _Remembered:
    """Argon2id is slow by design: what a process has verified once it knows."""

    verify_phc_encoded = staticmethod(functools.cache(Argon2id.verify_phc_encoded))

    def __new__(cls, **parameters: Any) -> Any:
        """The real one, to hash with."""
        return Argon2id(**parameters)


@pytest.fixture(scope="session", autouse=True)
def _remembered_passwords() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "Argon2id", _Remembered)
        yield
