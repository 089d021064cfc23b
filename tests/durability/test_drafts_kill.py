"""kill -9 at any keystroke loses nothing, and on the way from draft to case doubles nothing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.durability.builds import machine_clock
from tests.durability.keystrokes import KEYS, Typing, typed_in
from tests.halls import home_in, seat
from workstation import bootstrap
from workstation.acts import drafts as acts
from workstation.acts import registration
from workstation.acts.desk import Desk
from workstation.acts.drafts import Alone
from workstation.acts.inputs import EXAMPLE_INTAKE
from workstation.bootstrap import Opened
from workstation.errors import Explained
from workstation.store.drafts import Drafts

KILLS = 80
#: Four of five keystrokes of the wrong build are only promised.
KILLS_FOR_A_WRONG_BUILD = 12


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the draft is typed."""
    return tmp_path / "drafts.db"


def test_no_acknowledged_keystroke_is_lost(path: Path) -> None:
    """After each of 80 kills every keystroke that was acknowledged is there, and at most one more."""
    told = Typing("right", str(path), KILLS, seed=20201500).run()

    drafts = Drafts(path, KEYS, machine_clock, bootstrap.open_drafts_engine)
    (draft,) = drafts.listed()
    drafts.close()
    print(f"\n{told['acknowledged']} keystrokes acknowledged, {KILLS} kills")
    assert told["faults"] == []
    assert told["acknowledged"] <= len(typed_in(draft)) <= told["acknowledged"] + 1
    assert told["acknowledged"] > KILLS
    assert draft.version == len(typed_in(draft)) + 1


def test_a_build_that_writes_later_is_caught(path: Path) -> None:
    """On a build that writes every fifth keystroke the same kills find some of them missing."""
    told = Typing("batching", str(path), KILLS_FOR_A_WRONG_BUILD, seed=20201500).run()

    assert any("keystrokes acknowledged" in fault for fault in told["faults"]), told


# --- from draft to case

#: Registers out of a draft and kills itself in the middle: before the commit, or before the removal.
_REGISTERS = """
import os, signal, sys
from dataclasses import replace
from pathlib import Path
from tests import builders
from tests.halls import seat
from workstation import bootstrap
from workstation.acts import registration
from workstation.acts.inputs import EXAMPLE_INTAKE
from workstation.store.drafts import Drafts
from workstation.store.work import Work

def kill(*_):
    os.kill(os.getpid(), signal.SIGKILL)

home, draft, moment = sys.argv[1:]
desk = seat(bootstrap.open_hall(Path(home)).desk, "1001")
place = {"before commit": (Work, "write_journal"), "before removal": (Drafts, "discard")}[moment]
setattr(*place, kill)
with builders.no_ink():
    registration.register(replace(desk, draft=draft), EXAMPLE_INTAKE)
"""


def registers_and_is_killed(home: Path, draft: str, moment: str) -> None:
    """Somebody registers out of the draft and is killed at that moment."""
    done = subprocess.run([sys.executable, "-c", _REGISTERS, str(home), draft, moment], check=False)
    assert done.returncode == -9


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """A founded hall, in whose home a draft has been begun."""
    opened = bootstrap.open_hall(home_in(tmp_path))
    yield opened
    opened.close()


def begun(opened: Opened) -> str:
    """A draft somebody has begun; whoever did so has let go of the home."""
    desk = opened.desk
    assert desk.drafts is not None
    alone = Alone.of(desk.window, desk.drafts, operator="1001")
    draft = acts.begin(alone, "intake", {"item": EXAMPLE_INTAKE.item})
    opened.close()
    return draft.id


def cases(desk: Desk) -> list[str]:
    """The numbers of all cases."""
    with desk.reading() as reading:
        return [case.number for case in reading.cases.where()]


def kept(opened: Opened) -> list[str]:
    """What a clerk is shown."""
    return [draft.id for draft in acts.listed(seat(opened.desk, "1001")).drafts]


def test_killed_before_the_commit_the_draft_is_there_and_no_case(opened: Opened) -> None:
    """It can be registered as if nothing had happened."""
    draft = begun(opened)

    registers_and_is_killed(opened.home.root, draft, "before commit")

    assert cases(opened.desk) == []
    assert kept(opened) == [draft]


def test_killed_before_the_removal_the_case_is_there_once(opened: Opened) -> None:
    """The draft is still in its file, cannot be used again, and is not shown any more."""
    draft = begun(opened)

    registers_and_is_killed(opened.home.root, draft, "before removal")

    (number,) = cases(opened.desk)
    assert opened.desk.drafts is not None
    assert [left.id for left in opened.desk.drafts.listed()] == [draft]
    assert opened.desk.became([draft]) == {draft: number}
    assert kept(opened) == []
    assert opened.desk.drafts.listed() == []
    with pytest.raises(Explained) as refused:
        registers_again(opened, draft)
    assert refused.value.code == "draft-used"
    assert number in refused.value.why
    assert cases(opened.desk) == [number]


def registers_again(opened: Opened, draft: str) -> None:
    """The same once more, by somebody who does not know."""
    registration.register(replace(seat(opened.desk, "1001"), draft=draft), EXAMPLE_INTAKE)
