"""A control that no risk asks for costs money and hides the ones that matter."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "security-control-without-risk",
    severity=ERROR,
    requirements=["6.6.2-s3.1"],
    reads=["risk", "security-control"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A security control is in operation, and no open risk names it."""
    for control in repo.issued("security-control"):
        if control.active and not any(
            risk.active and control.id in risk.ids("controls") for risk in repo.linked(control, "risk")
        ):
            yield control.flaw(
                "risks",
                f"no open entry of the risk register names {control.id}",
                "Name the control in the risks that it reduces; withdraw it if there is none.",
            )
