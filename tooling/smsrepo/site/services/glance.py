"""The service levels on the front page: small lines side by side, and the misses of the latest month by name."""

from smsrepo.site.publication import Publication
from smsrepo.site.services.levels import Levels, met, verdict
from smsrepo.site.services.levels_page import PATH as SERVICE_LEVELS
from smsrepo.site.services.service_targets import target_cards
from smsrepo.site.text.markup import blocks, bullets, small

_SHOWN = 6


def service_glance(publication: Publication, levels: Levels, page: str) -> str:
    """A row for each active service with monthly targets; empty where there is none."""
    services = [a for a in publication.repo.all("service") if a.active]
    rows = []
    for service in sorted(services, key=lambda a: a.id)[:_SHOWN]:
        targets = [target for target in levels.by_subject.get(service.id, ()) if target.monthly]
        if targets:
            cards = target_cards(publication, levels, page, targets, brief=True)
            name = f"**{publication.artefact(page, service)}**"
            rows.append(f'<div class="sms-glance" markdown>\n\n{blocks(name, cards)}\n\n</div>')
    if not rows:
        return ""
    key = f"Twelve months to {levels.window[-1]}. Dashed line: agreed target. ● met, ▲ missed."
    return blocks(
        "## Service levels at a glance",
        *rows,
        _missed(publication, levels, page),
        f"{small(key)} {publication.to(page, SERVICE_LEVELS, 'All service levels')}",
    )


def _missed(publication: Publication, levels: Levels, page: str) -> str:
    """The misses of the latest month, by name."""
    missed = [record for record in levels.months.get(levels.month, ()) if not met(record)]
    if not missed:
        return ""
    named = bullets(f"{verdict(record)} {publication.artefact(page, record)}" for record in missed)
    return blocks(f"### Missed in {levels.month}", named)
