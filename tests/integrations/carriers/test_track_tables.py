"""Tables of events from the carrier's web site: a time without a zone is China's, every fault is named."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations import spreadsheets
from integrations.carriers import track_tables
from integrations.carriers.cells import CellError, Faulty
from integrations.carriers.track_tables import TrackLine
from integrations.spreadsheets import Sheet

HEAD = ("运单号", "时间", "说明")
SHANGHAI = datetime.timezone(datetime.timedelta(hours=8))


def ms(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """A moment of November 2026 in China as epoch milliseconds."""
    moment = datetime.datetime(2026, 11, day, hour, minute, second, tzinfo=SHANGHAI)
    return int(moment.timestamp()) * 1000


def a_table(*rows: tuple[str, ...], head: tuple[str, ...] = HEAD) -> Sheet:
    """A table with a header and these rows."""
    return Sheet((head, *rows))


def an_event(
    waybill: str = "1136281381675", at: str = "2026-11-20 09:05:03", text: str = "已收寄"
) -> tuple[str, ...]:
    """A sound row, where a test names only what matters."""
    return (waybill, at, text)


def faults(sheet: Sheet) -> tuple[CellError, ...]:
    """All that is wrong with a table."""
    with pytest.raises(Faulty) as caught:
        track_tables.read(sheet)
    return caught.value.errors


def test_columns_are_found_by_name_in_any_order() -> None:
    """Under titles, among others nobody asked for; rows keep their numbers."""
    content = (
        "邮件轨迹,,,,,,\n\n处理信息,机构,序号,代码,操作,处理时间,邮件号\n"
        "【南宁市】已妥投，收发室,南宁民族大道揽投部,2,704,妥投,2026/11/23 10:30,ee123456785cn\n"
        ",,,203,收寄,2026/11/20 9:05:03,EE123456785CN\n"
    )

    found = track_tables.read(spreadsheets.read(content.encode()))

    delivered = ("704", "妥投", "南宁民族大道揽投部", "【南宁市】已妥投，收发室")
    assert found == [
        TrackLine(4, "EE123456785CN", ms(23, 10, 30), *delivered),
        TrackLine(5, "EE123456785CN", ms(20, 9, 5, 3), "203", "收寄", "", ""),
    ]


@pytest.mark.parametrize(
    "head", [("运单号", "时间", "状态"), ("邮件号", "处理时间", "操作"), ("邮件号", "时间", "处理信息")]
)
def test_each_name_of_a_column_is_known(head: tuple[str, ...]) -> None:
    """Number and time, and one column that tells something, are enough."""
    found = track_tables.read(a_table(an_event(), head=head))

    assert [(line.code, line.organisation, line.name + line.text) for line in found] == [("", "", "已收寄")]


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20 09:05:03",
        "2026/11/20 9:05:03",
        "2026.11.20 09:05:03",
        "2026-11-20T09:05:03",
        "2026-11-20\n09:05:03",
        "2026年11月20日 09:05:03",
        "2026年11月20日09:05:03",
        "2026年11月20日9时5分3秒",
        "２０２６－１１－２０　０９：０５：０３",
        "2026-11-20 09:05:03.0",
        "2026-11-20 09:05:03.000000",
        "2026-11-20T09:05:03+08:00",
        "2026-11-20T01:05:03Z",
        "2026-11-20 03:05:03 +0200",
    ],
)
def test_a_time_is_read_in_its_usual_forms(text: str) -> None:
    """Without a zone it is meant in China; with one, as it says."""
    assert track_tables.read(a_table(an_event(at=text)))[0].at_ms == ms(20, 9, 5, 3)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("2026-11-20 09:05", (20, 9, 5)),
        ("2026年11月20日9点5分", (20, 9, 5)),
        ("2026-11-20 23:59:59", (20, 23, 59, 59)),
        ("2026-11-20", (20,)),
        ("2026年11月2日", (2,)),
    ],
)
def test_what_a_time_does_not_say_is_nought(text: str, at: tuple[int, ...]) -> None:
    """Seconds are left out by web pages, midnight by table programs."""
    assert track_tables.read(a_table(an_event(at=text)))[0].at_ms == ms(*at)


def test_parts_of_a_second_are_kept() -> None:
    """Two events of one second keep their order."""
    first, second = track_tables.read(
        a_table(an_event(at="2026-11-20 09:05:03.25"), an_event(at="2026-11-20 09:05:03.5"))
    )

    assert second.at_ms - first.at_ms == 250


@given(
    st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2099, 12, 31)),  # noqa: DTZ001  # as printed
    st.sampled_from(
        ["%Y-%m-%d %H:%M:%S", "%Y/%m/%d %H:%M:%S", "%Y年%m月%d日 %H时%M分%S秒", "%Y-%m-%dT%H:%M:%S"]
    ),
)
def test_every_time_comes_back_as_it_was(moment: datetime.datetime, form: str) -> None:
    """To the second, whichever way it is written."""
    found = track_tables.read(a_table(an_event(at=moment.strftime(form))))[0]

    assert found.at_ms == int(moment.replace(microsecond=0, tzinfo=SHANGHAI).timestamp()) * 1000


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-29 09:05",
        "2026-11-20 24:00",
        "2026-11-20 09:60",
        "2026-11-20 09:05:61",
        "2026-11-20 09",
        "2026-11-2009:05",
        "11-20 09:05",
        "26-11-20 09:05",
        "2026/11-20 09:05",
        "09:05",
        "2026-11-20 09:05 +99:99",
        "2026-11-20 下午3:05",
        "昨天 09:05",
        "46346.5",
    ],
)
def test_a_time_that_is_none_is_refused(text: str) -> None:
    """No such day or hour, no year, or more than one way to understand it."""
    assert faults(a_table(an_event(at=text))) == (CellError(2, "时间", "time", text),)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("704", "704"),
        ("７０４", "704"),
        ("13", "013"),
        ("013", "013"),
        ("V_398", "V_398"),
        ("signed:60", "signed:60"),
        ("X", "X"),
        ("", ""),
    ],
)
def test_a_code_is_kept_as_it_came(text: str, code: str) -> None:
    """Known or not; only the zero that a table program takes from 013 is given back."""
    rows = a_table((*an_event(), text), head=(*HEAD, "代码"))

    assert track_tables.read(rows)[0].code == code


def test_a_row_may_stand_there_twice() -> None:
    """Pages overlap when they are copied; what is double is known where events are taken."""
    assert [line.row for line in track_tables.read(a_table(an_event(), an_event()))] == [2, 3]


def test_an_event_tells_something() -> None:
    """Number and time alone are none."""
    told = faults(a_table(an_event(), an_event(text="")))

    assert told == (CellError(3, "状态", "nothing_told"),)


def test_every_fault_is_told_at_once() -> None:
    """Of all rows and of each cell of a row, in the order of the table."""
    told = faults(
        a_table(an_event("x", "y", ""), an_event(), an_event("", "", "z"), an_event("EE123456789CN"))
    )

    assert [(error.row, error.column, error.reason) for error in told] == [
        (2, "运单号", "form"),
        (2, "时间", "time"),
        (2, "状态", "nothing_told"),
        (4, "运单号", "empty"),
        (4, "时间", "empty"),
        (5, "运单号", "check_digit"),
    ]


def test_an_unknown_header_is_told_column_by_column() -> None:
    """What is missing, and what stands there more than once, with its letters and row."""
    assert faults(a_table(head=("运单号", "地点", "机构"))) == (
        CellError(1, "时间", "column_missing"),
        CellError(1, "地点", "column_doubled", "B, C"),
    )
    assert {error.reason for error in faults(a_table(head=("单号", "何时")))} == {"column_missing"}


def test_a_table_without_events_is_empty() -> None:
    """The header alone is no fault: 无查询信息."""
    assert track_tables.read(a_table()) == []


def test_neither_events_nor_errors_show_a_person() -> None:
    """The carrier's sentence names who signed; a cell may hold anything."""
    event = track_tables.read(a_table(an_event(text="张演练 本人签收")))[0]
    with pytest.raises(Faulty) as caught:
        track_tables.read(a_table(an_event(at="张演练")))

    assert "张演练" in event.text
    assert "张演练" not in repr(event) + str(caught.value) + repr(caught.value.errors)


def test_every_reason_is_met() -> None:
    """So that the wording can be checked against the list."""
    told = [
        *faults(a_table(head=("运单号", "运单号"))),
        *faults(a_table(("", "x", ""), an_event("x"), an_event("EE123456789CN"))),
    ]

    assert {error.reason for error in told} == set(track_tables.REASONS)
