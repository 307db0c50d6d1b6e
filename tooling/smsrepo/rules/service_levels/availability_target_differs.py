"""The headline figure of the catalogue is the one that was agreed."""

from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import targets


@rule("availability-target-differs", severity=ERROR, requirements=["6.1-s9"], reads=["sla", "service"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A service level agreement promises another availability than the catalogue shows."""
    for sla in repo.issued("sla"):
        promised: dict[str, list[tuple[str, float]]] = {}
        for pointer, target in targets(sla):
            if target.get("measure") == "availability" and "threshold" in target:
                promised.setdefault(target.get("service", ""), []).append((pointer, target["threshold"]))
        for id_, figures in promised.items():
            service = repo.find(id_)
            shown = service.data.get("availability_target") if service else None
            if shown is not None and all(threshold != shown for _, threshold in figures):
                pointer, threshold = figures[0]
                yield sla.flaw(
                    f"{pointer}/threshold",
                    f"{id_} has {threshold} % here and {shown} % as `availability_target` in the catalogue",
                    "Agree one figure and write it into both files.",
                )
