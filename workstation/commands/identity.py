"""Noun `identity` 证件: check a number, read a card, take out the picture of a look from afar."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path

from forms import identifiers
from forms.identifiers import InvalidIdentifier
from workstation import bootstrap, typed
from workstation.acts import explanations, hints, identification, pictures, reading
from workstation.acts.checks import ID_KINDS
from workstation.acts.facts import ID_KINDS as KIND_WORDS
from workstation.acts.hints import Told
from workstation.acts.revealing import REASONS
from workstation.commands import shown
from workstation.commands.output import Result
from workstation.commands.parser import Verbs, argument, whole
from workstation.commands.session import Context
from workstation.domain.times import local
from workstation.reference import divisions

HELP = "证件：验号码、用读卡器读证、取出远程视频核验的图片"


def register(verbs: Verbs) -> None:
    """The verbs of an identity document."""
    text = argument("text", metavar="号码", help="证件号码或统一社会信用代码")
    kind = argument("--kind", choices=ID_KINDS, help="证件种类；不写则逐种试（外国护照除外）")
    verbs.add(
        "check",
        _check,
        help="验证件号码（不需要大厅，不需要登录）",
        shows="450103199003070004",
        arguments=[text, kind],
    )
    verbs.add(
        "read",
        _read,
        help="用读卡器读证（不需要大厅，不需要登录）",
        shows="--reader sdt_serial --port /dev/ttyUSB0",
        arguments=_READ,
    )
    identity = argument("identity", metavar="核验编号", help="如 13502031012632400012-i1（见 case show）")
    out = argument("--out", metavar="文件", required=True, type=Path, help="写到这个还没有的文件")
    why = argument("--reason", default="verify", choices=tuple(REASONS), help="事由代码（默认 verify）")
    verbs.add(
        "evidence",
        _evidence,
        help="取出核验图片（留痕）",
        shows="13502031012632400012-i1 --out 核验.jpg --as 2001",
        arguments=[identity, out, why],
    )


_READ = (
    argument("--reader", default="sdt_serial", choices=reading.names(), help="读卡器种类"),
    argument("--port", required=True, metavar="端口", help="读卡器的端口，如 /dev/ttyUSB0"),
    argument("--baud", default=reading.BAUD, type=whole, metavar="波特率", help="默认 115200"),
    argument("--timeout", default=10, type=whole, metavar="秒", help="等候放上证件的秒数（默认 10）"),
    argument("--clear", action="store_true", help="显示明文，供收件登记的 JSON 使用"),
)


def _check(_: Context, args: Namespace) -> Result:
    today = local(bootstrap.machine_clock()).date()
    kinds = (args.kind,) if args.kind else identifiers.guess(args.text)
    valid = [_valid(kind, args.text) for kind in kinds if _fault(kind, args.text, today) is None]
    tried = () if valid else (args.kind,) if args.kind else _TRIED
    faults = [_as_fault(kind, fault) for kind in tried if (fault := _fault(kind, args.text, today))]
    words = "\n".join(_words(found) for found in valid) or _no_words(faults)
    return Result({"valid": valid, "faults": faults}, text=words, exit_code=0 if valid else 3)


_ANYTHING = "foreign_passport"
"""Nearly anything can be the number of one, so none is guessed to be."""
_TRIED = tuple(kind for kind in ID_KINDS if kind != _ANYTHING)


def _fault(kind: str, text: str, today: date) -> InvalidIdentifier | None:
    try:
        identifiers.load(kind).validate(text)
    except InvalidIdentifier as error:
        return error
    told = hints.told_by(kind, text)
    born = told.birth_date if told else None
    return InvalidIdentifier(kind, "future") if born and born > today else None


def _valid(kind: str, text: str) -> dict[str, object]:
    told = hints.told_by(kind, text) or Told()
    name = divisions.name(told.division) if told.division else None
    return {
        "kind": kind,
        "number": identifiers.load(kind).mask(text),
        "birth_date": told.birth_date.isoformat() if told.birth_date else None,
        "sex": told.sex,
        "division": told.division,
        "division_name": name,
        "warnings": ["division-unknown"] if told.division and name is None else [],
    }


def _as_fault(kind: str, error: InvalidIdentifier) -> dict[str, str]:
    explained = explanations.identifier(error)
    return {"kind": kind, "code": explained.code, "why": explained.why, "next": explained.next}


def _words(found: dict[str, object]) -> str:
    parts = [f"{KIND_WORDS[str(found['kind'])]} {found['number']}：号码有效"]
    if found["birth_date"]:
        parts.append(f"出生日期 {found['birth_date']}")
    if found["sex"]:
        parts.append(hints.SEXES[str(found["sex"])])
    if found["division_name"]:
        whose = "登记机关" if found["kind"] in identifiers.OF_ORGANISATIONS else "首次登记地，未必是现户籍地"
        parts.append(f"区划 {found['division_name']}（{whose}）")
    if found["warnings"]:
        parts.append("注意：其中的区划代码不在行政区划表里，撤销的代码在号码里一直有效，请对照证件核对")
    return "，".join(parts) + "。"


def _no_words(faults: list[dict[str, str]]) -> str:
    lines = ["号码无效：", *(f"  {fault['why']}{fault['next']}" for fault in faults)]
    if all(fault["kind"] != _ANYTHING for fault in faults):
        lines.append(f"外国护照的号码没有固定样式，请加 --kind {_ANYTHING} 再验。")
    return "\n".join(lines)


def _read(_: Context, args: Namespace) -> Result:
    document = reading.read(args.reader, args.port, args.timeout, baud=args.baud)
    plain = typed.plain(document)
    assert isinstance(plain, dict)
    if not args.clear:
        masked = {name: shown.mask(name, plain[name], document.id_kind) for name in _PERSONAL}
        plain = {**plain, **masked}
    return Result({"document": plain})


_PERSONAL = ("name", "id_number", "address")


def _evidence(context: Context, args: Namespace) -> Result:
    desk, path = context.desk(), args.out.absolute()
    with pictures.new_file(path) as file:
        evidence, picture = identification.evidence(desk, args.identity, reason=args.reason)
        file.write(picture)
    text = f"已取出核验图片（本次查看已留痕）：{path}。用完请删除。"
    return Result({"evidence": {**shown.record(evidence), "path": path}}, text=text)
