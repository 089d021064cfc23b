"""What can be wrong with a document; each error knows the document, and where possible line and fact."""

from enum import StrEnum


class Slip(StrEnum):
    """Each way in which a wording can be written wrongly."""

    NO_FRONT = "it must begin with the front matter (---, page: A4, ---)"
    FRONT = "the front matter is page: A4 or A5, and below it copies: if there are several"
    COPIES = "copies are one to five different names of up to twelve characters with 、 between them"
    NO_TITLE = "there is no title (a line beginning with # )"
    MARKUP = "this kind of markup is not used in our documents"
    TABLE = "a table needs a head and a rule (|---|---|) of as many columns"
    CODE = "a barcode is written [条码 {{paper.number}}] and its caption"
    FIELD = "a field is written - 名称：{{fact}}"
    CELLS = "this row has more cells than the head of its table"
    ROW = "a cell of a list belongs into a table row, one list to a row"
    BRACES = "a fact is written {{name}}, with two braces on each side"
    NAME = "this is no fact's name"
    NESTED = "nothing may be nested here, and nothing be empty"


class DocumentError(Exception):
    """A paper cannot be made as its template and facts stand."""

    def __init__(self, problem: str, document: str, *, line: int = 0, fact: str = "") -> None:
        place = f"{document}/document.md" + (f":{line}" if line else "")
        super().__init__(f"{place}: {problem}")
        self.problem = problem
        self.document = document
        self.line = line
        self.fact = fact


class UnknownDocument(DocumentError):
    """There is no folder of this name with a document.md in it."""

    def __init__(self, document: str) -> None:
        super().__init__("no such document", document)


class TemplateFault(DocumentError):
    """The template itself cannot be read: markup or a fact's name we do not know."""

    def __init__(self, document: str, line: int, slip: Slip, detail: str = "") -> None:
        super().__init__(f"{slip}: {detail}" if detail else slip, document, line=line)
        self.slip = slip
        self.detail = detail
        """What is written there, as far as it helps to find it."""


class MissingFact(DocumentError):
    """The template names a fact nobody has given."""

    def __init__(self, document: str, line: int, fact: str) -> None:
        super().__init__(f"fact {fact} is missing", document, line=line, fact=fact)


class WrongFact(DocumentError):
    """A fact is a list where the template wants a text, or the reverse."""

    def __init__(self, document: str, line: int, fact: str) -> None:
        problem = f"fact {fact} is a text where rows are wanted, or the reverse"
        super().__init__(problem, document, line=line, fact=fact)
