"""Why a statement, or one of its subjects, does not count."""

from typing import NamedTuple

RULE = "statement-refused"


class Refusal(NamedTuple):
    """A statement, or one of its subjects, that does not count. `rule` is the finding it becomes."""

    path: str
    reason: str
    hint: str = ""
    rule: str = RULE


class RefusedError(Exception):
    """Raised while a statement is judged; never leaves the layer."""

    def __init__(self, reason: str, hint: str = "", rule: str = RULE) -> None:
        super().__init__(reason)
        self.reason, self.hint, self.rule = reason, hint, rule
