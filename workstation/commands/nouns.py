"""The nouns there are: modules of this folder with a `HELP`; being there is being registered."""

from __future__ import annotations

import ast
import importlib
from functools import cache
from pathlib import Path

from workstation.commands import parser
from workstation.commands.parser import Verbs
from workstation.errors import WrongUsage

_FOLDER = Path(__file__).parent


def names() -> tuple[str, ...]:
    """All nouns, in alphabetical order; none is imported."""
    return tuple(sorted(p.stem for p in _FOLDER.glob("*.py") if summary(p.stem) is not None))


@cache
def summary(noun: str) -> str | None:
    """A noun's one line of help, read from its source without importing it; None if there is no such noun."""
    path = _FOLDER / f"{noun}.py"
    if not noun.isidentifier() or not path.is_file():
        return None
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="HELP")], value=ast.Constant(value=str() as text)):
                return text
    return None


def load(noun: str) -> Verbs:
    """Import a noun and let it register its verbs; an unknown one is refused with the known ones named."""
    if summary(noun) is None:
        raise _unknown_noun(noun)
    verbs = Verbs(noun)
    importlib.import_module(f"workstation.commands.{noun}").register(verbs)
    return verbs


def overview() -> str:
    """The help of the whole program."""
    lines = [
        "用法：workstation [通用选项] 名词 [动词] [参数]",
        "",
        "跨省通办窗口工作站。不带名词时打开画面。",
        "",
        "名词：",
    ]
    lines += [f"  {noun:<10}{summary(noun)}" for noun in names()]
    lines += [
        "",
        "通用选项：--home 目录  --json  --as 工号  --second 工号  --window 1-99  --seen 版本  --draft 草稿号",
    ]
    lines += ["          --readonly 只看不写  --version 显示版本"]
    lines += ["          “名词 --help”“名词 动词 --help”显示详细写法。"]
    return "\n".join(lines)


def verbs_help(verbs: Verbs) -> str:
    """The help of one noun."""
    lines = [f"用法：workstation {verbs.noun} 动词 [参数]", "", summary(verbs.noun) or "", "", "动词："]
    lines += [f"  {verb.name:<18}{verb.help}" for verb in verbs.known.values()]
    return "\n".join([*lines, "", f"“workstation {verbs.noun} 动词 --help”显示该动词的参数。"])


def _unknown_noun(noun: str) -> WrongUsage:
    return parser.usage("noun-unknown", f"没有“{noun}”这个名词；有：{'、'.join(names())}。", "workstation")


def unknown_verb(verbs: Verbs, verb: str | None) -> WrongUsage:
    """A verb this noun does not have, or none at all."""
    known = "、".join(verbs.known)
    command = f"workstation {verbs.noun}"
    if verb is None:
        return parser.usage("verb-missing", f"“{verbs.noun}”后面要写动词：{known}。", command)
    return parser.usage("verb-unknown", f"“{verbs.noun}”没有动词“{verb}”；有：{known}。", command)
