"""A carrier's credentials: their sources in order, what is wrong in them, and that nothing ever tells one."""

from __future__ import annotations

import traceback
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from tests.builders import assert_explained
from workstation import bootstrap, wallet
from workstation.errors import Explained
from workstation.policies import MailPolicy
from workstation.settings import Home, Practice, Settings
from workstation.wallet import Account, Places

SENDER, AUTHORIZATION, KEY = "1100104512999", "Xw3kTopSecretWord", "MDEyMzQ1Njc4OWFiY2RlZg=="
VALUES = {"sender_no": SENDER, "authorization": AUTHORIZATION, "sign_key": KEY}
NO_KEY = "sign_key 应为一串 24 个字符的 Base64，以 == 结尾（16 字节的密钥）。"
TEXT = "".join(f'{name} = "{value}"\n' for name, value in VALUES.items())


class Ring(KeyringBackend):
    """A keyring that is real enough."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """What was set."""
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.kept[service, username] = password


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No source from outside."""
    for name in ("CREDENTIALS_DIRECTORY", "WORKSTATION_CARRIER_FILE"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def ring() -> Iterator[Ring]:
    """A desktop with a keyring."""
    before = keyring.get_keyring()
    there = Ring()
    keyring.set_keyring(there)
    yield there
    keyring.set_keyring(before)


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """A home, and a file beside it that is not there yet."""
    (tmp_path / "home").mkdir()
    return Places(tmp_path / "home", 3502031, tmp_path / "ems.toml")


def put(path: Path | None, text: str = TEXT, mode: int = 0o600) -> Path:
    """The file with credentials."""
    assert path is not None
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return path


def refused(places: Places) -> Explained:
    """What is said of an unsound source: nothing of it repeats a value, not even the chain of its causes."""
    with pytest.raises(Explained) as caught:
        wallet.find("ems", places)
    said = "".join(traceback.format_exception(caught.value)) + str(caught.value.as_dict())
    assert not [value for value in VALUES.values() if value in said]
    return caught.value


def test_sources_are_asked_in_their_order(
    places: Places, ring: Ring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service's credentials come before the file, that before the keyring; then there is nothing."""
    service = tmp_path / "credentials"
    service.mkdir()
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(service))
    found = []
    put(service / "workstation-carrier-ems", TEXT.replace(SENDER, "of-the-service"))
    file = put(places.file, TEXT.replace(SENDER, "of-the-file"))
    ring.kept["workstation", "3502031-carrier-ems"] = TEXT.replace(SENDER, "of-the-ring")

    for take_away in ((service / "workstation-carrier-ems").unlink, file.unlink, ring.kept.clear):
        account = wallet.find("ems", places)
        assert account is not None
        found.append((account.source, account["sender_no"]))
        take_away()

    assert found == [
        ("credentials", "of-the-service"),
        ("carrier_file", "of-the-file"),
        ("keyring", "of-the-ring"),
    ]
    assert wallet.find("ems", places) is None


def test_an_entry_of_the_keyring_is_one_halls_and_one_carriers(places: Places, ring: Ring) -> None:
    """A practice hall of the same user does not order with the real account."""
    ring.kept["workstation", wallet.keyring_entry("ems", 3502031)] = TEXT

    assert dict(wallet.find("ems", places) or {}) == VALUES
    assert wallet.find("ems", replace(places, hall=3502039)) is None
    assert wallet.find("number_pool", places) is None


def test_a_file_named_by_the_environment_comes_before_the_settings() -> None:
    """As with the hall key; without either there is none."""
    assert wallet.named_file("/a", {"WORKSTATION_CARRIER_FILE": "/b"}) == Path("/b")
    assert wallet.named_file("/a", {}) == Path("/a")
    assert wallet.named_file(None, {}) is None


def test_the_three_are_read(places: Places) -> None:
    """Comments and a mark of the editor's are all right."""
    put(places.file, f"\ufeff# 平台给的\n{TEXT}")

    account = wallet.find("ems", places)

    assert account is not None
    assert (dict(account), len(account)) == (VALUES, 3)


def test_an_account_does_not_show_itself(places: Places) -> None:
    """Neither printed, nor logged, nor as a part of something else."""
    put(places.file)
    account = wallet.find("ems", places)

    said = f"{account} {account!r} {[account]} {vars(Places(Path(), 1))}"

    assert isinstance(account, Account)
    assert "carrier_file" in said
    assert not [value for value in VALUES.values() if value in said]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (TEXT.replace("sender_no", "senderno"), "不认识 senderno。"),
        (f'{TEXT}"{AUTHORIZATION}" = 1\n', "有一项的名称不认识。"),
        (f"[ems]\n{TEXT}", "不认识 ems。"),
        (TEXT.partition("\n")[2], "缺少 sender_no。"),
        ("", "缺少 sender_no。"),
        (TEXT.replace(f'"{SENDER}"', SENDER), "sender_no 应为文字，现在是整数。"),
        (TEXT.replace(AUTHORIZATION, ""), "authorization 应为一串不带空格的半角字符（授权码）。"),
        (TEXT.replace("TopSecret", " Top"), "authorization 应为一串不带空格的半角字符（授权码）。"),
        (TEXT.replace("TopSecret", "密"), "authorization 应为一串不带空格的半角字符（授权码）。"),
        (TEXT.replace(KEY, KEY[:-4]), NO_KEY),
        (TEXT.replace(KEY, "0123456789abcdef"), NO_KEY),
        (TEXT + TEXT, "第 4 行不是正确的 TOML。"),
        (TEXT.replace('"', ""), "第 2 行不是正确的 TOML。"),
        (TEXT.removesuffix('"\n'), "不是正确的 TOML。"),
    ],
)
def test_what_is_wrong_is_told_by_its_name_and_never_by_its_value(
    places: Places, text: str, why: str
) -> None:
    """Missing, unknown, of the wrong kind or form; an administrator knows which line to mend."""
    put(places.file, text)

    error = refused(places)

    assert_explained(error, "carrier-file-broken")
    assert error.why == why
    assert str(places.file) in error.what


