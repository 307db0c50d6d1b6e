"""The change management policy, as far as its header says things that rules can hold a change to."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from smsrepo.control.lifecycle import in_force
from smsrepo.model.repo import Repo


def policy_on(repo: Repo, day: date) -> Mapping[str, Any]:
    """The header of the policy in force on a day; empty while there was none, or an earlier revision."""
    policies = (policy for policy in repo.issued("policy-change") if in_force(policy, day))
    return next((policy.data for policy in policies), {})
