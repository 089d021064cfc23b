"""Noun `draft`, typed: a hand-in half filled in, laid aside, gone on with, registered out of its draft."""

from __future__ import annotations

import stat
from typing import Any

import msgspec
import pytest

from tests.bad_input.process import Conditions, finish, start
from tests.line import Answer, Line
from workstation import bootstrap, secrets, settings
from workstation.acts import drafts, inputs
from workstation.acts.drafts import Alone
from workstation.commands import draft as noun
from workstation.domain.draft import KINDS
from workstation.settings import Place

INTAKE: Any = msgspec.to_builtins(inputs.EXAMPLE_INTAKE)
HALF = {"item": "59", "applicant": {"name": "覃示例", "id_number": "450103199003070004", "phone": "139"}}
SAVE = ("draft", "save", "--json", "-")
NOBODYS = "d03-261120-090000-99"


def saved(counter: Line, body: object = None, *words: str, as_: str = "1001") -> str:
    """Save a new draft; gives its id."""
    answer = counter(*SAVE, "--kind", "intake", *words, stdin=body or HALF, as_=as_)
    assert answer.exit_code == 0, answer
    return str(answer.json["draft"]["id"])


def listed(counter: Line, *words: str, as_: str = "1001") -> list[str]:
    """The ids a person is shown."""
    return [draft["id"] for draft in counter("draft", "list", "--json", *words, as_=as_).json["drafts"]]


def test_a_draft_from_its_first_character_to_the_case(counter: Line) -> None:
    """Saved, saved again, parked, resumed; then the act reads it, and it is gone."""
    draft = saved(counter)
    again = counter(*SAVE, "--id", draft, stdin=INTAKE, as_="1001")
    parked = counter("draft", "park", draft, "--json", as_="1001")
    resumed = counter("draft", "resume", draft, as_="1002")

    registered = counter("case", "register", "--draft", draft, "--json", as_="1002")

    assert (again.json["draft"]["version"], parked.json["draft"]["state"]) == (2, "parked")
    assert f"case register --draft {draft}" in resumed.out
    assert registered.exit_code == 0, registered
    assert registered.json["case"]["applicant_name"] == "覃**"
    assert listed(counter) == []
    entries = counter("journal", "list", "--of", draft, "--json", as_="8001").json["entries"]
    assert [entry["object"] for entry in entries] == [registered.json["case"]["number"]]


def test_a_draft_becomes_one_case(counter: Line) -> None:
    """A second try, with the draft's content or with JSON of its own, is refused with the case's number."""
    draft = saved(counter, INTAKE)
    number = counter("case", "register", "--draft", draft, "--json", as_="1001").json["case"]["number"]

    out_of_it = counter("case", "register", "--draft", draft, as_="1001")
    with_json = counter("case", "register", "--json", "-", "--draft", draft, stdin=INTAKE, as_="1001")

    assert [(a.code, a.exit_code) for a in (out_of_it, with_json)] == [("draft-used", 3)] * 2
    assert number in out_of_it.err
    assert number in with_json.json["error"]["next"]
    assert len(counter("case", "list", "--json", as_="1001").json["cases"]) == 1


def test_json_goes_before_the_drafts_content(counter: Line) -> None:
    """What the draft holds may be half typed; the act is given the whole, and the draft is used up."""
    draft = saved(counter)

    half = counter("case", "register", "--draft", draft, as_="1001")
    whole = counter("case", "register", "--draft", draft, "--json", "-", stdin=INTAKE, as_="1001")

    assert half.code == "input-missing-field"
    assert whole.exit_code == 0
    assert listed(counter) == []


