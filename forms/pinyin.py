"""Pinyin of names and titles, for finding them as one types; the one home of pypinyin.

pypinyin is imported at the first question: it takes a quarter of a second and 64 MB.
"""

from __future__ import annotations

import unicodedata

_MOST_READINGS = 3


def initials(text: str) -> str:
    """The first letter of each syllable, e.g. 夫妻投靠 → fqtk; letters and digits stay, the rest goes."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(_folded(text), style=Style.FIRST_LETTER, errors=_letters))


def spelled(text: str) -> str:
    """Syllables without tones, a blank between them, ü as v, e.g. 子女 → zi nv; letters and digits stay."""
    from pypinyin import lazy_pinyin

    return " ".join(filter(None, lazy_pinyin(_folded(text), errors=_letters)))


def name_initials(name: str) -> tuple[str, ...]:
    """The initials of a person's name, once for each reading of its first character, the commonest first.

    As a surname a character is often read unlike elsewhere (曾 zēng, 单 shàn).
    """
    from pypinyin import Style, pinyin

    whole = initials(name)
    readings = pinyin(name[:1], style=Style.FIRST_LETTER, heteronym=True, errors="ignore")
    if not readings:
        return (whole,) if whole else ()
    first = dict.fromkeys([whole[0], *readings[0]])
    return tuple(letter + whole[1:] for letter in [*first][:_MOST_READINGS])


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _letters(rest: str) -> str:
    # What has no reading: full-width letters have been folded, rare characters and marks are left out.
    return "".join(character for character in rest if character.isascii() and character.isalnum())
