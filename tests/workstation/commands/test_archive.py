"""The nouns `archive` and `platform`: packets made, listed and checked at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import builders, halls
from tests.line import Line
from tests.workstation.acts.packets import a_closed_case
from workstation import bootstrap
from workstation.domain.case import CaseState


@pytest.fixture
def case(counter: Line) -> str:
    """A closed case at the home that the line is typed at."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    number = a_closed_case(desk, CaseState.WITHDRAWN).number
    desk.store.engine.close()
    return number


def test_a_case_is_packed_listed_and_checked(counter: Line, case: str, tmp_path: Path) -> None:
    """The digests of the check are those that the hall has on record."""
    done = counter("archive", "export", case, "--to", str(tmp_path / "out"), "--json", as_="1001")
    packed = done.json["archive"]
    listed = counter("archive", "list", case, "--json", as_="1001").json["archives"]
    checked = counter("archive", "check", packed["path"], "--json").json["check"]

    assert done.exit_code == 0
    assert packed["checks"] == {"authentic": True, "complete": True, "usable": True, "safe": True}
    assert (packed["sound"], packed["absent"], packed["virus_scanner"]) == (True, 0, False)
    assert [one["sm3"] for one in listed] == [packed["sm3"]] == [checked["sm3"]]
    assert checked["case_number"] == case
    assert Path(packed["path"]).is_absolute()


def test_in_words(counter: Line, case: str, tmp_path: Path) -> None:
    """Where it lies, what the four checks say, and that it is in clear."""
    done = counter("archive", "export", case, "--to", str(tmp_path / "out"), as_="1001")
    path = next((tmp_path / "out").iterdir())
    listed = counter("archive", "list", case, as_="1001")
    checked = counter("archive", "check", str(path))

    assert f"已归档：{path}" in done.out
    assert "真实性：通过" in done.out
    assert "明文" in done.out
    assert path.name in listed.out
    assert "四性检测通过" in checked.out
    assert "没有运行杀毒软件" in checked.out


def test_a_packet_that_was_changed_fails(counter: Line, case: str, tmp_path: Path) -> None:
    """The result is printed all the same, and the command says that it failed."""
    counter("archive", "export", case, "--to", str(tmp_path / "out"), as_="1001")
    path = next((tmp_path / "out").iterdir())
    path.write_bytes(path.read_bytes().replace("收件".encode(), "受理".encode()))

    answer = counter("archive", "check", str(path), "--json")

    assert answer.exit_code == 3
    assert answer.json["check"]["checks"]["authentic"] is False
    assert {fault["reason"] for fault in answer.json["check"]["faults"]} >= {"changed"}
    assert "四性检测不通过" in counter("archive", "check", str(path)).out


def test_what_is_no_packet_fails(counter: Line, tmp_path: Path) -> None:
    """Checks that could not be made are neither passed nor failed."""
    (tmp_path / "x.zip").write_bytes(b"no packet")

    answer = counter("archive", "check", str(tmp_path / "x.zip"), "--json")

    assert answer.exit_code == 3
    assert answer.json["check"]["checks"] == {
        "authentic": None,
        "complete": None,
        "usable": False,
        "safe": None,
    }
    assert counter("archive", "check", str(tmp_path / "y.zip"), "--json").exit_code == 4


def test_many_are_packed_once(counter: Line, case: str, tmp_path: Path) -> None:
    """What was packed before is left out, unless it is asked for again."""
    line = ("archive", "batch", "--since", "2020-01-01", "--until", "2099-12-31", "--to")

    first = counter(*line, str(tmp_path / "1"), "--json", as_="1001")
    second = counter(*line, str(tmp_path / "2"), "--json", as_="1001")
    again = counter(*line, str(tmp_path / "3"), "--again", as_="1001")

    assert [one["case_number"] for one in first.json["archives"]] == [case]
    assert (second.json["archives"], second.json["packed_before"]) == ([], 1)
    assert "已归档 1 件，打不成 0 件" in again.out
    assert (first.exit_code, second.exit_code, again.exit_code) == (0, 0, 0)


