"""What both sides sign as the minutes agrees with the complaints on file."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule(
    "service-review-denies-complaint",
    severity=ERROR,
    requirements=["7.1-s11.4"],
    reads=["service-review", "complaint"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A service review says that there were no complaints, though one was on file."""
    for review in repo.all("service-review"):
        said = review.data.get("complaints")
        if not (isinstance(said, dict) and "none" in said):
            continue
        on_file = [
            complaint.id
            for complaint in repo.incoming.get(review.data.get("customer", ""), ())
            if complaint.type.name == "complaint" and _known(complaint, review)
        ]
        if on_file:
            yield review.flaw(
                "complaints",
                f"{review.id} knows of no complaint; on file for its period: {', '.join(on_file)}",
                "Tell the customer, and correct the minutes; what was agreed already gets an entry in `corrections`.",
            )


def _known(complaint: Artefact, review: Artefact) -> bool:
    """Whether a complaint of the period was on record when the review was held."""
    received, recorded, held = (
        str(record.data.get(name, ""))
        for record, name in ((complaint, "received_on"), (complaint, "recorded_on"), (review, "held_on"))
    )
    period = review.data.get("period", {})
    inside = bool(received) and period.get("from", "9") <= received <= period.get("to", "")
    same = complaint.data.get("customer") == review.data.get("customer")
    return inside and same and "" < recorded <= held
