"""A better way of working that no document knows is forgotten with the people who found it."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.revision import precedes
from smsrepo.rules.rule import WARNING, Context, rule


@rule(
    "improvement-document-unrevised",
    severity=WARNING,
    requirements=["4.5.5.2-c"],
    reads=["improvement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A document has not reached the revision that is said to take an improvement in."""
    for improvement in repo.all("improvement"):
        entries = improvement.data.get("documents_revised")
        for number, entry in enumerate(entries if isinstance(entries, list) else ()):
            document, wanted = repo.find(entry.get("document", "")), entry.get("revision", "")
            if document is None or document.type.is_record or not wanted:
                continue
            if precedes(document.data.get("revision"), wanted) or not document.issued:
                yield improvement.flaw(
                    f"/documents_revised/{number}/revision",
                    f"{document.id} stands at {document.data.get('revision', 'no revision')}"
                    f"{'' if document.issued else ', not issued'}; {improvement.id} names {wanted}",
                    "Revise the document and have it approved, or name the revision that took the improvement in.",
                )
