"""The project's own sources, read once and parsed, for the tests in this folder to measure."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("workstation", "forms", "printing", "integrations")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Source:
    """One Python file: where it lies, its lines and its syntax tree."""

    path: Path
    lines: tuple[str, ...]
    tree: ast.Module

    @property
    def where(self) -> str:
        """The path as a person names it."""
        return str(self.path.relative_to(ROOT))

    def functions(self) -> Iterator[Function]:
        """Yield functions and methods, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))


@cache
def sources(*folders: str) -> tuple[Source, ...]:
    """Read every Python file under some folders of the project."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return tuple(read(path) for path in paths)


def product() -> tuple[Source, ...]:
    """Read what is shipped: the four packages."""
    return sources(*PACKAGES)


def read(path: Path) -> Source:
    """Read and parse one file."""
    text = path.read_text(encoding="utf-8")
    return Source(path, tuple(text.splitlines()), ast.parse(text))


def written_lines(files: tuple[Source, ...]) -> int:
    """Count the lines that are not blank."""
    return sum(bool(line.strip()) for file in files for line in file.lines)


def folders_in(place: str) -> list[Path]:
    """Name the folders that stand directly in a place, without those that Python makes itself."""
    return sorted(path for path in (ROOT / place).iterdir() if path.is_dir() and path.name != "__pycache__")
