"""The facts of the 内件清单 that are its QR code: what is drawn and what the paper says of it."""

from __future__ import annotations

import pytest

from tests import builders
from tests.workstation.acts.facts.written import at_window, on_paper
from workstation.acts.desk import Desk
from workstation.acts.facts import Facts, packing_list
from workstation.acts.facts.known import Fact
from workstation.domain import manifest

_SLIP = {"reply.number": "53501021203263240018", "reply.short_code": "40018"}


def facts_of(desk: Desk, envelope: str) -> Facts:
    """The facts as the act that packs would promise them."""
    with at_window(desk) as work:
        found = work.envelopes.get(envelope)
        assert found is not None
        made = packing_list.facts(work, desk.hall, found)
        return Facts({**made.values, **_SLIP}, made.case_number)


def test_a_list_says_that_it_can_be_scanned(desk: Desk) -> None:
    """One symbol for a usual envelope; its digits are no text of the paper."""
    facts = facts_of(desk, builders.an_envelope(desk).number)
    digits = facts.values["manifest.code"]

    paper = on_paper("packing_list", facts)

    assert isinstance(digits, str)
    assert manifest.joined([manifest.part(digits)]).envelope == facts.values["envelope.number"]
    assert "扫二维码可得到本清单的电子版" in paper
    assert digits not in paper


def test_a_long_list_says_how_many_symbols_it_has(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are scanned in any order."""
    monkeypatch.setattr(manifest, "_ROOM", 70)
    facts = facts_of(desk, builders.an_envelope(desk).number)
    count = len(str(facts.values["manifest.code"]).split())

    paper = on_paper("packing_list", facts)

    assert count > 1
    assert f"扫{count} 个二维码（先后不限）可得到" in paper
    assert f"▚▞ ×{count} 合计" in paper


def test_a_list_that_does_not_fit_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is checked by the paper alone, and nobody looks for a symbol."""
    monkeypatch.setattr(manifest, "_ROOM", 7)
    facts = facts_of(desk, builders.an_envelope(desk).number)

    paper = on_paper("packing_list", facts)

    assert facts.values["manifest.code"] == ""
    assert "本清单太长，没有二维码，请按纸面逐项核对。" in paper
    assert "▚" not in paper


def test_a_list_promised_before_there_were_symbols_is_printed_without() -> None:
    """An older paper is copied as it was."""
    older = {"reply.number": "1", "envelope.number": "2"}

    assert packing_list.completed(older) == {**older, "manifest.code": "", "manifest.told": ""}
    assert packing_list.completed({"case.number": "1"}) == {"case.number": "1"}
    assert packing_list.completed({**older, "manifest.code": "88"})["manifest.code"] == "88"


def test_the_sample_is_a_list() -> None:
    """Whoever tries a wording scans something that can be read."""
    sample = packing_list.KNOWN["manifest.code"]

    assert isinstance(sample, Fact)
    found = manifest.joined([manifest.part(text) for text in sample.sample.split()])
    assert found == packing_list._SAMPLE
