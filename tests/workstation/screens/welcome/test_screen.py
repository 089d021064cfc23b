"""The first start: practise, or found a hall; what is stopped leaves nothing, a refusal loses nothing."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from tests.workstation.screens.stage import Clerk, play
from workstation import bootstrap, practice
from workstation.acts import users, verification
from workstation.acts.progress import Progress
from workstation.acts.users import NewUser
from workstation.app import CounterApp
from workstation.domain.roles import Role
from workstation.opening import Given
from workstation.screens.dialogs import Confirm, Form, Refusal
from workstation.screens.login.screen import LoginScreen
from workstation.screens.welcome.founding import FoundingScreen
from workstation.screens.welcome.plan import Seat
from workstation.screens.welcome.recovery import RecoveryScreen
from workstation.screens.welcome.screen import WelcomeScreen
from workstation.settings import Home

PASSWORD, PIN, PASSPHRASE = "Guanli-2026x", "618203", "几个不相干的词 correct horse"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that is not there yet."""
    return Home(tmp_path / "home")


@pytest.fixture
def app(home: Home, monkeypatch: pytest.MonkeyPatch) -> CounterApp:
    """The application as a first start opens it."""
    monkeypatch.delenv("WORKSTATION_KEY_FILE", raising=False)
    return CounterApp(Given(home))


async def at_the_form(clerk: Clerk, folder: Path) -> FoundingScreen:
    """The form of a new hall, filled in but for the people."""
    await clerk.press("f3")
    for name, text in (
        ("name", "示例大厅[bold]x[/]"),
        ("division", "350203"),
        ("address", "福建省厦门市思明区示例路 1 号"),
        ("postcode", "361000"),
        ("phone", "0592-5550000"),
        ("key_file", str(folder / "keys" / "hall.key")),
    ):
        await clerk.fill(name, text)
    screen = clerk.app.screen
    assert isinstance(screen, FoundingScreen)
    return screen


async def person(clerk: Clerk, code: str, name: str, pin: str = "") -> None:
    """One person of the list, from Enter on the line to the next."""
    await clerk.press("enter")
    for field, text in (("code", code), ("name", name), ("password", PASSWORD), ("password_again", PASSWORD)):
        await clerk.fill(field, text)
    for field in ("pin", "pin_again"):
        await clerk.fill(field, pin)
    await clerk.press("ctrl+s")


def seated(screen: FoundingScreen) -> None:
    """The three without whom no hall works, without the typing."""
    people = ((Role.ADMINISTRATOR, "9001"), (Role.SUPERVISOR, "2001"), (Role.CLERK, "1001"))
    screen._seats = [
        Seat(role, NewUser(code=code, name="示例人", role=role, password=PASSWORD)) for role, code in people
    ]


async def all_people(clerk: Clerk, screen: FoundingScreen) -> None:
    """The three without whom no hall works."""
    screen._people.focus()
    await person(clerk, "9001", "管示例")
    await person(clerk, "2001", "值示例", PIN)
    await person(clerk, "1001", "窗示例", "730184")


