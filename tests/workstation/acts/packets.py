"""What tests of archive packets share: papers that are whole PDFs though nothing is drawn, and evidence."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
import pytest
from PIL import Image

from tests import builders
from tests.builders import a_case, at
from workstation.acts import identification, making, packing
from workstation.acts.desk import Desk
from workstation.domain.case import Case, CaseState
from workstation.policies import ArchivePolicy

POLICY = ArchivePolicy()


def blank(kind: str, facts: Any, watermark: str | None, ground: Any) -> tuple[bytes, str]:
    """Stands in for `making.draw`: an empty page that an archive takes, and that tells faces apart."""
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Title"] = f"{kind} {facts['paper.number']}"
        output = io.BytesIO()
        document.save(output, deterministic_id=True)
    return output.getvalue(), f"blank {kind}"


@contextmanager
def on_blank_sheets() -> Iterator[None]:
    """In here each paper is an empty sheet."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "draw", blank)
        yield


def a_picture() -> bytes:
    """A frame of a video, and nobody in it."""
    output = io.BytesIO()
    Image.new("RGB", (32, 24), "gray").save(output, "JPEG")
    return output.getvalue()


def looked_at(desk: Desk, number: str) -> None:
    """The applicant was looked at from afar, and the picture kept."""
    identification.identify(
        desk,
        number,
        method="video",
        outcome="passed",
        participants="经办人、申请人",
        held_at=desk.store.now() - 60_000,
        picture=a_picture(),
    )


def a_closed_case(desk: Desk, state: str = CaseState.CLOSED) -> Case:
    """A case that has ended, its papers made."""
    with on_blank_sheets():
        return a_case(desk, state)


def supervising(desk: Desk) -> Desk:
    """The supervisor at this desk."""
    return at(desk, "2001")


def shared_envelope(desk: Desk) -> tuple[str, str]:
    """Two cases in one envelope, and its number."""
    with on_blank_sheets():
        first, second = (builders.a_consignment(desk) for _ in range(2))
        envelope = packing.pack(desk, [first.id, second.id]).number
    return first.case_number, envelope
