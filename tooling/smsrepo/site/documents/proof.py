"""Who approved a revision and how anybody can prove it: the facts of each signed statement, in words."""

from smsrepo.control.editions import Edition
from smsrepo.control.lineage import Act
from smsrepo.site.documents.revisions import taken_over_on
from smsrepo.site.publication import Publication
from smsrepo.site.text.fields import facts
from smsrepo.site.text.markup import blocks, code, plain

ANCHOR = "sms-proof"
_HEADING = f"## Proof of approval {{ #{ANCHOR} data-search-exclude }}"
_ASSURANCES = {
    "signed": "signed with a key registered to this person",
    "platform": "review on the forge, recorded and signed by a registered collector",
}


def proof(publication: Publication, page: str, edition: Edition) -> str:
    """The statements about a revision that stand, and how to verify them; empty for a draft nobody decided on."""
    if not (edition.acts or edition.reviews or edition.adopted):
        return ""
    name = f"{plain(edition.id)} {plain(edition.number)}"
    told = []
    if edition.adopted:
        told.append(
            f"{name} was {taken_over_on(edition.entered)}. Nothing proves who approved it before that day."
        )
    acts = [*edition.acts, *edition.reviews]
    if acts:
        told.append(
            f"The statements below are files in the repository. Each is bound to the exact bytes of {name} by their "
            "digest and counts from the day on which it entered the main branch."
        )
    told += [_statement(publication, page, act) for act in acts]
    told.append(
        f"Anybody can prove it in a clone of the repository, offline: {code('sms verify')} judges the whole history, "
        f"{code(f'sms show {edition.id} {edition.number}')} prints these bytes, {code(f'sms status {edition.id}')} "
        "lists all revisions."
    )
    return blocks(_HEADING, *told)


def how_proven(assurance: str) -> str:
    """How an approval is proven, in a word or two."""
    return "signature" if assurance == "signed" else "review on the forge"


def proof_link(assurance: str) -> str:
    """The same, linked to the facts further down on the page."""
    return f"[{how_proven(assurance)}](#{ANCHOR})"


def _statement(publication: Publication, page: str, act: Act) -> str:
    said = act.statement
    role = f", {publication.role(page, said.role)}" if said.role else ""
    pairs = [
        ("Says", f"“{plain(said.meaning)}”{f': {plain(said.reason)}' if said.reason else ''}"),
        ("By", f"{publication.person(page, said.person)}{role}"),
        ("Entered the main branch", f"{act.entered.date()}, commit {code(act.commit[:12])}"),
        ("Signed", f"{said.signed_at:%Y-%m-%d %H:%M} UTC, as the statement claims"),
        ("Assurance", _ASSURANCES.get(said.assurance, plain(said.assurance))),
        ("Key", code(act.key) if act.key else ""),
        ("Digest", code(act.subject.digest)),
        ("Statement", code(act.path)),
        ("Note", plain(act.note)),
    ]
    return facts(pairs)
