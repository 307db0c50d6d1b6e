"""What the page of a service or another catalogue entry shows: levels, dependencies, what is open, continuity."""

from collections.abc import Iterator

from smsrepo.model.artefact import Artefact
from smsrepo.model.words import in_figures
from smsrepo.site.place import Place
from smsrepo.site.services.agreements import agreements_table
from smsrepo.site.services.graph import neighbourhood, services_above
from smsrepo.site.services.hours import hours_in_words
from smsrepo.site.services.levels import Levels
from smsrepo.site.services.open_about import open_about, open_section
from smsrepo.site.services.service_targets import target_cards
from smsrepo.site.text.fields import HEADER, all_fields, block, facts, short_and_long
from smsrepo.site.text.markup import badge, blocks, bullets, cards, plain, table, words

_OWN = frozenset({"description", "components", "depends_on"})
_NEEDS = (
    "response_time", "availability", "restore_time", "recovery_time", "recovery_point", "maximum_outage",
)  # fmt: skip


def catalogue_content(place: Place, levels: Levels) -> str:
    """The content of a catalogue entry; that of a service in the order in which people ask."""
    return _service(place, levels) if place.artefact.type.name == "service" else _entry(place, levels)


def _service(place: Place, levels: Levels) -> str:
    publication, page, service = place
    targets = levels.by_subject.get(service.id, ())
    # The agreements state the headline figure too, and a card shows it with its unit.
    shown = (
        {"availability_target"} if any(t.data.get("measure") == "availability" for t in targets) else set()
    )
    hours = hours_in_words(service.data.get("service_hours"))
    shown |= {"service_hours"} if hours else set()
    told, sections = short_and_long(place, without=HEADER | _OWN | shown)
    said = service.data.get("description")
    agreed = publication.repo.incoming.get(service.id, ())
    agreements = sorted((a for a in agreed if a.type.kind == "agreement"), key=lambda a: a.id)
    return blocks(
        block(place, said, ("description",), 3) if said else "",
        told,
        facts([("Service hours", plain(hours))]),
        _levels(place, levels),
        open_section(publication, page, service),
        _dependencies(place),
        _components(place),
        blocks("## Agreements", agreements_table(publication, levels, page, agreements, brief=True))
        if agreements
        else "",
        _continuity(place),
        sections,
    )


def _entry(place: Place, levels: Levels) -> str:
    """A component, or another entry: its fields, and what stands on it."""
    publication, page, entry = place
    above = services_above(publication, entry) if entry.type.name == "component" else []
    stands = [publication.artefact(page, service) for service in above]
    graph = neighbourhood(publication, page, entry)
    return blocks(
        _levels(place, levels),
        all_fields(place, without=HEADER),
        blocks("## Services that stand on it", bullets(stands)) if stands else "",
        open_section(publication, page, entry) if entry.type.name == "component" else "",
        blocks("## What it depends on", graph) if graph else "",
    )


def _levels(place: Place, levels: Levels) -> str:
    publication, page, artefact = place
    cards = target_cards(publication, levels, page, levels.by_subject.get(artefact.id, ()))
    return blocks("## Service levels", cards) if cards else ""


def _dependencies(place: Place) -> str:
    """The drawing; what the entry says where it depends on no other."""
    publication, page, service = place
    named = service.data.get("depends_on")
    reason = str(named.get("none", "")) if isinstance(named, dict) else ""
    graph = neighbourhood(publication, page, service)
    told = f"No other service: {plain(reason[:1].lower() + reason[1:])}" if reason else ""
    return blocks("## What it depends on", told, graph) if told or graph else ""


def _components(place: Place) -> str:
    publication, page, service = place
    rows = []
    for id_ in service.ids("components"):
        found = publication.repo.find(id_)
        if found is None:
            rows.append([plain(id_), "", "", ""])
            continue
        number_open = len(open_about(publication, found))
        rows.append(
            [
                publication.artefact(page, found),
                plain(words(str(found.data.get("component_type", "")))),
                stage(found),
                f"{number_open} open" if number_open else "none open",
            ]
        )
    return blocks("## Components", cards(["Component", "Kind", "Stage", "Records"], rows)) if rows else ""


def stage(entry: Artefact) -> str:
    """Where a catalogue entry stands, as a badge; empty where its type has no stages."""
    name = str(entry.data.get("stage", ""))
    return badge(words(name), "good" if name in entry.type.active else "past") if name else ""


def _continuity(place: Place) -> str:
    """The figures of the continuity requirements of the service."""
    publication, page, service = place
    found = publication.repo.linked(service, "continuity-requirement", "service")
    rows = [row for needs in found for row in _figures(place, needs)]
    source = ", ".join(publication.artefact(page, a) for a in found)
    return (
        blocks("## Continuity", f"From {source}.", table(["Need", "Figure", "Agreed in"], rows))
        if rows
        else ""
    )


def _figures(place: Place, needs: Artefact) -> Iterator[list[str]]:
    publication, page, _ = place
    for name in _NEEDS:
        need = needs.data.get(name)
        if not isinstance(need, dict) or "value" not in need:
            continue
        unit = "%" if need.get("unit") == "percent" else words(str(need.get("unit", ""))).lower()
        agreed = str(need.get("agreed_in", ""))
        yield [
            words(name),
            plain(f"{in_figures(need['value'])} {unit}"),
            publication.reference(page, agreed) if agreed else plain(need.get("note", "")),
        ]
