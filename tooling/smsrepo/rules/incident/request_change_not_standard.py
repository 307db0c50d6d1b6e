"""Only a change whose model was approved before is a request."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "request-change-not-standard",
    severity=ERROR,
    requirements=["8.1-s2", "8.1-s3.2"],
    reads=["service-request", "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A service request is fulfilled by a change that is no standard change, or was rejected."""
    for request in repo.all("service-request", kind="standard-change"):
        change = repo.find(str(request.data.get("change", "")))
        if change is None or change.type.name != "change":
            continue
        category = change.data.get("category")
        if category not in (None, "standard") or change.status == "rejected":
            state = "was rejected" if change.status == "rejected" else f"is a change of category `{category}`"
            yield request.flaw(
                "change",
                f"{request.id} is a standard change, and {change.id} {state}",
                "Handle it as a request for change, and tell the user; or name the standard change that was used.",
            )
