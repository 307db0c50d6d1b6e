"""A risk is reduced by something that works, or it is not reduced."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "security-risk-uncontrolled",
    severity=ERROR,
    requirements=["6.6.2-d"],
    reads=["risk", "security-control"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An information security risk counts as reduced, and no control is planned or operating for it."""
    for risk in repo.issued("risk"):
        if risk.data.get("domain") != "information-security" or not risk.active:
            continue
        named = [repo.find(id_) for id_ in risk.ids("controls")]
        stands = any(control is None or control.data.get("stage") != "withdrawn" for control in named)
        if risk.data.get("treatment") != "reduce" or stands:
            continue
        what = "its controls are withdrawn" if named else "it names no control"
        yield risk.flaw(
            "controls" if named else "treatment",
            f"{risk.id} is to be reduced, but {what}",
            "Name the security controls that reduce it, or choose another treatment.",
        )
