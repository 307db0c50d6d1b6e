"""What we write on GitHub: one open issue per thing due, one comment per topic. Both are found again by a marker."""

import re
from collections.abc import Sequence
from urllib.parse import quote

from smsrepo.forge.fields import Fields
from smsrepo.forge.github_api import Api

LABEL = "sms-due"
_KEY = re.compile(r"(?!.*--)[A-Za-z0-9][A-Za-z0-9._:-]*(?<!-)\Z")  # nothing that ends an HTML comment
# GitHub refuses longer texts.
_LONGEST = 65_000
_CUT = "\n\n*The rest does not fit here.*"


def put_issue(api: Api, repository: str, key: str, title: str, body: str, assignees: Sequence[str]) -> str:
    """Keeps one open issue for a key, as `Forge.put_issue` promises; `repository` is "/repos/owner/name"."""
    marker = _marker("due", key)
    ours = _open_issues(api, repository, marker)
    for repeated in ours[1:]:
        _change(api, repository, repeated, {"state": "closed", "state_reason": "not_planned"})
    if not ours:
        return _open(api, repository, title, marker + body, assignees) if body else ""
    if not body:
        return _change(api, repository, ours[0], {"state": "closed", "state_reason": "completed"})
    return _bring_up_to_date(api, repository, ours[0], title, marker + body, assignees)


def put_comment(api: Api, repository: str, number: int, key: str, body: str) -> str:
    """Keeps one comment for a key, as `Forge.comment` promises; `repository` is "/repos/owner/name"."""
    marker = _marker("comment", key)
    text = _fitting(marker + body)
    comments = api.every(f"{repository}/issues/{number}/comments", "comment")
    marked = [comment for comment in comments if _starts_with(comment, marker)]
    own = _own(api, marked)
    if not own:
        path = f"{repository}/issues/{number}/comments"
        return api.send("POST", path, {"body": text}, "comment").text("html_url")
    if not _same(own[0].text("body"), text):
        path = f"{repository}/issues/comments/{own[0].number('id')}"
        return api.send("PATCH", path, {"body": text}, "comment").text("html_url")
    return own[0].text("html_url")


def _open_issues(api: Api, repository: str, marker: str) -> list[Fields]:
    """Our open issues with this marker, oldest first: more than one where two runs met."""
    issues = api.every(
        f"{repository}/issues", "issue", labels=LABEL, state="open", sort="created", direction="asc"
    )
    return _own(
        api, [issue for issue in issues if not issue.has("pull_request") and _starts_with(issue, marker)]
    )


def _open(api: Api, repository: str, title: str, body: str, assignees: Sequence[str]) -> str:
    issue = {
        "title": title,
        "body": _fitting(body),
        "labels": [LABEL],
        "assignees": _assignable(api, repository, assignees),
    }
    return api.send("POST", f"{repository}/issues", issue, "issue").text("html_url")


def _bring_up_to_date(
    api: Api, repository: str, issue: Fields, title: str, body: str, assignees: Sequence[str]
) -> str:
    changes: dict[str, object] = {}
    if issue.text("title") != title:
        changes["title"] = title
    if not _same(issue.maybe_text("body"), _fitting(body)):
        changes["body"] = _fitting(body)
    assigned = [user.text("login") for user in issue.each("assignees")] if issue.has("assignees") else []
    here = {login.lower() for login in assigned}
    more = _assignable(api, repository, [login for login in assignees if login.lower() not in here])
    if more:
        changes["assignees"] = [*assigned, *more]
    return _change(api, repository, issue, changes) if changes else issue.text("html_url")


def _change(api: Api, repository: str, issue: Fields, changes: dict[str, object]) -> str:
    path = f"{repository}/issues/{issue.number('number')}"
    return api.send("PATCH", path, changes, "issue").text("html_url")


def _assignable(api: Api, repository: str, logins: Sequence[str]) -> list[str]:
    """GitHub refuses the whole issue for one account that it cannot assign."""
    return [
        login for login in logins if login and api.exists(f"{repository}/assignees/{quote(login, safe='')}")
    ]


def _own(api: Api, notes: list[Fields]) -> list[Fields]:
    """Those that our own account wrote: anybody can write a marker."""
    if not notes:
        return []
    login = api.own_login().lower()
    return [
        note
        for note in notes
        if (user := note.maybe_inner("user")) is not None and user.text("login").lower() == login
    ]


def _marker(kind: str, key: str) -> str:
    if not _KEY.match(key):
        raise ValueError(f"not a key: {key!r}")
    return f"<!-- smsrepo:{kind}:{key} -->\n"


def _starts_with(note: Fields, marker: str) -> bool:
    return note.has("body") and _unix(note.text("body")).startswith(marker)


def _same(one: str, other: str) -> bool:
    return _unix(one).rstrip() == _unix(other).rstrip()


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n")


def _fitting(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rpartition("\n")[0] + _CUT
