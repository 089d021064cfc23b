"""The limits of the house style, measured: what is too long to be read at one sight is not right yet."""

import ast
import math
from collections.abc import Iterator

from tests.architecture import house

LONGEST_FUNCTION = 60
LONGEST_ORDINARY_FUNCTION = 30  # 95 of 100 functions are at most this long
LONGEST_FILE = 400
BROAD_EXCEPTS = 3
TEST_LINES_PER_LINE = 0.8


def length(function: house.Function) -> int:
    """Count a function's lines from `def` to its last statement."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def test_no_function_is_longer_than_sixty_lines() -> None:
    """Every function of the four packages fits in view."""
    too_long = [
        f"{file.where}:{function.lineno} {function.name} has {length(function)} lines"
        for file in house.product()
        for function in file.functions()
        if length(function) > LONGEST_FUNCTION
    ]

    assert not too_long


def test_nearly_all_functions_are_short() -> None:
    """Of a hundred functions at least 95 have at most thirty lines."""
    lengths = sorted(length(function) for file in house.product() for function in file.functions())

    assert lengths[math.ceil(0.95 * len(lengths)) - 1] <= LONGEST_ORDINARY_FUNCTION


def test_no_file_is_longer_than_four_hundred_lines() -> None:
    """Every file of the four packages is one subject."""
    lengths = {file.where: len(file.lines) for file in house.product()}

    assert {where: lines for where, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_broad_excepts_are_few() -> None:
    """At most three places catch every error; elsewhere errors travel to the door."""
    found = [place for file in house.product() for place in broad_excepts(file)]

    assert len(found) <= BROAD_EXCEPTS, found


def broad_excepts(file: house.Source) -> Iterator[str]:
    """Yield where a file catches, or suppresses, errors of any kind."""
    for node in ast.walk(file.tree):
        match node:
            case ast.ExceptHandler(body=[*_, ast.Raise(exc=None)]):
                continue  # it cleans up and lets the error travel on
            case ast.ExceptHandler(type=None):
                yield f"{file.where}:{node.lineno}"
            case ast.ExceptHandler(type=ast.expr() as caught) if names_any_error(caught):
                yield f"{file.where}:{node.lineno}"
            case ast.Call(func=ast.expr() as function) if ast.unparse(function).endswith("suppress"):
                yield from (f"{file.where}:{node.lineno}" for caught in node.args if names_any_error(caught))


def names_any_error(expression: ast.expr) -> bool:
    """Say whether `Exception` or `BaseException` stands in an expression."""
    names = (node.id for node in ast.walk(expression) if isinstance(node, ast.Name))
    return any(name in {"Exception", "BaseException"} for name in names)


def test_every_function_says_what_it_returns() -> None:
    """Return types stand on every signature, constructors included."""
    silent = [
        f"{file.where}:{function.lineno} {function.name}"
        for file in house.product()
        for function in file.functions()
        if function.returns is None
    ]

    assert not silent


def test_there_are_eight_lines_of_test_for_ten_of_code() -> None:
    """The tests have at least 0.8 times as many written lines as the four packages."""
    code = house.written_lines(house.product())
    tests = house.written_lines(house.sources("tests"))

    assert tests >= TEST_LINES_PER_LINE * code, f"{tests} lines of test for {code} of code"
