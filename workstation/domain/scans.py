"""What a scan means: own number, waybill 运单号, packing list, or unknown with the nearest reason. Pure.

A right check digit is never enough: whether an own number exists is asked of the store afterwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from workstation.domain import codes, manifest
from workstation.domain.codes import HallCode, Number

REPEAT_MS = 1_500

_AIM_PREFIX = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_S10_FORM = re.compile(r"[A-Z]{2}[0-9]{9}[A-Z]{2}")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_DOMESTIC_FORM = re.compile(r"[0-9]{13}")
# C0, space, DEL, C1 and no-break space, then the zero-width and direction marks and the byte order mark.
_EDGE_RANGES = (range(0x21), range(0x7F, 0xA1), range(0x200B, 0x2010), range(0x2028, 0x202F))
_EDGES = "".join(chr(code) for edge in _EDGE_RANGES for code in edge) + "\u1680\ufeff"

# ISO 3166-1 alpha-2, the country of the issuing post; two letters are found in it only as a whole code.
_COUNTRIES = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT "
    "BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH "
    "ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT "
    "HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS "
    "LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI "
    "NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG "
    "SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG "
    "UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)


class Stranger(StrEnum):
    """Why a right number of ours is not one of this hall."""

    PRACTICE_IN_LIVE = "practice_in_live"
    LIVE_IN_PRACTICE = "live_in_practice"
    OTHER_HALL = "other_hall"


class Reason(StrEnum):
    """Why a scan is unknown; the nearest thing it could have been decides."""

    EMPTY = "empty"
    CHARACTERS = "characters"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    CHECK_DIGIT = "check_digit"
    KIND = "kind"
    PLACE = "place"
    DAY = "day"
    SERIAL = "serial"
    S10_CHECK_DIGIT = "s10_check_digit"
    S10_COUNTRY = "s10_country"
    WAYBILL_NOT_EXPECTED = "waybill_not_expected"
    LIST_TRUNCATED = "list_truncated"
    LIST_LENGTH = "list_length"
    LIST_CHECK = "list_check"
    LIST_VERSION = "list_version"
    LIST_CONTENT = "list_content"


@dataclass(frozen=True)
class Own:
    """A number this hall may have issued; its `kind` says what it is printed on."""

    number: Number


@dataclass(frozen=True)
class NotOurs:
    """A right number that this hall has not issued, and why."""

    number: Number
    why: Stranger


@dataclass(frozen=True)
class Waybill:
    """A carrier's number 运单号: UPU S10, or the 13 digits of domestic post."""

    text: str


@dataclass(frozen=True)
class PickupCode:
    """A code 领取码 that may be waiting for its applicant; short, so that it can be told by telephone."""

    text: str


@dataclass(frozen=True)
class Listed:
    """A symbol of a packing list 内件清单二维码, of any hall: it is made to be read elsewhere."""

    number: Number
    """The envelope's."""
    text: str = field(repr=False)


@dataclass(frozen=True)
class Unknown:
    """Nothing we know; `text` is what was read after cleaning, foreign to us and shown with care."""

    text: str
    reason: Reason


Scan = Own | NotOurs | Waybill | PickupCode | Listed | Unknown


def clean(raw: str) -> str:
    """A burst as the code it carries: full width folded, edges and AIM prefix `]C1` off, upper case."""
    text = unicodedata.normalize("NFKC", raw).strip(_EDGES)
    text = _AIM_PREFIX.sub("", text, count=1) if _AIM_PREFIX.match(text) else text
    text = text.strip(_EDGES)
    # Only ASCII is raised: upper() turns one ß into SS and would make a code of what is none.
    return text.upper() if text.isascii() else text


def resolve(raw: str, ours: HallCode, *, known: Callable[[str], bool], expecting_waybill: bool) -> Scan:
    """What one burst means in this hall.

    `known` tells whether 13 digits are a waybill that is live or in the pool; `expecting_waybill`, that one
    is being asked for at this moment. Otherwise 13 digits are nobody's: no public check digit protects them.
    """
    text = clean(raw)
    if _S10_FORM.fullmatch(text):
        return _international(text)
    if manifest.is_marked(text):
        return _listed(text, ours)
    if _DOMESTIC_FORM.fullmatch(text):
        expected = expecting_waybill or known(text)
        return Waybill(text) if expected else Unknown(text, Reason.WAYBILL_NOT_EXPECTED)
    if codes.is_pickup_code(text):
        return PickupCode(text)
    try:
        return _ours(codes.parse(text), ours)
    except codes.NotANumber as error:
        return Unknown(text, _reason(text, error))


def _international(text: str) -> Scan:
    if s10_is_valid(text):
        return Waybill(text)
    return Unknown(text, Reason.S10_COUNTRY if _s10_check_fits(text) else Reason.S10_CHECK_DIGIT)


def _listed(text: str, ours: HallCode) -> Scan:
    try:
        number = codes.parse(manifest.part(text).envelope)
    except manifest.ManifestError as error:
        return Unknown(text, Reason(f"list_{error.reason}"))
    if number.place.is_practice != ours.is_practice:
        return _ours(number, ours)
    return Listed(number, text)


def _ours(number: Number, ours: HallCode) -> Scan:
    if number.place.is_practice != ours.is_practice:
        return NotOurs(number, Stranger.LIVE_IN_PRACTICE if ours.is_practice else Stranger.PRACTICE_IN_LIVE)
    if number.place != ours:
        return NotOurs(number, Stranger.OTHER_HALL)
    return Own(number)


def _reason(text: str, error: codes.NotANumber) -> Reason:
    if not text:
        return Reason.EMPTY
    if isinstance(error, codes.WrongLength):
        return Reason.TOO_SHORT if len(text) < codes.LENGTH else Reason.TOO_LONG
    return Reason(error.reason)


def s10_is_valid(text: str) -> bool:
    """Whether these 13 characters are a UPU S10 item number: form, check digit and country."""
    return bool(_S10_FORM.fullmatch(text)) and _s10_check_fits(text) and text[-2:] in _COUNTRIES


def _s10_check_fits(text: str) -> bool:
    # UPU S10: 11 - (weighted sum mod 11), where 10 is written 0 and 11 is written 5.
    remainder = sum(weight * int(digit) for weight, digit in zip(_S10_WEIGHTS, text[2:10], strict=True)) % 11
    return int(text[10]) == {10: 0, 11: 5}.get(11 - remainder, 11 - remainder)


@dataclass(frozen=True)
class Seen:
    """A reading and when it came, in milliseconds of any steady clock."""

    text: str
    at_ms: int


def is_repeat(previous: Seen | None, now: Seen, *, within_ms: int = REPEAT_MS) -> bool:
    """Whether this is the same label read again by a trigger held too long.

    Keep the latest reading as `previous`, repeats too: a scanner left lying on a label then stays silent.
    """
    if previous is None or clean(previous.text) != clean(now.text):
        return False
    return 0 <= now.at_ms - previous.at_ms <= within_ms
