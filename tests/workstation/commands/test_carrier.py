"""Noun `carrier`, typed: chosen, listed, tested against a real platform, and no credential ever printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

import pytest

from tests import builders, halls
from tests.integrations.carriers.ems import simulated
from tests.line import Line
from workstation import bootstrap
from workstation.domain.envelope import EnvelopeState


@pytest.fixture(scope="module")
def platform() -> Iterator[simulated.Simulated]:
    """The platform in a process of its own."""
    with simulated.running() as running:
        yield running


@pytest.fixture
def counter(counter: Line, monkeypatch: pytest.MonkeyPatch) -> Line:
    """A command line at a hall whose window knows of no account."""
    monkeypatch.delenv("WORKSTATION_CARRIER_FILE", raising=False)
    return counter


@pytest.fixture
def account(platform: simulated.Simulated, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The account at the platform, where the environment says."""
    path = tmp_path / "ems.toml"
    given = asdict(platform.credentials).items()
    path.write_text("".join(f'{name} = "{value}"\n' for name, value in given))
    path.chmod(0o600)
    monkeypatch.setenv("WORKSTATION_CARRIER_FILE", str(path))
    return path


@pytest.fixture
def online(counter: Line, platform: simulated.Simulated, account: Path) -> Line:
    """The command line of a hall whose carrier is the platform."""
    platform.set_script({})
    assert account.exists()
    answer = counter("carrier", "set", "ems", "--url", platform.url, as_="2001")
    assert answer.exit_code == 0, answer.err
    return counter


def test_a_carrier_is_set_and_listed(counter: Line) -> None:
    """The list has every carrier there is, the one in service first; words are Chinese, JSON is coded."""
    said = counter("carrier", "set", "ems", "--environment", "test", "--with-return", as_="2001").out
    assert said == "已启用邮政EMS平台，测试环境，同时要回程运单。\n"

    first, second = counter("carrier", "list", "--json", as_="1001").json["carriers"]
    assert (first["name"], first["has_credentials"]) == ("ems", False)
    assert (first["carrier"]["environment"], first["carrier"]["with_return"]) == ("test", True)
    assert (second["name"], second["carrier"]) == ("number_pool", None)

    counter("carrier", "set", "number_pool", "--numbers", "packing", as_="9001")
    lines = counter("carrier", "list", as_="1001").out.splitlines()
    assert "装袋时取号" in lines[1]
    assert lines[1].split()[2] == "在用"
    assert lines[2].split()[2:4] == ["停用", "测试环境"]


def test_what_is_in_force_is_told_when_it_is_set(counter: Line) -> None:
    """Also what was not typed."""
    url = "https://relay.example/ems"

    said = counter("carrier", "set", "ems", "--url", url, as_="2001").out
    pool = counter("carrier", "set", "number_pool", as_="2001").out

    assert said == f"已启用邮政EMS平台，正式环境，接口地址 {url}，不要回程运单。\n"
    assert pool == "已启用号码池（不联网），贴纸运单，扫了才绑。\n"


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("shunfeng",), "code-unknown", 2),
        (("ems", "--environment", "live"), "argument-wrong", 2),
        (("ems", "--numbers", "packing"), "carrier-setting-idle", 2),
        (("ems", "--url", "http://relay.example/"), "carrier-address", 2),
    ],
)
def test_what_cannot_be_set_is_refused(
    counter: Line, words: tuple[str, ...], code: str, exit_code: int
) -> None:
    """Each with a code, and nothing is changed."""
    answer = counter("carrier", "set", *words, "--json", as_="2001")

    assert (answer.code, answer.exit_code) == (code, exit_code)
    listed = counter("carrier", "list", "--json", as_="1001").json["carriers"]
    assert [known["carrier"] for known in listed] == [None, None]


def test_a_clerk_neither_sets_nor_tests(counter: Line) -> None:
    """Supervisors and administrators do."""
    assert counter("carrier", "set", "ems", as_="1001").code == "wrong-role"
    assert counter("carrier", "test", as_="1001").code == "wrong-role"


def test_a_platform_that_answers_is_told_in_words(online: Line) -> None:
    """What was asked, what it found, and that nothing was ordered."""
    told = online("carrier", "test", as_="2001")
    document = online("carrier", "test", "ems", "--json", as_="9001").json["test"]

    assert told.exit_code == 0
    assert "有回答，账号能用；没有下单。" in told.out
    assert "地址解析：福建省厦门市思明区" in told.out
    assert "上门揽收：能（在揽收范围内）" in told.out
    assert (document["carrier"], document["environment"], document["served"]) == ("ems", "production", True)


def test_another_address_may_be_asked_about(online: Line) -> None:
    """One that the platform cannot find is no failure."""
    answer = online("carrier", "test", "--address", "示例路 1 号院 2 栋", "--json", as_="2001")

    assert (answer.exit_code, answer.json["test"]["place"], answer.json["test"]["served"]) == (0, None, False)


def test_without_an_interface_there_is_nothing_to_test(counter: Line) -> None:
    """Not a failure: the pool and stickers need none."""
    answer = counter("carrier", "test", as_="2001")

    assert (answer.exit_code, "不联网" in answer.out) == (0, True)
    assert counter("carrier", "test", "--json", as_="2001").json == {"test": None}


