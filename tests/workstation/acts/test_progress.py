"""Long work tells how far it is, and stopped at any step it leaves nothing behind."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import builders
from tests.builders import assert_explained, at
from workstation.acts import guides, office_files, progress, table_files, verification
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, Stopped, counted, remaining, silent, stopping
from workstation.domain.case import CaseState
from workstation.errors import Explained

ROWS = 25
GUIDE_HEADS = ("事项代码", "材料名称", "标准", "形式")
Told = list[tuple[int, int | None]]


@pytest.fixture(autouse=True)
def each_step(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every step is told, so that it can be the last."""
    monkeypatch.setattr(progress, "STEP", 1)


def noting(told: Told) -> Progress:
    """Write down what is told."""
    return lambda done, total: told.append((done, total))


def until(step: int) -> Progress:
    """Go on so many times, and then stop."""
    told: Told = []
    return stopping(noting(told), lambda: len(told) == step)


def test_items_pass_and_their_number_is_told() -> None:
    """Before each, and once more after the last; what was done before counts."""
    told: Told = []

    assert list(counted("abc", noting(told), total=5, before=2)) == ["a", "b", "c"]
    assert told == [(2, 5), (3, 5), (4, 5), (5, 5)]


def test_a_step_is_a_hundred_items(monkeypatch: pytest.MonkeyPatch) -> None:
    """To tell each of a million would take longer than the work."""
    monkeypatch.undo()
    told: Told = []

    assert len(list(counted(range(250), noting(told), total=250))) == 250
    assert told == [(0, 250), (100, 250), (200, 250), (250, 250)]


def test_nothing_is_finished_at_once() -> None:
    """An empty list is told once."""
    told: Told = []

    assert list(counted([], noting(told), total=0)) == []
    assert told == [(0, 0)]


def test_whoever_asks_is_obeyed_at_the_next_step() -> None:
    """Nothing is told after that, and the refusal says that nothing was written."""
    told: Told = []
    asked = iter([False, False, True])

    with pytest.raises(Stopped) as stopped:
        list(counted("abcd", stopping(noting(told), lambda: next(asked)), total=4))

    assert told == [(0, 4), (1, 4)]
    assert_explained(stopped.value, "stopped")
    assert stopped.value.what == "已停止；什么也没有写入。"


@pytest.mark.parametrize(
    ("done", "total", "elapsed", "said"),
    [
        (0, 100, 5.0, "所需时间还在估算"),
        (5, None, 5.0, "所需时间还在估算"),
        (5, 100, 0.0, "所需时间还在估算"),
        (50, 100, 12.0, "约 12 秒"),
        (99, 100, 9.9, "即将完成"),
        (100, 100, 10.0, "即将完成"),
        (120, 100, 10.0, "即将完成"),
        (10, 100, 20.0, "约 3 分钟"),
        (1, 100, 36.4, "约 1 小时"),
        (1, 131, 30.0, "约 1 小时 5 分钟"),
    ],
)
def test_the_rest_is_told_at_the_pace_so_far(done: int, total: int | None, elapsed: float, said: str) -> None:
    """Seconds, minutes, hours; nothing is guessed before the first step."""
    assert remaining(done, total, elapsed) == said


@given(st.integers(-5, 10**7), st.none() | st.integers(0, 10**7), st.floats(0, 10**6))
def test_the_rest_is_always_a_few_words(done: int, total: int | None, elapsed: float) -> None:
    """Whatever the figures."""
    said = remaining(done, total, elapsed)

    assert 0 < len(said) <= 20
    assert "-" not in said


# --- the long works themselves

Work = Callable[[Desk, Progress], object]


def office_rows(division: str = "450103") -> bytes:
    """A directory file."""
    cells = [
        [f"{division}-o{n}", division, f"示例派出所{n}", f"示例路 {n} 号", "530022", "0771-5550000"]
        for n in range(1, ROWS + 1)
    ]
    heads = [office_files.HEADS[f] for f in ("code", "division", "name", "address", "postcode", "phone")]
    return table_files.written("csv", heads, cells, title="表")


def guide_rows() -> bytes:
    """A file of guides: several items, some papers each."""
    cells = [
        [item, f"材料{n}", "字迹清晰。", "原件"] for item in ("59", "63", "60", "61") for n in range(1, 7)
    ]
    heads = [guides.HEADS[f] for f in ("item", "name", "standard", "form")]
    return table_files.written("csv", heads, cells, title="表")


