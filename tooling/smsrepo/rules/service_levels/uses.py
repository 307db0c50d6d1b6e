"""What a service rests on: its components, the services it depends on, and what these need in turn."""

from collections.abc import Iterator
from typing import NamedTuple

from smsrepo.model.artefact import Artefact
from smsrepo.model.repo import Repo


class Use(NamedTuple):
    """`source` names `entry`, a component or service, at `pointer`."""

    source: Artefact
    pointer: str
    entry: Artefact


def uses(repo: Repo, service: Artefact) -> Iterator[Use]:
    """Every place below a service where a component or service is named; each entry is entered once."""
    seen = {service.id}
    sources = [service]
    for source in sources:
        for field in ("components", "depends_on"):
            for index, id_ in enumerate(source.ids(field)):
                entry = repo.find(id_)
                if entry is None or entry.type.name not in ("component", "service"):
                    continue
                yield Use(source, f"/{field}/{index}", entry)
                if entry.id not in seen:
                    seen.add(entry.id)
                    sources.append(entry)
