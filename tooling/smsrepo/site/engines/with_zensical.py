"""Build with Zensical, which runs no MkDocs plugins: it gets the same pages and theme files as plain files.

Differences that remain: other plugins of mkdocs.yml and the edit link are not there, and pages of the user's own are
sanitised like ours.
"""

import shutil
import subprocess
import sys
import tempfile
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files, set_exclusions
from mkdocs.utils import clean_directory

from smsrepo.errors import CannotRunError, UserError
from smsrepo.load.markdown import slugify
from smsrepo.site.engines.material import is_offline
from smsrepo.site.engines.with_mkdocs import complaints, told

_CONFIG = "mkdocs.yml"
_SANITISED = "smsrepo.site.engines.sanitised"
_KEPT = (
    "site_name", "site_url", "site_description", "site_author", "copyright", "repo_url", "repo_name",
    "use_directory_urls", "extra_css",
)  # fmt: skip


class _Dumper(yaml.Dumper):
    """Writes functions by their names, ours that remembers its answers as well."""


_Dumper.add_representer(type(slugify), lambda dumper, function: dumper.represent_name(function))  # type: ignore[arg-type]


def build(config: MkDocsConfig) -> None:
    """Build the site; raises UserError for what a user can mend, CannotRunError where Zensical is not installed."""
    if find_spec("zensical") is None:
        raise CannotRunError(
            "Zensical is not installed", 'Install it: pip install "smsrepo[zensical]". Or build with MkDocs.'
        )
    with complaints() as said:
        try:
            config = config.plugins.on_config(config)
            files = config.plugins.on_files(get_files(config), config=config)
            set_exclusions(files, config)
        except Exception as error:
            raise told(error, said) from error
    with tempfile.TemporaryDirectory(prefix="sms-zensical-") as name:
        folder = Path(name)
        _write(files, folder / "docs")
        _theme(config, folder / "theme")
        (folder / _CONFIG).write_text(
            yaml.dump(_settings(config), Dumper=_Dumper, sort_keys=False), encoding="utf-8"
        )
        _run(folder)
        if is_offline(config):
            (folder / "site" / "404.html").unlink(missing_ok=True)
        clean_directory(config.site_dir)
        shutil.copytree(folder / "site", config.site_dir, dirs_exist_ok=True)


def _write(files: Files, folder: Path) -> None:
    for file in files:
        if not file.inclusion.is_excluded():  # type: ignore[no-untyped-call]  # MkDocs types only half of this
            (folder / file.src_uri).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.src_uri).write_bytes(file.content_bytes)


def _theme(config: MkDocsConfig, folder: Path) -> None:
    """Our theme files, and over them the user's own."""
    own = [str(resources.files("smsrepo.site") / "theme")]
    for source in [*own, *([config.theme.custom_dir] if config.theme.custom_dir else [])]:
        shutil.copytree(source, folder, dirs_exist_ok=True)


def _settings(config: MkDocsConfig) -> dict[str, Any]:
    """What Zensical reads of mkdocs.yml, as the plugin has left it."""
    theme = {key: value for key, value in config.theme.items() if value is not None and key != "locale"}
    features = [name for name in theme["features"] if not name.startswith("content.action")]
    configs = config.mdx_configs
    return {
        **{key: config[key] for key in _KEPT if config[key] is not None},
        "docs_dir": "docs",
        "site_dir": "site",
        # The variant that Material's style sheets, and with them ours, are made for.
        "theme": {
            **theme,
            "name": "material",
            "variant": "classic",
            "custom_dir": "theme",
            "features": features,
        },
        "nav": config.nav,
        "extra": dict(config.extra),
        "extra_javascript": [str(script) for script in config.extra_javascript],
        "markdown_extensions": [
            *({name: configs[name]} if configs.get(name) else name for name in config.markdown_extensions),
            _SANITISED,
        ],
        "plugins": ["search", *(["offline"] if is_offline(config) else [])],
    }


def _run(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "zensical", "build", "--strict", "--config-file", str(folder / _CONFIG)],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said, _, trace = (done.stdout + done.stderr).partition("Traceback (most recent call last)")
        lines = [*said.strip().splitlines(), *trace.strip().splitlines()[-1:]]
        raise UserError(
            "Zensical cannot build the site:\n  " + "\n  ".join(lines), "Build with MkDocs meanwhile."
        )
