"""The contract of every command (design §9): one JSON document or words, exit codes, nothing needless."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.line import Line
from workstation import __version__
from workstation.acts import waiting
from workstation.commands import locate, running
from workstation.commands.output import Result
from workstation.commands.parser import Options, Verbs
from workstation.commands.session import Context
from workstation.domain.people import Waiting
from workstation.errors import OutsideFailed, Refused
from workstation.store.protocols import StoreFailed

HEAVY = (
    "textual", "reportlab", "pypinyin", "keyring", "sqlite_utils", "psycopg", "cryptography",
    "msgspec", "httpx",
)  # fmt: skip


def put(monkeypatch: pytest.MonkeyPatch, run: Callable[[Context, Namespace], Result]) -> None:
    """Let `locate` do something else."""

    def register(verbs: Verbs) -> None:
        verbs.only(run, help="", shows="")

    monkeypatch.setattr(locate, "register", register)


def in_process(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """A command line in a process of its own."""
    command = [sys.executable, "-m", "workstation", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("words", [("--version",), ("--help",), ("-h",), ("--json", "--version")])
def test_version_and_help_load_nothing(words: tuple[str, ...]) -> None:
    """They are asked for at every turn and answer at once; the libraries stay where they are."""
    script = f"import sys; from workstation.__main__ import main; main({list(words)!r})"
    report = f"{script}; print([m for m in {HEAVY!r} if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "[]"


def test_the_version_alone_loads_not_even_the_command_line() -> None:
    """`--version` is nearly as fast as Python itself."""
    script = "import sys; from workstation.__main__ import main; main(['--version'])"
    report = f"{script}; print([m for m in ('argparse', 're', 'dataclasses', 'json') if m in sys.modules])"

    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == [f"workstation {__version__}", "[]"]


def test_the_version_in_all_its_forms(line: Line) -> None:
    """Alone, with `--json`, and as a program."""
    assert line("--version").out == f"workstation {__version__}\n"
    assert line("--json", "--version").json == {"version": __version__}
    assert in_process("--version").stdout == f"workstation {__version__}\n"


def test_help_is_chinese_and_names_every_noun(line: Line) -> None:
    """Of the program, of a noun, and of a verb."""
    whole, noun, verb = line("--help"), line("user", "--help"), line("user", "add", "--help")

    assert "用法：" in whole.out
    assert "用法：" in noun.out
    assert "用法：" in verb.out
    assert "user" in whole.out
    assert "disable" in noun.out
    assert "--role" in verb.out
    assert "usage" not in (whole.out + noun.out + verb.out)
    assert set(line("user", "--help", "--json").json) == {"help"}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["nonsense"], "noun-unknown"),
        (["output"], "noun-unknown"),
        (["../user"], "noun-unknown"),
        (["user"], "verb-missing"),
        (["user", "sing"], "verb-unknown"),
        (["user", "disable"], "argument-missing"),
        (["user", "disable", "1001", "1002"], "argument-unknown"),
        (["user", "list", "--loud"], "argument-unknown"),
        (["user", "add", "--role", "king"], "argument-wrong"),
        (["user", "list", "--window", "x"], "argument-wrong"),
        (["user", "list", "--window"], "argument-without-value"),
        (["user", "list", "--home", ""], "argument-wrong"),
        (["locate", "\udcff"], "argument-damaged"),
        (["--loud"], "argument-unknown"),
        (["--window"], "argument-without-value"),
    ],
)
def test_a_wrong_line_is_told_in_chinese(line: Line, words: list[str], code: str) -> None:
    """Each kind of wrong usage has its code and exit code 2, in words and as JSON."""
    told, document = line(*words), line("--json", *words)

    assert (told.exit_code, told.code, told.out) == (2, code, "")
    assert (document.exit_code, document.code, document.err) == (2, code, "")
    assert set(document.json["error"]) == {"code", "what", "why", "next"}
    assert "接下来：" in told.err


def test_input_nobody_reads_is_refused(line: Line) -> None:
    """JSON piped into a verb that ignores it would be a surprise later."""
    assert line("locate", "--json", "-", stdin={"home": "x"}).code == "input-unexpected"


def test_json_takes_only_a_dash(line: Line) -> None:
    """`--json=yes` is answered as JSON: that much was understood."""
    assert line("user", "list", "--json=yes").code == "argument-wrong"


@pytest.mark.parametrize(
    "words",
    [
        ["--json", "--home", "{home}", "locate"],
        ["--home", "{home}", "locate", "--json"],
        ["locate", "--json", "--home", "{home}"],
        ["--json=out", "locate", "--home={home}"],
    ],
)
def test_global_options_may_stand_anywhere(line: Line, tmp_path: Path, words: list[str]) -> None:
    """Before the noun and after the verb."""
    answer = line(*(word.format(home=tmp_path / "there") for word in words))

    assert answer.json["home"] == str(tmp_path / "there")


def test_options_between_noun_and_verb_are_all_right_too(counter: Line) -> None:
    """`user --json list` is what hands type."""
    assert "users" in counter("user", "--json", "list", as_="1001").json


def test_a_result_is_one_document_or_words(line: Line) -> None:
    """With `--json` nothing but JSON, without it no JSON."""
    assert isinstance(line("locate", "--json").json, dict)
    assert "数据目录：" in line("locate").out


def test_an_act_that_waits_is_a_result(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a hall with one clerk nothing has failed: the act is recorded as waiting."""
    record = Waiting("1-w1", "decline", "1", "1001", 0, 1, "waiting", arguments="{}")

    def waits(context: Context, args: Namespace) -> Result:
        raise waiting.Waits(record)

    put(monkeypatch, waits)
    answer = line("locate", "--json")

    assert (answer.exit_code, answer.json["waiting"]["id"], answer.json["waiting"]["arguments"]) == (
        0,
        "1-w1",
        "***",
    )
    assert "1-w1" in line("locate").out


