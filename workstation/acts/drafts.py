"""草稿: kept, parked, gone on with, discarded; and used up by the act they become. They are no acts.

Nothing here needs the store but the question what a draft has become: while the hall's server is away, drafts
go on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Protocol

from workstation.acts import checks, refusals
from workstation.domain import roles
from workstation.domain.draft import KINDS, Beginning, Body, Draft, is_id, is_object, word
from workstation.domain.people import User
from workstation.domain.times import minute
from workstation.errors import Explained, OutsideFailed, Refused, command
from workstation.store.drafts import DraftChanged, DraftMissing, Drafts, DraftsSetAside
from workstation.store.protocols import StoreFailed
from workstation.store.work import Reading, Work

_CODE = re.compile(r"[0-9]{3,8}")

#: Why the drafts' file could not be used, and what to do. What is on the screen is still there.
REASONS = {
    "disk_full": ("磁盘已满，写不进去。", "请清理磁盘（可先清出纸盘）后再存，存好之前不要关闭。"),
    "read_only": ("数据目录只读，不能写入。", "请管理员检查目录权限；期间请直接办理，不要关闭。"),
    "unreachable": ("草稿文件打不开。", "请检查数据目录是否还在。"),
    "busy": ("草稿文件正被别的程序占用，等待超时。", "请稍候重试。"),
    "damaged": ("草稿文件已损坏，也没能移到一旁。", "请管理员移走该文件；期间请直接办理，不要关闭。"),
    "foreign": (
        "草稿文件的位置上是别的数据库。",
        "请管理员核对后移走它；本系统没有改动它。",
    ),
    "newer": ("草稿文件由更新版本的工作站写过，本版本不认识。", "请升级工作站程序后再用。"),
    "network_file_system": ("数据目录在网络文件系统上，文件锁不可靠。", "请放到本机磁盘。"),
    "failed": ("草稿文件读写失败。", "请联系管理员检查。（命令：doctor）"),
}


class AtWindow(Protocol):
    """What drafts need to know of a desk."""

    @property
    def window(self) -> int:
        """Number of the window."""

    @property
    def operator(self) -> User | None:
        """Who is at it."""

    @property
    def drafts(self) -> Drafts | None:
        """The drafts of its home."""

    @property
    def readonly(self) -> bool:
        """Whether it only looks."""

    def became(self, drafts: Iterable[str]) -> Mapping[str, str] | None:
        """What has become of those drafts that an act has used; None while the store cannot be asked."""


@dataclass(frozen=True)
class Alone:
    """A window whose hall's server is away: whoever gives a code is believed, since no act can be done."""

    window: int
    drafts: Drafts
    operator: User
    readonly: bool = False

    @classmethod
    def of(cls, window: int, drafts: Drafts, *, operator: str) -> Alone:
        """The window with this person at it; what is no code is refused, it would be kept in clear."""
        if not _CODE.fullmatch(operator):
            raise checks.usage("user-code-form", "给的不是工号。（命令：--as）", "工号为 3 至 8 位数字。")
        return cls(window, drafts, User(code=operator))

    def became(self, drafts: Iterable[str]) -> None:  # noqa: ARG002 - nobody can be asked
        """Unknown."""
        return


@dataclass(frozen=True)
class Listing:
    """The drafts a person can go on with here."""

    drafts: tuple[Draft, ...]
    checked: bool
    """Whether the store was asked which of them have been used; if not, all are shown."""


def begin(desk: AtWindow, kind: str, body: Body, *, object: str | None = None, title: str = "") -> Draft:
    """Begin a draft with what has been typed so far."""
    operator = _signed_in(desk)
    if kind not in KINDS:
        raise checks.usage(
            "draft-kind",
            f"没有“{refusals.shown(kind)}”这种草稿。",
            "请从要办的事开始新的草稿。" + command("可用 " + "、".join(KINDS)),
        )
    if object is not None and not is_object(object):
        raise checks.usage("draft-object", "草稿的对象不是编号。", "请写办件、送件或封套的编号，或不写。")
    _may(operator, kind)
    with told():
        return _writable(desk).begin(Beginning(kind, object, operator.code, desk.window), body, title)


def save(
    desk: AtWindow, draft_id: str, body: Body, *, title: str | None = None, seen: int | None = None
) -> Draft:
    """Keep a draft as it stands now; called at each change, so the store is not asked."""
    _own(desk, draft_id)
    with told():
        return _writable(desk).save(draft_id, body, title=title, seen=seen)


def park(desk: AtWindow, draft_id: str) -> Draft:
    """Lay a draft aside for later."""
    _unused(desk, draft_id)
    with told():
        return _writable(desk).park(draft_id)


