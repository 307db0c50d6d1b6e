"""The page of a record: all its fields, and what refers to it."""

from smsrepo.model.artefact import Artefact
from smsrepo.site.documents.relations import referred_to_by
from smsrepo.site.documents.unproven import history_box
from smsrepo.site.page import Page, Rank
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication
from smsrepo.site.services.levels import agreed, targets_of, verdict
from smsrepo.site.state import badge_of, classification_of, imprint_of
from smsrepo.site.text.fields import all_fields, facts
from smsrepo.site.text.markup import blocks, plain, trail

_HEADER = frozenset({"id", "type", "title", "status", "recorded_on", "recorded_by"})


def record_page(publication: Publication, artefact: Artefact) -> Page:
    """Head and fields of a record, in the order of its schema."""
    path = publication.page_paths[artefact.path]
    place = Place(publication, path, artefact)
    recorded = artefact.data.get("recorded_by")
    by = f" by {publication.person(path, str(recorded))}" if recorded else ""
    head = facts(
        [
            ("Record", f"**{plain(artefact.id)}** {plain(artefact.type.title)}"),
            ("Status", badge_of(publication, artefact)),
            ("Recorded", plain(artefact.data.get("recorded_on", "?")) + by),
            ("Agreed", _agreed(place)),
        ]
    )
    folder = publication.to(path, f"{artefact.type.folder}/index.md", plain(artefact.type.plural))
    markdown = blocks(
        trail(publication.to(path, "records/index.md", "Records"), folder),
        f"# {plain(artefact.title)}",
        history_box(publication, path, artefact),
        f'<div class="sms-control" markdown>\n{head}\n</div>',
        all_fields(place, without=_HEADER),
        referred_to_by(publication, path, artefact),
    )
    return Page(
        path, artefact.title, markdown, artefact.path,
        imprint=imprint_of(artefact), classification=classification_of(artefact.data), id=artefact.id, rank=Rank.RECORD,
    )  # fmt: skip


def _agreed(place: Place) -> str:
    """For a result: the target it is compared with."""
    agreement = place.publication.repo.find(str(place.artefact.data.get("agreement", "")))
    for target in targets_of(agreement) if agreement else ():
        if target.id == place.artefact.data.get("target"):
            return f"{agreed(target.data)} {verdict(place.artefact)}"
    return ""
