"""登录、锁屏、换人: nobody acts under another's name, and what one has not finished waits for one."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

import pytest
from rich.cells import cell_len

from tests import builders, halls
from tests.integrations.printers.fake_printer import FakePrinter
from tests.workstation.screens.stage import NARROW, WIDE, Clerk, play
from workstation import bootstrap
from workstation.acts import batches, printers, registration, users
from workstation.app import CounterApp
from workstation.domain.words import word
from workstation.opening import Given
from workstation.practice import hall
from workstation.screens import sending
from workstation.screens.login.lock import Lock
from workstation.settings import Home, Settings
from workstation.widgets.field import Field

SEED = 7


@pytest.fixture
def app(tmp_path: Path) -> CounterApp:
    """The application started in the home of a founded hall, as `workstation` starts it."""
    return CounterApp(Given(Home(halls.home_in(tmp_path))))


@pytest.fixture(scope="module")
def practice_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home of a practice hall in which nothing has been played yet."""
    home = tmp_path_factory.mktemp("practice") / "home"
    bootstrap.found_hall(home, hall.plan(SEED), practice_seed=SEED).opened.close()
    return home


async def sign_in(clerk: Clerk, code: str, password: str) -> None:
    """Type code and password, Enter after each."""
    await clerk.fill("code", code)
    await clerk.press("enter")
    await clerk.type(password)
    await clerk.press("enter")


async def signed_in(clerk: Clerk, code: str = halls.CLERK) -> None:
    """Sign in with the right password."""
    await sign_in(clerk, code, halls.PASSWORDS[code])


def _cell(line: str, text: str) -> int:
    """In which cell of the line a text begins."""
    return cell_len(line[: line.index(text)]) if text in line else -1


def test_one_signs_in_and_is_at_the_worklist(app: CounterApp) -> None:
    """With code and password; the hall's name stands there meanwhile."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("榕城政务服务中心", "3 号窗口")
        await signed_in(clerk)
        clerk.sees("工作台", "林一（窗口人员）")

    play(app, story)


def test_what_waits_for_the_printer_goes_as_soon_as_somebody_signs_in(
    app: CounterApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody has to open the queue: the window's jobs were left there by a program that ended."""
    monkeypatch.setattr(sending, "_EACH", 0.0)
    with FakePrinter() as laser:
        opened = bootstrap.open_hall(app.given.home)
        supervisor = users.sign_in(opened.desk, halls.SUPERVISOR, halls.PASSWORDS[halls.SUPERVISOR])
        printers.add(supervisor, "激光机", laser.uri, dpi=203)
        printers.set_route(supervisor, "sheet", printer="激光机")
        clerk_ = users.sign_in(opened.desk, halls.CLERK, halls.PASSWORDS[halls.CLERK])
        with builders.no_ink():
            registration.register(clerk_, builders.an_intake())
        opened.close()

        async def story(clerk: Clerk) -> None:
            await signed_in(clerk)
            await asyncio.gather(*(w.wait() for w in clerk.app.workers if w.group == "prints"))

        play(app, story)

        assert [job.state for job in laser.jobs.values()] == ["completed"]


def test_a_wrong_password_is_told_and_the_code_stays(app: CounterApp) -> None:
    """The password has to be typed anew; after some failures the sign-in is locked."""

    async def story(clerk: Clerk) -> None:
        await sign_in(clerk, halls.CLERK, "falsch-2026")
        clerk.sees("✗", "1001")
        assert clerk.app.screen.query(Field).last(Field).value == ""
        for _ in range(5):
            await sign_in(clerk, halls.CLERK, "falsch-2026")
        clerk.sees("已锁定")
        await signed_in(clerk)
        clerk.misses("工作台")

    play(app, story)


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_a_practice_hall_tells_how_to_sign_in(practice_home: Path, size: tuple[int, int]) -> None:
    """Everybody in a line of one table, couriers with their badge; title, fields and a refusal have room."""
    app = CounterApp(Given(Home(practice_home)))
    with_password = [one for one in hall.operators(SEED) if one.password]

    async def story(clerk: Clerk) -> None:
        await sign_in(clerk, "1001", "falsch-2026")
        clerk.sees("跨省通办窗口工作站", "会锁定", "另设。")
        lines = clerk.lines
        assert any(line.strip().startswith("（演练：") and line.strip().endswith("）") for line in lines)
        heads = next(line for line in lines if "职责" in line)
        left, code, password, pin = (_cell(heads, word) for word in ("职责", "工号", "密码", "PIN"))
        for one in with_password:
            line = next(line for line in lines if f" {one.code} " in line and str(one.password) in line)
            starts = (_cell(line, word(one.role)), _cell(line, one.code), _cell(line, str(one.password)))
            assert (*starts, _cell(line, str(one.pin))) == (left, code, password, pin)
        assert len([line for line in lines if _cell(line, "揽投员") == left and "  胸牌 7" in line]) == 2
        fields = [line for line in lines if line[left:].startswith(("工号", "密码"))]
        assert len(fields) == 2

    play(app, story, size)


def test_the_badges_are_those_that_open_a_batch(practice_home: Path) -> None:
    """As the hall has numbered them."""
    app = CounterApp(Given(Home(practice_home)))

    async def story(clerk: Clerk) -> None:
        people = await app.practice_people()
        badges = [line[2].removeprefix("胸牌 ") for line in people if line[0] == "揽投员"]
        await sign_in(clerk, people[0][1], people[0][2])
        coming = [(await app.look(partial(batches.awaited, badge=badge))).courier for badge in badges]
        assert coming == ["5001", "5002"]

    play(app, story)


