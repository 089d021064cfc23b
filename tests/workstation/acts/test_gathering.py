"""办件汇聚: the cases of a span, with no more fields than asked for, whole and journalled."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from integrations.platforms.case_gathering import messages
from integrations.platforms.case_gathering.messages import Reason
from tests import builders
from tests.architecture.test_sentences import WORD
from tests.builders import a_case, assert_explained, at, head, nobody, refused
from workstation.acts import gathering, numbers
from workstation.acts.desk import Desk
from workstation.acts.progress import Stopped
from workstation.domain.case import CaseState
from workstation.errors import Explained

SPAN = ("2026-11-01", "2026-11-30")
PEOPLE = 'name = "省"\nfields = ["number", "applicant_name", "applicant_id"]'


@pytest.fixture
def supervisor(desk: Desk) -> Desk:
    """Who may export."""
    return at(desk, "2001")


def cases(path: Path) -> list[dict[str, Any]]:
    """The cases in a packet."""
    return [json.loads(line) for line in path.read_bytes().splitlines()[1:-1]]


def refusal(path: Path) -> Explained:
    """Why a packet is not whole."""
    with pytest.raises(Explained) as caught:
        gathering.check(path)
    assert_explained(caught.value, caught.value.code)
    return caught.value


def test_the_cases_of_a_span_go_out(desk: Desk, supervisor: Desk, tmp_path: Path) -> None:
    """Numbers, state, times, outcome; whole, and for its owner alone to read."""
    closed, open_ = a_case(desk, CaseState.CLOSED), a_case(desk)
    numbers.add(desk, closed.number, system="provincial", value="FJ-2026-0001")

    done = gathering.export(supervisor, *SPAN, tmp_path / "out.jsonl")

    first, second = cases(done.path)
    assert (first["number"], second["number"]) == (closed.number, open_.number)
    assert (first["state"], first["item"], first["division"]) == ("closed", "59", "350102")
    assert first["external_numbers"] == [{"system": "provincial", "number": "FJ-2026-0001"}]
    assert [one["outcome"] for one in first["consignments"]] == ["granted"]
    assert first["closed_at"].endswith("+08:00")
    assert second["closed_at"] is None
    assert done.count == 2
    assert done.path.stat().st_mode & 0o777 == 0o600
    assert gathering.check(done.path).sm3 == done.sm3


def test_nobody_is_named_unless_the_profile_says_so(desk: Desk, supervisor: Desk, tmp_path: Path) -> None:
    """The packaged profile has no field about a person; one of the hall's own may."""
    a_case(desk)
    person = builders.a_person()
    own = tmp_path / "own.toml"
    own.write_text(PEOPLE, encoding="utf-8")

    plain = gathering.export(supervisor, *SPAN, tmp_path / "plain.jsonl")
    named = gathering.export(supervisor, *SPAN, tmp_path / "named.jsonl", fields=gathering.profile(own))

    text = plain.path.read_text("utf-8")
    assert not [said for said in (person.name, person.id_number, person.phone) if said in text]
    (case,) = cases(named.path)
    assert list(case) == ["number", "applicant_name", "applicant_id"]
    assert (case["applicant_name"], case["applicant_id"]) == (person.name, person.id_number)


def test_every_field_there_is_can_be_asked_for(desk: Desk, supervisor: Desk, tmp_path: Path) -> None:
    """Each has a value that goes into JSON."""
    number = a_case(desk, CaseState.CLOSED).number
    everything = messages.Profile("all", (*messages.FIELDS, *messages.PERSONAL))

    done = gathering.export(supervisor, *SPAN, tmp_path / "all.jsonl", fields=everything)

    (case,) = cases(done.path)
    assert tuple(case) == everything.fields
    assert (case["number"], case["window"], case["clerk"]) == (number, 1, "1001")


def test_it_is_journalled(desk: Desk, supervisor: Desk, tmp_path: Path) -> None:
    """Span, count, checksum and which fields about people; no person, no place."""
    a_case(desk)
    done = gathering.export(supervisor, *SPAN, tmp_path / "out.jsonl")

    seq, _ = head(desk)
    with desk.reading() as reading:
        (entry,) = reading.journal_back(seq + 1, 1)
    assert (entry.act, entry.operator) == ("export_platform", "2001")
    assert json.loads(entry.body)["facts"] == {
        "since": SPAN[0],
        "until": SPAN[1],
        "cases": 1,
        "personal": [],
        "sm3": done.sm3,
    }
    builders.assert_true_ledger(desk)


