"""A small GitHub on this machine: real HTTP, the published shapes, lists in pages, mishaps by script."""

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from forge import shapes
from forge.contracts import violations


class Request(NamedTuple):
    method: str
    path: str
    query: dict[str, str]
    token: str
    body: Any


class Reply(NamedTuple):
    """What a mishap answers instead; with `cut`, the connection breaks before the body is complete."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = {}  # noqa: RUF012 — never changed
    cut: bool = False


def refused(status: int, message: str = "Not Found", **headers: str) -> Reply:
    body = {"message": message, "documentation_url": "https://docs.github.com/rest", "status": str(status)}
    assert not violations("error", body)
    return Reply(status, json.dumps(body).encode(), {k.replace("_", "-"): v for k, v in headers.items()})


class FakeGitHub:
    """The state of one repository; `broken` collects everything that left the published shape."""

    def __init__(self) -> None:
        self.login = shapes.WORKFLOW
        self.pulls: dict[int, dict[str, Any]] = {}
        self.reviews: dict[int, list[dict[str, Any]]] = {}
        self.pulls_of: dict[str, list[dict[str, Any]]] = {}
        self.issues: list[dict[str, Any]] = []
        self.comments: list[dict[str, Any]] = []
        self.assignable = {"anna", "ben"}
        self.page_size = 2
        self.tells_next_page = True
        self.mishaps: list[Reply | None] = []
        self.requests: list[Request] = []
        self.broken: list[str] = []
        self.url = ""

    def asked(self) -> list[str]:
        """The requests so far, each as method and path below the repository."""
        return [f"{r.method} {r.path.removeprefix(f'/repos/{shapes.REPOSITORY}')}" for r in self.requests]

    def answer(self, request: Request) -> Reply:
        self.requests.append(request)
        if self.mishaps and (mishap := self.mishaps.pop(0)):
            return mishap
        if request.path == "/graphql":
            assert request.body == {"query": "{ viewer { login } }"}
            return self._told("viewer", {"data": {"viewer": {"login": self.login}}})
        # As on GitHub, the links between pages name the repository by its number.
        below = re.sub(
            rf"^/(repos/{shapes.REPOSITORY}|repositories/{shapes.REPOSITORY_ID})(?=/|$)", "", request.path
        )
        for method, pattern, answer in self._routes():
            found = re.fullmatch(pattern, below)
            if found and method == request.method and below != request.path:
                return answer(request, *found.groups())
        return refused(404)

    def _routes(self) -> list[tuple[str, str, Any]]:
        return [
            ("GET", r"/pulls/(\d+)", self._pull),
            (
                "GET",
                r"/pulls/(\d+)/reviews",
                lambda r, n: self._listed(r, "review", self.reviews.get(int(n), [])),
            ),
            ("GET", r"/commits/(\w+)/pulls", self._pulls_of),
            (
                "GET",
                r"/assignees/([\w-]+)",
                lambda r, who: Reply(204) if who.lower() in self.assignable else refused(404),
            ),
            ("GET", r"/issues", self._open_issues),
            ("POST", r"/issues", self._create_issue),
            ("PATCH", r"/issues/(\d+)", self._update_issue),
            ("GET", r"/issues/7/comments", lambda r: self._listed(r, "issue-comment", self.comments)),
            ("POST", r"/issues/7/comments", self._create_comment),
            ("PATCH", r"/issues/comments/(\d+)", self._update_comment),
        ]

    def _pull(self, request: Request, number: str) -> Reply:
        return (
            self._told("pull-request", self.pulls[int(number)]) if int(number) in self.pulls else refused(404)
        )

    def _pulls_of(self, request: Request, commit: str) -> Reply:
        if commit not in self.pulls_of:
            return refused(422, f"No commit found for SHA: {commit}")
        return self._listed(
            request, "pull-request-of-commit", [shapes.of_commit(p) for p in self.pulls_of[commit]]
        )

    def _open_issues(self, request: Request) -> Reply:
        wanted = {"labels": "sms-due", "state": "open", "sort": "created", "direction": "asc"}
        assert wanted.items() <= request.query.items()
        has_label = [i for i in self.issues if any(label["name"] == "sms-due" for label in i["labels"])]
        return self._listed(request, "issue", [i for i in has_label if i["state"] == "open"])

    def _create_issue(self, request: Request) -> Reply:
        self.broken += violations("create-issue", request.body)
        given = request.body
        if not set(given["assignees"]) <= self.assignable:
            return refused(422, "Validation Failed")
        made = shapes.issue(len(self.issues) + 1, given["title"], given["body"], self.login)
        made["assignees"] = [shapes.user(login) for login in given["assignees"]]
        made["labels"] = [{"id": 1, "name": name, "color": "ededed"} for name in given["labels"]]
        self.issues.append(made)
        return self._told("issue", made, 201)

    def _update_issue(self, request: Request, number: str) -> Reply:
        self.broken += violations("update-issue", request.body)
        (changed,) = [i for i in self.issues if i["number"] == int(number)]
        given = dict(request.body)
        if "assignees" in given:
            given["assignees"] = [shapes.user(login) for login in given["assignees"]]
        changed.update(given)
        return self._told("issue", changed)

    def _create_comment(self, request: Request) -> Reply:
        self.broken += violations("comment", request.body)
        self.comments.append(shapes.comment(len(self.comments) + 1, request.body["body"], self.login))
        return self._told("issue-comment", self.comments[-1], 201)

    def _update_comment(self, request: Request, number: str) -> Reply:
        self.broken += violations("comment", request.body)
        (changed,) = [c for c in self.comments if c["id"] == int(number)]
        changed.update(request.body)
        return self._told("issue-comment", changed)

    def _told(self, name: str, thing: dict[str, Any], status: int = 200) -> Reply:
        self.broken += violations(name, thing)
        return Reply(status, json.dumps(thing).encode())

    def _listed(self, request: Request, name: str, things: list[dict[str, Any]]) -> Reply:
        self.broken += violations(name, things, many=True)
        size, page = min(self.page_size, int(request.query["per_page"])), int(request.query.get("page", "1"))
        below = request.path.split(shapes.REPOSITORY)[-1].split(str(shapes.REPOSITORY_ID))[-1]
        pages = max(1, -(-len(things) // size))
        numbers = {"prev": page - 1, "next": page + 1, "last": pages, "first": 1}
        links = [
            f'<{self.url}/repositories/{shapes.REPOSITORY_ID}{below}?{urlencode(request.query | {"page": n})}>; rel="{rel}"'
            for rel, n in numbers.items()
            if 1 <= n <= pages and (rel != "first" or page > 1) and (rel != "last" or page < pages)
        ]
        headers = {"Link": ", ".join(links)} if links and self.tells_next_page else {}
        return Reply(200, json.dumps(things[(page - 1) * size : page * size]).encode(), headers)


@contextmanager
def serving(fake: FakeGitHub) -> Iterator[FakeGitHub]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            parts = urlsplit(self.path)
            token = self.headers.get("Authorization", "")
            query = dict(parse_qsl(parts.query))
            reply = fake.answer(Request(self.command, parts.path, query, token, body))
            self.send_response_only(reply.status)
            for name, value in ({"Date": "Fri, 20 Nov 2026 10:00:00 GMT"} | reply.headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) + (10 if reply.cut else 0)))
            self.end_headers()
            self.wfile.write(reply.body)
            self.close_connection = True

        do_GET = do_POST = do_PATCH = handle_any  # noqa: N815 — names that http.server looks for

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        fake.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield fake
        finally:
            server.shutdown()
            thread.join()