def test_a_hall_in_earnest_tells_nobody(app: CounterApp) -> None:
    """Neither codes nor badges."""

    async def story(clerk: Clerk) -> None:
        assert await app.practice_people() == ()
        clerk.misses("职责", "胸牌", "演练")

    play(app, story)


def test_the_operator_of_the_command_line_stands_there(tmp_path: Path) -> None:
    """`--as 1001`: only the password is missing."""
    app = CounterApp(Given(Home(halls.home_in(tmp_path)), operator=halls.CLERK))

    async def story(clerk: Clerk) -> None:
        await clerk.type(halls.PASSWORDS[halls.CLERK])
        await clerk.press("enter")
        clerk.sees("工作台")

    play(app, story)


def test_the_lock_covers_everything_and_the_pin_opens_it(app: CounterApp) -> None:
    """Neither Esc nor a scan nor another key gets past it."""

    async def story(clerk: Clerk) -> None:
        await signed_in(clerk)
        await clerk.press("ctrl+l")
        clerk.sees("已锁屏")
        clerk.misses("工作台", "已收件")
        await clerk.press("escape", "f2", "ctrl+p", "ctrl+l", "f12")
        assert isinstance(clerk.app.screen, Lock)
        await clerk.type("111111")
        await clerk.press("enter")
        clerk.sees("PIN 不对")
        await clerk.type(halls.PINS[halls.CLERK])
        await clerk.press("enter")
        clerk.sees("工作台")

    play(app, story)


def test_wrong_pins_count_and_then_only_the_password_opens(app: CounterApp) -> None:
    """As they do where a second person confirms."""

    async def story(clerk: Clerk) -> None:
        await signed_in(clerk)
        await clerk.press("ctrl+l")
        for _ in range(5):
            await clerk.type("111111")
            await clerk.press("enter")
        await clerk.type(halls.PINS[halls.CLERK])
        await clerk.press("enter")
        clerk.sees("已锁定")
        await clerk.type(halls.PASSWORDS[halls.CLERK])
        await clerk.press("enter")
        clerk.sees("工作台")

    play(app, story)


def test_another_clerk_takes_over_with_an_own_password(app: CounterApp) -> None:
    """On the same lock screen: another code, that person's password, that person's worklist."""

    async def story(clerk: Clerk) -> None:
        await signed_in(clerk)
        await clerk.press("f12", "ctrl+l")
        await sign_in(clerk, halls.OTHER_CLERK, halls.PASSWORDS[halls.CLERK])
        clerk.sees("✗", "已锁屏")
        await sign_in(clerk, halls.OTHER_CLERK, halls.PASSWORDS[halls.OTHER_CLERK])
        clerk.sees("工作台", "陈二（窗口人员）")
        clerk.misses("扫描枪检查")
        assert clerk.app.desk.signed_in().code == halls.OTHER_CLERK

    play(app, story)


def test_a_pin_opens_nobody_elses_session(app: CounterApp) -> None:
    """The other's PIN is no password."""

    async def story(clerk: Clerk) -> None:
        await signed_in(clerk)
        await clerk.press("ctrl+l")
        await sign_in(clerk, halls.OTHER_CLERK, halls.PINS[halls.OTHER_CLERK])
        clerk.sees("✗", "已锁屏")

    play(app, story)


def test_the_lock_says_how_another_one_takes_over(app: CounterApp) -> None:
    """Its last line names the key, and that key leads to the code."""

    async def story(clerk: Clerk) -> None:
        await signed_in(clerk)
        await clerk.press("ctrl+l")
        clerk.sees("换人：↑ 改工号，再填自己的密码")
        await clerk.press("up", "ctrl+u")
        await clerk.type(halls.OTHER_CLERK)
        await clerk.press("enter")
        await clerk.type(halls.PASSWORDS[halls.OTHER_CLERK])
        await clerk.press("enter")
        clerk.sees("工作台", "陈二（窗口人员）")

    play(app, story)


def test_it_locks_by_itself(app: CounterApp) -> None:
    """After the minutes of the settings without a key; a key begins them anew."""

    async def story(clerk: Clerk) -> None:
        await signed_in(clerk)
        for idle, sign in ((9.9, "工作台"), (10.1, "已锁屏")):
            await clerk.press("down")
            clerk.app._touched -= idle * 60
            clerk.app._lock_when_idle()
            await clerk.settle()
            clerk.sees(sign)

    play(app, story)


def test_a_home_that_does_not_open_ends_with_its_code(tmp_path: Path) -> None:
    """Told in words first; here the key file is gone."""
    home = halls.home_in(tmp_path)
    text = (home / "settings.toml").read_text(encoding="utf-8")
    (home / "settings.toml").write_text(text.replace("hall.key", "no.key"), encoding="utf-8")
    app = CounterApp(Given(Home(home)))

    async def story(clerk: Clerk) -> None:
        clerk.sees("✗", "原因", "代号")
        await clerk.press("enter")

    play(app, story)

    assert app.return_value in (3, 4)


def test_read_only_says_so_and_refuses_to_write(tmp_path: Path) -> None:
    """For inspectors: they look, and each act tells that it is not done."""
    app = CounterApp(Given(Home(halls.home_in(tmp_path)), readonly=True))

    async def story(clerk: Clerk) -> None:
        await signed_in(clerk)
        clerk.sees("只读")
        clerk.app.perform(lambda desk: desk.act("register").__enter__())
        await clerk.settle()
        clerk.sees("read-only")

    play(app, story)


def test_settings_of_the_screens_have_defaults() -> None:
    """Ten minutes to the lock, a minute to the mask."""
    screen = Settings(hall=1).screen

    assert (screen.lock_minutes, screen.reveal_seconds) == (10, 60)