def test_the_list_has_no_personal_text(counter: Line) -> None:
    """Id, kind, object, who, state, when: in words and as JSON."""
    draft = saved(counter, {**HALF, "title": "覃示例"}, "--object", "13502031032632400019")
    words = counter("draft", "list", as_="1002").out
    (document,) = counter("draft", "list", "--json", as_="1002").json["drafts"]

    assert set(document) == {
        "id",
        "kind",
        "object",
        "operator",
        "window",
        "state",
        "begun_at",
        "changed_at",
        "version",
        "opens",
    }
    assert (document["id"], document["state"], document["opens"]) == (draft, "open", True)
    assert all(
        text in words for text in (draft, "收件登记", "13502031032632400019", "1001（3 号窗口）", "填写中")
    )
    assert "覃" not in words + str(document)


def test_parked_ones_are_listed_alone(counter: Line) -> None:
    """`--state parked` is the list of what waits."""
    parked, going = saved(counter), saved(counter)
    counter("draft", "park", parked, as_="1001")

    assert listed(counter, "--state", "parked") == [parked]
    assert listed(counter, "--state", "open") == [going]


def test_a_draft_is_shown_masked(counter: Line) -> None:
    """Its fields by name; what could be about a person is hidden, half typed or whole."""
    typed = {
        **HALF,
        "remark": "邻居说的话",
        "offices": [{"code": "450103-police"}],
        "count": 138001,
        "ok": True,
    }
    draft = saved(counter, typed)

    document = counter("draft", "show", draft, "--json", as_="1001")
    words = counter("draft", "show", draft, as_="1001")

    assert document.json["draft"]["body"] == {
        "item": "59",
        "applicant": {"name": "覃**", "id_number": "450103********0004", "phone": "***"},
        "remark": "***",
        "offices": [{"code": "450103-police"}],
        "count": "***",
        "ok": True,
    }
    assert all(text in words.out for text in ("applicant.name", "offices[1].code", f"--draft {draft}"))
    for hidden in ("示例", "19900307", "139", "邻居", "138001"):
        assert hidden not in document.out + words.out


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "intake"])
def test_every_kind_says_how_it_goes_on(counter: Line, kind: str) -> None:
    """An intake by its own command, the others by `--draft` on theirs."""
    answer = counter(*SAVE, "--kind", kind, stdin={"place": "A-01"}, as_="1001")

    shown = counter("draft", "show", answer.json["draft"]["id"], as_="1001").out

    assert "case register" not in shown
    assert "--draft" in shown


def test_discarding_is_confirmed(counter: Line) -> None:
    """Without `--yes` it is refused and says whose draft it is."""
    draft = saved(counter)

    asked = counter("draft", "discard", draft, as_="1002")
    done = counter("draft", "discard", draft, "--yes", as_="1002")

    assert (asked.code, asked.exit_code) == ("draft-not-confirmed", 3)
    assert "1001" in asked.err
    assert done.exit_code == 0
    assert listed(counter) == []


def test_whoever_looked_before_another_saved_is_told(counter: Line) -> None:
    """`--seen` is the version one has looked at."""
    draft = saved(counter)
    counter(*SAVE, "--id", draft, stdin=INTAKE, as_="1002")

    late = counter(*SAVE, "--id", draft, "--seen", "1", stdin=HALF, as_="1001")

    assert (late.code, late.exit_code) == ("draft-changed-meanwhile", 3)


