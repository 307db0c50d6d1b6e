"""What our pages need of MkDocs and Material, set in one place so that mkdocs.yml stays short."""

from html import escape
from importlib import resources

from mkdocs.config.defaults import MkDocsConfig

from smsrepo.control.settings import ORGANISATION
from smsrepo.load.markdown import slugify
from smsrepo.site.publication import Publication

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
    "navigation.indexes",
    "navigation.prune",
    "navigation.tabs",
    "navigation.top",
    "navigation.path",
    "toc.follow",
    "search.highlight",
)


def prepare(config: MkDocsConfig, publication: Publication) -> None:
    """Names the site after the organisation, adds our theme files, extensions and features."""
    settings = publication.repo.setting(ORGANISATION)
    organisation = settings.get("organisation", {})
    name = organisation.get("short_name") or organisation.get("name") or config.site_name
    config.site_name = f"{escape(str(name))} SMS"
    config.site_url = config.site_url or settings.get("site", {}).get("url")
    config.extra.setdefault("generator", False)
    config.extra.setdefault("sms_as_of", str(publication.as_of))
    config.extra.setdefault("sms_demonstration", publication.settings.standing_still_at is not None)
    _theme(config)
    _markdown(config)


def _theme(config: MkDocsConfig) -> None:
    folder = str(resources.files("smsrepo.site") / "theme")
    if folder not in config.theme.dirs:
        # Behind the user's own overrides, before the theme's.
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, folder)
        config.extra_css.insert(0, "assets/sms.css")
        config.extra_javascript.append("assets/sms.js")
    features = config.theme.get("features") or []
    config.theme["features"] = [*features, *(f for f in _FEATURES if f not in features)]


def _markdown(config: MkDocsConfig) -> None:
    for extension in _EXTENSIONS:
        if extension not in config.markdown_extensions:
            config.markdown_extensions.append(extension)
    toc = config.mdx_configs.setdefault("toc", {})
    toc.setdefault("permalink", True)
    toc["slugify"] = slugify
    toc.setdefault("toc_depth", 3)
    config.mdx_configs.setdefault("pymdownx.highlight", {}).setdefault("use_pygments", True)
