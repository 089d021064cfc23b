"""Noun `identity`, typed: numbers checked, cards read, pictures of looks from afar put in and taken out."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from tests.builders import an_intake
from tests.integrations.card_readers.sdt_serial import device
from tests.integrations.card_readers.sdt_serial.device import Device
from tests.line import Line
from workstation.acts.inputs import IdentityDocument

CITIZEN, ABOLISHED, WRONG = "11010519491231002X", "452402199003070006", "110105194912310021"
COMPANY, UNBORN = "91350100M000100Y43", "450103299003070002"


def a_picture() -> bytes:
    """A frame of a video, and nobody in it."""
    file = io.BytesIO()
    Image.effect_noise((64, 48), 80).convert("RGB").save(file, "JPEG")
    return file.getvalue()


# --- check


def test_a_number_is_checked_without_a_hall(line: Line) -> None:
    """It is masked, and what it tells is told: birth, sex and place of first registration."""
    words, document = line("identity", "check", CITIZEN.lower()), line("identity", "check", CITIZEN, "--json")

    assert words.exit_code == document.exit_code == 0
    assert words.out == (
        "居民身份证 110105********002X：号码有效，出生日期 1949-12-31，女，"
        "区划 北京市朝阳区（首次登记地，未必是现户籍地）。\n"
    )
    assert document.json == {
        "valid": [
            {
                "kind": "citizen_id",
                "number": "110105********002X",
                "birth_date": "1949-12-31",
                "sex": "female",
                "division": "110105",
                "division_name": "北京市朝阳区",
                "warnings": [],
            }
        ],
        "faults": [],
    }
    assert CITIZEN not in words.out + document.out


def test_a_number_can_be_of_several_kinds(line: Line) -> None:
    """All of them are told; the clerk sees which document it is."""
    answer = line("identity", "check", "H12345678", "--json")

    assert [found["kind"] for found in answer.json["valid"]] == ["travel_permit", "passport"]
    assert {found["birth_date"] for found in answer.json["valid"]} == {None}


def test_an_unknown_area_is_a_warning(line: Line) -> None:
    """The number is valid all the same."""
    words, document = line("identity", "check", ABOLISHED), line("identity", "check", ABOLISHED, "--json")

    assert (words.exit_code, document.exit_code) == (0, 0)
    assert "注意：其中的区划代码不在行政区划表里" in words.out
    assert document.json["valid"][0]["warnings"] == ["division-unknown"]


def test_a_companys_code_tells_who_registered_it(line: Line) -> None:
    """The place is that of the office, and nobody's home."""
    assert "区划 福建省福州市（登记机关）" in line("identity", "check", COMPANY).out


def test_a_wrong_number_is_a_check_that_failed(line: Line) -> None:
    """For each kind it is told why not; a foreign passport has to be asked for."""
    words, document = line("identity", "check", WRONG), line("identity", "check", WRONG, "--json")

    assert (words.exit_code, document.exit_code) == (3, 3)
    assert "居民身份证号码校验位不符" in words.out
    assert "--kind foreign_passport" in words.out
    faults = {fault["kind"]: fault["code"] for fault in document.json["faults"]}
    assert faults["citizen_id"] == "citizen-id-check-digit"
    assert faults["passport"] == "passport-form"
    assert "foreign_passport" not in faults
    assert WRONG not in words.out + document.out


def test_a_kind_can_be_named(line: Line) -> None:
    """Then only that one is tried, and the reason is the one that matters."""
    foreign = line("identity", "check", "AB1234567", "--kind", "foreign_passport", "--json")
    other = line("identity", "check", CITIZEN, "--kind", "residence_permit", "--json")
    short = line("identity", "check", "AB1", "--kind", "foreign_passport")

    assert (foreign.exit_code, foreign.json["valid"][0]["number"]) == (0, "A*****567")
    assert (other.exit_code, other.json["faults"][0]["code"]) == (3, "residence-permit-citizen-id")
    assert (short.exit_code, "--kind" in short.out) == (3, False)
    assert line("identity", "check", "1", "--kind", "tattoo").code == "argument-wrong"


