"""姓名: rare characters and the names of all peoples are let in, what is no name is kept out."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.identifiers import InvalidIdentifier, person_name


@pytest.mark.parametrize(
    "name",
    [
        "张三",
        "欧阳修文",
        "𬱟𪾢䶮",
        "王㐂",
        "李𠮷",
        "赵\U0002ebf0",
        "钱\U00030edd",
        "孙\U00031350",
        "周〇",
        "买买提·吐尔逊",
        "阿不都热合曼·阿不都热依木",
        "扎西次仁",
        "JOHN SMITH",
        "Anne-Marie O'Brien",
        "D' Angelo",
        "al-'Ali",
        "José Nuñez",
        "Nguyễn Văn An",
        "王",
        "字" * 100,
    ],
)
def test_names_are_accepted_as_they_stand(name: str) -> None:
    """Han with Extensions A to I and U+3007, transcribed names with 间隔号, and Latin letters."""
    assert person_name.validate(name) == name


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("  张三 \n", "张三"),
        ("张　三", "张三"),
        ("张 三 丰", "张三丰"),
        ("JOHN   SMITH", "JOHN SMITH"),
        ("JOHN\u00a0\u2003SMITH", "JOHN SMITH"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提‧吐尔逊", "买买提·吐尔逊"),
        ("买买提・吐尔逊", "买买提·吐尔逊"),
        ("买买提 · 吐尔逊", "买买提·吐尔逊"),
        ("O’Brien", "O'Brien"),
        ("Anne‐Marie", "Anne-Marie"),
        ("ＪＯＨＮ　ＳＭＩＴＨ", "JOHN SMITH"),
        ("Jose\u0301", "José"),
        ("\uf900田", "豈田"),
    ],
)
def test_ways_of_typing_are_folded_to_one(text: str, stored: str) -> None:
    """One person is found by one name, however dots, blanks and accents were typed."""
    assert person_name.validate(text) == stored


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        (" 　\t", "empty"),
        ("字" * 101, "too_long"),
        ("王" * 5000, "too_long"),
        ("张\x00三", "control"),
        ("张\t三", "control"),
        ("张\n三", "control"),
        ("张\x85三", "control"),
        ("张\u2028三", "control"),
        ("张\u202e三", "invisible"),
        ("张\u200b三", "invisible"),
        ("张\u200d三", "invisible"),
        ("张\ufeff三", "invisible"),
        ("张\ud800", "surrogate"),
        ("张\ue863", "private_use"),
        ("张\ufffd", "damaged"),
        ("张三😀", "characters"),
        ("张三1", "characters"),
        ("张三①", "characters"),
        ("<b>张三</b>", "characters"),
        ("张三，李四", "characters"),
        ("张.三", "characters"),
        ("=张三", "characters"),
        ("张\ufe00三", "characters"),
        ("ア イ", "characters"),
        ("محمد", "characters"),
        ("·", "form"),
        ("·张三", "form"),
        ("张三·", "form"),
        ("买买提··吐尔逊", "form"),
        ("-", "form"),
        ("Anne--Marie", "form"),
    ],
)
def test_each_fault_has_its_reason(text: str, why: str) -> None:
    """Controls, hidden characters, broken encoding, private use and what is no letter are told apart."""
    with pytest.raises(InvalidIdentifier) as caught:
        person_name.validate(text)

    assert (caught.value.kind, caught.value.reason) == ("person_name", why)


@pytest.mark.parametrize("name", ["a" * 99 + "-", "a'" * 49 + "-", "a' " * 33 + "-", "张·" * 50])
def test_a_hostile_name_is_refused_at_once(name: str) -> None:
    """The form is decided in linear time: no name makes the counter wait."""
    started = time.perf_counter()
    with pytest.raises(InvalidIdentifier):
        person_name.validate(name)

    assert time.perf_counter() - started < 0.5


@given(st.text())
def test_compact_is_stable_and_masks_never_fail(text: str) -> None:
    """Compacting twice changes nothing, and any text can be masked."""
    once = person_name.compact(text)

    assert person_name.compact(once) == once
    assert len(person_name.mask(text)) == len(once)


@given(st.text("张王欧阳司马买提吐尔逊JohnSmith ·'-", min_size=1))
def test_of_a_valid_name_something_is_hidden_and_separators_stay(text: str) -> None:
    """At least one character is always hidden (GB/T 41833-2022), and at most a surname is shown."""
    try:
        name = person_name.validate(text)
    except InvalidIdentifier:
        return
    masked = person_name.mask(name)

    assert "*" in masked
    assert [c for c in name if c in " ·-'"] == [c for c in masked if c in " ·-'"]
    assert len(masked.replace("*", "").strip(" ·-'")) <= 2


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修文", "欧阳**"),
        ("诸葛亮", "诸葛*"),
        ("欧阳", "欧*"),
        ("王", "*"),
        ("J'", "*'"),
        ("欧阳'", "欧*'"),
        ("𬱟𪾢", "𬱟*"),
        ("买买提·吐尔逊", "买**·***"),
        ("单于·阿", "单*·*"),
        ("JOHN SMITH", "J*** *****"),
        ("O'Brien", "O'*****"),
        ("", ""),
        ("\x1b[31m", "*****"),
        ("😀张三", "***"),
        ("13800131234", "*" * 11),
    ],
)
def test_the_mask_keeps_the_surname(name: str, masked: str) -> None:
    """复姓 keep both characters; a single character and whatever begins with no letter are hidden whole."""
    assert person_name.mask(name) == masked
