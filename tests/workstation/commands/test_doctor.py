"""Noun `doctor`, typed: works anywhere, tells everything, and fails where something is wrong."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace

import pytest

from forms import documents
from printing import fonts
from tests import halls
from tests.line import Answer, Line
from workstation import bootstrap
from workstation.acts.facts import known
from workstation.commands import doctor
from workstation.store.mounts import Mount

Usage = namedtuple("Usage", "total used free")


def states(answer: Answer) -> dict[str, str]:
    """What each check has found."""
    return {check["name"]: check["state"] for check in answer.json["checks"]}


@pytest.mark.parametrize("make", [False, True])
def test_it_works_on_an_empty_and_a_missing_home(line: Line, tmp_path: Path, make: bool) -> None:
    """The machine is checked, the hall is not; nothing fails and nothing is made."""
    line.home = tmp_path / "home"
    if make:
        line.home.mkdir()

    answer = line("doctor", "--json")

    assert (answer.exit_code, answer.json["ok"]) == (0, True)
    assert states(answer)["home"] == "skipped"
    assert line.home.exists() == make
    assert not (make and list(line.home.iterdir()))


def test_a_sound_hall_passes_every_check(counter: Line) -> None:
    """Engine, key source, clock and people are named."""
    answer = counter("doctor", "--json")

    assert answer.exit_code == 0
    assert set(states(answer)) == {
        "python", "file_system", "disk", "font", "engine",
        "home", "rights", "ledger", "key", "clock", "people", "stocks", "wordings", "mail",
    }  # fmt: skip
    assert "failed" not in states(answer).values()
    assert "来自密钥文件" in counter("doctor").out


def test_a_home_open_to_others_fails(counter: Line) -> None:
    """The result is printed all the same, with exit code 3."""
    assert counter.home
    counter.home.chmod(0o755)

    answer = counter("doctor", "--json")

    assert (answer.exit_code, answer.json["ok"], states(answer)["rights"]) == (3, False, "failed")


def test_a_lost_key_fails(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be opened is told with its code, and the rest is not tried."""
    monkeypatch.setenv("WORKSTATION_KEY_FILE", "/nowhere/hall.key")

    answer = counter("doctor", "--json")

    assert (answer.exit_code, states(answer)["ledger"]) == (3, "failed")
    assert "key-missing" in answer.out
    assert "people" not in states(answer)


def test_broken_settings_fail(counter: Line) -> None:
    """They are one finding among others, no crash."""
    assert counter.home
    (counter.home / "settings.toml").write_text("hall = ")

    answer = counter("doctor", "--json")

    assert (answer.exit_code, states(answer)["engine"]) == (3, "failed")
    assert "settings-not-toml" in answer.out


@pytest.mark.parametrize(("free", "state"), [(10**12, "ok"), (5 * 10**8, "warning"), (10**6, "failed")])
def test_the_disk_is_measured(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, free: int, state: str
) -> None:
    """A full disk is foreseen."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free, 0, free))
    line.home = tmp_path / "home"

    assert states(line("doctor", "--json"))["disk"] == state


def test_a_network_file_system_fails(line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Locks cannot be relied on there; a machine that does not tell is passed over."""
    line.home = tmp_path / "home"
    monkeypatch.setattr(doctor, "mount_of", lambda *_: Mount("/mnt", "nfs4"))
    network = line("doctor", "--json")
    monkeypatch.setattr(doctor, "mount_of", lambda *_: None)

    assert (network.exit_code, states(network)["file_system"]) == (3, "failed")
    assert states(line("doctor", "--json"))["file_system"] == "skipped"


