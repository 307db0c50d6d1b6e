"""From HTML to PDF. WeasyPrint is an extra, and gets to see nothing but what it is handed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from smsrepo.errors import UserError

_HERE = "https://publication.invalid/"  # a name that no network knows
_HINT = 'Install it with: pip install "smsrepo[pdf]". Without it, print the pages of the site in a browser.'
_NO_PANGO = "Install the system library it draws with: apt install libpangoft2-1.0-0, or brew install pango."


def ready() -> None:
    """Raises UserError where PDFs cannot be made on this machine."""
    _weasyprint()


def pdf_of(html: str, pictures: Mapping[str, Path | bytes]) -> bytes:
    """The PDF of HTML, tagged for screen readers (PDF/UA-1). The same HTML gives the same bytes.

    Nothing is loaded but the pictures, whose paths stand in `src`: no other file, and nothing from a network.
    """
    weasyprint = _weasyprint()
    document = weasyprint.HTML(string=html, base_url=_HERE, url_fetcher=_fetcher(pictures))
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1"))


def _weasyprint() -> Any:
    try:
        import weasyprint  # type: ignore[import-untyped]
    except ImportError as error:
        raise UserError("a PDF needs the library WeasyPrint, which is not installed", _HINT) from error
    except OSError as error:
        raise UserError(f"WeasyPrint finds no Pango: {error}", _NO_PANGO) from error
    return weasyprint


def _fetcher(pictures: Mapping[str, Path | bytes]) -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # type: ignore[import-untyped]

    class Pictures(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: object = None) -> Any:  # noqa: ARG002
            """The bytes of a picture that was handed over; anything else is refused."""
            found = pictures.get(unquote(url.removeprefix(_HERE))) if url.startswith(_HERE) else None
            if found is None:
                raise ValueError(f"{url} is not part of the publication")
            return URLFetcherResponse(url, found if isinstance(found, bytes) else found.read_bytes())

    return Pictures()
