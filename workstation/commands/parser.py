"""The command line taken apart: noun, verb, global options and arguments; every fault is told in Chinese.

One flat argparse parser per verb, so that global options may stand before the noun and after the verb alike.
"""

from __future__ import annotations

import argparse
import re
import textwrap
from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from workstation.domain.times import SHANGHAI
from workstation.errors import WrongUsage

if TYPE_CHECKING:
    from workstation.commands.output import Result
    from workstation.commands.session import Context

    Run = Callable[[Context, Namespace], Result]

_WITH_VALUE = frozenset({"--home", "--as", "--second", "--window", "--seen", "--draft"})


@dataclass(frozen=True)
class Options:
    """The global options of one command."""

    home: Path | None = None
    json: bool = False
    reads_stdin: bool = False
    """`--json -`: the verb's input is JSON on stdin."""
    operator: str | None = None
    second: str | None = None
    window: int | None = None
    seen: int | None = None
    draft: str | None = None
    """Id of the draft that the act was written in."""
    readonly: bool = False
    """Look only: whatever would write is refused."""


@dataclass(frozen=True)
class Argument:
    """One argument of a verb, in argparse's own words."""

    flags: tuple[str, ...]
    options: dict[str, Any]


def argument(*flags: str, **options: Any) -> Argument:
    """`argument("number", help=…)` or `argument("--reason", required=True, help=…)`."""
    if "choices" in options:
        # A refusal names the choices as they are typed, not as members of an enumeration.
        options["choices"] = tuple(map(str, options["choices"]))
    return Argument(flags, options)


@dataclass(frozen=True)
class Verb:
    """One verb of a noun."""

    name: str
    run: Run
    help: str
    shows: tuple[str, ...]
    """Examples for its help: what follows the verb on the line."""
    arguments: tuple[Argument, ...] = ()
    reads: type | None = None
    """What `--json -` reads for it."""
    example: Any = None
    """What `--schema` shows of that."""


@dataclass
class Verbs:
    """The verbs a noun registers."""

    noun: str
    known: dict[str, Verb] = field(default_factory=dict)

    def add(
        self,
        name: str,
        run: Run,
        *,
        help: str,
        shows: str | tuple[str, ...],
        arguments: Sequence[Argument] = (),
        reads: tuple[type, Any] | None = None,
    ) -> None:
        """Register a verb.

        `shows` is an example for its help, or two: what follows the verb on the line. `reads` is the
        structure that `--json -` reads, with a full example of it.
        """
        kind, example = reads or (None, None)
        lines = (shows,) if isinstance(shows, str) else shows
        self.known[name] = Verb(name, run, help, lines, tuple(arguments), kind, example)

    def only(
        self,
        run: Run,
        *,
        help: str,
        shows: str | tuple[str, ...],
        arguments: Sequence[Argument] = (),
        reads: tuple[type, Any] | None = None,
    ) -> None:
        """Register the noun itself as a whole command, without verbs."""
        self.add("", run, help=help, shows=shows, arguments=arguments, reads=reads)

    @property
    def alone(self) -> Verb | None:
        """The whole command, where the noun is one."""
        return self.known.get("")


def wants_json(argv: Sequence[str]) -> bool:
    """Whether the answer, be it an error of the line itself, shall be JSON."""
    return any(token == "--json" or token.startswith("--json=") for token in _options(argv))


def asks(argv: Sequence[str], *flags: str) -> bool:
    """Whether one of these flags stands on the line."""
    return any(token in flags for token in _options(argv))


def _options(argv: Sequence[str]) -> Sequence[str]:
    return argv[: argv.index("--")] if "--" in argv else argv


def normalised(argv: Sequence[str]) -> list[str]:
    """`--json` and `--json -` each as one token: in `--json case show` the noun is not its value."""
    tokens: list[str] = []
    for position, token in enumerate(argv):
        if token == "--":
            return tokens + list(argv[position:])
        if token == "-" and tokens and tokens[-1] == "--json=out":
            tokens[-1] = "--json=-"
        else:
            tokens.append("--json=out" if token == "--json" else token)
    return tokens


def first_word(tokens: Sequence[str]) -> tuple[str | None, list[str]]:
    """The first token that is no option nor an option's value, and the line without it."""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        if token == "--":
            break
        if not token.startswith("-"):
            return token, [*tokens[:position], *tokens[position + 1 :]]
        position += 2 if token in _WITH_VALUE else 1
    return None, list(tokens)


class _Formatter(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, prefix or "用法：")


class _Parser(argparse.ArgumentParser):
    def __init__(self, prog: str, description: str) -> None:
        super().__init__(
            prog=prog, description=description, add_help=False, allow_abbrev=False, formatter_class=_Formatter
        )
        # Python 3.14 would write escape sequences into the help.
        self.color = False

    def error(self, message: str) -> NoReturn:
        raise _usage(message, self.prog)


