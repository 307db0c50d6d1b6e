"""Build with MkDocs: its configuration with our options, and what it says when something is wrong."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from smsrepo.errors import UserError
from smsrepo.site.engines.material import OFFLINE

CONFIG, PLUGIN = "mkdocs.yml", "smsrepo"


def config_of(
    root: Path, target: Path | None = None, as_of: date | None = None, *, offline: bool = False
) -> MkDocsConfig:
    """The configuration for a site in the folder `target`; raises UserError where mkdocs.yml does not do."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config

    if not (root / CONFIG).is_file():
        raise UserError(f"there is no {CONFIG} in {root}", "Copy the one of a fresh repository: sms init.")
    options = {"site_dir": str(target)} if target else {}
    with complaints() as said:
        try:
            config = load_config(str(root / CONFIG), strict=True, **options)
        except Exception as error:
            raise told(error, said) from error
    if PLUGIN not in config.plugins:
        raise UserError(f"{CONFIG} does not use the plugin {PLUGIN}", f"Add it: plugins: [search, {PLUGIN}].")
    if as_of:
        config.plugins[PLUGIN].config["as_of"] = str(as_of)
    if offline:
        _go_offline(config)
    return config


def build(config: MkDocsConfig) -> None:
    """Build the site; raises UserError for what a user can mend."""
    from mkdocs.commands.build import build as build_site

    with complaints() as said:
        try:
            build_site(config)
        except Exception as error:
            raise told(error, said) from error


def _go_offline(config: MkDocsConfig) -> None:
    """Have Material's own plugin write addresses and search index for reading from file://."""
    from mkdocs.plugins import get_plugins

    if OFFLINE not in config.plugins:
        plugin = get_plugins()[OFFLINE].load()()
        plugin.load_config({})
        config.plugins[OFFLINE] = plugin
    config.plugins[OFFLINE].config["enabled"] = True


class _Collector(logging.Handler):
    """Collects what MkDocs complains about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def complaints() -> Iterator[list[str]]:
    """The complaints of MkDocs while the block runs; nothing of it is printed."""
    collector = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.addHandler(collector)
    try:
        yield collector.messages
    finally:
        logger.removeHandler(collector)


def told(error: Exception, said: list[str]) -> Exception:
    """Errors that a user can mend, as messages; others are bugs and stay as they are."""
    from mkdocs.exceptions import MkDocsException

    cause: BaseException | None = error
    while cause:
        if isinstance(cause, UserError):
            return cause
        cause = cause.__cause__ or cause.__context__
    if not isinstance(error, MkDocsException):
        return error
    what = "\n  ".join(said) or str(error)
    return UserError(
        f"the site cannot be built:\n  {what}",
        f"Mend what is named. Settings of the site stand in {CONFIG}.",
    )
