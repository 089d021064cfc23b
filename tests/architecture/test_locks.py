"""The locks name exact files and nothing about the machine that wrote them."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture import house

LOCKS = sorted(path.name for path in house.ROOT.glob("requirements*.lock"))
LOCKED_BY_GROUP = {
    "test": "requirements.lock",
    "lint": "requirements.lock",
    "build": "requirements-build.lock",
    "fonts": "requirements-fonts.lock",
    "postgres": "requirements-postgres.lock",
}
PINNED = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9][0-9a-z.+]*)(?: ; (?P<marker>[^/]+))?")
HASHED = re.compile(r"(?: --hash=sha256:[0-9a-f]{64})+")


def requirements(lock: str) -> list[str]:
    """Return the lines of a lock, each with its hashes drawn up behind it."""
    text = (house.ROOT / lock).read_text(encoding="utf-8")
    return [re.sub(r"\s+", " ", line).strip() for line in text.replace("\\\n", " ").splitlines()]


def versions(lock: str) -> dict[str, str]:
    """Read which version of what a lock names."""
    found = (PINNED.match(line) for line in requirements(lock))
    return {match["name"]: match["version"] for match in found if match}


def test_all_the_locks_are_there() -> None:
    """Setting up finds one lock for everything and one for each thing that is installed by itself."""
    assert set(LOCKS) == set(LOCKED_BY_GROUP.values())


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_contains_no_address_and_no_path(lock: str) -> None:
    """Where packages come from is each machine's own affair."""
    text = (house.ROOT / lock).read_text(encoding="utf-8")

    assert "://" not in text
    assert "/" not in text
    assert not [word for word in ("--index", "--extra-index", "--find-links", "-e ", "file:") if word in text]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_pinned_and_hashed(lock: str) -> None:
    """A line is a name, one version, perhaps a marker, and the hashes of its files."""
    lines = requirements(lock)

    loose = [line for line in lines if not re.fullmatch(PINNED.pattern + HASHED.pattern, line)]

    assert lines
    assert not loose


@pytest.mark.parametrize("group", ["dependencies", *LOCKED_BY_GROUP])
def test_the_lock_answers_what_the_project_asks_for(group: str) -> None:
    """Everything pyproject.toml names is locked, in a version that it allows."""
    settings = tomllib.loads((house.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {"dependencies": settings["project"]["dependencies"], **settings["dependency-groups"]}[group]

    locked = versions(LOCKED_BY_GROUP.get(group, "requirements.lock"))

    for requirement in map(Requirement, asked):
        assert locked[canonicalize_name(requirement.name)] in requirement.specifier


def test_what_two_locks_share_has_one_version() -> None:
    """Installing the build backend changes nothing that was installed before it."""
    everything, backend = versions("requirements.lock"), versions("requirements-build.lock")

    shared = everything.keys() & backend.keys()

    assert {name: everything[name] for name in shared} == {name: backend[name] for name in shared}


def test_the_build_backend_is_the_one_that_is_locked() -> None:
    """What pyproject.toml names as build backend is what the group `build` locks."""
    settings = tomllib.loads((house.ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert settings["build-system"]["requires"] == settings["dependency-groups"]["build"]
