"""Targets of agreements with their latest results."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo
from smsrepo.site.markup import badge, blocks, bullets, code, plain, small, table, words
from smsrepo.site.place import Place
from smsrepo.site.publication import Publication
from smsrepo.site.values import cell

MEASUREMENT = "measurement"
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_UNITS = {"percent": "%", "working-days": "working days", "score": "points"}


class Target(NamedTuple):
    """A target of an agreement: `data` as the agreement states it."""

    agreement: Artefact
    data: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The id within the agreement."""
        return str(self.data.get("id", ""))


class Levels:
    """Targets and results, looked up once."""

    def __init__(self, repo: Repo) -> None:
        self._latest: dict[tuple[str, str], Artefact] = {}
        self.by_subject: dict[str, list[Target]] = {}
        self.months: dict[str, list[Artefact]] = {}
        for record in repo.by_type.get(MEASUREMENT, ()):
            key = (str(record.data.get("agreement")), str(record.data.get("target")))
            period = str(record.data.get("period", ""))
            if key not in self._latest or period > str(self._latest[key].data.get("period", "")):
                self._latest[key] = record
            if _MONTH.fullmatch(period):
                self.months.setdefault(period, []).append(record)
        for artefact in repo.artefacts:
            for target in targets_of(artefact):
                for name in ("service", "component"):
                    if isinstance(target.data.get(name), str):
                        self.by_subject.setdefault(target.data[name], []).append(target)

    def latest(self, target: Target) -> Artefact | None:
        """The measurement of the latest period."""
        return self._latest.get((target.agreement.id, target.id))


def targets_of(artefact: Artefact) -> list[Target]:
    """The targets of an agreement; none for anything else."""
    found = artefact.data.get("targets") if artefact.type.kind == "agreement" else None
    return [Target(artefact, t) for t in found if isinstance(t, dict)] if isinstance(found, list) else []


def met(record: Artefact) -> bool:
    """Whether the measurement says that the target was met."""
    return record.data.get("met") is True


def verdict(record: Artefact) -> str:
    """Met or missed, as a badge."""
    return badge("Met", "good") if met(record) else badge("Missed", "bad")


def agreed(target: Mapping[str, Any]) -> str:
    """ "at least 99.9 % per month"."""
    unit = str(target.get("unit", ""))
    parts = [
        words(str(target.get("comparison", ""))).lower(),
        number(target.get("threshold")),
        _UNITS.get(unit, unit),
    ]
    return plain(f"{' '.join(part for part in parts if part)} per {target.get('window', 'period')}")


def number(value: object) -> str:
    """A figure without needless decimals."""
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def target_table(
    publication: Publication, levels: Levels, page: str, targets: Iterable[Target], *, here: Artefact
) -> str:
    """Targets with what is agreed and the latest result. On the page of the agreement it is not named again."""
    rows = []
    for target in targets:
        other = (
            target.data.get("service") or target.data.get("component")
            if target.agreement is here
            else target.agreement.id
        )
        subject = publication.reference(page, str(other)) if other else ""
        name = f"**{plain(words(str(target.data.get('measure', target.id))))}**"
        rows.append(
            [
                f"{name}<br>{small(code(target.id))}",
                subject,
                agreed(target.data),
                _latest(publication, levels, page, target),
            ]
        )
    return table(
        ["Target", "For" if here.type.kind == "agreement" else "Agreement", "Agreed", "Latest result"], rows
    )


def methods(place: Place, targets: Iterable[Target]) -> str:
    """How each target is measured."""
    lines = [f"{code(t.id)}: {cell(place, str(t.data['method']))}" for t in targets if t.data.get("method")]
    return blocks("### How the targets are measured", bullets(lines)) if lines else ""


def _latest(publication: Publication, levels: Levels, page: str, target: Target) -> str:
    record = levels.latest(target)
    if record is None:
        return small("no result yet")
    unit = str(target.data.get("unit", ""))
    figure = plain(f"{number(record.data.get('actual'))} {_UNITS.get(unit, unit)}")
    period = small(plain(record.data.get("period", "")))
    return f"{verdict(record)} {publication.artefact(page, record, figure)} {period}"
