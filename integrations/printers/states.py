"""What a printer and a job say of themselves, and the one table of what that means to a clerk.

Several reasons may hold at once: what stops the printing comes before what we do not know, that before what
will stop it later, and a job that has ended is past all of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from integrations.printers import PrinterError, Unreadable
from integrations.printers.messages import JOB, PRINTER, Content, Group, Message, Worded


@dataclass(frozen=True)
class Condition:
    """What is going on, in the clerk's words: what, and what to do next (empty: nothing)."""

    id: str
    what: str
    next: str = ""


CONDITIONS = {
    condition.id: condition
    for condition in (
        # what stops the printing, the most urgent first
        Condition("jam", "打印机卡纸", "打开打印机取出卡住的纸，关好盖子，打印机会接着打"),
        Condition("cover_open", "打印机的盖子或门没有关好", "关好盖子，打印机会接着打"),
        Condition("out_of_paper", "打印机里没有所需的纸", "放入所需的纸或信封，打印机会接着打"),
        Condition("toner", "墨粉（墨水）已用完", "更换墨粉盒（墨盒）"),
        Condition("tray_full", "出纸盒已满", "取走出纸盒里的纸"),
        Condition("tray_missing", "打印机的纸盒没有装好", "装好纸盒"),
        Condition("paused", "打印机已暂停", "在打印机上或打印队列里恢复打印"),
        Condition("unreachable", "连不上打印机", "检查打印机的电源和网线"),
        Condition("queue_waits", "打印队列连不上打印机", "检查打印机的电源和网线，接通后会自动打出"),
        # what will stop it later
        Condition("toner_low", "墨粉（墨水）快用完了", "备好墨粉盒（墨盒）"),
        Condition("paper_low", "纸快用完了，或者有一个纸盒空着", "备好纸"),
        # what a printer is
        Condition("idle", "打印机空闲"),
        Condition("processing", "正在打印"),
        Condition("stopped", "打印机停下了，没有说明原因", "到打印机前查看面板"),
        # what a job is
        Condition("waiting", "已交给打印机，正在排队"),
        Condition("held", "打印任务被暂缓", "在打印机上或打印队列里放行，或取消后重打"),
        Condition("completed", "打印完毕"),
        Condition("aborted", "打印机放弃了这次打印", "查看打印机；重打前先看有没有出纸"),
        Condition("canceled", "这次打印已取消", "重打前先看有没有出纸"),
        # what came of asking; another printer is named only where nothing can have been printed
        Condition("busy", "打印机正忙，没有接受", "稍后再打，或改用另一台打印机"),
        Condition("lost", "打印机里已经没有这个任务，不知道打出来没有", "到打印机前看有没有出纸，再确认"),
        Condition("unsure", "交给打印机时连接中断，不知道打出来没有", "到打印机前看有没有出纸，再确认"),
        Condition(
            "out_of_sight", "已交给打印机，现在问不到进展", "检查打印机的电源和网线；重打前先看有没有出纸"
        ),
        Condition("refused", "打印机拒绝了这次打印", "核对纸张规格和打印机设置，或改用另一台打印机"),
        Condition("unreadable", "看不懂打印机的回答", "核对打印机地址，或改用另一台打印机"),
        Condition("misaddressed", "打印机地址写得不对", "在设置中改正打印机地址"),
    )
}

# RFC 8011 5.4.12, and what queues add. A reason may carry -report, -warning or -error behind its name.
_REASONS = {
    "media-jam": "jam",
    "cover-open": "cover_open",
    "door-open": "cover_open",
    "interlock-open": "cover_open",
    "media-empty": "out_of_paper",
    "media-needed": "out_of_paper",
    "toner-empty": "toner",
    "marker-supply-empty": "toner",
    "developer-empty": "toner",
    "output-area-full": "tray_full",
    "input-tray-missing": "tray_missing",
    "output-tray-missing": "tray_missing",
    "paused": "paused",
    "moving-to-paused": "paused",
    "offline": "unreachable",
    "shutdown": "unreachable",
    "timed-out": "unreachable",
    "connecting-to-device": "unreachable",
    "toner-low": "toner_low",
    "marker-supply-low": "toner_low",
    "developer-low": "toner_low",
    "media-low": "paper_low",
}
# CUPS gives no reason for a printer that is switched off, only these words, in one of our two languages.
_SAID = {
    "The printer may not exist or is unavailable at this time.": "queue_waits",
    "打印机暂时不存在或不可用。": "queue_waits",
}
_ORDER = tuple(CONDITIONS)
_LATER = {"toner_low", "paper_low"}
_SPARE = {"out_of_paper": "paper_low", "toner": "toner_low"}
_FINE = {"idle", "processing", "waiting"}
_SUFFIX = re.compile(r"-(report|warning|error)$")
_PRINTER = {3: "idle", 4: "processing", 5: "stopped"}
_JOB = {
    3: "waiting",
    4: "held",
    5: "processing",
    6: "stopped",
    7: "canceled",
    8: "aborted",
    9: "completed",
}
_ENDS = {"canceled", "aborted", "completed"}
# The second is how a queue says that it looks at the printer, as it should.
_NOTHING = {"none", "cups-waiting-for-job-completed"}
_LONGEST = 255  # of a keyword, RFC 8011 5.1.4


