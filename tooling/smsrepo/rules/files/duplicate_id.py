"""An id names one artefact, for ever."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("duplicate-id", severity=ERROR, waivable=False, requirements=["4.3.2-f", "4.3.3-s2.2"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Two files have the same id."""
    for artefact in repo.artefacts:
        first = repo.by_id[artefact.id]
        if artefact.id and first is not artefact:
            hint = f"Give the newer of the two an id that is free; sms new {artefact.type.name} picks the next one."
            yield artefact.flaw("id", f"the id `{artefact.id}` is already used in {first.path}", hint)
