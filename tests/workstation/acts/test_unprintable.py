"""Characters no face draws: named with their code points before anything is printed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from printing import fonts
from printing.fonts import faces
from tests.builders import a_person, an_intake, an_office
from workstation.acts import hints, previews, unprintable
from workstation.acts.desk import Desk

#: Of extension B, which only the rare face has; of extension G, which none of ours has.
RARE, RARER = "\U00022222", "\U00030001"

#: As it is where no test says that this machine lacks the rare one.
FACE = faces.face


def forget() -> None:
    """Let the faces be looked for anew."""
    faces._face.cache_clear()
    fonts._advances.cache_clear()


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which nobody ran `make fonts`."""
    monkeypatch.setattr(faces, "RARE_FILES", ())
    forget()
    yield
    forget()


def told(desk: Desk, **changes: Any) -> list[str]:
    """What the clerk hears of printing before such a hand-in is registered."""
    found = hints.before_intake(desk, an_intake(materials=(), **changes))
    return [hint.text for hint in found.warnings if hint.code == "unprintable"]


@pytest.mark.usefixtures("plain")
def test_a_name_no_face_draws_is_told_with_its_code_point(desk: Desk) -> None:
    """And what helps: writing it by hand now, the rare face for the next time."""
    (said,) = told(desk, applicant=a_person(f"张{RARE}"))

    assert said == (
        f"申请人姓名里的‘{RARE}’（U+22222）现有字库印不出，纸面会留方框，请手写；"
        "请系统管理员装上生僻字库，之后可印。（命令：make fonts）"
    )


@pytest.mark.usefixtures("plain")
def test_the_rare_face_is_not_promised_to_help_where_it_cannot(desk: Desk) -> None:
    """It ends with extension F."""
    (said,) = told(desk, applicant=a_person(f"张{RARER}"))

    assert said.endswith("（U+30001）现有字库印不出，纸面会留方框，请手写。")


@pytest.mark.usefixtures("plain")
def test_every_place_that_is_printed_is_looked_at(desk: Desk) -> None:
    """Names, addresses, the remark, and the office the envelope goes to."""
    strange = {"name": f"张{RARE}", "address": f"示例路{RARE}号"}

    said = told(
        desk,
        applicant=a_person(**strange),
        agent=a_person(**strange),
        remark=f"备注{RARE}",
        offices=(an_office(address=f"示例市{RARE}路 2 号"),),
    )

    places = [sentence.split("里的")[0] for sentence in said]
    assert places[:5] == ["申请人姓名", "申请人地址", "代办人姓名", "代办人地址", "备注"]
    assert [place.split(" ")[-1] for place in places[5:]] == ["的地址"]


def test_what_the_faces_draw_is_not_spoken_of(desk: Desk) -> None:
    """A name of 通用规范汉字表 beyond U+FFFF, and one in Latin letters."""
    assert told(desk, applicant=a_person("欧阳𪾢·Ōu"), agent=a_person("ZHANG SAN")) == []


def test_what_is_no_writing_is_told_apart() -> None:
    """A picture leaves no box to write into; one that cannot be seen is named by its code point alone."""
    (said,) = unprintable.sentences("备注", "好😀\u200b")

    assert said == "备注里的‘😀’（U+1F600）、U+200B不是文字，纸面只印出它的编码；请核对录入。"


def test_many_strange_characters_do_not_fill_the_screen() -> None:
    """Six are named, the others counted."""
    (said,) = unprintable.sentences("备注", "".join(chr(code) for code in range(0x1F600, 0x1F614)))

    assert said.count("U+") == 6
    assert "等 20 个字" in said


@pytest.mark.usefixtures("plain")
def test_a_preview_ends_with_what_its_paper_cannot_show(desk: Desk) -> None:
    """Whoever looks before printing knows that something is to be written by hand."""
    preview = previews.intake_slip(desk, an_intake(applicant=a_person(f"张{RARE}")))

    assert preview.endswith(f"\n印不出的字：‘{RARE}’（U+22222）。纸面会留方框或者只印编码，请打印后手写。\n")
    assert "印不出" not in previews.intake_slip(desk, an_intake())


def test_common_text_is_answered_without_the_drawing_library() -> None:
    """Opening the intake screen does not wait for fonts."""
    program = (
        "import sys; from workstation.acts import unprintable;"
        "unprintable.characters('欧阳娜·喆 Li，1号');"
        "sys.exit('reportlab' in sys.modules)"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


def test_each_face_draws_what_is_taken_for_common() -> None:
    """All Han characters, letters, digits and punctuation of GBK; else the short answer would be wrong."""
    every = (chr(code) for code in range(0x20, 0xFFFF) if not 0xD800 <= code < 0xF900)
    common = "".join(char for char in every if char.isprintable() and unprintable._is_common(char))

    assert len(common) > 21_000
    # A sign of mathematics, which a paper shows as its code point.
    assert fonts.missing(common) == ("≒",)


def test_a_damaged_face_keeps_nobody_from_registering(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It is told when a paper is made; the hint is left out."""
    damaged = tmp_path / "HanaMinB.ttf"
    damaged.write_bytes(b"no font")
    monkeypatch.setattr(faces, "RARE_FILES", (damaged,))
    monkeypatch.setattr(faces, "face", FACE)
    forget()

    assert told(desk, applicant=a_person(f"张{RARE}")) == []
    monkeypatch.undo()
    forget()
