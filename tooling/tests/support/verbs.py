"""The verbs of scenarios: each a pattern and what it does."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import yaml

from smsrepo.check.catalogue import built_in
from smsrepo.check.engine import Report
from smsrepo.check.gate import gate
from smsrepo.check.merge import merged
from smsrepo.check.reviewed import reviewed_commits
from smsrepo.control import checkpoint, statement
from smsrepo.control.checkpoint import next_checkpoint
from smsrepo.control.digest import ABSENT, Member, document_digest, sha256
from smsrepo.control.policy import CODEOWNERS
from smsrepo.control.register import Register, state_of
from smsrepo.control.statement import MEANINGS, Statement, Subject
from smsrepo.load import front_matter
from smsrepo.load.snapshot import load
from smsrepo.load.source import WorktreeSource
from smsrepo.load.yaml_dialect import parse
from smsrepo.model.forge_facts import Account, PullRequest, Review
from smsrepo.pack import codeowners
from smsrepo.pack.yaml_text import dump
from smsrepo.ssh.sshsig import NAMESPACE
from support import small_sms
from support.scenario import CHANGE, Play

ID = r"[A-Z]{2,4}(?:-\d{4})?-\d{3,6}"
VERBS: list[tuple[re.Pattern[str], Callable[..., None]]] = []
_ACTIONS = {
    "approves": "approve", "rejects": "reject", "revokes": "revoke", "reviews": "periodic-review",
    "approves withdrawal of": "withdraw", "approves disposal of": "dispose", "acknowledges": "acknowledge",
}  # fmt: skip


def verb(pattern: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    def note(act: Callable[..., None]) -> Callable[..., None]:
        VERBS.append((re.compile(pattern), act))
        return act

    return note


@verb(r"on (?P<day>\d{4}-\d\d-\d\d)")
def move_time(play: Play, day: str) -> None:
    play.now = datetime.fromisoformat(f"{day}T10:00:00+00:00")


@verb(r"control began with the digest of other files")
def begin_otherwise(play: Play) -> None:
    file = play.repo.path / "sms/genesis.yml"
    data = parse(file.read_text())
    file.write_text(dump({**data, "digest": f"sha256:{sha256(b'other')}"}))
    play.repo.git(
        "commit", "--quiet", "--all", "--amend", "--no-edit", **small_sms.made_by("anna", small_sms.BEGAN)
    )


@verb(rf"control began with (?P<id>{ID})(?P<fields>(?: [a-z_]+=\S+)+)")
def begin_with(play: Play, id: str, fields: str) -> None:
    path = _path(play, id)
    written = front_matter.split((play.repo.path / path).read_text())
    play.repo.write(path, f"---\n{dump({**parse(written.header), **_fields(fields)})}---\n{written.body}")
    files = [name for name in play.repo.git("ls-files").splitlines() if name != "sms/genesis.yml"]
    play.repo.write(
        "sms/genesis.yml", small_sms.genesis({name: (play.repo.path / name).read_text() for name in files})
    )
    play.repo.git(
        "commit", "--quiet", "--all", "--amend", "--no-edit", **small_sms.made_by("anna", small_sms.BEGAN)
    )


# --- what people write ------------------------------------------------------------------------------------------


@verb(rf"(?P<who>\w+) (?P<how>drafts|issues|withdraws) (?P<id>{ID}) (?P<revision>[\d.x]+)(?P<fields>(?: [a-z_]+=\S+)*)(?:: (?P<text>.+))?")  # fmt: skip
def revise(play: Play, who: str, how: str, id: str, revision: str, fields: str, text: str | None) -> None:
    status = {"drafts": "draft", "issues": "issued", "withdraws": "obsolete"}[how]
    _edit(play, id, {"revision": revision, "status": status, **_fields(fields)}, text)
    play.commit(who, f"{how} {id} {revision}")


@verb(rf"(?P<who>\w+) edits (?P<id>{ID})(?P<fields>(?: [a-z_]+=\S+)*)(?:: (?P<text>.+))?")
def edit(play: Play, who: str, id: str, fields: str, text: str | None) -> None:
    _edit(play, id, _fields(fields), text)
    play.commit(who, f"Edit {id}")


@verb(rf"(?P<who>\w+) adds (?P<id>{ID}) as (?P<type>[a-z-]+) in (?P<path>\S+?)(?P<fields>(?: [a-z_]+=\S+)*)(?:: (?P<text>.+))?")  # fmt: skip
def add(play: Play, who: str, id: str, type: str, path: str, fields: str, text: str | None) -> None:
    play.on_branch()
    play.repo.write(path, small_sms.document(id, type, id, text or "A text.", **_fields(fields)) if path.endswith(".md") else
                    dump({"id": id, "type": type, "title": id, **_fields(fields)}))  # fmt: skip
    play.commit(who, f"Add {id}")


@verb(r"(?P<who>\w+) deletes (?P<what>\S+)")
def delete(play: Play, who: str, what: str) -> None:
    play.on_branch()
    (play.repo.path / _path(play, what)).unlink()
    play.commit(who, f"Delete {what}")


@verb(rf"(?P<who>\w+) disposes of (?P<id>{ID}) in (?P<disposal>{ID})")
def dispose(play: Play, who: str, id: str, disposal: str) -> None:
    """Takes a record away and leaves its tombstone in a disposal record."""
    play.on_branch()
    file, day = play.repo.path / _path(play, id), play.now.date().isoformat()
    gone = {
        "record": id,
        "type": parse(file.read_text())["type"],
        "digest": _subject(play, id, None).digest,
        "due": day,
    }
    play.repo.write(f"sms/records/disposals/{disposal}-gone.yml", dump(
        {"id": disposal, "type": "disposal", "title": "Gone", "status": "closed", "recorded_on": day,
         "recorded_by": small_sms.person_id(who), "reason": "Its time is over.", "records": [gone]}
    ))  # fmt: skip
    file.unlink()
    play.commit(who, f"Dispose of {id}")


@verb(r"(?P<who>\w+) moves (?P<what>\S+) to (?P<to>\S+)")
def move(play: Play, who: str, what: str, to: str) -> None:
    play.on_branch()
    content = (play.repo.path / _path(play, what)).read_bytes()
    (play.repo.path / _path(play, what)).unlink()
    play.repo.write(to, content)
    play.commit(who, f"Move {what}")


@verb(rf"(?P<who>\w+) copies (?P<what>\S+) to (?P<to>\S+)(?: as (?P<id>{ID}))?")
def copy(play: Play, who: str, what: str, to: str, id: str | None) -> None:
    play.on_branch()
    content = (play.repo.path / _path(play, what)).read_text()
    play.repo.write(to, content.replace(what, id) if id else content)
    play.commit(who, f"Copy {what}")


@verb(r"(?P<who>\w+) brings back (?P<what>\S+) as it was in the beginning")
def bring_back(play: Play, who: str, what: str) -> None:
    play.on_branch()
    first = play.repo.git("rev-list", "--max-parents=0", "main")
    files = play.repo.git("ls-tree", "-r", "--name-only", first).splitlines()
    path = next(path for path in files if path.rpartition("/")[2].startswith(what))
    play.repo.git("checkout", "--quiet", first, "--", path)
    play.commit(who, f"Bring back {what}")


@verb(r"(?P<who>\w+) makes (?P<what>\S+) (?P<kind>executable|a submodule)")
def make_odd(play: Play, who: str, what: str, kind: str) -> None:
    play.on_branch()
    if kind == "executable":
        (play.repo.path / _path(play, what)).chmod(0o755)
    else:
        (play.repo.path / what).mkdir(parents=True)
        play.repo.git("update-index", "--add", "--cacheinfo", f"160000,{play.repo.head()},{what}")
    play.commit(who, f"Make {what} {kind}")


@verb(r"(?P<who>\w+) writes (?P<path>\S+): (?P<text>.+)")
def write(play: Play, who: str, path: str, text: str) -> None:
    play.on_branch()
    play.repo.write(path, text.replace("\\n", "\n") + "\n")
    play.commit(who, f"Write {path}")


@verb(r"(?P<who>\w+) generates CODEOWNERS")
def generate_codeowners(play: Play, who: str) -> None:
    play.on_branch()
    play.repo.write(CODEOWNERS, codeowners.render(load(WorktreeSource(play.repo.path)), play.now.date()))
    play.commit(who, "Write CODEOWNERS")


@verb(r"(?P<who>\w+) links (?P<path>\S+) to (?P<target>\S+)")
def link(play: Play, who: str, path: str, target: str) -> None:
    play.on_branch()
    (play.repo.path / path).unlink(missing_ok=True)
    (play.repo.path / path).symlink_to(target)
    play.commit(who, f"Link {path}")


@verb(r"(?P<who>\w+) sets (?P<path>sms/[a-z]+\.yml) (?P<pointer>\S+) to (?P<value>.+)")
def set_(play: Play, who: str, path: str, pointer: str, value: str) -> None:
    """`sets sms/people.yml people[anna-nowak].keys[0].to to "2026-01-01"`; `[+]` adds to a list.

    `KEY-OF-mallory` in a value stands for the public key that Mallory signs with.
    """
    play.on_branch()
    data = parse((play.repo.path / path).read_text())
    value = re.sub(r"KEY-OF-(\w+)", lambda match: small_sms.key(match[1]).public, value)
    _set(data, pointer, yaml.safe_load(value))
    play.repo.write(path, dump(data))
    play.commit(who, f"Set {path}")


@verb(r"(?P<who>\w+) replaces (?P<old>\S+) with (?P<new>\S+) in the last (?P<what>statement|signature)")
def tamper(play: Play, who: str, old: str, new: str, what: str) -> None:
    play.on_branch()
    file = play.repo.path / (play.statements[-1] + (".sig" if what == "signature" else ""))
    assert old in file.read_text()
    file.write_text(file.read_text().replace(old, new))
    play.commit(who, "Tamper")


@verb(r"(?P<who>\w+) deletes the last (?P<what>statement|signature)")
def delete_statement(play: Play, who: str, what: str) -> None:
    play.on_branch()
    (play.repo.path / (play.statements[-1] + (".sig" if what == "signature" else ""))).unlink()
    play.commit(who, "Delete")


# --- what people sign -------------------------------------------------------------------------------------------


@verb(
    r"(?P<who>\w+) (?P<act>approves withdrawal of|approves disposal of|approves|rejects|revokes|reviews|acknowledges)"
    r" (?P<what>\S+(?: (?:\S+/\S+|[A-Z]{2,4}-\d{3}))*)(?: as (?P<role>[a-z-]+))?(?: of revision (?P<revision>[\d.]+))?"
    r"(?: with the key of (?P<key>[\w-]+))?(?: signed at (?P<at>\S+))?(?: for (?P<purpose>[a-z]+))?"
    r"(?P<elsewhere> of another repository)?(?P<forge> on the forge)?(?P<aside> in the wrong folder)?"
)
def sign(
    play: Play, who: str, act: str, what: str, role: str | None, revision: str | None, key: str | None,
    at: str | None, purpose: str | None, elsewhere: str | None, forge: str | None, aside: str | None,
) -> None:  # fmt: skip
    play.on_branch()
    moment = datetime.fromisoformat(f"{at}T10:00:00+00:00") if at else play.now
    first = small_sms.ROLES.get(who, ("sms-manager",))[0] if act != "acknowledges" else ""
    action = _ACTIONS[act]
    evidence: dict[str, str | int] = {}
    if forge:
        evidence = {
            "forge": "github",
            "login": f"gh-{who}",
            "user": 1,
            "review": 1,
            "commit": play.repo.head(),
            "url": "x",
        }
    said = Statement(
        "99999999-2222-4333-8444-555555555555" if elsewhere else small_sms.REPOSITORY, action,
        small_sms.person_id(who), small_sms.PEOPLE[who], role or first, MEANINGS[action], moment,
        "platform" if forge else "signed", tuple(_subject(play, one, revision) for one in what.split()),
        evidence=evidence,
    )  # fmt: skip
    content = statement.render(said)
    path = statement.path_of(said, content)
    if aside:
        path = path.replace("/2026/", "/2025/")
    signer = small_sms.key(key or (small_sms.COLLECTOR if forge else who))
    play.repo.write(path, content)
    play.repo.write(f"{path}.sig", signer.sign(content, purpose or NAMESPACE))
    play.statements.append(path)
    play.commit(who if not forge else "bob", f"{act} {what}")


@verb(
    r"(?P<who>\w+)(?P<bot>, a bot,)? (?P<verdict>approves|rejects) the pull request(?P<old> at its parent)?"
)
def review(play: Play, who: str, bot: str | None, verdict: str, old: str | None) -> None:
    commit = play.repo.git("rev-parse", f"{CHANGE}~1" if old else CHANGE)
    number = len(play.reviews) + 1
    user = list(small_sms.PEOPLE).index(who) + 1
    play.reviews.append(
        Review("github", f"gh-{who}", user, bool(bot), "approve" if verdict == "approves" else "reject", commit,
               play.now, number, f"https://forge.example/{number}")
    )  # fmt: skip


# --- what brings it onto main -----------------------------------------------------------------------------------


@verb(r"(?P<who>\w+) squashes the change")
def squash(play: Play, who: str) -> None:
    """One commit of this person's instead of all of them; the others are named as co-authors, as a forge does it."""
    repo = play.repo
    writers = dict.fromkeys(
        repo.git("log", "--reverse", "--format=%an <%ae>", f"main..{CHANGE}").splitlines()
    )
    repo.git("reset", "--quiet", "--soft", "main")
    others = [writer for writer in writers if writer != small_sms.identity(who)]
    repo.commit("Squash", small_sms.identity(who), play.when(), co_authors=others)


