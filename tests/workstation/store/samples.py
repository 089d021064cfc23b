"""A record of every kind with every column filled, and a small ledger that holds them all, journalled."""

from __future__ import annotations

from dataclasses import replace
from types import UnionType
from typing import Any, get_args, get_type_hints

from tests.engines import STAMP
from workstation.domain.case import CaseState
from workstation.domain.codes import Kind
from workstation.domain.consignment import ConsignmentState
from workstation.domain.envelope import BatchState, EnvelopeState
from workstation.domain.mail import OrderState
from workstation.domain.printing import PrintState
from workstation.store import tables
from workstation.store.ledger import Store
from workstation.store.tables import Table
from workstation.store.work import Records, Work

#: Rare characters, signs that mean something to SQL, drivers or markup, and white space.
HARD_TEXT = "𬱟𪾢䶮 '\";%s :x $1 \\ [b]·\n\t　é"

#: The act and the state in which the life cycle lets a record begin.
BEGINNINGS = {
    "cases": ("register", CaseState.REGISTERED),
    "consignments": ("register", ConsignmentState.PACKING),
    "envelopes": ("pack", EnvelopeState.OPEN),
    "batches": ("open_batch", BatchState.OPEN),
    "print_jobs": ("print_paper", PrintState.WAITING),
    "mail_orders": ("order_again", OrderState.WAITING),
}
#: Tables whose first key is a number of ours, and its kind.
NUMBERED = {"cases": Kind.CASE, "batches": Kind.BATCH, "papers": Kind.FACE}


def a_record(table: Table[Any], seed: int, *, full: bool = True) -> Any:
    """A record with a different value in every column; not `full`: without the columns that may be empty."""
    hints = get_type_hints(table.kind)
    values = {name: _a_value(hints[name], f"{name}{seed}", full) for name in table.columns}
    record = table.kind(**values)
    return replace(record, version=1) if table.versioned else record


def _a_value(kind: Any, name: str, full: bool) -> Any:
    if isinstance(kind, UnionType):
        if not full:
            return None
        kind = get_args(kind)[0]
    if kind is int:
        return sum(name.encode()) + 2**40
    return mark(name).encode() + b"\0\xff" if kind is bytes else mark(name) + HARD_TEXT


def mark(name: str) -> str:
    """How the text of a column begins, in words that stand nowhere else."""
    return f"<{name}>"


def fill(store: Store, copies: int = 2) -> None:
    """Add records to every table but the hall's own, each in an act that may begin it."""
    filled = [table for table in tables.LEDGER.values() if table is not tables.HALLS]
    for seed, table in enumerate(filled * copies):
        act, _ = BEGINNINGS.get(table.name, ("try", ""))
        with store.transaction(replace(STAMP, act=act)) as work:
            _add(work, table, seed)


def _add(work: Work, table: Table[Any], seed: int) -> None:
    record = a_record(table, seed)
    if table.name in BEGINNINGS:
        record = replace(record, state=BEGINNINGS[table.name][1])
    if table.name in NUMBERED:
        record = replace(record, number=work.number(NUMBERED[table.name]))
    if table is tables.USERS:
        record = replace(record, badge=work.number(Kind.BADGE))
    work.object = str(table.key_of(record)[0])
    Records(work, table).add(record)
