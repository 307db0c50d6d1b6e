"""A gain that did not come is answered, not filed."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("improvement-target-missed", severity=ERROR, requirements=["4.5.5.2-d"], reads=["improvement"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An improvement missed a target and nothing was decided, or claims a shortfall that its figures do not show."""
    for improvement in repo.all("improvement"):
        entries = improvement.data.get("targets", ())
        missed = [number for number, target in enumerate(entries) if _missed(target)]
        answered = "shortfall" in improvement.data
        if missed and not answered and improvement.status == "finished":
            target = entries[missed[0]]
            yield improvement.flaw(
                f"/targets/{missed[0]}/measured",
                f"{target['measured']:g} was measured; the aim was from {target['baseline']:g} to {target['target']:g}",
                "Have the approval level decide: further action, a new target or reversal. Enter it as `shortfall`.",
            )
        if answered and entries and not missed and all("measured" in target for target in entries):
            yield improvement.flaw(
                "shortfall", "all targets were reached", "Correct the figures, or take the shortfall out."
            )


def _missed(target: Mapping[str, Any]) -> bool:
    """Whether the figure fell short; a target above the baseline is to be reached, one below not to be passed."""
    baseline, aim, measured = (target.get(name) for name in ("baseline", "target", "measured"))
    if baseline is None or aim is None or measured is None:
        return False
    return bool(measured < aim if aim > baseline else measured > aim)
