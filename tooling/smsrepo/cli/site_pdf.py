"""sms site pdf."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from smsrepo.cli.common import as_of_option, find_repository
from smsrepo.errors import CannotRunError, UserError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from smsrepo.site.pdf.printer import Printer

    Made = tuple[str, Callable[[], bytes]]


@click.command("pdf")
@click.argument("ids", metavar="[ID]…", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Each document in force, and the set of all of them.")
@click.option("--revision", metavar="REV", help="Not what is in force, but this revision, such as 1.0.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path(), help="Folder, or a file that ends with .pdf."
)
@as_of_option
@click.pass_obj
def pdf(
    directory: Path,
    ids: tuple[str, ...],
    everything: bool,
    revision: str | None,
    out: Path,
    as_of: date | None,
) -> None:
    """Make PDFs: of documents, entries or records by ID, or else one of the whole effective set.

    Every page carries id, revision, state and day; a text that nobody works by is marked across. The same commit and
    day give the same bytes; SOURCE_DATE_EPOCH sets the day.
    """
    from smsrepo.site.pdf import press

    if everything and ids:
        raise UserError("--all makes every PDF, and ids were named too", "Leave out one of them.")
    if revision and len(ids) != 1:
        raise UserError("--revision is about one document", "Name it: sms site pdf POL-001 --revision 1.0")
    single = out.suffix == ".pdf"
    if single and (everything or len(ids) > 1):
        raise UserError(f"{out} is one file, and several PDFs are to be made", "Name a folder: --out pdf.")
    press.ready()
    printer = _printer(find_repository(directory), as_of)
    for name, make in list(_wanted(printer, ids, revision, everything)):
        path = out if single else out / name
        _write(directory / path, make())
        click.echo(f"Wrote {path}")


def pdf_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --pdf of sms site build."""
    text = "Also make PDFs: of each document in force, beside its page, and of the effective set."
    return click.option("--pdf", "with_pdf", is_flag=True, help=text)(function)


def make_pdfs(config: "MkDocsConfig") -> None:
    """Have a build of the site make PDFs; raises UserError where this machine cannot."""
    from smsrepo.site.engines.with_mkdocs import PLUGIN
    from smsrepo.site.pdf import press

    press.ready()
    config.plugins[PLUGIN].config["pdf"] = True


def _printer(root: Path, as_of: date | None) -> "Printer":
    from smsrepo.git import door
    from smsrepo.site.edition import picture_files, publication_of
    from smsrepo.site.pages import pages_of
    from smsrepo.site.pdf.printer import Printer, made_on

    publication = publication_of(root, as_of)
    pictures = picture_files(publication, root)
    return Printer(publication, pages_of(publication), pictures, made_on(), door.head(root) or "")


def _wanted(
    printer: "Printer", ids: tuple[str, ...], revision: str | None, everything: bool
) -> "Iterator[Made]":
    """Names of files, and how each is made."""
    from smsrepo.site.pdf.printer import SET, effective

    named = [artefact.id for artefact in effective(printer.publication)] if everything else ids
    for id_ in named:
        yield _one(printer, id_, revision)
    if not ids:
        yield SET, printer.effective_set


def _one(printer: "Printer", named: str, revision: str | None) -> "Made":
    from smsrepo.model.closest import did_you_mean
    from smsrepo.site.pdf.printer import file_name

    publication = printer.publication
    id_, _, number = named.partition("@")
    number = revision or number
    artefact, editions = publication.repo.find(id_), publication.editions.get(id_, ())
    if artefact is None and not editions:
        known = {**publication.repo.by_id, **publication.editions}
        raise UserError(
            f"there is no document or record `{id_}`",
            did_you_mean(id_.upper(), known, "sms register lists the documents."),
        )
    if artefact and (not number or (not editions and artefact.data.get("revision") == number)):
        shown = "" if artefact.type.is_record else str(artefact.data.get("revision", ""))
        return file_name(id_, shown), lambda: printer.document(artefact)
    edition = next((e for e in reversed(editions) if not number or e.number == number), None)
    if edition is None:
        listed = ", ".join(e.number for e in editions)
        if artefact and artefact.type.is_record:
            hint = f"It is a record, and records have no revisions: sms site pdf {id_}"
        else:
            hint = f"There are: {listed}." if listed else "Document control has not begun: there is one text."
        raise UserError(f"{id_} has no revision `{number}`", hint)
    return file_name(id_, edition.number), lambda: printer.revision(edition)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise CannotRunError(f"{path} cannot be written: {error.strerror}") from error
