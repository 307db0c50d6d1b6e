"""successor-cycle."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.newest import path_of
from smsrepo.rules.control.successors import circle, withdrawn
from smsrepo.rules.rule import register_rule


@register_rule("successor-cycle", requirements=["4.3.2-e", "4.3.2-h"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """Withdrawn documents name each other as successors."""
    gone = withdrawn(register, on)
    for id_, revision in gone.items():
        met = circle(id_, gone)
        if met and all(
            gone[other].entered <= revision.entered for other in met
        ):  # the one that closed the circle
            yield Flaw(
                path_of(register.lineages[id_], revision),
                f"the successors run in a circle: {' → '.join([*met, id_])}",
                "Name as successor the document that is in force, or none.",
            )
