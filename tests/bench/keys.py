"""What a clerk waits for while typing: finding an item, keeping a draft; beside the least either can take."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from forms import items, pinyin
from forms.items.finder import Entry, Finder
from tests.bench.spread import Spread
from workstation.bootstrap import machine_clock, open_drafts_engine
from workstation.domain.draft import Beginning
from workstation.store.drafts import Drafts
from workstation.store.personal import PersonalKeys

ENTRIES, QUERIES, SAVES = 3_000, 2_000, 500
_PARTS = (
    "户口",
    "迁移",
    "登记",
    "证明",
    "社会保险",
    "转移",
    "接续",
    "备案",
    "许可",
    "查询",
    "企业",
    "变更",
    "养老",
)


@dataclass(frozen=True)
class Keys:
    """Milliseconds a key takes."""

    find: Spread
    """99 of 100 queries take no longer, round by round."""
    scan: Spread
    """The same for one look through all titles that does nothing else."""
    save: Spread
    write: Spread
    """The same for writing the bytes into a file."""


def measure(folder: Path, *, rounds: int) -> Keys:
    """Find and save in turn with their floors."""
    entries = entries_of_a_hall()
    finder, queries = Finder(entries), typed_in(entries)
    return Keys(
        find=Spread([_percentile(finder.find, queries) for _ in range(rounds)]),
        scan=Spread([_percentile(lambda query: _scan(entries, query), queries) for _ in range(rounds)]),
        save=Spread([_saving(folder / f"drafts-{n}.db") for n in range(rounds)]),
        write=Spread([_writing(folder / f"bytes-{n}") for n in range(rounds)]),
    )


def entries_of_a_hall() -> list[Entry]:
    """The national list, and made-up titles up to the number a hall may come to."""
    rng = random.Random(3000)
    titles = [item.title for item in items.all_items()]
    titles += ["".join(rng.sample(_PARTS, 4)) for _ in range(ENTRIES - len(titles))]
    return [
        Entry(str(code), title, pinyin.initials(title), pinyin.spelled(title))
        for code, title in enumerate(titles, start=1)
    ]


def typed_in(entries: list[Entry]) -> list[str]:
    """Pieces of titles, initials and spellings, one to four characters long, and some that nobody has."""
    rng = random.Random(2000)
    found = []
    for _ in range(QUERIES):
        text = rng.choice([*vars(rng.choice(entries)).values(), "zzzz"])
        start = rng.randrange(len(text))
        found.append(text[start : start + rng.randint(1, 4)] or text)
    return found


def _scan(entries: list[Entry], query: str) -> list[Entry]:
    return [entry for entry in entries if query in entry.title]


def _percentile(find: Callable[[str], object], queries: list[str]) -> float:
    times = []
    for query in queries:
        begun = time.perf_counter()
        find(query)
        times.append(1000 * (time.perf_counter() - begun))
    return sorted(times)[int(0.99 * len(times))]


def _saving(path: Path) -> float:
    """Milliseconds a key takes that is kept in a draft."""
    drafts = Drafts(path, PersonalKeys(bytes(32)), machine_clock, open_drafts_engine)
    draft = drafts.begin(Beginning("intake", None, "1001", 1), {"name": ""})
    begun = time.perf_counter()
    for key in range(SAVES):
        draft = drafts.save(draft.id, {"name": "字" * (key % 40), "address": "示例路" * 10})
    took = time.perf_counter() - begun
    drafts.close()
    return 1000 * took / SAVES


def _writing(path: Path) -> float:
    """Milliseconds the operating system takes for as many bytes, not synced either."""
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    begun = time.perf_counter()
    for _ in range(SAVES):
        os.write(handle, bytes(300))
    took = time.perf_counter() - begun
    os.close(handle)
    return 1000 * took / SAVES
