"""Who works which line of the queue: claimed 认领, let go 放回, given to another 改派, looked at 阅.

A line is handed in as it was seen: what it stands for, and the version of what had been said of it. The shift
handover 交接班 gives all one's lines to another and prints the sheet that both sign, in one act.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from workstation.acts import papers, queue, refusals
from workstation.acts.desk import Desk
from workstation.acts.facts import shift_handover
from workstation.acts.queue import REASONS, Line, Policies
from workstation.domain.paper import Paper
from workstation.domain.people import User
from workstation.domain.queue import Claim, ClaimState
from workstation.domain.roles import COUNTER, Role
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.errors import Refused
from workstation.store.work import Reading, Work

KIND = "shift_handover"


@dataclass(frozen=True)
class Handover:
    """One 交接班单, and how many lines went over with it."""

    paper: Paper
    to: str
    lines: int


def named(lines: Iterable[Line], keys: Sequence[str]) -> list[Line]:
    """The lines of these names, out of those of the queue; one that is not there any more is refused."""
    known = {line.key: line for line in lines}
    for key in keys:
        if key not in known:
            raise _gone(key)
    return [known[key] for key in dict.fromkeys(keys)]


def claim(desk: Desk, lines: Sequence[Line]) -> list[Claim]:
    """认领: these are mine now; refused if one of them is another's."""
    me = desk.signed_in().code
    with desk.act("claim_line") as work:
        for line in lines:
            held = _holding(work, line)
            if held and held.holder != me:
                raise _held_by_another(line, held)
        return _written(work, lines, ClaimState.CLAIMED, me)


def release(desk: Desk, lines: Sequence[Line]) -> list[Claim]:
    """放回: nobody works them any more; a clerk only the own ones."""
    me = desk.signed_in()
    with desk.act("release_line") as work:
        for line in lines:
            held = _holding(work, line)
            if held is None:
                raise _not_held(line)
            if held.holder != me.code and me.role != Role.SUPERVISOR:
                raise _held_by_another(line, held)
        return _written(work, lines, ClaimState.RELEASED, "")


def reassign(desk: Desk, lines: Sequence[Line], to: str) -> list[Claim]:
    """改派: another works them from now on; refused if somebody has said something else of one meanwhile."""
    with desk.act("reassign_line") as work:
        holder = _worker(work, to)
        for line in lines:
            _unchanged(work, line if desk.seen is None else replace(line, version=desk.seen))
        work.facts = {"to": holder.code}
        return _written(work, lines, ClaimState.CLAIMED, holder.code)


def see(desk: Desk, lines: Sequence[Line]) -> list[Claim]:
    """阅: looked at; only of what nothing is left to be done about."""
    me = desk.signed_in().code
    with desk.act("see_line") as work:
        for line in lines:
            if not line.is_looked_at:
                raise _to_be_done(line)
        return _written(work, lines, ClaimState.SEEN, me)


def workers(desk: Desk) -> list[User]:
    """Who may be given lines: everybody at the counter."""
    with desk.reading() as reading:
        active = reading.users.where(state="active")
    return [user for user in active if user.role in COUNTER]


def hand_over(desk: Desk, to: str, *, policies: Policies | None = None) -> Handover:
    """交接班: the sheet with all that is open, and what I work goes to another, in one act."""
    me = desk.signed_in().code
    desk.may("print_shift_handover")
    lines = queue.listed(desk, policies=policies)
    mine = [line for line in lines if line.holder == me]
    with desk.act("print_shift_handover") as work:
        holder = _worker(work, to)
        if holder.code == me:
            raise _to_oneself(me)
        for line in mine:
            _unchanged(work, line)
        _written(work, mine, ClaimState.CLAIMED, holder.code)
        work.object = local(work.now).date().isoformat()
        work.facts = {"to": holder.code, "lines": len(mine)}
        facts = shift_handover.facts(
            desk.hall, work.stamp.window or 0, lines, mine=mine, people=(me, holder.code), now=work.now
        )
        return Handover(papers.promise(work, KIND, work.object, facts), holder.code, len(mine))


# --- what was said of a line


def _holding(work: Work, line: Line) -> Claim | None:
    """Who works it, for any of its reasons, as it is now."""
    for reason in (line, *line.also):
        known = work.claims.get(reason.key)
        if known and known.state == ClaimState.CLAIMED and known.since == reason.since:
            return known
    return None


