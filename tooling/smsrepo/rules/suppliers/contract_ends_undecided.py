"""Renewing, replacing or giving up takes time; the decision comes before the end."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule
from smsrepo.rules.service_levels.targets import applies, validity


@rule("contract-ends-undecided", severity=WARNING, reads=["supplier-contract", "control"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A supplier contract ends soon and nobody has decided what comes after it."""
    notice = on.settings.interval("contract_end_notice")
    for contract in repo.issued("supplier-contract"):
        _, end = validity(contract)
        if (
            notice is None
            or end is None
            or not applies(contract, on.as_of)
            or "end_decision" in contract.data
        ):
            continue
        if end <= notice.after(on.as_of):
            left = (end - on.as_of).days
            yield contract.flaw(
                "/validity/to",
                f"{contract.id} ends on {end} (days left: {left}) and nobody has decided what follows",
                "Decide to renew, replace or exit, and write it into `end_decision`.",
            )
