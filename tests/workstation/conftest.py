"""Stores and halls for every test below; see `tests/engines.py` and `tests/halls.py`."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backends import fail

from printing.fonts import faces
from tests.engines import place
from tests.halls import vacant

__all__ = ["place", "vacant"]


@pytest.fixture(autouse=True, scope="session")
def no_keyring() -> Iterator[None]:
    """No test touches the keyring of whoever runs it, in this process or another."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]  # the library's
        yield


@pytest.fixture(autouse=True)
def no_rare_face() -> Iterator[None]:
    """Whether this machine has the face for rare names changes nothing that a test sees."""
    found = faces.face
    # Not by the test's own patches: set up before `undrawn` they would bring its stand-in back after it.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(faces, "face", lambda name: None if name == faces.RARE else found(name))
        patch.setattr(faces, "RARE_FILES", ())
        yield
