"""The file name starts with the id, so that people find what a reference names."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("misnamed-file", severity=ERROR, requirements=["4.3.2-f"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """Id, prefix and file name disagree."""
    for artefact in repo.artefacts:
        if not artefact.id or repo.by_id[artefact.id] is not artefact:
            continue
        prefix, name = artefact.type.prefix, artefact.path.rpartition("/")[2]
        if not artefact.id.startswith(f"{prefix}-"):
            hint = f"Ids of this type are {prefix}-{'2026-0001' if artefact.type.is_record else '001'} and so on."
            yield artefact.flaw("id", f"the id `{artefact.id}` does not start with {prefix}", hint)
        elif not name.startswith((f"{artefact.id}-", f"{artefact.id}.")) or not name.endswith(artefact.type.suffix):
            hint = f"Rename the file to {artefact.id}-….{artefact.type.suffix[1:]}, or correct the id."
            yield artefact.flaw("id", f"the id is `{artefact.id}`, but the file is called {name}", hint)
