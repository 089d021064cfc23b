"""An error nobody foresaw: told by its class, with its traceback in the home's log and no value in either."""

from __future__ import annotations

import os
import traceback
from datetime import datetime
from pathlib import Path

from workstation import __version__
from workstation.domain.times import SHANGHAI
from workstation.errors import OutsideFailed


def internal(error: Exception, logs: Path) -> OutsideFailed:
    """The error as it is told; its message may quote personal data and is not repeated."""
    written = _write(logs / "faults.log", _record(error))
    where = f"经过记在 {logs / 'faults.log'}（不含个人信息）" if written else "没有地方记下经过"
    return OutsideFailed(
        "internal",
        what="程序出了没有预料到的错误。",
        why=f"{type(error).__name__}；{where}。",
        next="请先查看这一步是否已办成，并把代号和记录告诉管理员。（命令：doctor）",
    )


def _record(error: BaseException) -> str:
    """Classes and places of the error and its causes: no messages, no arguments."""
    lines = [f"{datetime.now(SHANGHAI).isoformat('T', 'seconds')} workstation {__version__}"]
    seen: BaseException | None = error
    while seen is not None:
        lines.append(f"  {type(seen).__module__}.{type(seen).__qualname__}")
        frames = traceback.extract_tb(seen.__traceback__)
        lines += [f"    {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        seen = seen.__cause__ or (None if seen.__suppress_context__ else seen.__context__)
    return "\n".join(lines) + "\n"


def _write(log: Path, text: str) -> bool:
    """Append to the log of an existing home; an error does not make one."""
    if not log.parent.parent.is_dir():
        return False
    try:
        log.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "a", encoding="utf-8") as file:
            file.write(text)
    except OSError:
        return False
    return True