def import_offices(desk: Desk, told: Progress) -> object:
    """The directory, taken in."""
    return office_files.import_file(desk, "表.csv", office_rows(), progress=told)


def preview_offices(desk: Desk, told: Progress) -> object:
    """The directory, looked at."""
    return office_files.import_file(desk, "表.csv", office_rows(), preview=True, progress=told)


def import_guides(desk: Desk, told: Progress) -> object:
    """Guides, read and taken in."""
    given = guides.read("表.csv", guide_rows(), progress=told)
    return guides.take(desk, given, scope="*", source="示例指南", source_date="2026-11-01", progress=told)


def export_offices(desk: Desk, told: Progress) -> object:
    """The directory, given out as a workbook."""
    return office_files.export(desk, "xlsx", progress=told)


def export_guides(desk: Desk, told: Progress) -> object:
    """The guides, given out."""
    return guides.export(desk, "*", "csv", progress=told)


def verify(desk: Desk, told: Progress) -> object:
    """The whole journal and every record."""
    return verification.verify(desk, progress=told)


WRITING = (import_offices, import_guides)
READING = (preview_offices, export_offices, export_guides, verify)


@pytest.fixture
def steering(desk: Desk) -> Desk:
    """A supervisor in a hall with a case, a directory and guides of its own."""
    builders.a_case(desk, CaseState.REGISTERED)
    seat = at(desk, "2001")
    office_files.import_file(seat, "旧.csv", office_rows("450105"))
    guides.import_file(
        seat, "旧.csv", guide_rows().replace("字迹".encode(), "影像".encode()),
        scope="*", source="旧指南", source_date="2026-10-01",
    )  # fmt: skip
    return seat


def steps(desk: Desk, work: Work) -> Told:
    """All that a work tells when nobody stops it."""
    told: Told = []
    work(desk, noting(told))
    return told


@pytest.mark.parametrize("work", [*WRITING, *READING])
def test_stopped_at_every_third_step_it_leaves_nothing(steering: Desk, work: Work) -> None:
    """Neither a record nor an entry, and the journal is true; afterwards it is done as if never stopped."""
    before = builders.head(steering)
    many = 0
    while True:
        try:
            work(steering, until(many))
        except Stopped:
            assert builders.head(steering) == before
            many += 3
        else:
            break
    builders.assert_true_ledger(steering)

    assert many > 6
    assert (builders.head(steering) != before) == (work in WRITING)


@pytest.mark.parametrize("work", [*WRITING, *READING])
def test_what_is_told_goes_up_to_its_total(steering: Desk, work: Work) -> None:
    """Never back within one part of the work, and the last is all of it."""
    told = steps(steering, work)

    known = [(done, total) for done, total in told if total is not None]
    parts = [part for part, (done, _) in enumerate(known) if done == 0] or [0]
    for begin, end in zip(parts, [*parts[1:], len(known)], strict=True):
        dones = [done for done, _ in known[begin:end]]
        assert dones == sorted(dones)
        assert dones[-1] == known[end - 1][1]


def test_a_verification_counts_entries_and_records(steering: Desk) -> None:
    """Each of both is a step."""
    with steering.reading() as reading:
        records = len(list(reading.ledger_rows()))
    seq, _ = builders.head(steering)

    told = steps(steering, verify)

    assert told[0] == (0, seq + records)
    assert told[-1] == (seq + records, seq + records)
    assert verification.verify(steering, progress=silent) == verification.verify(steering)


def test_an_import_tells_each_row_twice(steering: Desk) -> None:
    """Looked at and written; what is there already is written at once."""
    assert steps(steering, import_offices)[-1] == (2 * ROWS, 2 * ROWS)

    again = steps(steering, import_offices)

    assert again[-1] == (2 * ROWS, 2 * ROWS)
    assert len(again) < 2 * ROWS


def test_a_faulty_file_is_refused_though_it_is_followed(steering: Desk) -> None:
    """Being watched changes nothing in what is refused."""
    told: Told = []

    with pytest.raises(Explained) as refused:
        office_files.import_file(
            steering, "表.csv", office_rows().replace(b"530022", b"5300"), progress=noting(told)
        )

    assert refused.value.code == "file-rows"
    assert told[-1] == (ROWS, 2 * ROWS)
