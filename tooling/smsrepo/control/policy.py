"""What decides how documents are judged: settings, schemas, tooling and workflows, as they stood approved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache

from smsrepo.control.lineage import Act
from smsrepo.control.settings import Settings
from smsrepo.load.snapshot import load
from smsrepo.load.source import File
from smsrepo.model.artefact_type import ArtefactType
from smsrepo.model.history import Blob
from smsrepo.model.repo import Repo

CODEOWNERS = ".github/CODEOWNERS"
"""Generated from owners and assignments: no policy of its own, compared with what it must be."""
GITLINK = "160000"
"""The mode of a submodule: an object id of another repository, with nothing to read."""

_PLACES = (
    "schemas/", "tooling/", "sms/requirements/", ".github/", ".gitlab/", ".gitea/", ".forgejo/", ".gitlab-ci.yml",
    "mkdocs.yml", "Makefile",
)  # fmt: skip
_NEVER_EXEMPT = ("sms/", "schemas/", "tooling/rules/", "tooling/wheels/", "tooling/requirements.txt")
_READ = ("sms/requirements/", "schemas/")


def is_policy(path: str, exempt: Iterable[str] = ()) -> bool:
    """Whether a path decides how documents are judged. `exempt` are folders (ending in "/") and files that do not."""
    if path.rpartition("/")[2] == ".gitattributes":
        return True
    if path == CODEOWNERS:
        return False
    if not path.startswith(_PLACES) and not _is_settings(path):
        return False
    if path.startswith(_NEVER_EXEMPT):
        return True
    return not any(path.startswith(part) if part.endswith("/") else path == part for part in exempt)


def is_read(path: str) -> bool:
    """Whether a policy file is read to judge by: settings and schemas."""
    return path.startswith(_READ) or _is_settings(path)


def _is_settings(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    return folder == "sms" and name.endswith(".yml")


@dataclass(slots=True)
class PolicyChange:
    """A change of a policy file that waits for approval: digests before and after ("absent" for no file).

    `unfit`: it is approved, but with it settings or schemas could not be read.
    """

    path: str
    before: str
    after: str
    blob: Blob | None
    commit: str
    entered: datetime
    authors: frozenset[str]
    unseparated: frozenset[str]
    acts: list[Act] = field(default_factory=list)
    unfit: bool = False


@dataclass(frozen=True, eq=False)
class Policy:
    """The settings and types by which a step is judged; a snapshot that holds nothing else.

    `former` are persons by mail address as policies before it knew them.
    """

    repo: Repo
    former: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def settings(self) -> Settings:
        """The settings, typed. What does not fit its schema gives empty views: then nobody can approve."""
        return Settings(self.repo)

    @property
    def types(self) -> Mapping[str, ArtefactType]:
        """The types of artefacts by name."""
        return self.repo.types

    @cached_property
    def person_of_mail(self) -> Mapping[str, str]:
        """Persons by mail address in small letters, by account, and by the keys that may have signed a commit."""
        found = {}
        for person in self.settings.people.values():
            found[person.email.lower()] = person.id
            found |= {account.lower(): person.id for account in person.accounts.values()}
            found |= {key.line: person.id for key in person.keys}
        return found

    def person(self, mail: str) -> str | None:
        """The person behind a mail address or key of a commit; None for one nobody has or ever had."""
        names = [mail]
        if mail.endswith("@users.noreply.github.com"):
            names.append(mail.partition("@")[0].rpartition("+")[2])
        found = (known.get(name) for known in (self.person_of_mail, self.former) for name in names)
        return next(filter(None, found), None)


def policy_of(files: Mapping[str, bytes]) -> Policy:
    """The policy in some files, by path."""
    return _policy(tuple(sorted(files.items())))


@lru_cache(
    maxsize=8
)  # commands replay the same history more than once, and reading schemas takes most of that
def _policy(files: tuple[tuple[str, bytes], ...]) -> Policy:
    return Policy(load(_Files([File(path, content) for path, content in files])))


class _Files:
    """A Source over files at hand."""

    def __init__(self, files: list[File]) -> None:
        self._files = files

    def files(self) -> list[File]:
        return self._files

    def exists(self, path: str) -> bool:
        return any(file.path == path for file in self._files)