@pytest.mark.parametrize(
    ("words", "stdin", "as_", "code"),
    [
        (("draft", "list"), None, None, "nobody-signed-in"),
        (("draft", "show", NOBODYS), None, "1001", "draft-not-found"),
        (("draft", "show", "覃示例"), None, "1001", "draft-not-found"),
        (("draft", "discard", NOBODYS, "--yes"), None, "1001", "draft-not-found"),
        (("draft", "list", "--state", "lost"), None, "1001", "argument-wrong"),
        ((*SAVE, "--kind", "poem"), HALF, "1001", "argument-wrong"),
        ((*SAVE,), HALF, "1001", "draft-which"),
        ((*SAVE, "--kind", "intake", "--id", NOBODYS), HALF, "1001", "draft-which"),
        ((*SAVE, "--id", NOBODYS, "--object", "1"), HALF, "1001", "draft-which"),
        ((*SAVE, "--id", NOBODYS), HALF, "1001", "draft-not-found"),
        ((*SAVE, "--kind", "review", "--object", "覃示例"), HALF, "1001", "draft-object"),
        ((*SAVE, "--kind", "intake"), HALF, "9001", "wrong-role"),
        ((*SAVE, "--kind", "intake"), [1], "1001", "input-wrong-type"),
        ((*SAVE, "--kind", "intake"), "{", "1001", "input-broken-json"),
        (("draft", "save", "--kind", "intake"), None, "1001", "input-missing"),
        (("case", "register", "--json", "-", "--draft", NOBODYS), INTAKE, "1001", "draft-not-found"),
        (("case", "register", "--draft", "覃示例"), None, "1001", "draft-not-found"),
        (("case", "register", "--draft"), None, "1001", "argument-without-value"),
    ],
)
def test_each_refusal_has_its_code(
    counter: Line, words: tuple[str, ...], stdin: object, as_: str | None, code: str
) -> None:
    """2 where the line is wrong, 3 where it is refused; no draft is made."""
    answer = counter(*words, stdin=stdin, as_=as_)

    assert answer.code == code, answer
    assert answer.exit_code in (2, 3)
    assert listed(counter) == []


def test_the_schema_of_a_draft_is_any_object(counter: Line) -> None:
    """With an example that is only half filled in."""
    answer = counter("draft", "save", "--schema", "--json")

    assert answer.json["schema"] == {"type": "object"}
    assert answer.json["example"] == noun.EXAMPLE


def test_a_home_has_a_drafts_file_only_once_it_has_drafts(counter: Line) -> None:
    """Asking makes none; and the file is this user's alone."""
    assert counter.home is not None
    file = counter.home / "drafts.db"
    listed(counter)
    before = file.exists()

    saved(counter)

    assert not before
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not file.with_name("drafts.db-wal").exists()


def test_a_damaged_file_is_set_aside_and_acts_go_on(counter: Line) -> None:
    """It is said once, with the place of the old file; then there are drafts again."""
    assert counter.home is not None
    saved(counter)
    (counter.home / "drafts.db").write_bytes(b"Dear diary " * 500)

    registered = counter("case", "register", "--json", "-", stdin=INTAKE, as_="1001")
    told = counter("draft", "list", as_="1001")

    assert registered.exit_code == 0
    assert (told.code, told.exit_code) == ("drafts-set-aside", 4)
    (aside,) = counter.home.glob("drafts.db.damaged-*")
    assert str(aside) in told.err
    assert listed(counter) == []
    assert saved(counter)


# --- the disk and the server


def under(counter: Line, conditions: Conditions, *words: str, stdin: object = None) -> Answer:
    """A line typed by the clerk under these conditions, in a process of its own."""
    line = ("--home", str(counter.home), *words)
    return finish(start(*line, under=conditions, stdin=stdin, as_="1001"))


@pytest.fixture
def away(counter: Line) -> Line:
    """A window whose hall lies on a server that does not answer; its key lies here."""
    assert counter.home is not None
    place = counter.home / "settings.toml"
    server = Place(engine="postgres", dsn="host=127.0.0.1 port=1 dbname=hall connect_timeout=2")
    settings.save(msgspec.structs.replace(settings.load_file(place), store=server), place)
    return counter


def back(away: Line) -> None:
    """The hall can be reached again."""
    assert away.home is not None
    place = away.home / "settings.toml"
    settings.save(msgspec.structs.replace(settings.load_file(place), store=Place()), place)


