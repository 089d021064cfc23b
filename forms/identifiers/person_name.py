"""姓名 as on the identity document: Han, rare ones too, 间隔号 · as in 买买提·吐尔逊, or Latin letters."""

from __future__ import annotations

import re

from forms.identifiers import InvalidIdentifier, plain_text
from forms.identifiers._letters import BLANKS, FOLDED, HAN, LATIN

KIND = "person_name"
REASONS = (*plain_text.REASONS, "characters", "form")
MAX = 100
"""The longest name, in characters; the names of foreigners and their transcriptions are long."""

_CHARACTERS = re.compile(rf"[{HAN}{LATIN} ·'-]+")
# Words of letters with one separator between them, or two as in D' Angelo and al-'Ali.
_FORM = re.compile(rf"'?[{HAN}{LATIN}]+(?:(?:' |['· -])'?[{HAN}{LATIN}]+)*'?")
_LETTER = re.compile(rf"[{HAN}{LATIN}]")

# 张　三: forms pad names of two characters with a blank; around · and - it is a habit of typing.
_NEEDLESS_BLANK = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])|(?<=[·-]) | (?=[·-])")

# 复姓 in use. A rarer one shows one character less, which is the safe side.
_COMPOUND_SURNAMES = (
    "欧阳 上官 司马 诸葛 司徒 东方 独孤 南宫 夏侯 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 轩辕 端木 呼延 闻人 "
    "澹台 淳于 单于 太史 申屠 宗政 濮阳 赫连 钟离 鲜于 西门 第五 纳兰 完颜 万俟 拓跋 公冶 百里 范姜"
)


def compact(text: str) -> str:
    """NFC; ends trimmed, blanks collapsed (none between Han), look-alikes of · ' - and full width folded."""
    name = plain_text.compact(text).translate(FOLDED)
    return _NEEDLESS_BLANK.sub("", BLANKS.sub(" ", name)).strip()


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
