"""What a rule is: a named, pure question to a repository on a day."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from smsrepo.control.settings import Settings
from smsrepo.model.finding import Flaw, Severity
from smsrepo.model.repo import Repo

ERROR = Severity.ERROR
WARNING = Severity.WARNING


@dataclass(frozen=True, slots=True)
class Context:
    """On which day and under which settings a rule judges."""

    as_of: date
    settings: Settings


Check = Callable[[Repo, Context], Iterable[Flaw]]


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
    check: Check

    def run(self, repo: Repo, context: Context) -> Iterator[Flaw]:
        """The flaws the rule finds."""
        yield from self.check(repo, context)


def rule(
    id_: str, *, severity: Severity, requirements: Iterable[str] = (), reads: Iterable[str] = ()
) -> Callable[[Check], Rule]:
    """Make a function the rule of its module. Its docstring is the rule's summary, one sentence."""

    def build(check: Check) -> Rule:
        summary = (check.__doc__ or "").strip()
        return Rule(id_, severity, tuple(requirements), frozenset(reads), summary, check.__module__, check)

    return build
