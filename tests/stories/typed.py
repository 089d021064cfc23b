"""Stories typed as keys: the program on a pseudo-terminal, from an empty home, and a clerk who waits for it.

Only keys and scans go in; what comes out is the screen, the sheets in the tray, and afterwards commands.
"""

from __future__ import annotations

import atexit
import re
import shutil
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from tests import halls
from tests.line import Line
from tests.terminal import Terminal
from workstation.domain.times import local

#: A machine that does other things too needs its time; a story that hangs is told soon enough.
DEADLINE = 40.0
#: Nothing more comes once it has been silent for so long; an answer comes within the other (seconds).
_QUIET, _ANSWER = 0.04, 1.0
#: No two characters come as quickly as a scanner's (seconds).
_PACE = 0.04
#: Nobody has a scanner in the hand sooner after a key (seconds).
_TAKEN_UP = 0.55
#: A drawing that a busy machine has torn goes on within this time.
_SETTLED = 0.3
ITEM, PLACE, OFFICE = "hjlzm", "450103", "450103-police"
NUMBER, NAME, PHONE = "450103199003070004", "覃示例", "13900000001"
OFFICE_FIELDS = (OFFICE, PLACE, "南宁市公安局青秀分局", "南宁市青秀区示例路 1 号", "530000", "0771-5550000")
#: Role, name and code of the first people, as the welcome asks for them.
PEOPLE = (
    ("系统管理员", "管理员", halls.ADMINISTRATOR),
    ("值班长", "黄值班", halls.SUPERVISOR),
    ("窗口人员", "林一", halls.CLERK),
)
ADDED = ("窗口人员", "陈二", halls.OTHER_CLERK)


class Keyboard(Terminal):
    """The program at one home, and somebody who looks at the screen before each key."""

    def __init__(self, home: Path, *words: str, columns: int = 80, rows: int = 24) -> None:
        self.home = home
        self._is_named = "--as" in words
        self.keys: list[str] = []
        """The keys that are neither typed data nor scans."""
        user = home.parent
        env = {"HOME": str(user), "XDG_DATA_HOME": str(user / "data")}
        command = [sys.executable, "-m", "workstation", "--home", str(home), *words]
        super().__init__(command, columns=columns, rows=rows, env=env, deadline=DEADLINE)

    def press(self, *keys: str) -> None:
        """Press keys, each when the one before has been answered."""
        for key in keys:
            before = len(self.raw)
            super().press(key)
            self.keys.append(key)
            until = time.monotonic() + _ANSWER
            while len(self.raw) == before and time.monotonic() < until:
                self._read_once(0.02)
            self._wait_for_quiet()

    def type(self, text: str) -> None:
        """Type data as people do: Chinese comes word by word from the input method, the rest key by key."""
        for part in re.findall(r"[^\x00-\x7f]+|[\x00-\x7f]", text):
            while (left := self._last_text + _PACE - time.monotonic()) > 0:
                self._read_once(left)
            self._key(part.encode())
            self._last_text = time.monotonic()
        self._wait_for_quiet()

    def scan(self, code: str, end: str = "enter") -> None:
        """Scan; as a clerk does, once more where a busy machine has torn it and the screen says so."""
        for _ in range(3):
            self._read_for(_TAKEN_UP)
            super().scan(code, end)
            self._wait_for_quiet()
            if "这次扫描没有读全" not in self.text:
                return
            super().press("end", "ctrl+u")

    def fill(self, *texts: str) -> None:
        """Type into one field after the other, with Enter behind each."""
        for text in texts:
            self.type(text)
            self.press("enter")

    def over(self, text: str) -> None:
        """Type over what stands in the field."""
        super().press("end", "ctrl+u")
        self.type(text)

    def choose(self, label: str) -> None:
        """Go down a dialog's list to a line, and take it."""
        for _ in range(25):
            if re.search(rf"│ *>[× ]*{re.escape(label)}", self.text):
                self.press("enter")
                return
            self.press("down")
        raise AssertionError(f"{label!r} is not in the list:\n{self.text}")

    def sees(self, *texts: str) -> str:
        """Wait until these texts stand there and nothing moves any more; give the screen."""
        self.wait_for(*texts)
        self._wait_for_quiet()
        return self.wait_for(*texts)

    def row_of(self, label: str) -> int:
        """The row that begins with this label."""
        return next(y for y, row in enumerate(self.text.split("\n")) if row.startswith(label))

    def settled_row(self) -> int:
        """The row the cursor stands in once it has not moved for a while."""
        before = -1
        while before != self.screen.cursor.y:
            before = self.screen.cursor.y
            self._read_for(_SETTLED)
        return before

    def sign_in(self, code: str) -> None:
        """From the sign-in to the worklist."""
        self.sees("号窗口　20")
        if not self._is_named:
            self.fill(code)
        self.fill(halls.PASSWORDS[code])
        self.sees("工作台", "已收件", "F2 收件")

    def leave(self) -> None:
        """Quit with the key, and be outside."""
        self.press("ctrl+q")
        assert self.close() == 0

    def _wait_for_quiet(self) -> None:
        until = time.monotonic() + DEADLINE
        while self._read_once(_QUIET) and time.monotonic() < until:
            pass


