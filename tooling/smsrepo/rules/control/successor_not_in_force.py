"""successor-not-in-force."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.lineage import Lineage, Revision
from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.control.newest import path_of
from smsrepo.rules.control.successors import circle, withdrawn
from smsrepo.rules.rule import register_rule


@register_rule("successor-not-in-force", requirements=["4.3.2-e", "4.3.2-h"])
def check(register: Register, on: date) -> Iterator[Flaw]:
    """A document is withdrawn in favour of one that is not in force."""
    gone = withdrawn(register, on)
    for id_, revision in gone.items():
        successor = revision.version.fields.get("successor")
        if not isinstance(successor, str) or circle(id_, gone):
            continue
        lineage = register.lineages.get(successor)
        begins = revision.start or on
        if lineage is None or not (_applied(lineage, begins, revision) or _applied(lineage, on)):
            yield Flaw(
                path_of(register.lineages[id_], revision),
                f"{id_} is withdrawn in favour of {successor}, which is not in force",
                f"Have {successor} approved first, with an effective_from no later than that of the withdrawal.",
            )


def _applied(lineage: Lineage, day: date, withdrawal: Revision | None = None) -> bool:
    """Whether a document applied on a day, as far as that was settled when another was withdrawn in its favour."""
    decided = withdrawal.approved if withdrawal else None
    applying = [
        revision
        for revision in lineage.released()
        if revision.approved_on(day) and revision.start and revision.start <= day
        if not (
            decided
            and revision.version.status == "obsolete"
            and revision.approved
            and revision.approved > decided
        )
    ]
    return bool(applying) and applying[-1].version.status == "issued"
