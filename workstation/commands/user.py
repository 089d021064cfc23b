"""Noun `user`: the people who work here."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import users
from workstation.acts.inputs import Input
from workstation.acts.users import EXAMPLE_USER, NewUser
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context, secret_missing
from workstation.domain.people import User
from workstation.domain.roles import Role
from workstation.domain.words import word

HELP = "人员：新增、列表、设密码、设 PIN、停用"


class NewPassword(Input, frozen=True, kw_only=True):
    """A new password."""

    password: str


class NewPin(Input, frozen=True, kw_only=True):
    """A new PIN."""

    pin: str


def register(verbs: Verbs) -> None:
    """The verbs of `user`."""
    verbs.add(
        "add",
        _add,
        help="新增人员（系统管理员）；密码用 JSON、WORKSTATION_NEW_PASSWORD 或当面输入",
        shows=("--code 1003 --name 林示例 --role clerk --as 9001", "--json - --as 9001 < 人员.json"),
        arguments=_ADD,
        reads=(NewUser, EXAMPLE_USER),
    )
    verbs.add("list", _list, help="列出人员", shows="--as 9001")
    verbs.add(
        "password",
        _password,
        help="改自己的密码；系统管理员可为忘记密码的人另设",
        shows=("--as 1001", "1002 --as 9001"),
        arguments=[argument("code", nargs="?", help="工号；不写就是自己")],
        reads=(NewPassword, NewPassword(password="Xin-Mima-2026")),
    )
    verbs.add("pin", _pin, help="设自己的 6 位 PIN", shows="--as 1001", reads=(NewPin, NewPin(pin="730184")))
    verbs.add(
        "disable",
        _disable,
        help="停用人员（系统管理员）",
        shows="1002 --as 9001",
        arguments=[argument("code", help="工号")],
    )


_ADD = (
    argument("--code", help="工号，3 至 8 位数字"),
    argument("--name", help="姓名"),
    argument("--role", choices=[role.value for role in Role], help="职责"),
)


def _add(context: Context, args: Namespace) -> Result:
    new = context.read(NewUser) if context.has_input else _from_flags(context, args)
    desk = context.desk()
    user = users.add_user(desk, new, context.open().settings.password)
    return _result(user, f"已新增{word(user.role)} {user.code}。")


def _from_flags(context: Context, args: Namespace) -> NewUser:
    if not (args.code and args.name and args.role):
        # No input and not enough flags: the same refusal as for any verb that reads JSON.
        return context.read(NewUser)
    password = None
    if args.role != Role.COURIER:
        password = _new_secret(context, "WORKSTATION_NEW_PASSWORD", f"{args.code} 的新密码")
    return NewUser(code=args.code, name=args.name, role=Role(args.role), password=password)


def _list(context: Context, args: Namespace) -> Result:  # noqa: ARG001
    found = users.list_users(context.desk())
    rows = [(u.code, shown.mask("name", u.name), word(u.role), _state(u), u.badge) for u in found]
    text = output.table(("工号", "姓名", "职责", "状态", "工牌"), rows)
    return Result({"users": [shown.record(user) for user in found]}, text=text)


def _password(context: Context, args: Namespace) -> Result:
    desk = context.desk()
    code = args.code or desk.signed_in().code
    if context.has_input:
        new = context.read(NewPassword).password
    else:
        new = _new_secret(context, "WORKSTATION_NEW_PASSWORD", f"{code} 的新密码")
    old = context.password() if code == desk.signed_in().code else None
    user = users.set_password(desk, code, new, old=old, policy=context.open().settings.password)
    return _result(user, f"{code} 的密码已改。")


def _pin(context: Context, args: Namespace) -> Result:  # noqa: ARG001
    desk = context.desk()
    if context.has_input:
        pin = context.read(NewPin).pin
    else:
        pin = _new_secret(context, "WORKSTATION_NEW_PIN", "新 PIN（6 位数字）")
    user = users.set_pin(desk, desk.signed_in().code, pin)
    return _result(user, "PIN 已设。")


def _disable(context: Context, args: Namespace) -> Result:
    user = users.disable_user(context.desk(), args.code)
    return _result(user, f"{user.code} 已停用。")


def _new_secret(context: Context, variable: str, what: str) -> str:
    secret = context.secret(variable, what)
    if secret is None:
        raise secret_missing("new-secret-missing", what, variable)
    return secret


def _state(user: User) -> str:
    return "在用" if user.state == "active" else "停用"


def _result(user: User, text: str) -> Result:
    return Result({"user": shown.record(user)}, text=text)
