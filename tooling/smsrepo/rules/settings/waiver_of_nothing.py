"""A waiver covers something that is there."""

from collections.abc import Iterator

from smsrepo.control.settings import WAIVERS
from smsrepo.model.closest import did_you_mean
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule


@rule("waiver-of-nothing", severity=WARNING, reads=["waivers"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A waiver names a document or record that does not exist, or a rule that cannot be waived."""
    for number, waiver in on.settings.waivers():
        if waiver["rule"] not in on.waivable:
            message = f"`{waiver['rule']}` is no rule that can be waived"
            hint = did_you_mean(waiver["rule"], on.waivable, "sms explain lists the rules.")
            yield Flaw(WAIVERS, message, hint, f"/waivers/{number}/rule")
        artefact = waiver["artefact"]
        if repo.find(artefact) is None and artefact not in repo.broken_ids | repo.paths:
            message = f"there is no {artefact}, so the waiver of {waiver['rule']} covers nothing"
            hint = "Correct the id, or delete the entry."
            yield Flaw(WAIVERS, message, hint, f"/waivers/{number}/artefact")
