"""Every bad input that is provoked here, the code it is told under and the exit code it ends with.

Each cause has a code of its own: whoever reads it out on the telephone has said what happened.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """What was wrong, and how a command says so."""

    code: str
    exit_code: int


def _usage(code: str) -> Cause:
    return Cause(code, 2)


def _refused(code: str) -> Cause:
    return Cause(code, 3)


def _outside(code: str) -> Cause:
    return Cause(code, 4)


# Values
ID_CHECK_DIGIT = _usage("citizen-id-check-digit")
ID_DATE = _usage("citizen-id-date")
ID_LENGTH = _usage("citizen-id-length")
ID_LEGACY = _usage("citizen-id-legacy")
DUE_DATE = _usage("day-impossible")
NAME_TOO_LONG = _usage("person-name-too-long")
NAME_EMOJI = _usage("person-name-characters")
NAME_CONTROL = _usage("person-name-control")
NAME_INVISIBLE = _usage("person-name-invisible")
NAME_PRIVATE = _usage("person-name-private-use")
NAME_EMPTY = _usage("person-name-empty")
REMARK_TOO_LONG = _usage("plain-text-too-long")
REMARK_CONTROL = _usage("plain-text-control")
REMARK_INVISIBLE = _usage("plain-text-invisible")
PHONE_PREFIX = _usage("mobile-prefix")
DIGITS = _usage("digits-expected")
NUMBER_CHECK_DIGIT = _refused("scan-check-digit")

# JSON
JSON_BROKEN = _usage("input-broken-json")
JSON_EMPTY = _usage("input-empty")
JSON_UNKNOWN_FIELD = _usage("input-unknown-field")
JSON_MISSING_FIELD = _usage("input-missing-field")
JSON_DUPLICATE_FIELD = _usage("input-duplicate-field")
JSON_WRONG_TYPE = _usage("input-wrong-type")
JSON_NOT_UTF8 = _usage("input-not-utf8")
JSON_HALF_CHARACTER = _usage("input-damaged-text")
JSON_TOO_LARGE = _usage("input-too-large")
JSON_MISSING = _usage("input-missing")

# The line itself
NOUN_UNKNOWN = _usage("noun-unknown")
VERB_UNKNOWN = _usage("verb-unknown")
ARGUMENT_MISSING = _usage("argument-missing")
ARGUMENT_UNKNOWN = _usage("argument-unknown")
ARGUMENT_WRONG = _usage("argument-wrong")
ARGUMENT_DAMAGED = _usage("argument-damaged")
WINDOW = _usage("window-impossible")

# Out of order, and by the wrong people
WRONG_STATE = _refused("wrong-state")
REVIEW_INCOMPLETE = _refused("review-incomplete")
NOTHING_TO_TELL = _refused("nothing-to-tell")
CHANGED_MEANWHILE = _refused("changed-meanwhile")
CASE_UNKNOWN = _refused("case-not-found")
NOBODY = _refused("nobody-signed-in")
WRONG_ROLE = _refused("wrong-role")
OWN_SECOND = _refused("own-second")
PASSWORD_WRONG = _refused("wrong-password")
PASSWORD_MISSING = _usage("password-missing")
LOCKED = _refused("user-locked")
PIN_WRONG = _refused("wrong-pin")

# The disk, the files and the key
DISK_FULL = _outside("store-disk-full")
PAPER_FAILED = _outside("paper-failed")
TRAY_FAILED = _outside("tray-failed")
READ_ONLY = _outside("store-read-only")
HOME_NOT_WRITABLE = _outside("home-not-writable")
NEWER = _outside("store-newer")
FOREIGN = _outside("store-foreign")
DAMAGED = _outside("store-damaged")
LEDGER_MISSING = _refused("ledger-missing")
NO_HALL = _refused("no-hall")
SETTINGS_NOT_TOML = _refused("settings-not-toml")
SETTINGS_UNKNOWN_KEY = _refused("settings-unknown-key")
KEY_MISSING = _refused("key-missing")
KEY_WRONG = _refused("key-wrong")
KEY_BROKEN = _refused("key-file-broken")
KEY_OPEN = _refused("key-file-open")

# Two at once, and time
FOUNDING_UNDER_WAY = _refused("founding-under-way")
HALL_EXISTS = _refused("hall-exists")
CLOCK_SET_BACK = _refused("clock-set-back")

ALL = {name: value for name, value in globals().items() if isinstance(value, Cause)}
