"""Met or missed follows from the figures, not from the writer."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.measurements import promised
from smsrepo.rules.service_levels.targets import reached, wanted


@rule(
    "measurement-contradicts-target",
    severity=ERROR,
    requirements=["6.1-s10", "6.1-s11.1", "7.2-s8.1"],
    reads=["measurement", "sla", "ola", "supplier-contract", "measure"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A measurement says met where the target was missed, or missed where it was met."""
    for measurement, setter, target in promised(repo):
        actual = measurement.data.get("actual")
        met = reached(target, actual)
        if met is not None and measurement.data.get("met", met) is not met:
            word = "met" if met else "missed"
            yield measurement.flaw(
                "met",
                f"{setter.id} wants {wanted(target)}, the result is {actual}: that is {word}",
                "Check the figure in its source, mend `actual` or `met`, and say so in `corrections`.",
            )