def test_what_could_not_be_packed_is_listed(counter: Line, case: str, tmp_path: Path) -> None:
    """With its reason, and the command says that something failed."""
    line = ("archive", "batch", "--since", "2020-01-01", "--until", "2099-12-31", "--to", str(tmp_path))
    counter(*line, as_="1001")

    answer = counter(*line, "--again", "--json", as_="1001")
    told = counter(*line, "--again", as_="1001")

    assert answer.exit_code == told.exit_code == 3
    assert [(one["case_number"], one["code"]) for one in answer.json["failed"]] == [(case, "file-exists")]
    assert "file-exists" in told.out


def test_an_open_case_is_refused(counter: Line, tmp_path: Path) -> None:
    """Under its own code."""
    desk = halls.seat(bootstrap.open_desk(Path(str(counter.home))), halls.CLERK)
    with builders.no_ink():
        number = builders.a_case(desk).number
    desk.store.engine.close()

    answer = counter("archive", "export", number, "--to", str(tmp_path), "--json", as_="1001")

    assert (answer.exit_code, answer.code) == (3, "case-not-ended")


def test_the_name_of_the_settings_is_used(counter: Line, case: str, tmp_path: Path) -> None:
    """A hall names its packets; a name that cannot be is refused when it is used."""
    settings = Path(str(counter.home)) / "settings.toml"
    text = settings.read_text("utf-8")
    line = ("archive", "export", case, "--to", str(tmp_path / "out"), "--json")

    settings.write_text(text.replace("{division}-{year}-{number}", "案卷-{number}-{ordinal}"), "utf-8")
    named = counter(*line, as_="1001")
    settings.write_text(text.replace("{division}-{year}-{number}", "{name}-{number}"), "utf-8")
    refused = counter(*line, as_="1001")

    assert named.json["archive"]["name"] == f"案卷-{case}-1.zip"
    assert (refused.exit_code, refused.code) == (3, "archive-name")


def test_cases_are_gathered_and_checked(counter: Line, case: str, tmp_path: Path) -> None:
    """Count and checksum are the same on both sides."""
    path = str(tmp_path / "out.jsonl")
    line = ("platform", "export", path, "--since", "2020-01-01", "--until", "2099-12-31")

    done = counter(*line, "--json", as_="2001")
    checked = counter("platform", "check", path, "--json")
    told = counter("platform", "check", path)

    assert (done.exit_code, done.json["platform"]["cases"], done.json["platform"]["personal"]) == (0, 1, [])
    assert checked.json["check"]["sm3"] == done.json["platform"]["sm3"]
    assert "完整，1 件，2020-01-01 至 2099-12-31" in told.out
    assert counter(*line, "--json", as_="2001").code == "file-exists"


def test_a_profile_with_people_is_told(counter: Line, case: str, tmp_path: Path) -> None:
    """Whoever carries the file knows what is in it."""
    profile = tmp_path / "own.toml"
    profile.write_text('name = "省"\nfields = ["number", "applicant_name"]', encoding="utf-8")
    days = ("--since", "2020-01-01", "--until", "2099-12-31", "--profile", str(profile))

    done = counter("platform", "export", str(tmp_path / "out.jsonl"), *days, as_="2001")

    assert "含个人信息：applicant_name" in done.out


def test_a_torn_packet_is_refused(counter: Line, case: str, tmp_path: Path) -> None:
    """With the line in which it shows."""
    path = tmp_path / "out.jsonl"
    counter("platform", "export", str(path), "--since", "2020-01-01", "--until", "2099-12-31", as_="2001")
    path.write_bytes(path.read_bytes()[:-10])

    answer = counter("platform", "check", str(path), "--json")

    assert (answer.exit_code, answer.code) == (3, "platform-line")