@verb(r"the change waits")
def set_aside(play: Play) -> None:
    """So that another change can come first."""
    play.repo.switch("main")
    play.repo.git("branch", "--move", CHANGE, "waiting")


@verb(r"the waiting change goes on")
def take_up(play: Play) -> None:
    play.repo.git("branch", "--move", "waiting", CHANGE)
    play.repo.switch(CHANGE)


@verb(r"the statements of the waiting change come along")
def carry_over(play: Play) -> None:
    play.on_branch()
    play.repo.git("checkout", "--quiet", "waiting", "--", "sms/approvals")
    play.commit("bob", "Carry over")


@verb(rf"(?P<who>\w+) updates the change from main, and in the merge edits (?P<id>{ID}): (?P<text>.+)")
def update_branch(play: Play, who: str, id: str, text: str) -> None:
    play.repo.switch(CHANGE)
    play.repo.merge("main", commit=False)
    _edit(play, id, {}, text)
    play.commit(who, "Merge main")


@verb(rf"(?P<who>\w+) merges, and in the merge edits (?P<id>{ID}): (?P<text>.+)")
def merge_evilly(play: Play, who: str, id: str, text: str) -> None:
    """What the merge commit holds is in no commit that anybody reviewed."""
    play.repo.switch("main")
    play.repo.merge(CHANGE, commit=False)
    path = _path(play, id)
    parts = front_matter.split((play.repo.path / path).read_text())
    play.repo.write(path, f"---\n{parts.header}---\n{parts.body.partition(chr(10) * 2)[0]}\n\n{text}\n")
    play.steps_of[play.repo.commit("Merge", small_sms.identity(who), play.when())] = play.line
    play.repo.git("branch", "-D", CHANGE)


