"""Finding items as one types: the issue's examples, the order of the ranks, and 3,000 entries."""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms import items, pinyin
from forms.items import InvalidItem, finder, national
from forms.items.finder import Entry, Finder

FOLDER = Path(items.__file__).parent
TRANSFERS = ["60", "61", "62", "63", "64"]


def entry(code: str, title: str) -> Entry:
    """An entry with its pinyin."""
    return Entry(code, title, pinyin.initials(title), pinyin.spelled(title))


def found(query: str, *titles: str) -> list[str]:
    """The titles a query finds among these, numbered from 1."""
    entries = [entry(str(code), title) for code, title in enumerate(titles, start=1)]
    return [each.title for each in Finder(entries).find(query)]


def nationally(query: str, limit: int | None = 20) -> list[str]:
    """The codes a query finds among the national items."""
    return [each.code for each in finder.national().find(query, limit)]


@pytest.mark.parametrize(
    "query", ["fqtk", "fuqi", "夫妻", "63", "fqtkhkqy", "fuqitoukao", "投靠户口", "fuqtk"]
)
def test_one_item_is_found_first_in_many_ways(query: str) -> None:
    """夫妻投靠户口迁移 by initials, pinyin, text, number and beginnings of syllables."""
    assert nationally(query)[0] == "63"


@pytest.mark.parametrize("query", ["户迁", "hkqy", "户口迁移", "hukouqianyi", "hukouqy", "户移"])
def test_the_five_moves_of_household_are_found_together(query: str) -> None:
    """户迁 is a subsequence of all five, so they come by their numbers, and before anything else."""
    assert nationally(query)[:5] == TRANSFERS


@pytest.mark.parametrize(
    "query", ["FQTK", "f q t k", "ｆｑｔｋ", " fqtk ", "fu qi", "夫 妻", "夫　妻", "６３"]
)
def test_width_case_and_blanks_do_not_matter(query: str) -> None:
    """An input method leaves all of them."""
    assert nationally(query)[0] == "63"


@pytest.mark.parametrize("query", ["zinv", "zinü", "zinu\u0308", "ZINÜ"])
def test_the_u_with_dots_is_typed_as_v_too(query: str) -> None:
    """子女 is found either way."""
    assert nationally(query)[0] == "64"


def test_an_empty_query_gives_all_in_order() -> None:
    """Before the first key the list is the national list, as long as the limit lets it be."""
    assert nationally("", None) == [str(code) for code in range(1, 138)]
    assert nationally(" 　", 3) == ["1", "2", "3"]


def test_what_fits_nothing_finds_nothing() -> None:
    """Also what is longer than every title, and what would mean something in a pattern."""
    for query in ["火星", "qqqqqq", "138", "a" * 10_000, "夫妻" * 500, ".", "户.迁", "[a", "\\", "*"]:
        assert nationally(query) == []


def test_the_ranks_follow_each_other() -> None:
    """Each of these fits the query in one way worse than the one before it, whatever their codes."""
    entries = [
        Entry("9", "出门", "x", "x"),
        Entry("8", "cm表", "x", "x"),
        Entry("7", "表cm", "x", "x"),
        Entry("6", "甲", "cmx", "x"),
        Entry("5", "乙", "xcm", "x"),
        Entry("4", "丙", "x", "xi cm"),
        Entry("3", "c表m", "x", "x"),
        Entry("2", "丁", "cxm", "x"),
        Entry("cm", "戊", "x", "x"),
        Entry("1", "己", "mc", "x"),
    ]

    assert [each.code for each in Finder(entries).find("cm")] == ["cm", "8", "7", "6", "5", "4", "3", "2"]


def test_pinyin_and_beginnings_of_syllables_are_one_rank() -> None:
    """So the smaller code comes first, whichever of the two it fits."""
    assert found("tuosh", "脱手", "托收") == ["脱手", "托收"]
    assert found("tush", "脱手", "土石", "他山") == ["脱手", "土石"]


def test_beginnings_are_of_syllables_that_follow_one_another() -> None:
    """`futou` leaves 妻 out, and `uqi` begins within a syllable without being a piece of the spelling."""
    assert found("fuqtou", "夫妻投靠") == ["夫妻投靠"]
    assert found("qtouk", "夫妻投靠") == ["夫妻投靠"]
    assert found("futou", "夫妻投靠") == []
    assert found("uqtou", "夫妻投靠") == []


def test_codes_order_as_numbers() -> None:
    """10 comes after 9."""
    entries = [entry(code, "户口") for code in ("10", "9", "100", "1")]

    assert [each.code for each in Finder(entries).find("户")] == ["1", "9", "10", "100"]


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_no_more_are_given_than_asked_for(limit: int) -> None:
    """The best of them."""
    assert nationally("户口", limit) == nationally("户口", None)[:limit]


