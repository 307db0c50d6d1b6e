"""Readers reach what a document points to."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.ids import ID
from smsrepo.model.links import leads_out, link_path
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):|//", re.IGNORECASE)
_INSTEAD = "Link to a file of this repository, to a web page (https://…) or to a mail address (mailto:…)."
_ALLOWED = frozenset({"http", "https", "mailto", "tel"})


@rule("broken-link", severity=ERROR, requirements=["4.3.2-e"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A link leads to a file or heading that does not exist, or to a place that is not allowed."""
    for document in repo.artefacts:
        for link in document.links:
            problem = _problem(repo, document, link.target)
            if problem:
                yield document.flaw_at(link.line, link.column, *problem)


def _problem(repo: Repo, document: Artefact, target: str) -> tuple[str, str] | None:
    if not target:
        return "the link leads nowhere", "Put the file or the web address between the brackets ( and )."
    scheme = _SCHEME.match(target)
    if scheme:
        if (scheme[1] or "").lower() in _ALLOWED:
            return None
        return f"links to `{scheme[0]}` are not allowed", _INSTEAD
    path = link_path(document.path, target)
    if leads_out(path):
        return "the link leads out of the repository", "Link to a file of the repository, or to a web page."
    if any(setting.file == path for setting in repo.setting_types):
        return None  # where it is missing, missing-settings says so
    if path and path not in repo.paths:
        named = ID.match(path.rpartition("/")[2])
        moved = repo.find(named[0]) if named else None
        hint = f"{moved.id} is in {moved.path}." if moved else "It counts from the folder of this document."
        return f"there is no file {path}", f"Correct the link. {hint}"
    anchor = unquote(target.partition("#")[2])
    page = repo.by_path.get(path or document.path)
    if not anchor or page is None or page.type.kind != "document":
        return None
    anchors = [heading.anchor for heading in page.headings]
    if anchor in anchors:
        return None
    return f"{page.path} has no heading `#{anchor}`", f"Its headings: {', '.join(anchors)}."
