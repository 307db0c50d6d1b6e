"""The order in which records are shown."""

from collections.abc import Iterable

from smsrepo.model.artefact import Artefact


def newest_first(records: Iterable[Artefact]) -> list[Artefact]:
    """What was recorded last comes first; of one day the highest id. A record without a day comes last."""
    return sorted(records, key=lambda a: (str(a.data.get("recorded_on", "")), a.id), reverse=True)
