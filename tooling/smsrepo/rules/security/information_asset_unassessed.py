"""What matters is looked at: an asset enters the assessment when it enters the register."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "information-asset-unassessed",
    severity=ERROR,
    requirements=["6.6.1-d", "6.6.2-a"],
    reads=["information-asset", "risk", "risk-assessment"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An information asset that matters is in no assessed risk."""
    assessed = {
        result.get("risk")
        for record in repo.all("risk-assessment", domain="information-security")
        for result in record.data.get("results", ())
    }
    covered = {
        asset
        for risk in repo.issued("risk")
        if risk.id in assessed and risk.data.get("domain") == "information-security"
        for asset in risk.ids("about")
    }
    for asset in repo.issued("information-asset"):
        critical = asset.data.get("criticality")
        if asset.active and critical in ("high", "medium") and asset.id not in covered:
            yield asset.flaw(
                "criticality",
                f"the criticality of {asset.id} is {critical}, and no assessed information security risk is about it",
                "Assess what could happen to it, name it under `about` of the risk, and the risk in a risk assessment.",
            )
