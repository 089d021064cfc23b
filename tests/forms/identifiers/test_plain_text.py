"""Free text of one line: what is let in and what would hide or rearrange it."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.identifiers import InvalidIdentifier, plain_text


@pytest.mark.parametrize(
    "text", ["到 3 楼取件，电话联系", "<b>不加粗</b>", "=1+1", "𬱟𪾢䶮", "{{case.number}}", "a" * 500, "😀"]
)
def test_visible_text_is_accepted_as_it_stands(text: str) -> None:
    """Markup, formulas and placeholders are only text here; whoever prints or exports them escapes them."""
    assert plain_text.validate(text) == text


def test_blanks_at_the_ends_go_and_the_form_is_nfc() -> None:
    """What was pasted with a line end, and letters typed in two parts, are stored in one way."""
    assert plain_text.validate("　备注 e\u0301 \r\n") == "备注 é"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" \t\r\n　", "empty"),
        ("a" * 501, "too_long"),
        ("a\x00b", "control"),
        ("a\nb", "control"),
        ("a\x1b[31mb", "control"),
        ("a\x7fb", "control"),
        ("a\x9fb", "control"),
        ("a\u2029b", "control"),
        ("a\u202eb", "invisible"),
        ("a\u2066b", "invisible"),
        ("a\u200bb", "invisible"),
        ("a\u2060b", "invisible"),
        ("a\u00adb", "invisible"),
        ("a\U000e0041b", "invisible"),
        ("a\udfffb", "surrogate"),
        ("a\ue000b", "private_use"),
        ("a\ufffdb", "damaged"),
        ("a\uffffb", "damaged"),
        ("a\ufdd0b", "damaged"),
        ("a\U0001fffeb", "damaged"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """Line breaks too are controls: a remark is one line on paper."""
    with pytest.raises(InvalidIdentifier) as caught:
        plain_text.validate(text)

    assert (caught.value.kind, caught.value.reason) == ("plain_text", why)


def test_the_longest_is_the_callers_to_say() -> None:
    """The limit counts characters after trimming."""
    assert plain_text.validate(" 12345 ", longest=5) == "12345"

    with pytest.raises(InvalidIdentifier, match="too_long"):
        plain_text.validate("123456", longest=5)


def test_an_optional_field_may_be_empty() -> None:
    """Only where a text is required is an empty one a fault."""
    assert plain_text.validate("  ", required=False) == ""


@given(st.characters(exclude_categories=()))
def test_no_control_surrogate_or_format_character_gets_through(character: str) -> None:
    """Whatever Unicode calls a control, a format character, a surrogate or private use is refused."""
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}:
        assert plain_text.forbidden(character) in plain_text.REASONS
    else:
        assert plain_text.forbidden(character) in {None, "damaged"}


def test_every_bidi_control_is_refused() -> None:
    """No character that Unicode gives an explicit direction of its own can rearrange a line."""
    controls = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    found = [chr(c) for c in range(sys.maxunicode) if unicodedata.bidirectional(chr(c)) in controls]

    assert len(found) == 9
    assert all(plain_text.forbidden(character) == "invisible" for character in found)


def test_a_remark_is_hidden_whole() -> None:
    """Not even its length shows."""
    assert plain_text.mask("张三住在三楼") == plain_text.mask("急") == "****"
    assert plain_text.mask("  ") == ""
