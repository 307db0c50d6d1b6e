"""Documents rest on the edition that holds."""

from collections.abc import Iterator

from smsrepo.control.lifecycle import in_force
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.links import link_path
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("external-document-outdated", severity=ERROR, requirements=["4.3.2-g"], reads=["external-document"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A document in force names an external document that has been superseded."""
    for entry in repo.by_type.get("external-document", ()):
        if not entry.issued or entry.data.get("stage") != "superseded":
            continue
        successor = entry.data.get("superseded_by")
        for artefact in repo.artefacts:
            if artefact.type.is_record or artefact.type is entry.type or not in_force(artefact, on.as_of):
                continue
            message = f"{entry.id} ({entry.title}) has been superseded"
            hint = f"Revise the document by {successor}." if successor else "Revise the document without it."
            for pointer in _names(repo, artefact, entry):
                yield artefact.flaw(pointer, message, hint)
            for link in artefact.links:
                if link_path(artefact.path, link.target) == entry.path:
                    yield artefact.flaw_at(link.line, link.column, message, hint)


def _names(repo: Repo, artefact: Artefact, entry: Artefact) -> list[str]:
    """Where the fields of a document name the entry."""
    if artefact not in repo.incoming.get(entry.id, ()):
        return []
    return [r.pointer for r in repo.references if r.source is artefact and r.target == entry.id]