def test_nobody_was_born_tomorrow(line: Line) -> None:
    """The check digit is right, the year is not."""
    answer = line("identity", "check", UNBORN, "--json")

    assert answer.exit_code == 3
    assert "citizen-id-future" in {fault["code"] for fault in answer.json["faults"]}


def test_an_empty_number_is_no_number(line: Line) -> None:
    """Nor is one that would steer the terminal."""
    assert line("identity", "check", "").exit_code == 3
    assert line("identity", "check", "\x1b[2J").exit_code == 3


# --- read


@pytest.fixture
def simulated() -> Iterator[Device]:
    """The simulated reader, with a citizen's card."""
    with device.running() as running:
        yield running


def test_a_card_is_read_masked(line: Line, simulated: Device) -> None:
    """Name, number and address are hidden unless they are asked for."""
    answer = line("identity", "read", "--port", simulated.path)

    assert answer.exit_code == 0
    document = answer.json["document"]
    assert (document["name"], document["id_number"]) == ("演**", "450102********0005")
    assert (document["source"], document["valid_to"]) == ("sdt_serial", None)
    assert document["address"] == "广西壮族自治区南宁市演练路****"


def test_a_card_in_clear_is_what_a_hand_in_takes(counter: Line, simulated: Device) -> None:
    """With a telephone number added it is an applicant, and registered as read by the reader."""
    answer = counter("identity", "read", "--reader", "sdt_serial", "--port", simulated.path, "--clear")
    document = answer.json["document"]
    applicant = {**document, "phone": "13900000001"}
    intake = {**msgspec.to_builtins(an_intake(materials=())), "applicant": applicant}

    registered = counter("case", "register", "--json", "-", stdin=intake, as_="1001")

    assert msgspec.convert(document, IdentityDocument).name == "演练𠮷"
    assert registered.exit_code == 0, registered.out
    assert registered.json["case"]["applicant_source"] == "sdt_serial"


def test_a_reader_that_is_not_there_is_told(line: Line) -> None:
    """As something outside that failed; an unknown make is wrong usage."""
    missing = line("identity", "read", "--port", "/dev/nowhere", "--timeout", "0")
    unknown = line("identity", "read", "--port", "/dev/nowhere", "--reader", "mirror")
    nowhere = line("identity", "read")

    assert (missing.code, missing.exit_code) == ("reader-port-missing", 4)
    assert (unknown.code, unknown.exit_code) == ("argument-wrong", 2)
    assert (nowhere.code, nowhere.exit_code) == ("argument-missing", 2)


# --- the picture of a look from afar


