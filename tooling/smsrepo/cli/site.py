"""sms site."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from smsrepo.cli.common import as_of_option, find_repository
from smsrepo.errors import UserError
from smsrepo.model.words import count

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_CONFIG, _PLUGIN = "mkdocs.yml", "smsrepo"


@click.group("site")
def command() -> None:
    """Build or serve the site that staff and auditors read."""


@command.command("build")
@click.option(
    "--site-dir",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="Where the site goes.",
)
@as_of_option
@click.pass_obj
def build(directory: Path, site_dir: Path, as_of: date | None) -> None:
    """Build the site into a folder that any web server can show. To read it here: sms site serve."""
    started = time.perf_counter()
    root = find_repository(directory)
    target = (directory / site_dir).resolve()
    if target == root or root.is_relative_to(target):
        raise UserError(
            f"{site_dir} holds the repository; the site would replace it",
            "Name another folder: --site-dir site.",
        )
    config = _config(root, site_dir=str(target))
    if as_of:
        config.plugins[_PLUGIN].config["as_of"] = str(as_of)
    with _warnings() as warnings:
        try:
            from mkdocs.commands.build import build as build_site

            build_site(config)
        except Exception as error:
            raise _told(error, warnings) from error
    number = sum(1 for _ in target.rglob("*.html")) - (target / "404.html").is_file()
    seconds = time.perf_counter() - started
    click.echo(
        f"Built {count(number, 'page')} in {seconds:.1f} s into {_shown(target)}. To read them: sms site serve"
    )


@command.command("serve")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Port on this machine."
)
@click.pass_obj
def serve(directory: Path, port: int) -> None:
    """Serve the site on this machine and rebuild it whenever a file changes. Stop with Ctrl-C."""
    root = find_repository(directory)
    _config(root)  # fails early, with a message of ours
    from mkdocs.commands.serve import serve as serve_site

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        serve_site(str(root / _CONFIG), dev_addr=f"127.0.0.1:{port}")
    except OSError as error:
        raise UserError(
            f"port {port} cannot be used: {error.strerror}",
            "Name another one: --port 8001, or make serve PORT=8001.",
        ) from error
    except Exception as error:
        raise _told(error, []) from error


@command.command("pages")
@click.argument("folder", type=click.Path(path_type=Path))
@as_of_option
@click.pass_obj
def pages(directory: Path, folder: Path, as_of: date | None) -> None:
    """Write the pages as plain Markdown into a new FOLDER, for other site engines."""
    from smsrepo.site.edition import picture_files, publication_of
    from smsrepo.site.folder import write
    from smsrepo.site.pages import pages_of

    root = find_repository(directory)
    publication = publication_of(root, as_of)
    number = write(pages_of(publication), picture_files(publication, root), directory / folder)
    click.echo(f"Wrote {count(number, 'page')} to {folder}.")


class _Collector(logging.Handler):
    """Collects what MkDocs complains about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """The complaints of MkDocs while the block runs; nothing of it is printed."""
    collector = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)


def _config(root: Path, **options: str) -> "MkDocsConfig":
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config

    if not (root / _CONFIG).is_file():
        raise UserError(f"there is no {_CONFIG} in {root}", "Copy the one of a fresh repository: sms init.")
    with _warnings() as warnings:
        try:
            config = load_config(str(root / _CONFIG), strict=True, **options)
        except Exception as error:
            raise _told(error, warnings) from error
    if _PLUGIN not in config.plugins:
        raise UserError(
            f"{_CONFIG} does not use the plugin {_PLUGIN}", f"Add it: plugins: [search, {_PLUGIN}]."
        )
    return config


def _told(error: Exception, warnings: list[str]) -> Exception:
    """Errors that a user can mend, as messages; others are bugs and stay as they are."""
    from mkdocs.exceptions import MkDocsException

    cause: BaseException | None = error
    while cause:
        if isinstance(cause, UserError):
            return cause
        cause = cause.__cause__ or cause.__context__
    if not isinstance(error, MkDocsException):
        return error
    said = "\n  ".join(warnings) or str(error)
    return UserError(
        f"the site cannot be built:\n  {said}",
        f"Mend what is named. Settings of the site stand in {_CONFIG}.",
    )


def _shown(path: Path) -> str:
    """The path from here, if it is below."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)
