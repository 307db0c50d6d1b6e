"""attachment-changed."""

from collections.abc import Iterator

from smsrepo.control.lineage import Version
from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import faulty, touched
from smsrepo.rules.rule import step_rule

_RULE = "attachment-changed"


@step_rule(_RULE, requirements=["4.3.2-d"])
def check(moment: Moment) -> Iterator[Flaw]:
    """An attachment of an issued document was changed under the same revision, or is not there."""
    told = set()
    for _, after in faulty(moment, _RULE):
        told.add(after.id)
        yield Flaw(
            after.path,
            f"{after.id} {after.revision} is issued, and an attachment of it changed under the same revision",
            "An attachment is approved with its document. Raise the revision of the document.",
        )
    for transition in touched(moment):
        now = transition.after
        if now and now.released and not transition.moved and now.id not in told:
            yield from _lost(now, moment)


def _lost(version: Version, moment: Moment) -> Iterator[Flaw]:
    for attachment in moment.replay.versions.files(version.path)[1:]:
        if attachment not in moment.replay.tree:
            yield Flaw(
                version.path,
                f"{version.id} {version.revision} is {version.status}, but its attachment {attachment} is not there",
                "Add the file, or take it out of `attachments`.",
            )
