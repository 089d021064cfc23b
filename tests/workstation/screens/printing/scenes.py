"""Moments of the print queue worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from integrations.printers.states import CONDITIONS
from tests.workstation.screens.printing.queue import a_job, routed, with_printer
from tests.workstation.screens.stage import Clerk, Seated, Story, a_counter, a_desk
from workstation.acts.sending import Sender
from workstation.domain.printing import PrintState

HOSTILE = "[bold]x[/] 𠮷𬀩㐂·机"
_CONDITIONS = {PrintState.UNSURE: "killed", PrintState.FAILED: "refused"}


def _empty(folder: Path) -> tuple[Seated, Story]:
    """Nothing to print, and where papers go."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")

    return a_counter(routed(a_desk(folder)), folder, "printing"), story


def _states(folder: Path, name: str) -> Seated:
    desk = routed(a_desk(folder), name=name)
    jobs = [a_job(desk, state, condition=_CONDITIONS.get(state)) for state in PrintState]
    app = a_counter(desk, folder, "printing")
    seen = {job.id: CONDITIONS["out_of_paper"] for job in jobs if job.state == PrintState.SENT}
    app._sender = Sender(sights=seen)
    return app


def _every(folder: Path) -> tuple[Seated, Story]:
    """Every state, the cursor on the one without paper."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "down", "down", "down")

    return _states(folder, "激光机"), story


def _asked(folder: Path) -> tuple[Seated, Story]:
    """Whether it came out."""

    async def story(clerk: Clerk) -> None:
        await clerk.press("ctrl+s")

    return _states(folder, "激光机"), story


def _hostile(folder: Path) -> tuple[Seated, Story]:
    """Printers whose names would steer the screen, to choose from."""
    app = _states(folder, HOSTILE)
    for name in ("[@click=app.quit]x", "[/oops]x", "㐂" * 20):
        with_printer(app.desk, name=name, dpi=300)

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "f4")

    return app, story


def _refused(folder: Path) -> tuple[Seated, Story]:
    """What somebody else has answered meanwhile."""
    app = _states(folder, "激光机")

    async def story(clerk: Clerk) -> None:
        await clerk.press("down", "down", "down", "down", "f6")
        from workstation.acts import printing

        [job] = [one.job for one in printing.queue(app.desk) if one.job.state == PrintState.SENT]
        printing.confirm_print(app.desk, job.id, printed=True)
        await clerk.press("enter")

    return app, story


SCENES: dict[str, Callable[[Path], tuple[Seated, Story]]] = {
    "empty": _empty,
    "every": _every,
    "asked": _asked,
    "hostile": _hostile,
    "refused": _refused,
}
