"""GitHub's REST API: one host, complete lists, patience within bounds, clear refusals.

A client library would bring retries and lists too, but not what matters here: a token that never leaves its host,
a list that is never silently cut short, and no creation sent twice. Four kinds of request need no more than this.
"""

import json
import re
from collections.abc import Callable, Mapping
from time import sleep as _sleep
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from smsrepo import __version__
from smsrepo.errors import CannotRunError
from smsrepo.forge.exchange import Answer, NoAnswer, exchange
from smsrepo.forge.fields import Fields
from smsrepo.forge.github_refusal import refusal, seconds_to_wait

# Later versions no longer tell `merge_commit_sha`.
_API_VERSION = "2022-11-28"
_TRIES = 4
_LONGEST_WAIT = 120.0
_PAGES = 200


class Api:
    """Requests to one GitHub host with one token.

    `base` is the root of the REST API without a slash at its end; `graphql` lies on the same host. `page_size` is
    how many entries of a list are asked for at once, `sleep` waits for seconds, `timeout` is in seconds.
    """

    def __init__(
        self,
        base: str,
        graphql: str,
        token: str,
        *,
        page_size: int = 100,
        timeout: float = 30.0,
        sleep: Callable[[float], None] = _sleep,
    ) -> None:
        self._base, self._graphql = base, graphql
        self._page_size, self._timeout, self._sleep = page_size, timeout, sleep
        self._headers = {
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "User-Agent": f"smsrepo/{__version__}",
            "X-GitHub-Api-Version": _API_VERSION,
        }

    def get(self, path: str, what: str) -> Fields:
        """One object."""
        return Fields(self._json(self._read(self._base + path), path), what)

    def exists(self, path: str) -> bool:
        """Whether GitHub says yes (204) or no (404) to a question that has no other answer."""
        answer = self._ask("GET", self._base + path, None, repeat=True)
        if answer.status not in (204, 404):
            raise refusal(answer, "GET", path)
        return answer.status == 204

    def every(self, path: str, what: str, **query: str) -> list[Fields]:
        """All entries of a list, over all its pages."""
        url = f"{self._base}{path}?{urlencode({**query, 'per_page': str(self._page_size)})}"
        entries: list[Fields] = []
        seen: set[str] = set()
        while url:
            if url in seen or len(seen) == _PAGES:
                raise CannotRunError(f"GitHub's list {path} does not end", "Try again later.")
            seen.add(url)
            answer = self._read(url)
            page = self._json(answer, path)
            if not isinstance(page, list):
                raise CannotRunError(f"GitHub did not answer with a list for {path}", "Try again later.")
            entries += [Fields(one, what) for one in page]
            url = self._next(url, answer, full=len(page) >= self._page_size)
        return entries

    def send(self, method: str, path: str, payload: Mapping[str, object], what: str) -> Fields:
        """Creates (POST) or changes (PATCH) something; a creation whose answer was lost is not sent again."""
        body = json.dumps(payload).encode()
        answer = self._ask(method, self._base + path, body, repeat=method != "POST")
        if not 200 <= answer.status < 300:
            raise refusal(answer, method, path)
        return Fields(self._json(answer, path), what)

    def own_login(self) -> str:
        """The login the token acts under. REST does not tell it to the token of a workflow; GraphQL does."""
        body = json.dumps({"query": "{ viewer { login } }"}).encode()
        answer = self._ask("POST", self._graphql, body, repeat=True)
        if answer.status != 200:
            raise refusal(answer, "POST", "graphql")
        return Fields(self._json(answer, "graphql"), "graphql").inner("data").inner("viewer").text("login")

    def _read(self, url: str) -> Answer:
        answer = self._ask("GET", url, None, repeat=True)
        if answer.status != 200:
            raise refusal(answer, "GET", urlsplit(url).path)
        return answer

    def _ask(self, method: str, url: str, body: bytes | None, *, repeat: bool) -> Answer:
        """Asks until there is an answer; `repeat` where a lost request may be sent again."""
        for attempt in range(_TRIES):
            last = attempt == _TRIES - 1
            try:
                answer = exchange(method, url, self._headers, body, self._timeout)
            except NoAnswer as error:
                if last or not repeat:
                    raise CannotRunError(
                        f"GitHub gave no complete answer: {error}", "Check the network, then try again."
                    ) from error
                self._sleep(2.0**attempt)
                continue
            wait = seconds_to_wait(answer, attempt, repeat=repeat)
            if wait is None or last:
                return answer
            if wait > _LONGEST_WAIT:
                raise CannotRunError(
                    f"GitHub takes no more requests for {wait / 60:.0f} minutes", "Try again after that."
                )
            self._sleep(wait)
        raise AssertionError("the last try answers or raises")

    def _next(self, url: str, answer: Answer, *, full: bool) -> str:
        """The URL of the next page, or "".

        A full page without a link to the next is not believed to be the last: proxies drop headers.
        """
        for link in answer.headers.get("Link", "").split(","):
            found = re.match(r'\s*<([^>]*)>\s*;.*\brel="?next\b', link)
            if found:
                return self._same_host(urljoin(url, found[1]))
        if not full:
            return ""
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query))
        query["page"] = str(int(query.get("page", "1")) + 1)
        return parts._replace(query=urlencode(query)).geturl()

    def _same_host(self, url: str) -> str:
        if urlsplit(url)[:2] != urlsplit(self._base)[:2]:
            raise CannotRunError(
                f"GitHub continues a list at another host: {urlsplit(url).netloc}",
                "The token is not sent there. Check GITHUB_API_URL.",
            )
        return url

    @staticmethod
    def _json(answer: Answer, path: str) -> object:
        try:
            return json.loads(answer.body)
        except ValueError as error:  # what is no UTF-8 is a ValueError too
            raise CannotRunError(f"GitHub's answer for {path} is not JSON", "Try again later.") from error
