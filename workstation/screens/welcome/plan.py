"""What the form of a new hall asks, what stands beside each field, and which field a refusal is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from workstation.acts import entry, labels
from workstation.acts.users import NewUser
from workstation.domain.roles import Role
from workstation.errors import Explained
from workstation.widgets.field import Choice, Field

LABELS = {
    "name": "大厅名称",
    "division": "行政区划",
    "digit": "大厅序号",
    "window": "本窗口号",
    "address": "地址",
    "postcode": "邮编",
    "phone": "电话",
    "key_file": "密钥文件",
    "passphrase": "入网口令",
    "again": "再输一遍",
}
EXPLAINS = {
    "name": "印在纸面和信封上的寄件单位。",
    "division": "本厅所在县（市、区）的 6 位行政区划代码。",
    "digit": "本区划里的第几个大厅，1 至 8。",
    "window": "这台机器在几号窗口，1 至 99。",
    "address": "寄件地址，写到门牌。",
    "key_file": "放在数据目录之外、只有本用户能读的地方。不用密钥文件就清空。",
    "passphrase": "不少于 12 个字。别的窗口凭它入网；本机没有密钥文件和钥匙环时，每次启动都要输入。",
    "again": "口令再输一遍，以免打错。",
}
#: Fields that go into the plan as they are typed.
PLAIN = ("name", "division", "address", "postcode", "phone")
#: Without one of each a hall cannot work: somebody sets it up, somebody serves, somebody confirms.
NEEDED = (Role.ADMINISTRATOR, Role.SUPERVISOR, Role.CLERK)
#: What stands in the form before anything is typed.
PREFILLED = {"digit": "1", "window": "1", "key_file": "~/.config/workstation/hall.key", "keyring": "no"}
_SECRET = ("passphrase", "again")
#: Refusals that do not name their field.
_OF_CODE = {
    "window-impossible": "window",
    "passphrase-too-short": "passphrase",
    "key-place": "key_file",
}


@dataclass(frozen=True)
class Seat:
    """A place on the list of first people, and who has it."""

    role: Role
    person: NewUser | None = None


def fields() -> Iterator[Field | Choice]:
    """A line for each thing asked."""
    for name, label in LABELS.items():
        explains = EXPLAINS.get(name, "")
        if name == "digit":
            yield Choice(name, label, {str(digit): str(digit) for digit in range(1, 9)}, explains=explains)
        else:
            yield Field(name, label, PREFILLED.get(name, ""), secret=name in _SECRET, explains=explains)


def said(name: str, value: str, values: Mapping[str, str]) -> str:
    """What follows from what is typed, for beside the field."""
    if name == "division" and value:
        division = entry.division(value)
        return division.words if division else "6 位数字"
    if name == "passphrase" and value:
        return f"{len(value)} 个字"
    if name == "again" and value:
        return "两遍相同" if value == values.get("passphrase") else "还不相同"
    return ""


def faults(values: Mapping[str, str]) -> dict[str, str]:
    """What is missing or cannot be read as a number, by field; the rest is checked where it is founded."""
    found = {name: "必填" for name in (*PLAIN, "window") if not values[name].strip()}
    window = values["window"].strip()
    if window and not (window.isascii() and window.isdigit() and len(window) < 3):
        found["window"] = "1 至 99"
    if values["passphrase"] != values["again"]:
        found["again"] = "两遍不相同，请重输"
    return found


def field_of(error: Explained) -> str | None:
    """The field a refusal is about; None: it is about something else."""
    if error.code in _OF_CODE:
        return _OF_CODE[error.code]
    if error.code.startswith("key-file"):
        return "key_file"
    name = labels.named(error)
    return name if name in LABELS and name != "digit" else None
