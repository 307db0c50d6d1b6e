"""What nobody has compared for a year may be fiction."""

from collections.abc import Iterator
from datetime import date

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_REGISTERS = ("library", "licence", "asset")


@rule(
    "component-type-unaudited",
    severity=ERROR,
    requirements=["9.1-s7"],
    reads=["component", "component-type", "configuration-audit", *_REGISTERS, "control", "organisation"],
)
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """Within a cycle no configuration audit covered a type of component in use, the libraries, licences or assets."""
    cycle, start = on.settings.interval("configuration_audit_cycle"), on.settings.operating_since
    if cycle is None or start is None:
        return
    covered: dict[str, date] = {}
    for audit in repo.all("configuration-audit"):
        day = audit.date("audited_on")
        for subject in audit.ids("covers") if day and day <= on.as_of else ():
            covered[subject] = max(covered.get(subject, date.min), day or date.min)
    for subject, entry in _subjects(repo).items():
        last = covered.get(subject)
        if on.as_of > cycle.after(last or start):
            said = f"last on {last}" if last else f"not since the start on {start}"
            yield entry.flaw(
                "component_type" if entry.type.name in ("component", "component-type") else "type",
                f"configuration audits cover `{subject}` {said}; planned is every {cycle.words}",
                "Hold the audit and record it: sms new configuration-audit.",
            )


def _subjects(repo: Repo) -> dict[str, Artefact]:
    """What is due for an audit, each with the entry at which it is told: the definition of the type or an item."""
    found: dict[str, Artefact] = {}
    for component in repo.all("component"):
        kind = component.data.get("component_type")
        if component.active and isinstance(kind, str):
            found.setdefault(kind, component)
    for entry in repo.all("component-type"):
        kind = entry.data.get("component_type")
        if kind in found:
            found[str(kind)] = entry
    for name in _REGISTERS:
        item = next((item for item in repo.all(name) if item.active), None)
        if item:
            found[name] = item
    return found
