"""Accounts and configuration records speak of the same thing."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "asset-contradicts-component",
    severity=ERROR,
    requirements=["9.1-s14", "4.1.4-d"],
    reads=["asset", "component"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A component and the register of assets disagree about its number, or about whether it is still there."""
    numbers = {asset.data.get("asset_number") for asset in repo.all("asset")}
    for component in repo.issued("component"):
        number = component.data.get("asset_number")
        if number is not None and number not in numbers:
            yield component.flaw(
                "asset_number",
                f"{component.id} carries the number {number}, which no entry of the register of assets has",
                "Correct the number, or enter the asset: sms new asset.",
            )
    for asset in repo.issued("asset"):
        for id_ in asset.ids("component"):
            named = repo.find(id_)
            flaw = _flaw(asset, named) if named and named.type.name == "component" else None
            if flaw:
                yield flaw


def _flaw(asset: Artefact, component: Artefact) -> Flaw | None:
    number = component.data.get("asset_number")
    if number is not None and number != asset.data.get("asset_number"):
        message = (
            f"{asset.id} has the number {asset.data.get('asset_number')}, and {component.id} carries {number}"
        )
        return asset.flaw("asset_number", message, "Correct the number that is wrong.")
    if asset.data.get("stage") == "disposed" and component.data.get("stage") == "live":
        message = f"{asset.id} was disposed of, and {component.id} is live"
        return asset.flaw("stage", message, "Withdraw the component, or correct the stage of the asset.")
    return None
