"""How the readers of this package say no: caught where a file is parsed, never seen outside."""


class Refused(Exception):  # noqa: N818 - a refusal is an answer, not an error of ours
    """The bytes are not a file we accept; line and column count from 1."""

    def __init__(self, message: str, line: int = 1, column: int = 1, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.hint = hint