@pytest.fixture
def case(counter: Line) -> str:
    """The number of a case just registered."""
    intake = msgspec.to_builtins(an_intake(materials=()))
    answer = counter("case", "register", "--json", "-", stdin=intake, as_="1001")
    return str(answer.json["case"]["number"])


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture in a file, under a name that says nothing."""
    path = tmp_path / "frame"
    path.write_bytes(a_picture())
    return path


def looked(counter: Line, case: str, picture: Path) -> str:
    """The id of a look from afar, typed."""
    video = ["--method", "video", "--outcome", "passed", "--participants", "林一、韦示例"]
    when = ["--held-at", "2026-11-20T08:30", "--picture", str(picture)]
    answer = counter("case", "identify", case, *video, *when, "--json", as_="1001")
    assert answer.exit_code == 0, answer.out
    assert answer.json["case"]["identity"] == "passed"
    (identity,) = counter("case", "show", case, "--json", as_="1001").json["identities"]
    assert (identity["participants"], identity["held_at"][:16]) == ("***", "2026-11-20T08:30")
    return str(identity["id"])


def test_a_picture_goes_in_and_comes_out(counter: Line, case: str, picture: Path, tmp_path: Path) -> None:
    """The same bytes, in a file for this user alone, and the look at them in the journal."""
    identity, out = looked(counter, case, picture), tmp_path / "out.jpg"

    answer = counter("identity", "evidence", identity, "--out", str(out), "--json", as_="2001")

    evidence = answer.json["evidence"]
    assert out.read_bytes() == picture.read_bytes()
    assert out.stat().st_mode & 0o777 == 0o600
    assert (evidence["path"], evidence["media_type"]) == (str(out), "image/jpeg")
    assert (evidence["size"], "picture" in evidence) == (len(picture.read_bytes()), False)
    timeline = counter("case", "show", case, "--json", as_="1001").json["timeline"]
    assert (timeline[-1]["act"], timeline[-1]["operator"]) == ("reveal", "2001")


def test_in_words_the_file_is_named(counter: Line, case: str, picture: Path, tmp_path: Path) -> None:
    """And that it is to be deleted."""
    identity = looked(counter, case, picture)

    answer = counter("identity", "evidence", identity, "--out", str(tmp_path / "out.jpg"), as_="1001")

    assert answer.out == f"已取出核验图片（本次查看已留痕）：{tmp_path / 'out.jpg'}。用完请删除。\n"


def test_what_cannot_be_written_is_not_looked_at(
    counter: Line, case: str, picture: Path, tmp_path: Path
) -> None:
    """A file that is there stays as it is, and the journal has no look that nobody had."""
    identity, before = looked(counter, case, picture), picture.read_bytes()

    answer = counter("identity", "evidence", identity, "--out", str(picture), as_="1001")

    assert (answer.code, answer.exit_code) == ("picture-not-written", 4)
    assert picture.read_bytes() == before
    timeline = counter("case", "show", case, "--json", as_="1001").json["timeline"]
    assert "reveal" not in {entry["act"] for entry in timeline}


def test_who_may_not_see_gets_no_file(counter: Line, case: str, picture: Path, tmp_path: Path) -> None:
    """Neither an auditor nor somebody who asks for a look without a picture."""
    identity, out = looked(counter, case, picture), tmp_path / "out.jpg"

    auditor = counter("identity", "evidence", identity, "--out", str(out), as_="8001")
    unknown = counter("identity", "evidence", f"{case}-i9", "--out", str(out), as_="1001")
    nobody = counter("identity", "evidence", identity, "--out", str(out))

    assert [auditor.code, unknown.code, nobody.code] == [
        "wrong-role",
        "evidence-not-found",
        "nobody-signed-in",
    ]
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (["--method", "video"], "participants-missing", 2),
        (["--method", "e_licence"], "licence-missing", 2),
        (["--method", "in_person", "--licence", "示例证照"], "not-of-method", 2),
        (["--method", "video", "--held-at", "noon"], "argument-wrong", 2),
        (["--method", "video", "--picture", "/nowhere/a.png"], "picture-unreadable", 4),
        (["--method", "manual", "--reason", "读卡器坏了"], "second-needed", 3),
        (["--method", "in_person", "--subject", "agent"], "agent-unknown", 2),
        (["--method", "hearsay"], "argument-wrong", 2),
    ],
)
def test_each_refused_look_has_its_code(
    counter: Line, case: str, words: list[str], code: str, exit_code: int
) -> None:
    """And its exit code."""
    answer = counter("case", "identify", case, "--outcome", "passed", *words, as_="1001")

    assert (answer.code, answer.exit_code) == (code, exit_code)


def test_an_electronic_licence_is_typed(counter: Line, case: str) -> None:
    """It is kept, and leaves masked."""
    words = ["--method", "e_licence", "--outcome", "passed", "--licence", "示例电子身份证 0001"]

    answer = counter("case", "identify", case, *words, as_="1001")

    shown = counter("case", "show", case, "--json", as_="1001")
    assert answer.exit_code == 0
    assert json.loads(shown.out)["identities"][0]["licence"] == "***"
