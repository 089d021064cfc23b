"""What is quick stays quick: a library is loaded where it is used, and not by those who only pass by."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture import house

HEAVY = {"textual", "reportlab", "pypinyin", "keyring", "sqlite_utils", "psycopg", "cryptography"}

VERSION = """
import sys
from workstation.__main__ import main
sys.argv = ["workstation", "--version"]
try:
    code = main()
except SystemExit as leaving:
    code = leaving.code
print(*sys.modules, file=sys.stderr)
sys.exit(code)
"""
DOMAIN = """
import importlib, pkgutil, sys
import workstation.domain as domain
for module in pkgutil.walk_packages(domain.__path__, "workstation.domain."):
    importlib.import_module(module.name)
print(*sys.modules, file=sys.stderr)
"""


def run(program: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a Python of its own, away from any home; it tells its modules on stderr."""
    return subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(house.ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def heavy(modules: str) -> set[str]:
    """Pick the heavy libraries out of a list of modules."""
    return HEAVY & {name.partition(".")[0] for name in modules.split()}


def test_the_version_is_told_without_loading_heavy_libraries(tmp_path: Path) -> None:
    """`workstation --version` answers and has loaded none of the libraries that take time."""
    answer = run(VERSION, tmp_path)

    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip()
    assert heavy(answer.stderr) == set()


def test_the_version_leaves_nothing_behind(tmp_path: Path) -> None:
    """Asking for the version makes no home and no file."""
    run(VERSION, tmp_path)

    assert list(tmp_path.iterdir()) == []


def test_the_domain_loads_no_heavy_library(tmp_path: Path) -> None:
    """All modules of the domain together load only what is quick."""
    answer = run(DOMAIN, tmp_path)

    assert answer.returncode == 0, answer.stderr
    assert heavy(answer.stderr) == set()