@dataclass(frozen=True)
class Status:
    """A printer as it describes itself; `reasons` are its keywords, `message` its own words."""

    state: str
    reasons: tuple[str, ...] = ()
    message: str = ""
    accepting: bool = True

    @property
    def condition(self) -> Condition:
        """What that means to the clerk."""
        return _named(self.state, self.reasons)


@dataclass(frozen=True)
class Job:
    """A job as the printer describes it; an empty name is one that it does not tell."""

    id: int
    state: str
    name: str = ""
    reasons: tuple[str, ...] = ()
    message: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in _ENDS

    @property
    def printed(self) -> bool:
        """Whether the printer saw it to its end; by its state alone, queues leave stale reasons behind."""
        return self.state == "completed"


def condition_of(error: PrinterError) -> Condition:
    """What an error means to the clerk."""
    return CONDITIONS[error.condition]


def condition(job: Job, printer: Status) -> Condition:
    """What is going on with a job, seen together with its printer."""
    if job.over or job.state == "held":
        return CONDITIONS[job.state]
    troubles = (*job.reasons, *printer.reasons) if job.state == "stopped" else printer.reasons
    found = _named(job.state, troubles)
    if found.id == "processing":
        return CONDITIONS[_SAID.get(printer.message, "processing")]
    return CONDITIONS[job.state] if found.id in _LATER else found


def _named(state: str, reasons: Iterable[str]) -> Condition:
    told = [reason for reason in reasons if reason not in _NOTHING]
    known = sorted((_meant(r, state) for r in told if _bare(r) in _REASONS), key=_ORDER.index)
    if known and known[0] not in _LATER:
        return CONDITIONS[known[0]]
    # A mere report, such as a network card left unused, is no news while the printer works.
    unknown = [r for r in told if _bare(r) not in _REASONS and not (r.endswith("-report") and state in _FINE)]
    if unknown:
        return Condition("other", f"打印机报告：{'、'.join(unknown)}", "到打印机前查看面板")
    return CONDITIONS[known[0] if known else state]


def _meant(reason: str, state: str) -> str:
    found = _REASONS[_bare(reason)]
    # While the printer works, "empty" as a mere report is another tray than the one that is printed from.
    return _SPARE.get(found, found) if reason.endswith("-report") and state in _FINE else found


def _bare(reason: str) -> str:
    return _SUFFIX.sub("", reason)


# ---- read from answers


def status(answer: Message) -> Status:
    """The printer in an answer to Get-Printer-Attributes."""
    group = answer.group(PRINTER)
    return Status(
        state=_state(group, "printer-state", _PRINTER),
        reasons=_texts(group, "printer-state-reasons"),
        message=first_text(group, "printer-state-message"),
        accepting=False not in group.values("printer-is-accepting-jobs"),
    )


def job(answer: Message, known_id: int | None = None) -> Job:
    """The job in an answer to Print-Job or Get-Job-Attributes."""
    group = answer.group(JOB)
    match group.values("job-id"):
        case (int(told), *_):
            number = told
        case _ if known_id is not None:
            number = known_id
        case _:
            raise Unreadable("a job without id")
    if known_id not in {None, number}:
        raise Unreadable("another job")
    return Job(
        id=number,
        state=_state(group, "job-state", _JOB),
        name=first_text(group, "job-name"),
        reasons=_texts(group, "job-state-reasons"),
        message=first_text(group, "job-state-message"),
    )


def first_text(group: Group, name: str) -> str:
    """What an attribute says in words, empty where it says nothing."""
    return next(iter(_texts(group, name)), "")


def _state(group: Group, name: str, states: dict[int, str]) -> str:
    match group.values(name):
        case (int(number), *_) if number in states:
            return states[number]
    raise Unreadable(f"no {name}")


def _texts(group: Group, name: str) -> tuple[str, ...]:
    return tuple(_text(content) for content in group.values(name) if isinstance(content, str | Worded))


def _text(content: Content) -> str:
    text = content.text if isinstance(content, Worded) else str(content)
    # Shown as it came, but it comes from outside: it must not steer the terminal.
    return "".join(filter(str.isprintable, text))[:_LONGEST]
