"""A register as a file: text in every cell, masked unless two stand for it, journalled, over no other."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from integrations import spreadsheets
from integrations.spreadsheets import Column
from tests import builders
from tests.builders import a_case, assert_explained, at, refused, with_second
from tests.printing import pdfs
from workstation.acts import given_files, register_files, registers
from workstation.acts.desk import Desk
from workstation.acts.progress import Stopped, stopping
from workstation.acts.register_files import Given, Order
from workstation.domain.case import CaseState
from workstation.domain.journal import Entry
from workstation.errors import Explained

SECRETS = ("覃示例", "450103199003070004", "13900000001")


@pytest.fixture
def case(desk: Desk) -> str:
    """A case that went all the way."""
    return a_case(desk, CaseState.CLOSED).number


def export(desk: Desk, path: Path, key: str = "intake", **more: Any) -> Given:
    """Today's register into a file."""
    return register_files.export(desk, Order(key, registers.span(desk), path, **more))


def read_back(path: Path, *heads: str) -> list[dict[str, str]]:
    """What an import finds in a file."""
    table = spreadsheets.columns(spreadsheets.read(path), [Column(head) for head in heads])
    return [line.cells for line in table.lines]


def last(desk: Desk) -> Entry:
    """The newest entry."""
    with desk.reading() as reading:
        return reading.journal_back(2**62, 1)[0]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_numbers_come_back_as_they_went(desk: Desk, case: str, tmp_path: Path, kind: str) -> None:
    """Twenty digits, documents and telephones alike: no table program may round them."""
    path = tmp_path / f"台账.{kind}"
    export(with_second(desk), path, unmasked=True)

    (row,) = read_back(path, "收件编号", "封袋号", "证件号码（明文）", "电话（明文）", "送达回证")

    assert row["收件编号"] == case
    assert row["封袋号"] == builders.consignments_of(desk, case)[0].envelope
    assert (row["证件号码（明文）"], row["电话（明文）"]) == SECRETS[1:]
    assert row["送达回证"] == builders.paper_of(desk, case, "proof_of_service").number


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("key", registers.REGISTERS)
def test_every_register_is_written_whole(desk: Desk, case: str, tmp_path: Path, kind: str, key: str) -> None:
    """All its columns, cell for cell what the screen has."""
    path = tmp_path / f"{key}.{kind}"
    given = export(desk, path, key)
    page = registers.listed(desk, key, registers.span(desk))

    found = read_back(path, *page.register.heads())

    assert [tuple(row.values()) for row in found] == [line.cells for line in page.lines]
    assert (given.path, given.lines, given.unmasked) == (path, page.total, False)
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_text_becomes_a_formula(desk: Desk, tmp_path: Path, kind: str) -> None:
    """The name of an office could begin like one."""
    office = builders.an_office(name="=HYPERLINK(1)派出所")
    builders.a_consignment(desk, offices=(office,))
    path = tmp_path / f"x.{kind}"
    export(desk, path)

    (row,) = read_back(path, "属地部门")

    assert row["属地部门"].lstrip("'") == "=HYPERLINK(1)派出所"
    if kind == "csv":
        assert b"\n=" not in path.read_bytes()
        assert b",=" not in path.read_bytes()


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_persons_are_masked_as_long_as_one_stands_for_it(
    desk: Desk, case: str, tmp_path: Path, kind: str
) -> None:
    """Whatever the kind of file."""
    path = tmp_path / f"x.{kind}"
    given = export(desk, path)

    told = (
        pdfs.text(path.read_bytes())
        if kind == "pdf"
        else "".join(cell for row in spreadsheets.read(path).rows for cell in row)
    )

    assert "覃**" in told
    assert not any(secret in told for secret in SECRETS)
    assert "明文" not in given.title + told


def test_in_clear_takes_a_second_person(desk: Desk, case: str, tmp_path: Path) -> None:
    """Not oneself, and it does not wait: a file cannot lie about unconfirmed."""
    path = tmp_path / "x.xlsx"

    with refused(desk, "second-needed"):
        export(desk, path, unmasked=True)
    with refused(desk, "own-second"):
        export(replace(desk, second=desk.operator), path, unmasked=True)
    assert not path.exists()
    assert register_files.in_clear(with_second(desk)).second is not None


@pytest.mark.parametrize("kind", ["csv", "xlsx", "pdf"])
def test_a_file_in_clear_says_so(desk: Desk, case: str, tmp_path: Path, kind: str) -> None:
    """In its title and over its columns, so that it goes along with each copy."""
    path = tmp_path / f"x.{kind}"
    given = export(with_second(desk), path, unmasked=True)

    assert given.title == "收件台账（明文）"
    if kind == "pdf":
        told = pdfs.text(path.read_bytes())
        assert pdfs.metadata(path.read_bytes())["Title"] == "收件台账（明文）"
    else:
        told = "".join(cell for row in spreadsheets.read(path).rows for cell in row)
    assert "申请人（明文）" in told
    assert SECRETS[0] in told


