"""What is issued is decided, and what is closed is told."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("open-decision", severity=ERROR, requirements=["4.3.2-a"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An issued document or a closed record still holds an open decision."""
    for artefact in repo.artefacts:
        if artefact.status != "issued" and not artefact.closed:
            continue
        again = "leave the record open" if artefact.closed else "set `status: draft`"
        for mark in artefact.marks:
            if mark.open:
                hint = f"Decide, adapt the text, turn `decide:` into `decided:`; or {again}."
                yield artefact.flaw_at(mark.line, mark.column, f"still to be decided: {mark.question}", hint)
