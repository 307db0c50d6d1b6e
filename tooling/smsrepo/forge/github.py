"""GitHub, and GitHub Enterprise Server."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from smsrepo.errors import CannotRunError, UserError
from smsrepo.forge.github_api import Api
from smsrepo.forge.github_facts import pull_request
from smsrepo.forge.github_notes import put_comment, put_issue
from smsrepo.model.forge_facts import PullRequest

_REPOSITORY = re.compile(r"(?!.*/\.{1,2}\Z)[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+\Z")
_HASH = re.compile(r"(?:[0-9a-f]{40}|[0-9a-f]{64})\Z")
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


class GitHub:
    """The pull requests and issues of one repository on GitHub; a `Forge`.

    `pull` and `pull_of` need `pull-requests: read` and `contents: read`, `put_issue` needs `issues: write`,
    `comment` needs `pull-requests: write`.
    """

    def __init__(self, api: Api, repository: str) -> None:
        self._api = api
        self._root = f"/repos/{repository}"
        self._repository = repository

    def pull(self, number: int) -> PullRequest:
        """See `Forge.pull`."""
        path = f"{self._root}/pulls/{number:d}"
        return pull_request(self._api.get(path, "pull request"), self._api.every(f"{path}/reviews", "review"))

    def pull_of(self, commit: str) -> PullRequest | None:
        """See `Forge.pull_of`. Of several, the one whose merge made this very commit; else it cannot be told."""
        if not _HASH.match(commit):
            raise ValueError(f"not a full hash: {commit!r}")
        linked = [
            pull
            for pull in self._api.every(f"{self._root}/commits/{commit}/pulls", "pull request")
            # The list also names open pull requests, and those of repositories that share the commit.
            if pull.has("merged_at")
            and pull.inner("base").inner("repo").text("full_name").lower() == self._repository.lower()
        ]
        exact = [pull for pull in linked if pull.maybe_text("merge_commit_sha") == commit] or linked
        if len(exact) > 1:
            numbers = ", ".join(f"#{pull.number('number')}" for pull in exact)
            raise CannotRunError(
                f"commit {commit} belongs to several merged pull requests: {numbers}",
                "Name the number of the pull request instead.",
            )
        return self.pull(exact[0].number("number")) if exact else None

    def put_issue(self, key: str, title: str, body: str, assignees: Sequence[str]) -> str:
        """See `Forge.put_issue`. Ours are those with the label `sms-due`, our marker and our account."""
        return put_issue(self._api, self._root, key, title, body, assignees)

    def comment(self, number: int, key: str, body: str) -> str:
        """See `Forge.comment`."""
        return put_comment(self._api, self._root, number, key, body)


def from_environment(env: Mapping[str, str]) -> GitHub:
    """GitHub from the variables that GitHub Actions sets; raises UserError for what is missing or odd."""
    token = _variable(env, "GITHUB_TOKEN", "In a workflow: `GITHUB_TOKEN: ${{ github.token }}` under `env:`.")
    if not re.fullmatch(r"[!-~]+", token):
        raise UserError("GITHUB_TOKEN has characters that no token has", "Copy it again.")
    repository = _variable(env, "GITHUB_REPOSITORY", "It names the repository: owner/name.")
    if not _REPOSITORY.match(repository):
        raise UserError(f"GITHUB_REPOSITORY names no repository: {repository}", "Write owner/name.")
    base = _url(env, "GITHUB_API_URL", "https://api.github.com")
    graphql = _url(env, "GITHUB_GRAPHQL_URL", f"{base.removesuffix('/v3')}/graphql")
    if urlsplit(base)[:2] != urlsplit(graphql)[:2]:
        raise UserError(
            "GITHUB_API_URL and GITHUB_GRAPHQL_URL name two hosts", "The token is sent to one host only."
        )
    return GitHub(Api(base, graphql, token), repository)


def _variable(env: Mapping[str, str], name: str, hint: str) -> str:
    value = env.get(name, "").strip()
    if not value:
        raise UserError(f"{name} is not set", hint)
    return value


def _url(env: Mapping[str, str], name: str, default: str) -> str:
    url = (env.get(name, "").strip() or default).rstrip("/")
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or parts.query or parts.fragment or parts.username is not None:
        raise UserError(f"{name} is no address: {url}", "Write https://host/path.")
    if parts.scheme != "https" and not (parts.scheme == "http" and host in _HERE):
        raise UserError(f"{name} does not begin with https://", "The token is not sent over an open line.")
    return url
