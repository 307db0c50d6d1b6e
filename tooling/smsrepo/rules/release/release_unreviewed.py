"""After a release somebody asks whether it was worth it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.release.deployments import went_live
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.settled import settled_by


@rule(
    "release-unreviewed",
    severity=ERROR,
    requirements=["9.3-s16", "9.3-s18", "9.3-s15.1"],
    reads=["release", "release-review", "nonconformity", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A deployed release was closed without a review, or its review is overdue or came late."""
    limit = on.settings.interval("release_review")
    for release in repo.all("release"):
        deployed = release.date("deployed_on")
        if deployed is None or limit is None or not went_live(release):
            continue
        due = limit.after(deployed)
        held = sorted(
            (day, review.id, review)
            for review in repo.linked(release, "release-review", by="release")
            if (day := review.date("reviewed_on"))
        )
        if held and held[0][0] > due and not settled_by(repo, held[0][2]):
            day, _, review = held[0]
            message = (
                f"{release.id} was deployed on {deployed} and reviewed on {day}; due by {due} ({limit.words})"
            )
            hint = f"Correct a wrong date, or record the delay: sms new nonconformity, with {review.id} in `links`."
            yield review.flaw("reviewed_on", message, hint)
        elif not held and (release.closed or on.as_of > due):
            state = "closed" if release.closed else "deployed"
            message = f"{release.id} is {state} and has no review; due within {limit.words}"
            yield release.flaw("deployed_on", message, "Record the review: sms new release-review.")
