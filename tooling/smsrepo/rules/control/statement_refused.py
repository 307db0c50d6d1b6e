"""statement-refused."""

from collections.abc import Iterator

from smsrepo.control.refusal import RULE
from smsrepo.control.replay import Moment
from smsrepo.control.statement import SIGNATURE
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import step_rule


@step_rule(RULE, requirements=["4.3.2-a"])
def check(moment: Moment) -> Iterator[Flaw]:
    """An approval statement does not count."""
    for refusal in moment.refusals:
        if refusal.rule == RULE:
            yield Flaw(refusal.path, refusal.reason, f"{refusal.hint} {_what_to_do(refusal.path)}".strip())


def _what_to_do(path: str) -> str:
    return (
        f"Not merged yet? git rm {path} {path}{SIGNATURE}, and sign anew. "
        "Once merged it cannot be undone: settle it in sms/deviations.yml, with a nonconformity."
    )
