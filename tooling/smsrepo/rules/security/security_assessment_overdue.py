"""The policy says how often information security risks are assessed; the assessments keep to it."""

from collections.abc import Iterator

from smsrepo.model.duration import duration_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "security-assessment-overdue",
    severity=ERROR,
    requirements=["6.6.1-d"],
    reads=["policy-information-security", "risk-assessment", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The information security risks were not assessed within the time that the policy sets."""
    held = [
        day
        for record in repo.all("risk-assessment", domain="information-security")
        if (day := record.date("assessed_on")) and day <= on.as_of
    ]
    for policy in repo.issued("policy-information-security"):
        limit = duration_in(policy.data.get("risk_assessment_every"))
        since = max(held) if held else policy.date("effective_from") or on.settings.operating_since
        if limit is None or since is None or on.as_of <= limit.after(since):
            continue
        last = f"the last one was on {max(held)}" if held else "there has been none"
        yield policy.flaw(
            "risk_assessment_every",
            f"information security risks are to be assessed every {limit.words}; {last}",
            "Assess them and record it: sms new risk-assessment --set domain=information-security.",
        )
