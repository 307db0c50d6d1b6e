"""stray-approval-file."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.control.statement import SIGNATURE
from smsrepo.load.source import APPROVALS
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import step_rule

_STATEMENT = ".yml"


@step_rule("stray-approval-file", requirements=["4.3.2-a"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A file lies among the approvals that is neither a statement nor the signature of one."""
    for path, before, after in moment.step.changes:
        if before or not after or not path.startswith(APPROVALS) or path.endswith(_STATEMENT):
            continue
        if not path.endswith(_STATEMENT + SIGNATURE):
            yield Flaw(
                path,
                "this is neither a statement nor a signature",
                "Move it out of sms/approvals, or delete it.",
            )
        elif path.removesuffix(SIGNATURE) not in moment.replay.tree:
            yield Flaw(
                path, "the statement that it signs is missing", "Add the statement, or delete the signature."
            )
