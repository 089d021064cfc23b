"""What a verb is run with: the hall, opened when first asked for, and the people, authenticated once."""

from __future__ import annotations

import getpass
import os
import sys
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from workstation.commands.output import Result
from workstation.commands.parser import Options
from workstation.errors import OutsideFailed, WrongUsage

if TYPE_CHECKING:
    from workstation.acts.desk import Desk
    from workstation.acts.drafts import Alone, AtWindow
    from workstation.bootstrap import Opened
    from workstation.secrets import HallKey
    from workstation.settings import Home, Settings

T = TypeVar("T")


class Context:
    """One command: its options, its input, and the hall it is about."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self._opened: Opened | None = None
        self._signed_in: Desk | None = None
        self._began = 0
        self._alone: Alone | None = None
        self._read: object = None

    @cached_property
    def home(self) -> Home:
        """Where this window's things lie, whether or not there is a hall yet."""
        from workstation import settings

        return settings.locate(self.options.home)

    @property
    def has_input(self) -> bool:
        """Whether JSON was given on standard input (`--json -`)."""
        return self.options.reads_stdin

    def read(self, kind: type[T]) -> T:
        """The verb's input: from standard input, or else out of the draft of `--draft`."""
        from workstation.commands import reading

        if self._read is None and not self.has_input and self.options.draft:
            self._read = reading.read(self._drafted(self.options.draft), kind)
        if self._read is None and not self.has_input:
            raise WrongUsage(
                "input-missing",
                what="没有给出要办的内容，没有执行。",
                why="这个动词的内容是 JSON，从标准输入读。",
                next="加上 --json -，把 JSON 送到标准输入；用 --schema 看每个字段和完整示例。",
            )
        if self._read is None:
            self._read = reading.from_stdin(kind)
        return self._read  # type: ignore[return-value]  # a verb reads one kind

    def schema(self, kind: type, example: object) -> Result:
        """What `--schema` prints, for a verb that is asked for it by name (`case schema`)."""
        return schema(kind, example)

    def open(self, *, key: HallKey | None = None, found: Settings | None = None) -> Opened:
        """The hall, opened once; `key` and `found` are a hall key and settings that were brought along."""
        from workstation import bootstrap

        if self._opened is None:
            self._opened = bootstrap.open_hall(
                self.home, window=self.options.window, ask=self._passphrase, key=key, found=found
            )
        return self._opened

    def reading_desk(self) -> Desk:
        """The desk with nobody at it, for verbs that need no operator."""
        given = self.options
        return replace(self.open().desk, seen=given.seen, draft=given.draft, readonly=given.readonly)

    def desk(self) -> Desk:
        """The desk with the operator of `--as` at it, and the second person of `--second` beside."""
        if self._signed_in is None:
            self._signed_in = self._with_second(self._with_operator(self.reading_desk()))
            self._began = self._signed_in.store.now()
        return self._signed_in

    def at_window(self) -> AtWindow:
        """The desk; while the hall's server is away, as much of it as drafts need."""
        try:
            return self.desk()
        except OutsideFailed as error:
            if error.code != "store-unreachable":
                raise
        if self._alone is None:
            self._alone = self._without_store()
        return self._alone

    def send_prints(self) -> None:
        """Give what this command has queued to its printer; others' jobs do not hold it up."""
        from workstation.acts import sending

        desk = self._signed_in
        if desk is None or desk.readonly:
            return
        if any(job.queued_at >= self._began for job in sending.live(desk)):
            sending.Sender().round(desk)

    def secret(self, variable: str, prompt: str) -> str | None:
        """A secret from the environment, or from the person at the terminal; None where there is neither."""
        if value := os.environ.get(variable):
            return value
        if sys.stdin is None or not sys.stdin.isatty():
            return None
        try:
            return getpass.getpass(f"{prompt}：") or None
        except EOFError:
            return None

    def close(self) -> None:
        """Let go of the store and of the drafts."""
        if self._opened is not None:
            self._opened.close()
        if self._alone is not None:
            self._alone.drafts.close()

    def _drafted(self, draft: str) -> bytes:
        from workstation.acts import drafts

        return drafts.content(self.desk(), draft)

    def _without_store(self) -> Alone:
        from workstation import bootstrap
        from workstation.acts import refusals

        if self.options.operator is None:
            raise refusals.nobody_signed_in()
        given = self.options
        alone = bootstrap.open_drafts(self.home, operator=self.options.operator, window=given.window)
        return replace(alone, readonly=given.readonly)

    def _passphrase(self) -> str | None:
        return self.secret("WORKSTATION_PASSPHRASE", "入网口令")

    def _with_operator(self, desk: Desk) -> Desk:
        from workstation.acts import refusals, users

        code = self.options.operator
        if code is None:
            raise refusals.nobody_signed_in()
        password = self.password()
        return users.sign_in(desk, code, password, policy=self.open().settings.login)

    def _with_second(self, desk: Desk) -> Desk:
        from workstation.acts import users

        code = self.options.second
        if code is None:
            return desk
        pin = self.secret("WORKSTATION_SECOND_PIN", f"第二人 {code} 的 PIN")
        if pin is None:
            raise secret_missing("second-pin-missing", f"第二人 {code} 的 PIN", "WORKSTATION_SECOND_PIN")
        return users.second(desk, code, pin, policy=self.open().settings.login)

    def password(self) -> str:
        """The operator's password; asked for once."""
        return self._password

    @cached_property
    def _password(self) -> str:
        code = self.options.operator
        password = self.secret("WORKSTATION_PASSWORD", f"{code} 的密码")
        if password is None:
            raise secret_missing("password-missing", f"{code} 的密码", "WORKSTATION_PASSWORD")
        return password


def schema(kind: type, example: object) -> Result:
    """What `--schema` prints: the JSON Schema of a verb's input, and a full example."""
    from workstation import typed

    return Result({"schema": typed.schema(kind), "example": typed.plain(example)})


def secret_missing(code: str, what: str, variable: str) -> WrongUsage:
    """A secret that nobody gave and nobody is there to type."""
    return WrongUsage(
        code,
        what=f"没有给出{what}，没有执行。",
        why="这里没有终端可以输入。",
        next=f"请设环境变量 {variable}，或在终端里运行。",
    )
