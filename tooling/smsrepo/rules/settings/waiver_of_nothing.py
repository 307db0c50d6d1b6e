"""A waiver covers something that is there."""

from collections.abc import Iterator

from smsrepo.control.settings import WAIVERS
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("waiver-of-nothing", severity=WARNING, reads=["waivers"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A waiver names a document or record that does not exist."""
    for number, waiver in on.settings.waivers():
        artefact = waiver["artefact"]
        if repo.find(artefact) is None and artefact not in repo.broken_ids | repo.paths:
            message = f"there is no {artefact}, so the waiver of {waiver['rule']} covers nothing"
            hint = "Correct the id, or delete the entry."
            yield Flaw(WAIVERS, message, hint, f"/waivers/{number}/artefact")
