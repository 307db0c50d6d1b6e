"""One value of a field as inline Markdown."""

import re
from datetime import datetime
from typing import Any

from smsrepo.model.artefact_type import EACH_ITEM, Pattern
from smsrepo.model.duration import Duration
from smsrepo.model.words import in_figures
from smsrepo.site.place import Place
from smsrepo.site.text.markup import plain, words
from smsrepo.site.text.prose import publish

SHORT = 160
_DURATION = re.compile(r"P(?=[\dT])[\dYMWDTH]+")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}.*")


def inline(place: Place, value: Any, pattern: Pattern) -> str:
    """Any value on one line: names as links, lists with commas, nested fields with their names."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float):
        return in_figures(value)
    if isinstance(value, list):
        types = place.publication.repo.types
        if value and all(isinstance(item, str) and item in types for item in value):
            return ", ".join(place.publication.kept(place.page, types[item]) for item in value)
        linked = place.kind((*pattern, EACH_ITEM)) == "reference"
        items = [inline(place, item, (*pattern, EACH_ITEM)) for item in value]
        return ("<br>" if linked or any(isinstance(item, dict) for item in value) else ", ").join(items)
    if isinstance(value, dict):
        if set(value) == {"none"}:
            return f"None: {inline(place, value['none'], (*pattern, 'none'))}"
        return "<br>".join(
            f"{plain(words(name))}: {inline(place, part, (*pattern, name))}" for name, part in value.items()
        )
    return _text(place, str(value), pattern)


def _text(place: Place, value: str, pattern: Pattern) -> str:
    kind = place.kind(pattern)
    if kind == "choice":
        return plain(words(value))
    if kind:
        return place.name(kind, value)
    if "-" in value and value in place.publication.settings.roles:
        return place.name("role", value)  # a line that may name anybody often names a role
    if _DURATION.fullmatch(value):
        try:
            return Duration(value).words
        except ValueError:
            return plain(value)
    if _MOMENT.fullmatch(value):
        return _moment(value)
    return cell(place, value)


def cell(place: Place, text: str) -> str:
    """Free text, which is Markdown, on one line of a table."""
    if "|" in text and "`" in text:
        return plain(text)
    published = publish(place.publication, text, place.artefact.path, place.page, top=6, inline=True)
    return " ".join(published.split()).replace("|", "&#124;")


def _moment(value: str) -> str:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return plain(value)
    zone = moment.strftime("%z")
    return moment.strftime("%Y-%m-%d %H:%M") + (
        f" (UTC{zone[:3]}:{zone[3:]})" if zone and zone != "+0000" else " UTC" if zone else ""
    )


def is_short(value: Any) -> bool:
    """Whether a value reads well on one line among others."""
    if isinstance(value, str):
        return len(value) <= SHORT and "\n" not in value.strip()
    if isinstance(value, list):
        return all(
            not isinstance(item, dict | list) and is_short(item) and len(str(item)) < SHORT // 2
            for item in value
        )
    if isinstance(value, dict):
        return len(value) <= 6 and all(
            is_short(part) and not isinstance(part, list) for part in value.values()
        )
    return True
