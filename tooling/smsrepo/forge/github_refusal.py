"""What GitHub means when it does not give what was asked: wait, or stop with a clear word."""

import json
from email.utils import parsedate_to_datetime

from smsrepo.errors import CannotRunError
from smsrepo.forge.exchange import Answer

# Without a hint from GitHub its documentation asks for at least a minute, then for longer each time.
_SECONDARY_LIMIT = 60.0

_MOVED = "The repository was renamed or moved: set GITHUB_REPOSITORY to its name of today. The token is not sent on."
_HINTS = {
    **dict.fromkeys((301, 302, 307, 308), _MOVED),
    401: "GITHUB_TOKEN is not valid, or no longer.",
    403: "The token lacks a permission: `pull-requests` to read, `issues` or `pull-requests` to write.",
    404: "It does not exist, or the token may not see it. Check GITHUB_REPOSITORY, the number and the permissions.",
    410: "Issues are switched off in this repository.",
}


def seconds_to_wait(answer: Answer, attempt: int, *, repeat: bool) -> float | None:
    """How long to wait before the same request again; None where it makes no sense. `attempt` counts from 0.

    A request refused for a rate limit was not carried out and may always be sent again. After a 5xx, only one
    that may be carried out twice (`repeat`).
    """
    if answer.status in (403, 429):
        return _rate_limit(answer, attempt)
    return 2.0**attempt if answer.status >= 500 and repeat else None


def _rate_limit(answer: Answer, attempt: int) -> float | None:
    after = answer.headers.get("Retry-After", "")
    if after.isdecimal():
        return float(after)
    reset = answer.headers.get("X-RateLimit-Reset", "")
    if answer.headers.get("X-RateLimit-Remaining") == "0" and reset.isdecimal():
        return max(1.0, float(reset) - _servers_clock(answer, float(reset) - _SECONDARY_LIMIT))
    if answer.status == 429 or "rate limit" in said(answer).lower():
        return _SECONDARY_LIMIT * 2.0**attempt
    return None


def _servers_clock(answer: Answer, otherwise: float) -> float:
    """Seconds since 1970 by the clock that also set the reset time: ours may be wrong."""
    try:
        return parsedate_to_datetime(answer.headers.get("Date", "")).timestamp()
    except ValueError:
        return otherwise


def refusal(answer: Answer, method: str, path: str) -> CannotRunError:
    """The words for an answer that cannot be used."""
    reason = said(answer)
    return CannotRunError(
        f"GitHub answered {answer.status} to {method} {path}{': ' if reason else ''}{reason}",
        _HINTS.get(answer.status, "Try again later."),
    )


def said(answer: Answer) -> str:
    """GitHub's own message in one printable line of at most 200 characters; "" where there is none."""
    try:
        data = json.loads(answer.body)
    except ValueError:
        return ""
    message = data.get("message") if isinstance(data, dict) else None
    return " ".join("".join(c if c.isprintable() else " " for c in str(message or "")).split())[:200]
