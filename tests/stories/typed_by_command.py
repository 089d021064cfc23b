"""The story of `test_typed_case` told by commands, as a script or another program would play it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests import halls
from tests.builders import WAYBILL
from tests.line import Line
from tests.stories.typed import NAME, NUMBER, OFFICE, PHONE, PLACE

RETURN = "1136281381689"
HAND_IN = {
    "item": "59",
    "basis_place": PLACE,
    "applicant": {"id_kind": "citizen_id", "id_number": NUMBER, "name": NAME, "phone": PHONE},
    "offices": [OFFICE],
    "materials": [
        {"row": "application", "form": "original"},
        {"row": "applicant_id", "form": "original"},
        {"row": "applicant_id", "form": "copy"},
        {"row": "statement", "form": "original"},
    ],
}
DECISION = {
    "outcome": "granted",
    "result_mode": "paper",
    "document_number": "示例证〔2026〕7号",
    "results": [{"name": "户籍证明"}],
}


class Commands:
    """Lines typed by the first clerk at one home."""

    def __init__(self, line: Line, home: Path) -> None:
        self._line, self._home = line, home

    def __call__(self, *words: str, stdin: object = None) -> Any:
        """Run one that must be done; gives its answer."""
        self._line.home = self._home
        stands = ["--json", "-"] if stdin is not None else ["--json"]
        answer = self._line(*words, *stands, stdin=stdin, as_=halls.CLERK)
        assert answer.exit_code == 0, answer.out + answer.err
        return answer.json


def by_command(line: Line, home: Path, badge: str) -> None:
    """The whole case, up to its end."""
    done = Commands(line, home)
    case, slip = sent(done, badge)
    come_back(done, case, slip)


def sent(done: Commands, badge: str) -> tuple[str, str]:
    """Up to the courier; gives the numbers of the case and of the reply slip."""
    case = done("case", "register", stdin=HAND_IN)["case"]["number"]
    done("case", "identify", case, "--method", "in_person", "--outcome", "passed")
    rows = done("case", "show", case)["rows"]
    done("case", "review", case, stdin={"findings": [finding(row) for row in rows]})
    done("envelope", "pack", case)
    consignment = done("case", "show", case)["consignments"][0]
    envelope = consignment["envelope"]
    faces = {paper["kind"]: paper["number"] for paper in done("paper", "list", "--of", envelope)["papers"]}
    done("envelope", "seal", envelope, faces["packing_list"], "--place", "A-01", "--no-secret")
    batch = done("batch", "open", badge)["batch"]["number"]
    done("batch", "scan", batch, envelope)
    done("batch", "scan", batch, envelope, "--waybill", WAYBILL)
    done("batch", "close", batch)
    return case, faces["reply_slip"]


def come_back(done: Commands, case: str, slip: str) -> None:
    """What the home office says, the result, and the end."""
    done("receipt", "acknowledge", slip[-5:], "--channel", "phone", "--office", OFFICE)
    done("home", "accept", case, "--document-number", "示例受〔2026〕7号")
    done("home", "decide", case, stdin=DECISION)
    done("result", "return", case, "--waybill", RETURN)
    (result,) = [piece["id"] for piece in done("case", "show", case)["pieces"] if piece["expected"]]
    done("result", "arrive", RETURN, stdin={"found": [{"piece": result}], "place": "R-03"})
    done("case", "serve", case, "--identity-checked")
    done("rating", "invite", case)
    done("rating", "record", case, "--kind", "given")
    done("case", "close", case)


def finding(row: dict[str, Any]) -> dict[str, Any]:
    """Five rows pass as they are asked for; nobody acts for the applicant."""
    if row["condition"] == "由他人代办的":
        return {"row": row["row_id"], "not_applicable": True}
    return {"row": row["row_id"], "form": row["form"], "copies": row["copies"], "pages": 1}
