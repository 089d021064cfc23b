"""Values typed wrong, and strange ones that are right: refused by name, or kept and printed as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from stdnum.cn import ric

from tests.bad_input import causes
from tests.bad_input.causes import Cause
from tests.bad_input.provoking import CLERK, Counter

ID = "450103199003070004"
RARE = "𬱟𪾢䶮"
MARKUP = "[bold]<b>{{x}}</b>[/] & \"' %s"

WRONG_VALUES = [
    (causes.ID_CHECK_DIGIT, {"applicant_id_number": "450103199003070005"}),
    (
        causes.ID_DATE,
        {"applicant_id_number": "45010319900230000" + ric.calc_check_digit("45010319900230000 ")},
    ),
    (causes.ID_LENGTH, {"applicant_id_number": ID[:-1]}),
    (causes.ID_LEGACY, {"applicant_id_number": "450103900307000"}),
    (causes.NAME_TOO_LONG, {"applicant_name": "张" * 5000}),
    (causes.NAME_EMOJI, {"applicant_name": "张😀三"}),
    (causes.NAME_CONTROL, {"applicant_name": "张\x1b]0;owned\x07三"}),
    (causes.NAME_INVISIBLE, {"applicant_name": "张\u202e三"}),
    (causes.NAME_PRIVATE, {"applicant_name": "张\ue000"}),
    (causes.NAME_EMPTY, {"applicant_name": "　"}),
    (causes.REMARK_TOO_LONG, {"remark": "长" * 5000}),
    (causes.REMARK_CONTROL, {"remark": "一\n二\x00三"}),
    (causes.REMARK_INVISIBLE, {"remark": "一\u200b二"}),
    (causes.PHONE_PREFIX, {"applicant_phone": "12345678901"}),
    (causes.DIGITS, {"basis_place": "45010"}),
]


@pytest.mark.parametrize(("cause", "values"), WRONG_VALUES, ids=[cause.code for cause, _ in WRONG_VALUES])
def test_a_wrong_value_is_refused_with_its_field(
    counter: Counter, cause: Cause, values: dict[str, Any]
) -> None:
    """A wrong value is told with the field it stood in, and is not repeated; nothing is registered."""
    error = counter.refuses_intake(cause, **values)

    ((path, value),) = values.items()
    field = path.removeprefix("applicant_")
    assert field in error["what"] + error["why"]
    assert value not in "".join(error.values())


def test_markup_in_a_name_is_refused(counter: Counter) -> None:
    """Brackets are no letters of a name, whatever they would mean to a screen."""
    for name in ("[bold]张三", "<b>张三", "{{x}}"):
        counter.refuses_intake(causes.NAME_EMOJI, applicant_name=name)


def test_an_impossible_day_is_refused(counter: Counter) -> None:
    """The thirtieth of February is no day by which to correct anything."""
    number = counter.registers()

    counter.refuses(causes.DUE_DATE, "case", "notice", number, "--due", "2026-02-30", as_=CLERK)


def test_a_number_with_a_wrong_check_digit_is_refused(counter: Counter) -> None:
    """A code typed wrong is told apart from one that does not exist."""
    number = counter.registers()
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    counter.refuses(causes.NUMBER_CHECK_DIGIT, "scan", wrong, as_=CLERK)


def test_full_width_digits_are_accepted(counter: Counter) -> None:
    """What a Chinese input method makes of digits is the same number, in every field of digits."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")

    number = counter.registers(
        applicant_id_number=ID.translate(wide),
        applicant_phone="13900000001".translate(wide),
        basis_place="450103".translate(wide),
        office_postcode="530022".translate(wide),
    )

    case = revealed(counter, number)
    assert case["applicant_id"] == ID
    assert case["applicant_phone"] == "13900000001"
    assert case["basis_place"] == "450103"


def test_rare_characters_are_kept_and_printed(counter: Counter) -> None:
    """Characters far from the basic plane are a name like any other: kept, shown and on the paper."""
    number = counter.registers(applicant_name=RARE)

    assert revealed(counter, number)["applicant_name"] == RARE
    assert RARE in printed(counter, number)


def test_markup_stays_text(counter: Counter) -> None:
    """What would be markup elsewhere is kept, shown and printed as the characters it is."""
    number = counter.registers(remark=MARKUP, office_name=f"示例局{MARKUP}")

    assert revealed(counter, number)["remark"] == MARKUP
    assert f"示例局{MARKUP}".replace(" ", "") in printed(counter, number).replace(" ", "")
    assert f"示例局{MARKUP}" in counter.line("case", "show", number, as_=CLERK).out


def test_emoji_in_a_remark_is_text(counter: Counter) -> None:
    """A remark may hold what people write today."""
    number = counter.registers(remark="已电话告知 👍🏽")

    assert revealed(counter, number)["remark"] == "已电话告知 👍🏽"


def revealed(counter: Counter, number: str) -> dict[str, Any]:
    """The case with its personal values in clear."""
    words = ("case", "reveal", number, "--reason", "contact")
    case: dict[str, Any] = counter.does(*words, as_=CLERK)["case"]
    return case


def printed(counter: Counter, number: str) -> str:
    """The text of the intake slip as it lies in the tray."""
    (slip,) = counter.does("paper", "list", "--of", number, as_=CLERK)["papers"]
    shown = counter.does("paper", "show", slip["number"], as_=CLERK)["paper"]
    with pdfplumber.open(Path(shown["path"])) as pdf:
        return "".join(page.extract_text() for page in pdf.pages)
