"""Reviews with the customer reach each agreement in turn."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import applies, validity


@rule(
    "service-review-omits-agreement",
    severity=ERROR,
    requirements=["6.1-s7.2"],
    reads=["sla", "service-review", "control", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Service reviews are held in time, but none of them looked at an agreement in force."""
    interval = on.settings.interval("service_review")
    for sla in repo.issued("sla"):
        if interval is None or not applies(sla, on.as_of):
            continue
        held = {
            review: day
            for customer in sla.ids("customers")
            for review in repo.incoming.get(customer, ())
            if review.type.name == "service-review"
            and review.data.get("customer") == customer
            and (day := review.date("held_on"))
            and day <= on.as_of <= interval.after(day)
        }
        starts = [day for day in (validity(sla)[0], on.settings.operating_since) if day]
        due = interval.after(max(starts)) if starts else on.as_of
        if held and on.as_of > due and not any(sla.id in review.ids("agreements") for review in held):
            latest = max(held, key=lambda review: (held[review], review.id))
            yield sla.flaw(
                "id",
                f"no review of the last {interval.words} looked at {sla.id}; the latest was {latest.id}",
                "Review the agreement with the customer and name it in `agreements`: sms new service-review.",
            )
