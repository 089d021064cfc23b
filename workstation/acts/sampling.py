"""抽查: a random share of the cases of some days, and all that carry a flag; looked through again.

The share is chosen by a seed that stands on the sheet: whoever has the list of cases can choose it anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from forms.identifiers import plain_text
from workstation.acts import checks, papers, refusals, unexplained
from workstation.acts.day_sheets import reader
from workstation.acts.desk import Desk
from workstation.acts.facts import sampling_sheet
from workstation.acts.facts.sampling_sheet import RANDOM
from workstation.domain import codes
from workstation.domain.paper import Paper
from workstation.domain.sampling import Sample, SampleLine
from workstation.errors import Refused
from workstation.policies import SamplingPolicy
from workstation.store.statements import day_closes as sql
from workstation.store.work import Reading, Work

KIND = "sampling_sheet"
FINDINGS = ("sound", "defect", "serious")
WHOLE = 1000
"""Shares are of a thousand."""

_SEED = re.compile(r"[0-9]{1,40}")


@dataclass(frozen=True)
class SampleFile:
    """A sample with its cases."""

    sample: Sample
    lines: tuple[SampleLine, ...]

    @property
    def left(self) -> int:
        """How many cases nobody has looked at yet."""
        return sum(line.finding is None for line in self.lines)


@dataclass(frozen=True)
class Recomputed:
    """A sample chosen anew from its seed."""

    file: SampleFile
    population: int
    is_same_list: bool
    """Whether the cases it was chosen from are the same as then."""
    missing: tuple[str, ...]
    """Chosen by the seed, and not in the sample."""
    extra: tuple[str, ...]
    """In the sample as random, and not chosen by the seed."""

    @property
    def agrees(self) -> bool:
        """Whether the seed gives exactly this sample."""
        return self.is_same_list and not self.missing and not self.extra


def rank(seed: str, number: str) -> bytes:
    """Where a case stands in the order that a seed gives: SM3 over both."""
    return hashlib.new("sm3", (seed + number).encode()).digest()


def chosen(seed: str, numbers: Iterable[str], share: int) -> list[str]:
    """The share (of a thousand, rounded up) that a seed chooses out of these cases."""
    ranked = sorted(numbers, key=lambda number: (rank(seed, number), number))
    return ranked[: -(-len(ranked) * share // WHOLE)]


def digest(numbers: Iterable[str]) -> str:
    """SM3 over the numbers, sorted, a line each."""
    return hashlib.new("sm3", "\n".join(sorted(numbers)).encode()).hexdigest()


def draw(
    desk: Desk,
    since: str,
    until: str,
    *,
    policy: SamplingPolicy,
    per_mille: int | None = None,
    seed: str | None = None,
) -> SampleFile:
    """抽取样本 of the cases registered on these days; without a seed the journal's anchor is it."""
    since, until = checks.day("since", since), checks.day("until", until)
    given = _share(policy.per_mille if per_mille is None else per_mille)
    with desk.act("draw_sample") as work:
        if until > unexplained.today(work.now):
            raise unexplained.day_to_come(until, unexplained.today(work.now))
        seed = _seed(seed) if seed else codes.anchor(work.chain()[1])
        begin, end = checks.span(since, until, work.now)
        numbers = _registered(work, begin, end)
        if not numbers:
            raise _nothing_to_draw(since, until)
        share = max(given, _share_of(policy, len(numbers)))
        sample = _written(work, (since, until), numbers, seed=seed, share=share)
        taken = dict.fromkeys(chosen(seed, numbers, sample.share), RANDOM)
        lines = _lines(work, sample, taken, _flagged(work, begin, end))
        work.facts = {"population": sample.population, "cases": len(lines), "share": sample.share}
        return SampleFile(sample, tuple(lines))


def _share(per_mille: int) -> int:
    if not 1 <= per_mille <= WHOLE:
        raise checks.usage(
            "share-impossible",
            f"抽查比例 {per_mille}‰ 不对。",
            f"请写 1 至 {WHOLE} 的千分数，如 50 是百分之五。（命令：--per-mille）",
        )
    return per_mille


