"""A record tells what has happened."""

from collections.abc import Iterator

from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("date-in-future", severity=ERROR, requirements=["4.3.3-s1.1"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A record is dated after the day of the check, or tells of a step that would lie after it."""
    fields = {type_.name: _told(type_) for type_ in repo.types.values() if type_.is_record}
    for artefact in repo.artefacts:
        for field in fields.get(artefact.type.name, ()):
            day = artefact.date(field)
            if day and day > on.as_of:
                what = "the record is dated" if field == "recorded_on" else f"`{field}` says"
                yield artefact.flaw(field, f"{what} {day}, after {on.as_of}", "Correct the date.")


def _told(type_: ArtefactType) -> list[str]:
    """The fields that tell when a step happened: of the ordered ones those in `_on` and `_at`; others plan or limit."""
    steps = (field for chain in type_.order for field in chain if field.endswith(("_on", "_at")))
    return list(dict.fromkeys(("recorded_on", *steps)))
