"""A nonconformity is closed when its cause is gone, not when work has begun."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "nonconformity-closed-early",
    severity=ERROR,
    requirements=["4.5.4.2-s9.2", "4.5.4.2-s10.1", "4.5.5.1-s5", "4.5.5.1-s6"],
    reads=["nonconformity", "action"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A nonconformity was closed before a corrective action was found to work."""
    for nonconformity in repo.all("nonconformity", status="closed"):
        closed = nonconformity.date("closed_on")
        effective = unsettled = False
        for number, id_ in enumerate(nonconformity.ids("corrective_actions")):
            action = repo.find(id_)
            if action is None:  # a broken reference, reported as such
                unsettled = True
                continue
            if action.status == "cancelled":
                continue
            verified, kind = action.date("verified_on"), action.data.get("kind")
            effective |= action.data.get("effectiveness") == "effective" and kind == "corrective"
            if not action.closed or (verified and closed and verified > closed):
                state = f"was verified on {verified}" if action.closed else f"is `{action.status}`"
                message = f"{nonconformity.id} was closed on {closed}, but {id_} {state}"
                hint = "Open it again, or correct the date."
                yield nonconformity.flaw(f"/corrective_actions/{number}", message, hint)
                unsettled = True
        if not effective and not unsettled:
            message = f"{nonconformity.id} is closed, and no action of kind `corrective` was found effective"
            hint = "Open it again and remove the cause: sms new action."
            yield nonconformity.flaw("corrective_actions", message, hint)
