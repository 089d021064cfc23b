"""Noun `user`, typed: people added, listed, given passwords and PINs, disabled."""

from __future__ import annotations

import pytest

from tests import halls
from tests.line import Line

NEW = {"code": "1003", "name": "欧阳新", "role": "clerk", "password": "Ouyang-2026", "pin": "519273"}
_FLAGS = ("--code", "1003", "--name", "新", "--role", "clerk")


def test_a_person_is_added_by_json(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answer is masked and has no secret; the person signs in."""
    answer = counter("user", "add", "--json", "-", stdin=NEW, as_="9001")

    monkeypatch.setitem(halls.PASSWORDS, "1003", NEW["password"])
    assert answer.exit_code == 0
    assert answer.json["user"]["name"] == "欧阳*"
    assert not any(secret in answer.out for secret in ("Ouyang", "519273", "argon2"))
    assert counter("user", "list", as_="1003").exit_code == 0


def test_a_person_is_added_by_flags(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password comes from the environment; a courier has none and gets a badge."""
    monkeypatch.setenv("WORKSTATION_NEW_PASSWORD", "Ouyang-2026")
    clerk = counter("user", "add", "--code", "1003", "--name", "欧阳新", "--role", "clerk", as_="9001")
    courier = counter(
        "user", "add", "--json", "--code", "5002", "--name", "顺小哥", "--role", "courier", as_="9001"
    )

    assert (clerk.exit_code, clerk.out) == (0, "已新增窗口人员 1003。\n")
    assert courier.json["user"]["badge"].startswith("73502031")


def test_people_are_listed_masked(counter: Line) -> None:
    """Under their plural, in the order of codes; in words with Chinese roles."""
    document, words = counter("user", "list", "--json", as_="1001"), counter("user", "list", as_="8001")

    assert [user["code"] for user in document.json["users"]] == [
        "1001",
        "1002",
        "2001",
        "5001",
        "8001",
        "9001",
    ]
    assert {user["role"] for user in document.json["users"]} >= {"clerk", "courier"}
    assert "黄值班" not in document.out + words.out
    assert "值班长" in words.out


def test_the_own_password_is_changed(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old one is what one signs in with; it is not asked for twice."""
    changed = counter("user", "password", "--json", "-", stdin={"password": "Xinde-2027"}, as_="1001")
    old = counter("user", "list", as_="1001")
    monkeypatch.setitem(halls.PASSWORDS, "1001", "Xinde-2027")

    assert changed.exit_code == 0
    assert (old.exit_code, old.code) == (3, "wrong-password")
    assert counter("user", "list", as_="1001").exit_code == 0


def test_an_administrator_gives_another_password(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """For somebody who has forgotten it; nobody else can."""
    new = {"password": "Xinde-2027"}

    assert (
        counter("user", "password", "1002", "--json", "-", stdin=new, as_="1001").code == "password-not-yours"
    )
    assert counter("user", "password", "1002", "--json", "-", stdin=new, as_="9001").exit_code == 0


def test_the_own_pin_is_set(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """By JSON or from the environment; a trivial one is refused."""
    monkeypatch.setenv("WORKSTATION_NEW_PIN", "405172")

    assert counter("user", "pin", as_="1001").exit_code == 0
    assert counter("user", "pin", "--json", "-", stdin={"pin": "123456"}, as_="1001").code == "pin-trivial"


def test_a_person_is_disabled(counter: Line) -> None:
    """Afterwards the right password is told to be of a disabled user."""
    answer = counter("user", "disable", "1002", "--json", as_="9001")

    assert answer.json["user"]["state"] == "disabled"
    assert counter("user", "list", as_="1002").code == "user-disabled"


@pytest.mark.parametrize(
    ("words", "as_", "stdin", "code", "exit_code"),
    [
        (["user", "list"], None, None, "nobody-signed-in", 3),
        (["user", "list"], "4242", None, "wrong-password", 3),
        (["user", "disable", "1002"], "1001", None, "wrong-role", 3),
        (["user", "disable", "4242"], "9001", None, "user-not-found", 3),
        (["user", "disable", "9001"], "9001", None, "last-administrator", 3),
        (["user", "add"], "9001", None, "input-missing", 2),
        (["user", "add", "--code", "1003"], "9001", None, "input-missing", 2),
        (["user", "add", *_FLAGS], "9001", None, "new-secret-missing", 2),
        (["user", "add", "--json", "-"], "9001", "{", "input-broken-json", 2),
        (["user", "add", "--json", "-"], "9001", NEW | {"age": 1}, "input-unknown-field", 2),
        (["user", "add", "--json", "-"], "9001", NEW | {"code": 1003}, "input-wrong-type", 2),
        (["user", "add", "--json", "-"], "9001", NEW | {"role": "king"}, "input-wrong-value", 2),
        (["user", "add", "--json", "-"], "9001", NEW | {"code": "1001"}, "user-exists", 3),
        (["user", "add", "--json", "-"], "9001", NEW | {"name": "😀"}, "person-name-characters", 2),
        (["user", "password"], "1001", None, "new-secret-missing", 2),
    ],
)  # fmt: skip
def test_each_refusal_has_its_code(
    counter: Line, words: list[str], as_: str | None, stdin: object, code: str, exit_code: int
) -> None:
    """And its exit code: 2 where nothing was tried, 3 where it was refused."""
    answer = counter(*words, stdin=stdin, as_=as_)

    assert (answer.code, answer.exit_code) == (code, exit_code)


def test_a_password_is_asked_for_only_at_a_terminal(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one, the line says which variable to set."""
    answer = counter("user", "list", "--as", "1001")
    second = counter("user", "list", "--second", "2001", as_="1001")

    assert (answer.code, answer.exit_code) == ("password-missing", 2)
    assert "WORKSTATION_PASSWORD" in answer.err
    assert second.code == "second-pin-missing"


def test_a_wrong_second_person_is_refused(counter: Line) -> None:
    """The PIN of the second is checked before anything is done."""
    assert counter("user", "list", as_="1001", second="8001").code == "wrong-pin"
    assert counter("user", "list", as_="1001", second="2001").exit_code == 0


def test_five_wrong_passwords_lock_the_line_too(counter: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each command is a process of its own, and the count lies in the store."""
    monkeypatch.setitem(halls.PASSWORDS, "1001", "Falsch-2026")

    assert [counter("user", "list", as_="1001").code for _ in range(6)] == ["wrong-password"] * 4 + [
        "user-locked"
    ] * 2


def test_the_schema_needs_nobody(line: Line) -> None:
    """Neither home nor operator, whatever else is missing on the line."""
    document = line("user", "add", "--schema").json

    assert document["schema"]["$defs"]["NewUser"]["required"] == ["code", "name", "role"]
    assert document["example"]["role"] == "clerk"
