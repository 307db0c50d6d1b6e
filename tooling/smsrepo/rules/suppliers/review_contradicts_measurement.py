"""A review reports what was measured, not what the supplier remembers."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.model.day import day_in
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.measurements import day_after, first_day
from smsrepo.rules.service_levels.targets import reached, target_of
from smsrepo.rules.suppliers.reviews import judged


class _Result(NamedTuple):
    """What was measured, in the time from `first` to before `after`."""

    actual: float
    record: Artefact
    first: date
    after: date


@rule(
    "review-contradicts-measurement",
    severity=ERROR,
    requirements=["7.2-s8.1", "7.2-s9.1"],
    reads=["supplier-review", "supplier-contract", "measurement"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A supplier review gives a better result than one that was measured within its period."""
    index = _results(repo)
    for review, contract in judged(repo):
        period = review.data.get("period", {})
        begin, end = day_in(period.get("from")), day_in(period.get("to"))
        if begin is None or end is None:
            continue
        after = end + timedelta(days=1)
        for number, result in enumerate(review.data.get("results", ())):
            id_, actual = str(result.get("target")), result.get("actual")
            target = target_of(contract, id_)
            if target is None or not isinstance(actual, int | float):
                continue
            sign = 1 if target.get("comparison") == "at-most" else -1
            within = [one for one in index[contract.id, id_] if begin <= one.first and one.after <= after]
            if not within:
                continue
            worst = max(within, key=lambda one: sign * one.actual)
            hidden = reached(target, worst.actual) is False and result.get("met") is True
            if hidden or round(sign * worst.actual, _digits(actual)) > sign * actual:
                yield review.flaw(
                    f"/results/{number}/actual",
                    f"{review.id} gives {actual} as the worst result of `{id_}`; "
                    f"{worst.record.id} measured {worst.actual} in {worst.record.data['period']}",
                    "Take the worst result of the period from the measurements; a miss has a cause and actions.",
                )


def _results(repo: Repo) -> dict[tuple[str, str], list[_Result]]:
    """The results of whole periods by agreement and target."""
    index: dict[tuple[str, str], list[_Result]] = defaultdict(list)
    for one in repo.all("measurement"):
        actual, period = one.data.get("actual"), one.data.get("period")
        first, after = first_day(period), day_after(period)
        if isinstance(actual, int | float) and first and after:
            result = _Result(actual, one, first, after)
            index[str(one.data.get("agreement")), str(one.data.get("target"))].append(result)
    return index


def _digits(figure: float) -> int:
    """To how many digits after the point a figure was rounded; a whole number is taken for exact."""
    return len(str(figure).partition(".")[2]) if isinstance(figure, float) else 9
