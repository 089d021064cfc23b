"""单位名称: how names of firms and authorities are written in one way, and what is no name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.identifiers import InvalidIdentifier, organisation_name


@pytest.mark.parametrize(
    "name",
    [
        "示例市示例区公安局",
        "示例（厦门）科技有限公司",
        "路易·示例商贸（中国）有限公司",
        "7-示例便利店",
        "A&B 示例咨询有限公司",
        "EXAMPLE (CHINA) CO., LTD.",
        "示例区王𬱟宁餐馆",
        "李𠮷小吃店",
        "Société d'Exemple",
        "“示例”工作室",
        "示例",
        "示" * 100,
    ],
)
def test_names_are_accepted_as_they_stand(name: str) -> None:
    """Han, rare ones too, letters, digits and the marks of such names."""
    assert organisation_name.validate(name) == name


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("示例(厦门)科技有限公司", "示例（厦门）科技有限公司"),
        ("示例（厦门)科技有限公司", "示例（厦门）科技有限公司"),
        ("示例 (厦门) 科技有限公司", "示例（厦门）科技有限公司"),
        ("ABC(China)有限公司", "ABC（China）有限公司"),
        ("EXAMPLE（CHINA）CO., LTD.", "EXAMPLE(CHINA)CO., LTD."),
        ("ＡＢＣ示例１２３号店", "ABC示例123号店"),
        ("Ａ＆Ｂ示例公司", "A&B示例公司"),
        ("路易•示例公司", "路易·示例公司"),
        ("示　例　公司", "示例公司"),
        ("  示例公司\n", "示例公司"),
        ("EXAMPLE   LTD", "EXAMPLE LTD"),
        ("Ｅ\u0301cole 示例", "École 示例"),
    ],
)
def test_ways_of_typing_are_folded_to_one(text: str, stored: str) -> None:
    """Brackets have one width throughout: full in a name with Han, half in one without."""
    assert organisation_name.validate(text) == stored
    assert organisation_name.compact(stored) == stored


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" \u3000", "empty"),
        ("示" * 101, "too_long"),
        ("示例\n公司", "control"),
        ("示例\u202e公司", "invisible"),
        ("示例\ud800", "surrogate"),
        ("示例\ue863", "private_use"),
        ("示例\ufffd", "damaged"),
        ("示例公司😀", "characters"),
        ("<b>示例公司</b>", "characters"),
        ("=示例公司", "characters"),
        ("示例公司；", "characters"),
        ("示", "too_short"),
        ("（）", "too_short"),
        ("13800131234", "too_short"),
        ("11010519491231002X", "too_short"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """A number in the wrong field has no two letters and is no name."""
    with pytest.raises(InvalidIdentifier) as caught:
        organisation_name.validate(text)

    assert (caught.value.kind, caught.value.reason) == ("organisation_name", why)


@given(st.text("示例公司AB12（）() ·&-.,Ａ１", max_size=20))
def test_brackets_are_never_of_both_widths(text: str) -> None:
    """Whatever was typed, a pair stays a pair."""
    name = organisation_name.compact(text)

    assert not (set(name) & set("()") and set(name) & set("（）"))
    assert sum(name.count(c) for c in "(（") == sum(text.count(c) for c in "(（")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("示例(厦门)科技有限公司", "示例（厦门）科技有限公司"),
        ("11010519491231002X", "*" * 18),
        ("\x1b[31m示例", "*" * 7),
        ("", ""),
    ],
)
def test_a_name_is_shown_in_full_and_nothing_else_is(text: str, masked: str) -> None:
    """It is public record; a personal number in the wrong field is not."""
    assert organisation_name.mask(text) == masked
