"""A risk is accepted by who may accept it, for as long as the plan allows."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import day_in
from smsrepo.model.duration import duration_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "risk-accepted-beyond-criteria",
    severity=ERROR,
    requirements=["4.5.2-j"],
    reads=["risk", "plan-service-management", "assignments"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A risk is accepted by a role that may not, for longer than allowed, or the acceptance has ended."""
    plan = next(repo.issued("plan-service-management"), None)
    criteria = plan.data.get("risk_acceptance", ()) if plan else ()
    steps = sorted((step for step in criteria if "up_to" in step), key=lambda step: int(step["up_to"]))
    for risk in repo.issued("risk"):
        accepted = risk.data.get("acceptance")
        rating = risk.data.get("residual", {}).get("rating")
        if accepted and risk.active and isinstance(rating, int):
            above = [step for step in steps if step["up_to"] >= rating]
            yield from _judge(risk, accepted, rating, above, on) if steps else ()


def _judge(
    risk: Artefact, accepted: Mapping[str, Any], rating: int, steps: list[Mapping[str, Any]], on: Context
) -> Iterator[Flaw]:
    role, person = str(accepted.get("role", "")), str(accepted.get("by", ""))
    day, until = day_in(accepted.get("on")), day_in(accepted.get("until"))
    may = list(dict.fromkeys(one for step in steps for one in step.get("roles", ())))
    if role not in may:
        who = f"only {', '.join(may)} may" if may else "nobody may"
        hint = "Treat it further, or bring it before a role that may accept it."
        yield risk.flaw("/acceptance/role", f"rating {rating} is accepted as `{role}`; {who}", hint)
    elif day and not any(
        a.role == role and a.person == person and a.holds(day) for a in on.settings.assignments
    ):
        hint = "Name who held the role and decided, or have it accepted anew."
        yield risk.flaw("/acceptance/by", f"{person} did not hold the role `{role}` on {day}", hint)
    lasts = duration_in(steps[0].get("lasts")) if steps else None
    if lasts and day and (until is None or until > lasts.after(day)):
        hint = f"Let it end by {lasts.after(day)}; whoever accepts it then looks at it again."
        message = f"rating {rating} may be accepted for {lasts.words}"
        yield risk.flaw("/acceptance/until" if until else "/acceptance/on", message, hint)
    if until and until < on.as_of:
        hint = "Rate the risk again and have what remains accepted, or treat it further."
        yield risk.flaw(
            "/acceptance/until", f"the acceptance ended on {until}, and the risk is still open", hint
        )
