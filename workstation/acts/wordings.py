"""The wording of the hall's papers: looked at, put in force, and back to what came with the workstation.

A wording is tried before (`trials`); a paper keeps the one it was printed with (`editions`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from forms import documents
from workstation.acts import editions, refusals, trials
from workstation.acts.desk import Desk
from workstation.acts.facts import known
from workstation.acts.facts.known import Rows
from workstation.domain.roles import Role
from workstation.domain.wording import Wording, WordingState
from workstation.domain.words import word
from workstation.errors import Refused, command
from workstation.store.work import Reading, Work

SHORTEST = 8
"""Characters of a digest by which a wording may be asked for."""


@dataclass(frozen=True)
class Named:
    """A fact that a wording may name."""

    name: str
    label: str
    sample: str


def listed(desk: Desk) -> list[Wording]:
    """Of each document the wording in force; `since` is 0 where nobody has ever changed it."""
    desk.signed_in()
    with desk.reading() as reading:
        return [_in_force(reading, document) for document in documents.names()]


def all_of(desk: Desk, document: str) -> list[Wording]:
    """Every wording of a document that was printed with or in force, the present one first."""
    desk.signed_in()
    name = trials.known_document(document)
    with desk.reading() as reading:
        present = _in_force(reading, name)
        others = [one for one in reading.wordings.where(document=name) if one.digest != present.digest]
    return [present, *sorted(others, key=lambda one: one.since, reverse=True)]


def show(desk: Desk, document: str, digest: str | None = None) -> Wording:
    """The wording in force, or the one whose digest begins like this."""
    wordings = all_of(desk, document)
    if digest is None:
        return wordings[0]
    found = [one for one in wordings if one.digest.startswith(digest.lower())]
    if len(digest) < SHORTEST or len(found) != 1:
        raise _no_such(document, digest)
    return found[0]


def facts(document: str) -> list[Named]:
    """All that a document's wording may name, the cells of a list with the list's own label before."""
    there = known.of(trials.known_document(document))
    lists = {name: fact.label for name, fact in there.items() if isinstance(fact, Rows)}
    return [
        Named(name, "·".join([*(_list_of(name, lists)), fact.label]), fact.sample)
        for name, fact in known.named(there)
    ]


def set_wording(desk: Desk, document: str, text: str) -> Wording:
    """更改文书措辞: papers from now on are printed with this text; those printed before keep theirs."""
    # Drawn before the transaction, during which nobody else could write.
    trial = trials.tried(document, text)
    with desk.act("set_wording") as work:
        second = _second(desk, "set_wording")
        if editions.in_force(work, trial.document) == trial.text:
            raise _unchanged(trial.document)
        _retire(work, trial.document)
        if trial.text != documents.shipped(trial.document):
            _put_in_force(work, trial, desk.signed_in().code, second)
        return _noted(work, trial.document)


def reset_wording(desk: Desk, document: str) -> Wording:
    """恢复文书原文: from now on as it came with the workstation."""
    name = trials.known_document(document)
    with desk.act("reset_wording") as work:
        _second(desk, "reset_wording")
        if editions.own(work, name) is None:
            raise _not_own(name)
        _retire(work, name)
        return _noted(work, name)


def _in_force(reading: Reading, document: str) -> Wording:
    if current := editions.own(reading, document):
        return current
    text = documents.shipped(document)
    formers = reading.wordings.where(document=document, state=WordingState.FORMER)
    last = max(formers, key=lambda one: one.changed_at, default=None)
    since, by = (last.changed_at, last.changed_by) if last else (0, "")
    return Wording(document, documents.digest(text), text, WordingState.SHIPPED, since, by)


def _list_of(name: str, lists: dict[str, str]) -> list[str]:
    label = lists.get(name.partition(".")[0])
    return [label] if label else []


def _second(desk: Desk, act: str) -> str | None:
    """A supervisor does it alone; who administers the system needs one beside (design §5)."""
    return None if desk.signed_in().role == Role.SUPERVISOR else desk.confirmed(act)


def _retire(work: Work, document: str) -> None:
    if current := editions.own(work, document):
        work.wordings.save(replace(current, state=WordingState.FORMER))


def _put_in_force(work: Work, trial: trials.Trial, by: str, second: str | None) -> None:
    digest = documents.digest(trial.text)
    wording = Wording(
        trial.document, digest, trial.text, WordingState.CURRENT, since=work.now, by=by, second=second
    )
    former = work.wordings.get(trial.document, digest)
    if former is None:
        work.wordings.add(wording)
    else:
        work.wordings.save(replace(wording, version=former.version))


def _noted(work: Work, document: str) -> Wording:
    present = _in_force(work, document)
    work.object = document
    work.facts = {"document": document, "digest": present.digest, "state": present.state}
    return present


def _unchanged(document: str) -> Refused:
    return Refused(
        "wording-unchanged",
        what=f"{word(document)}的文字没有变化，没有更改。",
        why="现在用的就是这份文字，一个字也不差。",
        next="不必更改；确有改动的，请核对是不是选错了文件。",
    )


def _not_own(document: str) -> Refused:
    return Refused(
        "own-wording-not-found",
        what=f"{word(document)}没有改过文字，不用恢复。",
        why="现在用的就是系统原文。",
        next="不必恢复；要换文字，请更改文书措辞。（命令：wording set）",
    )


def _no_such(document: str, digest: str) -> Refused:
    return Refused(
        "wording-not-found",
        what=f"没有摘要以 {refusals.shown(digest)} 开头的{word(document)}文字。",
        why=f"本大厅没有用它出过纸，也没有启用过；摘要至少写前 {SHORTEST} 位，并且只能指一份。",
        next=f"请从列出的各份文字里选。{command(f'wording list {document}')}",
    )
