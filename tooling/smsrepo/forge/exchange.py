"""One request and its answer over HTTP. Nothing is followed, repeated or understood here."""

import http.client
import urllib.error
import urllib.request
from collections.abc import Mapping
from email.message import Message
from typing import NamedTuple


class Answer(NamedTuple):
    """What a server answered, whatever its status; `headers` are found in any letter case."""

    status: int
    headers: Message
    body: bytes


class NoAnswer(Exception):  # noqa: N818 — it says what happened
    """The server was not reached, took too long or broke off in the middle."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """urllib would follow a redirect to any host and take the token along."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def exchange(method: str, url: str, headers: Mapping[str, str], body: bytes | None, seconds: float) -> Answer:
    """Sends one request, through the proxy of the environment where there is one.

    `seconds` is how long the server may be silent. Raises NoAnswer where no complete answer came.
    """
    request = urllib.request.Request(url, data=body, headers=dict(headers), method=method)  # noqa: S310 — the caller admits only http and https
    # Only the own machine is asked in the open, and no proxy shall read that.
    proxies = [urllib.request.ProxyHandler({})] if request.type == "http" else []
    opener = urllib.request.build_opener(_NoRedirects, *proxies)
    try:
        try:
            with opener.open(request, timeout=seconds) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(refusal.code, refusal.headers, refusal.read())
    except (OSError, http.client.HTTPException) as error:
        raise NoAnswer(str(getattr(error, "reason", "") or error or type(error).__name__)) from error
