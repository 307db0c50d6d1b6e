"""Plans for single processes agree with the service management plan in force."""

from collections.abc import Iterator

from smsrepo.control.lifecycle import effective_since
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_OF_PROJECTS = frozenset({"plan-new-or-changed-service", "plan-service-removal", "plan-release"})
"""Plans that end: the revision of their own time counts."""
_HINT = (
    "Compare scope, objectives, roles, resources, risks and dates of both plans, then enter the revision in"
    " `aligned_with`."
)


@rule(
    "plan-not-aligned",
    severity=ERROR,
    requirements=["4.5.2-s4"],
    reads=["plan-service-management", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A plan for a process was never checked against the service management plan, or against an earlier revision."""
    plan = next(repo.issued("plan-service-management"), None)
    grace = on.settings.interval("document_review_grace")
    if plan is None:
        return
    current = f"{plan.id}@{plan.data.get('revision')}"
    since = effective_since(plan)
    fresh = since is not None and grace is not None and grace.after(since) >= on.as_of
    for type_ in repo.types.values():
        if not any(kind.code == "PLN-PRC" for kind in type_.kinds):
            continue
        for document in repo.all(type_.name):
            named = document.data.get("aligned_with")
            if not document.issued or named == current:
                continue
            if named is None:
                yield document.flaw(
                    "id",
                    f"{document.id} does not name the revision of {plan.id} it agrees with",
                    f'{_HINT} For the one in force add to the header: `aligned_with: "{current}"`.',
                )
            elif not fresh and type_.name not in _OF_PROJECTS:
                yield document.flaw("aligned_with", f"checked against {named}; {current} is in force", _HINT)
