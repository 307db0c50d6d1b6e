"""What a rule is: a named, pure question to a repository on a day, to a step of its history, or to its register."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from smsrepo.control.settings import Settings
from smsrepo.model.finding import Flaw, Severity
from smsrepo.model.repo import Repo

if TYPE_CHECKING:  # a check of files alone needs no replay
    from smsrepo.control.register import Register
    from smsrepo.control.replay import Moment

ERROR = Severity.ERROR
WARNING = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Context:
    """On which day and under which settings a rule judges; `waivable` are the rules that a waiver may name."""

    as_of: date
    settings: Settings
    waivable: frozenset[str] = frozenset()


Check = Callable[[Repo, Context], Iterable[Flaw]]
StepCheck = Callable[["Moment"], Iterable[Flaw]]
RegisterCheck = Callable[["Register", date], Iterable[Flaw]]


class Subject(StrEnum):
    """What a rule judges: the files of one state, one step of the main branch, or where everything stands on a day."""

    FILES = "files"
    STEP = "step"
    REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `reads` are the types (and settings) it needs whole: while one of their files cannot be
    read or does not fit its schema, the rule waits, so that one mistake gives one message.
    """

    id: str
    severity: Severity
    requirements: tuple[str, ...]
    reads: frozenset[str]
    summary: str
    module: str
    check: Callable[..., Iterable[Flaw]]
    waivable: bool = True
    subject: Subject = Subject.FILES

    @property
    def local(self) -> bool:
        """Whether the repository brings the rule itself; then `module` is its path."""
        return self.module.endswith(".py")

    def run(self, *judged: Any) -> Iterator[Flaw]:
        """The flaws the rule finds: in a repository and a context, in a moment, or in a register on a day."""
        yield from self.check(*judged)


def rule(
    id_: str,
    *,
    severity: Severity,
    requirements: Iterable[str] = (),
    reads: Iterable[str] = (),
    waivable: bool = True,
) -> Callable[[Check], Rule]:
    """Make a function the rule of its module. Its docstring is the rule's summary, one sentence.

    Not `waivable` are rules on which the verdict of others rests.
    """

    def build(check: Check) -> Rule:
        summary = (check.__doc__ or "").strip()
        rows, types = tuple(requirements), frozenset(reads)
        return Rule(id_, severity, rows, types, summary, check.__module__, check, waivable)

    return build


def step_rule(
    id_: str, *, severity: Severity = ERROR, requirements: Iterable[str]
) -> Callable[[StepCheck], Rule]:
    """Make a function the rule of its module that judges every step of the main branch. It cannot be waived."""
    return _of_history(Subject.STEP, id_, severity, requirements)


def register_rule(
    id_: str, *, severity: Severity = ERROR, requirements: Iterable[str]
) -> Callable[[RegisterCheck], Rule]:
    """Make a function the rule of its module that judges where everything stands on a day. It cannot be waived."""
    return _of_history(Subject.REGISTER, id_, severity, requirements)


def _of_history(
    subject: Subject, id_: str, severity: Severity, requirements: Iterable[str]
) -> Callable[[Callable[..., Iterable[Flaw]]], Rule]:
    def build(check: Callable[..., Iterable[Flaw]]) -> Rule:
        summary = (check.__doc__ or "").strip()
        rows, module = tuple(requirements), check.__module__
        return Rule(id_, severity, rows, frozenset(), summary, module, check, waivable=False, subject=subject)

    return build
