"""CODEOWNERS of a repository as it lies on disk or in a commit."""

from datetime import date

from smsrepo.control import codeowners
from smsrepo.control.codeowners import Owned
from smsrepo.control.settings import Settings
from smsrepo.model.repo import Repo


def render(repo: Repo, as_of: date) -> str:
    """The file for the documents that are there, obsolete ones left out; see control.codeowners."""
    documents = (
        Owned(a.path, str(a.data.get("owner", "")), a.type.name, str(a.data.get("classification", "")))
        for a in repo.artefacts
        if not a.type.is_record and a.status != "obsolete"
    )
    return codeowners.render(documents, Settings(repo), as_of)
