"""A need and the promise behind it are one figure."""

from collections.abc import Iterator, Mapping
from typing import Any

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.continuity.needs import figures
from smsrepo.rules.rule import ERROR, Context, rule
from smsrepo.rules.service_levels.targets import target_of, targets

_PROMISED = {
    "availability": "availability",
    "recovery-time": "recovery_time",
    "recovery-point": "recovery_point",
}


@rule(
    "continuity-need-differs-from-agreement",
    severity=ERROR,
    requirements=["6.3.1-s3.3", "6.3.2-s5"],
    reads=["continuity-requirement", "sla"],
)
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """An agreed need has another figure than the service level agreement, or does not name its target."""
    for need in repo.issued("continuity-requirement"):
        for field, figure in figures(need):
            sla = repo.find(figure.get("agreed_in", ""))
            if sla and sla.type.name == "sla" and sla.issued and "target" in figure:
                yield from _differs(need, field, figure, sla)
        for id_ in need.ids("agreements"):
            sla = repo.find(id_)
            if sla and sla.type.name == "sla" and sla.issued:
                yield from _unnamed(need, sla)


def _differs(need: Artefact, field: str, figure: Mapping[str, Any], sla: Artefact) -> Iterator[Flaw]:
    target = target_of(sla, figure["target"])
    if target is None:
        yield need.flaw(
            f"/{field}/target",
            f"{sla.id} has no target `{figure['target']}`",
            "Name the target with this figure, or leave it out.",
        )
        return
    promised = (target.get("threshold"), target.get("unit"), target.get("service"))
    if promised != (figure.get("value"), figure.get("unit"), need.data.get("service")):
        yield need.flaw(
            f"/{field}/value",
            f"{need.data.get('service')} needs {figure.get('value')} {figure.get('unit')} here, and "
            f"`{figure['target']}` of {sla.id} promises {target.get('threshold')} {target.get('unit')} "
            f"for {target.get('service')}",
            "Agree one figure with the customer and write it into both files.",
        )


def _unnamed(need: Artefact, sla: Artefact) -> Iterator[Flaw]:
    """Promises of the agreement that the entry has without naming them."""
    held = dict(figures(need))
    for _, target in targets(sla):
        field = _PROMISED.get(target.get("measure", ""), "")
        if (
            field in held
            and target.get("service") == need.data.get("service")
            and "target" not in held[field]
        ):
            yield need.flaw(
                f"/{field}",
                f"{sla.id} promises {target.get('threshold')} {target.get('unit')} in `{target.get('id')}`, "
                "and this figure does not name it",
                "Add `agreed_in` and `target`, so that both stay one figure.",
            )