def test_errors_end_with_their_exit_code(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """3 refused, 4 the outside failed; the layers' own errors are put into words."""
    for error, exit_code, code in (
        (Refused("no", what="", why="", next=""), 3, "no"),
        (OutsideFailed("out", what="", why="", next=""), 4, "out"),
        (StoreFailed("disk_full"), 4, "store-disk-full"),
        (KeyboardInterrupt(), 4, "interrupted"),
    ):

        def fails(context: Context, args: Namespace, error: BaseException = error) -> Result:
            raise error

        put(monkeypatch, fails)
        answer = line("locate", "--json")
        assert (answer.exit_code, answer.code) == (exit_code, code)


def test_a_check_that_failed_prints_its_result(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 3, and the result all the same."""
    put(monkeypatch, lambda *_: Result({"ok": False}, "不合格", 3))

    assert (line("locate").exit_code, line("locate").out) == (3, "不合格\n")
    assert line("locate", "--json").json == {"ok": False}


def test_an_unforeseen_error_tells_its_class_and_no_value(
    line: Line, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The log has the way the error took, and neither it nor the message has the value."""

    def breaks(context: Context, args: Namespace) -> Result:
        raise ZeroDivisionError("张三 450103199003070029")

    put(monkeypatch, breaks)
    line.home = tmp_path
    answer = line("locate", "--json")

    log = tmp_path / "logs" / "faults.log"
    assert (answer.exit_code, answer.code) == (4, "internal")
    assert "ZeroDivisionError" in answer.json["error"]["why"]
    assert str(log) in answer.json["error"]["why"]
    assert "breaks" in log.read_text()
    assert "张三" not in answer.out + log.read_text()
    assert log.stat().st_mode & 0o777 == 0o600


def test_an_unforeseen_error_makes_no_home(
    line: Line, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without a home there is no log, and that is said."""

    def breaks(context: Context, args: Namespace) -> Result:
        raise ZeroDivisionError

    put(monkeypatch, breaks)
    line.home = tmp_path / "none"

    assert "没有地方记下" in line("locate").err
    assert not (tmp_path / "none").exists()


def test_control_characters_do_not_reach_the_terminal(line: Line) -> None:
    """What was typed is quoted, not obeyed."""
    answer = line("user", "sing\x1b[31m\u202e")

    assert "\x1b" not in answer.err
    assert "\u202e" not in answer.err
    assert "[U+001B]" in answer.err


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_json_is_utf_8_whatever_the_locale(encoding: str, tmp_path: Path) -> None:
    """A terminal that lacks a character is given its code; a program is given UTF-8."""
    environment = {**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "workstation", "--home", str(tmp_path / "𬱟"), "locate"]

    document = subprocess.run([*command, "--json"], capture_output=True, env=environment, check=True)
    words = subprocess.run(command, capture_output=True, env=environment, check=True)

    assert json.loads(document.stdout.decode())["home"].endswith("𬱟")
    assert words.stdout


def test_a_closed_pipe_is_no_traceback() -> None:
    """`… | head` may stop reading."""
    script = f"'{sys.executable}' -m workstation --help | (exec 0<&-; sleep 0.3)"

    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)

    assert done.stderr == ""


def test_an_interrupt_is_told(tmp_path: Path) -> None:
    """Ctrl-C ends with words, not with a traceback."""
    script = (
        "import os, signal; from workstation.commands import locate, running;"
        # Tests started in the background inherit an interrupt that is ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler);"
        "locate._locate = lambda *_: os.kill(os.getpid(), signal.SIGINT);"
        "raise SystemExit(running.run(['locate', '--json']))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert (done.returncode, json.loads(done.stdout)["error"]["code"]) == (4, "interrupted")
    assert done.stderr == ""


@pytest.mark.parametrize("options", [(), ("--json",), ("--home", "here", "--as", "1001")])
def test_without_a_noun_and_a_terminal_it_says_what_to_do(line: Line, options: tuple[str, ...]) -> None:
    """Screens need somebody at a terminal; nothing is made."""
    answer = line("--json", *options)

    assert (answer.exit_code, answer.json["error"]["code"]) == (2, "no-terminal")
    assert "workstation --help" in answer.json["error"]["next"]


def test_without_a_noun_the_screens_open_for_what_was_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Home, operator and window reach them, and their exit code is the program's."""
    seen: list[Options] = []
    monkeypatch.setattr(running, "_is_terminal", lambda: True)

    def screens(options: Options) -> int:
        seen.append(options)
        return 7

    arguments = ["--home", str(tmp_path), "--as", "1001", "--window", "4"]
    assert running.run(arguments, screens=screens) == 7
    assert (seen[0].home, seen[0].operator, seen[0].window) == (tmp_path, "1001", 4)


def test_the_store_is_let_go_whatever_happens(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """A verb that fails after opening the hall leaves no connection behind."""
    closed: list[bool] = []
    close = Context.close

    def fails(context: Context, args: Namespace) -> Result:
        context.reading_desk()
        raise Refused("no", what="", why="", next="")

    def counted(self: Context) -> None:
        closed.append(True)
        close(self)

    monkeypatch.setattr(Context, "close", counted)
    put(monkeypatch, fails)
    counter("locate")

    assert closed == [True]


def test_running_is_the_only_broad_net() -> None:
    """Every module of the framework lets errors travel to the one door."""
    folder = Path(running.__file__).parent
    nets = [path.name for path in folder.glob("*.py") if "except Exception" in path.read_text()]

    assert nets == ["running.py"]
