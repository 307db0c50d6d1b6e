"""What is in force rests on what is in force."""

from collections.abc import Iterator

from smsrepo.control.lifecycle import in_force
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.links import link_path
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_WRITTEN = ("document", "agreement")
"""What people work by; entries of catalogues and registers have stages, and rules of their own."""


@rule("reference-not-in-force", severity=ERROR, requirements=["4.3.2-e", "4.3.2-h"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A document or agreement in force refers to one that is withdrawn, or was never issued."""
    # The first set is issued piece by piece until document control begins: then all of it must be there.
    out = ("draft", "obsolete") if on.settings.control_begun else ("obsolete",)
    for reference in repo.references:
        target = repo.find(reference.target)
        if target and _works_by(reference.source, on) and _out_of_force(target, out):
            yield reference.source.flaw(reference.pointer, *_problem(target))
    for source in repo.artefacts:
        if _works_by(source, on):
            for link in source.links:
                target = repo.by_path.get(link_path(source.path, link.target))
                if target and target is not source and _out_of_force(target, out):
                    yield source.flaw_at(link.line, link.column, *_problem(target))


def _works_by(source: Artefact, on: Context) -> bool:
    return source.type.kind in _WRITTEN and in_force(source, on.as_of)


def _out_of_force(target: Artefact, statuses: tuple[str, ...]) -> bool:
    return not target.type.is_record and target.status in statuses


def _problem(target: Artefact) -> tuple[str, str]:
    if target.status == "draft":
        return (
            f"{target.id} is a draft, nobody works by it yet",
            "Issue it first, or refer to what applies today.",
        )
    successor = target.data.get("successor")
    hint = (
        f"It was replaced by {successor}: refer to that." if successor else "Refer to what applies instead."
    )
    return f"{target.id} is obsolete", hint
