"""Finding an item as one types: Chinese text, parts of it, pinyin or its initials.

All titles stand in one text, a line each, and so do all spellings: one search through 200 kB is many times
quicker than 3,000 comparisons in Python, and the best ranks are usually enough to fill the list.
"""

from __future__ import annotations

import heapq
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path

from forms.items import csv_rows
from forms.items.national import FOLDER, all_items
from forms.items.toml_table import InvalidItem

PINYIN = "pinyin.csv"
PINYIN_COLUMNS = ("seq", "initials", "pinyin")

# Where syllables repeat (难难难…) the ways to part letters among them double with every few letters; who
# types more than this spells whole syllables, which is found without parting.
_MOST_PARTED = 24


@dataclass(frozen=True)
class Entry:
    """What an item is found by."""

    code: str
    title: str
    initials: str
    """E.g. fqtkhkqy."""
    pinyin: str
    """Syllables with blanks between, e.g. `fu qi tou kao hu kou qian yi`."""


class Finder:
    """Items by what a clerk types."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries = sorted(entries, key=_order)
        self._codes = _Lines(_folded(entry.code) for entry in self._entries)
        self._titles = _Lines(_folded(entry.title) for entry in self._entries)
        self._initials = _Lines(_folded(entry.initials) for entry in self._entries)
        self._pinyin = _Lines(_folded(entry.pinyin) for entry in self._entries)
        self._syllables = _Lines(_parted(entry.pinyin) for entry in self._entries)
        # Longer than anything there is cannot be found, however long the typing goes on.
        self._longest = max(self._titles.longest, self._pinyin.longest, self._codes.longest)

    def find(self, query: str, limit: int | None = 20) -> list[Entry]:
        """The entries that fit, the best first; an empty query fits all, and None stands for no limit."""
        wanted = _folded(query)
        if not wanted:
            return self._entries[:limit]
        if len(wanted) > self._longest:
            return []
        found: dict[int, None] = {}
        for line in self._ranked(wanted):
            if len(found) == limit:
                break
            found[line] = None
        return [self._entries[line] for line in found]

    def _ranked(self, wanted: str) -> Iterator[int]:
        # Every rank in the order of the codes; an entry comes again in each rank it also fits.
        yield from self._codes.holding(f"\n{wanted}\n")
        yield from self._titles.holding(f"\n{wanted}")
        yield from self._titles.holding(wanted)
        if wanted.isascii():
            yield from self._initials.holding(f"\n{wanted}")
            yield from self._initials.holding(wanted)
            yield from heapq.merge(self._pinyin.holding(wanted), self._by_syllable(wanted))
        yield from self._titles.matching(wanted, _running_through)
        if wanted.isascii():
            yield from self._initials.matching(wanted, _running_through)

    def _by_syllable(self, wanted: str) -> Iterator[int]:
        if len(wanted) > _MOST_PARTED:
            return iter(())
        return self._syllables.matching(wanted, _syllables_beginning)


@cache
def national(folder: Path = FOLDER) -> Finder:
    """The finder of the national items, from pinyin worked out beforehand."""
    rows = csv_rows.read(folder / PINYIN, PINYIN_COLUMNS)
    entries = []
    for item in all_items(folder):
        if item.code not in rows:
            raise InvalidItem(PINYIN, item.code, "is missing")
        row = rows[item.code]
        entries.append(Entry(item.code, item.title, row["initials"], row["pinyin"]))
    return Finder(entries)


class _Lines:
    """One text made of lines, searched for the lines that fit, by number; each begins with its break."""

    def __init__(self, lines: Iterable[str]) -> None:
        parts = [f"\n{line}" for line in lines]
        self._text = "".join([*parts, "\n"])
        self._starts = [0, *accumulate(len(part) for part in parts)]
        self._letters = frozenset(self._text)
        self.longest = max((len(part) - 1 for part in parts), default=0)

    def holding(self, wanted: str) -> Iterator[int]:
        """The lines that hold a text; a line break in it is the beginning or end of the line."""
        return self._lines(lambda start: self._text.find(wanted, start))

    def matching(self, letters: str, pattern_of: Callable[[str], str]) -> Iterator[int]:
        """The lines that match the pattern made of these letters; none, quickly, if a letter is nowhere."""
        if not self._letters.issuperset(letters):
            return iter(())
        pattern = re.compile(pattern_of(letters))

        def after(start: int) -> int:
            match = pattern.search(self._text, start)
            return match.start() if match else -1

        return self._lines(after)

    def _lines(self, after: Callable[[int], int]) -> Iterator[int]:
        at = after(0)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield line
            at = after(self._starts[line + 1])


def _order(entry: Entry) -> tuple[int, str]:
    # Numbers of one length order as texts, shorter ones come before longer ones.
    return len(entry.code), entry.code


def _folded(text: str) -> str:
    # Blanks may stand anywhere: an input method leaves them, and people part syllables with them.
    return "".join(unicodedata.normalize("NFKC", text).casefold().replace("ü", "v").split())


def _parted(pinyin: str) -> str:
    # A blank before each syllable, the first one too: where a syllable begins is then one text to look for.
    return "".join(f" {_folded(syllable)}" for syllable in pinyin.split())


def _running_through(letters: str) -> str:
    """Lines with the letters in this order, anything between them; nothing is tried twice (`*+`)."""
    return "\n" + "".join(f"[^{re.escape(letter)}\n]*+{re.escape(letter)}" for letter in letters)


def _syllables_beginning(letters: str) -> str:
    """Beginnings of syllables that follow one another, e.g. `fuqtou` in `fu qi tou kao`."""
    return " " + "(?:[^ \n]*+ )?".join(map(re.escape, letters))
