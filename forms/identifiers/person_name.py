"""姓名 as on the identity document: Han, rare ones too, 间隔号 · as in 买买提·吐尔逊, or Latin letters."""

from __future__ import annotations

import re

from forms.identifiers import InvalidIdentifier, plain_text

KIND = "person_name"
REASONS = (*plain_text.REASONS, "characters", "form")
MAX = 100
"""The longest name, in characters; the names of foreigners and their transcriptions are long."""

# Unified ideographs: URO, Extensions A to I, the twelve among the compatibility ideographs, and U+3007.
# By range and not by Unicode category: the interpreter's tables are older than Extensions H and I.
_HAN = (
    "\u3007\u3400-\u4dbf\u4e00-\u9fff\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27-\ufa29"
    "\U00020000-\U0002a6df\U0002a700-\U0002ebe0\U0002ebf0-\U0002ee5d\U00030000-\U000323af"
)
_LATIN = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff"
_CHARACTERS = re.compile(rf"[{_HAN}{_LATIN} ·'-]+")
# Words of letters with one separator between them, or two as in D' Angelo and al-'Ali.
_FORM = re.compile(rf"'?[{_HAN}{_LATIN}]+(?:(?:' |['· -])'?[{_HAN}{_LATIN}]+)*'?")
_LETTER = re.compile(rf"[{_HAN}{_LATIN}]")

_DOTS = "•‧・･∙⋅⸱"
_FOLDED = str.maketrans(
    dict.fromkeys(_DOTS, "·")
    | dict.fromkeys("\u2018\u2019\u02bc\uff07", "'")
    | dict.fromkeys("\u2010\u2011\uff0d", "-")
    | {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
)
_BLANKS = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")
# 张　三: forms pad names of two characters with a blank; around · and - it is a habit of typing.
_NEEDLESS_BLANK = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])|(?<=[·-]) | (?=[·-])")

# 复姓 in use. A rarer one shows one character less, which is the safe side.
_COMPOUND_SURNAMES = (
    "欧阳 上官 司马 诸葛 司徒 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 轩辕 端木 呼延 闻人 "
    "澹台 淳于 单于 太史 申屠 宗政 濮阳 赫连 钟离 鲜于 西门 第五 纳兰 完颜 万俟 拓跋 公冶 百里 范姜"
)


def compact(text: str) -> str:
    """NFC; ends trimmed, blanks collapsed (none between Han), look-alikes of · ' - and full width folded."""
    name = plain_text.compact(text).translate(_FOLDED)
    return _NEEDLESS_BLANK.sub("", _BLANKS.sub(" ", name)).strip()


def validate(text: str) -> str:
    """The compact form: only letters of a name, in the form of one."""
    name = plain_text.validate_as(KIND, compact(text), longest=MAX)
    if not _CHARACTERS.fullmatch(name):
        raise InvalidIdentifier(KIND, "characters")
    if not _FORM.fullmatch(name):
        raise InvalidIdentifier(KIND, "form")
    return name


def mask(text: str) -> str:
    """张*, 欧阳**, 买**·***, J*** *****: the surname or first letter stays, of the rest only separators.

    A name of one letter is hidden altogether: GB/T 41833-2022 asks for at least one.
    """
    name = compact(text)
    shown = _shown(name)
    return name[:shown] + "".join(_hide(character) for character in name[shown:])


def _shown(name: str) -> int:
    # What begins with no letter is no name: it is hidden whole, so that a mask shows nothing unprintable.
    letters = len(_LETTER.findall(name))
    if letters < 2 or not _LETTER.match(name):
        return 0
    if letters > 2 and name[:2] in _COMPOUND_SURNAMES.split() and "·" not in name:
        return 2
    return 1


def _hide(character: str) -> str:
    return character if character in " ·-'" else "*"
