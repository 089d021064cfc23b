"""Long forms: what stands there before anything is typed."""

from __future__ import annotations

import pytest

from workstation.screens.dialogs import Asked
from workstation.screens.directory import folded, holds
from workstation.screens.long_form import LongForm

ASKED = (
    Asked("source", "来源", required=True),
    Asked("source_date", "来源日期"),
    Asked("phone", "打哪里"),
    Asked("limits.accept", "受理几天"),
    Asked("payer_out", "谁付", codes={"window": "本窗口", "home": "属地"}),
    Asked("back", "回程", codes={"window": "本窗口", "home": "属地"}, value="home"),
    Asked("notify", "一次性告知权", tick=True),
)


def test_what_stood_there_at_first_is_nothing_that_was_typed() -> None:
    """Empty text, the first or the given code, and no tick."""
    form = LongForm("表", ASKED, {"source": "大厅决定"})

    assert form._at_first == {
        "source": "",
        "source_date": "",
        "phone": "",
        "limits.accept": "",
        "payer_out": "window",
        "back": "home",
        "notify": "no",
    }
    assert [one.value for one in form._asked][:1] == ["大厅决定"]


@pytest.mark.parametrize(("text", "fits"), [("", True), ("ＡＢ", True), ("ab 二", True), ("ab 三", False)])
def test_each_part_of_what_is_typed_has_to_be_there(text: str, fits: bool) -> None:
    """Parts in any order, full width or not."""
    assert holds(folded("二 Ab"), text) is fits
