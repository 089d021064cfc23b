"""Input that is not the JSON a verb asked for: said with its place, before anything is tried."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.bad_input import causes
from tests.bad_input.causes import Cause
from tests.bad_input.provoking import CLERK, REGISTER, Counter, intake

WHOLE = json.dumps(intake(), ensure_ascii=False)

NOT_JSON: list[tuple[Cause, Any]] = [
    (causes.JSON_BROKEN, WHOLE[:-1]),
    (causes.JSON_BROKEN, WHOLE.replace('"item"', "item")),
    (causes.JSON_BROKEN, '{"item": NaN}'),
    (causes.JSON_BROKEN, "[" * 100_000),
    (causes.JSON_EMPTY, " \n"),
    (causes.JSON_NOT_UTF8, WHOLE.encode("gb18030")),
    (causes.JSON_HALF_CHARACTER, WHOLE.replace("覃示例", "\\ud800")),
    (causes.JSON_TOO_LARGE, " " * 1_000_001),
    (causes.JSON_DUPLICATE_FIELD, WHOLE.replace('"item"', '"item": "63", "item"')),
]

WRONG_FORM: list[tuple[Cause, str, dict[str, Any]]] = [
    (causes.JSON_UNKNOWN_FIELD, "applicant.nmae", {"applicant_nmae": "张三"}),
    (causes.JSON_UNKNOWN_FIELD, "opinion", {"opinion": "同意"}),
    (causes.JSON_WRONG_TYPE, "item", {"item": 59}),
    (causes.JSON_WRONG_TYPE, "offices", {"offices": "一个"}),
    (
        causes.JSON_WRONG_TYPE,
        "materials[0].copies",
        {"materials": [{"row": "a", "form": "copy", "copies": "1"}]},
    ),
    (causes.JSON_WRONG_TYPE, "applicant", {"applicant": None}),
    (causes.JSON_MISSING_FIELD, "materials[0].row", {"materials": [{"form": "copy"}]}),
]


@pytest.mark.parametrize(("cause", "given"), NOT_JSON)
def test_what_is_not_json_is_refused(counter: Counter, cause: Cause, given: str | bytes) -> None:
    """Broken, empty, foreign or doubled JSON is refused under a code of its own; nothing is registered."""
    counter.refuses(cause, *REGISTER, stdin=given, as_=CLERK)


@pytest.mark.parametrize(("cause", "field", "values"), WRONG_FORM)
def test_json_of_another_form_is_refused_with_its_field(
    counter: Counter, cause: Cause, field: str, values: dict[str, Any]
) -> None:
    """A field that is unknown, missing or of the wrong type is named by its path."""
    error = counter.refuses_intake(cause, **values)

    assert field in error["why"]


def test_json_that_is_not_given_is_asked_for(counter: Counter) -> None:
    """A verb that reads JSON says so when none is given, and how to see its form."""
    error = counter.refuses(causes.JSON_MISSING, "case", "register", as_=CLERK)

    assert "--schema" in error["next"]
