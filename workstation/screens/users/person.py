"""What is asked about a person to be added, by role: a courier has a badge and nothing secret."""

from __future__ import annotations

from collections.abc import Mapping

from workstation.acts.users import NewUser
from workstation.domain.roles import Role
from workstation.errors import WrongUsage
from workstation.screens.dialogs import Asked


def typed(new: NewUser | None) -> dict[str, str]:
    """What of a person is shown again: nothing secret."""
    return {"code": new.code, "name": new.name} if new else {}


def asked(role: Role, given: Mapping[str, str], *, with_pin: bool = False) -> list[Asked]:
    """The lines of the form; what was typed before stands in them, secrets are typed anew."""
    lines = [
        Asked(
            "code", "工号", value=given.get("code", ""), required=True, explains="3 至 8 位数字，不重复使用。"
        ),
        Asked("name", "姓名", value=given.get("name", ""), required=True),
    ]
    if role == Role.COURIER:
        return lines
    lines += new_password()
    if with_pin:
        lines += new_pin(required=False)
    return lines


def new_password() -> list[Asked]:
    """A password, typed twice."""
    return [
        Asked(
            "password", "密码", required=True, secret=True, explains="大写、小写、数字、其他字符中至少三类。"
        ),
        Asked("password_again", "密码再输", required=True, secret=True),
    ]


def new_pin(*, required: bool = True) -> list[Asked]:
    """A PIN, typed twice."""
    explains = "6 位不规则的数字：解锁屏幕，作第二人确认。"
    return [
        Asked("pin", "PIN", required=required, secret=True, explains=explains),
        Asked("pin_again", "PIN 再输", required=required, secret=True),
    ]


def new_user(role: Role, given: Mapping[str, str]) -> NewUser:
    """The person as typed; refused where what was typed twice differs."""
    return NewUser(
        code=given["code"],
        name=given["name"],
        role=role,
        password=twice(given, "password", "密码") if "password" in given else None,
        pin=(twice(given, "pin", "PIN") or None) if "pin" in given else None,
    )


def twice(given: Mapping[str, str], name: str, label: str) -> str:
    """What was typed twice alike."""
    if given[name] != given[f"{name}_again"]:
        raise WrongUsage(
            "typed-differently",
            what=f"两遍{label}不相同，没有改动。",
            why="其中一遍打错了。",
            next=f"请把{label}重新输入两遍。",
        )
    return given[name]
