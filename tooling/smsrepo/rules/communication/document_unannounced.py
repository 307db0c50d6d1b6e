"""A document reaches those who must know it."""

from collections.abc import Iterator

from smsrepo.control.lifecycle import effective_since, in_force
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_STAFF = frozenset({"all-staff", "management", "service-desk", "technical-staff", "auditors"})
"""Whom a message to all staff reaches; auditors see what staff see."""


@rule(
    "document-unannounced",
    severity=ERROR,
    requirements=["4.3.2-b"],
    reads=["communication", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A revision in force was not announced to its audience in time, as far as the day it took effect is known."""
    limit = on.settings.interval("document_announcement")
    announced: dict[str, list[Artefact]] = {}
    for record in repo.all("communication"):
        for named in record.ids("announces"):
            announced.setdefault(named, []).append(record)
    for document in repo.artefacts:
        since = effective_since(document)
        if (
            document.type.kind != "document"
            or not isinstance(document.data.get("revision"), str)  # a number without quotes is told elsewhere
            or limit is None
            or since is None
            or not in_force(document, on.as_of)
        ):
            continue
        due = limit.after(since)
        messages = announced.get(f"{document.id}@{document.data.get('revision')}", [])
        reached = {one for message in messages for one in _reached(message)}
        missing = [one for one in document.ids("audience") if one not in reached]
        if missing and due < on.as_of:
            yield document.flaw(
                "audience",
                f"revision {document.data.get('revision')} applies since {since}, and no communication announces it"
                f" to {', '.join(missing)}; due by {due}",
                "Announce it and record that: sms new communication, with the revision under `announces`.",
            )


def _reached(message: Artefact) -> frozenset[str]:
    audience = frozenset(message.ids("audience"))
    return audience | _STAFF if "all-staff" in audience else audience
