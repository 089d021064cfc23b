"""The import contracts of pyproject.toml hold, and each of them gives its reason."""

import subprocess
import sys
import tomllib

from tests.architecture import house

PYPROJECT = house.ROOT / "pyproject.toml"
HEAD = "[[tool.importlinter.contracts]]"


def test_every_import_contract_is_kept() -> None:
    """No import points the wrong way; the linter's own words are shown where one does."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"

    done = subprocess.run(
        [sys.executable, "-c", program, "--no-cache", "--no-logo"],
        cwd=house.ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_gives_its_reason() -> None:
    """A comment stands directly above each contract."""
    lines = PYPROJECT.read_text(encoding="utf-8").splitlines()

    without = [
        lines[at + 1] for at, line in enumerate(lines) if line == HEAD and not lines[at - 1].startswith("# ")
    ]

    assert not without


def test_the_contracts_are_about_all_four_packages() -> None:
    """The graph is built from every package there is, so that none can import unseen."""
    settings = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]

    assert tuple(settings["importlinter"]["root_packages"]) == house.PACKAGES
    assert tuple(settings["hatch"]["build"]["targets"]["wheel"]["packages"]) == house.PACKAGES
