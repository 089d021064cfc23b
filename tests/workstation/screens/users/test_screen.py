"""人员: the administrator adds and disables, each one sets the own secrets; a refusal stands in the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests import builders, halls
from tests.workstation.screens.stage import Clerk, Seated, a_counter, play
from workstation import bootstrap
from workstation.acts import users
from workstation.acts.desk import Desk
from workstation.bootstrap import Opened
from workstation.domain.people import User
from workstation.errors import Refused
from workstation.screens.dialogs import Confirm, Form, Reading
from workstation.screens.users.screen import UsersScreen

NEW = "Xin-Mima-2026"


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """A founded hall, whose people have passwords."""
    made = bootstrap.open_hall(halls.home_in(tmp_path))
    yield made
    made.close()


def seated(opened: Opened, code: str = halls.ADMINISTRATOR) -> Seated:
    """That person looks at the list."""
    return Seated(opened, halls.seat(opened.desk, code), "users")


def user(desk: Desk, code: str) -> User:
    """Somebody, as they are now."""
    return builders.person(desk, code)


async def to(clerk: Clerk, code: str) -> None:
    """The cursor onto a person."""
    screen = clerk.screen
    assert isinstance(screen, UsersScreen)
    screen._list.to([each.code for each in screen._list.rows].index(code))
    await clerk.settle()


async def fill(clerk: Clerk, **values: str) -> None:
    """Fill in the form, and send it off."""
    for name, text in values.items():
        await clerk.fill(name, text)
    await clerk.press("ctrl+s")


def test_the_list_shows_who_works_here(desk: Desk, tmp_path: Path) -> None:
    """Code, masked name, role, state by word and sign, and a courier's badge."""

    async def story(clerk: Clerk) -> None:
        clerk.sees("1001", "林**", "窗口人员", "✓ 在岗", "值班长", builders.badge(desk))
        clerk.misses("林一鸣")

    play(a_counter(builders.at(desk, "3001"), tmp_path, "users"), story)


def test_a_courier_s_badge_is_shown_to_be_printed(desk: Desk, tmp_path: Path) -> None:
    """Enter on the line: number and state in words."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("end", "enter")
        assert isinstance(clerk.app.screen, Reading)
        clerk.sees("职责：揽投员", f"胸牌号：{builders.badge(desk)}")
        await clerk.press("enter")

    play(a_counter(builders.at(desk, "3001"), tmp_path, "users"), story)


def test_an_administrator_adds_a_clerk(opened: Opened) -> None:
    """Role, then the rest; the cursor stands on the new one, who can sign in."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "enter")
        await fill(clerk, code="1003", name="林示例", password=NEW, password_again=NEW)
        assert "已新增窗口人员 1003" in clerk.message
        screen = clerk.screen
        assert isinstance(screen, UsersScreen)
        row = screen._list.row
        assert row is not None
        assert row.code == "1003"

    play(seated(opened), story)

    assert users.sign_in(opened.desk, "1003", NEW).signed_in().name == "林示例"


def test_an_administrator_adds_a_courier(opened: Opened) -> None:
    """Without a password; the badge's number is told at once."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "end", "enter")
        clerk.misses("密码再输")
        await fill(clerk, code="5003", name="揽示例")
        assert f"胸牌号 {user(opened.desk, '5003').badge}" in clerk.message

    play(seated(opened), story)


def test_a_refused_addition_is_asked_again_with_what_was_typed(opened: Opened) -> None:
    """The code is taken, then the password is weak; each is told in the form."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("f2", "enter")
        await fill(clerk, code="1001", name="林示例", password=NEW, password_again=NEW)
        form = clerk.app.screen
        assert isinstance(form, Form)
        clerk.sees("工号 1001 已经有人用了")
        assert form.values == {"code": "1001", "name": "林示例", "password": "", "password_again": ""}
        await fill(clerk, code="1003", password="short", password_again="short")
        clerk.sees("这个密码不能用")
        await clerk.press("escape")

    play(seated(opened), story)

    with pytest.raises(Refused, match="not-found"):
        users.find_user(opened.desk, "1003")


