"""Roles and people that files name, and the ones among them that nobody knows."""

import re
from collections.abc import Collection, Iterable, Iterator

from smsrepo.model.artefact import Artefact, Setting
from smsrepo.model.artefact_type import Pattern
from smsrepo.model.closest import did_you_mean
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.walk import values_at

_ID = re.compile(r"[a-z][a-z0-9-]*")


def unknown(repo: Repo, kind: str, known: Collection[str], hint: str) -> Iterator[Flaw]:
    """A flaw for every name of a kind ("role", "person") that is not known."""
    for path, pointer, name in _named_values(repo, f"{kind}s"):
        if name not in known:
            yield Flaw(path, f"there is no {kind} `{name}`", did_you_mean(name, known, hint), pointer)


def _named_values(repo: Repo, kind: str) -> Iterator[tuple[str, str, str]]:
    """(path, pointer, value) of every role or person ("roles", "persons") named in artefacts and settings."""
    for artefact in repo.artefacts:
        yield from _named(artefact, getattr(artefact.type.annotations, kind))
    for setting in repo.settings.values():
        for type_ in repo.setting_types:
            if type_.file == setting.path:
                yield from _named(setting, getattr(type_.annotations, kind))


def _named(file: Artefact | Setting, patterns: Iterable[Pattern]) -> Iterator[tuple[str, str, str]]:
    """Values that are no id at all are left out where schema-violated reports them."""
    for pattern in patterns:
        for pointer, value in values_at(file.data, pattern):
            if isinstance(value, str) and (file.fits or _ID.fullmatch(value)):
                yield file.path, pointer, value
