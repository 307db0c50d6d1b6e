"""id-given-twice."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import step_rule


@step_rule("id-given-twice", requirements=["4.3.2-e", "4.3.2-f"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A file takes the id of a document or record that another file holds."""
    brought = {change.path for change in moment.step.changes if change.after}
    for transition in moment.transitions:
        holder, *others = _files(transition.id, moment)
        for path in others:
            if path in brought and _had(path, moment) != transition.id:
                yield Flaw(
                    path,
                    f"it takes the id {transition.id}, which {holder} holds",
                    "Give it an id of its own: sms new picks one. To rename a file, delete the old one with it.",
                )


def _files(id_: str, moment: Moment) -> list[str]:
    """The file that holds an id, and the others that carry it."""
    versions = moment.replay.versions
    held = versions.of_id(id_)
    return [held.path if held else "", *(path for path in versions.paths(id_) if held and path != held.path)]


def _had(path: str, moment: Moment) -> str:
    """The id in a file before the step."""
    before = next((c.before for c in moment.step.changes if c.path == path), None)
    facts = moment.replay.history.facts.get(before.id) if before else None
    return str((facts.fields or {}).get("id", "")) if facts else ""
