"""Nobody touches a service before somebody has decided that it may be touched."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.settled import settled_by


@rule(
    "change-implemented-unapproved",
    severity=ERROR,
    requirements=["9.2-s13", "9.2-s15.1"],
    reads=["change", "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A change was implemented without having been approved."""
    for change in repo.all("change"):
        decision = change.data.get("decision")
        if "implemented_on" in change.data and decision != "approved" and not settled_by(repo, change):
            state = "it was rejected" if decision == "rejected" else "nobody has approved it"
            yield change.flaw(
                "implemented_on",
                f"{change.id} was implemented on {change.data['implemented_on']}, but {state}",
                "If the decision was made, record it; if not, record that: sms new nonconformity, with"
                f" {change.id} in `links`.",
            )
