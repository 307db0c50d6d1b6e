"""One date for a release, its plan and its changes."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import day_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "release-off-schedule",
    severity=ERROR,
    requirements=["9.2-s17", "9.3-s3.1", "9.3-s4.1"],
    reads=["release", "change", "plan-release"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The planned day of a release is not the scheduled day of its changes, or not the last day in its plan."""
    for release in repo.all("release"):
        planned = release.date("planned_for")
        if planned is None or release.status == "cancelled":
            continue
        others = [
            (id_, change.date("scheduled_for"))
            for id_ in release.ids("changes")
            if (change := repo.find(id_)) and change.status != "rejected"
        ]
        others += [(id_, _last(plan)) for id_ in release.ids("plan") if (plan := repo.find(id_))]
        for id_, day in others:
            if day and day != planned:
                yield release.flaw(
                    "planned_for",
                    f"{release.id} is planned for {planned}, and {id_} says {day}",
                    "Set the same day on both sides, and tell those who had the other one.",
                )


def _last(plan: Artefact) -> date | None:
    """The last day of deployment in a plan."""
    days = [entry.get("on") for entry in plan.data.get("dates", ()) if isinstance(entry, dict)]
    return max((found for day in days if (found := day_in(day))), default=None)
