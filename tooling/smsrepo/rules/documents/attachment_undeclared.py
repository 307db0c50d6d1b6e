"""What readers see beside the text is approved with it."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from smsrepo.load.source import CONTENT_FOLDERS, READ
from smsrepo.model.artefact import Artefact
from smsrepo.model.finding import Flaw
from smsrepo.model.links import link_path
from smsrepo.model.repo import Repo
from smsrepo.rules.rule import ERROR, Context, rule


@rule("attachment-undeclared", severity=ERROR, requirements=["4.3.2-a", "4.3.2-d"])
def check(repo: Repo, _on: Context) -> Iterator[Flaw]:
    """A document shows or links a picture or file that is not among its attachments."""
    for document in repo.artefacts:
        if document.type.is_record:
            continue
        declared = _declared(document)
        for link in document.links:
            path = link_path(document.path, link.target)
            if path and path in repo.paths and _is_file(path) and path not in declared:
                yield document.flaw_at(
                    link.line,
                    link.column,
                    f"{path} belongs to the document, but is not among its attachments",
                    "Without that it could change and nobody would approve it. Name it in the header under "
                    f"attachments: it lies {_where(document, path)}.",
                )


def _declared(document: Artefact) -> frozenset[str]:
    folder = PurePosixPath(document.path).parent
    return frozenset(str(folder / name) for name in document.ids("attachments"))


def _is_file(path: str) -> bool:
    """Neither a document, which has approvals of its own, nor a folder."""
    name = path.rpartition("/")[2]
    return path.partition("/")[0] in CONTENT_FOLDERS and "." in name and not name.endswith(READ)


def _where(document: Artefact, path: str) -> str:
    folder = PurePosixPath(document.path).parent
    if PurePosixPath(path).is_relative_to(folder):
        return f"at {PurePosixPath(path).relative_to(folder)}"
    return f"outside the folder of the document; move it into {folder}"
