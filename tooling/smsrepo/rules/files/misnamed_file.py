"""The file name starts with the id, so that people find what a reference names."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.ids import ID
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("misnamed-file", severity=ERROR, waivable=False, requirements=["4.3.2-f"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Id, prefix and file name disagree."""
    for artefact in repo.artefacts:
        if not ID.fullmatch(artefact.id) or repo.by_id[artefact.id] is not artefact:
            continue  # schema-violated and duplicate-id say so
        prefix, name = artefact.type.prefix, artefact.path.rpartition("/")[2]
        if not artefact.id.startswith(f"{prefix}-"):
            example = f"{prefix}-2026-0001" if artefact.type.is_record else f"{prefix}-001"
            hint = f"Ids of this type look like {example}. Correct the id, or the type if that is wrong."
            yield artefact.flaw("id", f"the id `{artefact.id}` does not start with {prefix}", hint)
        elif not name.startswith((f"{artefact.id}-", f"{artefact.id}.")):
            hint = f"Let the file name start with {artefact.id}-, or correct the id."
            yield artefact.flaw("id", f"the id is `{artefact.id}`, but the file is called {name}", hint)
        elif not name.endswith(artefact.type.suffix):
            message = f"the file is called {name}, but files of this type end with {artefact.type.suffix}"
            yield artefact.flaw(
                "id", message, f"Rename the file: {artefact.type.suffix} instead of its ending."
            )