def test_disabling_asks_first(opened: Opened) -> None:
    """Enter keeps them; Ctrl+Y disables, and the list says so."""

    async def story(clerk: Clerk) -> None:
        await to(clerk, halls.CLERK)
        await clerk.press("f6")
        assert isinstance(clerk.app.screen, Confirm)
        await clerk.press("enter")
        assert user(opened.desk, halls.CLERK).state == "active"
        await clerk.press("f6", "ctrl+y")
        clerk.sees("✗ 停用")
        assert "1001 已停用" in clerk.message
        await clerk.press("f6")
        assert "早已停用" in clerk.message

    play(seated(opened), story)

    assert user(opened.desk, halls.CLERK).state == "disabled"


def test_the_last_administrator_stays(opened: Opened) -> None:
    """The act's own guard is told."""

    async def story(clerk: Clerk) -> None:
        await to(clerk, halls.ADMINISTRATOR)
        await clerk.press("f6", "ctrl+y")
        clerk.sees("最后一个在用的系统管理员", "last-administrator")

    play(seated(opened), story)

    assert user(opened.desk, halls.ADMINISTRATOR).state == "active"


def test_one_changes_the_own_password_with_the_old_one(opened: Opened) -> None:
    """A wrong old one and a slip are told in the form, and nothing is changed by them."""

    async def story(clerk: Clerk) -> None:
        await to(clerk, halls.CLERK)
        await clerk.press("f3")
        await fill(clerk, old="wrong", password=NEW, password_again=NEW)
        clerk.sees("工号或密码不对")
        await fill(clerk, old=halls.PASSWORDS[halls.CLERK], password=NEW, password_again="Other-2026")
        clerk.sees("两遍密码不相同")
        assert user(opened.desk, halls.CLERK).password_version == 1
        await fill(clerk, old=halls.PASSWORDS[halls.CLERK], password=NEW, password_again=NEW)
        assert "1001 的密码已改" in clerk.message

    play(seated(opened, halls.CLERK), story)

    assert users.sign_in(opened.desk, halls.CLERK, NEW).operator is not None


def test_an_administrator_gives_another_a_new_password(opened: Opened) -> None:
    """Without the old one, which is forgotten."""

    async def story(clerk: Clerk) -> None:
        await to(clerk, halls.CLERK)
        await clerk.press("f3")
        clerk.misses("原密码")
        await fill(clerk, password=NEW, password_again=NEW)
        assert "1001 的密码已改" in clerk.message

    play(seated(opened), story)

    assert users.sign_in(opened.desk, halls.CLERK, NEW).operator is not None


def test_one_sets_the_own_pin(opened: Opened) -> None:
    """Whoever the cursor stands on: nobody sets another's. What anybody would try first is refused."""

    async def story(clerk: Clerk) -> None:
        await to(clerk, halls.SUPERVISOR)
        await clerk.press("f4")
        clerk.sees("设本人的 PIN（9001）")
        await fill(clerk, pin="123456", pin_again="123456")
        clerk.sees("这个 PIN 太好猜")
        await fill(clerk, pin="618203", pin_again="618203")
        assert "本人的 PIN 已设" in clerk.message

    play(seated(opened), story)

    assert user(opened.desk, halls.ADMINISTRATOR).pin_version == 1
    assert user(opened.desk, halls.SUPERVISOR).pin_version == 1


@pytest.mark.parametrize(
    ("code", "key", "told"),
    [
        (halls.CLERK, "f2", "由系统管理员办理"),
        (halls.CLERK, "f6", "由系统管理员办理"),
        (halls.CLERK, "f3", "别人的密码由本人改"),
        (halls.ADMINISTRATOR, "f3", "揽投员凭胸牌交接"),
    ],
)
def test_what_is_not_theirs_says_why(opened: Opened, code: str, key: str, told: str) -> None:
    """On another's line, or a courier's: the key is crossed out and tells the reason."""

    async def story(clerk: Clerk) -> None:
        await to(clerk, halls.COURIER if code == halls.ADMINISTRATOR else halls.SUPERVISOR)
        await clerk.press(key)
        assert told in clerk.message
        assert not clerk.app.screen.is_modal

    play(seated(opened, code), story)


def test_an_inspector_sees_the_list_and_changes_nothing(opened: Opened) -> None:
    """Every writing key tells that this is for looking only."""
    app = Seated(opened, replace(halls.seat(opened.desk, halls.ADMINISTRATOR), readonly=True), "users")

    async def story(clerk: Clerk) -> None:
        clerk.sees("1001")
        for key in ("f2", "f3", "f4", "f6"):
            await clerk.press(key)
            assert "只看不写" in clerk.message
        await clerk.press("f9")
        assert isinstance(clerk.app.screen, Reading)

    play(app, story)
