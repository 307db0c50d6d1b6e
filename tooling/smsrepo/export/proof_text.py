"""The proof of a replay for people: what it rests on, what was replayed, what was found, what git cannot prove."""

import json
from dataclasses import asdict

import click

from smsrepo.check.verify import Proof
from smsrepo.control.register import State
from smsrepo.control.tally import tally
from smsrepo.export.text import block
from smsrepo.model.words import count

LIMITS = (
    "When something really happened. Times are those of whoever committed; they never run backwards here. A checkpoint "
    "kept elsewhere, or a time-stamp authority, narrows it down.",
    "That the history was not rewritten from its first commit on. Compare the digest of the genesis, and a checkpoint "
    "kept elsewhere (sms verify --checkpoint FILE).",
    "Who wrote what. Authors are whom the commits name: a name can be made up, and a squashed commit names only those "
    "whom the forge named. The gate sees every commit of a pull request, and asks the forge.",
    "What a merge brought is judged as a whole. A main branch that was itself merged as a side branch shows only "
    "against a checkpoint.",
    "What happened on a forge before a merge: withdrawn reviews, deleted branches, rejections that were never merged.",
)
"""What git alone cannot prove: said in every report."""


def text(proof: Proof) -> str:
    """The report: findings first, then what the verdict rests on."""
    blocks = [block(finding) for finding in proof.findings]
    return "\n".join([*blocks, "\n".join([*_account(proof), "", _verdict(proof)])]) + "\n"


def as_json(proof: Proof) -> str:
    """The same for programs: fields are added, never changed."""
    replay = proof.register.replay
    data = {
        "as_of": proof.on.isoformat(),
        "proven": proof.proven,
        "genesis": {
            "commit": replay.genesis.commit,
            "digest": replay.digest_at_genesis(),
            "adopted": proof.adopted,
        },
        "head": replay.head,
        "steps": proof.steps,
        "acts": {"signed": proof.signed, "platform": proof.acts - proof.signed},
        "findings": [asdict(finding) for finding in proof.findings],
        "settled": [{**asdict(finding), "nonconformity": ncr} for finding, ncr in proof.settled],
        "notes": list(proof.notes),
        "not_provable": list(LIMITS),
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _account(proof: Proof) -> list[str]:
    replay, register = proof.register.replay, proof.register
    found = tally(register, proof.on)
    lines = [
        click.style(f"Document control of {register.settings.organisation}, as of {proof.on}", bold=True),
        f"  Genesis    {replay.genesis.day}, commit {replay.genesis.commit[:12]}, {replay.digest_at_genesis()}",
        f"             {count(proof.adopted, 'document')} stood issued then and were taken over: "
        "their earlier approval is not proven here.",
        f"  Replayed   {count(proof.steps, 'step')} up to commit {replay.head[:12]}: "
        f"{count(proof.signed, 'signed approval')}, "
        f"{proof.acts - proof.signed} from reviews on a forge",
        f"  In force   {count(found.states[State.EFFECTIVE], 'document')}. "
        f"Waiting for approval: {found.number(State.IN_REVIEW)}; drafts: {found.number(State.DRAFT)}; "
        f"withdrawn: {found.states[State.OBSOLETE]}.",
        "",
        "What git alone cannot prove:",
        *(f"  - {limit}" for limit in LIMITS),
    ]
    if proof.settled:
        lines += ["", "Settled by a nonconformity (sms/deviations.yml):"]
        lines += [f"  - {f.commit[:10]} {f.path}: {f.message} ({f.rule}): {ncr}" for f, ncr in proof.settled]
    if proof.notes:
        lines += ["", "Counted, with a note:", *(f"  - {note}" for note in proof.notes)]
    return lines


def _verdict(proof: Proof) -> str:
    return click.style(proof.verdict, fg="green" if proof.proven else "red")
