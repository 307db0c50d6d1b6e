"""What a test or an emergency taught is talked about while it is remembered."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_ENDED = {"plan-test": "held_on", "continuity-invocation": "stood_down_at"}


@rule(
    "plan-test-unreviewed",
    severity=ERROR,
    requirements=["6.3.3-s7.1", "6.3.3-s7.2"],
    reads=["plan-test", "continuity-invocation", "control"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A test or an invocation of a plan was not reviewed in time."""
    limit = on.settings.interval("plan_test_review")
    for type_name, field in _ENDED.items():
        for record in repo.all(type_name):
            ended = record.date(field)
            if limit and ended and "reviewed_on" not in record.data and limit.after(ended) < on.as_of:
                yield record.flaw(
                    field,
                    f"{record.id} ended on {ended} and has no review; it was due by {limit.after(ended)}",
                    "Hold the review with those who took part, and fill in `reviewed_on` and `review`.",
                )
