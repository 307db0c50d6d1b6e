"""Findings are values: what is wrong, where, why it matters, what to do."""

from dataclasses import dataclass
from enum import StrEnum

HISTORY = "(history)"
"""The path of a finding that is about no file, but about the history as a whole."""


class Severity(StrEnum):
    """A requirement that is not met is an error; a recommendation that is not followed, a warning."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule reports: a place and a message.

    The place is a `pointer` into the data ("/targets/0/measure", resolved to a line only when
    it is shown) or, where the rule knows it, a `line` and `column` (both from 1). `requirements` are the rows
    of this very flaw, where they are more exact than those of its rule.
    """

    path: str
    message: str
    hint: str = ""
    pointer: str = ""
    line: int = 0
    column: int = 0
    at_key: bool = False
    requirements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw with the rule that found it and its exact place.

    What was found in a step of the history has its `commit`, and line 0 where it is not about a line.
    """

    rule: str
    severity: Severity
    path: str
    line: int
    column: int
    pointer: str
    message: str
    hint: str
    requirements: tuple[str, ...]
    commit: str = ""
