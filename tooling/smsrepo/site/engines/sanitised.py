"""A Markdown extension that lets nothing through which authors could have smuggled in, for engines without plugins."""

from typing import Any

from markdown import Extension, Markdown  # type: ignore[import-untyped]
from markdown.postprocessors import Postprocessor  # type: ignore[import-untyped]

from smsrepo.site.text.sanitise import sanitise

_LAST = -100


class _Sanitiser(Postprocessor):  # type: ignore[misc]  # the library has no types
    """Sees the HTML of a page when all other extensions are done."""

    def run(self, text: str) -> str:
        """See Postprocessor."""
        return sanitise(text)


class _Extension(Extension):  # type: ignore[misc]  # the same
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown names it
        md.postprocessors.register(_Sanitiser(md), "sms-sanitised", _LAST)


def makeExtension(**_: Any) -> Extension:  # noqa: N802  # Python-Markdown looks for this name
    """The extension."""
    return _Extension()
