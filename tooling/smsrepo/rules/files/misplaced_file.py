"""Artefacts of a type lie together in one folder."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("misplaced-file", severity=ERROR, waivable=False, requirements=["4.3.2-e", "4.3.3-s2.5"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A file lies outside the folder of its type."""
    for artefact in repo.artefacts:
        folder = artefact.path.rpartition("/")[0]
        if folder != artefact.type.folder:
            kind, right = artefact.type.plural.lower(), artefact.type.folder
            message = f"{kind} belong in {right}/, but this file lies in {folder}/"
            hint = f"Move it (git mv {artefact.path} {right}/), or correct its type."
            yield artefact.flaw("type", message, hint)
