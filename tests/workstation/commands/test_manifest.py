"""`manifest read`: digits typed, piped or photographed become a received packing list."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from printing import sheets
from tests.halls import AUDITOR, CLERK
from tests.line import Line
from tests.workstation.domain.lists import a_list
from workstation.domain import manifest
from workstation.domain.codes import HallCode

LIST = a_list(150, cases=2, hall=HallCode("110101", 2))
SYMBOLS = manifest.symbols(LIST)


def photo(folder: Path) -> Path:
    """The list on paper, as a file."""
    parts = (("title", (("清单",),)), ("qr", ((" ".join(SYMBOLS), "扫一扫"),)))
    (folder / "list.pdf").write_bytes(sheets.render(parts, page="A4"))
    return folder / "list.pdf"


def test_digits_become_a_list(counter: Line) -> None:
    """Case, item, pieces, totals, and that the envelope is not known here."""
    answer = counter("manifest", "read", *reversed(SYMBOLS), "--json", as_=CLERK)

    found = answer.json["manifest"]
    assert answer.exit_code == 0
    assert (found["version"], found["envelope"], found["office"]) == (1, LIST.envelope, LIST.office)
    assert [case["number"] for case in found["cases"]] == [case.number for case in LIST.cases]
    assert found["pieces"][7] == {
        "case": LIST.pieces[7].case,
        "row": "row_7",
        "name": LIST.pieces[7].name,
        "form": "original",
        "copies": LIST.pieces[7].copies,
        "pages": 7,
    }
    assert found["totals"] == {"cases": 2, "rows": 150, "pieces": sum(p.copies for p in LIST.pieces)}
    assert (found["known"], found["state"], found["agrees"], found["differences"]) == (False, None, None, [])


def test_the_list_is_read_by_a_person_too(counter: Line) -> None:
    """A box for each piece, and no JSON."""
    answer = counter("manifest", "read", *SYMBOLS, as_=CLERK)

    assert answer.out.startswith("【收到的内件清单】")
    assert answer.out.count("□") == 150
    assert "合计 2 件办件" in answer.out


@pytest.mark.parametrize("between", ["\n", " ", "\r\n\r\n"])
def test_a_scanner_may_send_into_a_file(counter: Line, between: str) -> None:
    """Standard input holds the symbols of one list, apart by anything blank."""
    answer = counter("manifest", "read", "--json", stdin=between.join(SYMBOLS), as_=CLERK)

    assert answer.json["manifest"]["envelope"] == LIST.envelope


def test_a_photograph_is_read(counter: Line, tmp_path: Path) -> None:
    """All symbols on it; what it lacks may be given in digits."""
    answer = counter("manifest", "read", "--image", str(photo(tmp_path)), "--json", as_=CLERK)

    assert len(answer.json["manifest"]["pieces"]) == 150


def test_a_list_read_differently_than_the_ledger_ends_with_three(
    counter: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The list is printed all the same, with the differences."""
    from workstation.acts import manifests

    def differing(*_: object) -> manifests.Received:
        return manifests.Received(LIST, {}, "sealed", ("清单上的“结婚证”账上没有。",))

    monkeypatch.setattr(manifests, "received", differing)
    answer = counter("manifest", "read", *SYMBOLS, as_=CLERK)

    assert answer.exit_code == 3
    assert "1. 清单上的“结婚证”账上没有。" in answer.out
    assert "与账不一致" in answer.out


@pytest.mark.parametrize(
    ("words", "stdin", "exit_code", "code"),
    [
        ((SYMBOLS[0],), None, 3, "manifest-missing"),
        ((SYMBOLS[0][:-5],), None, 3, "scan-list-truncated"),
        ((), "", 3, "manifest-nothing-read"),
        ((), b"\xff\xfe", 2, "input-not-utf8"),
        ((), "8" * 100_001, 2, "input-too-large"),
        (("--image", "none.png"), None, 4, "file-unreadable"),
    ],
)
def test_what_is_no_list_is_refused(
    counter: Line, words: tuple[str, ...], stdin: object, exit_code: int, code: str
) -> None:
    """Each by its own code, as one JSON document."""
    answer = counter("manifest", "read", *words, "--json", stdin=stdin, as_=CLERK)

    assert (answer.exit_code, json.loads(answer.out)["error"]["code"]) == (exit_code, code)


def test_whoever_has_signed_in_may_read(counter: Line) -> None:
    """An auditor too, and a desk that only looks; nobody else."""
    for words in (("--readonly",), ()):
        assert counter("manifest", "read", *SYMBOLS, *words, as_=AUDITOR).exit_code == 0
    assert counter("manifest", "read", *SYMBOLS).code == "nobody-signed-in"
