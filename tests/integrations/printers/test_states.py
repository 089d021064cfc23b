"""What printers and jobs say, and what the clerk reads."""

from __future__ import annotations

import re

import pytest

from integrations import printers
from integrations.printers import PrinterError, Unreadable, states
from integrations.printers.messages import (
    BOOLEAN,
    ENUM,
    INTEGER,
    JOB,
    KEYWORD,
    NAME_IN,
    PRINTER,
    TEXT,
    Attribute,
    Group,
    Message,
    Value,
    Worded,
    one,
)
from integrations.printers.states import CONDITIONS, Job, Status

LATIN = re.compile(r"[a-z]", re.IGNORECASE)

AWAY = "The printer may not exist or is unavailable at this time."


def test_every_condition_is_told_in_chinese() -> None:
    """Each row says what happened; no row has a machine's word in it, and none says the same as another."""
    assert all(condition.what for condition in CONDITIONS.values())
    assert not [c.id for c in CONDITIONS.values() if LATIN.search(c.what + c.next)]
    assert len({condition.what for condition in CONDITIONS.values()}) == len(CONDITIONS)


def test_every_error_has_a_condition() -> None:
    """There is no error the clerk is not told about."""
    errors = [e for e in vars(printers).values() if isinstance(e, type) and issubclass(e, PrinterError)]

    assert len(errors) > 6
    assert not [error.__name__ for error in errors if error.condition not in CONDITIONS]
    assert states.condition_of(Unreadable()).id == "unreadable"


@pytest.mark.parametrize(
    "sure", ["unreachable", "lost", "unsure", "out_of_sight", "aborted", "canceled", "held", "stopped"]
)
def test_another_printer_is_named_only_where_nothing_can_have_been_printed(sure: str) -> None:
    """Whoever may have paper in the tray is not sent to print it once more."""
    assert "另一台" not in CONDITIONS[sure].next


@pytest.mark.parametrize(
    ("state", "reasons", "condition"),
    [
        ("idle", ["none"], "idle"),
        ("idle", [], "idle"),
        ("processing", ["none"], "processing"),
        ("stopped", ["none"], "stopped"),
        ("processing", ["media-empty-warning", "media-needed-warning"], "out_of_paper"),
        ("stopped", ["media-needed"], "out_of_paper"),
        ("stopped", ["media-jam-error"], "jam"),
        ("stopped", ["cover-open"], "cover_open"),
        ("stopped", ["door-open-error"], "cover_open"),
        ("stopped", ["toner-empty-error"], "toner"),
        ("idle", ["toner-low-report"], "toner_low"),
        ("idle", ["media-low"], "paper_low"),
        ("stopped", ["paused"], "paused"),
        ("processing", ["offline-report"], "unreachable"),
        ("idle", ["media-empty-report"], "paper_low"),
        ("processing", ["media-empty-report"], "paper_low"),
        ("stopped", ["media-empty-report"], "out_of_paper"),
        ("idle", ["toner-empty-report"], "toner_low"),
        ("stopped", ["output-area-full"], "tray_full"),
        ("stopped", ["input-tray-missing"], "tray_missing"),
    ],
)
def test_a_printer_is_named(state: str, reasons: list[str], condition: str) -> None:
    """State and reasons come to one row of the table, whatever their severity is called."""
    assert Status(state, tuple(reasons)).condition == CONDITIONS[condition]


def test_the_most_urgent_comes_first() -> None:
    """Where several things are wrong, the clerk begins with what is in the way of the others."""
    reasons = ("toner-low", "media-empty", "x-coffee", "media-jam")

    assert Status("stopped", reasons).condition.id == "jam"
    assert Status("stopped", reasons[:3]).condition.id == "out_of_paper"


def test_an_unknown_reason_is_shown_as_it_is() -> None:
    """A keyword nobody has explained to us is worth more on the screen than silence."""
    told = Status("stopped", ("x-coffee-spilled-error", "toner-low")).condition

    assert told.id == "other"
    assert "x-coffee-spilled-error" in told.what
    assert told.next


def test_an_unknown_report_is_no_news_while_the_printer_works() -> None:
    """A printer that always reports its unused network card is idle all the same; stopped, it is told."""
    assert Status("idle", ("wifi-not-configured-report",)).condition.id == "idle"
    assert Status("stopped", ("wifi-not-configured-report",)).condition.id == "other"


