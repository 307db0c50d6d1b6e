"""policy-mixed-with-documents."""

from collections.abc import Iterator

from smsrepo.control.policy import is_policy
from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import touched
from smsrepo.rules.rule import step_rule

_SHOWN = 3


@step_rule("policy-mixed-with-documents", requirements=["4.3.2-a"])
def check(moment: Moment) -> Iterator[Flaw]:
    """One change alters both documents or records and the policy by which they are judged."""
    exempt = moment.policy.settings.exempt_paths
    policies = sorted(change.path for change in moment.step.changes if is_policy(change.path, exempt))
    judged = [transition.id for transition in touched(moment) if not transition.moved]
    if policies and judged:
        more = f" and {len(judged) - _SHOWN} more" if len(judged) > _SHOWN else ""
        yield Flaw(
            policies[0],
            f"it changes together with {', '.join(judged[:_SHOWN])}{more}",
            "Make two pull requests: first the policy; when that is approved, the documents.",
        )
