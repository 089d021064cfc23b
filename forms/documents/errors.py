"""What can be wrong with a document; each error knows the document, and where possible line and fact."""


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

    def __init__(self, document: str, line: int, problem: str) -> None:
        super().__init__(problem, document, line=line)


class MissingFact(DocumentError):
    """The template names a fact nobody has given."""

    def __init__(self, document: str, line: int, fact: str) -> None:
        super().__init__(f"fact {fact} is missing", document, line=line, fact=fact)


class WrongFact(DocumentError):
    """A fact is a list where the template wants a text, or the reverse."""

    def __init__(self, document: str, line: int, fact: str) -> None:
        problem = f"fact {fact} is a text where rows are wanted, or the reverse"
        super().__init__(problem, document, line=line, fact=fact)