@pytest.mark.parametrize(
    ("job", "printer", "condition"),
    [
        (Job(1, "waiting"), Status("idle"), "waiting"),
        (Job(1, "processing"), Status("processing"), "processing"),
        (Job(1, "processing"), Status("processing", ("media-needed",)), "out_of_paper"),
        (Job(1, "processing"), Status("processing", ("cups-waiting-for-job-completed",)), "processing"),
        (Job(1, "processing"), Status("processing", ("none",), AWAY), "queue_waits"),
        (Job(1, "processing"), Status("processing", ("none",), "打印机暂时不存在或不可用。"), "queue_waits"),
        (Job(1, "processing"), Status("processing", ("media-jam",), AWAY), "jam"),
        (Job(1, "completed"), Status("idle", ("none",), AWAY), "completed"),
        (Job(1, "waiting"), Status("stopped", ("paused",)), "paused"),
        (Job(1, "processing"), Status("processing", ("toner-low",)), "processing"),
        (Job(1, "processing"), Status("processing", ("media-empty-report",)), "processing"),
        (Job(1, "stopped", reasons=("printer-stopped",)), Status("stopped", ("media-jam",)), "jam"),
        (Job(1, "stopped"), Status("stopped"), "stopped"),
        (Job(1, "held"), Status("idle", ("media-empty",)), "held"),
        (Job(1, "completed"), Status("idle", ("media-empty",)), "completed"),
        (Job(1, "aborted"), Status("stopped", ("media-jam",)), "aborted"),
        (Job(1, "canceled"), Status("idle"), "canceled"),
    ],
)
def test_a_job_is_seen_together_with_its_printer(job: Job, printer: Status, condition: str) -> None:
    """What keeps a job waiting stands with the printer; a job that has ended is past it."""
    assert states.condition(job, printer) == CONDITIONS[condition]


@pytest.mark.parametrize(
    ("state", "over", "printed"),
    [
        ("processing", False, False),
        ("completed", True, True),
        ("aborted", True, False),
        ("canceled", True, False),
    ],
)
def test_printed_is_what_was_seen_to_its_good_end(state: str, over: bool, printed: bool) -> None:
    """Only a completed job is printed; a queue calls canceled what its printer aborted."""
    job = Job(1, state, reasons=("processing-to-stop-point",))

    assert (job.over, job.printed) == (over, printed)


def a_job(*attributes: Attribute) -> Message:
    """An answer about a job."""
    return Message(0, (Group(JOB, attributes),))


def test_a_job_is_read() -> None:
    """Number, name in its language, state, reasons and message are taken from the answer."""
    answer = a_job(
        one("job-id", INTEGER, 7),
        one("job-name", NAME_IN, Worded("zh-cn", "P-7")),
        one("job-state", ENUM, 5),
        Attribute("job-state-reasons", (Value(KEYWORD, "a"), Value(KEYWORD, "b"))),
        one("job-state-message", TEXT, "Printing."),
    )

    assert states.job(answer, 7) == Job(7, "processing", "P-7", ("a", "b"), "Printing.")


def test_a_job_that_does_not_tell_its_number_is_the_one_asked_for() -> None:
    """The number is in the question; after Print-Job it must be in the answer."""
    answer = a_job(one("job-state", ENUM, 9))

    assert states.job(answer, 7).id == 7
    with pytest.raises(Unreadable, match="without id"):
        states.job(answer)


def test_an_answer_about_another_job_is_none() -> None:
    """Nobody's end is taken for ours."""
    with pytest.raises(Unreadable, match="another job"):
        states.job(a_job(one("job-id", INTEGER, 8), one("job-state", ENUM, 9)), 7)


@pytest.mark.parametrize("state", [None, one("job-state", ENUM, 99), one("job-state", KEYWORD, "completed")])
def test_a_state_nobody_knows_is_unreadable(state: Attribute | None) -> None:
    """A job's state is one of seven numbers, or we do not understand."""
    with pytest.raises(Unreadable, match="job-state"):
        states.job(a_job(*filter(None, [one("job-id", INTEGER, 7), state])))


def test_a_printer_is_read() -> None:
    """State, reasons, message and whether it takes jobs; what it does not tell is taken for well."""
    full = Group(
        PRINTER,
        (
            one("printer-state", ENUM, 5),
            one("printer-state-reasons", KEYWORD, "media-jam-error"),
            one("printer-state-message", TEXT, "Jam."),
            one("printer-is-accepting-jobs", BOOLEAN, False),
        ),
    )
    short = Group(PRINTER, (one("printer-state", ENUM, 3),))

    assert states.status(Message(0, (full,))) == Status(
        "stopped", ("media-jam-error",), "Jam.", accepting=False
    )
    assert states.status(Message(0, (short,))) == Status("idle")


def test_what_a_printer_says_cannot_move_the_cursor() -> None:
    """Words from outside are shown without control characters, and no longer than a keyword may be."""
    reason = "x-\x1b[2Jfoo\n" + "o" * 1000
    group = Group(PRINTER, (one("printer-state", ENUM, 5), one("printer-state-reasons", KEYWORD, reason)))

    (told,) = states.status(Message(0, (group,))).reasons

    assert told.startswith("x-[2Jfooo")
    assert len(told) == 255
