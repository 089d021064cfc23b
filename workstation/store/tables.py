"""Which record lies in which table under which key, and the three statements every such table has."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from typing import Any, Generic, TypeVar

from workstation.domain.case import Case, Evidence, Identity, Notice, Piece, Reveal, Row
from workstation.domain.consignment import Consignment
from workstation.domain.contact import Contact, ExternalNumber, Rating
from workstation.domain.day_close import DayClose, DayReason, MonthClose
from workstation.domain.deadlines import Pause, YearTable
from workstation.domain.envelope import Batch, BatchLine, Content, Envelope, Task, Waybill
from workstation.domain.fields import field_names, personal_fields, secret_fields
from workstation.domain.guide import Guide, GuideRow, ItemVersion
from workstation.domain.history import ArchivePacket, ColumnMap, OldCase, Rescue
from workstation.domain.mail import Carrier, MailEvent, MailOrder, PoolNumber, Postage, TaskStep
from workstation.domain.office import Agreement, Office
from workstation.domain.paper import Paper, PaperBody
from workstation.domain.people import Hall, User, Waiting
from workstation.domain.pledge import LicenceDefect, Pledge
from workstation.domain.printing import Calibration, Printer, PrintJob, Route
from workstation.domain.queue import Claim
from workstation.domain.sampling import Sample, SampleLine
from workstation.domain.wording import Wording

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Table(Generic[T]):
    """A table of the ledger: every column of its records but the secret ones is carried by the journal."""

    name: str
    kind: type[T]
    key: tuple[str, ...]

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """All columns of the record, without `hall`."""
        return field_names(self.kind)

    @cached_property
    def personal(self) -> frozenset[str]:
        """Columns that are encrypted."""
        return personal_fields(self.kind)

    @cached_property
    def journalled(self) -> tuple[str, ...]:
        """Columns the journal carries."""
        return tuple(c for c in self.columns if c not in self.secret)

    @cached_property
    def secret(self) -> frozenset[str]:
        """Columns the journal does not carry."""
        return secret_fields(self.kind)

    @cached_property
    def versioned(self) -> bool:
        """Whether the record counts its changes and names the latest."""
        return "version" in self.columns

    def record(self, columns: Mapping[str, Any]) -> T:
        """The record with these columns, all of them.

        Past the constructor, which sets each field of a frozen dataclass by a call of its own; in a small act
        that alone took a sixth of its time.
        """
        made = object.__new__(self.kind)
        vars(made).update(columns)
        return made

    def key_of(self, record: T) -> tuple[Any, ...]:
        """The key values of a record."""
        values = vars(record)
        return tuple([values[c] for c in self.key])

    def place(self, key: tuple[Any, ...], column: str) -> str:
        """The name of a field, bound into its encrypted value and its digest."""
        return f"{self.name}.{column}|{'|'.join(map(str, key))}"

    def differing(self, before: T, after: T) -> tuple[str, ...]:
        """Columns in which two records of one key are not the same."""
        pairs = zip(self.columns, self._values_of(vars(before)), self._values_of(vars(after)), strict=True)
        return tuple([column for column, old, new in pairs if old is not new and old != new])

    @cached_property
    def _values_of(self) -> Callable[[Mapping[str, Any]], tuple[Any, ...]]:
        return itemgetter(*self.columns)

    @cached_property
    def insert(self) -> str:
        """INSERT of one record."""
        names = ("hall", *self.columns)
        return f"INSERT INTO {self.name} ({_quoted(names)}) VALUES ({', '.join(':' + n for n in names)})"

    def update(self, columns: tuple[str, ...]) -> str:
        """UPDATE of some columns of one record, by its key."""
        return _update(self, columns)

    def select(self, by: tuple[str, ...]) -> str:
        """SELECT of the records in which the columns `by` have given values, in key order."""
        return _select(self, by)

    @cached_property
    def selection(self) -> str:
        """SELECT … FROM …, to be completed by a statement of its own."""
        return f"SELECT {_quoted(self.columns)} FROM {self.name}"


@cache
def _update(table: Table[Any], columns: tuple[str, ...]) -> str:
    changing = ", ".join(f'"{c}" = :{c}' for c in columns)
    return f"UPDATE {table.name} SET {changing} WHERE {_equal(table.key)}"


@cache
def _select(table: Table[Any], by: tuple[str, ...]) -> str:
    return f"{table.selection} WHERE {_equal(by)} ORDER BY {_quoted(table.key)}"


def _quoted(names: tuple[str, ...]) -> str:
    """Quoted, because `window` is a word of SQL."""
    return ", ".join(f'"{n}"' for n in names)


def _equal(names: tuple[str, ...]) -> str:
    return " AND ".join(f'"{n}" = :{n}' for n in ("hall", *names))


HALLS = Table("halls", Hall, ("id",))
USERS = Table("users", User, ("code",))
CASES = Table("cases", Case, ("number",))
ROWS = Table("checklist_rows", Row, ("case_number", "row_id"))
PIECES = Table("pieces", Piece, ("id",))
IDENTITIES = Table("identities", Identity, ("id",))
REVEALS = Table("reveals", Reveal, ("id",))
NOTICES = Table("notices", Notice, ("id",))
CONSIGNMENTS = Table("consignments", Consignment, ("id",))
ENVELOPES = Table("envelopes", Envelope, ("number",))
CONTENTS = Table("contents", Content, ("envelope", "consignment"))
BATCHES = Table("batches", Batch, ("number",))
BATCH_LINES = Table("batch_lines", BatchLine, ("batch", "envelope"))
WAYBILLS = Table("waybills", Waybill, ("id",))
TASKS = Table("tasks", Task, ("id",))
PAPERS = Table("papers", Paper, ("number",))
PAPER_BODIES = Table("paper_bodies", PaperBody, ("number",))
WAITING = Table("waiting", Waiting, ("id",))
EVIDENCE = Table("evidence", Evidence, ("id",))
ITEM_VERSIONS = Table("item_versions", ItemVersion, ("id",))
GUIDES = Table("guides", Guide, ("id",))
GUIDE_ROWS = Table("guide_rows", GuideRow, ("guide", "row_id"))
OFFICES = Table("offices", Office, ("code",))
AGREEMENTS = Table("agreements", Agreement, ("id",))
PLEDGES = Table("pledges", Pledge, ("id",))
LICENCE_DEFECTS = Table("licence_defects", LicenceDefect, ("id",))
CONTACTS = Table("contacts", Contact, ("id",))
RATINGS = Table("ratings", Rating, ("id",))
EXTERNAL_NUMBERS = Table("external_numbers", ExternalNumber, ("id",))
PRINTERS = Table("printers", Printer, ("name",))
CALIBRATIONS = Table("calibrations", Calibration, ("printer", "stock"))
ROUTES = Table("routes", Route, ("window", "use"))
PRINT_JOBS = Table("print_jobs", PrintJob, ("id",))
WORDINGS = Table("wordings", Wording, ("document", "digest"))
CARRIERS = Table("carriers", Carrier, ("name",))
POOL_NUMBERS = Table("pool_numbers", PoolNumber, ("number",))
MAIL_ORDERS = Table("mail_orders", MailOrder, ("id",))
MAIL_EVENTS = Table("mail_events", MailEvent, ("id",))
TASK_STEPS = Table("task_steps", TaskStep, ("task", "step"))
POSTAGES = Table("postages", Postage, ("id",))
YEAR_TABLES = Table("year_tables", YearTable, ("scope", "year"))
PAUSES = Table("pauses", Pause, ("id",))
CLAIMS = Table("claims", Claim, ("line",))
SAMPLES = Table("samples", Sample, ("id",))
SAMPLE_LINES = Table("sample_lines", SampleLine, ("sample", "case_number"))
DAY_REASONS = Table("day_reasons", DayReason, ("id",))
DAY_CLOSES = Table("day_closes", DayClose, ("id",))
MONTH_CLOSES = Table("month_closes", MonthClose, ("id",))
RESCUES = Table("rescues", Rescue, ("id",))
OLD_CASES = Table("old_cases", OldCase, ("id",))
COLUMN_MAPS = Table("column_maps", ColumnMap, ("heads",))
ARCHIVES = Table("archives", ArchivePacket, ("id",))

#: Every table the journal answers for.
LEDGER: Mapping[str, Table[Any]] = {
    table.name: table
    for table in (
        HALLS,
        USERS,
        CASES,
        ROWS,
        PIECES,
        IDENTITIES,
        NOTICES,
        REVEALS,
        CONSIGNMENTS,
        ENVELOPES,
        CONTENTS,
        BATCHES,
        BATCH_LINES,
        WAYBILLS,
        TASKS,
        PAPERS,
        PAPER_BODIES,
        WAITING,
        EVIDENCE,
        ITEM_VERSIONS,
        GUIDES,
        GUIDE_ROWS,
        OFFICES,
        AGREEMENTS,
        PLEDGES,
        LICENCE_DEFECTS,
        CONTACTS,
        RATINGS,
        EXTERNAL_NUMBERS,
        PRINTERS,
        CALIBRATIONS,
        ROUTES,
        PRINT_JOBS,
        WORDINGS,
        CARRIERS,
        POOL_NUMBERS,
        MAIL_ORDERS,
        MAIL_EVENTS,
        TASK_STEPS,
        POSTAGES,
        YEAR_TABLES,
        PAUSES,
        CLAIMS,
        SAMPLES,
        SAMPLE_LINES,
        DAY_REASONS,
        DAY_CLOSES,
        MONTH_CLOSES,
        RESCUES,
        OLD_CASES,
        COLUMN_MAPS,
        ARCHIVES,
    )
}

#: By table and column: what a schema step gives to the records that were there before the column.
DEFAULTS: Mapping[tuple[str, str], Any] = {
    (table.name, each.name): each.default
    for table in LEDGER.values()
    for each in dataclasses.fields(table.kind)
    if each.default is not dataclasses.MISSING
}
