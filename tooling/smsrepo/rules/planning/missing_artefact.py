"""What the standard expects exists, and what may exist once exists once."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.artefact_type import ArtefactType, Required
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("missing-artefact", severity=ERROR)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A required document does not exist, exists twice, or is missing for one service or supplier."""
    for type_ in repo.types.values():
        if type_.required is None or type_.name in repo.broken_types:
            continue
        # A second file with the same id is another mistake, with a message of its own.
        of_type = repo.by_type.get(type_.name, ())
        found = [one for one in of_type if one.status != "obsolete" and repo.by_id.get(one.id, one) is one]
        if type_.required.how == "one":
            yield from _one(type_, found)
        elif type_.required.how == "per" and type_.required.per not in repo.broken_types:
            yield from _per_entry(repo, type_, type_.required, found)


def _one(type_: ArtefactType, found: list[Artefact]) -> Iterator[Flaw]:
    command = f"sms new {type_.name}"
    if not found:
        message = f"there is no {type_.title.lower()} in {type_.folder}/"
        hint = f"Create it: {command}."
        yield Flaw(type_.schema_path, message, hint, line=1, column=1, requirements=type_.requirements)
    for more in found[1:]:
        message = f"there may be one {type_.title.lower()} only, and {found[0].id} is one already"
        yield more.flaw(
            "type", message, "Keep one and set the other to `status: obsolete`.", type_.requirements
        )


def _per_entry(repo: Repo, type_: ArtefactType, required: Required, found: list[Artefact]) -> Iterator[Flaw]:
    covered = {id_ for artefact in found for id_ in artefact.ids(required.by)}
    if any(id_ not in repo.by_id for id_ in covered):
        return  # one of them names nothing that exists: it may be meant for the entry that seems to lack one
    for entry in repo.by_type.get(required.per, ()):
        if entry.active and entry.id not in covered:
            message = f"{entry.id} ({entry.title}) has no {type_.title.lower()}"
            yield entry.flaw("id", message, f"Create one: sms new {type_.name}.", type_.requirements)
