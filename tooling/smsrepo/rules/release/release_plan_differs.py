"""What is planned and what is released are the same."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_CLOSED = ("problems_closed", "known_errors_closed")


@rule(
    "release-plan-differs",
    severity=ERROR,
    requirements=["9.3-s3.1", "9.3-s3.2", "9.3-s3.3", "9.3-s3.4"],
    reads=["release", "plan-release", "change", "problem", "known-error"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A release and its plan name different changes, or the plan closes an error that no change of it removes."""
    for release in repo.all("release"):
        for id_ in release.ids("plan"):
            plan = repo.find(id_)
            if plan and plan.type.name == "plan-release":
                yield from _differences(release, plan)
    for plan in repo.all("plan-release"):
        removed = {record.id for change in plan.ids("changes") for record in _about(repo, change)}
        for field in _CLOSED:
            for index, id_ in enumerate(plan.ids(field)):
                if repo.find(id_) and id_ not in removed:
                    yield plan.flaw(
                        f"/{field}/{index}",
                        f"{plan.id} closes {id_}, and neither it nor a change of the plan names the other",
                        "Name the change in that record, or take it out of the plan.",
                    )


def _differences(release: Artefact, plan: Artefact) -> Iterator[Flaw]:
    ours, theirs = set(release.ids("changes")), set(plan.ids("changes"))
    if ours != theirs:
        odd = ", ".join(sorted(ours ^ theirs))
        message = f"{release.id} and its plan {plan.id} do not agree about {odd}"
        yield release.flaw(
            "changes", message, "Correct the one that is wrong; a change of the plan is a revision."
        )
    name = plan.data.get("release_name")
    if name and name != release.data.get("name"):
        message = f"{plan.id} is the plan of `{name}`, not of `{release.data.get('name')}`"
        yield release.flaw("plan", message, "Name the right plan, or correct the name.")


def _about(repo: Repo, change: str) -> Iterator[Artefact]:
    """Records that name a change, and those that the change names."""
    yield from repo.incoming.get(change, ())
    found = repo.find(change)
    for id_ in (*found.ids("source"), *found.ids("links")) if found else ():
        named = repo.find(id_)
        if named:
            yield named
