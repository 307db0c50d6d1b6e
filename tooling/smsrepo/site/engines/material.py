"""What our pages need of MkDocs and Material, set in one place so that mkdocs.yml stays short."""

from html import escape
from importlib import resources

from mkdocs.config.defaults import MkDocsConfig

from smsrepo.load.markdown import slugify
from smsrepo.model.release_name import IN_FORCE
from smsrepo.site.another_day import meaning, notice
from smsrepo.site.documents.changes import FEED
from smsrepo.site.publication import Publication
from smsrepo.site.release import address

OFFLINE = "material/offline"
_WORKER = "assets/iframe-worker.js"
_EXTENSIONS = (
    "admonition",
    "attr_list",
    "footnotes",
    "md_in_html",
    "sane_lists",
    "pymdownx.highlight",
    "pymdownx.superfences",
)
_FEATURES = (
    "content.tooltips",
    "navigation.indexes",
    "navigation.prune",
    "navigation.tabs",
    "navigation.top",
    "navigation.path",
    "toc.follow",
    "search.highlight",
)


def prepare(config: MkDocsConfig, publication: Publication, version: str = "") -> None:
    """Names the site after the organisation, adds our theme files, extensions and features.

    Of a published `version`, crawlers are told that the one in force is the one to show.
    """
    config.site_name = f"{escape(publication.settings.short_name or config.site_name)} SMS"
    if version:
        config.extra["sms_version"] = version
        config.extra["sms_canonical"] = address(publication.settings, config.site_url, IN_FORCE)
    config.site_url = publication.site_url or None
    config.extra.setdefault("generator", False)
    config.extra.setdefault("sms_as_of", str(publication.as_of))
    config.extra.setdefault("sms_demonstration", publication.settings.standing_still_at is not None)
    config.extra.setdefault("sms_another_day", notice(publication))
    config.extra.setdefault("sms_another_day_means", meaning(publication))
    config.extra.setdefault("sms_feed", FEED if publication.editions else "")
    _theme(config)
    read_markdown(config)
    if is_offline(config):
        _offline(config)


def is_offline(config: MkDocsConfig) -> bool:
    """Whether the site is to be read from file://, where folders have no index and nothing can be fetched."""
    return OFFLINE in config.plugins and bool(config.plugins[OFFLINE].config["enabled"])


def _offline(config: MkDocsConfig) -> None:
    """Search needs a worker, which browsers refuse to file://. Material would load the stand-in from the web."""
    config.use_directory_urls = False
    others = [script for script in config.extra.get("polyfills", ()) if "iframe-worker" not in str(script)]
    config.extra["polyfills"] = [*others, _WORKER]
    config.theme.static_templates.discard("404.html")  # only a server would show it


def _theme(config: MkDocsConfig) -> None:
    folder = str(resources.files("smsrepo.site") / "theme")
    if folder not in config.theme.dirs:
        # Behind the user's own overrides, before the theme's.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, folder)
        config.extra_css.insert(0, "assets/sms.css")
        config.extra_javascript.append("assets/sms.js")
    features = config.theme.get("features") or []
    config.theme["features"] = [*features, *(f for f in _FEATURES if f not in features)]


def read_markdown(config: MkDocsConfig) -> None:
    """Sets the extensions our pages are written for."""
    for extension in _EXTENSIONS:
        if extension not in config.markdown_extensions:
            config.markdown_extensions.append(extension)
    toc = config.mdx_configs.setdefault("toc", {})
    toc.setdefault("permalink", True)
    toc["slugify"] = slugify
    toc.setdefault("toc_depth", 3)
    config.mdx_configs.setdefault("pymdownx.highlight", {}).setdefault("use_pygments", True)
