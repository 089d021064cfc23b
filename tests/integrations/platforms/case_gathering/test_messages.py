"""A packet of case data: no field beyond its profile, and every loss and change found by line and reason."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Sequence

import pytest

from integrations.platforms.case_gathering import messages
from integrations.platforms.case_gathering.messages import Faulty, Profile, Reason

PROFILE = Profile("小", ("number", "state", "item"))
CASES = [
    {"number": f"1350203101263240{n:04d}", "state": "closed", "item": "59", "applicant_name": "𠮷示例"}
    for n in range(3)
]


def a_packet(cases: Sequence[dict[str, str]] = CASES, profile: Profile = PROFILE) -> bytes:
    """Some cases as a packet."""
    return b"".join(messages.lines({"division": "350203"}, profile, cases))


def fault(content: bytes) -> Faulty:
    """What is wrong with it."""
    with pytest.raises(Faulty) as error:
        messages.check(io.BytesIO(content))
    return error.value


def refused(text: str) -> Faulty:
    """What is wrong with a profile."""
    with pytest.raises(Faulty) as error:
        messages.profile(text)
    return error.value


def test_the_packaged_profile_names_nobody() -> None:
    """Nothing about a person leaves unless somebody writes a profile that says so."""
    packaged = messages.profile(messages.PROFILE.read_text("utf-8"))

    assert packaged.personal == ()
    assert "external_numbers" in packaged.fields
    assert not set(messages.FIELDS) & set(messages.PERSONAL)


def test_a_profile_may_name_people() -> None:
    """By the fields we know, in the order it wants."""
    found = messages.profile('name = "省"\nfields = ["applicant_id", "number"]')

    assert (found.fields, found.personal) == (("applicant_id", "number"), ("applicant_id",))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("name = ", Reason.PROFILE_TOML),
        ('fields = ["number"]', Reason.PROFILE_NAME),
        ('name = " "\nfields = ["number"]', Reason.PROFILE_NAME),
        ('name = "x"\nfields = ["number"]\nextra = 1', Reason.PROFILE_NAME),
        ('name = "x"\nfields = "number"', Reason.PROFILE_FIELD),
        ('name = "x"\nfields = ["number", "remark"]', Reason.PROFILE_FIELD),
        ('name = "x"\nfields = ["number", ["state"]]', Reason.PROFILE_FIELD),
        ('name = "x"\nfields = ["number", "number"]', Reason.PROFILE_DOUBLED),
        ('name = "x"\nfields = ["state"]', Reason.PROFILE_NUMBER),
    ],
)
def test_a_wrong_profile_is_refused(text: str, reason: Reason) -> None:
    """Each for its own reason."""
    assert refused(text).reason == reason


def test_a_packet_has_head_cases_and_foot() -> None:
    """The head says profile and fields; the foot says how many, and the sum over all before it."""
    head, *cases, foot = a_packet().splitlines(keepends=True)

    assert json.loads(head)["fields"] == ["number", "state", "item"]
    assert json.loads(head)["format"] == "case-gathering-1"
    assert len(cases) == 3
    sm3 = hashlib.new("sm3", b"".join([head, *cases])).hexdigest()
    assert json.loads(foot) == {"count": 3, "sm3": sm3}


def test_no_more_than_the_profile_names() -> None:
    """What else is known of a case stays here."""
    assert "𠮷" not in a_packet().decode()
    assert list(json.loads(a_packet().splitlines()[1])) == ["number", "state", "item"]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_whole_packet_is_checked(count: int) -> None:
    """Also one of a span in which nothing happened."""
    found = messages.check(io.BytesIO(a_packet(CASES[:count])))

    assert found.count == count
    assert found.head["division"] == "350203"


def at_line(number: int, change: Callable[[bytes], bytes]) -> bytes:
    """The packet with one line changed."""
    lines = a_packet().splitlines(keepends=True)
    lines[number - 1] = change(lines[number - 1])
    return b"".join(lines)


@pytest.mark.parametrize(
    ("content", "reason", "line"),
    [
        (b"", Reason.FOOT, 1),
        (b"text\n", Reason.LINE, 1),
        (b"[]\n", Reason.LINE, 1),
        (b"[" * 100_000 + b"\n", Reason.LINE, 1),
        (b"{}\n{}\n", Reason.HEAD, 1),
        (at_line(1, lambda line: line.replace(b'"item"', b'"secret"')), Reason.HEAD, 1),
        (at_line(3, lambda line: line.replace(b"closed", b"served")), Reason.CHECKSUM, 5),
        (at_line(1, lambda line: line.replace(b"350203", b"350204")), Reason.CHECKSUM, 5),
        (at_line(3, lambda _: b""), Reason.COUNT, 4),
        (at_line(3, lambda line: line * 2), Reason.DOUBLED, 4),
        (at_line(3, lambda line: line.replace(b'"item"', b'"name"')), Reason.FIELD, 3),
        (at_line(3, lambda line: line[:20] + b"\n"), Reason.LINE, 3),
        (at_line(5, lambda _: b""), Reason.FOOT, 4),
        (at_line(5, lambda line: line[:-1]), Reason.LINE, 5),
        (at_line(5, lambda line: line.replace(b'"count":3', b'"count":4')), Reason.COUNT, 5),
        (a_packet() + a_packet(), Reason.FIELD, 5),
    ],
)
def test_whatever_is_wrong_is_found(content: bytes, reason: Reason, line: int) -> None:
    """Reason and line, so that somebody can look."""
    found = fault(content)

    assert (found.reason, found.line) == (reason, line)


def test_a_line_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is cut where no line of ours is so long."""
    monkeypatch.setattr(messages, "LONGEST_LINE", 300)

    assert fault(b'{"a": "' + b"x" * 1000 + b'"}\n').reason == Reason.LINE
