"""What is defined as a measure is measured."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.duration import Duration, duration_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import WARNING, Context, rule
from smsrepo.rules.service_levels.measurements import day_after


@rule(
    "measure-unmeasured",
    severity=WARNING,
    requirements=["4.5.4.1-s1", "4.5.3-f"],
    reads=["measure", "measurement", "control", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A measure lacks the result that is due by its frequency."""
    allowed, begin = on.settings.interval("measurement"), on.settings.operating_since
    for measure in repo.issued("measure"):
        frequency = duration_in(measure.data.get("frequency"))
        ends = [
            end
            for record in repo.linked(measure, "measurement")
            if (end := day_after(record.data.get("period")))
        ]
        last = max(ends, default=begin)
        if frequency is None or allowed is None or last is None:
            continue
        due = _due(last, frequency, allowed)
        if due < on.as_of:
            shown = f"its last result ends before {last}" if ends else f"it has no result since {begin}"
            yield measure.flaw(
                "frequency",
                f"{measure.id}: {shown}; the next was due by {due} (every {frequency.words})",
                "Work it out from its source and record it: sms new measurement. Or withdraw the measure.",
            )


def _due(last: date, frequency: Duration, allowed: Duration) -> date:
    return allowed.after(frequency.after(last))
