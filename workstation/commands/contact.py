"""Noun `contact` 联系登记: who was tried to be reached about a case, and whose next try is due."""

from __future__ import annotations

from argparse import Namespace

from workstation.acts import contacts
from workstation.commands import output, shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument
from workstation.commands.session import Context
from workstation.domain.contact import Contact
from workstation.domain.times import minute
from workstation.domain.words import word

HELP = "联系登记：记录联系申请人、代办人或业务属地，列出到期该再联系的"


def register(verbs: Verbs) -> None:
    """The verbs of a contact."""
    verbs.add(
        "add",
        _add,
        help="登记一次联系",
        shows="13502031012632400012 --who applicant --outcome no_answer \\\n    --next 2026-11-23 --as 1001",
        arguments=_ADD,
    )
    number = argument("number", metavar="编号", nargs="?", help="办件编号；不写则列出到期该再联系的")
    verbs.add(
        "list",
        _list,
        help="列出一件的联系，或到期该再联系的",
        shows=("--as 1001", "13502031012632400012 --as 1001"),
        arguments=[number],
    )


_CHANNEL = "、".join(f"{code} {name}" for code, name in contacts.CHANNELS.items())
_ADD = (
    argument("number", metavar="编号", help="办件编号；联系业务属地时也可写送件编号"),
    argument(
        "--who",
        required=True,
        choices=contacts.WHO,
        help="applicant 申请人，agent 代办人，home_office 业务属地",
    ),
    argument(
        "--outcome",
        required=True,
        choices=contacts.OUTCOMES,
        help="、".join(f"{code} {word(code)}" for code in contacts.OUTCOMES),
    ),
    argument("--channel", default="phone", choices=tuple(contacts.CHANNELS), help=_CHANNEL),
    argument("--next", metavar="日期", help="下次联系的日期，如 2026-11-23"),
    argument("--note", help="说明"),
)


def _add(context: Context, args: Namespace) -> Result:
    contact = contacts.add(
        context.desk(),
        args.number,
        who=args.who,
        channel=args.channel,
        outcome=args.outcome,
        next_on=args.next,
        note=args.note,
    )
    again = f"，下次 {contact.next_on}" if contact.next_on else ""
    said = f"已登记联系：{contact.case_number} {_who(contact)} {word(contact.outcome)}{again}"
    return Result({"contact": _record(contact)}, text=said)


def _list(context: Context, args: Namespace) -> Result:
    found = contacts.listed(context.desk(), args.number)
    rows = [(c.case_number, minute(c.at), _who(c), _way(c), word(c.outcome), c.next_on, c.by) for c in found]
    text = output.table(("办件", "时间", "联系谁", "方式", "结果", "下次", "经办"), rows)
    return Result({"contacts": [_record(contact) for contact in found]}, text=text)


def _who(contact: Contact) -> str:
    return word(contact.who)


def _way(contact: Contact) -> str:
    return f"{contacts.CHANNELS[contact.channel]} {contact.number or ''}".strip()


def _record(contact: Contact) -> dict[str, object]:
    # The number was masked before it was kept.
    return {**shown.record(contact), "number": contact.number}
