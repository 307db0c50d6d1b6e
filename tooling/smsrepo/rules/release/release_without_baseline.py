"""Whoever goes ahead knows the state to come back to."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.release.deployments import begun, went_live
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.settled import settled_by


@rule(
    "release-without-baseline",
    severity=ERROR,
    requirements=["9.1-s11"],
    reads=["release", "baseline", "deployment", "nonconformity"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A release was deployed without a baseline of each component that it alters, taken before the first step."""
    for release in repo.all("release"):
        if not went_live(release) or settled_by(repo, release):
            continue
        start, day = begun(repo, release), release.date("deployed_on")
        covered, late = set(), []
        for baseline in repo.linked(release, "baseline", by="release"):
            taken = baseline.moment("taken_at")
            if baseline.data.get("occasion") != "before-deployment" or taken is None:
                continue
            if (start and taken > start) or (start is None and day and taken.date() > day):
                late.append(baseline)
                continue
            covered |= {item.get("component") for item in baseline.data.get("components", ())}
        for baseline in late:
            message = f"{baseline.id} was taken after the deployment of {release.id} had begun"
            yield baseline.flaw(
                "taken_at", message, "Correct a wrong time. A later state is no baseline to go back to."
            )
        for index, id_ in enumerate(release.ids("components")):
            if id_ not in covered:
                yield release.flaw(
                    f"/components/{index}",
                    f"{release.id} altered {id_}, and no baseline of it was taken before",
                    "Record the baseline if there is one (sms new baseline); if not, record that: sms new"
                    f" nonconformity, with {release.id} in `links`.",
                )
