"""人员: everybody who works here; the administrator adds and disables, each one sets the own secrets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from textual.widget import Widget

from workstation.acts import masking, offers, users
from workstation.acts.desk import Desk
from workstation.domain.people import User
from workstation.domain.roles import Role
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.errors import Explained
from workstation.policies import PasswordPolicy
from workstation.screens.base import CounterScreen, Do
from workstation.screens.dialogs import Asked, Confirm, Form, Pick, Reading
from workstation.screens.users import person
from workstation.widgets.record_list import Column, RecordList

Given = dict[str, str]

_HEADS = (
    Column("工号", 9),
    Column("姓名", 12, flexible=True),
    Column("职责", 12),
    Column("状态", 8),
    Column("胸牌", 20),
    Column("加入", 16, wide_only=True),
)
_PASSWORD_TEXT = "密码只由本人知道；不要写下来，不要和别人共用。"


class UsersScreen(CounterScreen):
    """One list, and the few things that are done with people."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "人员"
    DOES = (
        Do("add", "新增", "f2", "xz", "新增人员：先选职责"),
        Do("password", "密码", "f3", "mm", "改本人的密码；系统管理员可为忘记密码的人另设"),
        Do("pin", "本人PIN", "f4", "brpin", "设本人的 6 位 PIN：解锁屏幕，作第二人确认"),
        Do("disable", "停用", "f6", "ty", "停用光标所在的人；名字留在账上"),
        Do("look", "详细", "f9", "xx", "职责、状态、胸牌号"),
    )
    explains = "↑↓ 选人，Enter 看详细和胸牌号。新增、停用由系统管理员办；密码和 PIN 各人自己设。"

    def body(self) -> Iterator[Widget]:
        """The list."""
        yield RecordList[User](_HEADS, _cells, empty="（没有）", id="users")

    def on_mount(self) -> None:
        """Into the list."""
        self._list.focus()

    async def load(self) -> None:
        """Everybody, as they are now."""
        try:
            found = await self.counter.look(users.list_users)
        except Explained as error:
            self.counter.attention(f"{error.what}{error.why}")
            return
        self._list.show(found, at=self._list.cursor)

    @property
    def _list(self) -> RecordList[User]:
        return self.query_one("#users", RecordList)

    @property
    def _own(self) -> str:
        operator = self.desk.operator
        return operator.code if operator else ""

    @property
    def _policy(self) -> PasswordPolicy:
        opened = self.counter.opened
        return opened.settings.password if opened else PasswordPolicy()

    # --- what may be done

    def why_not(self, name: str) -> str | None:
        """By role, and by whom the cursor stands on."""
        if name == "look":
            return None
        acts = {"add": "add_user", "disable": "disable_user", "password": "set_password", "pin": "set_pin"}
        return offers.barred(self.desk, acts[name]) or self._not_this_one(name)

    def _not_this_one(self, name: str) -> str | None:
        user = self._list.row if self.is_mounted else None
        if user is None or name in ("add", "pin"):
            return None
        if name == "disable":
            return "早已停用" if user.state != "active" else None
        if user.role == Role.COURIER:
            return "揽投员凭胸牌交接，没有密码"
        is_allowed = user.code == self._own or self.desk.signed_in().role == Role.ADMINISTRATOR
        return None if is_allowed else "别人的密码由本人改，忘记了由系统管理员另设"

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another line."""
        self.refresh_keys()

    def on_record_list_opened(self) -> None:
        """Enter on a line."""
        self.do_look()

    # --- new people

    def do_add(self) -> None:
        """Ask for the role, then for the rest."""
        choices = [(role.value, word(role)) for role in Role]
        self.app.push_screen(Pick("新增哪种职责的人员？", choices), self._role_chosen)

    def _role_chosen(self, role: str | None) -> None:
        if role is not None:
            self._ask_person(Role(role), {})

    def _ask_person(self, role: Role, given: Given, wrong: Explained | None = None) -> None:
        text = (
            "先设一个密码，请本人登录后自己改，再设 PIN。" if role != Role.COURIER else "新增后即有胸牌号。"
        )
        form = Form(f"新增{word(role)}", person.asked(role, given), text=text, wrong=wrong, done="新增")
        self.app.push_screen(form, partial(self._person_given, role))

    def _person_given(self, role: Role, given: Given | None) -> None:
        if given is not None:
            again = partial(self._ask_person, role, given)
            self._try(lambda desk: self._added(desk, role, given), self._told_added, again)

    def _added(self, desk: Desk, role: Role, given: Given) -> User:
        return users.add_user(desk, person.new_user(role, given), self._policy)

    async def _told_added(self, user: User) -> None:
        badge = f"，胸牌号 {user.badge}" if user.badge else ""
        await self._done(f"已新增{word(user.role)} {user.code}{badge}。")
        codes = [each.code for each in self._list.rows]
        self._list.to(codes.index(user.code))

    def do_disable(self) -> None:
        """Disable, after a question."""
        user = self._list.row
        if user is None:
            return
        text = f"{user.code} {_name(user)}（{word(user.role)}）停用后不能登录、不能复核；工号不再给别人用。"
        self.app.push_screen(
            Confirm("停用这个人员吗？", text, yes="停用", safe=True), partial(self._disable, user)
        )

    def _disable(self, user: User, yes: bool | None) -> None:
        if yes:
            self.counter.perform(
                lambda desk: users.disable_user(desk, user.code),
                lambda done: self._done(f"{done.code} 已停用。"),
            )

    # --- secrets

    def do_password(self) -> None:
        """The own password, or as administrator another's."""
        if self._list.row is not None:
            self._ask_password(self._list.row.code)

    def _ask_password(self, code: str, wrong: Explained | None = None) -> None:
        own = code == self._own
        asked = [Asked("old", "原密码", required=True, secret=True)] if own else []
        title, text = (
            ("改本人的密码", _PASSWORD_TEXT) if own else (f"为 {code} 另设密码", "请本人登录后马上自己改。")
        )
        form = Form(title, [*asked, *person.new_password()], text=text, wrong=wrong, done="改密码")
        self.app.push_screen(form, partial(self._password_given, code))

    def _password_given(self, code: str, given: Given | None) -> None:
        if given is not None:
            self._try(
                lambda desk: self._password_set(desk, code, given),
                lambda user: self._done(f"{user.code} 的密码已改。"),
                partial(self._ask_password, code),
            )

    def _password_set(self, desk: Desk, code: str, given: Given) -> User:
        new = person.twice(given, "password", "密码")
        return users.set_password(desk, code, new, old=given.get("old"), policy=self._policy)

    def do_pin(self) -> None:
        """The own PIN."""
        self._ask_pin()

    def _ask_pin(self, wrong: Explained | None = None) -> None:
        text = "解锁屏幕、作第二人确认都用它。不要用生日、工号、连号。"
        form = Form(f"设本人的 PIN（{self._own}）", person.new_pin(), text=text, wrong=wrong, done="设 PIN")
        self.app.push_screen(form, self._pin_given)

    def _pin_given(self, given: Given | None) -> None:
        if given is not None:
            self._try(
                lambda desk: users.set_pin(desk, desk.signed_in().code, person.twice(given, "pin", "PIN")),
                lambda _: self._done("本人的 PIN 已设。"),
                self._ask_pin,
            )

    # --- looking

    def do_look(self) -> None:
        """One person in detail; of a courier the number that the badge carries."""
        user = self._list.row
        if user is None:
            return
        lines = [
            f"{user.code}　{_name(user)}",
            f"职责：{word(user.role)}　状态：{word(user.state)}",
            f"加入：{minute(user.added_at)}　最近改动：{minute(user.changed_at)} 由 {user.changed_by or '—'}",
            _secrets(user) if user.role != Role.COURIER else f"胸牌号：{user.badge}（印成条码贴在胸牌上）",
        ]
        self.app.push_screen(Reading("人员", "\n".join(lines)))

    # --- telling

    def _try(
        self,
        act: Callable[[Desk], User],
        done: Callable[[User], object],
        again: Callable[[Explained], object],
    ) -> None:
        """Do it; a refusal stands in the form, which is asked again."""
        self.counter.perform(act, done, refused=again)

    async def _done(self, text: str) -> None:
        self.counter.done(text)
        await self.load()
        self.refresh_keys()


def _name(user: User) -> str:
    return masking.mask("name", user.name) or ""


def _cells(user: User) -> tuple[str, ...]:
    sign = "✓" if user.state == "active" else "✗"
    state = f"{sign} {word(user.state)}"
    return user.code, _name(user), word(user.role), state, user.badge or "", minute(user.added_at)


def _secrets(user: User) -> str:
    password = f"密码已设（第 {user.password_version} 个）" if user.password_version else "没有密码"
    return f"{password}　PIN {'已设' if user.pin_version else '未设'}"


OPENS = UsersScreen
