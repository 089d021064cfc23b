"""The statistics as files: identifiers come back as they were, formulas are none, one entry each."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from integrations import spreadsheets
from tests import builders
from tests.builders import WAYBILL, a_desk, an_office, at
from tests.printing import pdfs
from workstation.acts import statistics, statistics_files, table_files, waybills
from workstation.acts.desk import Desk
from workstation.acts.progress import Stopped
from workstation.acts.statistics_files import DETAIL_HEADS, HEADS, Span
from workstation.domain.case import CaseState
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import EnvelopeState
from workstation.domain.times import minute
from workstation.errors import OutsideFailed, Refused, WrongUsage

HOSTILE = (
    "=cmd|' /C calc'!A0",
    "+1",
    "-1+1",
    "@SUM(A1)",
    "＝1",
    "'=1",
    "#N/A",
    "_x000D_",
    "350203199001011234",
    "13501029012632400017",
    "00123",
    "1E10",
    "113628138167500000",
    '甲,乙"丙',
    "𠮷𬀩㐂·",
)


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """The supervisor's desk."""
    return at(desk, "2001")


def read(path: Path, heads: tuple[str, ...]) -> list[dict[str, str]]:
    """The file as an import would have it."""
    table = table_files.read(path.name, path, [spreadsheets.Column(head, (head,)) for head in heads])
    return [dict(line.cells) for line in table.lines]


def facts(desk: Desk) -> list[tuple[str, dict[str, Any]]]:
    """Object and facts of the entries about statistics."""
    with desk.reading() as reading:
        entries = [entry for entry in reading.journal() if entry.act == "export_statistics"]
    return [(entry.object, json.loads(entry.body)["facts"]) for entry in entries]


def parcel(desk: Desk) -> str:
    """A case whose envelope has left under `WAYBILL`; its number."""
    clerk = at(desk, "1001")
    envelope = builders.an_envelope(clerk, EnvelopeState.SEALED)
    waybills.bind_envelope(clerk, envelope.number, waybill=WAYBILL)
    builders.handed_over(clerk, envelope.number)
    with desk.reading() as reading:
        return reading.contents.where(envelope=envelope.number)[0].consignment.partition("-")[0]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_table_has_every_figure(supervisor: Desk, tmp_path: Path, kind: str) -> None:
    """Where it comes from, then a line a figure, then how it was counted; one entry with the counts."""
    parcel(supervisor)
    path = tmp_path / f"统计.{kind}"

    given = statistics_files.export(supervisor, path, Span())

    lines = read(path, HEADS)
    told = {(line["表"], line["项目"], line["指标"]): line["数值"] for line in lines}
    assert told["数量", "收件", "件数"] == "1"
    assert told["比率", "首次通过率", "百分比"] == "100.0%"
    assert told["受理地 福建省，按业务属地", "广西壮族自治区", "送件"] == "1"
    assert told["按日", "2026-11-20", "收件"] == "1"
    assert "链首码" in told["来源", "来源", ""]
    assert (given.path, given.cases) == (path, 1)
    assert facts(supervisor) == [
        ("2026-01-01/2026-11-20", {"anchor_at": given_at(supervisor), "cases": 1, "kind": kind})
    ]


def given_at(desk: Desk) -> int:
    """How many entries the journal had before the last one."""
    return builders.head(desk)[0] - 1


def test_a_paper_has_title_period_charts_and_pages(supervisor: Desk, tmp_path: Path) -> None:
    """And at the foot of each page where it comes from, with the anchor of the journal."""
    parcel(supervisor)
    found = statistics.of(supervisor)
    path = tmp_path / "统计.pdf"

    statistics_files.export(supervisor, path, Span())

    pages = pdfs.texts(path.read_bytes())
    assert "跨域通办办件统计" in pages[0]
    assert "2026-01-01至2026-11-20" in "".join(pages[0].split())
    for number, page in enumerate(pages, 1):
        text = "".join(page.split())
        assert f"来源：留痕账{found.entries}条，链首码{found.anchor}" in text
        assert f"第{number}页共{len(pages)}页" in text
    assert "来源：未核对" in "".join("".join(pages).split())
    assert facts(supervisor)[0][1]["kind"] == "pdf"