@pytest.mark.parametrize(
    ("rule", "code"), [({"do": "refuse"}, "carrier-refused"), ({"do": "cut_after"}, "carrier-unreachable")]
)
def test_a_failure_of_the_outside_ends_with_4(
    online: Line, platform: simulated.Simulated, rule: dict[str, object], code: str
) -> None:
    """Whether it said no or nothing."""
    platform.set_script({"rules": [rule]})

    answer = online("carrier", "test", "--json", as_="2001")

    assert (answer.exit_code, answer.code) == (4, code)


def test_an_account_that_is_missing_or_open_to_others_is_refused(online: Line, account: Path) -> None:
    """Each with what to do; the list says that there is none to use."""
    assert online("carrier", "list", "--json", as_="1001").json["carriers"][0]["has_credentials"] is True
    account.chmod(0o644)
    opened = online("carrier", "test", "--json", as_="2001")
    listed = online("carrier", "list", as_="1001").out
    account.unlink()
    missing = online("carrier", "test", "--json", as_="2001")

    assert (opened.exit_code, opened.code) == (3, "carrier-file-open")
    assert (missing.exit_code, missing.code) == (3, "carrier-account-missing")
    assert listed.splitlines()[1].endswith("没有")


def test_an_account_may_stand_in_the_settings_or_come_from_a_service(
    online: Line, account: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings name a file; a service manager's credential comes before it."""
    assert online.home
    monkeypatch.delenv("WORKSTATION_CARRIER_FILE")
    assert online("carrier", "test", as_="2001").code == "carrier-account-missing"

    settings = online.home / "settings.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("[mail]\n", f'[mail]\ncredentials = "{account}"\n'), encoding="utf-8")
    assert online("carrier", "test", as_="2001").exit_code == 0

    account.rename(tmp_path / "workstation-carrier-ems")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert online("carrier", "test", as_="2001").exit_code == 0


@pytest.mark.parametrize("do", [None, "refuse", "malformed", "status_500", "unsound"])
def test_no_credential_is_printed_or_kept(
    online: Line, platform: simulated.Simulated, account: Path, do: str | None
) -> None:
    """Not in words, JSON or errors, and in no file of the home: ledger, side files, settings, logs."""
    platform.set_script({"rules": [{"do": do}] if do not in (None, "unsound") else []})
    if do == "unsound":
        account.write_text(account.read_text().replace('"', "'''", 1))
    said = [
        answer.out + answer.err
        for line in (("carrier", "test"), ("carrier", "list"), ("doctor",))
        for json in ((), ("--json",))
        for answer in [online(*line, *json, as_="2001")]
    ]
    assert online.home
    kept = [path.read_bytes() for path in online.home.rglob("*") if path.is_file()]

    values = asdict(platform.credentials).values()
    assert len(kept) > 1
    assert [value for value in values if any(value in text for text in said)] == []
    assert [value for value in values if any(value.encode() in content for content in kept)] == []


def test_an_opened_hall_does_not_show_what_it_asks_with(online: Line, account: Path) -> None:
    """The desk asks anew each time, and holds nothing."""
    assert online.home
    opened = bootstrap.open_hall(online.home)
    ask = opened.desk.credentials
    assert ask is not None
    before = ask("ems")
    account.unlink()

    assert before is not None
    assert ask("ems") is None
    assert before["sign_key"] not in f"{before!r}{opened!r}{opened.desk!r}{ask!r}"
    opened.close()


@pytest.fixture
def ordered(online: Line, platform: simulated.Simulated) -> str:
    """The order of a sealed envelope, placed with the platform, a waybill for the way back with it."""
    online("carrier", "set", "ems", "--url", platform.url, "--with-return", as_="2001")
    desk = halls.seat(bootstrap.open_desk(Path(str(online.home))), halls.CLERK)
    with builders.no_ink():
        envelope = builders.an_envelope(desk, EnvelopeState.SEALED).number
    desk.store.engine.close()
    assert online("sync", as_="1001").exit_code == 0
    return f"{envelope}-1"


@pytest.mark.parametrize("way", [(), ("--back",)])
def test_the_carriers_label_is_saved(
    online: Line, ordered: str, tmp_path: Path, way: tuple[str, ...]
) -> None:
    """Once, as a PDF; what lies there already is replaced only if asked to."""
    target = tmp_path / "面单.pdf"

    answer = online("order", "label", ordered, "--to", str(target), *way, "--json", as_="1001")

    assert answer.json == {"path": str(target)}
    assert target.read_bytes().startswith(b"%PDF-")
    assert online("order", "label", ordered, "--to", str(target), as_="1001").exit_code == 3
    assert online("order", "label", ordered, "--to", str(target), "--force", as_="1001").exit_code == 0


def test_without_a_waybill_there_is_no_label(online: Line, ordered: str, tmp_path: Path) -> None:
    """A canceled order has none; nothing is written."""
    assert online("order", "resolve", ordered, "--cancel", as_="1001").exit_code == 0

    answer = online("order", "label", ordered, "--to", str(tmp_path / "面单.pdf"), "--json", as_="1001")

    assert (answer.exit_code, answer.json["error"]["code"]) == (3, "label-not-there")
    assert not (tmp_path / "面单.pdf").exists()
