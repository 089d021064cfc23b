"""The home of a window and its settings: found in the right order, read strictly, written whole."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation import settings
from workstation.errors import Explained
from workstation.policies import LoginPolicy, PasswordPolicy, ScannerPolicy, ScreenPolicy
from workstation.settings import Home, Place, Practice, Settings

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\x7f"), max_size=20)


def code_of(text: str) -> str:
    """The code under which this settings file is refused."""
    with pytest.raises(Explained) as found:
        settings.parse(text, "settings.toml")
    assert "settings.toml" in found.value.why
    return found.value.code


def test_the_home_that_is_given_goes_first(tmp_path: Path) -> None:
    """`--home` before WORKSTATION_HOME before the user's data folder."""
    environment = {"WORKSTATION_HOME": "/named", "XDG_DATA_HOME": "/data", "HOME": "/user"}

    assert settings.locate(tmp_path, environment).root == tmp_path
    assert settings.locate(None, environment).root == Path("/named")
    del environment["WORKSTATION_HOME"]
    assert settings.locate(None, environment).root == Path("/data/workstation")
    environment["XDG_DATA_HOME"] = "relative"
    assert settings.locate(None, environment).root == Path("/user/.local/share/workstation")


def test_a_relative_home_is_made_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is printed and journalled does not depend on the folder one stands in."""
    monkeypatch.chdir(tmp_path)

    assert settings.locate(Path("here")).root == tmp_path / "here"


def test_a_user_without_a_folder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A service user may have no home folder at all."""

    def nowhere() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", nowhere)

    with pytest.raises(Explained) as found:
        settings.locate(None, {})

    assert found.value.code == "home-unknown"


def test_the_window_that_is_given_goes_first() -> None:
    """`--window` before WORKSTATION_WINDOW before the settings."""
    found = Settings(hall=1, window=4)

    assert settings.window(found, 7, {"WORKSTATION_WINDOW": "8"}) == 7
    assert settings.window(found, None, {"WORKSTATION_WINDOW": "8"}) == 8
    assert settings.window(found, None, {}) == 4


@pytest.mark.parametrize("text", ["0", "100", "-1", "x", "１", "1" * 5000])
def test_an_impossible_window_is_refused(text: str) -> None:
    """Windows are 1 to 99, in plain digits."""
    with pytest.raises(Explained) as found:
        settings.window(Settings(hall=1), None, {"WORKSTATION_WINDOW": text})

    assert found.value.code == "window-impossible"


def test_the_defaults_are_those_agreed() -> None:
    """Eight characters of three classes, five failures, ten minutes, ninety days."""
    found = settings.parse("hall = 1", "")

    assert found.password == PasswordPolicy(length=8, classes=3)
    assert found.login == LoginPolicy(failures=5, minutes=10)
    assert (found.window, found.paper_days, found.store.engine) == (1, 90, "sqlite")


def test_screens_are_dark_and_lock_after_ten_minutes() -> None:
    """What a hall has not set; and what it has set is kept."""
    default = settings.parse("hall = 1", "").screen
    own = settings.parse('hall = 1\n[screen]\ntheme = "contrast"\nlock_minutes = 240', "")

    assert default == ScreenPolicy(theme="dark", lock_minutes=10, reveal_seconds=60)
    assert own.screen == ScreenPolicy(theme="contrast", lock_minutes=240)
    assert settings.parse(settings.as_toml(own), "") == own


