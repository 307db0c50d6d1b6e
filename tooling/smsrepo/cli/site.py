"""sms site."""

import logging
import socket
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli.common import DAY, as_of_option, find_repository
from smsrepo.cli.publish import publish
from smsrepo.cli.reading import how_to_read, shown
from smsrepo.cli.site_pdf import make_pdfs, pdf, pdf_option
from smsrepo.errors import UserError
from smsrepo.model.words import count

if TYPE_CHECKING:
    from smsrepo.check.verify import Proof

ENGINES = ("mkdocs", "zensical")
_HOST = "127.0.0.1"


@click.group("site")
def command() -> None:
    """Build or serve the site that staff and auditors read."""


command.add_command(publish)
command.add_command(pdf)


@command.command("build")
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Where the site goes: a new or empty folder, or one with an earlier site, which is replaced.",
)
@click.option(
    "--as-of",
    type=DAY,
    metavar="DATE",
    help="What was in force at the end of this day (YYYY-MM-DD), and records as they stood then; "
    "every page says so.",
)
@click.option(
    "--offline", is_flag=True, help="Make a site that is read, and searched, from disk without a server."
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="mkdocs",
    show_default=True,
    help="The program that builds it. zensical: see the documentation for what differs.",
)
@pdf_option
@click.pass_obj
def build(
    directory: Path, site_dir: Path, as_of: date | None, offline: bool, engine: str, with_pdf: bool
) -> None:
    """Build the site into a folder that any web server can show.

    With --offline, open index.html in the folder instead: no server is needed, and nothing is asked of any network.
    """
    from smsrepo.site.engines import with_mkdocs
    from smsrepo.site.folder import number_of_pages, refuse_others
    from smsrepo.site.plugin import SmsPlugin

    started = time.perf_counter()
    root = find_repository(directory)
    target = (directory / site_dir).resolve()
    if target == root or root.is_relative_to(target):
        raise UserError(
            f"{site_dir} holds the repository; the site would replace it",
            "Name another folder: --site-dir site.",
        )
    refuse_others(target, site_dir)
    config = with_mkdocs.config_of(root, target, as_of, offline=offline)
    if with_pdf:
        make_pdfs(config)
    if engine == "zensical":
        from smsrepo.site.engines import with_zensical

        with_zensical.build(config)
    else:
        with_mkdocs.build(config)
    plugin = config.plugins[with_mkdocs.PLUGIN]
    _tell_unproven(plugin.proof if isinstance(plugin, SmsPlugin) else None)
    number = number_of_pages(target)
    seconds = time.perf_counter() - started
    click.echo(
        f"Built {count(number, 'page')} in {seconds:.1f} s into {shown(target)}. "
        f"To read them: {how_to_read(target, offline=offline)}"
    )


@command.command("serve")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on this machine."
)
@click.pass_obj
def serve(directory: Path, port: int) -> None:
    """Serve the site on this machine and rebuild it whenever a file changes. Stop with Ctrl-C."""
    from smsrepo.site.engines.with_mkdocs import CONFIG, config_of, told

    root = find_repository(directory)
    _try_port(port)
    config_of(root)  # fails early, with a message of ours
    click.echo("Building the site; this takes about as long as sms site build. Its address follows.")
    from mkdocs.commands.serve import serve as serve_site

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        serve_site(str(root / CONFIG), dev_addr=f"{_HOST}:{port}")
    except OSError as error:
        raise _unusable(port, error) from error
    except Exception as error:
        raise told(error, []) from error


@command.command("pages")
@click.argument("folder", type=click.Path(path_type=Path))
@as_of_option
@click.pass_obj
def pages(directory: Path, folder: Path, as_of: date | None) -> None:
    """Write the pages as plain Markdown into a new FOLDER, for other site engines."""
    from smsrepo.site.another_day import with_notice
    from smsrepo.site.edition import picture_files, publication_of
    from smsrepo.site.files import files_of
    from smsrepo.site.folder import write
    from smsrepo.site.pages import pages_of

    root = find_repository(directory)
    publication = publication_of(root, as_of)
    number = write(
        with_notice(publication, pages_of(publication)),
        {**picture_files(publication, root), **files_of(publication)},
        directory / folder,
    )
    _tell_unproven(publication.proof)
    click.echo(f"Wrote {count(number, 'page')} to {folder}.")


def _tell_unproven(proof: "Proof | None") -> None:
    """One line where the history breaks the rules, so that nobody publishes that unawares."""
    if proof and not proof.proven:
        click.echo(f"{proof.verdict} The site says so on its front page. See all with sms verify.", err=True)


def _try_port(port: int) -> None:
    """Raises UserError where nobody could be served on a port: better now than after the build."""
    try:
        with socket.socket() as probe:
            # As the server itself asks: a port that was in use a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((_HOST, port))
            probe.listen()
    except OSError as error:
        raise _unusable(port, error) from error


def _unusable(port: int, error: OSError) -> UserError:
    other = 8001 if port != 8001 else 8002
    return UserError(
        f"port {port} cannot be used: {error.strerror}",
        f"Name another one: --port {other}, or make serve PORT={other}.",
    )
