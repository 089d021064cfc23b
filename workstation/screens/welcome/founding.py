"""新建大厅: one form with the first people below it, and the founding itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from textual.containers import VerticalScroll
from textual.widget import Widget

from workstation.acts import users
from workstation.acts.users import NewUser
from workstation.domain.roles import Role
from workstation.domain.words import word
from workstation.errors import Explained, on_screen
from workstation.policies import PasswordPolicy
from workstation.screens.base import CounterScreen, Do
from workstation.screens.dialogs import Form, Pick, Refusal
from workstation.screens.users import person
from workstation.screens.welcome import plan
from workstation.screens.welcome.plan import Seat
from workstation.screens.welcome.recovery import RecoveryScreen
from workstation.widgets.field import Choice, Field, Tick, field_id
from workstation.widgets.record_list import Column, RecordList
from workstation.widgets.words import Words

_HEADS = (Column("职责", 12), Column("工号", 10), Column("姓名", 14, flexible=True), Column("", 24))


class FoundingScreen(CounterScreen):
    """The form of a new hall; nothing of it is kept anywhere before the hall is there."""

    CSS_PATH = "screen.tcss"
    TITLE_WORD = "新建大厅"
    KEPT = "这张表不存草稿：里面有密码。离开就要重填。"
    DOES = (
        Do("found", "建立", "ctrl+s", "jl", "核对后建立大厅，然后抄恢复单"),
        Do("add", "加人", "f2", "jr", "首批人员再加一位"),
        Do("remove", "去掉", "f4", "qd", "去掉光标所在的人"),
    )
    explains = (
        "填好每一行，到下面的首批人员按 Enter 逐个填。密钥至少有一个去处：密钥文件（放在数据目录之外）、"
        "钥匙环或入网口令；口令还能让别的窗口入网。填完按 Ctrl+S。"
    )

    def __init__(self) -> None:
        super().__init__()
        self._seats: list[Seat] = [Seat(role) for role in plan.NEEDED]
        self._is_founding = False

    def body(self) -> Iterator[Widget]:
        """The hall, its key, and the people."""
        with VerticalScroll(id="founding-fields", can_focus=False):
            yield from plan.fields()
        yield Words("首批人员（Enter 填写；密码、PIN 只在这里设一次，之后各人自己改）", id="people-head")
        yield RecordList[Seat](_HEADS, _cells, id="people")

    def on_mount(self) -> None:
        """Begin with the name; a keyring is offered where there is one."""
        self._show()
        self.query(Field).first(Field).focus()
        self.run_worker(self._offer_keyring(), group="open")

    async def _offer_keyring(self) -> None:
        if await self.counter.has_keyring():
            tick = Tick("keyring", "密钥存进本机钥匙环")
            await self.query_one("#founding-fields").mount(tick, after="#field-key-file")

    @property
    def unsaved(self) -> str | None:
        """Whether anything has been typed."""
        typed = any(value != plan.PREFILLED.get(name, "") for name, value in self._values.items())
        return "新建大厅的表还没有提交。" if typed or any(seat.person for seat in self._seats) else None

    @property
    def _people(self) -> RecordList[Seat]:
        return self.query_one("#people", RecordList)

    @property
    def _values(self) -> dict[str, str]:
        return {str(w.name): w.value for w in self.query("Field, Choice") if isinstance(w, Field | Choice)}

    def on_field_changed(self, event: Field.Changed) -> None:
        """What was said of it is past."""
        changed, values = event.field, self._values
        changed.note(plan.said(str(changed.name), changed.value, values))
        if changed.name == "passphrase":
            self._field("again").note(plan.said("again", values["again"], values))

    def on_field_entered(self, event: Field.Entered) -> None:
        """Enter: the next line."""
        event.stop()
        self.focus_next()

    def on_choice_entered(self, event: Choice.Entered) -> None:
        """Enter: the next line."""
        event.stop()
        self.focus_next()

    # --- people

    def why_not(self, name: str) -> str | None:
        """Those without whom no hall works stay."""
        if name == "remove" and self.is_mounted:
            seat = self._people.row
            if seat is not None and sum(each.role == seat.role for each in self._seats) == 1:
                return f"至少要有一位{word(seat.role)}" if seat.role in plan.NEEDED else None
        return None

    def on_record_list_highlighted(self) -> None:
        """The cursor stands on another line."""
        self.refresh_keys()

    def on_record_list_opened(self, event: RecordList.Opened) -> None:
        """Enter on a line."""
        self._ask(self._seats.index(event.row))

    def do_add(self) -> None:
        """One more of some role."""
        choices = [(role.value, word(role)) for role in Role]
        self.app.push_screen(Pick("哪种职责？", choices), self._added)

    def _added(self, role: str | None) -> None:
        if role is not None:
            self._seats.append(Seat(Role(role)))
            self._show(len(self._seats) - 1)
            self._ask(len(self._seats) - 1)

    def do_remove(self) -> None:
        """Take the one under the cursor off the list."""
        if self._people.row is not None:
            self._seats.remove(self._people.row)
            self._show(self._people.cursor)

    def _ask(self, at: int, wrong: Explained | None = None, typed: dict[str, str] | None = None) -> None:
        seat = self._seats[at]
        asked = person.asked(seat.role, typed or person.typed(seat.person), with_pin=True)
        self.app.push_screen(
            Form(f"首批人员：{word(seat.role)}", asked, wrong=wrong), partial(self._told, at)
        )

    def _told(self, at: int, given: dict[str, str] | None) -> None:
        if given is None:
            return
        seat = self._seats[at]
        try:
            new = users.checked(person.new_user(seat.role, given), PasswordPolicy())
        except Explained as error:
            self._ask(at, error, given)
            return
        self._seats[at] = Seat(seat.role, new)
        self._show(at + 1)
        self._people.focus()

    def _show(self, at: int = 0) -> None:
        self._people.show(self._seats, at=at)
        self.refresh_keys()

    # --- founding

    def do_found(self) -> None:
        """Found it, if all is there."""
        if self._is_founding:
            return
        people = [seat.person for seat in self._seats if seat.person]
        faults = plan.faults(self._values)
        for name, fault in faults.items():
            self._field(name).wrong(fault)
        if faults:
            self._field(next(iter(faults))).focus()
            self.counter.attention(f"还有 {len(faults)} 项要改，见各行右边。")
        elif len(people) < len(self._seats):
            self._people.focus()
            self.counter.attention("首批人员还没有填完：Enter 填写，不要的按 F4 去掉。")
        else:
            self._is_founding = True
            self.counter.attention("正在建立大厅，请稍候……")
            self.run_worker(self._found(people), group="tasks")

    async def _found(self, people: Sequence[NewUser]) -> None:
        try:
            recovery = await self.counter.found(self._plan(people))
        except Explained as error:
            self._is_founding = False
            self._refused(error)
            return
        self.counter.done("大厅已建立。请抄下恢复单。")
        self.app.switch_screen(RecoveryScreen(recovery))

    def _plan(self, people: Sequence[NewUser]) -> dict[str, Any]:
        values = self._values
        key_file = values["key_file"].strip()
        return {
            **{name: values[name] for name in plan.PLAIN},
            "digit": int(values["digit"]),
            "window": int(values["window"]),
            "key_file": str(Path(key_file).expanduser()) if key_file else None,
            "keyring": values.get("keyring") == "yes",
            "passphrase": values["passphrase"] or None,
            "users": tuple(people),
        }

    def _refused(self, error: Explained) -> None:
        name = plan.field_of(error)
        if name is None:
            self.app.push_screen(Refusal(error))
            return
        self.counter.attention(f"没有建立，请看“{plan.LABELS[name]}”一行。")
        self._field(name).focus().wrong(on_screen(error.why))

    def _field(self, name: str) -> Field:
        return self.query_one(f"#{field_id(name)}", Field)


def _cells(seat: Seat) -> tuple[str, str, str, str]:
    new = seat.person
    if new is None:
        return word(seat.role), "", "", "· 未填"
    if new.role == Role.COURIER:
        return word(new.role), new.code, new.name, "✓ 凭胸牌交接"
    return word(new.role), new.code, new.name, "✓ 密码  " + ("✓ PIN" if new.pin else "· 没有 PIN")
