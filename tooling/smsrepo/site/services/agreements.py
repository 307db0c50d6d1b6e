"""Agreements: their list with parties, end and results, and what the page of one shows."""

from collections.abc import Iterable, Sequence
from datetime import date

from smsrepo.control.lifecycle import next_review
from smsrepo.model.artefact import Artefact
from smsrepo.model.day import day_in
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication
from smsrepo.site.services.hours import hours_in_words
from smsrepo.site.services.levels import Levels, Target, targets_of
from smsrepo.site.services.service_targets import methods, standing, target_table
from smsrepo.site.state import badge_of
from smsrepo.site.text.fields import HEADER, facts, short_and_long
from smsrepo.site.text.markup import badge, blocks, overdue, plain, table

_PARTIES = ("customers", "group", "supplier")
_SUBJECTS = ("services", "components")


def agreement_content(place: Place, levels: Levels, targets: Sequence[Target]) -> str:
    """The short fields, the targets with their trend and how they are measured, then everything else."""
    publication, page, agreement = place
    hours = hours_in_words(agreement.data.get("service_hours"))
    shown = HEADER | {"targets"} | ({"service_hours"} if hours else set())
    told, sections = short_and_long(place, without=shown)
    return blocks(
        told,
        facts([("Service hours", plain(hours))]),
        "## Service targets",
        target_table(publication, levels, page, targets),
        methods(place, targets),
        sections,
    )


def agreements_table(
    publication: Publication, levels: Levels, page: str, found: Iterable[Artefact], *, brief: bool = False
) -> str:
    """Agreements with parties, end, next review and, unless brief, what they are about and the latest month."""
    heads = ["Agreement", "With", *([] if brief else ["For"]), "Ends", "Next review"]
    rows = []
    for a in found:
        row = [
            f"{publication.artefact(page, a)}<br>{badge_of(publication, a)}",
            _named(publication, page, a, _PARTIES),
        ]
        if not brief:
            row.append(_named(publication, page, a, _SUBJECTS))
        row += [_end(publication, a), _review(publication, a)]
        if not brief:
            row.append(standing(levels, targets_of(a)))
        rows.append(row)
    return table([*heads, *([] if brief else [f"Targets in {levels.month or 'the latest month'}"])], rows)


def _named(publication: Publication, page: str, agreement: Artefact, fields: Iterable[str]) -> str:
    ids = dict.fromkeys(id_ for name in fields for id_ in agreement.ids(name))
    return "<br>".join(publication.reference(page, id_) for id_ in ids)


def _end(publication: Publication, agreement: Artefact) -> str:
    validity = agreement.data.get("validity")
    end = day_in(validity.get("to")) if isinstance(validity, dict) else None
    if end is None:
        return "open end"
    return f"{_on(end)} {badge('Ended', 'past')}" if end < publication.as_of else _on(end)


def _review(publication: Publication, agreement: Artefact) -> str:
    day = next_review(agreement, publication.settings)
    if day is None:
        return ""
    return f"{_on(day)}{overdue(day, publication.as_of)}"


def _on(day: date) -> str:
    return f'<span class="sms-day">{day}</span>'
