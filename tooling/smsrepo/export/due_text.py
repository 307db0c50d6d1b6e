"""What falls due, by who must act: on a terminal, as Markdown for an issue, as JSON."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import click

from smsrepo.control.duty import Due
from smsrepo.control.people import Person
from smsrepo.control.settings import Settings
from smsrepo.export.markdown import plain
from smsrepo.model.words import count

NOBODY = "Nobody in particular"


@dataclass(frozen=True, slots=True)
class Share:
    """What one person must see to, overdue first; `person` is None for what nobody is responsible for."""

    person: Person | None
    duties: tuple[Due, ...]

    @property
    def name(self) -> str:
        """For people."""
        return self.person.name if self.person else NOBODY

    @property
    def overdue(self) -> int:
        """How many of them should have been done."""
        return sum(duty.overdue for duty in self.duties)


def shares(duties: Sequence[Due], settings: Settings) -> list[Share]:
    """The duties by person; what several can do stands with each of them. Who has waited longest comes first."""
    found: dict[str, list[Due]] = {}
    for duty in sorted(duties, key=lambda duty: (not duty.overdue, duty.day)):
        for person in [person for person in duty.persons if person in settings.people] or [""]:
            found.setdefault(person, []).append(duty)
    return [Share(settings.people.get(person), tuple(mine)) for person, mine in found.items()]


def text(duties: Sequence[Due], settings: Settings, until: date) -> str:
    """A block for each person, then one line that sums up."""
    lines: list[str] = []
    for share in shares(duties, settings):
        lines.append(click.style(share.name, bold=True))
        for duty in share.duties:
            when = f"overdue since {duty.day}" if duty.overdue else f"by {duty.day}"
            lines.append(f"    {click.style(when, fg='red' if duty.overdue else None)}  {_what(duty)}")
        lines.append("")
    return "\n".join([*lines, _summary(duties, until)]) + "\n"


def markdown(duties: Sequence[Due], settings: Settings, until: date) -> str:
    """The same with a heading for each person. Nothing in it notifies anybody."""
    blocks = [f"### {plain(share.name)}\n\n{share_markdown(share)}" for share in shares(duties, settings)]
    return "\n".join([*blocks, _summary(duties, until) + "\n"])


def share_markdown(share: Share) -> str:
    """A list with a line for each thing; empty where there is none."""
    return "".join(
        f"- **{'overdue since' if duty.overdue else 'by'} {duty.day}** {plain(_what(duty))}\n"
        for duty in share.duties
    )


def as_json(duties: Iterable[Due], settings: Settings, until: date) -> str:
    """The same for programs: fields are added, never changed."""
    names = {id_: person.name for id_, person in settings.people.items()}
    listed = [
        {**duty._asdict(), "day": duty.day.isoformat(), "names": [names.get(p, p) for p in duty.persons]}
        for duty in duties
    ]
    return json.dumps({"until": until.isoformat(), "due": listed}, ensure_ascii=False, indent=2) + "\n"


def _what(duty: Due) -> str:
    name = " ".join(dict.fromkeys(part for part in (duty.id, duty.title) if part))
    role = f" ({duty.role})" if duty.role else ""
    return f"{name}: {duty.text}{role}" if name else f"{duty.text}{role}"


def _summary(duties: Sequence[Due], until: date) -> str:
    if not duties:
        return f"Nothing is due until {until}."
    overdue = sum(duty.overdue for duty in duties)
    verb = "is" if len(duties) == 1 else "are"
    return f"{count(len(duties), 'thing')} {verb} due until {until}, {overdue} of them overdue."
