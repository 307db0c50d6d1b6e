"""The priority of a security incident follows the risk that came true."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.settled import settled_by

_CRITICAL, _HIGH = 15, 10
"""From which rating on a risk is critical or high, as the information security policy has it."""


@rule(
    "security-incident-ranked-too-low",
    severity=ERROR,
    requirements=["6.6.3-s2.2"],
    reads=["security-incident-analysis", "incident", "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A security incident had a lower priority than the rating of its risk demands."""
    for analysis in repo.all("security-incident-analysis"):
        entries = analysis.data.get("incidents", ())
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            incident, rating = repo.find(entry.get("incident", "")), entry.get("rating", 0)
            lowest = 1 if rating >= _CRITICAL else 2 if rating >= _HIGH else None
            given = incident.data.get("priority") if incident else None
            if incident is None or settled_by(repo, incident):
                continue
            if lowest and isinstance(given, int) and given > lowest:
                at_least = "priority 1" if lowest == 1 else "at least priority 2"
                yield analysis.flaw(
                    f"/incidents/{number}/rating",
                    f"a rating of {rating} asks for {at_least}; {incident.id} had {given}",
                    "Correct the figure that is wrong. If both are right, record that it was handled too slowly:"
                    f" sms new nonconformity, with {incident.id} as `source`.",
                )