def resume(desk: AtWindow, draft_id: str) -> Draft:
    """Go on with a draft, whoever at this window began it."""
    show(desk, draft_id)
    with told():
        return _writable(desk).resume(draft_id)


def show(desk: AtWindow, draft_id: str) -> Draft:
    """A draft with all that was typed."""
    draft = _unused(desk, draft_id)
    if draft.body is None:
        raise _broken(draft)
    return draft


def content(desk: AtWindow, draft_id: str) -> bytes:
    """What was typed, as JSON."""
    return json.dumps(show(desk, draft_id).body).encode()


def listed(desk: AtWindow, *, state: str | None = None) -> Listing:
    """One's own drafts and those of this window, oldest first; what an act has used is dropped."""
    operator = _signed_in(desk)
    with told():
        found = [draft for draft in _kept(desk.drafts).listed() if _is_at_hand(desk, operator, draft)]
    became = desk.became([draft.id for draft in found])
    _drop_used(desk, became or ())
    left = [draft for draft in found if draft.id not in (became or {}) and state in (None, draft.state)]
    return Listing(tuple(left), checked=became is not None)


def discard(desk: AtWindow, draft_id: str, *, confirmed: bool = False) -> Draft:
    """Throw a draft away, once somebody has said that it is meant; gives it as it was."""
    draft = _unused(desk, draft_id)
    if not confirmed:
        raise _not_confirmed(draft)
    with told():
        _writable(desk).discard(draft_id)
    return draft


def sync(desk: AtWindow) -> None:
    """Bring to the disk what was saved since the last time."""
    with told():
        _kept(desk.drafts).sync()


def whose(draft: Draft) -> str:
    """Who began it where and when, in words."""
    return f"{draft.operator} 于 {minute(draft.begun_at)} 在第 {draft.window} 号窗口开始的{word(draft.kind)}"


# --- the draft an act was written in


@dataclass(frozen=True)
class NamedDraft:
    """A draft that an act uses up: named in its journal entry, and dropped after the commit.

    Killed in between, the journal knows it: it can be used no second time and leaves the list unasked.
    """

    drafts: Drafts | None
    id: str
    missing: Explained | None = None
    """Why it cannot be used, if it is not in the file."""

    @classmethod
    def of(cls, drafts: Drafts | None, draft_id: str | None) -> NamedDraft | None:
        """The draft an act names, looked up before its transaction."""
        if draft_id is None:
            return None
        if not is_id(draft_id):
            raise _not_found(draft_id)
        try:
            with told():
                _kept(drafts).get(draft_id)
        except Explained as missing:
            return cls(drafts, draft_id, missing)
        return cls(drafts, draft_id)

    def use(self, work: Work) -> None:
        """Name it in the act's entry; refused if another act has named it."""
        number = outcome(work, self.id)
        if number is not None:
            raise _used(self.id, number)
        if self.missing:
            raise self.missing
        work.mention(self.id)

    def drop(self) -> None:
        """Take it out of the file; if that fails, the next look at the list does it."""
        with suppress(StoreFailed, DraftMissing, DraftsSetAside):
            if self.drafts:
                self.drafts.discard(self.id)


def outcome(reading: Reading, draft_id: str) -> str | None:
    """Number of what the draft became, if an act has used it."""
    entries = reading.journal_of(draft_id)
    return entries[0].object if entries else None


# --- guards


def _signed_in(desk: AtWindow) -> User:
    if desk.operator is None:
        raise refusals.nobody_signed_in()
    return desk.operator


def _may(operator: User, kind: str) -> None:
    """Whoever may not do the act has no draft of it; while the server is away, nobody's role is known."""
    act = KINDS[kind]
    if operator.role and not roles.may(operator.role, act):
        raise refusals.wrong_role(operator.role, act)


def _own(desk: AtWindow, draft_id: str) -> Draft:
    """A draft of this person or this window."""
    operator = _signed_in(desk)
    if not is_id(draft_id):
        raise _not_found(draft_id)
    with told():
        draft = _kept(desk.drafts).get(draft_id)
    if not _is_at_hand(desk, operator, draft):
        raise _elsewhere(draft)
    _may(operator, draft.kind)
    return draft


def _unused(desk: AtWindow, draft_id: str) -> Draft:
    """The same, unless an act has used it: then it is dropped, and what it became is told."""
    _signed_in(desk)
    became = desk.became([draft_id]) if is_id(draft_id) else None
    if became:
        _drop_used(desk, became)
        raise _used(draft_id, became[draft_id])
    return _own(desk, draft_id)


