"""The list of services: which stage, how the levels stand, who receives them, what is open."""

from collections.abc import Iterable

from smsrepo.model.artefact import Artefact
from smsrepo.site.publication import Publication
from smsrepo.site.services.levels import Levels, met
from smsrepo.site.services.open_about import open_about
from smsrepo.site.services.service_page import stage
from smsrepo.site.services.service_targets import standing
from smsrepo.site.state import badge_of
from smsrepo.site.text.markup import plain, small, table


def services_table(publication: Publication, levels: Levels, page: str, found: Iterable[Artefact]) -> str:
    """Services with their latest month; what was missed then by name."""
    heads = [
        "Service",
        "Stage",
        f"Levels in {levels.month or 'the latest month'}",
        "Customers",
        "Open records",
        "Entry",
    ]
    rows = [
        [
            publication.artefact(page, service),
            stage(service),
            _levels(publication, levels, page, service),
            "<br>".join(publication.reference(page, id_) for id_ in service.ids("customers")),
            str(len(open_about(publication, service)) or "none"),
            f"{plain(service.data.get('revision', ''))} {badge_of(publication, service)}",
        ]
        for service in found
    ]
    return f'<div class="sms-register" markdown>\n\n{table(heads, rows)}\n\n</div>'


def _levels(publication: Publication, levels: Levels, page: str, service: Artefact) -> str:
    targets = levels.by_subject.get(service.id, [])
    if not targets:
        return small("no targets")
    missed = [
        publication.artefact(page, record, plain(target.name))
        for target in targets
        if (record := levels.result(target, levels.month)) and not met(record)
    ]
    return f"{standing(levels, targets)} {', '.join(missed)}".strip()
