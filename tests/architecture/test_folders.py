"""A thing of its kind is a folder of its kind: being there is being registered, so what is there is whole."""

import ast
import importlib
from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.architecture import house

DOCUMENTED = 0.9

# Place, and the file that makes a folder there one of its kind.
KINDS = [("forms/documents", "document.md"), ("forms/items", "checklist.toml")]


@pytest.mark.parametrize(("place", "file"), KINDS)
def test_each_folder_has_the_file_of_its_kind(place: str, file: str) -> None:
    """No document is without its wording and no service item without its data."""
    folders = house.folders_in(place)

    assert folders
    assert not [folder.name for folder in folders if not (folder / file).is_file()]


def test_each_folder_with_python_is_a_package() -> None:
    """The import contracts see every module; one in a folder without `__init__.py` would escape them."""
    folders = {file.path.parent for file in house.product()}

    assert not [str(folder) for folder in folders if not (folder / "__init__.py").is_file()]


def test_each_command_module_has_what_the_registry_needs() -> None:
    """A noun is registered by being there, and there are nouns."""
    files = sorted((house.ROOT / "workstation" / "commands").glob("*.py"))
    nouns = [file.stem for file in files if not file.stem.startswith("_")]

    modules = [importlib.import_module(f"workstation.commands.{noun}") for noun in nouns]

    assert modules
    assert not [f"{module.__name__} lacks {thing}" for module in modules for thing in lacking(module)]


def lacking(module: ModuleType) -> Iterator[str]:
    """Yield what the registry would look for in a command module in vain."""
    if not module.__doc__:
        yield "a docstring, which is the noun's line in the help"
    if not any(callable(value) for name, value in vars(module).items() if not name.startswith("_")):
        yield "a verb"


def test_most_of_what_is_public_says_what_it_is() -> None:
    """Nine of ten modules, public classes and public functions have a docstring."""
    public = [thing for file in house.product() for thing in documentable(file)]
    silent = [where for where, docstring in public if not docstring]

    assert len(silent) <= (1 - DOCUMENTED) * len(public), silent


def documentable(file: house.Source) -> Iterator[tuple[str, str | None]]:
    """Yield a file's module, public classes and public functions, each with its docstring or None."""
    if file.path.name != "__init__.py" or file.tree.body:
        yield file.where, ast.get_docstring(file.tree)
    for name, node in public_names(file.tree.body):
        yield f"{file.where}:{node.lineno} {name}", ast.get_docstring(node)


def public_names(body: list[ast.stmt]) -> Iterator[tuple[str, ast.ClassDef | house.Function]]:
    """Yield classes and functions without an underscore, and those inside such a class."""
    for node in body:
        if isinstance(node, ast.ClassDef | house.Function) and not node.name.startswith("_"):
            yield node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public_names(node.body)
