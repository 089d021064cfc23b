"""身份核验: who was looked at, how, with what outcome; by hand or after a failure with a second person.

A look from afar 远程视频 keeps its picture, for the second look on the day (图片信息归档核查).
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Required, TypedDict, Unpack

from forms import identifiers
from forms.identifiers import plain_text
from workstation.acts import checks, labels, pictures, refusals, revealing, steps
from workstation.acts.desk import Desk
from workstation.acts.revealing import REASONS
from workstation.acts.waiting import waits
from workstation.domain.case import Case, Evidence, Identity
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.work import Work

METHODS = ("in_person", "e_licence", "video", "manual")
"""人证目视 · 电子证照 · 远程视频 · 人工录入（无法读证）."""
OUTCOMES = ("passed", "failed")
SUBJECTS = ("applicant", "agent")

#: What each method has to tell of a look.
_TELLS: Mapping[str, tuple[str, ...]] = {
    "in_person": (),
    "e_licence": ("licence",),
    "video": ("participants", "held_at", "picture"),
    "manual": ("reason",),
}
_MISSING = {
    "licence": ("没有写明出示的是哪一份电子证照", "请写明证照上标明的名称和标识。（命令：--licence）"),
    "participants": ("没有写明参加视频的人", "请写明视频双方参加的人员。（命令：--participants）"),
    "held_at": ("没有写明视频的时间", "请写明日期和时间。（命令：--held-at 2026-11-20T09:00）"),
    "picture": ("没有附图片", "请把视频画面存为 JPEG 或 PNG 附上，供归档核查。（命令：--picture）"),
    "reason": ("没有写明原因", "请写明为何不能读证。（命令：--reason）"),
}
#: What only one method tells; the others take nothing of it in (PIPL Art. 6: no more than is needed).
_PARTICULARS = ("licence", "participants", "held_at", "picture")


class Said(TypedDict, total=False):
    """What is said of one look."""

    method: Required[str]
    outcome: Required[str]
    subject: str | None
    """applicant · agent; None: who stands at the counter."""
    reason: str | None
    participants: str | None
    held_at: int | None
    """When a look from afar took place, epoch ms."""
    licence: str | None


class Looked(Said, total=False):
    """One look, with the picture of a look from afar."""

    picture: bytes | None


class _Kept(Said, total=False):
    picture: str | None
    """In Base64: an act that waits is kept as JSON."""


@dataclass(frozen=True)
class Look:
    """One look at a person's document and face."""

    method: str
    outcome: str
    subject: str
    participants: str | None = None
    held_at: int | None = None
    licence: str | None = None


def identify(desk: Desk, number: str, **looked: Unpack[Looked]) -> Case:
    """Record one identity act; the document's check digit proves nothing about its bearer (domain §5.3)."""
    _coded(looked)
    _told_enough(looked)
    if (held_at := looked.get("held_at")) is not None and held_at > desk.store.now():
        raise checks.usage(
            "held-at-future", f"视频的时间 {minute(held_at)} 还没有到。", "请核对日期、时间后再填。"
        )
    return _identify(
        desk,
        number,
        method=looked["method"],
        outcome=looked["outcome"],
        subject=looked.get("subject"),
        reason=_text("reason", looked.get("reason")),
        participants=_text("participants", looked.get("participants")),
        held_at=looked.get("held_at"),
        licence=_text("licence", looked.get("licence")),
        picture=_portable(looked.get("picture")),
    )


@waits("identify")
def _identify(desk: Desk, number: str, **said: Unpack[_Kept]) -> Case:
    with desk.act("identify") as work:
        case = steps.for_act(desk, work.cases, steps.find_case(work, number), "identify")
        look = _look(case, said)
        if look.outcome == "passed" and look.method != "manual":
            _document_is_valid(work, case, look)
        second = desk.confirmed("identify") if _needs_two(case, look) else None
        identity = note(work, case, look, second=second, reason=said.get("reason"))
        if picture := said.get("picture"):
            _keep(work, identity, base64.b64decode(picture))
        work.facts = {"method": look.method, "outcome": look.outcome, "subject": look.subject}
        if look.subject == "agent":
            return work.cases.save(replace(case, agent_identity=look.outcome))
        return work.cases.save(replace(case, identity=look.outcome))


def evidence(desk: Desk, identity: str, *, reason: str = "verify") -> tuple[Evidence, bytes]:
    """The picture of one look, in clear: a look at personal data, which the journal keeps as any 查看明文."""
    checks.one_of("reason", reason, tuple(REASONS))
    with desk.act("reveal") as work:
        is_name = not plain_text.forbidden(identity)
        found = work.evidence.get(_evidence_id(identity)) if is_name else None
        if found is None:
            raise _no_evidence(identity)
        number = work.object = found.case_number
        work.facts = {"reason": reason, "evidence": found.id}
        revealing.look_at(work, number, reason=reason)
        return found, found.picture


