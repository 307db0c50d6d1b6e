"""Things as GitHub tells them: complete in every property of the contract, sensible where nothing is said."""

from typing import Any

HOST, REPOSITORY, REPOSITORY_ID = "https://github.com", "octo/handbook", 1300192
BASE, HEAD, MERGE, OLD = "b" * 40, "a" * 40, "c" * 40, "0" * 39 + "1"
WORKFLOW = "github-actions[bot]"

_IDS = {"anna": 11, "ben": 12, "carla": 13, "ghost": 10137, WORKFLOW: 41898282}


def user(login: str) -> dict[str, Any]:
    return {
        "login": login,
        "id": _IDS.setdefault(login, 1000 + len(_IDS)),
        "node_id": "MDQ6VXNlcjE=",
        "html_url": f"{HOST}/{login.removesuffix('[bot]')}",
        "url": f"https://api.github.com/users/{login}",
        "type": "Bot" if login.endswith("[bot]") else "User",
        "site_admin": False,
    }


def review(
    number: int, login: str | None, state: str, at: str = "", commit: str | None = HEAD
) -> dict[str, Any]:
    """`number` is its id and, if no time of the day is given, the minute of its submission."""
    told = {
        "id": number,
        "node_id": "MDE3OlB1bGxSZXF1ZXN0UmV2aWV3ODA=",
        "user": user(login) if login else None,
        "body": "",
        "state": state,
        "html_url": f"{HOST}/{REPOSITORY}/pull/7#pullrequestreview-{number}",
        "pull_request_url": f"https://api.github.com/repos/{REPOSITORY}/pulls/7",
        "submitted_at": f"2026-11-20T{at or f'10:{number:02}:00'}Z",
        "commit_id": commit,
        "author_association": "COLLABORATOR",
    }
    if state == "PENDING":
        del told["submitted_at"]
    return told


def pull(number: int = 7, *, merge: str | None = None, base: str = REPOSITORY, **more: Any) -> dict[str, Any]:
    """An open pull request by anna, or one merged by ben as the commit `merge`."""
    told = {
        "id": 100 + number,
        "node_id": "MDExOlB1bGxSZXF1ZXN0MQ==",
        "url": f"https://api.github.com/repos/{base}/pulls/{number}",
        "html_url": f"{HOST}/{base}/pull/{number}",
        "number": number,
        "state": "closed" if merge else "open",
        "title": "Review the policy",
        "body": None,
        "draft": False,
        "created_at": "2026-11-20T09:00:00Z",
        "closed_at": "2026-11-20T12:00:00Z" if merge else None,
        "merged_at": "2026-11-20T12:00:00Z" if merge else None,
        "merge_commit_sha": merge or "d" * 40,  # the test merge, while it is open
        "merged": merge is not None,
        "merged_by": user("ben") if merge else None,
        "commits": 3,
        "author_association": "MEMBER",
        "user": user("anna"),
        "assignees": [],
        "base": _branch("main", BASE, base),
        "head": _branch("policy", HEAD, base),
    }
    return told | more


def of_commit(told: dict[str, Any]) -> dict[str, Any]:
    """The shorter form in which a list tells a pull request."""
    return {name: value for name, value in told.items() if name not in ("merged", "merged_by", "commits")}


def issue(number: int, title: str, body: str, login: str = WORKFLOW, **more: Any) -> dict[str, Any]:
    told = {
        "id": 5000 + number,
        "node_id": "MDU6SXNzdWUx",
        "url": f"https://api.github.com/repos/{REPOSITORY}/issues/{number}",
        "html_url": f"{HOST}/{REPOSITORY}/issues/{number}",
        "number": number,
        "state": "open",
        "state_reason": None,
        "title": title,
        "body": body,
        "created_at": "2026-11-20T09:00:00Z",
        "updated_at": "2026-11-20T09:00:00Z",
        "closed_at": None,
        "user": user(login),
        "assignees": [],
        "labels": [{"id": 1, "name": "sms-due", "color": "ededed"}],
    }
    return told | more


def comment(number: int, body: str, login: str = WORKFLOW) -> dict[str, Any]:
    return {
        "id": number,
        "node_id": "MDEyOklzc3VlQ29tbWVudDE=",
        "url": f"https://api.github.com/repos/{REPOSITORY}/issues/comments/{number}",
        "html_url": f"{HOST}/{REPOSITORY}/pull/7#issuecomment-{number}",
        "issue_url": f"https://api.github.com/repos/{REPOSITORY}/issues/7",
        "body": body,
        "created_at": "2026-11-20T09:00:00Z",
        "updated_at": "2026-11-20T09:00:00Z",
        "user": user(login),
    }


def _branch(name: str, sha: str, repository: str) -> dict[str, Any]:
    return {
        "label": f"octo:{name}",
        "ref": name,
        "sha": sha,
        "repo": {
            "id": REPOSITORY_ID,
            "full_name": repository,
            "html_url": f"{HOST}/{repository}",
            "private": True,
        },
    }
