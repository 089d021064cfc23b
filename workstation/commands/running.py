"""Runs one command line: finds the noun and verb, gives them a context, prints what comes of it.

The only place where every error is caught: what is not explained is written to the log and told by its class.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from workstation import __version__
from workstation.commands import nouns, output, parser
from workstation.commands.output import Result
from workstation.commands.parser import Options, Verb, Verbs
from workstation.commands.session import Context, schema
from workstation.errors import Explained, OutsideFailed, WrongUsage

#: Opens the screens and gives their exit code; given from above, since commands know no screens.
Screens = Callable[[Options], int]

#: They lay down a hall or a key, which no desk guards.
_PAST_THE_DESK = frozenset({("init", ""), ("practice", "day"), ("key", "enrol")})


def run(argv: Sequence[str], *, screens: Screens | None = None) -> int:
    """Run a command line and give its exit code."""
    as_json = parser.wants_json(argv)
    # Whatever is made from here on, side files of the engines included, is this user's alone.
    before = os.umask(0o077)
    try:
        result = _answer(argv, screens)
        if isinstance(result, int):
            return result
        output.show(result, as_json=as_json)
    except BrokenPipeError:
        return _reader_gone()
    except KeyboardInterrupt:
        return _tell(_interrupted(), as_json)
    except Explained as error:
        return _tell(error, as_json)
    except Exception as error:  # noqa: BLE001 - the program's door: nothing leaves as a traceback
        return _unforeseen(error, argv, as_json)
    finally:
        os.umask(before)
    return result.exit_code


def _answer(argv: Sequence[str], screens: Screens | None) -> Result | int:
    _refuse_damaged(argv)
    tokens = parser.normalised(argv)
    noun, tokens = parser.first_word(tokens)
    if noun is None:
        return _without_noun(tokens, screens)
    verbs = nouns.load(noun)
    verb, tokens = _verb(verbs, tokens)
    if verb is None:
        return Result({"help": nouns.verbs_help(verbs)}, text=nouns.verbs_help(verbs))
    if parser.asks(tokens, "-h", "--help"):
        text = parser.help_text(noun, verb)
        return Result({"help": text}, text=text)
    if verb.reads is not None and parser.asks(tokens, "--schema"):
        return schema(verb.reads, verb.example)
    options, args = parser.parse(noun, verb, tokens)
    if options.readonly and (noun, verb.name) in _PAST_THE_DESK:
        raise _read_only()
    if options.reads_stdin and verb.reads is None:
        why = "这个动词不从标准输入读 JSON；只要输出 JSON 时写 --json。"
        raise parser.usage("input-unexpected", why, f"workstation {noun} {verb.name}".rstrip())
    return _run(verb, options, args)


def _verb(verbs: Verbs, tokens: list[str]) -> tuple[Verb | None, list[str]]:
    """The verb, or None if the noun's help is wanted."""
    if verbs.alone:
        return verbs.alone, tokens
    name, rest = parser.first_word(tokens)
    if name is None and parser.asks(tokens, "-h", "--help"):
        return None, rest
    if name not in verbs.known:
        raise nouns.unknown_verb(verbs, name)
    return verbs.known[name], rest


def _run(verb: Verb, options: Options, args: Namespace) -> Result:
    context = Context(options)
    try:
        return _explained(verb, context, args)
    finally:
        context.close()


def _explained(verb: Verb, context: Context, args: Namespace) -> Result:
    """The verb's result; an act that waits for its second person is a result too."""
    from workstation.acts import explanations, waiting
    from workstation.commands import shown

    try:
        with explanations.explained():
            result = verb.run(context, args)
            context.send_prints()
            return result
    except waiting.Waits as waits:
        return Result(
            {"waiting": shown.record(waits.waiting)},
            text=f"已记下，待第二人确认：{waits.waiting.id}。由该同事运行 confirm do {waits.waiting.id}。",
        )


def _without_noun(tokens: list[str], screens: Screens | None) -> Result | int:
    if parser.asks(tokens, "--version"):
        return Result({"version": __version__}, text=f"workstation {__version__}")
    if parser.asks(tokens, "-h", "--help"):
        text = nouns.overview()
        return Result({"help": text}, text=text)
    return _on_screens(tokens, screens)


def _on_screens(tokens: list[str], screens: Screens | None) -> int:
    """Without a noun the screens open; they need somebody at a terminal."""
    from workstation import settings

    verb = Verb("", _nothing, "打开画面", shows=("",))
    options, _ = parser.parse("", verb, tokens)
    if options.readonly and not settings.locate(options.home).has_hall:
        raise _read_only()
    if screens is None or options.json or not _is_terminal():
        raise _no_terminal()
    return screens(options)


def _nothing(*_: object) -> Result:
    raise AssertionError("the screens are no verb")


def _is_terminal() -> bool:
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def _no_terminal() -> WrongUsage:
    return WrongUsage(
        "no-terminal",
        what="这里没有终端，打不开画面。",
        why="输入、输出不是终端（或要了 --json）。",
        next="请在终端里运行；不用画面时写名词和动词：workstation --help 列出全部，"
        "practice day 演一遍并说明怎样试用。",
    )


def _read_only() -> Explained:
    from workstation.acts import refusals

    return refusals.read_only()


def _refuse_damaged(argv: Sequence[str]) -> None:
    for position, token in enumerate(argv, start=1):
        try:
            token.encode()
        except UnicodeEncodeError:
            why = f"第 {position} 个参数含有损坏的字符（不是 UTF-8）。"
            raise parser.usage("argument-damaged", why, "workstation") from None


def _tell(error: Explained, as_json: bool) -> int:
    output.show_error(error, as_json=as_json)
    return error.exit_code


def _interrupted() -> OutsideFailed:
    return OutsideFailed(
        "interrupted",
        what="已中断。",
        why="收到了中断（Ctrl-C）；一步要么整个办成，要么什么也没有写入。",
        next="请先查看这一步是否已办成，再决定是否重做。",
    )


def _reader_gone() -> int:
    """Whoever read our output has closed it; what was done is done."""
    # Python flushes once more at its end, and must not complain then.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return OutsideFailed.exit_code


def _unforeseen(error: Exception, argv: Sequence[str], as_json: bool) -> int:
    from workstation import faults

    return _tell(faults.internal(error, _logs(argv)), as_json)


def _logs(argv: Sequence[str]) -> Path:
    from workstation import settings

    given = [Path(after) for token, after in pairwise(argv) if token == "--home"]
    return settings.locate(given[-1] if given else None).logs
