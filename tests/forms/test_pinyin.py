"""Pinyin for finding: initials and spelling, and every reading of a surname."""

from __future__ import annotations

import subprocess
import sys

import pytest

from forms import pinyin


@pytest.mark.parametrize(
    ("text", "initials", "spelled"),
    [
        ("夫妻投靠户口迁移", "fqtkhkqy", "fu qi tou kao hu kou qian yi"),
        ("子女", "zn", "zi nv"),
        ("重庆", "cq", "chong qing"),
        ("单位调动", "dwdd", "dan wei diao dong"),
        ("提前还清", "tqhq", "ti qian huan qing"),
        ("残疾类别/等级（变更）", "cjlbdjbg", "can ji lei bie deng ji bian geng"),
        ("POS机A1", "posja1", "pos ji a1"),
        ("ＰＯＳ机１", "posj1", "pos ji 1"),
        ("𠮷野㐂", "y", "ye"),
        ("é、·", "", ""),
        ("", "", ""),
    ],
)
def test_texts_in_pinyin(text: str, initials: str, spelled: str) -> None:
    """Words decide a reading (重庆); letters and digits stay, marks and unknown characters go."""
    assert pinyin.initials(text) == initials
    assert pinyin.spelled(text) == spelled


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("曾国强", ("cgq", "zgq")),
        ("单小龙", ("dxl", "cxl", "sxl")),
        ("张三", ("zs",)),
        ("张重阳", ("zcy",)),
        ("POS机", ("posj",)),
        ("𠮷野", ("y",)),
        ("㐂", ()),
        ("", ()),
    ],
)
def test_names_have_every_reading_of_their_first_character(name: str, initials: tuple[str, ...]) -> None:
    """At most three; readings that begin alike are one, and the rest of the name has one reading."""
    assert pinyin.name_initials(name) == initials


def test_the_library_is_loaded_at_the_first_question() -> None:
    """Importing the module costs nothing."""
    script = (
        "import sys; from forms import pinyin; before = 'pypinyin' in sys.modules; pinyin.initials('夫');"
        " print(before, 'pypinyin' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["False", "True"]
