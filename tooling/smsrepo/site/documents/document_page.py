"""The page of a controlled document, agreement, catalogue entry or register entry."""

from smsrepo.model.artefact import Artefact
from smsrepo.site.documents.control_block import control_block
from smsrepo.site.documents.relations import referred_to_by, requirements_served
from smsrepo.site.documents.revision_history import revision_history
from smsrepo.site.documents.unproven import history_box
from smsrepo.site.page import Page, Rank
from smsrepo.site.people.responsibilities import activities_section
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication
from smsrepo.site.services.agreements import agreement_content
from smsrepo.site.services.levels import Levels, targets_of
from smsrepo.site.services.service_page import catalogue_content
from smsrepo.site.state import classification_of, imprint_of, is_published, watermark_of
from smsrepo.site.text.fields import HEADER, all_fields, short_and_long
from smsrepo.site.text.markup import blocks, plain
from smsrepo.site.text.prose import publish


def document_page(publication: Publication, levels: Levels, artefact: Artefact) -> Page:
    """Control block, text or fields, and what belongs to it elsewhere."""
    path = publication.page_paths[artefact.path]
    place = Place(publication, path, artefact)
    markdown = blocks(
        f"# {plain(artefact.title)}",
        history_box(publication, path, artefact),
        control_block(place),
        _content(place, levels),
        requirements_served(publication, path, artefact) if artefact.type.kind == "document" else "",
        referred_to_by(publication, path, artefact),
        revision_history(publication, path, artefact),
    )
    return Page(
        path, artefact.title, markdown, artefact.path, is_published(artefact), imprint_of(artefact),
        classification=classification_of(artefact.data), watermark=watermark_of(artefact, publication.as_of),
        id=artefact.id, rank=Rank.REGISTER_ENTRY if artefact.type.kind == "register" else Rank.DOCUMENT,
    )  # fmt: skip


def _content(place: Place, levels: Levels) -> str:
    artefact = place.artefact
    if artefact.type.kind == "document":
        return text_of(place)
    if own := targets_of(artefact):
        return agreement_content(place, levels, own)
    if artefact.type.kind == "catalogue":
        return catalogue_content(place, levels)
    return all_fields(place, without=HEADER)


def text_of(place: Place) -> str:
    """What the author wrote: the text with the fields around it, or all fields."""
    if not place.artefact.path.endswith(".md"):
        return all_fields(place, without=HEADER)
    ready = {"responsibilities": activities_section(place)}
    told, sections = short_and_long(place, without=HEADER, instead=ready)
    text = publish(place.publication, place.artefact.body, place.artefact.path, place.page)
    return blocks(told, text, sections)
