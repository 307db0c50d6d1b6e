"""The policy sets the interval; the planned intervals are what is counted."""

from collections.abc import Iterator

from smsrepo.model.duration import duration_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "security-interval-differs",
    severity=ERROR,
    requirements=["6.6.2-s4"],
    reads=["policy-information-security", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The policy and the planned intervals name different times between reviews of security controls."""
    planned = on.settings.interval("control_review")
    for policy in repo.issued("policy-information-security"):
        wanted = duration_in(policy.data.get("control_review_every"))
        if planned and wanted and planned != wanted:
            yield policy.flaw(
                "control_review_every",
                f"the policy says every {wanted.words}, the interval `control_review` every {planned.words}",
                "Decide which holds, and set the other one to it.",
            )
