"""The first start by keys: a hall is founded, or one practises; without a terminal it is said what to do."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

from tests import halls
from tests.line import Line, line
from tests.stories.typed import DEADLINE, OFFICE, Keyboard, asked, founding, hall
from tests.terminal import Terminal

__all__ = ["founding", "hall", "line"]


def test_a_hall_is_founded_by_keys(founding: tuple[Path, dict[str, str]], hall: Path, line: Line) -> None:
    """The welcome asks, the form is filled in, two groups prove the copied sheet; its people sign in."""
    home, seen = founding
    key = home.parent / "hall.key"

    people = asked(line, hall, "user", "list", as_=halls.ADMINISTRATOR)["users"]
    offices = asked(line, hall, "office", "list")["offices"]

    assert {(user["code"], user["role"]) for user in people} == {
        (halls.ADMINISTRATOR, "administrator"),
        (halls.SUPERVISOR, "supervisor"),
        (halls.CLERK, "clerk"),
        (halls.OTHER_CLERK, "clerk"),
        (halls.COURIER, "courier"),
    }
    assert [office["code"] for office in offices] == [OFFICE]
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "还没有大厅" in seen["welcome"]
    assert len(re.findall(r"\d+\. \d{6}", seen["sheet"])) == 17
    assert not set(re.findall(r"\d{6}", seen["wrong"])) - set(re.findall(r"\d{6}", seen["sheet"]))
    assert "榕城政务服务中心　3 号窗口　管理员（系统管理员）" in seen["worklist"]
    assert line("journal", "verify", "--json").exit_code == 0


def test_a_wrong_password_leaves_one_outside(hall: Path) -> None:
    """The sign-in says so, keeps the code, and takes the right one."""
    with Keyboard(hall, "--as", halls.CLERK) as clerk:
        clerk.sees("号窗口　20")
        clerk.fill("Falsch-2026")
        clerk.sees("✗", f"工号        {halls.CLERK}")

        clerk.fill(halls.PASSWORDS[halls.CLERK])

        clerk.sees("工作台", "林一（窗口人员）")
        clerk.leave()


def test_one_practises(tmp_path: Path) -> None:
    """A practice hall in mid-day, its people's passwords shown, and 【演练】 on every screen."""
    with Keyboard(tmp_path / "home") as clerk:
        clerk.sees("怎样开始？", "演练")
        clerk.press("enter")
        shown = clerk.wait_for("可以随意试", "揽投员", "胸牌", deadline=120)
        code, password = re.findall(r"窗口人员 +(\d{4}) +(\S+)", shown)[0]

        clerk.fill(code, password)

        clerk.sees("【演练】", "工作台", "全部办件")
        clerk.press("f9")
        clerk.sees("【演练】", "今日办理")
        clerk.leave()
    assert (tmp_path / "home" / "practice" / "ledger.db").exists()
    assert not (tmp_path / "home" / "ledger.db").exists()


def test_without_a_terminal_it_says_what_to_do(tmp_path: Path) -> None:
    """Nothing hangs and nothing is drawn: exit 2, in words."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WORKSTATION_")}
    command = [sys.executable, "-m", "workstation", "--home", str(tmp_path / "home")]

    ended = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
        timeout=60,
        env=environment,
    )

    assert ended.returncode == 2
    assert "终端" in ended.stderr
    assert "接下来：" in ended.stderr
    assert "\x1b" not in ended.stdout + ended.stderr
    assert not (tmp_path / "home").exists()


def test_a_lost_terminal_ends_the_program(tmp_path: Path) -> None:
    """Also one that the kernel's signal does not reach: it would draw for nobody, and never come to rest."""
    deaf = ["sh", "-c", "trap '' HUP; exec \"$@\"", "sh", sys.executable, "-m", "workstation"]
    env = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}

    with Terminal([*deaf, "--home", str(tmp_path / "home")], env=env, deadline=DEADLINE) as terminal:
        terminal.wait_for("怎样开始？")
        terminal.hang_up()