@verb(r"(?P<who>\w+) pushes a line in which main is a branch that was merged")
def push_another_line(play: Play, who: str) -> None:
    """A merge whose first parent is an old commit: the line of main now passes that, not what it passed before."""
    main = play.repo.git("rev-parse", "main")
    tree, first = (
        play.repo.git("rev-parse", "main^{tree}"),
        play.repo.git("rev-list", "--max-parents=0", "main"),
    )
    other = play.repo.git(
        "commit-tree", tree, "-p", first, "-p", main, "-m", "Merge", **small_sms.made_by(who, play.when())
    )
    play.repo.git("update-ref", "refs/heads/main", other)
    play.repo.git("reset", "--hard", "--quiet")
    play.steps_of[other] = play.line


@verb(
    r"merge(?P<how> without naming co-authors| with a merge commit| by fast-forward)?(?P<clock> dated \S+)?"
)
def merge(play: Play, how: str | None, clock: str | None) -> None:
    repo, before = play.repo, play.repo.git("rev-parse", "main")
    mine = dict.fromkeys(repo.git("log", "--reverse", "--format=%an <%ae>", f"main..{CHANGE}").splitlines())
    writers = list(mine)
    when = f"{clock.split()[-1]}T10:00:00Z" if clock else play.when()
    repo.switch("main")
    if how == " by fast-forward":
        repo.git("merge", "--quiet", "--ff-only", CHANGE)
    elif how == " with a merge commit":
        repo.merge(CHANGE, author="Forge <noreply@forge.example>", when=when)
    else:
        repo.merge(CHANGE, squash=True)
        others = () if how else writers[1:]
        repo.commit("Merge", writers[0], when, committer="Forge <noreply@forge.example>", co_authors=others)
    repo.git("branch", "-D", CHANGE)
    play.reviews.clear()
    for commit in repo.git("rev-list", "--first-parent", f"{before}..main").split():
        play.steps_of[commit] = play.line