def test_nothing_is_found_among_nothing() -> None:
    """A hall may have taken every item away."""
    assert Finder([]).find("夫妻") == []
    assert Finder([]).find("") == []


def three_thousand() -> list[Entry]:
    """Titles put together from pieces of the national ones, with their pinyin put together likewise."""
    rng = random.Random(137)
    parts = [
        [each.title[at : at + 3] for at in range(0, len(each.title) - 3, 3)] for each in items.all_items()
    ]
    pieces = sorted({piece for title in parts for piece in title if piece.isalpha()})
    read = {piece: (pinyin.initials(piece), pinyin.spelled(piece)) for piece in pieces}
    entries = []
    for code in range(1, 3001):
        chosen = rng.choices(pieces, k=rng.randint(2, 6))
        spelled = " ".join(read[piece][1] for piece in chosen)
        entries.append(
            Entry(str(code), "".join(chosen), "".join(read[piece][0] for piece in chosen), spelled)
        )
    return entries


MANY = three_thousand()
FINDER = Finder(MANY)


def in_order(letters: str, text: str) -> bool:
    """Whether they run through the text, said the slow way."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def slowly(query: str) -> list[str]:
    """What is to be found, by the definition of the ranks; without beginnings of syllables."""
    ranked = []
    for position, each in enumerate(MANY):
        fits = [
            query == each.code,
            each.title.startswith(query),
            query in each.title,
            each.initials.startswith(query),
            query in each.initials,
            query in each.pinyin.replace(" ", ""),
            in_order(query, each.title),
            in_order(query, each.initials),
        ]
        if any(fits):
            ranked.append((fits.index(True), position))
    return [MANY[position].code for _, position in sorted(ranked)]


@pytest.mark.parametrize("seed", range(20))
def test_three_thousand_entries_are_found_as_the_ranks_say(seed: int) -> None:
    """Text, subsequence and initials of an entry chosen by chance, against the slow way."""
    rng = random.Random(seed)
    one = rng.choice(MANY)
    at = rng.randrange(len(one.title) - 2)
    queries = [
        one.code,
        one.title[at : at + 2],
        one.title[:4],
        "".join(letter for letter in one.title if rng.random() < 0.4),
        one.initials[at : at + 2],
    ]

    for query in filter(None, queries):
        wanted = slowly(query)
        assert [each.code for each in FINDER.find(query, None) if each.code in set(wanted)] == wanted


@given(st.integers(0, len(MANY) - 1), st.data())
def test_beginnings_of_its_syllables_find_an_entry(position: int, data: st.DataObject) -> None:
    """However many letters of each syllable are typed, as long as none is left out."""
    one = MANY[position]
    syllables = one.pinyin.split()[:8]
    typed = "".join(each[: data.draw(st.integers(1, 3))] for each in syllables)

    assert one in FINDER.find(typed, None)


def test_repeated_syllables_do_not_stop_the_search() -> None:
    """There are many ways to part the letters of 难难难…, and not all of them are tried."""
    finder_of_one = Finder([entry("1", "难" * 60), entry("2", "x")])

    assert finder_of_one.find("nan" * 30 + "x") == []
    assert [each.code for each in finder_of_one.find("nan" * 30)] == ["1"]


def test_the_stored_pinyin_is_what_pypinyin_says() -> None:
    """Worked out again, every row is the same, and every item has one."""
    with (FOLDER / finder.PINYIN).open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))

    assert rows[0] == list(finder.PINYIN_COLUMNS)
    assert rows[1:] == [
        [item.code, pinyin.initials(item.title), pinyin.spelled(item.title)] for item in items.all_items()
    ]


def test_finding_a_national_item_does_not_load_pypinyin() -> None:
    """It takes longer to load than a clerk to type."""
    script = (
        "import sys; from forms.items import finder; print(finder.national().find('fqtk')[0].code,"
        " 'pypinyin' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["63", "False"]


def test_an_item_without_pinyin_is_named(tmp_path: Path) -> None:
    """It could not be found by it, and nobody would know why."""
    for name in (national.LIST, national.PLACES):
        shutil.copy(FOLDER / name, tmp_path / name)
    rows = (FOLDER / finder.PINYIN).read_text(encoding="utf-8").splitlines()
    (tmp_path / finder.PINYIN).write_text("\n".join(rows[:-1]) + "\n", encoding="utf-8")

    with pytest.raises(InvalidItem) as caught:
        finder.national(tmp_path)

    assert (caught.value.file, caught.value.key) == (finder.PINYIN, "137")
