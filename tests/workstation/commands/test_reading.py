"""JSON from standard input: each way of being wrong has its own code, and none quotes a value."""

from __future__ import annotations

import io
import sys
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.acts.users import NewUser
from workstation.commands import reading
from workstation.errors import Explained, WrongUsage

GOOD = '{"code": "1003", "name": "张三", "role": "clerk"}'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "input-empty"),
        (b" \n", "input-empty"),
        (b"{", "input-broken-json"),
        (b"{'code': 1}", "input-broken-json"),
        (b"[" * 100_000, "input-broken-json"),
        (b'{"code": NaN}', "input-broken-json"),
        (b'{"code": ' + b"9" * 5000 + b"}", "input-broken-json"),
        (b'{"code": "\xff"}', "input-not-utf8"),
        ("\ufeff".encode("utf-16") + GOOD.encode("utf-16"), "input-not-utf8"),
        (b'{"code": "\\ud800"}', "input-damaged-text"),
        (b'{"code": "1", "code": "2"}', "input-duplicate-field"),
        (b'{"code": "1", "name": "x"}', "input-missing-field"),
        (b'{"code": "1", "name": "x", "role": "clerk", "rank": 1}', "input-unknown-field"),
        (b'{"code": 1, "name": "x", "role": "clerk"}', "input-wrong-type"),
        (b'["code"]', "input-wrong-type"),
        (b"null", "input-wrong-type"),
        (b'{"code": "1", "name": "x", "role": "king"}', "input-wrong-value"),
        (b'"' + b"x" * reading.LARGEST + b'"', "input-too-large"),
    ],
)
def test_each_wrong_input_has_its_code(data: bytes, code: str) -> None:
    """All end as wrong usage, with something to do next."""
    with pytest.raises(Explained) as found:
        reading.read(data, NewUser)

    assert (found.value.code, found.value.exit_code) == (code, 2)
    assert found.value.next


def test_good_input_is_read() -> None:
    """With a byte order mark too, as some editors write it."""
    assert reading.read(GOOD.encode(), NewUser) == reading.read(b"\xef\xbb\xbf" + GOOD.encode(), NewUser)


def test_the_place_is_named_and_the_value_is_not() -> None:
    """A name given as a number is told by its field."""
    with pytest.raises(Explained) as found:
        reading.read(b'{"code": "1003", "name": 13900000001, "role": "clerk"}', NewUser)

    assert "name 应为文字，给的是整数" in found.value.why
    assert "139" not in str(found.value.as_dict())


def test_a_syntax_error_is_told_with_its_place() -> None:
    """Line and column, as an editor counts them."""
    with pytest.raises(Explained) as found:
        reading.read(b'{"code": "1",\n  "name": }', NewUser)

    assert "第 2 行第 11 列" in found.value.why


@given(st.binary(max_size=200))
def test_no_input_breaks_the_reader(data: bytes) -> None:
    """Whatever comes down the pipe is read or refused."""
    with suppress(WrongUsage):
        reading.read(data, NewUser)


def test_standard_input_may_be_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service may have none."""
    monkeypatch.setattr(sys, "stdin", None)

    with pytest.raises(Explained) as found:
        reading.from_stdin(NewUser)

    assert found.value.code == "input-empty"


def test_no_more_is_read_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A runaway pipe does not fill the memory."""
    pipe = io.BytesIO(b"x" * (reading.LARGEST * 3))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(pipe))

    with pytest.raises(Explained) as found:
        reading.from_stdin(NewUser)

    assert found.value.code == "input-too-large"
    assert pipe.tell() < reading.LARGEST * 2