def found(home: Path) -> dict[str, str]:
    """Found a hall by keys in an empty home; gives what stood on the screen at its moments."""
    seen: dict[str, str] = {}
    with Keyboard(home) as clerk:
        seen["welcome"] = clerk.sees("怎样开始？")
        clerk.press("f3")
        clerk.sees("大厅名称", "首批人员")
        _fill_hall(clerk)
        for role, name, code in PEOPLE:
            clerk.press("enter")
            _fill_person(clerk, role, name, code)
        clerk.press("f2")
        clerk.sees("哪种职责？")
        clerk.choose(ADDED[0])
        _fill_person(clerk, *ADDED)
        clerk.press("f2")
        clerk.sees("哪种职责？")
        clerk.choose("揽投员")
        _fill_person(clerk, "揽投员", "邮小哥", halls.COURIER)
        seen["people"] = clerk.text
        clerk.press("ctrl+s")
        seen["sheet"] = clerk.sees("恢复单", "抄好了", "17.")
        _confirm(clerk, seen)
        clerk.sign_in(halls.ADMINISTRATOR)
        seen["worklist"] = clerk.text
        _add_office(clerk)
        clerk.leave()
    return seen


def _fill_hall(clerk: Keyboard) -> None:
    plan = halls.PLAN
    clerk.fill(plan.name, plan.division)
    clerk.press("enter")
    clerk.over(str(plan.window))
    clerk.press("enter")
    clerk.fill(plan.address, plan.postcode, plan.phone)
    clerk.press("end", "ctrl+u")
    clerk.paste(str(clerk.home.parent / "hall.key"))
    clerk.press("enter", "enter", "enter")


def _fill_person(clerk: Keyboard, role: str, name: str, code: str) -> None:
    title = f"首批人员：{role}"
    clerk.sees(title, "工号")
    clerk.fill(code, name)
    if code in halls.PASSWORDS:
        password, pin = halls.PASSWORDS[code], halls.PINS.get(code, "")
        clerk.fill(password, password, pin, pin)
    clerk.wait_until_gone(title)


def _confirm(clerk: Keyboard, seen: dict[str, str]) -> None:
    """Type two groups from the copied sheet; one of them wrongly at first."""
    groups = dict(re.findall(r"(\d+)\. (\d{6})", seen["sheet"]))
    clerk.press("ctrl+s")
    asked = re.findall(r"第 (\d+) 组", clerk.sees("看着抄好的纸"))
    clerk.fill(groups[asked[0]], "12345")
    seen["wrong"] = clerk.sees("与恢复单不符")
    clerk.over(groups[asked[1]])
    clerk.press("enter")


def _add_office(clerk: Keyboard) -> None:
    clerk.press("ctrl+p")
    clerk.sees("做什么？")
    clerk.type("sdbm")
    clerk.sees("属地部门")
    clerk.press("enter")
    clerk.sees("未核实、停用")
    clerk.press("f2")
    clerk.sees("新增属地部门")
    clerk.fill(*OFFICE_FIELDS)
    clerk.press("enter", "enter", "enter")
    clerk.fill(today())
    clerk.sees(f"已新增 {OFFICE}")


