"""withdrawal-alters-text."""

from collections.abc import Iterator

from smsrepo.control.lineage import Version
from smsrepo.control.replay import Moment, Transition
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import faulty, issued_before
from smsrepo.rules.rule import step_rule


@step_rule("withdrawal-alters-text", requirements=["4.3.2-d", "4.3.2-h"])
def check(moment: Moment) -> Iterator[Flaw]:
    """The revision that withdraws a document also alters what it says."""
    for transition, after in faulty(moment, ""):
        if (
            after.released
            and after.status == "obsolete"
            and not transition.moved
            and _altered(transition, after)
        ):
            yield Flaw(
                after.path,
                f"{after.id} {after.revision} withdraws the document and alters it",
                "Keep the text, title and attachments as they were issued. Only revision, status, dates, "
                "summary_of_change and successor change.",
            )


def _altered(transition: Transition, after: Version) -> bool:
    issued = [
        revision.version for revision in issued_before(transition) if revision.version.status == "issued"
    ]
    return bool(issued) and (issued[-1].substance, issued[-1].attached) != (after.substance, after.attached)
