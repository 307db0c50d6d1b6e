"""statement-altered."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.load.source import APPROVALS
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import step_rule


@step_rule("statement-altered", requirements=["4.3.2-a", "4.3.3-s2.4"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A file among the approvals was changed, moved or deleted."""
    for path, before, after in moment.step.changes:
        if path.startswith(APPROVALS) and before:
            yield Flaw(
                path,
                f"this file was {'changed' if after else 'deleted'}, but what was signed stays as it is",
                "Bring it back byte for byte. To take back an approval, run sms revoke.",
            )