@given(
    TEXT,
    TEXT,
    st.integers(1, 99),
    st.none() | st.builds(Practice, seed=st.integers(0, 2**40)),
)
def test_what_is_written_is_read_again(
    key_file: str, dsn: str, window: int, practice: Practice | None
) -> None:
    """Settings survive their file, whatever characters are in them."""
    before = Settings(
        hall=3502031,
        window=window,
        key_file=key_file,
        store=Place(engine="postgres", dsn=dsn),
        practice=practice,
    )

    assert settings.parse(settings.as_toml(before), "") == before


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("hall = ", "settings-not-toml"),
        ("", "settings-missing-key"),
        ("hall = 1\nwindw = 2", "settings-unknown-key"),
        ("hall = 1\n[password]\nlenght = 9", "settings-unknown-key"),
        ('hall = "1"', "settings-wrong-type"),
        ("hall = 1\nwindow = 100", "settings-wrong-value"),
        ("hall = 1\n[password]\nlength = 4", "settings-wrong-value"),
        ('hall = 1\n[store]\nengine = "oracle"', "settings-wrong-value"),
        ('hall = 1\n[store]\nengine = "postgres"', "settings-dsn"),
        ('hall = 1\n[store]\ndsn = "host=x"', "settings-dsn"),
        ("hall = 1\n[practice]\nseed = -1", "settings-wrong-value"),
        ("hall = 1\n[scanner]\ngap_ms = 4", "settings-wrong-value"),
        ("hall = 1\n[scanner]\nshortest = 3", "settings-wrong-value"),
        ('hall = 1\n[scanner]\nprefix = ""', "settings-wrong-value"),
        ('hall = 1\n[scanner]\nprefix = "~~~~~"', "settings-wrong-value"),
        ('hall = 1\n[scanner]\nprefix = "1~"', "settings-scanner-prefix"),
        ('hall = 1\n[scanner]\nprefix = "S"', "settings-scanner-prefix"),
        ('hall = 1\n[scanner]\nprefix = "扫"', "settings-scanner-prefix"),
        ('hall = 1\n[scanner]\nprefix = "\\r"', "settings-scanner-prefix"),
        ('hall = 1\n[scanner]\nprefix = "\\u001b"', "settings-scanner-prefix"),
    ],
)
def test_each_fault_of_the_settings_has_its_code(text: str, code: str) -> None:
    """A setting that is wrong is refused, never ignored."""
    assert code_of(text) == code


@pytest.mark.parametrize("prefix", ["\x02", "~#", "]C1", "\x1d12", None])
def test_a_scanners_prefix_survives_its_file(prefix: str | None) -> None:
    """Control characters too, written as TOML escapes."""
    before = Settings(hall=1, scanner=ScannerPolicy(gap_ms=80, shortest=8, prefix=prefix, repeat_ms=0))

    assert settings.parse(settings.as_toml(before), "") == before


def test_a_scanner_is_quick_unless_it_is_said_otherwise() -> None:
    """Thirty milliseconds, ten characters, no prefix."""
    assert settings.parse("hall = 1", "").scanner == ScannerPolicy(gap_ms=30, shortest=10, prefix=None)


def test_a_fault_names_its_key() -> None:
    """The administrator reads which key to mend."""
    with pytest.raises(Explained) as found:
        settings.parse("hall = 1\n[login]\nminutes = true", "settings.toml")

    assert "login.minutes" in found.value.why
    assert found.value.exit_code == 3


def test_a_home_without_settings_has_no_hall(tmp_path: Path) -> None:
    """A missing folder, an empty one, and a file in its place are all no hall."""
    (tmp_path / "file").touch()

    for folder in (tmp_path / "missing", tmp_path, tmp_path / "file"):
        with pytest.raises(Explained) as found:
            settings.load(Home(folder))
        assert found.value.code == "no-hall"


def test_settings_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    """A folder in place of the file, and bytes that are no text."""
    home = Home(tmp_path)

    home.settings.mkdir()
    with pytest.raises(Explained) as folder:
        settings.load(home)
    home.settings.rmdir()
    home.settings.write_bytes(b"hall = 1 # \xff")
    with pytest.raises(Explained) as bytes_:
        settings.load(home)

    assert folder.value.code == bytes_.value.code == "settings-unreadable"
    assert folder.value.exit_code == 4


def test_the_settings_are_readable_to_this_user_alone(tmp_path: Path) -> None:
    """They may hold the password of a database server; and no half-written file stays behind."""
    settings.save(Settings(hall=1), tmp_path / "settings.toml")

    assert stat.S_IMODE((tmp_path / "settings.toml").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["settings.toml"]


def test_the_key_file_of_the_environment_goes_first() -> None:
    """WORKSTATION_KEY_FILE before the settings; neither is no key file."""
    assert settings.key_file("/a", {"WORKSTATION_KEY_FILE": "/b"}) == Path("/b")
    assert settings.key_file("/a", {}) == Path("/a")
    assert settings.key_file(None, {}) is None


def test_the_system_speaks_chinese() -> None:
    """The usual refusals of the operating system are put into words; a rare one keeps its own."""
    assert settings.os_reason(OSError(errno.ENOSPC, "No space left")) == "磁盘已满"
    assert settings.os_reason(OSError(errno.EXDEV, "Cross-device link")) == "Cross-device link"
