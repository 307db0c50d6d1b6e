"""checkpoint-broken."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.checkpoint import problem
from smsrepo.control.register import Register
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule


@register_rule("checkpoint-broken", requirements=["4.3.3-s2.4"])
def check(register: Register, on: date) -> Iterator[Flaw]:  # noqa: ARG001 - the same on any day
    """The history does not continue a checkpoint, or begins with another genesis than the one that is known."""
    for kept in register.checkpoints:
        if reason := problem(kept, register.replay, register.settings):
            yield Flaw(kept.name, f"the history does not continue this checkpoint: {reason}", _HINT)
    digest = register.replay.digest_at_genesis()
    if register.known_genesis and register.known_genesis != digest:
        yield Flaw(
            "sms/genesis.yml",
            f"the history begins with another genesis than the one you know: {digest}",
            _HINT,
        )


_HINT = (
    "Somebody rewrote the history, or this is another repository. Compare with other clones before you go on."
)
