"""Every role that a document names is defined."""

import difflib
from collections.abc import Iterator

from smsrepo.model.finding import Flaw
from smsrepo.model.repo import Repo
from smsrepo.model.walk import values_at
from smsrepo.rules.rule import ERROR, Context, rule


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
        for pattern in getattr(artefact.type.annotations, kind):
            for pointer, value in values_at(artefact.data, pattern):
                if isinstance(value, str):
                    yield artefact.path, pointer, value
    for setting in repo.settings.values():
        for type_ in repo.setting_types:
            if type_.file == setting.path:
                for pattern in getattr(type_.annotations, kind):
                    for pointer, value in values_at(setting.data, pattern):
                        if isinstance(value, str):
                            yield setting.path, pointer, value