def _drop_used(desk: AtWindow, used: Iterable[str]) -> None:
    for draft_id in () if desk.readonly else used:
        NamedDraft(desk.drafts, draft_id).drop()


def _is_at_hand(desk: AtWindow, operator: User, draft: Draft) -> bool:
    return draft.operator == operator.code or draft.window == desk.window


def _writable(desk: AtWindow) -> Drafts:
    if desk.readonly:
        raise refusals.read_only()
    return _kept(desk.drafts)


def _kept(drafts: Drafts | None) -> Drafts:
    if drafts is None:
        raise Refused(
            "drafts-none",
            what="这里不存草稿。",
            why="这个办理处没有自己的数据目录。",
            next="请直接办理。",
        )
    return drafts


# --- in words


@contextmanager
def told() -> Iterator[None]:
    """What the drafts' file raises leaves as an `Explained`."""
    try:
        yield
    except StoreFailed as error:
        raise _failed(error) from error
    except DraftsSetAside as error:
        raise _set_aside(error) from error
    except DraftMissing as error:
        raise _not_found(str(error)) from error
    except DraftChanged as error:
        raise _changed(error) from error


def _failed(error: StoreFailed) -> OutsideFailed:
    why, then = REASONS[error.reason]
    detail = f"（{error.detail}）" if error.detail else ""
    return OutsideFailed(
        f"drafts-{error.reason.replace('_', '-')}",
        what="草稿没有存成或读成。",
        why=f"{why}{detail}",
        next=then,
    )


def _set_aside(error: DraftsSetAside) -> OutsideFailed:
    return OutsideFailed(
        "drafts-set-aside",
        what="草稿文件已损坏，里面的草稿读不出来了。",
        why=f"文件内容不对；已原样移到 {error.path}，没有删除。",
        next="请重新开始草稿或直接办理（办件不受影响），并请管理员检查磁盘和移走的文件。",
    )


def key_away(error: Refused) -> Refused:
    """No hall key here, while the server that could give it is away."""
    if error.code != "key-missing":
        return error
    return Refused(
        "drafts-key-away",
        what="连不上大厅的数据库服务器，草稿也打不开。",
        why="本机没有自己的大厅密钥，要凭入网口令到服务器上取。",
        next="请等服务器恢复；不想靠它的，请系统管理员把密钥存进密钥文件或钥匙环。（命令：key enrol）",
    )


def _not_found(draft_id: str) -> Refused:
    return Refused(
        "draft-not-found",
        what=f"没有草稿 {refusals.shown(draft_id)}。",
        why="本机的草稿里查不到它：已办成、已丢弃，或编号有误；草稿只在开始它的那台机器上。",
        next="请从现有的草稿里选。（命令：draft list）",
    )


def _used(draft_id: str, number: str) -> Refused:
    return Refused(
        "draft-used",
        what=f"草稿 {draft_id} 已经办成了，没有再办一次。",
        why=f"留痕账上它已成为 {number}。",
        next=f"请查看 {number}；要另办一件，请重新填写。",
    )


def _changed(error: DraftChanged) -> Refused:
    return Refused(
        "draft-changed-meanwhile",
        what="草稿在您查看之后已被改动，本次没有存。",
        why=f"同一窗口有人在继续填写（您看到的是第 {error.seen} 版，现在是第 {error.version} 版）。",
        next="请重新打开草稿后再改。",
    )


def _elsewhere(draft: Draft) -> Refused:
    return Refused(
        "draft-of-another-window",
        what=f"草稿 {draft.id} 不在您手上，没有动它。",
        why=f"它是{whose(draft)}；只有本人和同一窗口的人可以继续。",
        next=f"请到 {draft.window} 号窗口办理，或请 {draft.operator} 继续。（命令：--window {draft.window}）",
    )


def _broken(draft: Draft) -> OutsideFailed:
    return OutsideFailed(
        "draft-broken",
        what=f"草稿 {draft.id} 打不开。",
        why=f"它是{whose(draft)}；大厅密钥已更换，或它被改动过。",
        next=f"密钥换错了请换回；不要了就丢弃它。（命令：draft discard {draft.id} --yes）",
    )


def _not_confirmed(draft: Draft) -> Refused:
    return Refused(
        "draft-not-confirmed",
        what=f"草稿 {draft.id} 还在，没有丢弃。",
        why=f"它是{whose(draft)}；丢弃后找不回来。",
        next="确定不要了，再丢弃一次并确认；以后再填，先放着。"
        f"（命令：draft discard {draft.id} --yes、draft park {draft.id}）",
    )