def test_a_missing_font_fails(line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without it no paper can be printed."""

    def gone() -> Path:
        raise fonts.FontMissing("x.ttf")

    monkeypatch.setattr(fonts, "installed", gone)
    line.home = tmp_path / "home"

    assert states(line("doctor", "--json"))["font"] == "failed"


@pytest.mark.parametrize("face", [fonts.SONG, fonts.RARE])
def test_a_face_that_papers_can_do_without_is_a_warning(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, face: str
) -> None:
    """Papers print, in another face or with boxes to write into."""
    there: dict[str, Path | None] = dict.fromkeys(fonts.STYLES[fonts.SONG], Path("face.ttf"))
    monkeypatch.setattr(fonts, "installed", lambda: {**there, face: None})
    line.home = tmp_path / "home"

    assert states(line("doctor", "--json"))["font"] == "warning"


def test_stocks_of_the_hall_that_cannot_be_read_fail(counter: Line) -> None:
    """No envelope could be printed."""
    assert counter.home
    (counter.home / "envelopes.toml").write_text("[坏]", encoding="utf-8")

    assert states(counter("doctor", "--json"))["stocks"] == "failed"


def test_a_wording_that_cannot_be_drawn_any_more_fails(
    counter: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update of the program has dropped a fact that the hall's own wording names."""
    assert counter.home
    text = documents.shipped("notice").replace("# 一次性告知单", "# 本厅告知单")
    (counter.home / "notice.md").write_text(text, encoding="utf-8")
    put = counter("wording", "set", "notice", "--file", str(counter.home / "notice.md"), as_="2001")
    assert put.exit_code == 0, put.out
    assert states(counter("doctor", "--json"))["wordings"] == "ok"

    facts = {name: fact for name, fact in known.of("notice").items() if name != "notice.due"}
    monkeypatch.setattr(known, "of", lambda _: facts)

    assert states(counter("doctor", "--json"))["wordings"] == "failed"


def test_an_engine_with_the_wal_bug_is_a_warning(
    line: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file lock guards against it; a newer engine is better."""
    facts = {
        "engine": "sqlite",
        "version": "3.40.1",
        "module": "sqlite3",
        "synchronous": "FULL",
        "wal_reset_fixed": "no",
    }
    monkeypatch.setattr(bootstrap, "engine_facts", lambda _: facts)
    line.home = tmp_path / "home"

    answer = line("doctor", "--json")

    assert (answer.exit_code, states(answer)["engine"]) == (0, "warning")


def test_a_clock_set_back_fails(tmp_path: Path) -> None:
    """And a window off its server's clock by more than a minute is told."""
    desk = halls.founded(tmp_path)
    opened = SimpleNamespace(desk=desk)
    desk.store.clock.at -= 3_600_000  # type: ignore[attr-defined]  # the test's clock

    finding = doctor._clock(opened)  # type: ignore[arg-type]  # as much of one as it looks at
    desk.store.engine.now = lambda: desk.store.clock() + 7_200_000  # type: ignore[method-assign]
    off = doctor._clock(opened)  # type: ignore[arg-type]
    desk.store.engine.close()

    assert (finding.state, off.state) == ("failed", "warning")
    assert "7200 秒" in off.what


def test_a_hall_without_a_second_person_is_a_warning(counter: Line) -> None:
    """It works, but what needs two will wait."""
    for code in ("1002", "2001"):
        counter("user", "disable", code, as_="9001")

    answer = counter("doctor", "--json")

    assert (answer.exit_code, states(answer)["people"]) == (0, "warning")
    assert "没有值班长" in answer.out


def the_mail(counter: Line) -> dict[str, str]:
    """What is said of carrier, account and numbers."""
    found: dict[str, str] = next(c for c in counter("doctor", "--json").json["checks"] if c["name"] == "mail")
    return found


def test_the_carrier_its_account_and_the_stock_are_told(
    counter: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The account by its source alone; what is missing is a warning, what is unsound a failure."""
    monkeypatch.delenv("WORKSTATION_CARRIER_FILE", raising=False)
    assert (the_mail(counter)["state"], the_mail(counter)["what"]) == ("ok", "没有设寄递企业，扫贴纸运单")

    counter("carrier", "set", "ems", "--environment", "test", as_="2001")
    missing = the_mail(counter)
    assert (missing["state"], missing["what"]) == ("warning", "邮政EMS平台，测试环境，没有找到账号")

    account = tmp_path / "ems.toml"
    account.write_text('sender_no = "1"\nauthorization = "x"\nsign_key = "MDEyMzQ1Njc4OWFiY2RlZg=="\n')
    account.chmod(0o600)
    monkeypatch.setenv("WORKSTATION_CARRIER_FILE", str(account))
    sound = the_mail(counter)
    assert (sound["state"], sound["what"]) == ("ok", "邮政EMS平台，测试环境，账号来自账号文件")

    account.chmod(0o644)
    assert (the_mail(counter)["state"], "carrier-file-open" in the_mail(counter)["what"]) == ("failed", True)


def test_a_low_stock_of_numbers_is_a_warning(counter: Line) -> None:
    """Without numbers every envelope needs a sticker."""
    counter("carrier", "set", "number_pool", "--numbers", "packing", as_="2001")
    empty = the_mail(counter)
    counter("pool", "import", "--first", "EE000000014CN", "--last", "EE000000990CN", as_="2001")
    full = the_mail(counter)

    assert (empty["state"], empty["what"]) == ("warning", "号码池（不联网），号码池未用 0 个")
    assert "pool import" in empty["next"]
    assert (full["state"], full["what"]) == ("ok", "号码池（不联网），号码池未用 99 个")