def test_an_empty_home_is_asked_what_to_do(app: CounterApp, home: Home) -> None:
    """Two ways, each explained; looking makes nothing."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("这里还没有大厅", "演练", "新建大厅", "一切都是假的")
        await clerk.press("down")
        clerk.sees("恢复单")
        await clerk.press("escape")
        assert "第一个画面" in clerk.message

    play(app, story)

    assert not home.root.exists()


def test_a_hall_is_founded_and_its_people_sign_in(app: CounterApp, home: Home, tmp_path: Path) -> None:
    """From the empty home to the login, the recovery sheet confirmed; what was typed is in the ledger."""

    async def story(clerk: Clerk) -> None:
        screen = await at_the_form(clerk, tmp_path)
        clerk.sees("福建省厦门市思明区")
        await all_people(clerk, screen)
        await clerk.press("f2", "end", "enter")
        await clerk.fill("code", "5001")
        await clerk.fill("name", "揽示例")
        await clerk.press("ctrl+s")
        clerk.sees("✓ 凭胸牌交接", "✓ 密码  ✓ PIN", "· 没有 PIN")
        await clerk.press("ctrl+s")
        sheet = clerk.app.screen
        assert isinstance(sheet, RecoveryScreen)
        groups, places = list(sheet._groups), sheet._places
        await clerk.press("ctrl+s")
        for place in places:
            await clerk.type(groups[place - 1])
            await clerk.press("enter")
        assert isinstance(clerk.app.screen, LoginScreen)
        assert not sheet._groups
        assert sum(isinstance(each, LoginScreen | FoundingScreen) for each in clerk.app.screen_stack) == 1
        clerk.sees("示例大厅[bold]x[/]")
        assert clerk.app.opened is not None
        assert clerk.app.opened.desk.window == 1

    play(app, story)

    opened = bootstrap.open_hall(home)
    seated = users.sign_in(opened.desk, "9001", PASSWORD)
    assert [user.code for user in users.list_users(seated)] == ["1001", "2001", "5001", "9001"]
    assert users.find_user(seated, "5001").badge is not None
    assert verification.verify(opened.desk).verified
    assert opened.settings.key_file == str(tmp_path / "keys" / "hall.key")
    opened.close()


def test_what_is_wrong_stands_beside_its_field(app: CounterApp, home: Home, tmp_path: Path) -> None:
    """All that is missing at once; then what the founding refuses; nothing typed is lost."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        await clerk.fill("window", "0x")
        await clerk.fill("passphrase", "短")
        await clerk.press("ctrl+s")
        clerk.sees("✗ 必填", "✗ 1 至 99", "✗ 两遍不相同")
        assert "还有 7 项要改" in clerk.message
        await clerk.press("escape", "enter")

        screen = await at_the_form(clerk, tmp_path)
        await clerk.press("ctrl+s")
        assert "首批人员还没有填完" in clerk.message
        seated(screen)
        for name, text, told in (
            ("postcode", "36100", "不是 6 位数字"),
            ("passphrase", "短", "须不少于 12 个字"),
            ("key_file", str(home.root / "hall.key"), "连钥匙一起"),
            ("key_file", " ", "没有说明大厅密钥放在哪里"),
        ):
            before = screen._values[name]
            await clerk.fill(name, text)
            if name == "passphrase":
                await clerk.fill("again", text)
            await clerk.press("ctrl+s")
            assert screen._field(name).has_cursor
            assert screen._field(name).has_class("-wrong")
            assert told in screen._field(name)._beside.text
            await clerk.fill(name, before)
            if name == "passphrase":
                await clerk.fill("again", before)

    play(app, story)

    assert not home.root.exists()


def test_a_person_is_checked_at_once(app: CounterApp, tmp_path: Path) -> None:
    """A weak password or a slip is told in the form; code and name stay, secrets are typed anew."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        screen = clerk.app.screen
        assert isinstance(screen, FoundingScreen)
        screen._people.focus()
        await clerk.press("enter")
        for name, text in (
            ("code", "9001"),
            ("name", "管示例"),
            ("password", "weak"),
            ("password_again", "weak"),
        ):
            await clerk.fill(name, text)
        await clerk.press("ctrl+s")
        form = clerk.app.screen
        assert isinstance(form, Form)
        clerk.sees("这个密码不能用", "管示例")
        assert form.values["password"] == ""
        await clerk.fill("password", PASSWORD)
        await clerk.fill("password_again", PASSWORD + "y")
        await clerk.press("ctrl+s")
        clerk.sees("两遍密码不相同")
        await clerk.press("escape")
        clerk.sees("· 未填")

    play(app, story)


def test_those_without_whom_no_hall_works_stay_on_the_list(app: CounterApp) -> None:
    """A second clerk may go again, the only one may not."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        screen = clerk.app.screen
        assert isinstance(screen, FoundingScreen)
        screen._people.focus()
        await clerk.press("f4")
        assert "至少要有一位系统管理员" in clerk.message
        await clerk.press("f2", "enter", "escape")
        assert len(screen._seats) == 4
        await clerk.press("f4")
        assert [seat.role for seat in screen._seats] == ["administrator", "supervisor", "clerk"]

    play(app, story)


