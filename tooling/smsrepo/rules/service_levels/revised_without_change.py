"""What customers rely on is altered by a decided change only."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_ROWS = {
    "service-requirement": "6.1-s8.1",
    "service": "6.1-s8.2",
    "sla": "6.1-s8.3",
    "ola": "6.1-s8.4",
    "supplier-contract": "6.1-s8.4",
}
_DECIDED = ("approved", "implemented", "closed")


@rule(
    "revised-without-change",
    severity=ERROR,
    requirements=sorted(set(_ROWS.values())),
    reads=[*_ROWS, "change"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A requirement, catalogue entry or agreement has a new major revision, and no approved change stands behind it."""
    for type_, row in _ROWS.items():
        for artefact in repo.issued(type_):
            major = str(artefact.data.get("revision", "")).partition(".")[0]
            if not major.isdigit() or int(major) < 2:
                continue
            change = repo.find(artefact.data.get("change", ""))
            if "change" not in artefact.data:
                yield artefact.flaw(
                    "revision",
                    f"revision {artefact.data['revision']} of {artefact.id} names no request for change",
                    "Name it in `change`; without one, raise it and have it decided first.",
                    (row,),
                )
            elif change and change.status not in _DECIDED:
                yield artefact.flaw(
                    "change",
                    f"{change.id} is `{change.status}`; {artefact.id} is issued all the same",
                    "Wait for the decision, and issue the revision after it.",
                    (row,),
                )
