"""document-deleted."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment, Transition
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import left, renumbered
from smsrepo.rules.rule import step_rule


@step_rule("document-deleted", requirements=["4.3.2-h", "4.3.2-s1"])
def check(moment: Moment) -> Iterator[Flaw]:
    """A document that was issued was deleted instead of withdrawn, or is no document any more."""
    going_on = {gone.id for gone, _ in renumbered(moment)}
    for transition in left(moment):
        if transition.id not in going_on:
            yield Flaw(
                transition.path,
                f"{transition.id} was issued, and {_how(transition, moment)}",
                "Bring it back byte for byte. Where it is no longer needed, withdraw it: a new revision with "
                "status: obsolete.",
            )


def _how(transition: Transition, moment: Moment) -> str:
    """In words that stay true when the file is gone later: what a step did is told for ever."""
    if transition.after:
        return f"its type is now {transition.after.type.name}, a record"
    file = moment.replay.tree.get(transition.path)
    if file is None:
        return "its file was deleted"
    facts = moment.replay.history.facts.get(file.id)
    if file.mode == "100644" and facts and facts.fields:
        return f"its type is now `{facts.fields.get('type')}`, which no approved schema defines"
    return "its file can no longer be read as a document"
