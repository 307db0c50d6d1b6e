"""Each security incident is learned from, not only closed."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "security-incident-unanalysed",
    severity=ERROR,
    requirements=["6.6.3-s3.1", "6.6.3-s4.2"],
    reads=["security-incident-analysis", "incident", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A security incident was closed, and no analysis has looked at it in time."""
    limit = on.settings.interval("security_incident_analysis")
    for incident in repo.all("incident", security=True):
        closed = incident.date("closed_at")
        if limit is None or closed is None or on.as_of <= limit.after(closed):
            continue
        if not repo.linked(incident, "security-incident-analysis"):
            yield incident.flaw(
                "security",
                f"{incident.id} was closed on {closed} and is in no analysis of security incidents;"
                f" due within {limit.words}",
                "Review it and analyse the period: sms new security-incident-analysis.",
            )
