"""`python -m tests.bench`: measure, and write the table of figures in README.md. No time is asserted here."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from tests.bench import (
    acts,
    commands,
    figures,
    hall,
    keys,
    letters,
    mail,
    papers,
    polling,
    scans,
    screens,
    supervision,
)
from tests.bench.figures import README, ROOT, Figure
from tests.bench.spread import Spread
from workstation.domain.times import SHANGHAI

#: Memory is flat when so many envelopes take no more than so many.
FEW, MANY = 500, 5_000


def main(names: Sequence[str]) -> int:
    """Measure the named parts, or all of them in about twenty minutes; each has a table of its own."""
    for name in names or PARTS:
        # Beside the packages, because /tmp may lie in memory, where nothing is ever synced.
        with tempfile.TemporaryDirectory(prefix="bench-", dir=sys.prefix) as folder:
            measured = PARTS[name](Path(folder))
        table = figures.table(measured, figures.setting(ROOT, datetime.now(SHANGHAI).date()))
        print(table, flush=True)
        README.write_text(figures.written(README.read_text("utf-8"), table, name), encoding="utf-8")
    return 0


def _counter(place: Path) -> list[Figure]:
    return [
        *_acts(place),
        *_processes(place / "home"),
        *_papers(place / "papers", place / "home"),
        *_keys(place),
        *_screens(place / "big"),
    ]


def _mail(place: Path) -> list[Figure]:
    return [*_folding(), *_scans(hall.found(place)), *_polling(place / "parcels")]


def _acts(folder: Path) -> list[Figure]:
    speeds = acts.measure(folder, cases=40, rounds=9)
    ours, bare = speeds.ours, speeds.bare
    computing = f"{speeds.computing(ours).told(2)} against {speeds.computing(bare).told(2)}"
    return [
        Figure(
            f"acts per second: {speeds.acts} acts of 40 whole cases, papers promised and not yet drawn",
            speeds.per_second(ours).told(),
        ),
        Figure("a bare loop writing the same rows as durably", speeds.per_second(bare).told()),
        Figure("time of the acts against that loop", speeds.times_bare.told(2, " ×"), "≤ 1.5 ×"),
        Figure("of it computing, in ms an act; the rest waits for the disk", computing),
        Figure("papers per second: drawn, encrypted, recorded, laid out", speeds.papers_per_second.told()),
    ]


def _processes(home: Path) -> list[Figure]:
    day = Spread([commands.practice_day(home)])
    small = commands.small_commands(home, rounds=15)
    return [
        Figure("`python -c pass`, the floor of every command", _milliseconds(small.nothing)),
        Figure("`workstation --version`", _milliseconds(small.version)),
        Figure("`case show`, signed in, in a hall of 40 cases", _milliseconds(small.case_show)),
        Figure("practice day of 40 cases, papers drawn", day.told(1, " s"), "≤ 30 s"),
        Figure("`journal verify`, entries per second", commands.verify_speed(home, rounds=5).told()),
    ]


def _papers(folder: Path, home: Path) -> list[Figure]:
    folder.mkdir()
    batch, single = papers.batch(folder, rounds=7), papers.single(folder)
    first, memory = papers.first(home, rounds=7), papers.memory(FEW, MANY)
    each = f"{letters.COUNT} ZL envelopes with boxes, addresses and barcode, CSV to one PDF, whole process"
    acts_ = f"{single.acts.told(1, ' ms')}, of it computing {single.computing.told(1, ' ms')}"
    return [
        Figure(f"{each}: drawn", batch.drawn.told(2, " s")),
        Figure(
            "the same, the post's zones measured and every barcode read again", batch.checked.told(2, " s")
        ),
        Figure(
            "the same operators formatted and compressed without a PDF library", batch.floor.told(2, " s")
        ),
        Figure("drawing against that floor", batch.times_floor.told(2, " ×"), "≤ 2.5 ×"),
        Figure("one envelope drawn, measured and read again, warm", single.drawn.told(1, " ms")),
        Figure("one envelope reprinted, from the act to the PDF in the tray, warm", acts_, "≤ 10 ms"),
        Figure(
            "the first print of a process, from the act to the PDF in the tray",
            first.told(0, " ms"),
            "≤ 300 ms",
        ),
        Figure(
            f"memory at most until {FEW:,} and {MANY:,} envelopes, a PDF for each; one PDF of all",
            "; ".join(" and ".join(f"{most:.0f}" for most in each) + " MB" for each in vars(memory).values()),
            "flat",
        ),
    ]


def _keys(folder: Path) -> list[Figure]:
    took = keys.measure(folder, rounds=5)
    of = f"{keys.QUERIES:,} queries among {keys.ENTRIES:,} items"
    return [
        Figure(f"finding an item, p99 of {of}", took.find.told(2, " ms"), "≤ 5 ms"),
        Figure("one look through all titles, p99, the floor of it", took.scan.told(2, " ms")),
        Figure("a keystroke kept in a draft, encrypted and safe from kill -9", took.save.told(2, " ms")),
        Figure("as many bytes written to a file, the floor of it", took.write.told(3, " ms")),
    ]


def _screens(folder: Path) -> list[Figure]:
    folder.mkdir()
    home = hall.found(folder)
    start, keys_ = screens.starts(home, rounds=9), screens.keys(home, rounds=3)
    opened, floor = screens.openings(home, rounds=3), screens.bare_openings(rounds=5)
    return [
        Figure("from the start to the sign-in on the terminal", _milliseconds(start.ours)),
        Figure("a bare Textual program to its one label, in turn", _milliseconds(start.bare)),
        Figure("the start against that", start.times_bare.told(2, " ×"), "≤ 1.4 ×"),
        *(_key(key) for key in keys_),
        Figure(
            f"{len(opened)} screens from the palette, Enter to title: middle (quickest–slowest)",
            _quickest_to_slowest({each.title: each.again.median for each in opened}),
        ),
        Figure(
            "each for the first time since the start, its module loaded",
            _quickest_to_slowest({each.title: each.first for each in opened}),
        ),
        Figure("a bare Textual screen of one label, the floor of it", floor.told(0, " ms")),
    ]


def _scans(home: Path) -> list[Figure]:
    took = scans.measure(home, rounds=3)
    return [
        Figure(
            f"an envelope scanned at a list of {hall.COUNT:,} cases, to its case on the screen, p50 and p95",
            _p50_and_p95(took.ours, 0) + (f"; {took.torn} torn and scanned again" if took.torn else ""),
        ),
        Figure(
            "the same bytes to a bare Textual screen of one label, the floor of it",
            _p50_and_p95(took.bare, 0),
        ),
    ]


def _folding() -> list[Figure]:
    folding = mail.measure(rounds=7)
    parcels = f"{mail.PARCELS:,} parcels × {mail.EVENTS} events"
    return [
        Figure(
            f"{parcels}, in no order, some taken back: understood and folded", folding.whole.told(0, " ms")
        ),
        Figure("of it the fold alone", folding.fold.told(0, " ms")),
        Figure("`sorted()` of as many tuples, the floor of it", folding.floor.told(0, " ms")),
    ]


def _polling(folder: Path) -> list[Figure]:
    folder.mkdir()
    took = polling.measure(folder)
    beside, synced = took.beside, took.synced
    each = 1000 * synced.computing / synced.parcels
    return [
        Figure(
            f"{beside.parcels:,} parcels asked about by the screens' program, each with news, so an act:"
            " parcels a second",
            f"{beside.per_second:,.0f}",
        ),
        Figure(
            "↓ in a list meanwhile, to the first byte, p50 and p95; in the same program when all is asked",
            f"{_p50_and_p95([beside.keys])}; {_p50_and_p95([beside.idle])}",
            "p95 ≤ 16 ms",
        ),
        Figure(
            "the same parcels once more, by `workstation sync`, none with news: parcels a second",
            f"{synced.per_second:,.0f}, {each:.1f} ms of computing for each",
        ),
        Figure("questions a second of the client alone, the answers dropped", f"{took.alone:,.0f}"),
    ]


def _supervision(folder: Path) -> list[Figure]:
    day = supervision.closing_a_day(folder / "day", rounds=3)
    open_ = supervision.looking_at_the_queue(folder / "queue", rounds=5)
    year = supervision.counting_a_year(folder / "year", rounds=3)
    floor = "those rows fetched by bare queries and counted, the floor of it"
    return [
        Figure(
            f"a day of {supervision.CASES:,} cases closed 日清: looked through, counted, written",
            day.ours.told(0, " ms"),
        ),
        Figure(floor, day.bare.told(0, " ms")),
        Figure(
            f"the queue of a hall with {supervision.OPEN:,} open cases, {open_.about:,} lines",
            open_.ours.told(0, " ms"),
        ),
        Figure(floor, open_.bare.told(0, " ms")),
        Figure(f"statistics of a year of {year.about:,} cases", year.ours.told(0, " ms")),
        Figure(floor, year.bare.told(0, " ms")),
    ]


def _p50_and_p95(rounds: Sequence[Sequence[float]], digits: int = 1) -> str:
    p50, p95 = (screens.spread(rounds, part).told(digits) for part in (0.50, 0.95))
    return f"{p50} and {p95} ms"


def _key(key: screens.Key) -> Figure:
    return Figure(
        f"{key.what}, to the first byte, p50 and p95; against bare Textual",
        f"{_p50_and_p95(key.ours)}; {_p50_and_p95(key.bare)}",
        "p95 ≤ 16 ms",
    )


def _quickest_to_slowest(times: Mapping[str, float]) -> str:
    """Milliseconds of the middle one, and which are at the ends."""
    (quickest, *_, slowest) = sorted(times, key=lambda title: times[title])
    middle = statistics.median(times.values())
    return f"{middle:.0f} ms ({quickest} {times[quickest]:.0f}–{slowest} {times[slowest]:.0f})"


def _milliseconds(seconds: Spread) -> str:
    return Spread([1000 * value for value in seconds.values]).told(0, " ms")


#: What is measured, by the name of its table.
PARTS: Mapping[str, Callable[[Path], list[Figure]]] = {
    figures.MARK: _counter,
    "mail": _mail,
    "evening": _supervision,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