def test_what_was_given_out_is_in_the_journal(desk: Desk, case: str, tmp_path: Path) -> None:
    """Which register, which days, how many lines, whether in clear and with whom; nothing of anybody."""
    export(desk, tmp_path / "a.csv", "sent")
    masked = last(desk)
    export(with_second(desk), tmp_path / "b.pdf", unmasked=True)
    clear = last(desk)

    assert (masked.act, masked.object, masked.second) == ("export_register", "sent", None)
    assert json.loads(masked.body)["facts"] == {
        "since": "2026-11-20",
        "until": "2026-11-20",
        "lines": 1,
        "format": "csv",
        "unmasked": False,
    }
    assert (clear.object, clear.second) == ("intake", "2002")
    assert json.loads(clear.body)["facts"]["unmasked"] is True
    assert not any(secret in clear.body for secret in SECRETS)


def test_nothing_is_written_over(desk: Desk, case: str, tmp_path: Path) -> None:
    """Nor is there an entry."""
    path = tmp_path / "x.csv"
    path.write_text("mine")

    with refused(desk, "file-exists"):
        export(desk, path)

    assert path.read_text() == "mine"


@pytest.mark.parametrize(
    ("name", "code"), [("x.ods", "file-ending"), ("x", "file-ending"), ("no/x.csv", "export-not-written")]
)
def test_a_place_that_cannot_be_is_refused(
    desk: Desk, case: str, tmp_path: Path, name: str, code: str
) -> None:
    """Before anything is made."""
    with refused(desk, code):
        export(desk, tmp_path / name)


@pytest.mark.parametrize("code", ["3001", "4001", "5001"])
def test_only_the_counter_gives_out(desk: Desk, case: str, tmp_path: Path, code: str) -> None:
    """An auditor looks."""
    with refused(at(desk, code), "wrong-role"):
        export(at(desk, code), tmp_path / "x.csv")


def test_a_desk_that_only_looks_gives_nothing_out(desk: Desk, case: str, tmp_path: Path) -> None:
    """It is an act."""
    with refused(desk, "read-only"):
        export(replace(desk, readonly=True), tmp_path / "x.csv")


def test_stopped_half_way_nothing_stays(desk: Desk, case: str, tmp_path: Path) -> None:
    """Neither a file nor an entry."""
    order = Order("intake", registers.span(desk), tmp_path / "x.csv")
    head = builders.head(desk)

    with pytest.raises(Stopped):
        register_files.export(desk, order, progress=stopping(lambda *_: None, lambda: True))

    assert builders.head(desk) == head
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith((".csv", ".part"))]


def test_each_line_is_told(desk: Desk, tmp_path: Path) -> None:
    """How many, and of how many."""
    for _ in range(3):
        a_case(desk, CaseState.REGISTERED)
    told: list[tuple[int, int | None]] = []

    def note(done: int, total: int | None, /) -> None:
        told.append((done, total))

    register_files.export(desk, Order("intake", registers.span(desk), tmp_path / "x.csv"), progress=note)

    assert told == [(0, 3), (3, 3)]


def test_the_paper_has_every_column_in_parts(desk: Desk, case: str, tmp_path: Path) -> None:
    """A4 across, the number of the case on each part, hall, days, pages, and lines to sign."""
    path = tmp_path / "x.pdf"
    export(desk, path)
    pages = pdfs.texts(path.read_bytes())

    heads = {"".join(head.split()) for head in registers.find("intake").heads()}
    told = "".join(pages)
    assert len(pages) == 6
    assert not [head for head in heads if head not in told]
    assert all(case in page and "榕城政务服务中心" in page and "2026-11-20" in page for page in pages)
    assert [f"第{at}页" in page for at, page in enumerate(pages, start=1)] == [True] * 6
    assert ["制表人：" in page for page in pages] == [False] * 5 + [True]
    page = pdfs.page(path.read_bytes())
    assert page.width > page.height


def test_a_handover_is_signed_by_both_hands(desk: Desk, case: str, tmp_path: Path) -> None:
    """交件人 and 揽投员; what a practice hall prints says so."""
    path = tmp_path / "x.pdf"
    export(desk, path, "handover")

    assert "交件人：揽投员：日期：" in pdfs.text(path.read_bytes())


def test_a_full_disk_is_told(desk: Desk, case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left, and no entry says that something was given out."""

    def full(*_: Any, **__: Any) -> Any:
        raise OSError(28, "No space left on device")

    fails: Callable[..., Any] = full
    monkeypatch.setattr(given_files.Half, "write", fails)
    head = builders.head(desk)

    with pytest.raises(Explained) as caught:
        export(desk, tmp_path / "x.csv")

    assert_explained(caught.value, "export-not-written")
    assert builders.head(desk) == head
