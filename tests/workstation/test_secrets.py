"""The hall key: its sources in their order, its paper form, and what it wraps."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from workstation import secrets
from workstation.errors import Explained
from workstation.secrets import HallKey, Sources, WrongKey

KEY = bytes(range(32))
OTHER = bytes(range(1, 33))
PASSPHRASE = "correct horse 电池 staple"
KEYS = st.binary(min_size=32, max_size=32)


class Ring(KeyringBackend):
    """A keyring that is real enough."""

    priority = 5

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # the library's
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = locked

    def get_password(self, service: str, username: str) -> str | None:
        """What was set."""
        if self.locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        if self.locked:
            raise KeyringLocked
        self.kept[service, username] = password


class PlaintextKeyring(Ring):
    """What keyrings.alt brings: a file that is only encoded."""


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No source from outside."""
    for name in ("CREDENTIALS_DIRECTORY", "WORKSTATION_KEY_FILE", "WORKSTATION_PASSPHRASE"):
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
def home(tmp_path: Path) -> Path:
    """A home beside which keys may lie."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def a_key_file(folder: Path, key: bytes = KEY, *, mode: int = 0o600) -> Path:
    path = folder / "hall.key"
    path.write_text(secrets.recovery_text(key) + "\n")
    path.chmod(mode)
    return path


def sources(home: Path, **known: object) -> Sources:
    return Sources(home, hall=3502031, **known)  # type: ignore[arg-type]  # a test names what it knows


def refused(found: pytest.ExceptionInfo[Explained]) -> str:
    return found.value.code


@given(KEYS)
def test_the_recovery_text_gives_the_key_back(key: bytes) -> None:
    """Whatever the key, what is printed is read again."""
    assert secrets.parse_recovery(secrets.recovery_text(key)) == key


@given(KEYS, st.integers(0, 101), st.integers(1, 9))
def test_one_wrong_digit_is_noticed_in_its_group(key: bytes, position: int, off: int) -> None:
    """A single mistyped digit is refused, and the refusal names the group to look at."""
    digits = list(secrets.recovery_text(key).replace("-", ""))
    digits[position] = str((int(digits[position]) + off) % 10)

    with pytest.raises(Explained) as found:
        secrets.parse_recovery("".join(digits))

    assert refused(found) == "recovery-group"
    assert f"第 {position // 6 + 1} 组" in found.value.why


@given(KEYS, st.integers(0, 15))
def test_two_groups_the_wrong_way_round_are_noticed(key: bytes, position: int) -> None:
    """Swapped groups each read well by themselves; the last group tells."""
    groups = secrets.recovery_text(key).split("-")
    if groups[position] == groups[position + 1]:
        return
    groups[position], groups[position + 1] = groups[position + 1], groups[position]

    with pytest.raises(Explained) as found:
        secrets.parse_recovery("-".join(groups))

    assert refused(found) == "recovery-checksum"


def test_the_recovery_text_may_be_typed_in_any_grouping() -> None:
    """Full-width digits, blanks, line ends and every kind of dash are all right."""
    text = secrets.recovery_text(KEY)
    wide = text.translate(str.maketrans("0123456789-", "０１２３４５６７８９－"))

    assert secrets.parse_recovery(wide) == KEY
    assert secrets.parse_recovery(text.replace("-", "\n  ")) == KEY


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "recovery-characters"), ("abc", "recovery-characters"), ("123456-123456", "recovery-length")],
)
def test_what_is_no_recovery_text_is_refused(text: str, code: str) -> None:
    """Each way of being no recovery text has its own code, and ends as wrong usage."""
    with pytest.raises(Explained) as found:
        secrets.parse_recovery(text)

    assert refused(found) == code
    assert found.value.exit_code == 2


@given(KEYS, st.binary(max_size=64))
def test_what_a_key_wraps_only_it_unwraps(key: bytes, secret: bytes) -> None:
    """Another key, another place and a cut text do not open."""
    wrapped = secrets.wrap(key, "data_keys|1|1", secret)

    assert secrets.unwrap(key, "data_keys|1|1", wrapped) == secret
    other = OTHER if key != OTHER else KEY
    for wrong_key, place, blob in (
        (other, "data_keys|1|1", wrapped),
        (key, "data_keys|2|1", wrapped),
        (key, "data_keys|1|1", wrapped[:-1]),
        (key, "data_keys|1|1", b""),
    ):
        with pytest.raises(WrongKey):
            secrets.unwrap(wrong_key, place, blob)


def test_the_passphrase_brings_the_hall_key() -> None:
    """The right passphrase opens what lies in the store, typed composed or decomposed."""
    enrolment = secrets.enrolled(KEY, 7, "Passwörter sind lang")

    assert secrets.by_passphrase(enrolment, 7, "Passwo\u0308rter sind lang") == HallKey(KEY, "passphrase")


def test_a_wrong_passphrase_is_refused() -> None:
    """A wrong passphrase has a code of its own."""
    enrolment = secrets.enrolled(KEY, 7, PASSPHRASE)

    with pytest.raises(Explained) as found:
        secrets.by_passphrase(enrolment, 7, PASSPHRASE + "!")

    assert refused(found) == "passphrase-wrong"


def test_sources_are_asked_in_their_order(
    home: Path, tmp_path: Path, ring: Ring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Credentials come before the key file, that before the keyring, that before the passphrase."""
    everything = sources(
        home,
        key_file=a_key_file(tmp_path),
        keyring=True,
        enrolment=secrets.enrolled(KEY, 3502031, PASSPHRASE),
    )
    credentials = tmp_path / "credentials"
    credentials.mkdir()
    (credentials / "workstation-hall-key").write_bytes(KEY)
    secrets.write_keyring(3502031, KEY)
    monkeypatch.setenv("WORKSTATION_PASSPHRASE", PASSPHRASE)

    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(credentials))
    assert secrets.find(everything) == HallKey(KEY, "credentials")
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    assert secrets.find(everything) == HallKey(KEY, "key_file")
    (tmp_path / "hall.key").unlink()
    assert secrets.find(everything) == HallKey(KEY, "keyring")
    ring.kept.clear()
    assert secrets.find(everything) == HallKey(KEY, "passphrase")