@verb(r"(?P<who>\w+) settles (?P<rule>[a-z-]+) of (?P<what>\S+) in the last step by (?P<ncr>\S+)")
def settle(play: Play, who: str, rule: str, what: str, ncr: str) -> None:
    commit = play.repo.git("rev-parse", "main")
    play.on_branch()
    entry = {
        "commit": commit,
        "rule": rule,
        "path": _path(play, what),
        "nonconformity": ncr,
        "why": "It was mended.",
    }
    play.repo.write("sms/deviations.yml", dump({"deviations": [entry]}))
    play.commit(who, "Settle")


@verb(r"mallory rewrites the last step")
def rewrite(play: Play) -> None:
    """The same files, in another commit."""
    play.repo.switch("main")
    at = play.steps_of[play.repo.head()]
    play.repo.git("commit", "--quiet", "--amend", "-m", "Rewritten")
    play.steps_of[play.repo.head()] = at


@verb(r"(?P<who>\w+) makes a checkpoint(?: with the key of (?P<key>\w+))?")
def make_checkpoint(play: Play, who: str, key: str | None) -> None:
    replay = play.replay()
    point = next_checkpoint(replay, replay.policy.settings, small_sms.person_id(who), play.now, None)
    content = checkpoint.render(point)
    signature = small_sms.key(key or who).sign(content, checkpoint.NAMESPACE)
    play.checkpoints.append(checkpoint.Kept(checkpoint.file_name(point), content, signature))


