"""genesis-altered."""

from collections.abc import Iterator
from datetime import date

from smsrepo.control.register import Register
from smsrepo.load import yaml_dialect
from smsrepo.load.history import GENESIS
from smsrepo.load.refusal import Refused
from smsrepo.model.finding import Flaw
from smsrepo.rules.rule import register_rule


@register_rule("genesis-altered", requirements=["4.3.2-s1"])
def check(register: Register, _on: date) -> Iterator[Flaw]:
    """sms/genesis.yml was changed or deleted, or does not fit what stood there when control began."""
    began = register.replay.history.tree[GENESIS]
    if register.replay.tree.get(GENESIS) != began:
        yield Flaw(
            GENESIS,
            "it was changed after control began",
            "Bring it back byte for byte: nothing can change it.",
        )
    elif _digest(register.replay.history.contents[began.id]) != register.replay.digest_at_genesis():
        yield Flaw(
            GENESIS,
            "its digest is not that of the files that stood there when control began",
            "What was taken over is not what somebody signed for. Find out which commit it was made for.",
        )


def _digest(content: bytes) -> object:
    try:
        data = yaml_dialect.parse(content.decode("utf-8", "replace"))
    except Refused:
        return None
    return data.get("digest") if isinstance(data, dict) else None
