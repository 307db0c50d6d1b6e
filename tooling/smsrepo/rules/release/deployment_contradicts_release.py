"""What the deployment saw is what the release says."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.release.deployments import live, went_live
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "deployment-contradicts-release",
    severity=ERROR,
    requirements=["9.3-s12", "9.3-s14"],
    reads=["release", "deployment"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A release went live without a finished deployment, or its outcome is better than what a deployment records."""
    for release in repo.all("release"):
        deployments = live(repo, release)
        for deployment in deployments:
            checks = deployment.data.get("integrity_checks", ())
            broken = next((i for i, seen in enumerate(checks) if seen.get("result") == "failed"), None)
            if deployment.data.get("result") == "successful" and broken is not None:
                message = f"a check failed, and {deployment.id} is called successful"
                hint = "Repeat the check after the repair and record it, or correct the result."
                yield deployment.flaw(f"/integrity_checks/{broken}/result", message, hint)
        if not went_live(release):
            continue
        finished = [d for d in deployments if d.closed and d.data.get("environment") == "live"]
        if not finished:
            message = f"{release.id} is {release.status}, and no finished deployment into the live environment names it"
            yield release.flaw("status", message, "Record the deployment: sms new deployment.")
        elif release.data.get("outcome") == "successful":
            for deployment in deployments:
                result = deployment.data.get("result")
                if result in ("failed", "backed-out") and deployment is max(finished, key=lambda d: d.id):
                    message = f"{release.id} is called successful, and {deployment.id} ended as `{result}`"
                    yield release.flaw(
                        "outcome", message, "Correct the outcome, or record the deployment that succeeded."
                    )