# --- what the product says --------------------------------------------------------------------------------------


@verb(
    r"gate(?P<queued> in the merge queue)?(?: of the pull request by (?P<author>\w+))?(?:, saying (?P<words>.+))?"
)
def ask_gate(play: Play, queued: str | None, author: str | None, words: str | None) -> None:
    root, base, head = play.repo.path, play.repo.git("rev-parse", "main"), play.repo.git("rev-parse", CHANGE)
    merge = merged(root, base, head, play.now, queued=bool(queued))
    opener = (
        Account(f"gh-{author}", list(small_sms.PEOPLE).index(author) + 1, False)
        if author
        else Account("", 0, False)
    )
    pull = PullRequest(
        "github", 1, "https://forge.example/1", "A change", opener, "main", base, head, None, None, None,
        tuple(play.reviews),
    )  # fmt: skip
    reviewed = reviewed_commits(root, pull)
    verdict = gate(merge.history, merge.step, built_in().values(), Report(()), pull, reviewed)
    play.found[play.line] = Counter(finding.rule for finding in verdict.findings)
    play.told += verdict.findings
    heard = [f"{f.message} {f.hint}" for f in verdict.findings] + [
        refusal.reason for refusal in verdict.refusals
    ]
    heard += verdict.notes
    play.said += heard
    assert words is None or any(words in one for one in heard), heard


@verb(r"verify(?:, saying (?P<words>.+))?")
def ask_verify(play: Play, words: str | None) -> None:
    proof = play.proof()
    play.found[play.line] = Counter(finding.rule for finding in proof.findings if not finding.commit)
    heard = [f"{f.message} {f.hint}" for f in proof.findings] + list(proof.notes)
    play.said += heard
    assert words is None or any(words in one for one in heard), heard