def test_credentials_may_be_written_as_text(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An administrator can paste the recovery text into the service's credential."""
    (tmp_path / "workstation-hall-key").write_text(secrets.recovery_text(KEY))
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))

    assert secrets.find(sources(home)) == HallKey(KEY, "credentials")


def test_the_person_is_asked_for_the_passphrase_last(home: Path) -> None:
    """Without any other source the person at the terminal is asked."""
    enrolment = secrets.enrolled(KEY, 3502031, PASSPHRASE)

    assert secrets.find(sources(home, enrolment=enrolment, ask=lambda: PASSPHRASE)).key == KEY


def test_no_source_at_all_is_told_with_what_was_tried(home: Path, tmp_path: Path) -> None:
    """A lost key has its own code and says which file was missing."""
    with pytest.raises(Explained) as found:
        secrets.find(sources(home, key_file=tmp_path / "gone.key", enrolment=None))

    assert refused(found) == "key-missing"
    assert "gone.key" in found.value.why


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o604, 0o601])
def test_a_key_file_others_can_open_is_refused(home: Path, tmp_path: Path, mode: int) -> None:
    """Any right of group or others is one too many."""
    path = a_key_file(tmp_path, mode=mode)

    with pytest.raises(Explained) as found:
        secrets.read_key_file(path, home)

    assert refused(found) == "key-file-open"
    assert "chmod 600" in found.value.next


