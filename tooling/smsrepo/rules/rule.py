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
    """On which day and under which settings a rule judges; `waivable` are the rules that a waiver may name."""

    as_of: date
    settings: Settings
    waivable: frozenset[str] = frozenset()


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
    waivable: bool = True

    @property
    def local(self) -> bool:
        """Whether the repository brings the rule itself; then `module` is its path."""
        return self.module.endswith(".py")

    def run(self, repo: Repo, context: Context) -> Iterator[Flaw]:
        """The flaws the rule finds."""
        yield from self.check(repo, context)


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