def test_pages_follow_each_other(
    desk: Desk, supervisor: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No case is left out or doubled where one page ends; how far it has come is told."""
    numbers_ = [a_case(desk, CaseState.REGISTERED).number for _ in range(5)]
    monkeypatch.setattr(gathering, "_PAGE", 2)
    told: list[tuple[int, int | None]] = []

    done = gathering.export(
        supervisor, *SPAN, tmp_path / "out.jsonl", progress=lambda *step: told.append(step)
    )

    assert [case["number"] for case in cases(done.path)] == numbers_
    assert told == [(0, 5), (5, 5)]


def test_cases_registered_at_the_same_moment_are_all_there(
    desk: Desk, supervisor: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page goes on after time and number."""
    numbers_ = sorted(a_case(desk, CaseState.REGISTERED).number for _ in range(4))
    with desk.store.engine.write():
        desk.store.engine.run("UPDATE cases SET registered_at = :at", {"at": desk.store.now()})
    monkeypatch.setattr(gathering, "_PAGE", 3)

    done = gathering.export(supervisor, *SPAN, tmp_path / "out.jsonl")

    assert [case["number"] for case in cases(done.path)] == numbers_


def test_a_span_without_cases_is_a_packet_too(supervisor: Desk, tmp_path: Path) -> None:
    """It says that there were none."""
    done = gathering.export(supervisor, "2026-01-01", "2026-01-31", tmp_path / "out.jsonl")

    assert gathering.check(done.path).count == 0


@pytest.mark.parametrize("code", ["1001", "4001", "5001"])
def test_clerks_auditors_and_couriers_export_nothing(desk: Desk, tmp_path: Path, code: str) -> None:
    """It is for those who steer."""
    with refused(desk, "wrong-role"):
        gathering.export(at(desk, code), *SPAN, tmp_path / "out.jsonl")

    assert not (tmp_path / "out.jsonl").exists()


def test_nobody_and_who_only_looks_export_nothing(desk: Desk, supervisor: Desk, tmp_path: Path) -> None:
    """Refused before anything is read."""
    with refused(desk, "nobody-signed-in"):
        gathering.export(nobody(desk), *SPAN, tmp_path / "out.jsonl")
    with refused(desk, "read-only"):
        gathering.export(replace(supervisor, readonly=True), *SPAN, tmp_path / "out.jsonl")


def test_who_touches_no_cases_names_nobody(desk: Desk, tmp_path: Path) -> None:
    """An administrator exports the packaged fields, and none about a person."""
    administrator = at(desk, "3001")
    gathering.export(administrator, *SPAN, tmp_path / "plain.jsonl")

    with refused(desk, "platform-personal"):
        gathering.export(administrator, *SPAN, tmp_path / "named.jsonl", fields=messages.profile(PEOPLE))

    assert not (tmp_path / "named.jsonl").exists()


@pytest.mark.parametrize(
    ("since", "until", "code"),
    [("2026-11-31", "2026-12-01", "day-impossible"), ("2026-12-01", "2026-11-01", "span-empty")],
)
def test_a_span_that_cannot_be_is_refused(
    desk: Desk, supervisor: Desk, tmp_path: Path, since: str, until: str, code: str
) -> None:
    """No such day, or the end before the beginning."""
    with refused(desk, code):
        gathering.export(supervisor, since, until, tmp_path / "out.jsonl")


def test_stopped_it_leaves_nothing(desk: Desk, supervisor: Desk, tmp_path: Path) -> None:
    """Neither file nor entry."""
    a_case(desk)

    def stop(*_: object) -> None:
        raise Stopped

    with refused(desk, "stopped"):
        gathering.export(supervisor, *SPAN, tmp_path / "out.jsonl", progress=stop)

    assert [path.name for path in tmp_path.glob("*.jsonl")] == []


def test_a_file_that_is_there_stays(desk: Desk, supervisor: Desk, tmp_path: Path) -> None:
    """It may be what was sent."""
    (tmp_path / "out.jsonl").write_text("sent")

    with refused(desk, "file-exists"):
        gathering.export(supervisor, *SPAN, tmp_path / "out.jsonl")

    assert (tmp_path / "out.jsonl").read_text() == "sent"


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (lambda text: text.replace(b'"closed"', b'"served"'), "platform-checksum", "第 3 行"),
        (lambda text: b"".join(text.splitlines(keepends=True)[:-1]), "platform-foot", "第 2 行"),
        (lambda _: b"", "platform-foot", "第 1 行"),
        (lambda _: b"PK\3\4\n", "platform-line", "第 1 行"),
    ],
)
def test_a_packet_that_was_changed_is_refused(
    desk: Desk, supervisor: Desk, tmp_path: Path, change: Callable[[bytes], bytes], code: str, place: str
) -> None:
    """With the line in which it shows."""
    a_case(desk, CaseState.CLOSED)
    path = gathering.export(supervisor, *SPAN, tmp_path / "out.jsonl").path
    path.write_bytes(change(path.read_bytes()))

    error = refusal(path)

    assert error.code == code
    assert place in error.why


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    """Packet or profile."""
    assert refusal(tmp_path / "missing").code == "platform-unreadable"
    with pytest.raises(Explained) as caught:
        gathering.profile(tmp_path / "missing")
    assert_explained(caught.value, "platform-unreadable")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"name =", "platform-profile-toml"),
        (b"\xff\xfe", "platform-profile-toml"),
        (b'name = "x"\nfields = ["number", "remark"]', "platform-profile-field"),
    ],
)
def test_a_wrong_profile_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    """With the fields there are."""
    own = tmp_path / "own.toml"
    own.write_bytes(content)

    with pytest.raises(Explained) as caught:
        gathering.profile(own)

    assert_explained(caught.value, code)
    assert "external_numbers" in caught.value.next


def test_every_reason_has_words() -> None:
    """No longer list and no shorter one, none in another language."""
    assert gathering.REASONS.keys() == set(Reason)
    told = [text.replace("{detail}", "") for text in gathering.REASONS.values()]
    assert not [text for text in told if WORD.search(text)]