def test_a_key_file_of_another_user_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever owns the file could change it under our hands."""
    path = a_key_file(tmp_path)
    monkeypatch.setattr(os, "geteuid", lambda: path.stat().st_uid + 1)

    with pytest.raises(Explained) as found:
        secrets.read_key_file(path, home)

    assert refused(found) == "key-file-foreign"


def test_a_link_in_place_of_a_key_file_is_not_followed(home: Path, tmp_path: Path) -> None:
    """A link may be turned to another file by whoever owns it."""
    link = tmp_path / "link.key"
    link.symlink_to(a_key_file(tmp_path))

    with pytest.raises(Explained) as found:
        secrets.read_key_file(link, home)

    assert refused(found) == "key-file-unusable"


def test_a_pipe_in_place_of_a_key_file_is_not_waited_for(home: Path, tmp_path: Path) -> None:
    """Only a regular file is a key file."""
    os.mkfifo(tmp_path / "pipe.key", 0o600)

    with pytest.raises(Explained) as found:
        secrets.read_key_file(tmp_path / "pipe.key", home)

    assert refused(found) == "key-file-irregular"


def test_a_key_file_inside_the_home_is_refused(home: Path) -> None:
    """It would be copied together with what it protects, also by way of `..`."""
    path = a_key_file(home)

    for way in (path, home / "tray" / ".." / "hall.key"):
        with pytest.raises(Explained) as found:
            secrets.read_key_file(way, home)
        assert refused(found) == "key-file-in-home"


def test_a_damaged_key_file_is_refused(home: Path, tmp_path: Path) -> None:
    """What is in it must be a key."""
    path = a_key_file(tmp_path)
    path.write_bytes(b"\xff\x00 not a key")

    with pytest.raises(Explained) as found:
        secrets.read_key_file(path, home)

    assert refused(found) == "key-file-broken"


def test_a_missing_key_file_is_no_key(home: Path, tmp_path: Path) -> None:
    """The next source is asked then: a key on a stick may be elsewhere today."""
    assert secrets.read_key_file(tmp_path / "gone.key", home) is None


def test_a_key_file_is_written_for_this_user_alone(home: Path, tmp_path: Path) -> None:
    """Folder and file are closed to others, and the key is read back."""
    path = tmp_path / "keys" / "hall.key"

    secrets.write_key_file(path, home, KEY)

    assert secrets.read_key_file(path, home) == KEY
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_empty_key_file_is_filled(home: Path, tmp_path: Path) -> None:
    """A founder killed between making and writing the file leaves nothing in the way."""
    path = tmp_path / "hall.key"
    path.touch(mode=0o600)

    assert secrets.read_key_file(path, home) is None
    secrets.write_key_file(path, home, KEY)
    assert secrets.read_key_file(path, home) == KEY


def test_a_key_file_is_never_overwritten(home: Path, tmp_path: Path) -> None:
    """Another hall's key may lie there."""
    path = a_key_file(tmp_path, OTHER)

    with pytest.raises(Explained) as found:
        secrets.write_key_file(path, home, KEY)

    assert refused(found) == "key-file-unusable"
    assert "已经存在" in found.value.why
    assert secrets.read_key_file(path, home) == OTHER


@pytest.mark.parametrize("backend", [NoKeyring, PlaintextKeyring])
def test_a_keyring_that_protects_nothing_is_none(backend: Callable[[], KeyringBackend]) -> None:
    """No backend, or one that only encodes, takes no key of ours."""
    before = keyring.get_keyring()
    keyring.set_keyring(backend())
    try:
        assert secrets.real_keyring() is None
        with pytest.raises(Explained) as found:
            secrets.write_keyring(1, KEY)
    finally:
        keyring.set_keyring(before)

    assert refused(found) == "keyring-missing"


def test_a_locked_keyring_leaves_the_passphrase(home: Path, ring: Ring) -> None:
    """A keyring that does not answer is passed over; one that does not take the key is told."""
    ring.locked = True
    enrolment = secrets.enrolled(KEY, 3502031, PASSPHRASE)

    found = secrets.find(sources(home, keyring=True, enrolment=enrolment, ask=lambda: PASSPHRASE))
    with pytest.raises(Explained) as told:
        secrets.write_keyring(3502031, KEY)

    assert found.source == "passphrase"
    assert refused(told) == "keyring-failed"


def test_a_practice_key_comes_from_its_seed() -> None:
    """The same seed gives the same key, another seed another."""
    assert secrets.practice_key(7) == secrets.practice_key(7)
    assert secrets.practice_key(7).key != secrets.practice_key(8).key


def test_a_key_does_not_show_itself() -> None:
    """Neither a traceback nor a log that prints the object tells the key."""
    assert repr(KEY) not in repr(HallKey(KEY, "key_file"))
    assert secrets.new_key() != secrets.new_key()
