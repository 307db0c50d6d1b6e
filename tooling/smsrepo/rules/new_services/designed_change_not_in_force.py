"""On the first day customers read what they were promised, and staff what to do."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.control.lifecycle import in_force
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.revision import precedes
from smsrepo.rules.new_services.projects import change_of, worked_with
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "designed-change-not-in-force",
    severity=ERROR,
    requirements=["5.3-f", "5.3-g", "5.3-i", "5.3-j"],
    reads=["service-design", "change"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A service went live, and a document that its design changes is not in force in the new revision."""
    for design in worked_with(repo, "service-design"):
        change = change_of(repo, design)
        if change is None or not change.date("implemented_on") or change.data.get("outcome") != "successful":
            continue
        for index, entry in enumerate(design.entries("changed_documents")):
            document = repo.find(str(entry.get("document", "")))
            problem = _problem(document, entry, change, on) if document else ""
            if document and problem:
                yield design.flaw(
                    f"/changed_documents/{index}/document",
                    f"{change.id} went live on {change.data['implemented_on']}, but {document.id} {problem}",
                    "Issue the revision that the design asks for; if the design changed, revise it.",
                )


def _problem(document: Artefact, entry: Mapping[str, Any], change: Artefact, on: Context) -> str:
    wanted = str(entry.get("revision", ""))
    stands = str(document.data.get("revision", ""))
    live, since = change.date("implemented_on"), document.date("effective_from")
    if precedes(wanted, stands):
        return ""  # it was there, and the document has moved on since
    if precedes(stands, wanted):
        return f"stands at revision {stands or 'none'} instead of {wanted}"
    if document.status == "draft" or (document.status != "obsolete" and not in_force(document, on.as_of)):
        return f"is not in force in revision {stands}"
    if since and live and since > live:
        return f"applies from {since} only"
    return ""