@verb(rf"(?P<id>{ID}) is (?P<state>draft|in review|approved|effective|superseded|obsolete|revoked|unknown|suspect)(?: (?P<revision>[\d.]+))?(?: on (?P<day>\S+))?")  # fmt: skip
def stands(play: Play, id: str, state: str, revision: str | None, day: str | None) -> None:
    register = Register(play.replay())
    on = date.fromisoformat(day) if day else play.now.date()
    standing = register.standing(id, on)
    if state == "unknown":
        assert standing is None
        return
    assert standing is not None, f"{id} is not in the register"
    if state == "suspect":
        assert standing.suspect
        return
    lineage = register.lineages[id]
    if revision is None:
        assert standing.state == state, standing
        return
    states = {r.version.revision: state_of(lineage, r, on) for r in lineage.revisions}
    assert states.get(revision) == state, states


# --- how it is done ---------------------------------------------------------------------------------------------


def _fields(text: str) -> dict[str, Any]:
    return {name: yaml.safe_load(value) if value[:1] in "[{" else value
            for name, _, value in (pair.partition("=") for pair in text.split())}  # fmt: skip


def _path(play: Play, what: str) -> str:
    if "/" in what or what.startswith("."):
        return what
    return next(
        p for p in play.repo.git("ls-files", "-z").split("\0") if p.rpartition("/")[2].startswith(what)
    )


def _edit(play: Play, id: str, fields: dict[str, Any], text: str | None) -> None:
    play.on_branch()
    path = _path(play, id)
    written = (play.repo.path / path).read_text()
    parts = front_matter.split(written) if path.endswith(".md") else None
    data = {**parse(parts.header if parts else written), **fields}
    data = {name: value for name, value in data.items() if value != "none"}
    if parts is None and text:
        data["description"] = text
    heading = f"# {data['title']}\n\n"
    body = (f"{heading}{text}\n" if text else parts.body) if parts else ""
    play.repo.write(path, f"---\n{dump(data)}---\n{body}" if parts else dump(data))


def _set(data: Any, pointer: str, value: Any) -> None:
    steps: list[Any] = [step or index for step, index in re.findall(r"([\w-]+)|\[([^\]]+)\]", pointer)]
    for step in steps[:-1]:
        data = data[_index(data, step)]
    if steps[-1] == "+":
        data.append(value)
    elif value is None:
        del data[_index(data, steps[-1])]
    else:
        data[_index(data, steps[-1])] = value


def _index(data: Any, step: str) -> Any:
    if not isinstance(data, list):
        return step
    found = (n for n, one in enumerate(data) if isinstance(one, dict) and one.get("id") == step)
    return int(step) if step.isdigit() else next(found)


def _subject(play: Play, what: str, revision: str | None) -> Subject:
    file = play.repo.path / _path(play, what)
    members = [_member(play, file.relative_to(play.repo.path).as_posix(), ".")] if file.exists() else []
    replay = play.replay()
    if "/" in what or what.startswith("."):
        before = replay.policies.digest(replay.policies.approved(what))
        return Subject("policy", what, "", document_digest(members) if members else ABSENT, before)
    written = file.read_text()
    data = parse(front_matter.split(written).header if file.suffix == ".md" else written)
    folder = file.parent.relative_to(play.repo.path).as_posix()
    members += [_member(play, f"{folder}/{name}", name) for name in data.get("attachments", ())]
    digest = document_digest(members)
    if "revision" not in data:
        return Subject("record", data["id"], "", digest)
    lineage = replay.lineages.get(data["id"])
    approved = (
        [r for r in lineage.revisions if r.approved and not r.ended and r.version.digest != digest]
        if lineage
        else []
    )
    return Subject(
        "document",
        data["id"],
        revision or str(data["revision"]),
        digest,
        approved[-1].version.digest if approved else "",
    )


def _member(play: Play, path: str, name: str) -> Member:
    content = (play.repo.path / path).read_bytes()
    return Member("100644", name, len(content), sha256(content))
