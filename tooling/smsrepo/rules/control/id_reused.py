"""id-reused."""

from collections.abc import Iterator

from smsrepo.control.replay import Moment
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.transitions import faulty
from smsrepo.rules.rule import step_rule

_RULE = "id-reused"


@step_rule(_RULE, requirements=["4.3.2-f", "4.3.3-s2.2"])
def check(moment: Moment) -> Iterator[Flaw]:
    """The id of a document or record that left comes back for something else."""
    for _, after in faulty(moment, _RULE):
        yield Flaw(
            after.path,
            f"{after.id} stood for other content before it left the main branch",
            f"Take a free id: sms new {after.type.name} picks one. To bring back what was lost, restore its "
            "exact bytes.",
        )
