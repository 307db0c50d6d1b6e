"""The calendar as an iCalendar file (RFC 5545): days without a time, the same bytes for the same day."""

from collections.abc import Iterator
from hashlib import sha256

from smsrepo.site.publication import Publication
from smsrepo.site.records.agenda import Entry, agenda

PATH = "calendar.ics"
_OCTETS = 75
"""The longest a line may be, without its end."""

_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": ""})


def calendar_file(publication: Publication) -> dict[str, bytes]:
    """The file by its path; ids stay when a day moves, so that calendars move the entry and do not double it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//smsrepo//Calendar of the service management system//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(f'Service management system of {publication.settings.organisation}')}",
        *_events(publication),
        "END:VCALENDAR",
    ]
    return {PATH: b"".join(_folded(line) for line in lines)}


def _events(publication: Publication) -> Iterator[str]:
    place = publication.settings.repository or "smsrepo"
    seen: dict[str, int] = {}
    for entry in agenda(publication):
        name = sha256("\n".join((entry.group, entry.what, entry.id, entry.title)).encode()).hexdigest()[:32]
        seen[name] = seen.get(name, 0) + 1
        yield "BEGIN:VEVENT"
        yield f"UID:{name}{f'-{seen[name]}' if seen[name] > 1 else ''}@{place}"
        yield f"DTSTAMP:{publication.as_of:%Y%m%d}T000000Z"
        yield f"DTSTART;VALUE=DATE:{entry.on:%Y%m%d}"
        yield f"SUMMARY:{_text(': '.join(part for part in (entry.what, _about(entry)) if part))}"
        if said := _said(publication, entry):
            yield f"DESCRIPTION:{_text(said)}"
        if address := _address(publication, entry):
            yield f"URL:{address}"
        yield f"CATEGORIES:{_text(entry.group)}"
        yield "TRANSP:TRANSPARENT"
        yield "END:VEVENT"


def _about(entry: Entry) -> str:
    return " ".join(dict.fromkeys(part for part in (entry.id, entry.title) if part))


def _said(publication: Publication, entry: Entry) -> str:
    role, person = publication.settings.roles.get(entry.role), publication.settings.people.get(entry.person)
    late = "Overdue" if entry.on < publication.as_of else ""
    who = role.name if role else person.name if person else ""
    return "\n".join(part for part in (late, f"Seen to by: {who}" if who else "") if part)


def _address(publication: Publication, entry: Entry) -> str:
    """Where the page of the entry is read; empty while nobody said where the site will be."""
    if not (publication.site_url and entry.about):
        return ""
    return publication.site_url + publication.address("index.md", publication.page_paths[entry.about.path])


def _text(text: str) -> str:
    return text.translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """The line with its end; a long one goes on behind a space, and no character is torn apart."""
    parts, at = [], b""
    for character in line:
        raw = character.encode()
        if len(at) + len(raw) > _OCTETS:
            parts.append(at)
            at = b" "
        at += raw
    return b"\r\n".join([*parts, at]) + b"\r\n"