def note(
    work: Work, case: Case, look: Look, *, second: str | None = None, reason: str | None = None
) -> Identity:
    """Write a look down, in whatever act it was taken."""
    count = len(work.identities.where(case_number=case.number)) + 1
    return work.identities.add(
        Identity(
            id=f"{case.number}-i{count}",
            case_number=case.number,
            at=work.now,
            by=work.stamp.operator or "",
            second=second,
            reason=reason,
            **vars(look),
        )
    )


def _coded(looked: Looked) -> None:
    checks.one_of("method", looked["method"], METHODS)
    checks.one_of("outcome", looked["outcome"], OUTCOMES)
    if (subject := looked.get("subject")) is not None:
        checks.one_of("subject", subject, SUBJECTS)


def _told_enough(looked: Looked) -> None:
    """Everything the method needs, and nothing that another one needs."""
    told, method = dict(looked), looked["method"]
    for name in _TELLS[method]:
        if told.get(name) in (None, "", b""):
            why, then = _MISSING[name]
            code = f"{name.replace('_', '-')}-missing"
            raise checks.usage(code, f"{word(method)}核验{why}。", then)
    for name in _PARTICULARS:
        if told.get(name) is not None and name not in _TELLS[method]:
            raise checks.usage(
                "not-of-method",
                f"{word(method)}核验不用“{labels.label(name)}”。{labels.at(name)}",
                f"请去掉“{labels.label(name)}”，或改用相应的核验方式。（命令：--method）",
            )


def _text(place: str, text: str | None) -> str | None:
    return checks.field(place, plain_text.validate, text) if text else None


def _portable(picture: bytes | None) -> str | None:
    if not picture:
        return None
    pictures.media_type(picture)
    return base64.b64encode(picture).decode()


def _look(case: Case, said: _Kept) -> Look:
    """The look, at whom it was; a legal person has no face."""
    subject = said.get("subject") or case.bearer
    if subject == "agent":
        checks.has_agent(case)
    elif case.applicant_id_kind in identifiers.OF_ORGANISATIONS:
        raise Refused(
            "subject-not-a-person",
            what=f"{case.number} 的申请人是单位，不能核验“本人”，没有记录。",
            why="单位没有可以当面核对的证件和面容，要核验的是到窗口来的经办人。",
            next="请核验经办人。（命令：--subject agent）",
        )
    return Look(
        said["method"],
        said["outcome"],
        subject,
        participants=said.get("participants"),
        held_at=said.get("held_at"),
        licence=said.get("licence"),
    )


def _needs_two(case: Case, look: Look) -> bool:
    """By hand, and where a failed look at the same person is turned into a passed one."""
    latest = case.agent_identity if look.subject == "agent" else case.identity
    return look.method == "manual" or (latest == "failed" and look.outcome == "passed")


def _document_is_valid(work: Work, case: Case, look: Look) -> None:
    valid_to = case.agent_valid_to if look.subject == "agent" else case.applicant_valid_to
    today = local(work.now).date().isoformat()
    if valid_to is not None and valid_to < today:
        raise Refused(
            "document-expired",
            what=f"{word(look.subject)}的证件已过期，{word(look.method)}核验不能通过。",
            why=f"登记的证件有效期至 {valid_to}，今天是 {today}。",
            next="请出示有效证件后再核验；确需办理的，写明原因并由第二人复核，"
            "用人工录入。（命令：--method manual --reason 原因 --second 工号）",
        )


def _keep(work: Work, identity: Identity, picture: bytes) -> Evidence:
    return work.evidence.add(
        Evidence(
            id=_evidence_id(identity.id),
            case_number=identity.case_number,
            identity=identity.id,
            at=identity.at,
            by=identity.by,
            media_type=pictures.media_type(picture),
            size=len(picture),
            sm3=work.keys.journal("evidence.picture", picture),
            picture=picture,
        )
    )


def _evidence_id(identity: str) -> str:
    return f"{identity}-e1"


def _no_evidence(identity: str) -> Refused:
    return Refused(
        "evidence-not-found",
        what=f"身份核验 {refusals.shown(identity)} 没有存图片。",
        why="没有这个编号的核验，或它不是远程视频核验：只有远程视频核验才存图片。",
        next="请在办件页查看各次核验的编号和方式。（命令：case show 办件编号）",
    )
