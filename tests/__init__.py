"""The tests; `from tests import builders` works because this folder is a package of the project's root.

Folders below need no file of this kind: pytest and mypy name their modules from the root down.
"""
