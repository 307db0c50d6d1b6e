"""A rating is arithmetic: likelihood times impact."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_TIMES = ("likelihood", "impact")


@rule(
    "risk-rating-wrong",
    severity=ERROR,
    requirements=["4.1.1-g", "4.5.3-d"],
    reads=["risk", "risk-assessment"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """The rating of a risk is not its likelihood times its impact, or became worse by the treatment."""
    for artefact in (*repo.all("risk"), *repo.all("risk-assessment")):
        results = artefact.data.get("results", ())
        rated = [("", artefact.data), ("/residual", artefact.data.get("residual", {}))]
        rated += [(f"/results/{number}", result) for number, result in enumerate(results)]
        for pointer, entry in rated:
            right = _product(entry)
            if right is not None and entry.get("rating", right) != right:
                yield artefact.flaw(
                    f"{pointer}/rating",
                    f"{entry['likelihood']} times {entry['impact']} is {right}, not {entry['rating']}",
                    "Mend the rating, or the figure that was meant otherwise.",
                )
        before, after = _product(artefact.data), _product(artefact.data.get("residual", {}))
        if before is not None and after is not None and after > before:
            yield artefact.flaw(
                "/residual/rating",
                f"{after} remains of a risk that is rated {before} without treatment",
                "Rate it once more: a treatment that makes things worse is none.",
            )


def _product(entry: Mapping[str, Any]) -> int | None:
    first, second = (entry.get(field) for field in _TIMES)
    return first * second if isinstance(first, int) and isinstance(second, int) else None
