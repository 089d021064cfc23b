"""A small packet that passes all four checks, and how one file of it is changed with digests made anew."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from PIL import Image

from integrations import spreadsheets
from integrations.platforms.archive_packet import checks, container, packet
from integrations.platforms.archive_packet.checks import Report, Tools
from integrations.platforms.archive_packet.metadata import Field, Group
from integrations.platforms.archive_packet.packet import Contents, Row
from integrations.platforms.archive_packet.reasons import Reason

CASE = "13502031012632400012"
PAPERS = ("43502031012632400011", "43502031012632400029")
PDF = b"%PDF-1.7 one sheet"


def a_picture(kind: str = "PNG") -> bytes:
    """One that can be looked at."""
    output = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(output, kind)
    return output.getvalue()


PICTURE = a_picture()
HEAD = {"case": CASE, "entries": 1, "head": "00", "anchor": "0"}


def journal(*entries: Mapping[str, object], **head: object) -> bytes:
    """An excerpt of the journal."""
    lines = [{**HEAD, "entries": len(entries), **head}, *entries]
    return b"".join(json.dumps(line).encode() + b"\n" for line in lines)


CONTENTS = Contents(
    fields=(Field("number", "办件编号", CASE), Field("applicant_name", "申请人", "𠮷示例")),
    groups=(Group("consignment", (Field("id", "送件编号", f"{CASE}-1"),)),),
    rows=(
        Row("paper", PAPERS[0], "收件凭证", file=f"papers/{PAPERS[0]}.pdf"),
        Row("paper", PAPERS[1], "送达回证", absent="还没有成文"),
        Row("evidence", f"{CASE}-i1-e1", "身份核验图片", file=f"evidence/{CASE}-i1-e1.png"),
    ),
    files={f"papers/{PAPERS[0]}.pdf": PDF, f"evidence/{CASE}-i1-e1.png": PICTURE},
    journal=journal({"seq": 1}),
)
TOOLS = Tools(pdf=lambda _: None, head=lambda _: True, entry=lambda _: True)


def a_packet(**changes: object) -> bytes:
    """The packet, some of its contents otherwise."""
    return packet.packed(replace(CONTENTS, **changes))  # type: ignore[arg-type]


def files_of(content: bytes) -> dict[str, bytes]:
    """What is in a packet."""
    return dict(container.opened(content).files)


def again(files: Mapping[str, bytes]) -> bytes:
    """A packet of these files, their digests made anew: as somebody would who hides a change."""
    others = {name: content for name, content in files.items() if name != packet.DIGESTS}
    rows = [(name, str(len(content)), *packet.digests(content)) for name, content in others.items()]
    return packet.zipped({**others, packet.DIGESTS: spreadsheets.write_csv(packet.DIGEST_HEADS, rows)})


def changed(name: str, change: Callable[[bytes], bytes], *, hidden: bool = True) -> bytes:
    """The packet with one file changed; `hidden`: and its digests as well."""
    files = files_of(a_packet())
    files[name] = change(files[name])
    return again(files) if hidden else packet.zipped(files)


def checked(content: bytes, tools: Tools = TOOLS) -> Report:
    """What the checks say."""
    return checks.check(content, tools)


def reasons(content: bytes, tools: Tools = TOOLS) -> set[Reason]:
    """What is wrong."""
    return {fault.reason for fault in checked(content, tools).faults}
