"""What each of the 237 codes of EMS means, read from the table as it was published."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from integrations.carriers.ems import events
from integrations.carriers.ems.events import Meaning, meaning

FOLDER = Path(events.__file__).parent

#: As the notes of the table have them; counted from the file by a test below.
CANCELLATIONS = {
    "207": ("203",),
    "212": ("208",),
    "304": ("303", "336", "345"),
    "424": ("423",),
    "448": ("447",),
    "472": ("404",),
    "474": ("405",),
    "483": ("482",),
    "742": ("702",),
    "743": ("704",),
    "744": ("705",),
    "EDAD": ("EDA",),
    "EDCD": ("EDC",),
    "EMED": ("EME",),
    "EXAD": ("EXA",),
    "EXBD": ("EXB",),
    "EXCD": ("EXC",),
    "EXDD": ("EXD",),
}

#: The codes a domestic parcel meets, by the state they bring.
DOMESTIC = {
    "picked_up": ["203", "208"],
    "in_transit": [
        *("303", "336", "345", "305", "389", "V_398", "404", "954", "V_954"),
        *("356", "358", "360", "364", "365", "368", "370", "371", "374", "375", "376", "379"),
        *("394", "396", "399", "893", "913", "916", "931", "932", "937"),
    ],
    "arrived_destination": ["516", "713"],
    "out_for_delivery": ["702", "749"],
    "delivered": ["704", "748"],
    "attempt_failed": ["705"],
    "awaiting_pickup": ["723", "747"],
    "returning": ["312", "405", "482", "708", "741", "750", "326", "447"],
    "returned_to_sender": ["711"],
    "address_changed": ["756", "802", "803"],
    "mail_canceled": ["801"],
    "intercepted": ["013", "993"],
    "exception": ["651", "534", "751"],
    "mail_lost": ["987", "988"],
}

GRADES = {
    "signed_person": ["10", "162"],
    "signed_reception": ["20", "60", "70", "160"],
    "signed_left": ["30", "50", "80", "150", "161", "163", "164", "165", "166", "167", "168", "169"],
    "signed_unclear": ["90", "100", "120", "181", "ZDY"],
    "signed_lost": ["180"],
}

ATTEMPTS = {
    "1": ("attempt_failed", "attempt_address"),
    "2": ("attempt_failed", "attempt_address"),
    "3": ("attempt_failed", "attempt_address"),
    "4": ("attempt_failed", ""),
    "5": ("attempt_failed", "attempt_address"),
    "6": ("attempt_failed", ""),
    "7": ("attempt_failed", "attempt_refused"),
    "8": ("awaiting_pickup", ""),
    "9": ("awaiting_pickup", ""),
    "10": ("returning", ""),
    "11": ("address_changed", ""),
    "12": ("address_changed", ""),
    "13": ("mail_lost", ""),
    "14": ("awaiting_pickup", ""),
    "15": ("returning", ""),
    "16": ("attempt_failed", ""),
}


def rows() -> list[dict[str, str]]:
    """The table, read anew."""
    with (FOLDER / "codes.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_is_the_published_one() -> None:
    """Byte for byte as SOURCE.md says, which also names the licence."""
    digest = hashlib.sha256((FOLDER / "codes.csv").read_bytes()).hexdigest()
    source = (FOLDER / "SOURCE.md").read_text(encoding="utf-8")

    assert digest in source
    assert "CC BY 4.0" in source
    assert "open-logistics-tracking/OLTS" in source


def test_every_row_is_known() -> None:
    """237 codes, none twice, each with the name the carrier gave it."""
    assert len(rows()) == len(set(events.codes())) == 237
    for row, (code, sub) in zip(rows(), events.codes(), strict=True):
        said = meaning(code, sub)
        assert said.known
        assert row["carrier_name"] in said.name


def test_eighteen_codes_take_another_event_back() -> None:
    """Those whose notes say so, with all their targets; they bring no state, whatever the source says."""
    noted = {row["carrier_code"] for row in rows() if "事件冲销" in row["notes"]}
    found = {code: meaning(code).cancels for code, sub in events.codes() if meaning(code, sub).cancels}

    assert found == CANCELLATIONS
    assert noted == found.keys()
    assert len(found) == 18
    assert {(meaning(code).effect, meaning(code).grade) for code in found} == {("", "")}


def test_what_is_taken_back_is_itself_in_the_table_and_takes_nothing_back() -> None:
    """So no cancellation is ever cancelled, and none names a code nobody sends."""
    targets = {target for cancelled in CANCELLATIONS.values() for target in cancelled}

    assert len(targets) == 20
    assert [target for target in targets if not meaning(target).known or meaning(target).cancels] == []


@pytest.mark.parametrize("effect", DOMESTIC)
def test_domestic_codes_bring_the_state_of_the_table(effect: str) -> None:
    """What was found out about the codes of a domestic parcel holds for each of them."""
    assert {code: meaning(code).effect for code in DOMESTIC[effect]} == dict.fromkeys(
        DOMESTIC[effect], effect
    )


@pytest.mark.parametrize("grade", GRADES)
def test_signings_are_graded(grade: str) -> None:
    """A signing is a delivery and as good as its grade; 180 reads like one and is a loss."""
    effect = "mail_lost" if grade == "signed_lost" else "delivered"

    assert {(meaning("704", sub).effect, meaning("704", sub).grade) for sub in GRADES[grade]} == {
        (effect, grade)
    }


def test_every_signing_of_the_table_has_its_grade_here() -> None:
    """None slips through to the general one unseen."""
    assert sorted(sub for subs in GRADES.values() for sub in subs) == sorted(
        sub for code, sub in events.codes() if (code, bool(sub)) == ("704", True)
    )


def test_failed_attempts_say_what_follows() -> None:
    """Refused, kept for pickup, sent on, sent back or lost: the sub-code tells them apart."""
    found = {
        sub: (meaning("705", sub).effect, meaning("705", sub).grade)
        for code, sub in events.codes()
        if code == "705" and sub
    }

    assert found == ATTEMPTS


def test_deliveries_without_a_sub_code_ask_for_a_call() -> None:
    """Nobody can say who took it: abroad, out of a locker, or in a message cut short."""
    delivered = [code for code, sub in events.codes() if not sub and meaning(code).effect == "delivered"]

    assert sorted(delivered) == ["463", "704", "748", "O_010", "O_016"]
    assert {meaning(code).grade for code in delivered} == {"signed_unclear"}


@pytest.mark.parametrize(
    ("code", "sub", "effect", "grade"),
    [("704", "999", "delivered", "signed_unclear"), ("705", "99", "attempt_failed", "")],
)
def test_a_sub_code_of_tomorrow_leaves_the_result(code: str, sub: str, effect: str, grade: str) -> None:
    """The result counts, ungraded, under its plain name."""
    assert meaning(code, sub) == meaning(code)
    assert (meaning(code, sub).effect, meaning(code, sub).grade) == (effect, grade)


def test_a_sub_code_belongs_to_results_only() -> None:
    """On any other code it is not looked at."""
    assert meaning("702", "180") == meaning("702")


def test_the_name_tells_result_and_how() -> None:
    """As the timeline shows it."""
    assert meaning("704", "60").name == "投递结果反馈-妥投（收发室）"
    assert meaning("705", "7").name == "投递结果反馈-未妥投（拒收）"
    assert meaning("713").name == "到达投递机构"


@given(st.text(max_size=12), st.text(max_size=4))
@settings(max_examples=100, deadline=None)
def test_an_unknown_code_moves_nothing(code: str, sub: str) -> None:
    """Whatever text it is: no name of ours, no state, no grade, nothing taken back."""
    if events.parts(code) in events.codes() or events.parts(code)[0] in ("704", "705"):
        assert meaning(code, sub).known
    else:
        assert meaning(code, sub) == Meaning("", events.UNKNOWN, known=False)


def test_customs_and_messages_move_nothing() -> None:
    """They are known, and no state: a parcel at customs is as far as it was before."""
    neutral = {
        row["carrier_code"] for row in rows() if row["olts_code"].startswith(("customs_", "clearance_"))
    } | {"499", "764", "991", "O_020", *(str(code) for code in range(552, 559))}
    found = {
        code for code, sub in events.codes() if not meaning(code, sub).effect and code not in CANCELLATIONS
    }

    assert found == neutral


def test_only_one_code_says_that_a_parcel_is_back() -> None:
    """Returned is an end, and nobody asks any more; 退运 and 退回 may have only begun."""
    found = [code for code, sub in events.codes() if meaning(code, sub).effect == "returned_to_sender"]

    assert found == ["711"]
    assert {meaning("C_009").effect, meaning("O_011").effect} == {"returning"}


def test_four_events_tell_a_loss() -> None:
    """Paid for twice over, lost on the round, and signed for as a claim."""
    lost = [parts for parts in events.codes() if meaning(*parts).effect == "mail_lost"]

    assert sorted(lost) == [("704", "180"), ("705", "13"), ("987", ""), ("988", "")]


def test_the_names_of_the_table_are_understood_as_codes_too() -> None:
    """Who writes `signed:180` means the same as 704 with 180."""
    assert events.parts("signed:180") == ("704", "180")
    assert events.parts("unsigned:7") == ("705", "7")
    assert events.parts("702", "1") == ("702", "1")
    assert meaning("signed:180") == meaning("704", "180")


def test_a_text_leads_to_its_code() -> None:
    """Exactly as the carrier writes it; of two codes with one text, the first, which means the same."""
    assert events.named("投递下段") == ("702", "")
    assert events.named("收发室") == ("704", "60")
    assert events.named("处理中心封车") == ("389", "")
    assert events.named("其他") is None
    assert events.named("已经签收") is None
    assert events.named("") is None


def test_no_text_leads_to_another_meaning() -> None:
    """Every row is found by its text as what it is, or not at all: 其他 is a delivery and an attempt."""
    found = {row["carrier_code"]: events.named(row["carrier_name"]) for row in rows()}

    lost = {code for code, parts in found.items() if parts is None}
    assert lost == {"signed:100", "unsigned:16"}
    for code, parts in found.items():
        if parts:
            assert meaning(*parts).effect == meaning(code).effect


@pytest.mark.parametrize(("code", "sub"), events.codes())
def test_what_is_told_of_an_event_is_read_again(code: str, sub: str) -> None:
    """Code and name as a timeline shows them come back to an event that means the same."""
    told = meaning(code, sub)

    assert meaning(*events.parts(f"{code}/{sub}" if sub else code)) == told
    if (found := events.named(told.name)) is not None:
        assert meaning(*found).effect == told.effect