def test_leaving_the_form_asks_and_does_not_speak_of_drafts(app: CounterApp) -> None:
    """There are passwords in it, so nothing of it is kept."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3", "escape")
        assert isinstance(clerk.app.screen, WelcomeScreen)
        await clerk.press("f3")
        await clerk.type("示例")
        await clerk.press("escape")
        assert isinstance(clerk.app.screen, Confirm)
        clerk.sees("不存草稿")
        await clerk.press("enter")
        assert isinstance(clerk.app.screen, WelcomeScreen)

    play(app, story)


def test_a_home_with_anything_in_it_is_refused(app: CounterApp, home: Home, tmp_path: Path) -> None:
    """With its code, and the file is untouched; the form is still there."""
    home.root.mkdir()
    (home.root / "letter.txt").write_text("亲爱的", encoding="utf-8")

    async def story(clerk: Clerk) -> None:
        screen = await at_the_form(clerk, tmp_path)
        seated(screen)
        await clerk.press("ctrl+s")
        assert isinstance(clerk.app.screen, Refusal)
        clerk.sees("home-not-empty")
        await clerk.press("enter")
        assert screen._values["division"] == "350203"

    play(app, story)

    assert [path.name for path in home.root.iterdir()] == ["letter.txt"]


def test_a_keyring_is_offered_where_there_is_one(app: CounterApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nowhere else."""

    async def there(_: CounterApp) -> bool:
        return True

    async def story(clerk: Clerk) -> None:
        await clerk.press("f3")
        clerk.misses("钥匙环")
        await clerk.press("escape")
        monkeypatch.setattr(CounterApp, "has_keyring", there)
        await clerk.press("f3")
        clerk.sees("[ ] 密钥存进本机钥匙环")

    play(app, story)


def test_a_home_one_may_not_enter_is_told_with_its_code(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no empty home: nothing is offered, and the program ends with the code of a refusal."""
    monkeypatch.setattr(Home, "is_closed", property(lambda _: True))
    app = CounterApp(Given(home))

    async def story(clerk: Clerk) -> None:
        clerk.sees("进不去数据目录", "home-closed")
        await clerk.press("enter")

    play(app, story)

    assert app.return_value == 3


# --- practice


class Played:
    """Stands in for the practice day: waits in its middle, then there is a hall."""

    def __init__(self) -> None:
        self.half, self.go_on = threading.Event(), threading.Event()

    def __call__(self, place: Home, *, progress: Progress, **_: Any) -> None:
        place.root.mkdir(parents=True)
        progress(5, 11)
        self.half.set()
        assert self.go_on.wait(10)
        progress(6, 11)
        place.settings.write_text("hall = 0", encoding="utf-8")


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> Played:
    """The practice day, quick and held in its middle."""
    play_ = Played()
    monkeypatch.setattr(practice, "play", play_)
    return play_


async def half_played(clerk: Clerk, played: Played) -> None:
    """Practice has been chosen and stands in its middle."""
    await clerk.pilot.press("enter")
    while not played.half.is_set():
        await clerk.pilot.pause()


async def ended(clerk: Clerk, played: Played) -> None:
    """It goes on, and its dialog is gone."""
    played.go_on.set()
    while clerk.app.screen.is_modal:
        await clerk.pilot.pause()
    await clerk.settle()


def test_practice_is_played_and_entered(app: CounterApp, home: Home, played: Played) -> None:
    """The login of the practice home comes next, in a home of its own."""

    async def story(clerk: Clerk) -> None:
        await half_played(clerk, played)
        clerk.sees("正在演出十一天的业务")
        played.go_on.set()
        while not clerk.app.home.has_hall:
            await clerk.pilot.pause()
        await clerk.settle()

    play(app, story)

    assert app.home == Home(home.root / "practice")
    assert app.home.has_hall
    assert not home.has_hall


def test_practice_that_is_stopped_leaves_nothing(app: CounterApp, home: Home, played: Played) -> None:
    """Esc, and one is asked again as if nothing had been."""

    async def story(clerk: Clerk) -> None:
        await half_played(clerk, played)
        await clerk.pilot.press("escape")
        await ended(clerk, played)
        assert "什么也没有留下" in clerk.message
        assert isinstance(clerk.app.screen, WelcomeScreen)

    play(app, story)

    assert not home.root.exists()


def test_a_practice_hall_that_is_there_is_entered_at_once(
    app: CounterApp, home: Home, played: Played
) -> None:
    """Nobody plays it again; what is wrong with it is told by the login."""
    (home.root / "practice").mkdir(parents=True)
    (home.root / "practice" / "settings.toml").write_text("hall = 0", encoding="utf-8")

    async def story(clerk: Clerk) -> None:
        await clerk.press("enter")
        await clerk.pilot.pause()  # the sign-in is painted before the hall is opened
        await clerk.settle()
        clerk.sees("设置文件有误")

    play(app, story)

    assert not played.half.is_set()
