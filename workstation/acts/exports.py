"""The papers of a case, envelope or batch given out as files for an archive, with a list of their digests.

Drawn and marked in a folder beside the place asked for, journalled, and only then put there: nothing leaves
without an entry, and a folder is there whole or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from workstation.acts import given_files, papers, refusals, table_files
from workstation.acts.desk import Desk
from workstation.acts.progress import Progress, silent
from workstation.domain.paper import Paper, PaperState
from workstation.domain.times import local, minute
from workstation.domain.words import word
from workstation.errors import Explained, OutsideFailed, Refused
from workstation.settings import os_reason

LIST = "摘要清单.csv"
NO_IMAGE = "无影像"
HEADS = (
    "文件",
    "纸面编号",
    "种类",
    "第几份",
    "状态",
    "代替它的纸面",
    "成文时间",
    "原件摘要（SM3）",
    "文件摘要（SM3）",
)
#: Why a stored paper cannot be given to an archive; the ids are those of `printing.archive`.
REASONS = {
    "damaged": "影像不完整",
    "font": "有字体没有随文件带上",
    "active": "含有会运行、会变化的内容",
}


@dataclass(frozen=True)
class File:
    """One file of an export, and the plain SM3 digests of what is stored and of what was written."""

    name: str
    original: str
    exported: str


@dataclass(frozen=True)
class Exported:
    """A face that was asked for; `file` is the sheet it stands on, None if no image of it is kept."""

    paper: Paper
    file: File | None


@dataclass(frozen=True)
class Export:
    """What was given out, and where it lies."""

    folder: Path
    papers: tuple[Exported, ...]

    @property
    def without_image(self) -> int:
        """How many faces are only listed."""
        return sum(one.file is None for one in self.papers)


def export(desk: Desk, number: str, to: Path, *, progress: Progress = silent) -> Export:
    """Write every paper of a case, envelope or batch into a new folder; each sheet is a step."""
    # Refused before anything is drawn, by the same rules as the act itself.
    desk.may("export_papers")
    desk.writes()
    target = to.absolute()
    _refuse_taken(target)
    found = _papers(desk, number)
    with given_files.beside(target) as half:
        files = _written(desk, found, half, progress)
        done = Export(target, tuple(Exported(p, files.get(p.sheet or p.number)) for p in found))
        given_files.save(half / LIST, _list(done))
        with desk.act("export_papers") as work:
            work.object = number
            work.mention(*(paper.case_number for paper in found if paper.case_number))
            work.facts = {"papers": len(found), "without_image": done.without_image}
        _put(half, target)
    return done


def _papers(desk: Desk, number: str) -> list[Paper]:
    """Its faces, void ones too; what an interruption has left is made first, as far as it can be."""
    found = papers.listed(desk, number)
    if not found:
        raise _nothing(number)
    return papers.listed(desk, number) if made(desk, found) else found


def made(desk: Desk, found: Sequence[Paper]) -> bool:
    """Make those that an interruption has left; False if there is none among them."""
    left = [p.number for p in found if p.state == PaperState.PROMISED and not p.sheet]
    if left:
        with suppress(Explained):  # one that cannot be made is listed as it is, and holds up no other
            desk.make_promised(*left)
    return bool(left)


def _written(desk: Desk, found: Sequence[Paper], folder: Path, progress: Progress) -> dict[str, File]:
    """The files of the sheets that there are images of, by the sheet's number."""
    sheets = [paper for paper in found if not paper.sheet]
    files: dict[str, File] = {}
    for done, sheet in enumerate(sheets):
        progress(done, len(sheets))
        pdf = papers.stored(desk, sheet.number)
        if pdf is not None:
            files[sheet.number] = _file(sheet, pdf, folder)
    progress(len(sheets), len(sheets))
    return files


def _file(sheet: Paper, pdf: bytes, folder: Path) -> File:
    content = archived(sheet, pdf)
    name = f"{sheet.number}-{_kind(sheet)}.pdf"
    given_files.save(folder / name, content)
    return File(name, papers.sm3(pdf), papers.sm3(content))


def archived(sheet: Paper, pdf: bytes) -> bytes:
    """A stored sheet with the marks of PDF/A; refused in words if it cannot have them."""
    # Imported here: it takes longer to load than most commands take to run.
    from printing import archive

    when = local(sheet.made_at or sheet.promised_at)
    try:
        return archive.as_pdfa(pdf, title=f"{_kind(sheet)} {sheet.number}", when=when)
    except archive.NotArchivable as error:
        raise _not_archivable(sheet, error.reason) from error


def _kind(sheet: Paper) -> str:
    """With the number it says which paper it is, and nothing of whom it is about."""
    return word(sheet.kind).replace("/", "")


def _list(export: Export) -> bytes:
    rows = [_row(one.paper, one.file) for one in export.papers]
    return table_files.written("csv", HEADS, rows, title=LIST)


def _row(paper: Paper, file: File | None) -> list[str]:
    return [
        file.name if file else NO_IMAGE,
        paper.number,
        word(paper.kind),
        str(paper.copy),
        word(paper.state),
        paper.replaced_by or "",
        minute(paper.made_at),
        file.original if file else "",
        file.exported if file else "",
    ]


def _refuse_taken(target: Path) -> None:
    try:
        # A mount is no folder that another could be put in the place of.
        taken = target.is_symlink() or (target.exists() and (target.is_mount() or any(target.iterdir())))
    except NotADirectoryError:
        taken = True
    except OSError as error:
        raise given_files.not_written(target, error) from error
    if taken:
        raise Refused(
            "folder-taken",
            what=f"没有导出到“{refusals.shown(target.name)}”。",
            why="那里已有文件，或不是一个普通的空目录；原有的东西不会被盖掉或混在一起。",
            next="请另写一个还没有的目录名。",
        )


def _put(half: Path, target: Path) -> None:
    try:
        half.rename(target)
    except OSError as error:
        raise OutsideFailed(
            "export-not-put",
            what="没有导出，什么文件也没有留下；留痕账上已有这一次的记录。",
            why=f"{target}：{os_reason(error)}。",
            next="请另写一个还没有的目录名，再导出一次。",
        ) from error


def _nothing(number: str) -> Refused:
    return Refused(
        "papers-not-found",
        what=f"{refusals.shown(number)} 名下没有纸面，没有导出。",
        why="本大厅的账上，没有哪张纸面属于这个编号。",
        next="请核对编号：应是办件、封套或交寄批次的编号。（命令：paper list）",
    )


def _not_archivable(sheet: Paper, reason: str) -> OutsideFailed:
    return OutsideFailed(
        "paper-not-archivable",
        what=f"{word(sheet.kind)} {sheet.number} 不能存档，一张也没有导出。",
        why=f"{REASONS[reason]}。",
        next="请把这一条告诉管理员；原来的影像没有改动。",
    )
