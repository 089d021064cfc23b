"""联系登记, asked in one form: whom, by what, with what outcome, and when to try again."""

from __future__ import annotations

from workstation.acts import contacts
from workstation.acts.desk import Desk
from workstation.domain.case import Case
from workstation.domain.contact import Contact
from workstation.domain.times import minute
from workstation.domain.words import word
from workstation.screens.arrivals.asking import Given, Question
from workstation.screens.dialogs import Asked


def question(case: Case, consignment: str | None = None, *, who: str = "applicant") -> Question:
    """About a case; a home office may be called only where its consignment is named."""
    known = {"applicant": "申请人", **({"agent": "代办人"} if case.agent_name else {})}
    if consignment:
        known["home_office"] = "业务属地"

    def add(desk: Desk, given: Given) -> Contact:
        called = given.text("who")
        return contacts.add(
            desk,
            consignment if called == "home_office" and consignment else case.number,
            who=called,
            channel=given.text("channel"),
            outcome=given.text("outcome"),
            next_on=given.text("next_on") or None,
            note=given.text("note") or None,
        )

    return Question(
        title="联系登记",
        asked=(
            Asked("who", "联系谁", known, who),
            Asked("outcome", "结果", {code: word(code) for code in contacts.OUTCOMES}),
            Asked("channel", "方式", contacts.CHANNELS),
            Asked("next_on", "下次联系", explains="日期，如 2026-11-25；不用再联系就不填。"),
            Asked("note", "说明"),
        ),
        act=add,
        told=lambda contact: f"已登记联系：{told(contact)}",
    )


def told(contact: Contact) -> str:
    """One try, in one line."""
    channel = contacts.CHANNELS.get(contact.channel, contact.channel)
    again = f"，下次 {contact.next_on}" if contact.next_on else ""
    return f"{minute(contact.at)} {channel}联系{word(contact.who)}：{word(contact.outcome)}{again}"
