"""A chain of promises is as good as the product of its links."""

from collections.abc import Iterator
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from math import prod

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import applies, targets, validity
from smsrepo.rules.service_levels.uses import uses


@rule(
    "underpinning-too-weak",
    severity=ERROR,
    requirements=["7.2-s4"],
    reads=["sla", "ola", "supplier-contract", "service", "component"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """The availability agreed for the components of a service is too low for what is promised for it."""
    agreed_on = cache(lambda day: _agreed(repo, day))
    for sla in repo.issued("sla"):
        begin, end = validity(sla)
        if end and end < on.as_of:
            continue
        agreed = agreed_on(max(on.as_of, begin or on.as_of))
        for pointer, target in targets(sla):
            service = repo.find(target.get("service", ""))
            if target.get("measure") != "availability" or "threshold" not in target or service is None:
                continue
            used = {use.entry.id for use in uses(repo, service)}
            chain = [(id_, *agreed[id_]) for id_ in sorted(used & agreed.keys())]
            carried = 100 * prod((percent / 100 for _, percent, _ in chain), start=Decimal(1))
            promised = Decimal(str(target["threshold"]))
            if carried < promised:
                links = " × ".join(f"{id_} {percent} % ({by})" for id_, percent, by in chain)
                shown = carried.quantize(Decimal("0.0001"), ROUND_FLOOR).normalize()
                yield sla.flaw(
                    f"{pointer}/threshold",
                    f"{service.id} is promised with {promised} %, its components carry {shown:f} %: {links}",
                    "Agree a higher availability with the parties behind these components, or promise less.",
                )


def _agreed(repo: Repo, day: date) -> dict[str, tuple[Decimal, str]]:
    """For each component the highest availability in percent that is agreed on a day, and where."""
    best: dict[str, tuple[Decimal, str]] = {}
    for type_ in ("ola", "supplier-contract"):
        for agreement in repo.all(type_):
            for _, target in targets(agreement) if applies(agreement, day) else ():
                if target.get("measure") == "availability" and "threshold" in target:
                    promise = (Decimal(str(target["threshold"])), agreement.id)
                    component = target.get("component", "")
                    best[component] = max(best.get(component, promise), promise)
    return best
