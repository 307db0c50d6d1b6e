"""A promise is measured month by month."""

from collections.abc import Iterator
from datetime import date, timedelta

from smsrepo.model.duration import Duration
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import in_force, targets, validity


@rule(
    "target-not-measured",
    severity=ERROR,
    requirements=["6.1-s10", "6.1-s11.1"],
    reads=["sla", "service", "measurement", "control", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A monthly target of an agreement in force has no result for the last month that is due."""
    allowed = on.settings.interval("measurement")
    if allowed is None:
        return
    month, due = _last_due(allowed, on.as_of)
    period = f"{month:%Y-%m}"
    for sla in repo.issued("sla"):
        starts = (validity(sla)[0], sla.date("effective_from"), on.settings.operating_since)
        if not in_force(sla, on.as_of) or any(start and start > month for start in starts):
            continue
        measured = {
            m.data.get("target") for m in repo.linked(sla, "measurement") if m.data.get("period") == period
        }
        for pointer, target in targets(sla):
            service = repo.find(target.get("service", ""))
            if (
                target.get("window") == "month"
                and service
                and service.active
                and target.get("id") not in measured
            ):
                yield sla.flaw(
                    f"{pointer}/id",
                    f"`{target.get('id', '')}` has no measurement for {period}; it was due by {due}",
                    "Take the figure from its source and record it: sms new measurement.",
                )


def _last_due(allowed: Duration, as_of: date) -> tuple[date, date]:
    """The first day of the last month whose result must be there, and the last day on which it could come."""
    end = as_of.replace(day=1)
    while end.year > 1 and allowed.after(end) > as_of:
        end = _month_before(end)
    return _month_before(end), allowed.after(end) - timedelta(days=1)


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)