def _share_of(policy: SamplingPolicy, count: int) -> int:
    """The share by which at least the fewest of the setting are chosen, as far as there are so many."""
    fewest = min(policy.fewest, count)
    return -(-((fewest - 1) * WHOLE + 1) // count) if fewest else 1


def _seed(text: str) -> str:
    digits = "".join(unicodedata.normalize("NFKC", text).split())
    if not _SEED.fullmatch(digits):
        then = "请照抽查单上的种子写。（命令：--seed）"
        raise checks.usage("seed-impossible", "种子不是 40 位以内的数字。", then)
    return digits.zfill(codes.ANCHOR_LENGTH)


def _registered(reading: Reading, since: int, until: int) -> list[str]:
    return sorted(line["number"] for line in reading.lines(sql.REGISTERED, since=since, until=until))


def _flagged(reading: Reading, since: int, until: int) -> dict[str, list[str]]:
    """The flags of each case of a span that has some."""
    found: dict[str, list[str]] = {}
    span = {"since": since, "until": until}
    for flag, statement in sql.FLAGGED.items():
        for line in reading.lines(statement, **span):
            found.setdefault(line["number"], []).append(flag)
    for line in reading.lines(sql.PACKED_BY_TWO, **span):
        if _leaves_out(line["body"], line["number"]):
            found.setdefault(line["number"], []).append("left_out")
    return {number: list(dict.fromkeys(flags)) for number, flags in found.items()}


def _leaves_out(body: str, case: str) -> bool:
    """Whether somebody packed without a piece of this case that belongs into the envelope."""
    changes = json.loads(body)["changes"]
    return any(
        table == "pieces" and columns.get("goes") == 0 and str(key[0]).startswith(f"{case}-")
        for table, key, columns in changes
    )


def _written(work: Work, span: tuple[str, str], numbers: Sequence[str], **how: Any) -> Sample:
    since, until = span
    ordinal = len(work.samples.where(since=since)) + 1
    work.object = f"{since}-{ordinal}"
    sample = Sample(
        id=work.object,
        since=since,
        until=until,
        population=len(numbers),
        digest=digest(numbers),
        drawn_at=work.now,
        drawn_by=work.stamp.operator or "",
        **how,
    )
    return work.samples.add(sample)


def _lines(
    work: Work, sample: Sample, taken: Mapping[str, str], flagged: Mapping[str, list[str]]
) -> list[SampleLine]:
    lines = []
    for number in sorted({*taken, *flagged}):
        why = [*([RANDOM] if number in taken else []), *flagged.get(number, [])]
        lines.append(work.sample_lines.add(SampleLine(sample.id, number, ",".join(why))))
    return lines


def listed(desk: Desk, *, count: int = 60) -> list[SampleFile]:
    """The samples there are, the latest days first."""
    reader(desk)
    with desk.reading() as reading:
        samples = reading.samples.query(sql.NEWEST_SAMPLES, count=count)
        return [_file(reading, sample) for sample in samples]


def file(desk: Desk, sample: str) -> SampleFile:
    """One sample with its cases."""
    reader(desk)
    with desk.reading() as reading:
        return _file(reading, _find(reading, sample))


def _file(reading: Reading, sample: Sample) -> SampleFile:
    return SampleFile(sample, tuple(reading.sample_lines.where(sample=sample.id)))


def _find(reading: Reading, name: str) -> Sample:
    found = None if plain_text.forbidden(name) else reading.samples.get(name)
    if found is None:
        raise Refused(
            "sample-not-found",
            what=f"没有抽查 {refusals.shown(name)}。",
            why="本大厅没有这个编号的抽查。",
            next="请从抽查清单里选。（命令：sampling list）",
        )
    return found


def find(desk: Desk, sample: str, case: str, *, finding: str, note: str | None = None) -> SampleLine:
    """登记抽查结果 of one case; noted again, the later one stands."""
    checks.one_of("finding", finding, FINDINGS)
    note = checks.field("note", plain_text.validate, note) if note else None
    if finding != "sound" and note is None:
        raise checks.usage("note-missing", "有问题而没有写明是什么问题。", "请写明问题。（命令：--note）")
    with desk.act("note_finding") as work:
        of = _find(work, sample)
        line = None if plain_text.forbidden(case) else work.sample_lines.get(of.id, case)
        if line is None:
            raise _not_in_sample(of, case)
        desk.saw(line)
        work.object = case
        work.facts = {"sample": of.id, "finding": finding}
        by = desk.signed_in().code
        return work.sample_lines.save(
            replace(line, finding=finding, note=note, found_at=work.now, found_by=by)
        )


def recompute(desk: Desk, sample: str) -> Recomputed:
    """Choose a sample anew from its seed, out of the cases that were there when it was drawn."""
    reader(desk)
    with desk.reading() as reading:
        file = _file(reading, _find(reading, sample))
        of = file.sample
        begin, end = checks.span(of.since, of.until, of.drawn_at)
        numbers = _registered(reading, begin, min(end, of.drawn_at))
    expected = set(chosen(of.seed, numbers, of.share))
    there = {line.case_number for line in file.lines if RANDOM in line.chosen.split(",")}
    return Recomputed(
        file=file,
        population=len(numbers),
        is_same_list=(len(numbers), digest(numbers)) == (of.population, of.digest),
        missing=tuple(sorted(expected - there)),
        extra=tuple(sorted(there - expected)),
    )


def print_sheet(desk: Desk, sample: str) -> Paper:
    """出具抽查单: seed, cases and findings as they stand."""
    with desk.act("print_sampling_sheet") as work:
        file = _file(work, _find(work, sample))
        work.object = file.sample.id
        work.facts = {"cases": len(file.lines), "left": file.left}
        facts = sampling_sheet.facts(desk.hall, work.stamp.window or 0, file)
        return papers.promise(work, KIND, file.sample.id, facts)


def _nothing_to_draw(since: str, until: str) -> Refused:
    return Refused(
        "sample-empty",
        what="没有抽取样本。",
        why=f"{since} 至 {until} 没有登记过办件。",
        next="请换一段日期。（命令：--since、--until）",
    )


def _not_in_sample(sample: Sample, case: str) -> Refused:
    return Refused(
        "case-not-sampled",
        what=f"办件 {refusals.shown(case)} 没有登记抽查结果。",
        why=f"它不在抽查 {sample.id} 抽出的办件里。",
        next="请从抽出的办件里选。（命令：sampling show）",
    )