def _unchanged(work: Work, line: Line) -> None:
    """Refused if something was said of the line since it was seen, by whomever."""
    known = work.claims.get(line.key)
    held = _holding(work, line)
    if (known.version if known else 0) != line.version or (held.holder if held else "") != line.holder:
        raise _changed_meanwhile(line, known or held)


def _written(work: Work, lines: Sequence[Line], state: ClaimState, holder: str) -> list[Claim]:
    work.object = lines[0].object if len(lines) == 1 else ""
    work.facts = {**work.facts, "lines": len(lines)}
    return [_write(work, line, state, holder) for line in lines]


def _write(work: Work, line: Line, state: ClaimState, holder: str) -> Claim:
    if line.case_number:
        work.mention(line.case_number)
    for other in line.also:  # what was claimed for a lesser reason is the same thing
        if (known := work.claims.get(other.key)) and known.state == ClaimState.CLAIMED:
            work.claims.save(replace(known, state=ClaimState.RELEASED, holder=""))
    known = work.claims.get(line.key)
    if known is None:
        return work.claims.add(
            Claim(line.key, line.reason, line.object, state=state, holder=holder, since=line.since)
        )
    said = replace(known, state=state, holder=holder, since=line.since)
    return known if said == known else work.claims.save(said)


def _worker(reading: Reading, code: str) -> User:
    """Somebody who works at the counter; nobody else is given a line."""
    user = reading.users.get(refusals.readable("user", code))
    if user is None:
        raise refusals.not_found("user", code)
    if user.state != "active" or user.role not in COUNTER:
        raise _no_worker(user)
    return user


# --- refusals


def _name(line: Line) -> str:
    return f"{line.title} {line.object}"


def _gone(key: str) -> Refused:
    reason, _, object_ = refusals.shown(key).partition(":")
    title = REASONS[reason].title if reason in REASONS else reason
    return Refused(
        "line-not-found",
        what=f"督办队列里没有“{title} {object_}”这一行，没有办理。",
        why="它已经办了、阅了，或者名称有误。",
        next="请从现在的队列里选。（命令：queue list）",
    )


def _held_by_another(line: Line, held: Claim) -> Refused:
    return Refused(
        "line-held",
        what=f"“{_name(line)}”已有人在办，没有办理。",
        why=f"{held.holder} 在办（{minute(held.changed_at)} {word(held.changed_act)}）。",
        next="请选别的，或请值班长改派。（命令：queue reassign）",
    )


def _not_held(line: Line) -> Refused:
    return Refused(
        "line-not-held",
        what=f"“{_name(line)}”没有人认领，不用放回。",
        why="放回的只是认领了的。",
        next="请选有人在办的。（命令：queue list --mine）",
    )


def _to_be_done(line: Line) -> Refused:
    return Refused(
        "line-to-be-done",
        what=f"“{_name(line)}”要办，不能只阅，没有记。",
        why="阅了就从队列里消失；要办的事办了才消失。",
        next=f"请办“{word(line.act)}”，或认领、改派。（命令：queue claim）",
    )


def _changed_meanwhile(line: Line, known: Claim | None) -> Refused:
    last = (
        f"{known.changed_by} 于 {minute(known.changed_at)} “{word(known.changed_act)}”" if known else "已放回"
    )
    now = f"，现在由 {known.holder} 办" if known and known.holder else ""
    return Refused(
        "changed-meanwhile",
        what=f"“{_name(line)}”在您查看之后已被改动，本次未办理。",
        why=f"最近一次改动：{last}{now}。",
        next="请重新查看队列后再办。（命令：queue list）",
    )


def _no_worker(user: User) -> Refused:
    why = "已停用" if user.state != "active" else f"是{word(user.role)}"
    return Refused(
        "line-no-worker",
        what=f"{user.code} 不能办队列里的事，没有办理。",
        why=f"{user.code} {why}；队列由在岗的{'、'.join(word(role) for role in sorted(COUNTER))}办。",
        next="请选一位在岗的同事。（命令：user list）",
    )


def _to_oneself(code: str) -> Refused:
    return Refused(
        "handover-to-oneself",
        what="交接班不能交给自己，没有出具。",
        why=f"交班的和接班的都是 {code}。",
        next="请写接班的同事。（命令：--to 工号）",
    )