def today() -> str:
    """The day at the counter."""
    return local(time.time_ns() // 1_000_000).date().isoformat()


@cache
def _founded() -> tuple[Path, dict[str, str]]:
    folder = Path(tempfile.mkdtemp(prefix="typed-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder / "home", found(folder / "home")


@pytest.fixture
def founding() -> tuple[Path, dict[str, str]]:
    """A home in which a hall was founded by keys, and what was seen of it; once a process, to copy from."""
    return _founded()


@pytest.fixture
def hall(founding: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    """A home of one's own in which that hall stands."""
    return Path(shutil.copytree(founding[0], tmp_path / "home"))


@pytest.fixture
def twin(founding: tuple[Path, dict[str, str]], tmp_path: Path) -> Path:
    """The same hall once more, for the story told by commands."""
    return Path(shutil.copytree(founding[0], tmp_path / "twin"))


# --- what is typed again and again


def hand_in(clerk: Keyboard, *, name: str = NAME, number: str = NUMBER) -> None:
    """A hand-in from the worklist up to its last key: the place's office, all that is always asked for."""
    clerk.press("f2")
    clerk.sees("收件登记", "证件号码")
    clerk.type(ITEM)
    clerk.sees(">59")
    clerk.press("enter")
    clerk.type(PLACE)
    clerk.sees("青秀区", "[1]")
    clerk.press("enter", "enter")
    clerk.fill(number, name)
    clerk.type(PHONE)
    clerk.press("ctrl+a")
    clerk.sees("照清单收下 3 行")


def register(clerk: Keyboard) -> str:
    """Register what is typed; gives the number of the case."""
    clerk.press("ctrl+s")
    return number_in(clerk.sees("已收件：", "F2 下一步"), r"已收件：(\d{20})")


def identify(clerk: Keyboard) -> None:
    """The look in person, from the case's screen."""
    clerk.press("f3")
    clerk.sees("核验方式")
    clerk.press("enter", "enter")
    clerk.sees("已办：身份核验", "已核验")


def number_in(text: str, pattern: str) -> str:
    """A number that stands somewhere."""
    match = re.search(pattern, text)
    assert match, f"{pattern!r} is not in:\n{text}"
    return match[1]


# --- what is read afterwards


def sheet(home: Path, number: str) -> str:
    """The text of a sheet in the tray."""
    with pdfplumber.open(home / "tray" / f"{number}.pdf") as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)


def asked(line: Line, home: Path, *words: str, as_: str = halls.SUPERVISOR) -> Any:
    """What a command tells of a home."""
    line.home = home
    answer = line(*words, "--json", as_=as_)
    assert answer.exit_code == 0, answer.out + answer.err
    return answer.json


def badge(line: Line, home: Path) -> str:
    """The number on the courier's badge."""
    people = asked(line, home, "user", "list", as_=halls.ADMINISTRATOR)["users"]
    return str(next(user["badge"] for user in people if user["code"] == halls.COURIER))


def history(line: Line, home: Path) -> list[tuple[str, str, str | None]]:
    """Every entry of the journal: act, who, and who beside."""
    entries = asked(line, home, "journal", "list")["entries"]
    return [(entry["act"], entry["operator"], entry["second"]) for entry in entries]


def states(line: Line, home: Path, case: str) -> dict[str, Any]:
    """Where everything of a case is at last."""
    shown = asked(line, home, "case", "show", case)
    envelopes = [each["envelope"] for each in shown["consignments"] if each["envelope"]]
    papers = [
        p for of in (case, *envelopes) for p in asked(line, home, "paper", "list", "--of", of)["papers"]
    ]
    return {
        "case": (shown["case"]["state"], shown["case"]["identity"], shown["case"]["rating"]),
        "rows": [(row["row_id"], row["state"], row["defects"]) for row in shown["rows"]],
        "consignments": [(each["id"][20:], each["state"], each["outcome"]) for each in shown["consignments"]],
        "envelopes": [
            asked(line, home, "envelope", "show", number)["envelope"]["state"] for number in envelopes
        ],
        "pieces": sorted((p["id"][20:], p["holder"], p["copies"]) for p in shown["pieces"]),
        "papers": sorted({(p["number"], p["kind"], p["state"]) for p in papers}, key=lambda p: p[1:]),
    }