def test_a_full_disk_is_told_and_loses_no_draft(away: Line) -> None:
    """The draft stays as it was saved last."""
    draft = saved(away, INTAKE)
    full = Conditions(largest_file=40_000)  # room for the side files

    answer = under(away, full, *SAVE, "--id", draft, stdin={"remark": "长" * 9000})

    assert (answer.code, answer.exit_code) == ("drafts-disk-full", 4), answer
    assert "磁盘" in answer.json["error"]["why"]
    assert away("draft", "list", "--json", as_="1001").json["drafts"][0]["version"] == 1
    back(away)
    assert away("case", "register", "--draft", draft, as_="1001").exit_code == 0


@pytest.mark.parametrize("there", [False, True])
def test_a_file_that_cannot_be_written_is_told(away: Line, there: bool) -> None:
    """Whether it is there already or not."""
    assert away.home is not None
    if there:
        saved(away)
    files = list(away.home.glob("drafts.db*"))
    for file in (away.home, *files):
        file.chmod(0o500 if file.is_dir() else 0o400)

    answer = under(away, Conditions(rights=False), *SAVE, "--kind", "intake", stdin=HALF)

    away.home.chmod(0o700)
    assert (answer.code, answer.exit_code) == ("drafts-read-only", 4), answer
    assert list(away.home.glob("drafts.db*")) == files


def test_drafts_go_on_while_the_server_is_away(away: Line) -> None:
    """Typed, laid aside, gone on with, under the code that is given; acts are refused in words."""
    draft = saved(away)
    again = away(*SAVE, "--id", draft, stdin=INTAKE, as_="1001")
    parked, resumed = (away("draft", verb, draft, as_="1002") for verb in ("park", "resume"))
    words, document = (away("draft", "list", *extra, as_="1001") for extra in ((), ("--json",)))
    act = away("case", "register", "--draft", draft, as_="1001")

    assert [answer.exit_code for answer in (again, parked, resumed)] == [0, 0, 0]
    assert "没有核对密码" in words.out
    assert [kept["id"] for kept in document.json["drafts"]] == [draft]
    assert document.json["checked"] is False
    assert (act.code, act.exit_code) == ("store-unreachable", 4)
    assert "草稿" in act.err


def test_nobody_discards_while_the_server_is_away(away: Line) -> None:
    """Who throws something away is known by the password, and that cannot be checked."""
    draft = saved(away)

    assert away("draft", "discard", draft, "--yes", as_="1001").code == "store-unreachable"
    assert listed(away) == [draft]


def test_what_is_typed_while_the_server_is_away_is_found_when_it_is_back(away: Line) -> None:
    """The same file, the same key: the case is registered out of the draft."""
    draft = saved(away, INTAKE)
    back(away)

    assert away("case", "register", "--draft", draft, as_="1001").exit_code == 0
    assert listed(away) == []


@pytest.mark.parametrize(
    ("as_", "key_there", "code"),
    [
        (None, True, "nobody-signed-in"),
        ("覃示例", True, "user-code-form"),
        ("1001", False, "drafts-key-away"),
    ],
)
def test_what_drafts_need_while_the_server_is_away(
    away: Line, as_: str | None, key_there: bool, code: str
) -> None:
    """A code that is one, and the hall key on this machine: the passphrase alone opens it on the server."""
    assert away.home is not None
    if not key_there:
        place = away.home / "settings.toml"
        settings.save(msgspec.structs.replace(settings.load_file(place), key_file=None), place)

    people = ("--as", as_) if as_ else ()

    assert away("draft", "list", *people).code == code


def test_the_key_of_the_drafts_is_the_halls(counter: Line) -> None:
    """Another hall's key opens none of them, and they are named all the same."""
    draft = saved(counter)
    assert counter.home is not None
    key = secrets.HallKey(b"\5" * 32, "recovery")
    strange = bootstrap._drafts(settings.locate(counter.home), key, bootstrap.machine_clock)

    (found,) = drafts.listed(Alone.of(3, strange, operator="1001")).drafts

    strange.close()
    assert (found.id, found.body) == (draft, None)