def parse(noun: str, verb: Verb, tokens: Sequence[str]) -> tuple[Options, Namespace]:
    """The global options and the verb's arguments."""
    given = _parser(noun, verb).parse_args(list(tokens))
    options = Options(
        home=given.global_home,
        json=given.global_json is not None,
        reads_stdin=given.global_json == "-",
        operator=given.global_as,
        second=given.global_second,
        window=given.global_window,
        seen=given.global_seen,
        draft=given.global_draft,
        readonly=given.global_readonly,
    )
    return options, given


def help_text(noun: str, verb: Verb) -> str:
    """The help of one verb, with its examples."""
    shown = textwrap.indent("\n".join(examples(noun, verb)), "  ")
    return f"{_parser(noun, verb).format_help()}\n示例：\n{shown}\n"


def examples(noun: str, verb: Verb) -> list[str]:
    """The examples of one verb, as they are typed."""
    return [f"{_command(noun, verb)} {line}".rstrip() for line in verb.shows]


def _command(noun: str, verb: Verb) -> str:
    return " ".join(part for part in ("workstation", noun, verb.name) if part)


def _parser(noun: str, verb: Verb) -> argparse.ArgumentParser:
    parser = _Parser(_command(noun, verb), verb.help)
    own = parser.add_argument_group("参数")
    for each in verb.arguments:
        own.add_argument(*each.flags, **each.options)
    if verb.reads is not None:
        own.add_argument(
            "--schema", action="store_true", help="显示 --json - 读入的 JSON 的 Schema 和完整示例"
        )
    _add_global(parser)
    return parser


def _add_global(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("通用选项（写在名词前或动词后都可以）")
    add = group.add_argument
    add("--home", dest="global_home", metavar="目录", type=_folder, help="数据目录（或设 WORKSTATION_HOME）")
    add("--json", dest="global_json", metavar="-", type=_way, help="输出 JSON；“--json -”还从标准输入读 JSON")
    add("--as", dest="global_as", metavar="工号", help="经办人（密码：WORKSTATION_PASSWORD 或当面输入）")
    add(
        "--second",
        dest="global_second",
        metavar="工号",
        help="第二人（PIN：WORKSTATION_SECOND_PIN 或当面输入）",
    )
    add(
        "--window", dest="global_window", metavar="1-99", type=whole, help="窗口号（或设 WORKSTATION_WINDOW）"
    )
    add("--seen", dest="global_seen", metavar="版本", type=whole, help="您看到的版本；已被别人改动则不办理")
    add(
        "--draft",
        dest="global_draft",
        metavar="草稿号",
        help="这次办理用的草稿：办成后草稿消失；没有 --json - 时，内容就取自草稿",
    )
    add("--readonly", dest="global_readonly", action="store_true", help="只看不写：任何办理都不做")
    add("-h", "--help", action="store_true", help="显示本说明")


def whole(text: str) -> int:
    """A whole number from 0 on, in ASCII digits."""
    if not re.fullmatch(r"[0-9]{1,15}", text):
        raise argparse.ArgumentTypeError("须为整数")
    return int(text)


def moment(text: str) -> int:
    """A time such as 2026-11-20T09:00 (Asia/Shanghai unless it names its zone) as epoch milliseconds."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("须为时间，如 2026-11-20T09:00") from error
    if at.tzinfo is None:
        at = at.replace(tzinfo=SHANGHAI)
    return round(at.timestamp() * 1000)


def _way(text: str) -> str:
    if text not in ("out", "-"):
        raise argparse.ArgumentTypeError("写 --json，或“--json -”")
    return text


def _folder(text: str) -> Path:
    if not text or "\0" in text:
        raise argparse.ArgumentTypeError("须为目录")
    return Path(text)


#: argparse's messages, ours, and our code for them.
_MESSAGES = (
    (r"the following arguments are required: (.*)", "argument-missing", "缺少参数：{0}。"),
    (r"one of the arguments (.*) is required", "argument-missing", "须给出其中之一：{0}。"),
    (r"unrecognized arguments: (.*)", "argument-unknown", "不认识的参数：{0}。"),
    (r"argument (.*): expected .* arguments?", "argument-without-value", "参数 {0} 后面缺少值。"),
    (
        r"argument (.*): invalid choice: (.*) \(choose from (.*)\)",
        "argument-wrong",
        "参数 {0} 不能是 {1}，可用：{2}。",
    ),
    (r"argument (.*): invalid \S+ value: (.*)", "argument-wrong", "参数 {0} 不能是 {1}。"),
    (r"argument (.*): not allowed with argument (.*)", "argument-conflict", "参数 {0} 与 {1} 不能同时使用。"),
    (r"argument (.*): ignored explicit argument (.*)", "argument-wrong", "参数 {0} 不带值，却写了 {1}。"),
    (r"argument ([^:]*): (.*)", "argument-wrong", "参数 {0}：{1}。"),
)


def _usage(message: str, prog: str) -> WrongUsage:
    for pattern, code, wording in _MESSAGES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return usage(code, wording.format(*found.groups()), prog)
    return usage("argument-wrong", f"参数不对：{message}。", prog)


def usage(code: str, why: str, command: str) -> WrongUsage:
    """A line that cannot be understood; nothing was tried."""
    return WrongUsage(code, what="命令写得不对，没有执行。", why=why, next=f"用 {command} --help 查看写法。")
