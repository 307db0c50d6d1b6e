"""Every role that a document names is defined."""

import difflib
import re
from collections.abc import Iterable, Iterator

from smsrepo.model.artefact import Artefact, Setting
from smsrepo.model.artefact_type import Pattern
from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.walk import values_at
from smsrepo.rules.rule import ERROR, Context, rule

_ID = re.compile(r"[a-z][a-z0-9-]*")


@rule("unknown-role", severity=ERROR, requirements=["4.1.3-a"], reads=["roles"])
def check(repo: Repo, on: Context) -> Iterator[Flaw]:
    """A field names a role that sms/roles.yml does not define."""
    known = on.settings.roles
    for path, pointer, role in named_values(repo, "roles"):
        if role not in known:
            close = difflib.get_close_matches(role, known, 1, 0.6)
            hint = (
                f"Did you mean `{close[0]}`?"
                if close
                else "Define the role in sms/roles.yml, or name one from there."
            )
            yield Flaw(path, f"there is no role `{role}`", hint, pointer)


def named_values(repo: Repo, kind: str) -> Iterator[tuple[str, str, str]]:
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
