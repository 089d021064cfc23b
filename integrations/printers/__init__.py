"""Network printers and print queues, spoken to over IPP (RFC 8010, RFC 8011); every make speaks the same.

Here is what can go wrong; bytes are in `messages`, the wire in `client`, the clerk's words in `states`.
"""

from __future__ import annotations


class PrinterError(Exception):
    """A printer could not be asked. Carries nothing of the paper: it may be logged.

    `condition` names the row of `states.CONDITIONS` that tells the clerk.
    """

    condition = "stopped"


class Misaddressed(PrinterError):
    """The address in the settings is not one of a printer."""

    condition = "misaddressed"


class Unreachable(PrinterError):
    """There was no connection, or a question got no answer; nothing has been given to print."""

    condition = "unreachable"


class Unsure(PrinterError):
    """The paper was on its way when the printer fell silent: it may print, or not; a person looks."""

    condition = "unsure"


class Unreadable(PrinterError):
    """What the printer answered is not IPP."""

    condition = "unreadable"


class Refused(PrinterError):
    """The printer understood and said no; `status` is its code, `text` its words, `about` what it named."""

    condition = "refused"

    def __init__(self, status: int, text: str = "", about: tuple[str, ...] = ()) -> None:
        super().__init__(f"0x{status:04X}", *about)
        self.status = status
        self.text = text
        self.about = about


class Busy(Refused):
    """The printer had no room for another job for as long as we were willing to wait."""

    condition = "busy"


class Lost(Refused):
    """The printer knows no such job (any more)."""

    condition = "lost"
