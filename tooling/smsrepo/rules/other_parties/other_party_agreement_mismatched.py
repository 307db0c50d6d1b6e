"""The kind of party decides how it is governed."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import applies

_KINDS = {
    "supplier": ("supplier-contract", "supplier", "4.2-s3"),
    "internal-group": ("ola", "group", "4.2-s4"),
    "customer": ("sla", "customers", "4.2-s4"),
}


@rule(
    "other-party-agreement-mismatched",
    severity=ERROR,
    requirements=["4.2-s3", "4.2-s4"],
    reads=[
        "other-party-process",
        "supplier-contract",
        "ola",
        "sla",
        "supplier",
        "internal-group",
        "customer",
    ],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """An entry rests on an agreement of the wrong kind, with somebody else, or one that does not apply."""
    for entry in repo.issued("other-party-process"):
        party = repo.find(str(entry.data.get("party", "")))
        agreement = repo.find(str(entry.data.get("agreement", "")))
        kind = party.type.name if party else ""
        if party is None or agreement is None or kind not in _KINDS:
            continue
        type_, field, row = _KINDS[kind]
        if entry.data.get("party_kind", kind) != kind:
            message = f"{party.id} is {party.type.title.lower()}"
            yield entry.flaw("party_kind", message, f"Write {kind}.", (row,))
        if agreement.type.name != type_ or party.id not in agreement.ids(field):
            wanted = repo.types[type_].title.lower()
            message = f"{agreement.id} is no {wanted} with {party.id}"
            yield entry.flaw("agreement", message, f"Name the {wanted} with {party.id}, or make one.", (row,))
        elif not applies(agreement, on.as_of):
            message = f"{agreement.id} does not apply on {on.as_of}"
            yield entry.flaw("agreement", message, "Name the one that applies, or renew it.", (row,))
