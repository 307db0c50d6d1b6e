"""The page of a controlled document, agreement, catalogue entry or register entry."""

from collections.abc import Sequence

from smsrepo.model.artefact import Artefact
from smsrepo.site.control_block import control_block
from smsrepo.site.fields import HEADER, all_fields, short_and_long
from smsrepo.site.graph import neighbourhood
from smsrepo.site.markup import blocks, plain
from smsrepo.site.page import Page
from smsrepo.site.place import Place
from smsrepo.site.prose import publish
from smsrepo.site.publication import Publication
from smsrepo.site.relations import referred_to_by, requirements_served
from smsrepo.site.service_levels import Levels, Target, methods, target_table, targets_of
from smsrepo.site.state import imprint_of, is_published


def document_page(publication: Publication, levels: Levels, artefact: Artefact) -> Page:
    """Control block, text or fields, and what belongs to it elsewhere."""
    path = publication.page_paths[artefact.path]
    place = Place(publication, path, artefact)
    markdown = blocks(
        f"# {plain(artefact.title)}",
        control_block(place),
        _content(place, levels),
        requirements_served(publication, path, artefact) if artefact.type.kind == "document" else "",
        referred_to_by(publication, path, artefact),
    )
    return Page(path, artefact.title, markdown, artefact.path, is_published(artefact), imprint_of(artefact))


def _content(place: Place, levels: Levels) -> str:
    artefact = place.artefact
    if artefact.type.kind == "document":
        told, sections = short_and_long(place, without=HEADER)
        text = publish(place.publication, artefact.body, artefact.path, place.page)
        return blocks(told, text, sections)
    own = targets_of(artefact)
    if own:
        return all_fields(place, without=HEADER, instead={"targets": _targets(place, levels, own)})
    others = levels.by_subject.get(artefact.id, [])
    graph = (
        neighbourhood(place.publication, place.page, artefact) if artefact.type.kind == "catalogue" else ""
    )
    return blocks(
        _targets(place, levels, others) if others else "",
        all_fields(place, without=HEADER),
        blocks("## What it depends on", graph) if graph else "",
    )


def _targets(place: Place, levels: Levels, targets: Sequence[Target]) -> str:
    """Targets with their latest results; on the page of the agreement also how they are measured."""
    publication, page, artefact = place
    return blocks(
        "## Service targets",
        target_table(publication, levels, page, targets, here=artefact),
        methods(place, [target for target in targets if target.agreement is artefact]),
    )