def test_what_is_no_text_is_told(places: Places, ring: Ring) -> None:
    """A file of bytes, and an entry of the keyring, each by its place."""
    put(places.file).write_bytes(b"\xff\xfe\x00")
    assert "不是 UTF-8 文字" in refused(places).why
    (places.file or Path()).unlink()
    ring.kept["workstation", "3502031-carrier-ems"] = "sender_no"

    assert "钥匙环" in refused(places).what


def test_an_unsound_file_is_refused_although_another_source_would_do(places: Places, ring: Ring) -> None:
    """Open to others, or inside the home: somebody has to look at it."""
    ring.kept["workstation", "3502031-carrier-ems"] = TEXT
    put(places.file, mode=0o640)
    assert_explained(refused(places), "carrier-file-open")

    inside = replace(places, file=put(places.home / "ems.toml"))
    assert_explained(refused(inside), "carrier-file-in-home")


def test_every_source_has_its_word() -> None:
    """What `doctor` says of it is Chinese."""
    words = [wallet.source_word(source) for source in ("credentials", "carrier_file", "keyring")]

    assert words == ["服务凭据目录", "账号文件", "钥匙环"]


@pytest.mark.parametrize("practice", [None, Practice(seed=7)])
def test_a_practice_hall_asks_the_same_sources(places: Places, practice: Practice | None) -> None:
    """It has a simulator to order from, and no account built in."""
    found = Settings(hall=3502039, practice=practice, mail=MailPolicy(credentials=str(places.file)))
    home = Home(places.home)
    assert bootstrap.carrier_account(home, found, "ems") is None

    put(places.file)

    assert dict(bootstrap.carrier_account(home, found, "ems") or {}) == VALUES