def test_an_empty_time_makes_a_paper_too(supervisor: Desk) -> None:
    """Tables without lines say 无, and there is no line of days."""
    text = pdfs.text(
        statistics_files.drawn(statistics.of(supervisor, since="2020-01-01", until="2020-02-01"))
    )

    assert "按事项：无。" in text
    assert "每日收件" not in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_detail_is_a_line_a_case_without_persons(supervisor: Desk, tmp_path: Path, kind: str) -> None:
    """Numbers, item, office, times and waybill; what belongs to the applicant is not there."""
    number = parcel(supervisor)
    clerk = at(supervisor, "1001")
    builders.a_case(clerk, CaseState.REVIEWED, offices=2)
    path = tmp_path / f"明细.{kind}"

    given = statistics_files.export_detail(supervisor, path, Span())

    first, second = read(path, DETAIL_HEADS)
    case = builders.case_of(supervisor, number)
    assert (first["办件编号"], first["去程运单号"]) == (number, WAYBILL)
    assert (first["送件编号"], first["状态"]) == (f"{number}-1", "形式审查通过")
    assert first["收件时间"] == minute(case.registered_at)
    assert second["送件编号"].split("；") == [f"{second['办件编号']}-1", f"{second['办件编号']}-2"]
    assert second["去程运单号"] == ""
    raw = path.read_bytes().decode("utf-8", "replace")
    assert not any(text in raw for text in (case.applicant_name, case.applicant_id, case.applicant_phone))
    assert given.cases == 2
    assert facts(supervisor)[0][1] == {"cases": 2, "kind": f"detail_{kind}"}


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_hostile_values_come_back_as_they_were(tmp_path: Path, kind: str) -> None:
    """18 and 20 digits, leading zeros, formulas, errors, escapes: the same text after writing and reading."""
    blank = dict.fromkeys((*statistics_files._CASE, *statistics_files._PASSED, *statistics_files._ENDED))
    blank |= dict.fromkeys(statistics_files._CONSIGNMENT)
    lines = [
        {**blank, "number": f"{n}", "id": f"{n}-1", "office_code": text, "office_name": text, "waybill": text}
        for n, text in enumerate(HOSTILE)
    ]
    path = tmp_path / f"明细.{kind}"
    path.write_bytes(
        table_files.written(kind, DETAIL_HEADS, list(statistics_files.detailed(lines)), title="明细")
    )

    back = read(path, DETAIL_HEADS)

    for column in ("业务属地部门编码", "业务属地部门", "去程运单号"):
        assert [line[column] for line in back] == list(HOSTILE)
    if kind == "csv":
        cells = path.read_text("utf-8-sig").replace('"', "").split(",")
        assert not any(cell.startswith(("=", "+", "@", "＝")) for cell in cells)


def test_a_hostile_office_in_a_hall(tmp_path: Path, undrawn: None) -> None:
    """What the acts let in as an office's name is neither a formula in a table nor markup on paper."""
    from tests.engines import FilePlace

    desk = a_desk(FilePlace(tmp_path / "l.db"), tmp_path / "tray")
    name = "=HYPERLINK(1)[bold]示例[/]<b>&amp;"
    builders.a_consignment(desk, ConsignmentState.SEALED, offices=(an_office(name=name),))
    found = statistics.of(at(desk, "2001"))

    table = statistics_files.tabled(found, "csv").decode("utf-8-sig")
    paper = pdfs.text(statistics_files.drawn(found))
    desk.store.engine.close()

    assert f'"\'{name}"' in table
    assert name in paper


@pytest.mark.parametrize(
    ("write", "name", "code"),
    [
        (statistics_files.export, "统计.doc", "file-ending"),
        (statistics_files.export, "统计", "file-ending"),
        (statistics_files.export_detail, "明细.pdf", "file-ending"),
    ],
)
def test_another_ending_is_not_guessed(
    supervisor: Desk, tmp_path: Path, write: Any, name: str, code: str
) -> None:
    """Nothing is counted, journalled or left behind."""
    with pytest.raises(WrongUsage) as refused:
        write(supervisor, tmp_path / name, Span())

    assert refused.value.code == code
    assert facts(supervisor) == []
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("write", [statistics_files.export, statistics_files.export_detail])
def test_a_file_that_is_there_stays(supervisor: Desk, tmp_path: Path, write: Any) -> None:
    """It is never replaced, and nothing is journalled."""
    path = tmp_path / "有.csv"
    path.write_text("原来的")

    with pytest.raises(Refused) as refused:
        write(supervisor, path, Span())

    assert refused.value.code == "file-exists"
    assert (path.read_text(), facts(supervisor)) == ("原来的", [])


def test_a_folder_that_is_not_there(supervisor: Desk, tmp_path: Path) -> None:
    """The reason is told, and nothing is journalled."""
    with pytest.raises(OutsideFailed):
        statistics_files.export(supervisor, tmp_path / "没有" / "统计.csv", Span())

    assert facts(supervisor) == []


@pytest.mark.parametrize("write", [statistics_files.export, statistics_files.export_detail])
def test_who_may_give_them_out(supervisor: Desk, tmp_path: Path, write: Any) -> None:
    """A clerk may not, and nobody at a desk that only looks."""
    path = tmp_path / "统计.csv"
    for seat, code in (
        (at(supervisor, "1001"), "wrong-role"),
        (replace(supervisor, readonly=True), "read-only"),
    ):
        with pytest.raises(Refused) as refused:
            write(seat, path, Span())
        assert refused.value.code == code
    assert not path.exists()


def test_too_much_for_one_file(supervisor: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be read in again is not written."""
    builders.a_case(at(supervisor, "1001"), CaseState.REVIEWED, offices=2)
    monkeypatch.setattr(statistics_files, "MOST", 1)

    with pytest.raises(Refused) as refused:
        statistics_files.export_detail(supervisor, tmp_path / "明细.csv", Span())

    assert refused.value.code == "detail-too-long"


def test_it_can_be_stopped(supervisor: Desk, tmp_path: Path) -> None:
    """Before it is written nothing is left behind."""

    def stop(done: int, _: int | None) -> None:
        if done:
            raise Stopped

    with pytest.raises(Stopped):
        statistics_files.export(supervisor, tmp_path / "统计.csv", Span(), progress=stop)

    assert list(tmp_path.glob("*统计*")) == []
    assert facts(supervisor) == []
