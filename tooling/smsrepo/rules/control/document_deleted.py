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
        if transition.id not in going_on and (how := _how(transition, moment)):
            yield Flaw(
                transition.path,
                f"{transition.id} was issued, and {how}",
                "Bring it back byte for byte. Where it is no longer needed, withdraw it: a new revision with "
                "status: obsolete.",
            )


def _how(transition: Transition, moment: Moment) -> str:
    """Empty where another rule tells of it: odd-file, or type-not-in-force."""
    if transition.after:
        return f"its type is now {transition.after.type.name}, a record"
    file = moment.replay.tree.get(transition.path)
    if file is None:
        return "its file was deleted"
    facts = moment.replay.history.facts.get(file.id)
    named = facts is not None and facts.fields is not None
    return "" if named or file.mode != "100644" else "its file can no longer be read as a document"
